asl_runtime::include_state_machine!("nowhere.asl.json");

fn main() {}
