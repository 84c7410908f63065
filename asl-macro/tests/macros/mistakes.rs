//! Everything that is wrong with a definition is reported at once.

asl_runtime::include_state_machine!("mistakes.asl.json");

fn main() {}
