use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use url::Url;

use super::{Person, STUDIO, Secrets};

/// The environment of a command of the program. Nothing of the developer's own reaches it.
#[derive(Clone)]
pub struct Surroundings(BTreeMap<&'static str, String>);

impl Surroundings {
    pub fn new(data: &Path, clock: &Path) -> Self {
        let kept = ["PATH", "HOME", "TMPDIR", "LLVM_PROFILE_FILE"];
        let kept = kept.into_iter().filter_map(|name| Some((name, env::var(name).ok()?)));
        let mut surroundings = Self(kept.collect());
        surroundings.set("PORTICO_DATA", data.to_str().unwrap());
        surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
        surroundings.set("PORTICO_TEST_CLOCK", clock.to_str().unwrap());
        // What stands there is all of DNS that there is; see `World::lead`.
        surroundings.set("PORTICO_TEST_HOSTS", clock.with_file_name("hosts").to_str().unwrap());
        surroundings
    }

    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.insert(name, value.into());
    }

    pub fn set_all(&mut self, values: Vec<(&'static str, String)>) {
        self.0.extend(values);
    }

    /// Runs a command of the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Printed {
        let output = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        Printed { command: format!("portico {}", arguments.join(" ")), output }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).env_clear().envs(&self.0);
        command
    }
}

/// What a command printed, and how it ended.
pub struct Printed {
    command: String,
    pub output: Output,
}

impl Printed {
    #[track_caller]
    pub fn assert_success(self) -> String {
        let Self { command, output } = self;
        assert!(
            output.status.success(),
            "{command}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn exit_code(&self) -> Option<i32> {
        self.output.status.code()
    }

    /// Returns the one line that it says about its failure.
    #[track_caller]
    pub fn assert_failure(self) -> String {
        let Self { command, output } = self;
        assert!(!output.status.success(), "{command} did not fail");
        String::from_utf8(output.stderr).unwrap().trim().to_owned()
    }
}

/// `portico`, as `PORTICO_BIN` names it, or else as built beside this test.
pub fn program() -> PathBuf {
    let named = env::var_os("PORTICO_BIN").map(PathBuf::from);
    let program = named.unwrap_or_else(|| {
        let test = env::current_exe().unwrap();
        test.parent().unwrap().with_file_name("portico")
    });
    assert!(program.is_file(), "{} is missing: cargo build -p portico makes it", program.display());
    program
}

/// A running `portico serve`.
pub struct Server {
    surroundings: Surroundings,
    running: Option<Running>,
    port: u16,
    secrets: Arc<Secrets>,
    /// Everything the server has printed, over all its starts.
    lines: Arc<Mutex<Vec<String>>>,
}

struct Running {
    process: Child,
    readers: [JoinHandle<()>; 2],
}

/// With it, [`Server::origin`] is what only leads to https.
pub const LISTEN_TLS: &str = "PORTICO_LISTEN_TLS";

const PAUSE: Duration = Duration::from_millis(20);
/// Tries, not a bound on time: the machine may be busy with other tests.
const TRIES: u32 = 3_000;

impl Server {
    pub fn start(surroundings: Surroundings, secrets: Arc<Secrets>) -> Self {
        let mut server = Self { surroundings, running: None, port: 0, secrets, lines: Arc::default() };
        server.launch();
        server.wait_until_ready();
        server
    }

    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// A variable of the environment, from the next start on.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.surroundings.set(name, value);
    }

