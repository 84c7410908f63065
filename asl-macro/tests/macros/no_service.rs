//! A service that the machine needs and the program lacks.

asl_runtime::include_state_machine!(
    "placeholder.asl.yaml",
    module = queue,
    substitutions = { "QueueName" = "orders" },
    allow(ASL0305)
);

struct Nothing;

fn main() {
    let _ = queue::run_value(&Nothing, asl_runtime::Value::Null);
}
