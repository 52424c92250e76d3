//! What lies outside the process, behind traits that `app/adapters` fulfils.

use bytes::Bytes;
use futures_util::{future::BoxFuture, stream::BoxStream};

use portico_facts::OrganizationId;
use portico_ui::{
    Language, Text,
    mail::{Letter, MailLogo, MailLook, WayOut, mail_html, mail_text},
};

use crate::{
    access::Organization, clock::Instant, error::Result, internet::Internet, provider::PaymentProvider,
};

/// Everything outside that the kernel is opened with.
pub struct Outside {
    pub outbox: Box<dyn Outbox>,
    pub objects: Box<dyn Objects>,
    pub payments: Box<dyn PaymentProvider>,
    pub internet: Box<dyn Internet>,
}

/// A mail that is ready to go. Addresses and subject are checked where lettre's types are made,
/// which cannot hold a line break (T15).
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// Whose mail it is: on an installation with several, each owner reads their own.
    pub organization: OrganizationId,
    pub from_name: String,
    pub from_address: String,
    pub to: String,
    pub subject: String,
    pub html: String,
    pub text: String,
    /// The same for every attempt at the same mail, so that a repetition can be recognized.
    pub message_id: String,
    /// Where an answer goes, if not to whom it is from.
    pub reply_to: Option<String>,
    /// Where one press ends mails of this kind (RFC 8058); `None` for those that nobody can turn off.
    pub unsubscribe: Option<String>,
}

/// What the mail server said when it refused an address for good.
#[derive(Debug, thiserror::Error)]
#[error("the mail server refused the address: {answer}")]
pub struct MailRefused {
    pub answer: String,
}

pub trait Outbox: Send + Sync {
    /// An address that is refused for good is an [`Error::Unavailable`](crate::Error::Unavailable) of a
    /// [`MailRefused`].
    fn send(&self, mail: OutgoingMail) -> BoxFuture<'_, Result<()>>;

    /// Lets go of mails to this address that are still here and were written until then. What went out is out of reach.
    fn forget<'a>(
        &'a self,
        _organization: OrganizationId,
        _to: &'a str,
        _until: Instant,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// Whether mail stays here for the owner to read, since no server takes it.
    fn keeps(&self) -> bool {
        false
    }

    /// Whether mail could be sent now, without sending any.
    fn check(&self) -> BoxFuture<'_, Result<()>>;
}

/// An object's size and a stream of the wanted part.
pub struct StoredObject {
    pub bytes: BoxStream<'static, Result<Bytes>>,
}

/// An object as the store lists it.
#[derive(Clone, Debug)]
pub struct ListedObject {
    pub key: String,
    /// In bytes.
    pub size: u64,
    /// By the store's own clock.
    pub written_at: Instant,
}

/// Files by random keys. Everything else about them (name, type, size) is in the database.
pub trait Objects: Send + Sync {
    /// Starts writing; nothing is visible under `key` before [`ObjectWriter::finish`].
    fn create<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Box<dyn ObjectWriter>>>;

    /// `range` in bytes, end exclusive, inside the object.
    fn read<'a>(&'a self, key: &'a str, range: std::ops::Range<u64>) -> BoxFuture<'a, Result<StoredObject>>;

    /// Deleting what is not there is no error.
    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<()>>;

    /// The finished objects whose keys begin with `folder/`, in no order, a page at a time however many
    /// there are.
    fn list(&self, folder: &str) -> BoxStream<'static, Result<ListedObject>>;

    /// Whether there is a finished object of this key.
    fn exists<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool>>;

    /// Goes on with an object that is written over several requests, by programs that may end in
    /// between: [`Unfinished::default`] begins one. What came after `saved` was made is gone.
    fn resume<'a>(
        &'a self,
        key: &'a str,
        saved: &'a Unfinished,
    ) -> BoxFuture<'a, Result<Box<dyn ResumableWriter>>>;

    /// Makes visible what [`ResumableWriter::end`] left, durably. Doing so again does no harm.
    fn publish<'a>(&'a self, key: &'a str, ended: &'a Unfinished) -> BoxFuture<'a, Result<()>>;

    /// Gives up what was begun, published or not. Doing so again does no harm.
    fn discard<'a>(&'a self, key: &'a str, saved: &'a Unfinished) -> BoxFuture<'a, Result<()>>;

    /// Whether the store answers at all, for `/readyz`.
    fn check(&self) -> BoxFuture<'_, Result<()>>;
}

pub trait ObjectWriter: Send {
    fn write(&mut self, bytes: Bytes) -> BoxFuture<'_, Result<()>>;

    /// Durable when it returns (T30).
    fn finish(self: Box<Self>) -> BoxFuture<'static, Result<()>>;

    /// Leaves nothing behind.
    fn abort(self: Box<Self>) -> BoxFuture<'static, ()>;
}

/// How much of an object the store holds already, in its own words. Kept in the database beside
/// what the bytes are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// In bytes.
    pub size: u64,
    /// For the store alone.
    pub notes: String,
}

pub trait ResumableWriter: Send {
    fn write(&mut self, bytes: Bytes) -> BoxFuture<'_, Result<()>>;

    /// Everything that was written is durable when it returns (T30), and more may follow. It costs
    /// least at multiples of [`PAUSE`].
    fn pause(&mut self) -> BoxFuture<'_, Result<Unfinished>>;

    /// The same where nothing follows: ready to be published.
    fn end(&mut self) -> BoxFuture<'_, Result<Unfinished>>;
}

/// A size, in bytes, at which no store holds a part that is too small for it.
pub const PAUSE: u64 = 20 * 1024 * 1024;

impl Organization {
    /// In which language a mail speaks to its reader: the one that they chose (a BCP 47 code), or ours (P41).
    pub fn language_for(&self, chosen: Option<&str>) -> Language {
        chosen.and_then(Language::from_code).unwrap_or(self.language)
    }

    /// A letter of this organization, ready to go: HTML and its plain-text twin, from an address
    /// at the installation's own host.
    pub fn mail(
        &self,
        language: Language,
        to: &str,
        letter: &Letter,
        host: &str,
        message_id: String,
    ) -> OutgoingMail {
        self.seal(language, to, letter, host, (message_id, None))
    }

    /// The same for news, which their reader can do without.
    pub fn news_mail(
        &self,
        language: Language,
        to: &str,
        letter: &Letter,
        host: &str,
        (message_id, way_out): (String, WayOut),
    ) -> OutgoingMail {
        self.seal(language, to, letter, host, (message_id, Some(way_out)))
    }

    fn seal(
        &self,
        language: Language,
        to: &str,
        letter: &Letter,
        host: &str,
        (message_id, way_out): (String, Option<WayOut>),
    ) -> OutgoingMail {
        let unsubscribe = way_out.as_ref().map(|way_out| way_out.href.clone());
        // At an address that stays: a mail may be read long after the logo became another.
        let logo = self
            .logo
            .as_ref()
            .map(|logo| MailLogo { href: format!("{}/brand/logo.png", self.address), ground: logo.ground });
        let look = MailLook {
            text: Text::new(language),
            organization_name: &self.name,
            logo,
            brand: self.brand(),
            way_out,
        };
        OutgoingMail {
            organization: self.id,
            from_name: self.name.clone(),
            from_address: format!("portal@{host}"),
            to: to.to_owned(),
            subject: letter.title.clone(),
            html: mail_html(&look, letter),
            text: mail_text(&look, letter),
            message_id,
            reply_to: None,
            unsubscribe,
        }
    }
}
