use std::io::{self, ErrorKind, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::Signal;

use super::pdf::Pages;
use crate::{Limits, Reading, Unreadable};

/// What `pdftotext` ends each page with.
const PAGE_END: char = '\u{c}';

/// `None` where `pdftotext` is not installed. It inherits this process's limits and its standard
/// input, which it opens anew by name: every run starts at the beginning of the document.
pub fn read(limits: &Limits) -> Option<Result<Reading, Unreadable>> {
    let started = pdftotext(Stdio::piped(), Stdio::null());
    match started {
        Ok(child) => Some(pages_of(child, limits)),
        Err(error) if is_absent(&error) => None,
        Err(_) => Some(Err(Unreadable::NotTried)),
    }
}

fn pdftotext(stdout: Stdio, stderr: Stdio) -> io::Result<Child> {
    Command::new("pdftotext").args(["-enc", "UTF-8", "/dev/stdin", "-"]).stdout(stdout).stderr(stderr).spawn()
}

/// Somewhere the confinement does not reach to counts as absent too.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied)
}

fn pages_of(mut child: Child, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut text = Vec::new();
    // White space is dropped later, so that more is taken here than there is room for.
    let at_most = limits.text_bytes.saturating_mul(4);
    if let Some(stdout) = child.stdout.take() {
        stdout.take(at_most).read_to_end(&mut text).map_err(super::failure)?;
    }
    let is_cut = text.len() as u64 >= at_most;
    // With its pipe closed it stops by itself; only an output that was read to its end says
    // something about the document.
    if !is_cut {
        let status = child.wait().map_err(|_| Unreadable::NotTried)?;
        if !status.success() {
            return Err(cause_of(status));
        }
    }
    let text = String::from_utf8_lossy(&text);
    let mut pages = Pages::with_room(limits.text_bytes);
    let room_for_all = text.split_terminator(PAGE_END).all(|page| pages.push(page));
    let mut reading = pages.into_reading();
    reading.truncated |= is_cut || !room_for_all;
    Ok(reading)
}

fn cause_of(status: ExitStatus) -> Unreadable {
    if status.signal() == Some(Signal::XCPU.as_raw()) {
        return Unreadable::TimedOut;
    }
    let complaints = complaints().unwrap_or_default();
    if complaints.contains("Incorrect password") || complaints.contains("security handler") {
        return Unreadable::Encrypted;
    }
    if complaints.contains("Out of memory") || complaints.contains("bad_alloc") {
        return Unreadable::TooLarge;
    }
    Unreadable::Damaged
}

/// Its exit status is the same for a password and for damage, so it is asked again for the words:
/// on the first run they would fill a pipe that nobody empties meanwhile.
fn complaints() -> io::Result<String> {
    let child = pdftotext(Stdio::null(), Stdio::piped())?;
    let mut complaints = Vec::new();
    if let Some(stderr) = child.stderr {
        stderr.take(64 * 1024).read_to_end(&mut complaints)?;
    }
    Ok(String::from_utf8_lossy(&complaints).into_owned())
}
