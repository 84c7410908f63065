//! Where the file of `include_state_machine!` is: beside the source file that names it, else in the package's folder.

use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use asl_codegen::diagnostic::nearest;

/// The folders to look in.
#[derive(Debug)]
pub(crate) struct Folders {
    /// Of the source file that holds the path. Unknown in some editors.
    source: Option<PathBuf>,
    /// Of the package, where documentation tests find their files.
    package: Option<PathBuf>,
    /// Where rustc runs: rustc's own messages show paths from here.
    current: Option<PathBuf>,
}

/// A file that was found and read.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its path as messages show it.
    pub(crate) name: String,
    /// Its absolute path.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
}

impl Folders {
    /// The folders for a path that was written in `file`.
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        let current = env::current_dir().ok();
        // A documentation test names a file that does not exist; its folder would be a wrong guess.
        let source = file.map(|file| absolute(current.as_deref(), &file)).filter(|file| file.is_file());
        Self {
            source: source.and_then(|file| Some(file.parent()?.to_owned())),
            package: env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
            current,
        }
    }

    /// Reads the file that `written` names.
    ///
    /// # Errors
    ///
    /// A message that names every place that was tried, or what went wrong while reading.
    pub(crate) fn find(&self, written: &str) -> Result<Found, String> {
        let mut tried: Vec<(PathBuf, &str)> = Vec::new();
        let places = [(&self.source, "beside this source file"), (&self.package, "in the package's folder")];
        for (folder, role) in places {
            let Some(folder) = folder else { continue };
            let path = tidy(&folder.join(written));
            if path.is_file() {
                return self.read(path);
            }
            if tried.iter().all(|(other, _)| *other != path) {
                tried.push((path, role));
            }
        }
        let mut message = format!("there is no file `{written}`");
        for (path, role) in &tried {
            message.push_str(&format!("\n  = tried {role}: {}", self.shown(path)));
        }
        if let Some(file) = tried.iter().find_map(|(path, _)| similar(path)) {
            message.push_str(&format!("\n  = help: did you mean `{file}`?"));
        }
        Err(message)
    }

    fn read(&self, path: PathBuf) -> Result<Found, String> {
        let name = self.shown(&path);
        let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {name}: {error}"))?;
        let path = path.into_os_string().into_string();
        let path = path.map_err(|_| format!("cannot include {name}: its path is not UTF-8"))?;
        Ok(Found { name, path, text })
    }

    /// A path as rustc shows its own: from the folder it runs in.
    fn shown(&self, path: &Path) -> String {
        let relative = self.current.as_ref().and_then(|current| path.strip_prefix(current).ok());
        relative.unwrap_or(path).display().to_string()
    }
}

fn absolute(current: Option<&Path>, path: &Path) -> PathBuf {
    current.map_or_else(|| path.to_owned(), |current| current.join(path))
}

/// The path without `.` and `..`, where that names the same file.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    // `..` behind a link leads elsewhere.
    match (path.canonicalize(), tidy.canonicalize()) {
        (Ok(real), Ok(tidied)) if real != tidied => path.to_owned(),
        (Ok(_), Err(_)) => path.to_owned(),
        _ => tidy,
    }
}

/// The name of a file in the folder of `path` that `path` was most likely meant to be.
fn similar(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let entries = fs::read_dir(path.parent()?).ok()?;
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::Folders;

    /// A workspace `ws` with the package `ws/app`, where rustc runs in `ws`.
    struct Workspace(PathBuf);

    impl Drop for Workspace {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    impl Workspace {
        fn new(name: &str, files: &[&str]) -> Self {
            let root = std::env::temp_dir().join(format!("asl-macro-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            for file in files {
                let path = root.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, file).unwrap();
            }
            Self(root)
        }

        fn folders(&self, source: &str) -> Folders {
            Folders {
                source: Some(self.0.join(source)),
                package: Some(self.0.join("app")),
                current: Some(self.0.clone()),
            }
        }
    }

    #[test]
    fn beside_the_source_before_the_package() {
        let ws = Workspace::new("lookup-order", &["app/src/a.json", "app/a.json", "app/asl/b.json"]);
        let check = |written: &str, name: &str| {
            let found = ws.folders("app/src").find(written).unwrap();
            assert_eq!(found.name, name);
            assert_eq!(found.text, name);
            assert_eq!(Path::new(&found.path), ws.0.join(name));
        };
        check("a.json", "app/src/a.json");
        check("../a.json", "app/a.json");
        check("../asl/b.json", "app/asl/b.json");
        check("./asl/b.json", "app/asl/b.json");
        check(ws.0.join("app/a.json").to_str().unwrap(), "app/a.json");
    }

    #[test]
    fn without_a_source_file_the_package_is_left() {
        let ws = Workspace::new("lookup-package", &["app/a.json"]);
        let folders = Folders { source: None, ..ws.folders("") };
        assert_eq!(folders.find("a.json").unwrap().name, "app/a.json");
    }

    #[test]
    fn a_missing_file_names_both_places() {
        let ws = Workspace::new("lookup-missing", &["app/order.json", "app/src/lib.rs"]);
        assert_eq!(
            ws.folders("app/src").find("ordr.json").unwrap_err(),
            "there is no file `ordr.json`\n  \
             = tried beside this source file: app/src/ordr.json\n  \
             = tried in the package's folder: app/ordr.json\n  \
             = help: did you mean `order.json`?"
        );
    }

    #[test]
    fn unreadable_text_is_an_error() {
        let ws = Workspace::new("lookup-bytes", &["app/a.json"]);
        fs::write(ws.0.join("app/a.json"), [0xff, 0xfe]).unwrap();
        let message = ws.folders("app").find("a.json").unwrap_err();
        assert!(message.starts_with("cannot read app/a.json: "), "{message}");
    }

    #[test]
    fn links_are_followed_before_going_up() {
        let ws = Workspace::new("lookup-links", &["app/src/lib.rs", "elsewhere/deep/x.json", "elsewhere/a.json"]);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(ws.0.join("elsewhere/deep"), ws.0.join("app/src/link")).unwrap();
            assert_eq!(ws.folders("app/src").find("link/../a.json").unwrap().text, "elsewhere/a.json");
        }
    }
}
