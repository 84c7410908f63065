asl_runtime::include_state_machine!("greeting.asl.json", allow(ASL0603), modul = greeting);

fn main() {}
