/// The input of an execution, its name and its role.
pub type Start = (asl_runtime::Value, String, String);

/// An execution.
pub type Started = asl_runtime::BoxFuture<'static, Result<asl_runtime::Value, asl_runtime::Failure>>;

fn begin<M: asl_runtime::Machine + 'static>(
    run: impl Fn(&'static (), asl_runtime::Value) -> asl_runtime::Run<'static, M>,
    (input, name, role_arn): Start,
) -> Started {
    std::future::IntoFuture::into_future(run(&(), input).name(name).account("111111111111").role_arn(role_arn))
}
