//! A warning is an error where warnings are.

#![deny(warnings)]

asl_runtime::include_state_machine!("greeting.asl.json", substitutions = { "Unused" = "value" });

fn main() {}