    /// Scheme, host and port of an organization, or of the installation itself.
    pub fn origin(&self, organization: &str) -> Url {
        let host = if organization.is_empty() {
            "localhost".to_owned()
        } else {
            format!("{organization}.localhost")
        };
        Url::parse(&format!("http://{host}:{}", self.port)).unwrap()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn faces_the_internet(&self) -> bool {
        self.surroundings.0.contains_key(LISTEN_TLS)
    }

    pub fn process_id(&self) -> u32 {
        self.running.as_ref().unwrap().process.id()
    }

    pub fn setup_link(&self) -> String {
        self.line_after("set up at ")
    }

    /// What it has printed so far.
    pub fn log(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// kill -9: nothing is finished, nothing is said. Usable while other threads send requests.
    pub fn kill(&mut self) {
        let mut running = self.running.take().unwrap();
        running.process.kill().unwrap();
        running.process.wait().unwrap();
        running.readers.into_iter().for_each(|reader| reader.join().unwrap());
    }

    /// Starts again where it was: same data, same port.
    pub fn launch(&mut self) {
        let seen = self.lines.lock().unwrap().len();
        let mut process = self.surroundings.command(&["serve"]);
        let process = process.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = process.spawn().unwrap();
        let stdout = self.keep_lines(process.stdout.take().unwrap());
        let stderr = self.keep_lines(process.stderr.take().unwrap());
        self.running = Some(Running { process, readers: [stdout, stderr] });
        let address = self.line_since(seen, "listening on ");
        self.port = Url::parse(&address).unwrap().port().unwrap();
        self.surroundings.set("PORTICO_LISTEN", format!("127.0.0.1:{}", self.port));
        if !self.faces_the_internet() {
            self.surroundings.set("PORTICO_PUBLIC_URL", format!("http://localhost:{}", self.port));
        }
    }

    pub fn wait_until_ready(&mut self) {
        // Whoever asks, as a load balancer does, need not know an organization's name.
        let probes = ["", STUDIO].map(|organization| {
            Person::stranger(&self.origin(organization), "the readiness probe", self.secrets.clone())
        });
        for _ in 0..TRIES {
            let ready = |probe: &Person| {
                let answer = probe.request(reqwest::Method::GET, "/readyz").send();
                answer.is_ok_and(|answer| answer.status().is_success())
            };
            if probes.iter().any(ready) {
                return;
            }
            self.assert_running();
            thread::sleep(PAUSE);
        }
        panic!("the server never became ready\n{}", self.last_lines());
    }

    pub fn send(&self, signal: Signal) {
        let running = self.running.as_ref().unwrap();
        kill_process(Pid::from_child(&running.process), signal).unwrap();
    }

    /// SIGTERM, and a clean exit within the 10 s of T36.
    pub fn stop(&mut self) {
        if self.running.is_some() {
            self.send(Signal::TERM);
        }
        let Some(mut running) = self.running.take() else { return };
        let status = (0..500).find_map(|_| {
            let status = running.process.try_wait().unwrap();
            if status.is_none() {
                thread::sleep(PAUSE);
            }
            status
        });
        if status.is_none() {
            let _ = running.process.kill();
            let _ = running.process.wait();
        }
        running.readers.into_iter().for_each(|reader| reader.join().unwrap());
        let status =
            status.unwrap_or_else(|| panic!("the server did not stop within 10 s\n{}", self.last_lines()));
        assert!(status.success(), "the server ended with {status}\n{}", self.last_lines());
    }

    fn keep_lines(&self, output: impl Read + Send + 'static) -> JoinHandle<()> {
        let lines = self.lines.clone();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                lines.lock().unwrap().push(line);
            }
        })
    }

    fn line_after(&self, beginning: &str) -> String {
        self.line_since(0, beginning)
    }

    /// What follows `beginning` on the first such line; waits for it.
    fn line_since(&self, seen: usize, beginning: &str) -> String {
        for _ in 0..TRIES {
            let lines = self.lines.lock().unwrap();
            if let Some(rest) = lines.iter().skip(seen).find_map(|line| line.strip_prefix(beginning)) {
                return rest.trim().to_owned();
            }
            let ended = self
                .running
                .as_ref()
                .is_none_or(|running| running.readers.iter().all(JoinHandle::is_finished));
            drop(lines);
            assert!(!ended, "the server ended without saying {beginning:?}\n{}", self.last_lines());
            thread::sleep(PAUSE);
        }
        panic!("the server never said {beginning:?}\n{}", self.last_lines());
    }

    fn assert_running(&mut self) {
        let status = self.running.as_mut().and_then(|running| running.process.try_wait().unwrap());
        if let Some(status) = status {
            panic!("the server ended with {status}\n{}", self.last_lines());
        }
    }

    fn last_lines(&self) -> String {
        let lines = self.lines.lock().unwrap();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }

    /// But for the set-up link, which is printed for the person who starts the program.
    fn assert_no_secret_in_log(&self) {
        let lines: Vec<_> = self.log().into_iter().filter(|line| !line.starts_with("set up at ")).collect();
        let leak = self.secrets.first_in(&lines);
        assert!(leak.is_none(), "a secret stands in the log: {}", leak.unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            if let Some(running) = &mut self.running {
                let _ = running.process.kill();
                let _ = running.process.wait();
            }
            eprintln!("the server's last lines:\n{}", self.last_lines());
        } else {
            self.stop();
            self.assert_no_secret_in_log();
        }
    }
}
