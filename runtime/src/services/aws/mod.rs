//! The real services, over the AWS SDK: a JSON request becomes a typed call, its answer JSON in Step Functions' shape.

#[cfg(feature = "dynamodb")]
mod attribute_value;
#[cfg(feature = "dynamodb")]
mod dynamodb;
mod exchange;
mod failure;
#[cfg(feature = "sns")]
mod sns;
#[cfg(feature = "sqs")]
mod sqs;
#[cfg(all(test, feature = "dynamodb", feature = "sqs", feature = "sns"))]
mod tests;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::tls::Provider as Tls;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// DynamoDB, SQS and SNS themselves, as many of them as have their feature on: `dynamodb`, `sqs`, `sns`.
///
/// ```no_run
/// # async fn example() {
/// let services = asl_runtime::Aws::from_env().await;
/// # }
/// ```
///
/// A call that fails for a passing reason (throttling, a lost connection) is tried again by the SDK, as its
/// configuration says, by default twice at most. What the machine's own `Retry` sees is the last failure.
///
/// TLS is rustls with ring: of the providers it builds the fastest, and it needs no more than a C compiler. Bring an
/// [`SdkConfig`] with an HTTP client of its own to use another.
#[derive(Clone, Debug)]
pub struct Aws {
    #[cfg(feature = "dynamodb")]
    dynamodb: dynamodb::DynamoDbClient,
    #[cfg(feature = "sqs")]
    sqs: sqs::SqsClient,
    #[cfg(feature = "sns")]
    sns: sns::SnsClient,
}

impl Aws {
    /// The services as the environment describes them, in the ways that all AWS tools share: `AWS_REGION`, the
    /// credential chain, `AWS_ENDPOINT_URL` for a stand-in, profiles.
    ///
    /// Single sign-on (`aws sso login`) comes with the feature `sso` of the crate `aws-config`: name it in your own
    /// `Cargo.toml`.
    pub async fn from_env() -> Self {
        // Asking for credentials can need TLS even where the endpoint is a plain one.
        let loader = aws_config::defaults(BehaviorVersion::latest()).http_client(https());
        let config = loader.load().await;
        match config.endpoint_url() {
            Some(endpoint) if is_plain(endpoint) => Self::new(&config.to_builder().http_client(http()).build()),
            _ => Self::new(&config),
        }
    }

    /// The services as `config` describes them. A missing HTTP client or behavior version is filled in.
    pub fn new(config: &SdkConfig) -> Self {
        let mut builder = config.to_builder();
        if config.behavior_version().is_none() {
            builder.set_behavior_version(Some(BehaviorVersion::latest()));
        }
        if config.http_client().is_none() {
            let plain = config.endpoint_url().is_some_and(is_plain);
            builder.set_http_client(Some(if plain { http() } else { https() }));
        }
        let config = builder.build();
        Self {
            #[cfg(feature = "dynamodb")]
            dynamodb: dynamodb::DynamoDbClient(aws_sdk_dynamodb::Client::new(&config)),
            #[cfg(feature = "sqs")]
            sqs: sqs::SqsClient(aws_sdk_sqs::Client::new(&config)),
            #[cfg(feature = "sns")]
            sns: sns::SnsClient(aws_sdk_sns::Client::new(&config)),
        }
    }

    /// The same, with a DynamoDB client of your own.
    #[cfg(feature = "dynamodb")]
    #[must_use]
    pub fn with_dynamodb(mut self, client: aws_sdk_dynamodb::Client) -> Self {
        self.dynamodb = dynamodb::DynamoDbClient(client);
        self
    }

    /// The same, with an SQS client of your own.
    #[cfg(feature = "sqs")]
    #[must_use]
    pub fn with_sqs(mut self, client: aws_sdk_sqs::Client) -> Self {
        self.sqs = sqs::SqsClient(client);
        self
    }

    /// The same, with an SNS client of your own.
    #[cfg(feature = "sns")]
    #[must_use]
    pub fn with_sns(mut self, client: aws_sdk_sns::Client) -> Self {
        self.sns = sns::SnsClient(client);
        self
    }
}

macro_rules! provide {
    ($feature:literal, $service:ident, $field:ident) => {
        #[cfg(feature = $feature)]
        impl super::Provide<super::$service> for Aws {
            fn provide(&self) -> &dyn super::Service {
                &self.$field
            }
        }
    };
}
provide!("dynamodb", DynamoDb, dynamodb);
provide!("sqs", Sqs, sqs);
provide!("sns", Sns, sns);

/// Sends a request, and makes of what comes back an answer or an error as Step Functions gives them: of the answer's
/// members those that `$members` finds in it.
macro_rules! send {
    ($names:expr, $request:expr, |$output:ident| $members:expr) => {{
        let exchange = $crate::services::aws::exchange::Exchange::default();
        match $request.customize().interceptor(exchange.clone()).send().await {
            Ok($output) => {
                let request_id = aws_types::request_id::RequestId::request_id(&$output).map(str::to_owned);
                Ok(exchange.answer(&$names, request_id.as_deref(), $members))
            }
            Err(error) => Err($crate::services::aws::failure::error(&$names, &exchange, &error)),
        }
    }};
}
use send;

fn is_plain(endpoint: &str) -> bool {
    endpoint.starts_with("http://")
}

/// For plain endpoints, which stand-ins have: no root certificates are read, and none need be there.
fn http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

fn https() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().tls_provider(Tls::Rustls(CryptoMode::Ring)).build_https()
}
