//! The macros as a user's crate sees them. `TRYBUILD=overwrite` rewrites the expected errors.

#[test]
fn what_users_write() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/macros/several.rs");
    for case in ["inline", "mistakes", "no_file", "no_service", "no_tasks", "options", "warning"] {
        cases.compile_fail(format!("tests/macros/{case}.rs"));
    }
}
