use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;

use rustix::process::Signal;

use super::pdf::Pages;
use crate::document::Document;
use crate::{Limits, Reading, Unreadable};

/// What `pdftotext` ends each page with.
const PAGE_END: char = '\u{c}';

/// `None` where `pdftotext` is not installed. It inherits this process's limits.
pub fn read(document: &Document, limits: &Limits) -> Option<Result<Reading, Unreadable>> {
    match pdftotext(document, Stdio::piped(), Stdio::null()) {
        Ok(child) => Some(pages_of(child, document, limits)),
        Err(error) if is_absent(&error) => None,
        Err(_) => Some(Err(Unreadable::NotTried)),
    }
}

/// A file is this process's standard input, which is opened anew by its name, so that every run
/// starts at the beginning of the document. An attachment is poured in.
fn pdftotext(document: &Document, stdout: Stdio, stderr: Stdio) -> io::Result<Child> {
    let (name, stdin) = match document {
        Document::File(_) => ("/dev/stdin", Stdio::inherit()),
        Document::Attachment(_) => ("-", Stdio::piped()),
    };
    let mut pdftotext = Command::new("pdftotext");
    pdftotext.args(["-enc", "UTF-8", name, "-"]).stdin(stdin).stdout(stdout).stderr(stderr);
    let mut child = pdftotext.spawn()?;
    if let (Document::Attachment(bytes), Some(mut stdin)) = (document, child.stdin.take()) {
        let bytes = Arc::clone(bytes.get_ref());
        // It may answer before it has taken everything, and each would wait for the other. What it
        // does not want breaks the pipe, which is no failure.
        thread::spawn(move || stdin.write_all(&bytes));
    }
    Ok(child)
}

/// Somewhere the confinement does not reach to counts as absent too.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied)
}

fn pages_of(mut child: Child, document: &Document, limits: &Limits) -> Result<Reading, Unreadable> {
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
            return Err(cause_of(status, document));
        }
    }
    let text = String::from_utf8_lossy(&text);
    let mut pages = Pages::with_room(limits.text_bytes);
    let room_for_all = text.split_terminator(PAGE_END).all(|page| pages.push(page));
    let mut reading = pages.into_reading();
    reading.truncated |= is_cut || !room_for_all;
    Ok(reading)
}

fn cause_of(status: ExitStatus, document: &Document) -> Unreadable {
    if status.signal() == Some(Signal::XCPU.as_raw()) {
        return Unreadable::TimedOut;
    }
    let complaints = complaints(document).unwrap_or_default();
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
fn complaints(document: &Document) -> io::Result<String> {
    let child = pdftotext(document, Stdio::null(), Stdio::piped())?;
    let mut complaints = Vec::new();
    if let Some(stderr) = child.stderr {
        stderr.take(64 * 1024).read_to_end(&mut complaints)?;
    }
    Ok(String::from_utf8_lossy(&complaints).into_owned())
}
