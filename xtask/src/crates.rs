//! Generated code in crates of its own, built by cargo: a few crates of many modules, which are built side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use serde_json::Value;

use crate::{cargo, workspace};

/// Modules of one crate: enough that few crates are linked, and few enough that a change builds little anew.
const MODULES: usize = 32;

/// A generated module.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its name, which no other unit has.
    pub(crate) module: String,
    /// Its text: one item, `pub mod …`.
    pub(crate) code: String,
}

/// A program that runs the machines of the modules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    /// Its source files, by their names in `src`. `main.rs` has `mod machines;`, in which each entrance is a constant in
    /// capitals: the functions of that name of all crates of modules.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// Stands in the `lib.rs` of each crate of modules, with the types of the entrances.
    pub(crate) library: &'static str,
    /// Lines for its `[dependencies]`, beside those that every program has.
    pub(crate) dependencies: &'static str,
    /// How the program comes to the machines.
    pub(crate) entrances: &'static [Entrance],
}

/// A function of each crate of modules: it takes the name of a module and gives, for a module of its own, the function
/// `fn(takes) -> gives` whose body is `body`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entrance {
    pub(crate) name: &'static str,
    /// Both types are public in the library, or known everywhere.
    pub(crate) takes: &'static str,
    pub(crate) gives: &'static str,
    /// An expression of `given`, in which `MODULE` stands for the module.
    pub(crate) body: &'static str,
}

/// What came of a build.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The first error of each module that does not compile. The others were built without them.
    pub(crate) errors: BTreeMap<String, String>,
    /// The first warning of each module that has one.
    pub(crate) warnings: BTreeMap<String, String>,
}

/// A folder of generated crates.
#[derive(Debug)]
pub(crate) struct Crates {
    dir: PathBuf,
    target: PathBuf,
    release: bool,
}

impl Crates {
    /// The crates of this command of xtask.
    pub(crate) fn of(command: &str) -> Self {
        let all = workspace().join("target/xtask");
        // One target folder, so that what the crates depend on is built once.
        Self { dir: all.join(command), target: all.join("build"), release: false }
    }

    /// Built with optimisations.
    pub(crate) fn release(self) -> Self {
        Self { release: true, ..self }
    }

    /// Where the program is after a build.
    pub(crate) fn program(&self) -> PathBuf {
        let profile = if self.release { "release" } else { "debug" };
        self.target.join(profile).join(format!("generated-program{}", std::env::consts::EXE_SUFFIX))
    }

