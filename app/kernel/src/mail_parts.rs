//! Mails that came in, taken apart by the module that has a limited process for what strangers made (T12).

use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::{error::Result, system::Kernel};

/// A mail in its parts, each of them a stranger's word.
#[derive(Default)]
pub struct MailParts {
    /// The address of the first whom it says it is from.
    pub from: String,
    /// Addresses to which it was sent openly.
    pub to: Vec<String>,
    pub id: Option<String>,
    /// The first of each name, as it stands there.
    pub headers: Vec<(String, String)>,
    /// On how another mail was delivered.
    pub is_report: bool,
    /// Its body as words, whatever it was written as.
    pub text: String,
    /// Names and bytes, no more than were asked for.
    pub files: Vec<(String, Bytes)>,
    /// Those included that were not asked for.
    pub attached: usize,
}

/// Why there are no parts, however often it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMail {
    /// None, or whoever read it broke off.
    Damaged,
    /// It, what is in it, or what reading it takes.
    TooLarge,
}

/// Takes a mail, and of how many files the bytes are wanted. Fails when nothing was learnt about the mail, so that
/// another attempt may go better.
pub type TakeMailApart =
    for<'a> fn(&'a Kernel, &'a [u8], usize) -> BoxFuture<'a, Result<Result<MailParts, NoMail>>>;
