//! Compiles the workflow to a file in `OUT_DIR`.

fn main() {
    asl_codegen::build::compile("../message_workflow/message_workflow.asl.json");
}
