use std::fs::File;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use crate::{DocumentKind, Drawing, Limits, Mail, Reading, Sight, Unreadable};

/// The parent's side: runs `program read-document --kind … --limits …` for each document,
/// `program draw-document --sight … --limits …` for each picture, and
/// `program take-mail-apart --most-files … --limits …` for each mail that came in.
///
/// Holds at most `output_bytes` of the answer and nothing of the document in memory. How many run
/// at once is for the caller to bound; each may take `memory_bytes` twice over (itself and
/// `pdftotext`).
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
    limits: Limits,
}

impl Reader {
    pub fn new(program: impl Into<PathBuf>, limits: Limits) -> Self {
        Self { program: program.into(), limits }
    }

    /// With the running program as the child's, which must know the hidden command.
    pub fn of_this_program(limits: Limits) -> io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, limits))
    }

    /// The text of the regular file at `path`. Dropping the future ends the reading.
    pub async fn read(&self, kind: DocumentKind, path: &Path) -> Result<Reading, Unreadable> {
        let answer = self.run(["read-document", "--kind", kind.as_str()], path).await?;
        serde_json::from_slice(&answer.bytes).unwrap_or_else(|_| Err(answer.cause()))
    }

    /// A picture out of the regular file at `path`. Dropping the future ends the drawing.
    pub async fn draw(&self, sight: &Sight, path: &Path) -> Result<Drawing, Unreadable> {
        let answer = self.run(["draw-document", "--sight", &sight.to_string()], path).await?;
        Drawing::heard(&answer.bytes, sight.finish).unwrap_or_else(|| Err(answer.cause()))
    }

    /// The parts of the mail that the regular file at `path` is, with the bytes of so many files.
    pub async fn take_mail_apart(&self, most_files: usize, path: &Path) -> Result<Mail, Unreadable> {
        let most = most_files.to_string();
        let answer = self.run(["take-mail-apart", "--most-files", &most], path).await?;
        Mail::heard(&answer.bytes, most_files).unwrap_or_else(|| Err(answer.cause()))
    }

    async fn run(&self, command: [&str; 3], path: &Path) -> Result<Answer, Unreadable> {
        let document = self.open(path).await?;
        let mut running = self.start(command, document).map_err(|_| Unreadable::NotTried)?;
        let deadline = Duration::from_secs(self.limits.seconds);
        let answer = running.answer(self.limits.output_bytes);
        tokio::time::timeout(deadline, answer).await.unwrap_or(Err(Unreadable::TimedOut))
    }

    async fn open(&self, path: &Path) -> Result<File, Unreadable> {
        // Asked before opening, because opening a named pipe waits for its other end.
        let metadata = tokio::fs::metadata(path).await.map_err(|_| Unreadable::NotTried)?;
        if !metadata.is_file() {
            return Err(Unreadable::NotTried);
        }
        if metadata.len() > self.limits.input_bytes {
            return Err(Unreadable::TooLarge);
        }
        let file = tokio::fs::File::open(path).await.map_err(|_| Unreadable::NotTried)?;
        Ok(file.into_std().await)
    }

    fn start(&self, command: [&str; 3], document: File) -> io::Result<Running> {
        let child = Command::new(&self.program)
            .args(command)
            .args(["--limits", &self.limits.to_string()])
            // The environment holds the server's secrets; the child only looks for `pdftotext`.
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .current_dir("/")
            .stdin(document)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        Ok(Running(child))
    }
}

/// A child with everything it started. Both end when this is dropped, for a deadline and for a
/// caller that no longer waits alike.
struct Running(Child);

impl Running {
    async fn answer(&mut self, output_bytes: u64) -> Result<Answer, Unreadable> {
        let stdout = self.0.stdout.take().ok_or(Unreadable::NotTried)?;
        let stderr = self.0.stderr.take().ok_or(Unreadable::NotTried)?;
        let answered = async {
            let answer = read_up_to(stdout, output_bytes + 1).await;
            // Past its answer the child has nothing left to do, and whatever it started must not
            // stay; before it is waited for, its number cannot belong to anybody else.
            self.end();
            answer
        };
        let (bytes, last_words) = tokio::join!(answered, beginning_of(stderr));
        let status = self.0.wait().await.map_err(|_| Unreadable::NotTried)?;
        match bytes.len() as u64 > output_bytes {
            true => Err(Unreadable::TooLarge),
            false => Ok(Answer { bytes, status, last_words }),
        }
    }

    fn end(&self) {
        let group = self.0.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        if let Some(group) = group {
            // It may be gone already, which is what was wanted.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a child said before it ended.
struct Answer {
    bytes: Vec<u8>,
    status: ExitStatus,
    last_words: String,
}

impl Answer {
    /// Why there is none that can be understood. Rust's allocator and poppler's both say that
    /// memory ran out before they abort, which is a limit rather than damage.
    fn cause(&self) -> Unreadable {
        // Whoever stops the service stops the child, too (systemd signals every process of a unit): that says nothing
        // of the document.
        let stopped = [Signal::TERM, Signal::INT, Signal::HUP].map(|signal| Some(signal.as_raw()));
        if stopped.contains(&self.status.signal()) {
            return Unreadable::NotTried;
        }
        if self.status.signal() == Some(Signal::XCPU.as_raw()) {
            return Unreadable::TimedOut;
        }
        if self.last_words.contains("memory allocation of") {
            return Unreadable::TooLarge;
        }
        Unreadable::Damaged
    }
}

async fn read_up_to(source: impl AsyncRead + Unpin, bytes: u64) -> Vec<u8> {
    let mut read = Vec::new();
    // A pipe that breaks ends what was said, like any other end.
    let _ = source.take(bytes).read_to_end(&mut read).await;
    read
}

/// Keeps the beginning and drains the rest, so that a talkative child does not wait for a reader.
async fn beginning_of(mut source: impl AsyncRead + Unpin) -> String {
    let beginning = read_up_to(&mut source, 4096).await;
    let _ = tokio::io::copy(&mut source, &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&beginning).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As wait(2) puts a signal.
    fn ended_by(signal: Signal) -> Unreadable {
        let status = ExitStatus::from_raw(signal.as_raw());
        Answer { bytes: Vec::new(), status, last_words: String::new() }.cause()
    }

    #[test]
    fn a_child_that_was_told_to_stop_says_nothing_of_its_document() {
        assert_eq!(ended_by(Signal::TERM), Unreadable::NotTried);
        assert_eq!(ended_by(Signal::INT), Unreadable::NotTried);
        assert_eq!(ended_by(Signal::XCPU), Unreadable::TimedOut);
        assert_eq!(ended_by(Signal::SEGV), Unreadable::Damaged);
        assert_eq!(ended_by(Signal::KILL), Unreadable::Damaged);
    }
}