    /// Writes a file beside the crates; gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let path = self.dir.join(name);
        write_if_changed(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    /// Builds all units. Those that do not compile are left out.
    pub(crate) fn build(&self, units: &[Unit], program: Option<&Program>) -> Result<Built, String> {
        let mut built = Built::default();
        loop {
            let units: Vec<&Unit> = units.iter().filter(|unit| !built.errors.contains_key(&unit.module)).collect();
            self.lay_out(&units, program).map_err(|error| format!("{}: {error}", self.dir.display()))?;
            let modules: BTreeSet<&str> = units.iter().map(|unit| &*unit.module).collect();
            let output = self.cargo()?;
            let found = findings(&output.messages, &modules);
            built.warnings.extend(found.warnings);
            if output.succeeded {
                built.warnings.retain(|module, _| !built.errors.contains_key(module));
                return Ok(built);
            }
            if found.errors.is_empty() {
                return Err(format!("the generated crates do not build:\n{}{}", output.stderr, unattributed(&output)));
            }
            built.errors.extend(found.errors);
        }
    }

    fn cargo(&self) -> Result<Output, String> {
        let output = Command::new(cargo())
            .current_dir(&self.dir)
            .args(["build", "--workspace", "--keep-going", "--message-format=json"])
            .arg("--target-dir")
            .arg(&self.target)
            .args(self.release.then_some("--release"))
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("cargo could not be started: {error}"))?;
        let messages = String::from_utf8_lossy(&output.stdout);
        Ok(Output {
            succeeded: output.status.success(),
            messages: messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Writes the crates. Files that are as they were keep their time, so that cargo builds only what changed.
    fn lay_out(&self, units: &[&Unit], program: Option<&Program>) -> io::Result<()> {
        let runtime = workspace().join("runtime");
        let dependency = format!(
            "asl-runtime = {{ path = {runtime:?}, default-features = false, features = [\"local\", \"testing\"] }}"
        );
        let names: Vec<String> = (0..units.len().div_ceil(MODULES)).map(|index| format!("machines-{index}")).collect();
        for (name, units) in names.iter().zip(units.chunks(MODULES)) {
            let dir = self.dir.join(name);
            write_if_changed(&dir.join("Cargo.toml"), &manifest(name, &dependency))?;
            write_if_changed(&dir.join("src/lib.rs"), &library(units, program))?;
            for unit in units {
                write_if_changed(&dir.join(format!("src/{}.rs", unit.module)), &unit.code)?;
            }
        }
        let mut members = names.clone();
        if let Some(program) = program {
            let dir = self.dir.join("program");
            let mut dependencies = format!(
                "{dependency}\ntokio = {{ version = \"1\", default-features = false, features = [\"rt\", \"test-util\", \"time\"] }}\n\
                 serde_json = \"1\"\n{}",
                program.dependencies
            );
            for name in &names {
                let _ = writeln!(dependencies, "{name} = {{ path = \"../{name}\" }}");
            }
            write_if_changed(&dir.join("Cargo.toml"), &manifest("generated-program", &dependencies))?;
            for (name, text) in program.files {
                write_if_changed(&dir.join("src").join(name), text)?;
            }
            write_if_changed(&dir.join("src/machines.rs"), &table(program, &names))?;
            members.push("program".to_owned());
        }
        let members = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\nincremental = false\ndebug = false\n"
        );
        write_if_changed(&self.dir.join("Cargo.toml"), &members)?;
        // The versions that the workspace is tested with. What the crates do not use, cargo takes out again.
        if !self.dir.join("Cargo.lock").exists() {
            fs::copy(workspace().join("Cargo.lock"), self.dir.join("Cargo.lock"))?;
        }
        Ok(())
    }
}

struct Output {
    succeeded: bool,
    messages: Vec<Value>,
    stderr: String,
}

/// The entrances of all crates.
fn table(program: &Program, crates: &[String]) -> String {
    let mut text = "use super::*;\n".to_owned();
    for Entrance { name, takes, gives, .. } in program.entrances {
        let constant = name.to_uppercase();
        let _ = writeln!(text, "\npub(crate) const {constant}: &[fn(&str) -> Option<fn({takes}) -> {gives}>] = &[");
        for package in crates {
            let _ = writeln!(text, "    {}::{name},", package.replace('-', "_"));
        }
        text.push_str("];\n");
    }
    text
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n")
}

fn library(units: &[&Unit], program: Option<&Program>) -> String {
    let mut text = String::new();
    for unit in units {
        let _ = writeln!(text, "include!(\"{}.rs\");", unit.module);
    }
    if let Some(Program { library, entrances, .. }) = program {
        let _ = writeln!(text, "\n{library}");
        for Entrance { name, takes, gives, body } in *entrances {
            let _ =
                writeln!(text, "pub fn {name}(module: &str) -> Option<fn({takes}) -> {gives}> {{\n    match module {{");
            for Unit { module, .. } in units {
                let _ = writeln!(text, "        {module:?} => Some(|given| {}),", body.replace("MODULE", module));
            }
            let _ = writeln!(text, "        _ => None,\n    }}\n}}");
        }
    }
    text
}

/// What rustc says of the modules.
fn findings(messages: &[Value], modules: &BTreeSet<&str>) -> Built {
    let mut found = Built::default();
    for message in messages.iter().filter_map(|message| message.get("message")) {
        let spans = message.get("spans").and_then(Value::as_array);
        let module = spans.into_iter().flatten().find_map(|span| {
            let file = Path::new(span.get("file_name")?.as_str()?);
            modules.get(file.file_stem()?.to_str()?).copied()
        });
        let (Some(module), Some(text)) = (module, message.get("rendered").and_then(Value::as_str)) else { continue };
        let kind = match message.get("level").and_then(Value::as_str) {
            Some("warning") => &mut found.warnings,
            Some(level) if level.starts_with("error") => &mut found.errors,
            _ => continue,
        };
        kind.entry(module.to_owned()).or_insert_with(|| text.trim_end().to_owned());
    }
    found
}

/// The errors that no module has.
fn unattributed(output: &Output) -> String {
    let rendered = output.messages.iter().filter_map(|message| message.pointer("/message/rendered")?.as_str());
    rendered.collect()
}

fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|held| held == text.as_bytes()) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}
