//! A stand-in for AWS on loopback: installed into the target folder once, a server of its own for each test binary.
//!
//! It needs the standard library only, so tests of any package can take it in:
//! `#[path = "../../runtime/tests/support/stand_in.rs"] mod stand_in;`

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The region that it acts in.
pub(crate) const REGION: &str = "us-east-1";

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// Runs the server until this process closes its end of the pipe, however it ends.
const WATCHED: &str = "
import os, sys, threading
def watch():
    sys.stdin.buffer.read()
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
from ministack.app import main
sys.argv = ['ministack']
main()
";

/// A running stand-in. It ends when this is dropped, or with the process.
pub(crate) struct StandIn {
    server: Child,
    address: SocketAddr,
}

impl StandIn {
    /// Starts a stand-in for an account that has no tables, queues or topics.
    ///
    /// # Errors
    /// Why there is none: no Python, nothing to install from. Tests are ignored then.
    pub(crate) fn start(account: &str) -> Result<Self, String> {
        let python = install()?;
        // Another process can take the free port before the server does.
        Self::serve(&python, account).or_else(|_| Self::serve(&python, account))
    }

    fn serve(python: &Path, account: &str) -> Result<Self, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.map_err(|error| format!("no free port: {error}"))?;
        let folder = folder();
        let log = folder.join(log_name(address));
        let log_file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        let log_too = log_file.try_clone().map_err(|error| error.to_string())?;
        let server = Command::new(python)
            .args(["-c", WATCHED])
            .env("GATEWAY_PORT", address.port().to_string())
            .env("BIND_HOST", "127.0.0.1")
            .env("MINISTACK_HOST", "127.0.0.1")
            .env("MINISTACK_ACCOUNT_ID", account)
            .env("MINISTACK_REGION", REGION)
            .env("LOG_LEVEL", "WARNING")
            .env_remove("PERSIST_STATE")
            .env_remove("SERVICES")
            .env_remove("USE_SSL")
            // It looks for Docker otherwise, and there is nothing here that needs it.
            .env("DOCKER_HOST", "unix:///nonexistent.sock")
            .env("TMPDIR", &folder)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(log_file)
            .stderr(log_too)
            .spawn()
            .map_err(|error| format!("{}: {error}", python.display()))?;
        let mut stand_in = Self { server, address };
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            if stand_in.request("GET", "/_ministack/health", &[], "").is_ok() {
                return Ok(stand_in);
            }
            let ended = !matches!(stand_in.server.try_wait(), Ok(None));
            if ended || Instant::now() > deadline {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(format!("the stand-in does not answer: {}", said.trim()));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What `AWS_ENDPOINT_URL` would be.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Creates a table with key attributes of the types `S`, `N` or `B`, the partition key first.
    pub(crate) fn create_table(&self, name: &str, key: &[(&str, &str)]) -> Result<(), String> {
        let join = |entries: Vec<String>| entries.join(",");
        let attributes =
            key.iter().map(|(name, of_type)| format!(r#"{{"AttributeName":"{name}","AttributeType":"{of_type}"}}"#));
        let schema = key
            .iter()
            .zip(["HASH", "RANGE"])
            .map(|((name, _), role)| format!(r#"{{"AttributeName":"{name}","KeyType":"{role}"}}"#));
        let body = format!(
            r#"{{"TableName":"{name}","AttributeDefinitions":[{}],"KeySchema":[{}],"BillingMode":"PAY_PER_REQUEST"}}"#,
            join(attributes.collect()),
            join(schema.collect()),
        );
        self.call("DynamoDB_20120810.CreateTable", &body).map(drop)
    }

    /// Creates a queue for which these attributes are true.
    pub(crate) fn create_queue(&self, name: &str, attributes: &[&str]) -> Result<(), String> {
        let attributes: Vec<String> = attributes.iter().map(|name| format!(r#""{name}":"true""#)).collect();
        let attributes = attributes.join(",");
        let body = format!(r#"{{"QueueName":"{name}","Attributes":{{{attributes}}}}}"#);
        self.call("AmazonSQS.CreateQueue", &body).map(drop)
    }

    /// Creates a topic for which these attributes are true.
    pub(crate) fn create_topic(&self, name: &str, attributes: &[&str]) -> Result<(), String> {
        let mut body = format!("Action=CreateTopic&Version=2010-03-31&Name={name}");
        for (index, name) in (1..).zip(attributes) {
            body += &format!("&Attributes.entry.{index}.key={name}&Attributes.entry.{index}.value=true");
        }
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        self.request("POST", "/", &headers, &body).map(drop)
    }

    /// Calls an action of a service that speaks JSON, as `AmazonSQS.ReceiveMessage`, and gives the answer's text.
    pub(crate) fn call(&self, target: &str, body: &str) -> Result<String, String> {
        let headers = [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", target)];
        self.request("POST", "/", &headers, body)
    }

    /// The body of the answer, when that is 200.
    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<String, String> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += "\r\n";
        request += body;
        let mut answer = String::new();
        TcpStream::connect_timeout(&self.address, Duration::from_secs(1))
            .and_then(|mut stream| {
                stream.set_read_timeout(Some(Duration::from_secs(10)))?;
                stream.write_all(request.as_bytes())?;
                stream.read_to_string(&mut answer)
            })
            .map_err(|error| format!("{}: {error}", self.address))?;
        match answer.split_once("\r\n\r\n") {
            Some((head, body)) if head.starts_with("HTTP/1.1 200") => Ok(body.to_owned()),
            _ => Err(answer),
        }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        // What it leaves behind.
        for name in [log_name(self.address), format!("ministack-{}.pid", self.address.port())] {
            let _ = fs::remove_file(folder().join(name));
        }
    }
}

fn log_name(address: SocketAddr) -> String {
    format!("server-{}.log", address.port())
}

fn folder() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().unwrap_or(scratch).join("aws-stand-in")
}

/// Installs the stand-in unless it is there, and gives its Python.
fn install() -> Result<PathBuf, String> {
    let folder = folder();
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    let venv = folder.join("venv");
    let python = if cfg!(windows) { venv.join("Scripts/python.exe") } else { venv.join("bin/python") };
    let installed = folder.join("installed.txt");
    let is_installed = || fs::read_to_string(&installed).is_ok_and(|text| text == REQUIREMENTS);

    // Test binaries that start at once wait for the one that installs. The lock ends with the file's handle.
    let lock_path = folder.join("lock");
    let lock = File::create(&lock_path).and_then(|file| file.lock().map(|()| file));
    let _lock = lock.map_err(|error| failed(&lock_path, error))?;
    if is_installed() {
        return Ok(python);
    }
    let requirements = folder.join("requirements.txt");
    fs::write(&requirements, REQUIREMENTS).map_err(|error| failed(&requirements, error))?;
    let _ = fs::remove_file(&installed);
    let system = ["python3", "python"].into_iter().find(|python| {
        let check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
        Command::new(python).args(["-c", check]).output().is_ok_and(|output| output.status.success())
    });
    let system = system.ok_or("it needs Python 3.10 or later, with venv")?;
    run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&venv))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--no-deps", "-r"];
    run(Command::new(&python).args(pip).arg(&requirements))?;
    fs::write(&installed, REQUIREMENTS).map_err(|error| failed(&installed, error))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}", said.lines().last().unwrap_or("failed without a word")))
}
