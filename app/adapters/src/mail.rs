use std::{
    fs::Metadata,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
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
    transport::smtp::PoolConfig,
};
use portico_facts::OrganizationId;
use portico_kernel::{Error, Instant, MailRefused, Outbox, OutgoingMail, Result};
use tokio::{fs::File, io::AsyncWriteExt};

/// For the server to answer the telephone.
const CONNECTING: Duration = Duration::from_secs(5);
/// For the whole of one mail. lettre itself waits for ever once it is connected. Servers look at a mail before they
/// take it, and who gives up too soon sends again what has arrived.
const SENDING: Duration = Duration::from_secs(60);
/// For whoever only asks whether it would.
const CHECKING: Duration = Duration::from_secs(10);

/// Sends by SMTP, at the address of `SMTP_URL`.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    patience: Duration,
}

impl Smtp {
    /// `smtp://user:password@host:587?tls=required`, `smtps://…`, as lettre reads it.
    ///
    /// # Errors
    /// An address that cannot be read; the message does not repeat it, since it holds a password.
    pub fn from_url(url: &str) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow::anyhow!("SMTP_URL is not smtp://… or smtps://…"))?
            .timeout(Some(CONNECTING))
            // A connection each: on one that was given up the next mail would take the late answer for its own.
            .pool_config(PoolConfig::new().max_size(0))
            .build();
        Ok(Self { transport, patience: SENDING })
    }
}

impl Outbox for Smtp {
    fn send(&self, mail: OutgoingMail) -> BoxFuture<'_, Result<()>> {
        async move {
            let message = compose(&mail)?;
            let sent = tokio::time::timeout(self.patience, self.transport.send(message)).await;
            match sent.context("the mail server says nothing").map_err(Error::Unavailable)? {
                Ok(_) => Ok(()),
                Err(error) => Err(Error::Unavailable(match refusal(&error) {
                    Some(refused) => refused.into(),
                    None => error.into(),
                })),
            }
        }
        .boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<()>> {
        async move {
            let answered =
                tokio::time::timeout(CHECKING.min(self.patience), self.transport.test_connection());
            let takes_mail = answered
                .await
                .context("the mail server says nothing")
                .and_then(|answer| Ok(answer?))
                .map_err(Error::Unavailable)?;
            match takes_mail {
                true => Ok(()),
                false => Err(Error::Unavailable(anyhow::anyhow!("the mail server does not answer to NOOP"))),
            }
        }
        .boxed()
    }
}

/// What the server answered, where it is about the address and for good (RFC 5321, 4.2.2 and 4.2.3). That it wants
/// another name of ours, or does not understand us, says nothing about the address.
fn refusal(error: &lettre::transport::smtp::Error) -> Option<MailRefused> {
    let code = error.status().filter(|_| error.is_permanent())?;
    is_about_the_address(code.into()).then(|| {
        let words = std::error::Error::source(error).map(|source| one_line(&source.to_string()));
        MailRefused { answer: format!("{code} {}", words.unwrap_or_default()).trim_end().to_owned() }
    })
}

fn is_about_the_address(code: u16) -> bool {
    matches!(code, 521 | 550..=554 | 556)
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

    fn forget<'a>(
        &'a self,
        organization: OrganizationId,
        to: &'a str,
        until: Instant,
    ) -> BoxFuture<'a, Result<()>> {
        async move {
            let ours = format!("{organization}-");
            let mut folder = tokio::fs::read_dir(&self.0).await?;
            while let Some(entry) = folder.next_entry().await? {
                if !entry.file_name().to_string_lossy().starts_with(&ours) {
                    continue;
                }
                let is_old = written_at(&entry.metadata().await?)? <= until;
                if is_old && is_to(&tokio::fs::read(entry.path()).await?, to) {
                    tokio::fs::remove_file(entry.path()).await?;
                }
            }
            Ok(())
        }
        .boxed()
    }

    fn keeps(&self) -> bool {
        true
    }

    fn check(&self) -> BoxFuture<'_, Result<()>> {
        async move { Ok(tokio::fs::read_dir(&self.0).await.map(drop)?) }.boxed()
    }
}

fn written_at(file: &Metadata) -> std::io::Result<Instant> {
    let since_epoch = file.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Instant::from_micros(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX)))
}

/// By the header of a mail that [`compose`] wrote, whose lines may be folded (RFC 5322, 2.2.3).
fn is_to(mail: &[u8], address: &str) -> bool {
    let mail = String::from_utf8_lossy(mail);
    let head = mail.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let to = head.lines().find_map(|line| line.strip_prefix("To:"));
    to.is_some_and(|to| to.trim().trim_matches(['<', '>']).eq_ignore_ascii_case(address))
}

/// Durable when this returns: the job is done with it, and nobody sends the mail again.
async fn write_whole(folder: &Path, name: &str, bytes: Vec<u8>) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{name}.part"));
    let mut file = File::create(&unfinished).await?;
    file.write_all(&bytes).await?;
    // tokio's file tells here, and not when it is synced, that the write failed.
    file.flush().await?;
    file.sync_all().await?;
    tokio::fs::rename(unfinished, folder.join(name)).await?;
    File::open(folder).await?.sync_all().await
}

