use std::sync::Arc;

use asl_runtime::testing::{InspectionLevel, TestState};
use asl_runtime::{BoxFuture, ExecutionType, Failure, Local, Machine, Observer, Run, Value};

/// The text of an execution's input, its type, its services, and who is told what happens.
pub type Start = (String, ExecutionType, Local, Arc<dyn Observer>);

/// An execution.
pub type Started = BoxFuture<'static, Result<Value, Failure>>;

fn begin<M: Machine + 'static, E: std::fmt::Debug>(
    run: impl for<'a> FnOnce(&'a Local, &str) -> Result<Run<'a, M>, E> + Send + 'static,
    (input, execution_type, services, observer): Start,
) -> Started {
    Box::pin(async move {
        let run = run(&services, &input).expect("the program has seen that it is JSON");
        run.account("111111111111").execution_type(execution_type).observer(&*observer).await
    })
}

/// The order of a state test (the tested state, its input, and the request as it was recorded), and its services.
pub type Test = (Value, Local);

/// TestState's answer.
pub type Tested = BoxFuture<'static, Value>;

fn try_out(machine: impl Machine + 'static, (order, services): Test) -> Tested {
    Box::pin(async move {
        let json = |pointer: &str| order.pointer(pointer)?.as_str()?.parse::<Value>().ok();
        let text = |pointer: &str| order.pointer(pointer).and_then(Value::as_str);
        let count = |pointer: &str| order.pointer(pointer)?.as_u64()?.try_into().ok();
        let input = json("/input").unwrap_or_else(|| Value::Object(Default::default()));
        let test = TestState::new(machine, text("/state").unwrap_or_default(), input);
        let mut test = test.account("111111111111");
        if let Some(level) = text("/request/inspectionLevel") {
            test = test.inspection_level(match level {
                "TRACE" => InspectionLevel::Trace,
                "DEBUG" => InspectionLevel::Debug,
                _ => InspectionLevel::Info,
            });
        }
        if let Some(role_arn) = text("/request/roleArn") {
            test = test.role_arn(role_arn).services(services);
        }
        if let Some(context) = json("/request/context") {
            test = test.context(context);
        }
        if let Some(variables) = json("/request/variables") {
            test = test.variables(variables);
        }
        if let Some(result) = text("/request/mock/result") {
            test = test.mock_result_text(result).expect("the program has seen that it is JSON");
        }
        if order.pointer("/request/mock/errorOutput").is_some() {
            let part = |name: &str| text(&format!("/request/mock/errorOutput/{name}")).unwrap_or_default().to_owned();
            test = test.mock_error(part("error"), part("cause"));
        }
        if let Some(times) = count("/request/stateConfiguration/retrierRetryCount") {
            test = test.retrier_retry_count(times);
        }
        if let Some(state) = text("/request/stateConfiguration/errorCausedByState") {
            test = test.error_caused_by_state(state);
        }
        if let Some(times) = count("/request/stateConfiguration/mapIterationFailureCount") {
            test = test.map_iteration_failure_count(times);
        }
        match test.run().await {
            Ok(output) => output.to_value(),
            Err(error) => Value::from_iter([("api_error", error.name.to_string()), ("message", error.message)]),
        }
    })
}
