//! How news reach their reader: at once, in the mail of the day, or not at all. What waits for the mail of the day is
//! looked at once more when its hour strikes; a mail that found nothing to say is not sent.

use futures_util::{FutureExt, future::BoxFuture};
use portico_facts::PersonId;
use portico_kernel::{Instant, Job, JobKind, NewsMail, Organization, Result, System};
use portico_ui::{Language, Text, mail};
use serde::{Deserialize, Serialize};

use crate::{
    digest,
    store::{self, Waiting},
    timing::Timing,
    way_out::{ALL_DAILY, WayOut},
};

pub const DIGEST: &str = "notifications-digest";
const CLEARING: &str = "notifications-clearing";

/// The mail of the day, at an hour that somebody had chosen when it was put into the queue.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Digest {
    pub reader: PersonId,
    pub due: Instant,
}

pub fn digest() -> JobKind {
    JobKind { kind: DIGEST, run: |system, job| send_digest(system, job).boxed() }
}

/// Once a day what is too old to be news leaves the lists, and whose mail of the day was given up gets the next one.
pub fn clearing_daily() -> JobKind {
    JobKind { kind: CLEARING, run: |system, _| clear(system).boxed() }
}

async fn clear(system: System) -> Result<()> {
    system.write(store::clear).await?;
    system.write(store::revive).await
}

pub fn deliver(system: System, mail: NewsMail) -> BoxFuture<'static, Result<()>> {
    async move {
        let (reader, kind) = (mail.news.reader, mail.kind);
        match system.read(move |tx| store::timing(tx, reader, kind)).await? {
            Timing::Never => Ok(()),
            Timing::AtOnce => {
                let about = system.kernel().registry().news_kinds().iter().find(|each| each.key == kind);
                let label = about.map_or("notifications-daily-mails", |about| about.label);
                let way_out = WayOut { person: reader, kind: kind.to_owned() };
                let way_out = led_out(&system, &way_out, mail.news.language, label);
                system.post_news(&mail, Some(way_out)).await
            }
            Timing::Daily => {
                let waiting = Waiting { job: mail.job, kind: kind.to_owned(), payload: mail.payload };
                system.write(move |tx| store::keep_for_digest(tx, reader, &waiting)).await
            }
        }
    }
    .boxed()
}

async fn send_digest(system: System, job: Job) -> Result<()> {
    let due: Digest = job.payload()?;
    let composing = system.clone();
    let round = system.read(move |tx| store::round(&composing, tx, due)).await?;
    let Some(round) = round else {
        // The hour became another without a choice of theirs: the organization's zone did.
        return system.write(move |tx| store::put_off(tx, due.reader)).await;
    };
    if let Some(reader) = round.reader.as_ref().filter(|_| !round.news.is_empty()) {
        let organization = system.organization();
        let language = reader.language.unwrap_or(organization.language);
        let letter = digest::letter(reader, &round.news, organization, Text::new(language));
        let way_out = WayOut { person: due.reader, kind: ALL_DAILY.to_owned() };
        let way_out = led_out(&system, &way_out, language, "notifications-daily-mails");
        let host = system.kernel().public_url().host_name();
        // The same for every job about the same hour, so that two of them are one mail (T31).
        let id = format!("<digest-{}-{}@{host}>", due.reader, due.due.micros());
        system.post(organization.news_mail(language, &reader.to, &letter, host, (id, way_out))).await?;
    }
    system.write(move |tx| store::settle(tx, due.reader, round.looked_at)).await
}

fn led_out(system: &System, way_out: &WayOut, language: Language, label: &str) -> mail::WayOut {
    let organization = system.organization();
    let token = way_out.reveal(system.kernel().secret(), organization.id);
    way_out_of_mail(organization, Text::new(language), &token, label)
}

/// `label`: of the kind.
pub fn way_out_of_mail(organization: &Organization, text: Text, token: &str, label: &str) -> mail::WayOut {
    mail::WayOut {
        label: text.say_with("notifications-way-out", &[("kind", text.say(label).into_owned().into())]),
        href: format!("{}/unsubscribe/{token}", organization.address),
    }
}
