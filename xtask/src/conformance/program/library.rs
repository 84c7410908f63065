use std::sync::Arc;

use asl_runtime::{BoxFuture, ExecutionType, Failure, Local, Machine, Observer, Run, Value};

/// The text of an execution's input, its type, its services, and who is told what happens.
pub type Start = (String, ExecutionType, Local, Arc<dyn Observer>);

/// An execution.
pub type Started = BoxFuture<'static, Result<Value, Failure>>;

fn begin<M: Machine + 'static>(
    run: impl for<'a> FnOnce(&'a Local, Value) -> Run<'a, M> + Send + 'static,
    (input, execution_type, services, observer): Start,
) -> Started {
    Box::pin(async move {
        // The program has seen that it is JSON.
        let input = input.parse().unwrap_or_default();
        let run = run(&services, input).account("111111111111").execution_type(execution_type);
        run.observer(&*observer).await
    })
}

/// The order of a state test (the tested state, its input, and the request as it was recorded), and its services.
pub type Test = (Value, Local);

/// TestState's answer.
pub type Tested = BoxFuture<'static, Value>;

fn try_out(machine: impl Machine + 'static, order: Test) -> Tested {
    let _ = (machine, order);
    let answer = Value::from_iter([("not_run", "single states cannot be tested yet")]);
    Box::pin(std::future::ready(answer))
}
