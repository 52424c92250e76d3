use std::{
    collections::BTreeSet,
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use reqwest::Method;
use tempfile::TempDir;

use super::person::http_client;

pub const ACCESS_KEY: &str = "portico-tests";
pub const SECRET_KEY: &str = "a-secret-of-the-portico-tests";
const BUCKET: &str = "portico";

/// A real S3-compatible server: moto, or the one that `PORTICO_TEST_S3` names as `endpoint/bucket`.
pub struct ObjectStore {
    endpoint: String,
    bucket: String,
    _moto: Option<Background>,
}

impl ObjectStore {
    pub fn start() -> Self {
        if let Some((endpoint, bucket)) =
            std::env::var("PORTICO_TEST_S3").ok().as_deref().and_then(|s3| s3.rsplit_once('/'))
        {
            return Self { endpoint: endpoint.to_owned(), bucket: bucket.to_owned(), _moto: None };
        }
        let port = free_port();
        let moto =
            Background::start(port, venv("moto_server"), &["-H", "127.0.0.1", "-p", &port.to_string()]);
        let endpoint = format!("http://127.0.0.1:{port}");
        let made = http_client().build().unwrap().put(format!("{endpoint}/{BUCKET}")).send().unwrap();
        assert!(made.status().is_success(), "moto made no bucket: {}", made.status());
        Self { endpoint, bucket: BUCKET.to_owned(), _moto: Some(moto) }
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let address = format!("s3://{}?endpoint={}&region=us-east-1", self.bucket, self.endpoint);
        let key = |name: &str, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
        vec![
            ("STORAGE_URL", address),
            ("AWS_ACCESS_KEY_ID", key("PORTICO_TEST_S3_ACCESS_KEY", ACCESS_KEY)),
            ("AWS_SECRET_ACCESS_KEY", key("PORTICO_TEST_S3_SECRET_KEY", SECRET_KEY)),
        ]
    }

    /// What is in moto's bucket, which asks nobody who they are.
    pub fn keys(&self) -> BTreeSet<String> {
        let listed = self.ask(Method::GET, "?list-type=2", "");
        assert!(listed.contains("<IsTruncated>false</IsTruncated>"), "{listed}");
        let keys = listed.split("<Key>").skip(1).filter_map(|rest| rest.split_once("</Key>"));
        keys.map(|(key, _)| key.to_owned()).collect()
    }

    /// The uploads in several parts that were begun and are neither finished nor given up.
    pub fn unfinished(&self) -> usize {
        self.ask(Method::GET, "?uploads", "").matches("<UploadId>").count()
    }

    /// Puts something there behind the server's back.
    pub fn put(&self, key: &str, words: &'static str) {
        self.ask(Method::PUT, &format!("/{key}"), words);
    }

    #[track_caller]
    fn ask(&self, method: Method, below: &str, words: &'static str) -> String {
        let address = format!("{}/{}{below}", self.endpoint, self.bucket);
        let answer = http_client().build().unwrap().request(method, address).body(words).send().unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.text().unwrap()
    }
}

/// A server of another make that runs as long as the world.
pub(super) struct Background {
    process: Child,
    log: PathBuf,
    _folder: TempDir,
}

impl Background {
    /// Returns once it accepts connections.
    pub(super) fn start(port: u16, program: PathBuf, arguments: &[&str]) -> Self {
        assert!(program.is_file(), "{} is missing: make setup-test installs it", program.display());
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let output = File::create(&log).unwrap();
        let mut command = Command::new(&program);
        let command =
            command.args(arguments).stdin(Stdio::null()).stdout(output.try_clone().unwrap()).stderr(output);
        let mut server = Self { process: command.spawn().unwrap(), log, _folder: folder };
        for _ in 0..1_200 {
            if TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).is_ok() {
                return server;
            }
            let ended = server.process.try_wait().unwrap();
            assert!(ended.is_none(), "{} ended: {}", program.display(), server.said());
            thread::sleep(Duration::from_millis(50));
        }
        panic!("{} does not answer: {}", program.display(), server.said());
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn venv(program: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cache/venv/bin").join(program)
}

/// Free a moment ago: these servers cannot choose one and say which.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}
