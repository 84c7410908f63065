use asl_runtime::{BoxFuture, Failure, Machine, Observer, Run, Value};

/// An execution's input, and who is told what happens.
pub type Start = (Value, Option<&'static dyn Observer>);

/// An execution.
pub type Started = BoxFuture<'static, Result<Value, Failure>>;

fn begin<M: Machine + 'static>(
    run: impl FnOnce(&'static (), Value) -> Run<'static, M>,
    (input, observer): Start,
) -> Started {
    let mut run = run(&(), input);
    if let Some(observer) = observer {
        run = run.observer(observer);
    }
    std::future::IntoFuture::into_future(run)
}
