//! For build scripts: definitions to Rust files in `OUT_DIR`.
//!
//! ```no_run
//! // build.rs
//! fn main() {
//!     asl_codegen::build::compile("workflows/order.asl.json");
//! }
//! ```
//!
//! ```ignore
//! // src/lib.rs
//! include!(concat!(env!("OUT_DIR"), "/order.rs"));
//! ```
//!
//! What is wrong with a definition is reported to cargo, which fails the build: there is nothing to unwrap. The script
//! runs again when a definition changes, and only then.

#![allow(clippy::needless_doctest_main, reason = "a build script is its main")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, io};

use crate::diagnostic::Level;
use crate::options::Options;
use crate::source::Source;
use crate::{compile as compile_source, render, text};

/// Compiles the definition at `path`, relative to the package's folder, to `OUT_DIR`: `order.asl.json` gives
/// `order.rs`.
pub fn compile(path: impl AsRef<Path>) {
    Builder::new().compile(path);
}

/// Settings for [`Builder::compile`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    options: Options,
    out_dir: Option<PathBuf>,
    file_name: Option<String>,
    check: Option<PathBuf>,
    /// Settings that were refused; reported when something is compiled.
    refused: Vec<String>,
}

impl Builder {
    /// The settings that [`compile`](compile()) has.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the generated module. By default it is named after the file.
    #[must_use]
    pub fn module(self, name: &str) -> Self {
        self.set(|options| options.set_module(name))
    }

    /// Sets the path to the runtime, where `asl-runtime` has another name or is re-exported: `::my_runtime`.
    #[must_use]
    pub fn runtime(self, path: &str) -> Self {
        self.set(|options| options.set_runtime(path))
    }

    /// Replaces `${name}` in the definition by `value` before it is read.
    #[must_use]
    pub fn substitute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.substitutions.push((name.into(), value.into()));
        self
    }

    /// Findings of `code`, as `ASL0305`, are not reported.
    #[must_use]
    pub fn allow(self, code: &str) -> Self {
        self.set(|options| options.set_level(code, Level::Allow))
    }

    /// Findings of `code` are warnings.
    #[must_use]
    pub fn warn(self, code: &str) -> Self {
        self.set(|options| options.set_level(code, Level::Warning))
    }

    /// Findings of `code` are errors.
    #[must_use]
    pub fn deny(self, code: &str) -> Self {
        self.set(|options| options.set_level(code, Level::Error))
    }

    /// The folder to write to in place of `OUT_DIR`, relative to the package's folder.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// The name of the file to write, as `orders.rs`. By default it is named after the definition.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Writes nothing; the build fails unless the file at `path`, relative to the package's folder, holds just what
    /// would be written. For generated code that is checked in; `cargo asl expand … --out` writes it.
    #[must_use]
    pub fn check(mut self, path: impl Into<PathBuf>) -> Self {
        self.check = Some(path.into());
        self
    }

    /// Compiles the definition at `path`, relative to the package's folder, and reports to cargo.
    pub fn compile(&self, path: impl AsRef<Path>) {
        let folders = Folders {
            package: env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default(),
            out: env::var_os("OUT_DIR").map(PathBuf::from),
        };
        for directive in self.run(path.as_ref(), &folders) {
            println!("{directive}");
        }
    }

    fn set(mut self, set: impl FnOnce(&mut Options) -> Result<(), String>) -> Self {
        if let Err(message) = set(&mut self.options) {
            self.refused.push(message);
        }
        self
    }

    /// Does the work and gives what to tell cargo.
    fn run(&self, path: &Path, folders: &Folders) -> Vec<String> {
        let mut directives = vec![format!("cargo::rerun-if-changed={}", path.display())];
        if let Some(checked) = &self.check {
            directives.push(format!("cargo::rerun-if-changed={}", checked.display()));
        }
        let mut report = |level: &str, text: &str| {
            // A directive is one line.
            directives.extend(text.lines().map(|line| format!("cargo::{level}={line}")));
        };
        for message in &self.refused {
            report("error", message);
        }
        if !self.refused.is_empty() {
            return directives;
        }
        let definition = match fs::read_to_string(folders.package.join(path)) {
            Ok(definition) => definition,
            Err(error) => {
                report("error", &format!("cannot read {}: {error}", path.display()));
                return directives;
            }
        };
        let compiled = compile_source(Source::new(path.display().to_string(), definition), &self.options);
        for diagnostic in &compiled.diagnostics {
            let level = if diagnostic.level == Level::Error { "error" } else { "warning" };
            report(level, &render::plain(&compiled.source, diagnostic));
        }
        if compiled.failed() {
            return directives;
        }
        let Some(code) = text(&compiled) else {
            report("error", "this is a defect of asl-codegen: it gave neither code nor an error for this definition");
            return directives;
        };
        if let Err(message) = self.put(&code, path, &compiled.source.stem(), folders) {
            report("error", &message);
        }
        directives
    }

    /// Writes the code, or compares it.
    fn put(&self, code: &str, path: &Path, stem: &str, folders: &Folders) -> Result<(), String> {
        if let Some(checked) = &self.check {
            let file = folders.package.join(checked);
            return match holds(&file, code) {
                Ok(true) => Ok(()),
                Ok(false) => Err(format!(
                    "{checked} is not what {path} compiles to; `cargo asl expand {path} --out {checked}` writes it",
                    checked = checked.display(),
                    path = path.display(),
                )),
                Err(error) => Err(format!("cannot read {}: {error}", checked.display())),
            };
        }
        let out = match (&self.out_dir, &folders.out) {
            (Some(out), _) => folders.package.join(out),
            (None, Some(out)) => out.clone(),
            (None, None) => return Err("OUT_DIR is not set: this belongs into a build script".to_owned()),
        };
        let file = out.join(self.file_name.clone().unwrap_or_else(|| format!("{stem}.rs")));
        claim(&file, path)?;
        write_if_changed(&file, code).map_err(|error| format!("cannot write {}: {error}", file.display()))
    }
}

