use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::{FutureExt, future::BoxFuture};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use portico_kernel::{Error, Outbox, OutgoingMail, Result};

/// Pages wait for nothing longer than this (T32).
const TIMEOUT: Duration = Duration::from_secs(5);

/// Sends by SMTP, at the address of `SMTP_URL`.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// `smtp://user:password@host:587?tls=required`, `smtps://…`, as lettre reads it.
    ///
    /// # Errors
    /// An address that cannot be read; the message does not repeat it, since it holds a password.
    pub fn from_url(url: &str) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow::anyhow!("SMTP_URL is not smtp://… or smtps://…"))?
            .timeout(Some(TIMEOUT))
            .build();
        Ok(Self(transport))
    }
}

impl Outbox for Smtp {
    fn send(&self, mail: OutgoingMail) -> BoxFuture<'_, Result<()>> {
        async move {
            let message = compose(&mail)?;
            self.0.send(message).await.map_err(|error| Error::Unavailable(error.into()))?;
            Ok(())
        }
        .boxed()
    }
}

/// Writes each mail as an `.eml` file, for installations without a mail server.
pub struct MailFolder(PathBuf);

/// A mail that lies in the folder.
pub struct StoredMail {
    pub name: String,
    pub size: u64,
}

impl MailFolder {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: PathBuf) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Outbox for MailFolder {
    fn send(&self, mail: OutgoingMail) -> BoxFuture<'_, Result<()>> {
        async move {
            let message = compose(&mail)?.formatted();
            // Named by the mail itself: a repetition after a crash replaces the first file.
            let name: String =
                mail.message_id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            write_whole(&self.0, &format!("{}-{name}.eml", mail.organization), message).await?;
            Ok(())
        }
        .boxed()
    }
}

async fn write_whole(folder: &Path, name: &str, bytes: Vec<u8>) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{name}.part"));
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(unfinished, folder.join(name)).await
}

/// HTML with its plain-text twin. Names and subjects become one line, so that no header can be
/// smuggled in (T15); lettre would panic at a control character in a name.
fn compose(mail: &OutgoingMail) -> Result<Message> {
    let address =
        |text: &str| text.parse::<Address>().with_context(|| format!("{text:?} is no mail address"));
    let from =
        Mailbox::new(Some(one_line(&mail.from_name).replace("=?", "= ?")), address(&mail.from_address)?);
    let to = Mailbox::new(None, address(&mail.to)?);
    let message = Message::builder()
        .from(from)
        .to(to)
        .raw_header(subject(&mail.subject))
        .message_id(Some(mail.message_id.clone()))
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .context("the mail cannot be composed")?;
    Ok(message)
}

/// Always as encoded words (RFC 2047, section 2): words that only look like encoded ones, in which
/// a line break can hide, are then read as what they are.
fn subject(text: &str) -> HeaderValue {
    let line = one_line(text);
    let mut words = vec![String::new()];
    for letter in line.chars() {
        // 45 bytes make 60 letters of base64, and a word has at most 75.
        if words.last().is_some_and(|word| word.len() + letter.len_utf8() > 45) {
            words.push(String::new());
        }
        words.last_mut().expect("there is one from the start").push(letter);
    }
    let encoded: Vec<_> = words.iter().map(|word| format!("=?utf-8?b?{}?=", STANDARD.encode(word))).collect();
    let name = HeaderName::new_from_ascii_str("Subject");
    HeaderValue::dangerous_new_pre_encoded(name, line, encoded.join("\r\n "))
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use portico_facts::OrganizationId;

    fn mail() -> OutgoingMail {
        OutgoingMail {
            organization: OrganizationId::from_bytes([1; 16]),
            from_name: "Studio\r\nBcc\u{7}: everyone@evil.test".into(),
            from_address: "portal@studio.test".into(),
            to: "carol@acme.test".into(),
            subject: "Your portal\r\nBcc: everyone@evil.test".into(),
            html: "<p>Hello</p>".into(),
            text: "Hello".into(),
            message_id: "<1@studio.test>".into(),
        }
    }

    #[test]
    fn no_header_can_be_smuggled_in() {
        let raw = String::from_utf8(compose(&mail()).unwrap().formatted()).unwrap();
        let headers = raw.split("\r\n\r\n").next().unwrap();
        assert!(!headers.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{headers}");
        // The words in base64, by hand.
        let subject = "Subject: =?utf-8?b?WW91ciBwb3J0YWwgQmNjOiBldmVyeW9uZUBldmlsLnRlc3Q=?=";
        assert!(headers.contains(subject), "{headers}");
    }

    #[test]
    fn an_address_with_a_line_break_is_refused() {
        let hostile = OutgoingMail { to: "carol@acme.test\r\nBcc: x@evil.test".into(), ..mail() };
        assert!(compose(&hostile).is_err());
    }
}
