//! Stand-ins for the Lambda functions that the recorded executions called.

use std::time::Duration;

use asl_runtime::services::local::FunctionError;
use asl_runtime::{BoxFuture, Local, Value};

use crate::python;

/// A function: takes the event, gives the result or what it raises.
type Function = fn(Value) -> BoxFuture<'static, Result<Value, Raised>>;

/// An exception that a function raised, as Lambda's Python runtime tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raised {
    pub(crate) error_type: &'static str,
    pub(crate) error_message: &'static str,
    /// The element of `stackTrace`.
    pub(crate) stack_trace: &'static str,
}

/// The functions, by the names of their source files.
const FUNCTIONS: &[(&str, Function)] = &[
    ("templates__services__lambdafunctions__id_function", |event| now(Ok(event))),
    ("lambda_functions__base__echo_function", |_| now(Ok(Value::from_iter([("Return", "HelloWorld")])))),
    // Bytes are handed on as the JSON text that they are.
    ("templates__services__lambdafunctions__return_bytes_str", |_| now(Ok("HelloWorld!".into()))),
    ("templates__services__lambdafunctions__return_decorated_input", |event| {
        now(Ok(format!("input-event-{}", python::str(&event)).into()))
    }),
    ("templates__errorhandling__lambdafunctions__raise_exception", |_| {
        now(Err(Raised {
            error_type: "Exception",
            error_message: "Some exception was raised.",
            stack_trace: "  File \"/var/task/handler.py\", line 2, in handler\n    raise Exception(\"Some exception was raised.\")\n",
        }))
    }),
    // Its class sets an attribute of the name, but gives `Exception` no message.
    ("templates__errorhandling__lambdafunctions__raise_custom_exception", |_| {
        now(Err(Raised {
            error_type: "CustomException",
            error_message: "",
            stack_trace: "  File \"/var/task/handler.py\", line 9, in handler\n    raise CustomException()\n",
        }))
    }),
    ("templates__errorhandling__lambdafunctions__large_output_string", |_| now(Ok("a".repeat(257 * 1024).into()))),
    ("templates__timeouts__lambdafunctions__wait_60_seconds", |event| {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(event)
        })
    }),
];

fn now(result: Result<Value, Raised>) -> BoxFuture<'static, Result<Value, Raised>> {
    Box::pin(std::future::ready(result))
}

/// The services with the functions of a case, {name, source} each. An error when one has no stand-in.
pub(crate) fn provide(mut services: Local, wanted: &Value) -> Result<Local, String> {
    for wanted in wanted.as_array().into_iter().flatten() {
        let (name, source) =
            (wanted["name"].as_str().unwrap_or_default(), wanted["source"].as_str().unwrap_or_default());
        let Some((_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == source) else {
            return Err(format!("there is no stand-in for the Lambda function `{source}`"));
        };
        services = add(services, name, *function);
    }
    Ok(services)
}

/// Adds a function to the services in memory.
fn add(services: Local, name: &str, function: Function) -> Local {
    services.function(name, move |event| async move {
        function(event).await.map_err(|Raised { error_type, error_message, stack_trace }| {
            FunctionError::new(error_type, error_message).with("stackTrace", vec![Value::from(stack_trace)])
        })
    })
}