/// HTML with its plain-text twin. Names and subjects become one line, so that no header can be
/// smuggled in (T15); lettre would panic at a control character in a name.
fn compose(mail: &OutgoingMail) -> Result<Message> {
    let address =
        |text: &str| text.parse::<Address>().with_context(|| format!("{text:?} is no mail address"));
    let from =
        Mailbox::new(Some(one_line(&mail.from_name).replace("=?", "= ?")), address(&mail.from_address)?);
    let to = Mailbox::new(None, address(&mail.to)?);
    let mut message = Message::builder().from(from).to(to);
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(Mailbox::new(None, address(reply_to)?));
    }
    let mut message = message.raw_header(subject(&mail.subject)).message_id(Some(mail.message_id.clone()));
    for header in way_out(mail.unsubscribe.as_deref()) {
        message = message.raw_header(header);
    }
    let message = message
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .context("the mail cannot be composed")?;
    Ok(message)
}

/// RFC 2369 and RFC 8058: where programs for mail have a button. An address that could leave its line has none.
fn way_out(address: Option<&str>) -> Vec<HeaderValue> {
    let is_one_word = |address: &&str| address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'>');
    let Some(address) = address.filter(is_one_word) else { return Vec::new() };
    let header = |name, value: String| {
        HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value)
    };
    vec![
        header("List-Unsubscribe", format!("<{address}>")),
        header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
    ]
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

    const LATER: Instant = Instant::from_micros(i64::MAX);

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
            reply_to: None,
            unsubscribe: None,
        }
    }

    fn headers(mail: &OutgoingMail) -> String {
        let raw = String::from_utf8(compose(mail).unwrap().formatted()).unwrap();
        raw.split("\r\n\r\n").next().unwrap().to_owned()
    }

    /// The two lines of RFC 8058, section 8.1.
    #[test]
    fn news_say_how_to_get_no_more_of_them_and_nothing_else_does() {
        let address = "https://studio.test/unsubscribe/0190.messages.abc";
        let news = OutgoingMail { unsubscribe: Some(address.into()), ..mail() };
        let said = headers(&news);
        assert!(said.contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{said}");
        assert!(said.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{said}");
        for unsubscribe in [None, Some("https://studio.test/\r\nBcc: everyone@evil.test".to_owned())] {
            let said = headers(&OutgoingMail { unsubscribe, ..mail() });
            assert!(!said.contains("List-Unsubscribe") && !said.contains("evil.test>"), "{said}");
        }
    }

    #[test]
    fn what_a_server_says_of_us_is_no_word_on_the_address() {
        for code in [550, 551, 552, 553, 554, 556, 521] {
            assert!(is_about_the_address(code), "{code}");
        }
        for code in [421, 450, 500, 501, 502, 503, 530, 534, 535, 538, 555] {
            assert!(!is_about_the_address(code), "{code}");
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

    #[tokio::test]
    async fn t32_a_mail_server_that_says_nothing_is_given_up() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("smtp://{}", silent.local_addr().unwrap());
        let outbox = Smtp { patience: Duration::from_millis(500), ..Smtp::from_url(&address).unwrap() };
        let Err(Error::Unavailable(cause)) = outbox.send(mail()).await else { panic!("it was sent") };
        assert_eq!(cause.to_string(), "the mail server says nothing");
        let Err(Error::Unavailable(cause)) = outbox.check().await else { panic!("it answered") };
        assert_eq!(cause.to_string(), "the mail server says nothing");
    }

    /// T31: after a crash nobody knows whether a mail went out, so it goes out again.
    #[tokio::test]
    async fn t31_the_same_mail_again_lies_in_the_folder_once() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = MailFolder::open(folder.path().to_owned()).unwrap();
        for id in ["<1@studio.test>", "<1@studio.test>", "<2@studio.test>"] {
            outbox.send(OutgoingMail { message_id: id.into(), ..mail() }).await.unwrap();
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[tokio::test]
    async fn who_is_forgotten_has_no_mail_in_the_folder_and_others_keep_theirs() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = MailFolder::open(folder.path().to_owned()).unwrap();
        let long = format!("{}@acme.test", "a".repeat(60));
        let mails = [("<1@s>", "carol@acme.test"), ("<2@s>", "notcarol@acme.test"), ("<3@s>", long.as_str())];
        for (id, to) in mails {
            outbox.send(OutgoingMail { message_id: id.into(), to: to.into(), ..mail() }).await.unwrap();
        }
        let left = || std::fs::read_dir(folder.path()).unwrap().count();
        let before = Instant::from_micros(0);
        outbox.forget(OrganizationId::from_bytes([1; 16]), "carol@acme.test", before).await.unwrap();
        assert_eq!(left(), 3, "one that was written later went");
        outbox.forget(OrganizationId::from_bytes([2; 16]), "carol@acme.test", LATER).await.unwrap();
        assert_eq!(left(), 3, "another organization's mail went");
        outbox.forget(OrganizationId::from_bytes([1; 16]), "carol@acme.test", LATER).await.unwrap();
        assert_eq!(left(), 2);
        outbox.forget(OrganizationId::from_bytes([1; 16]), &long, LATER).await.unwrap();
        assert_eq!(left(), 1);
    }

    #[test]
    fn an_answer_goes_where_the_mail_says() {
        let reply_to = Some("reply+0a@portal.example".to_owned());
        let raw =
            String::from_utf8(compose(&OutgoingMail { reply_to, ..mail() }).unwrap().formatted()).unwrap();
        assert!(raw.contains("\r\nReply-To: reply+0a@portal.example\r\n"), "{raw}");
        let hostile = Some("reply@portal.example\r\nBcc: x@evil.test".to_owned());
        assert!(compose(&OutgoingMail { reply_to: hostile, ..mail() }).is_err());
    }

    #[test]
    fn an_address_with_a_line_break_is_refused() {
        let hostile = OutgoingMail { to: "carol@acme.test\r\nBcc: x@evil.test".into(), ..mail() };
        assert!(compose(&hostile).is_err());
    }
}
