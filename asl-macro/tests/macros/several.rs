//! Several machines in one crate, under another name of the runtime, with options and from the source itself.

#![deny(warnings)]

extern crate asl_runtime as flows;

flows::include_state_machine!("greeting.asl.json");

mod inner {
    flows::include_state_machine!(
        "placeholder.asl.yaml",
        module = queue,
        substitutions = { "QueueName" = "orders" },
        allow(ASL0305)
    );
}

flows::state_machine! {
    module = inline,
    {
        "StartAt": "Done",
        // Rust's comments may stand here.
        "States": { "Done": { "Type": "Succeed" } }
    }
}

fn main() {
    let input = greeting::Input::new("Ann");
    let _ = greeting::run(&(), input);
    let _ = inline::run(&(), flows::Value::Null);
    assert_eq!(inner::queue::State::ALL.len(), 1);
    assert!(greeting::DEFINITION.contains("Greet"));
}
