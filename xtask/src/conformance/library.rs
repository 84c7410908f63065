/// The input of an execution, and its type.
pub type Start = (asl_runtime::Value, asl_runtime::ExecutionType);

/// An execution.
pub type Started = asl_runtime::BoxFuture<'static, Result<asl_runtime::Value, asl_runtime::Failure>>;

fn begin<M: asl_runtime::Machine + 'static>(
    run: impl Fn(&'static (), asl_runtime::Value) -> asl_runtime::Run<'static, M>,
    (input, execution_type): Start,
) -> Started {
    std::future::IntoFuture::into_future(run(&(), input).account("111111111111").execution_type(execution_type))
}
