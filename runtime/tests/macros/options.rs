asl_runtime::include_state_machine!("greeting.asl.json", allow(ASL0101), modul = greeting);

fn main() {}
