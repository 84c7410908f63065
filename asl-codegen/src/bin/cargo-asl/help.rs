//! What `--help` shows.

macro_rules! common {
    () => {
        "  --substitute NAME=VALUE    Replace `${NAME}` by VALUE before reading; may be repeated
  --allow CODE               Do not report findings of CODE, as ASL0305; may be repeated
  --warn CODE                Report findings of CODE as warnings; may be repeated
  --deny CODE                Report findings of CODE as errors; may be repeated
  --stdin-name NAME          Name of the standard input in messages; an ending of .yaml
                             or .yml makes it YAML [default: stdin]
  --color auto|always|never  Colour in messages [default: auto]
  -h, --help                 Show this

Exit status: 0 no errors, warnings allowed; 1 errors found; 2 could not run.
"
    };
}

pub(crate) const MAIN: &str = "\
Checks, compiles and draws state machines in the Amazon States Language.

Usage: cargo asl <COMMAND> [OPTIONS] FILE…

Commands:
  check    Report what is wrong with definitions
  expand   Show the Rust that definitions compile to, or write it to a file
  diagram  Draw definitions, in Mermaid or for Graphviz

Options:
  -h, --help     Show this; `cargo asl <COMMAND> --help` explains a command
  -V, --version  Show the version

Exit status: 0 no errors, warnings allowed; 1 errors found; 2 could not run.
";

pub(crate) const CHECK: &str = concat!(
    "\
Reports what is wrong with definitions, on the standard output.

Usage: cargo asl check [OPTIONS] FILE…

  FILE  A definition: JSON, or YAML when the name ends in .yaml or .yml;
        `-` reads the standard input

Options:
  --format text|json         For people, or one line of JSON per finding [default: text]
",
    common!()
);

pub(crate) const EXPAND: &str = concat!(
    "\
Shows the Rust that definitions compile to, or writes it to a file.

Usage: cargo asl expand [OPTIONS] FILE…

  FILE  A definition: JSON, or YAML when the name ends in .yaml or .yml;
        `-` reads the standard input

Options:
  -o, --out FILE             Write to FILE, unless it holds the same text already
  --check                    Write nothing; fail when FILE of `--out` holds another text
  --module NAME              Name of the generated module [default: made of the file's name]
  --runtime PATH             Path to the runtime [default: ::asl_runtime]
",
    common!()
);

pub(crate) const DIAGRAM: &str = concat!(
    "\
Draws definitions. What is wrong with them is reported as well, and drawn as far
as it was understood.

Usage: cargo asl diagram [OPTIONS] FILE…

  FILE  A definition: JSON, or YAML when the name ends in .yaml or .yml;
        `-` reads the standard input

Options:
  --format mermaid|dot       Mermaid's flowchart, or Graphviz's language [default: mermaid]
",
    common!()
);
