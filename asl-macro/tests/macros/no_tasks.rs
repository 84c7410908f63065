//! Resources without a service of their own, and a program that performs none.

asl_runtime::state_machine! {
    {
        "StartAt": "Charge",
        "States": {
            "Charge": {
                "Type": "Task",
                "Resource": "arn:aws:lambda:us-east-1:123456789012:function:charge",
                "Next": "Run"
            },
            "Run": { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true }
        }
    }
}

struct Nothing;

fn main() {
    let _ = state_machine::run_value(&Nothing, asl_runtime::Value::Null);
}
