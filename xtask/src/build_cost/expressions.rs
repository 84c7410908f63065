//! What JSONata expressions add to a debug build.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::{PLAIN, build, write_manifest};
use crate::jsonata_speed::EXPRESSIONS;
use crate::workspace;

/// Expressions of one state.
const PER_STATE: usize = 5;

/// Prints the cost of `count` expressions beside constants in their places: best of `runs`.
pub(super) fn measure(count: usize, runs: usize, limit: Option<f64>) -> Result<ExitCode, String> {
    let root = workspace();
    let crate_dir = root.join("target/xtask/build-cost");
    let wrong = |error: std::io::Error| format!("{}: {error}", crate_dir.display());
    write_manifest(&root, &crate_dir).map_err(wrong)?;
    let plain = |index: usize| match index % 3 {
        0 => format!("$states.input.order.field{index}"),
        1 => format!("$states.context.Execution.Id & '-{index}'"),
        _ => "$states.input.order.customer.address.city".to_owned(),
    };
    // Seven in ten are plain paths, as in real definitions.
    let mixed = |index: usize| match index % 10 {
        0..7 => plain(index),
        _ => EXPRESSIONS[(index / 10 * 3 + index % 10) % EXPRESSIONS.len()].1.to_owned(),
    };
    let each = |index: usize| EXPRESSIONS[index % EXPRESSIONS.len()].1.to_owned();
    let text = |expression: String| format!("{{% {expression} %}}");
    let definitions = [
        ("constants.rs", definition(count, |_| "constant".to_owned())),
        ("mixed.rs", definition(count, |index| text(mixed(index)))),
        ("each.rs", definition(count, |index| text(each(index)))),
    ];
    for (file, definition) in &definitions {
        let name = file.replace(".rs", ".asl.json");
        std::fs::write(crate_dir.join(&name), definition).map_err(wrong)?;
        let code = format!("{PLAIN}\nasl_runtime::include_state_machine!({name:?});\n");
        std::fs::write(crate_dir.join(file), code).map_err(wrong)?;
    }
    // The first build makes what the crate depends on.
    build(&crate_dir, "debug", "without.rs")?;
    let mut best = [f64::INFINITY; 3];
    for _ in 0..runs {
        for (best, (file, _)) in best.iter_mut().zip(&definitions) {
            *best = best.min(build(&crate_dir, "debug", file)?);
        }
    }
    let [constants, mixed, each] = best;
    let per_expression = |seconds: f64| (seconds - constants) * 1000.0 / count as f64;
    println!("{count} expressions in a debug build, CPU ms each beyond a constant in its place:");
    println!("{:>8.2}  as in real definitions: seven in ten are plain paths", per_expression(mixed));
    println!("{:>8.2}  those of jsonata-speed in turn", per_expression(each));
    Ok(if limit.is_none_or(|limit| per_expression(each) <= limit) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A machine of Pass states with so many values.
fn definition(count: usize, value: impl Fn(usize) -> String) -> String {
    let mut text = String::from(
        "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"Begin\", \"States\": {\n\"Begin\": {\"Type\": \"Pass\", \
         \"Assign\": {\"threshold\": 50}, \"Next\": \"S0\"}",
    );
    let states = count.div_ceil(PER_STATE);
    for state in 0..states {
        let first = state * PER_STATE;
        let members: Vec<String> = (first..count.min(first + PER_STATE))
            .map(|index| format!("\"v{index}\": {}", serde_json::Value::from(value(index))))
            .collect();
        let order = "\"order\": \"{% $states.input.order %}\"";
        let next =
            if state + 1 == states { "\"End\": true".to_owned() } else { format!("\"Next\": \"S{}\"", state + 1) };
        let _ = write!(
            text,
            ",\n\"S{state}\": {{\"Type\": \"Pass\", \"Output\": {{{order}, \"values\": {{{}}}}}, {next}}}",
            members.join(", ")
        );
    }
    text + "\n}}\n"
}