/// What this build script has written: the file, and the definition it was made of.
static WRITTEN: Mutex<BTreeMap<PathBuf, PathBuf>> = Mutex::new(BTreeMap::new());

/// Refuses a file that this build script has written for another definition.
fn claim(file: &Path, definition: &Path) -> Result<(), String> {
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let first = written.entry(file.to_owned()).or_insert_with(|| definition.to_owned());
    if first == definition {
        return Ok(());
    }
    Err(format!(
        "{} would be written for {} and for {}: give one of them another `file_name`",
        file.display(),
        first.display(),
        definition.display()
    ))
}

/// The folders that cargo names.
struct Folders {
    /// The package's.
    package: PathBuf,
    /// `OUT_DIR`.
    out: Option<PathBuf>,
}

/// Writes the file unless it holds `text` already, so that what depends on it is not built again. A half-written file
/// is never seen under this name.
///
/// # Errors
///
/// Those of the file system.
pub fn write_if_changed(file: &Path, text: &str) -> io::Result<()> {
    if fs::metadata(file).is_ok_and(|metadata| !metadata.is_file()) {
        // A device or a pipe: there is nothing to compare, and its name must not be given to a file.
        return fs::write(file, text);
    }
    if holds(file, text)? {
        return Ok(());
    }
    // A link stays one.
    let file = &file.canonicalize().unwrap_or_else(|_| file.to_owned());
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = file.with_file_name(name);
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

/// Whether the file is there and holds `text`.
///
/// # Errors
///
/// Those of the file system, other than that there is no such file.
pub fn holds(file: &Path, text: &str) -> io::Result<bool> {
    match fs::read(file) {
        Ok(found) => Ok(found == text.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Builder, Folders, holds, write_if_changed};

    /// A package with the file `order.asl.json`.
    struct Package(PathBuf);

    impl Package {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("asl-build-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("order.asl.json"), "{").unwrap();
            Self(folder)
        }

        fn folders(&self) -> Folders {
            Folders { package: self.0.clone(), out: Some(self.0.join("out")) }
        }
    }

    impl Drop for Package {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn exactly_the_inputs_are_watched() {
        let package = Package::new("watched");
        let watched = |builder: Builder| {
            let mut directives = builder.run(Path::new("order.asl.json"), &package.folders());
            directives.retain(|directive| directive.starts_with("cargo::rerun-if-changed"));
            directives
        };
        assert_eq!(watched(Builder::new()), ["cargo::rerun-if-changed=order.asl.json"]);
        assert_eq!(
            watched(Builder::new().check("src/order.rs")),
            ["cargo::rerun-if-changed=order.asl.json", "cargo::rerun-if-changed=src/order.rs"]
        );
    }

    #[test]
    fn refused_settings_and_missing_files_are_errors() {
        let package = Package::new("refused");
        let directives = Builder::new().module("type").allow("ASL0202").run(Path::new("a.json"), &package.folders());
        assert_eq!(directives.len(), 3, "{directives:?}");
        assert!(directives[1].starts_with("cargo::error=`type` cannot name a module"), "{directives:?}");
        assert!(directives[2].starts_with("cargo::error=`ASL0202` is always an error"), "{directives:?}");
        let directives = Builder::new().run(Path::new("a.json"), &package.folders());
        assert_eq!(directives.len(), 2, "{directives:?}");
        assert!(directives[1].starts_with("cargo::error=cannot read a.json: "), "{directives:?}");
    }

    #[test]
    fn a_broken_definition_is_an_error_and_writes_nothing() {
        let package = Package::new("broken");
        let directives = Builder::new().run(Path::new("order.asl.json"), &package.folders());
        assert!(directives[1].starts_with("cargo::error="), "{directives:?}");
        assert!(directives.iter().all(|directive| !directive.contains('\n')), "{directives:?}");
        assert!(!package.0.join("out").exists());
    }

    #[test]
    fn code_goes_where_it_was_asked_for() {
        let package = Package::new("put");
        let put = |builder: Builder| builder.put("code", Path::new("asl/order.asl.json"), "order", &package.folders());
        put(Builder::new()).unwrap();
        assert!(holds(&package.0.join("out/order.rs"), "code").unwrap());
        put(Builder::new().out_dir("gen").file_name("x.rs")).unwrap();
        assert!(holds(&package.0.join("gen/x.rs"), "code").unwrap());
        put(Builder::new().check("gen/x.rs")).unwrap();
        assert_eq!(
            put(Builder::new().check("gen/y.rs")).unwrap_err(),
            "gen/y.rs is not what asl/order.asl.json compiles to; \
             `cargo asl expand asl/order.asl.json --out gen/y.rs` writes it"
        );
        assert!(!package.0.join("gen/y.rs").exists());
    }

    #[test]
    fn an_unchanged_file_is_left_alone() {
        let package = Package::new("unchanged");
        let file = package.0.join("a/b.rs");
        write_if_changed(&file, "one").unwrap();
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        write_if_changed(&file, "one").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
        write_if_changed(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(package.0.join("a")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay() {
        let package = Package::new("links");
        let link = package.0.join("link.rs");
        fs::write(package.0.join("real.rs"), "one").unwrap();
        std::os::unix::fs::symlink("real.rs", &link).unwrap();
        write_if_changed(&link, "two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(package.0.join("real.rs")).unwrap(), "two");
        write_if_changed(Path::new("/dev/null"), "three").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
