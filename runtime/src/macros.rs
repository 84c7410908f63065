//! The macros, which tell the procedural macros where the runtime is: `$crate` names it whatever the user calls it.

pub use asl_macro::{include_state_machine, state_machine};

/// Compiles a definition in a file, JSON or YAML as AWS takes it, to a module.
///
/// The path is looked up beside the source file that names it, then in the package's folder. The module is named after
/// the file: `order` for `order.asl.json`. A change of the file rebuilds the crate. What is wrong with the definition
/// is an error of the build, with the line of the definition; warnings can be switched off by code, or all of them by
/// `#[allow(deprecated)]` on a module around the call.
///
/// ```ignore
/// asl_runtime::include_state_machine!("order.asl.json");
/// ```
///
/// Options go after the path, in any order:
///
/// ```ignore
/// asl_runtime::include_state_machine!(
///     "order.asl.json",
///     module = orders,
///     substitutions = { "TableName" = "orders", "QueueUrl" = "https://sqs.eu-west-1.amazonaws.com/1/q" },
///     allow(ASL0305),
///     warn(ASL0603),
///     deny(ASL0007),
/// );
/// ```
///
/// | option | |
/// | --- | --- |
/// | `module = name` | names the module |
/// | `substitutions = { "Name" = "value" }` | replaces `${Name}` in the definition before it is read |
/// | `allow(CODE, …)` | a finding of the code is not reported |
/// | `warn(CODE, …)` | a finding of the code is a warning |
/// | `deny(CODE, …)` | a finding of the code is an error |
#[macro_export]
macro_rules! include_state_machine {
    ($($input:tt)*) => {
        $crate::__macros::include_state_machine! { $crate; $($input)* }
    };
}

/// Compiles a definition that stands in the source itself, between braces of its own.
///
/// The definition is JSON. Strings may also be written as raw strings, and Rust's comments may stand in it. The module
/// is named `state_machine` unless `module` says otherwise. The options are those of [`include_state_machine!`]; they
/// go in front of the definition.
///
/// ```ignore
/// asl_runtime::state_machine! {
///     module = greeting,
///     {
///         "StartAt": "Greet",
///         "States": {
///             // No task is needed for a constant.
///             "Greet": { "Type": "Pass", "Result": "Hello", "End": true }
///         }
///     }
/// }
/// ```
#[macro_export]
macro_rules! state_machine {
    ($($input:tt)*) => {
        $crate::__macros::state_machine! { $crate; $($input)* }
    };
}
