//! Every optimised integration of AWS Step Functions, so that what does not exist can be told. AWS developer guide, "Integrating services".

/// An action of an optimised integration and the patterns it offers.
#[derive(Clone, Copy, Debug)]
pub struct Integration {
    /// The service segment of the ARN: `sqs`.
    pub service: &'static str,
    /// The action segment of the ARN: `sendMessage`.
    pub action: &'static str,
    /// The patterns that it offers.
    pub patterns: &'static [Pattern],
}

/// How Step Functions waits for a service. AWS developer guide, "Service integration patterns".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The answer of the service is the result.
    RequestResponse,
    /// `.sync`: until the job has ended.
    Sync,
    /// `.sync:2`: the same, with the output as JSON.
    Sync2,
    /// `.waitForTaskToken`: until the token is given back.
    WaitForTaskToken,
}

impl Pattern {
    /// The ending of the ARN, with its dot; empty for request-response.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }
}

/// The integration `service:action`.
pub fn integration(service: &str, action: &str) -> Option<Integration> {
    integrations().find(|integration| integration.service == service && integration.action == action)
}

/// All integrations.
pub fn integrations() -> impl Iterator<Item = Integration> {
    TABLE.iter().flat_map(|(service, groups)| {
        groups.iter().flat_map(move |(patterns, actions)| {
            actions.iter().map(move |action| Integration { service, action, patterns })
        })
    })
}

const REQUEST: &[Pattern] = &[Pattern::RequestResponse];
const REQUEST_SYNC: &[Pattern] = &[Pattern::RequestResponse, Pattern::Sync];
const REQUEST_TOKEN: &[Pattern] = &[Pattern::RequestResponse, Pattern::WaitForTaskToken];
const REQUEST_SYNC_TOKEN: &[Pattern] = &[Pattern::RequestResponse, Pattern::Sync, Pattern::WaitForTaskToken];
const ALL: &[Pattern] = &[Pattern::RequestResponse, Pattern::Sync, Pattern::Sync2, Pattern::WaitForTaskToken];

/// Per service: actions with the patterns that they share.
type Service = (&'static str, &'static [(&'static [Pattern], &'static [&'static str])]);

const TABLE: &[Service] = &[
    ("apigateway", &[(REQUEST_TOKEN, &["invoke"])]),
    (
        "athena",
        &[
            (REQUEST_SYNC, &["startQueryExecution"]),
            (REQUEST, &["stopQueryExecution", "getQueryExecution", "getQueryResults"]),
        ],
    ),
    ("batch", &[(REQUEST_SYNC, &["submitJob"])]),
    ("bedrock", &[(REQUEST_TOKEN, &["invokeModel"]), (REQUEST_SYNC, &["createModelCustomizationJob"])]),
    ("bedrockagentcore", &[(REQUEST, &["invokeHarness"])]),
    (
        "codebuild",
        &[
            (REQUEST_SYNC, &["startBuild", "startBuildBatch", "retryBuildBatch"]),
            (REQUEST, &["stopBuild", "batchDeleteBuilds", "batchGetReports", "stopBuildBatch", "deleteBuildBatch"]),
        ],
    ),
    ("databrew", &[(REQUEST_SYNC, &["startJobRun"])]),
    ("dynamodb", &[(REQUEST, &["getItem", "putItem", "updateItem", "deleteItem"])]),
    ("ecs", &[(REQUEST_SYNC_TOKEN, &["runTask"])]),
    (
        "eks",
        &[
            (REQUEST_TOKEN, &["call"]),
            (REQUEST_SYNC_TOKEN, &["runJob"]),
            (
                REQUEST_SYNC_TOKEN,
                &[
                    "createCluster",
                    "deleteCluster",
                    "createFargateProfile",
                    "deleteFargateProfile",
                    "createNodegroup",
                    "deleteNodegroup",
                ],
            ),
        ],
    ),
    (
        "elasticmapreduce",
        &[
            (REQUEST_SYNC, &["createCluster", "terminateCluster", "addStep"]),
            (
                REQUEST,
                &[
                    "cancelStep",
                    "setClusterTerminationProtection",
                    "modifyInstanceFleetByName",
                    "modifyInstanceGroupByName",
                ],
            ),
        ],
    ),
    (
        "emr-containers",
        &[(REQUEST, &["createVirtualCluster"]), (REQUEST_SYNC, &["deleteVirtualCluster", "startJobRun"])],
    ),
    (
        "emr-serverless",
        &[(
            REQUEST_SYNC,
            &[
                "createApplication",
                "startApplication",
                "stopApplication",
                "deleteApplication",
                "startJobRun",
                "cancelJobRun",
            ],
        )],
    ),
    ("events", &[(REQUEST_TOKEN, &["putEvents"])]),
    ("glue", &[(REQUEST_SYNC, &["startJobRun"])]),
    ("lambda", &[(REQUEST_TOKEN, &["invoke"])]),
    ("mediaconvert", &[(REQUEST_SYNC, &["createJob"])]),
    (
        "sagemaker",
        &[
            (
                REQUEST_SYNC,
                &[
                    "createTrainingJob",
                    "createTransformJob",
                    "createProcessingJob",
                    "createLabelingJob",
                    "createHyperParameterTuningJob",
                ],
            ),
            (REQUEST, &["createModel", "createEndpoint", "createEndpointConfig", "updateEndpoint"]),
        ],
    ),
    ("sns", &[(REQUEST_TOKEN, &["publish"])]),
    ("sqs", &[(REQUEST_TOKEN, &["sendMessage"])]),
    ("states", &[(ALL, &["startExecution"])]),
];
