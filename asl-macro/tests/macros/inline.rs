asl_runtime::state_machine! {
    {
        "StartAt": "First",
        "States": {
            "First": { "Type": "Pass", "Next": "Secnd" },
            "Second": { "Type": "Succed" }
        }
    }
}

fn main() {}
