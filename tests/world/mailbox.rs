use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use mail_parser::{Address, MessageParser};
use scraper::Html;

use super::{
    Secrets,
    reading::{selector, words},
};

/// The folder in which outgoing mail lands. Mails that were there at the start, the demo's, are not looked at.
pub struct Mailbox {
    folder: PathBuf,
    taken: Mutex<BTreeSet<PathBuf>>,
    secrets: Arc<Secrets>,
}

/// One mail, with its HTML and plain-text twins.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: Vec<String>,
    pub from: String,
    pub reply_to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// As it went out, headers included.
    pub source: String,
    links: Vec<(String, String)>,
}

impl Mailbox {
    pub(super) fn new(folder: PathBuf, secrets: Arc<Secrets>) -> Self {
        let mailbox = Self { folder, taken: Mutex::default(), secrets };
        *mailbox.taken.lock().unwrap() = mailbox.files().into_iter().collect();
        mailbox
    }

    /// Waits for the next mail to this address that no earlier call has returned.
    #[track_caller]
    pub fn next_to(&self, address: &str) -> Mail {
        self.wait_for(&format!("to {address}"), |mail| mail.is_to(address))
    }

    /// The same, of a certain subject.
    #[track_caller]
    pub fn next_about(&self, address: &str, subject: &str) -> Mail {
        self.wait_for(&format!("to {address} about {subject:?}"), |mail| {
            mail.is_to(address) && mail.subject.contains(subject)
        })
    }

    /// The newest mail to this address; waits until there is one.
    #[track_caller]
    pub fn last_to(&self, address: &str) -> Mail {
        let first = self.next_to(address);
        self.take_all(|mail| mail.is_to(address)).pop().unwrap_or(first)
    }

    /// Mails to this address that are there now and were not taken. To show that none was sent, first wait for
    /// one that was caused later.
    pub fn so_far_to(&self, address: &str) -> Vec<Mail> {
        self.take_all(|mail| mail.is_to(address))
    }

    /// All that are there, taken or not.
    pub fn all(&self) -> Vec<Mail> {
        self.files().iter().filter_map(|file| self.read(file)).collect()
    }

    #[track_caller]
    fn wait_for(&self, what: &str, wanted: impl Fn(&Mail) -> bool) -> Mail {
        for _ in 0..600 {
            if let Some(mail) = self.take(&wanted) {
                return mail;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let others: Vec<_> = self
            .files()
            .iter()
            .filter_map(|file| self.read(file))
            .map(|mail| (mail.to, mail.subject))
            .collect();
        panic!("no mail {what}, only {others:?}");
    }

    fn take(&self, wanted: &impl Fn(&Mail) -> bool) -> Option<Mail> {
        let mut taken = self.taken.lock().unwrap();
        let untaken = self.files().into_iter().filter(|file| !taken.contains(file));
        let (file, mail) = untaken
            .filter_map(|file| Some((file.clone(), self.read(&file)?)))
            .find(|(_, mail)| wanted(mail))?;
        mail.assert_its_text_is_whole();
        taken.insert(file);
        Some(mail)
    }

    fn take_all(&self, wanted: impl Fn(&Mail) -> bool) -> Vec<Mail> {
        std::iter::from_fn(|| self.take(&wanted)).collect()
    }

    /// Oldest first.
    fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let files = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "eml"));
        let mut dated: Vec<_> =
            files.filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path))).collect();
        dated.sort();
        dated.into_iter().map(|(_, path)| path).collect()
    }

    /// `None` while it is being written.
    fn read(&self, file: &PathBuf) -> Option<Mail> {
        let bytes = fs::read(file).ok()?;
        let message = MessageParser::default().parse(&bytes)?;
        let addresses = |list: Option<&Address<'_>>| -> Vec<String> {
            let all = list
                .into_iter()
                .flat_map(|list| list.iter().filter_map(|one| one.address.as_deref().map(str::to_owned)));
            all.collect()
        };
        let html = message.body_html(0)?.into_owned();
        let document = Html::parse_document(&html);
        let anchors = selector("a[href]");
        let links =
            document.select(&anchors).map(|a| (words(a), a.attr("href").unwrap_or_default().to_owned()));
        let mail = Mail {
            to: addresses(message.to()),
            from: addresses(message.from()).pop().unwrap_or_default(),
            reply_to: addresses(message.reply_to()).pop().unwrap_or_default(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0)?.into_owned(),
            links: links.collect(),
            html,
            source: String::from_utf8_lossy(&bytes).into_owned(),
        };
        mail.links.iter().for_each(|(_, address)| self.keep_token(address));
        Some(mail)
    }

    /// Tokens are the longest words in the addresses of mails; ids have 32 letters, and stand in any log.
    fn keep_token(&self, address: &str) {
        address
            .split(['/', '?', '=', '&'])
            .filter(|word| word.len() > 32)
            .for_each(|token| self.secrets.keep(token));
    }
}

impl Mail {
    /// Whoever reads mail without HTML misses nothing of it.
    #[track_caller]
    fn assert_its_text_is_whole(&self) {
        let document = Html::parse_document(&self.html);
        let shown: String = document.select(&selector("body")).map(words).collect();
        let text: BTreeSet<_> = self.text.split_whitespace().collect();
        let missing: Vec<_> = shown.split_whitespace().filter(|word| !text.contains(word)).collect();
        assert!(missing.is_empty(), "{missing:?} is not in the text of {:?}: {}", self.subject, self.text);
    }

    pub fn is_to(&self, address: &str) -> bool {
        self.to.iter().any(|to| to == address)
    }

    /// Where the button or link with these words leads.
    #[track_caller]
    pub fn link(&self, name: &str) -> String {
        let found = self.links.iter().find(|(words, _)| words == name);
        let (_, address) = found
            .unwrap_or_else(|| panic!("no link {name:?} in the mail {:?}: {:?}", self.subject, self.links));
        address.clone()
    }
}
