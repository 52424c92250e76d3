//! Mail about news, which its reader can have at once, once a day, or never: what modules register of it, and how
//! their jobs hand it over. Whoever delivers it ([`Additions::news_deliverer`](crate::Additions::news_deliverer))
//! knows what the reader chose.

use futures_util::future::BoxFuture;
use portico_facts::PersonId;
use portico_ui::{
    Language,
    mail::{Letter, WayOut},
};

use crate::{
    error::Result, limit::Whereabouts, module::Job, outside::OutgoingMail, personal::ERASED_ADDRESS,
    system::System, transaction::Tx,
};

/// A kind of news.
#[derive(Clone, Copy)]
pub struct NewsKind {
    /// Stands in rows and in the addresses of mails: never change it. Small letters and `-`.
    pub key: &'static str,
    /// A message of the catalogues.
    pub label: &'static str,
    pub readers: Readers,
    /// What its job amounts to now; `None` when there is nothing to tell any more (P10, P12).
    pub compose: ComposeNews,
}

pub type ComposeNews = fn(&System, &mut Tx, &Job) -> Result<Option<News>>;

/// Whom a kind of news can reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readers {
    /// Those of them who see the whole organization: it leads to a page that is closed to limited members.
    Staff,
    Clients,
    /// Limited members, too, of what they see ([`News::whereabouts`]).
    Everybody,
}

impl Readers {
    pub fn include_staff(self) -> bool {
        self != Readers::Clients
    }

    pub fn include_limited_members(self) -> bool {
        self == Readers::Everybody
    }

    pub fn include_clients(self) -> bool {
        self != Readers::Staff
    }
}

/// A mail to one reader, in their language.
#[derive(Clone, Debug)]
pub struct News {
    pub reader: PersonId,
    pub to: String,
    pub language: Language,
    pub letter: Letter,
    /// The portal that it is about, by name.
    pub place: Option<String>,
    /// Where that lies, as far as limits ask; `None` is told to no limited member.
    pub whereabouts: Option<Whereabouts>,
    /// Where an answer to the mail goes, where it can be answered.
    pub reply_to: Option<String>,
}

/// News on its way, with what it was made of.
pub struct NewsMail {
    pub kind: &'static str,
    pub job: i64,
    /// JSON, for [`NewsKind::compose`] at another time.
    pub payload: String,
    pub news: News,
}

/// What a piece of news amounts to now: to a limited member nothing any more, where they do not see what it is about.
///
/// # Errors
/// The module's.
pub fn compose_for_reader(
    compose: ComposeNews,
    system: &System,
    tx: &mut Tx,
    job: &Job,
) -> Result<Option<News>> {
    let Some(news) = compose(system, tx, job)? else { return Ok(None) };
    let told = tx.who_sees(vec![news.reader], news.whereabouts)?;
    Ok(Some(news).filter(|_| !told.is_empty()))
}

pub type DeliverNews = fn(System, NewsMail) -> BoxFuture<'static, Result<()>>;

impl System {
    /// The end of a job that tells somebody of something.
    ///
    /// # Errors
    /// The database's or the outbox's, so that it is tried again.
    pub async fn tell(self, kind: NewsKind, job: Job) -> Result<()> {
        let Some(mail) = self.compose_news(kind, job).await? else { return Ok(()) };
        let deliverer = self.kernel().registry().news_deliverer();
        match deliverer {
            Some(deliver) => deliver(self, mail).await,
            None => self.post_news(&mail, None).await,
        }
    }

    /// The same for what somebody wants to be sent at this moment, such as a reminder by a button: it is no news, and
    /// comes whatever its reader chose.
    ///
    /// # Errors
    /// As [`System::tell`].
    pub async fn tell_at_once(self, kind: NewsKind, job: Job) -> Result<()> {
        match self.compose_news(kind, job).await? {
            Some(mail) => self.post_news(&mail, None).await,
            None => Ok(()),
        }
    }

    async fn compose_news(&self, kind: NewsKind, job: Job) -> Result<Option<NewsMail>> {
        let (id, payload) = (job.id, job.payload.clone());
        let (compose, system) = (kind.compose, self.clone());
        let composed = self.read(move |tx| compose_for_reader(compose, &system, tx, &job)).await?;
        Ok(composed.map(|news| NewsMail { kind: kind.key, job: id, payload, news }))
    }

    /// Sends it now.
    ///
    /// # Errors
    /// The outbox's.
    pub async fn post_news(&self, mail: &NewsMail, way_out: Option<WayOut>) -> Result<()> {
        let host = self.kernel().public_url().host_name();
        // Every attempt at the same job repeats it (T31).
        let id = format!("<{}-{}@{host}>", mail.kind, mail.job);
        let News { to, language, letter, reply_to, .. } = &mail.news;
        let organization = self.organization();
        let sealed = match way_out {
            Some(way_out) => organization.news_mail(*language, to, letter, host, (id, way_out)),
            None => organization.mail(*language, to, letter, host, id),
        };
        self.post(OutgoingMail { reply_to: reply_to.clone(), ..sealed }).await
    }

    /// THE way of a mail to the outbox: it notes which addresses are refused, and which no more.
    ///
    /// # Errors
    /// The outbox's.
    pub async fn post(&self, mail: OutgoingMail) -> Result<()> {
        // Of somebody who was erased while it was written.
        if mail.to.ends_with(ERASED_ADDRESS) {
            return Ok(());
        }
        let to = mail.to.clone();
        let sent = self.kernel().outbox().send(mail).await;
        if let Err(error) = self.note_posted(to, &sent).await {
            tracing::warn!(%error, "what became of a mail could not be noted");
        }
        sent
    }
}
