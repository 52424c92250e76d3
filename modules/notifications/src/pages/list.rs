//! What concerns whoever asks, the newest first.

use poem::{handler, web::Query};
use portico_kernel::{Answer, Member, Partial, Result};
use portico_ui::{NavigationCount, navigation_count};
use serde::Deserialize;

use super::places;
use crate::{
    happening::TOPIC,
    store::{self, Line},
    view::list as view,
    visibility,
};

/// Lines of one page.
const PAGE: i64 = 30;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The number of a line; what is older follows.
    before: String,
}

#[handler]
pub async fn show(member: Member, partial: Partial, Query(asked): Query<Asked>) -> Result<Answer> {
    let before = asked.before.parse().unwrap_or(i64::MAX);
    let (frame, places) = (member.frame(), places(&member));
    let mut lines = lines(&member, before).await?;
    let is_last = lines.len() as i64 <= PAGE;
    lines.truncate(PAGE as usize);
    let older = lines.last().filter(|_| !is_last).map(|line| line.row.event);
    let clock = view::Clock { zone: &member.organization().time_zone, now: member.now() };
    let shown = view::Shown { frame: &frame, places, lines: &lines, older, before, clock };
    Ok(match partial {
        Partial::Fragment => Answer::fragment(view::lines(&shown)),
        Partial::Page => member.page(&frame.text.say("notifications-notifications"), view::page(&shown)),
    })
}

async fn lines(member: &Member, before: i64) -> Result<Vec<Line>> {
    match member {
        Member::Staff(staff) => {
            let lines = staff.read(move |tx| {
                let rows = store::told(tx, before, PAGE + 1)?;
                store::lines(tx, rows)
            });
            lines.await
        }
        Member::Client(client) => {
            let lines = client.read(move |tx| {
                let rows = visibility::told(tx, before, PAGE + 1)?;
                store::lines(tx, rows)
            });
            lines.await
        }
    }
}

/// The number beside the navigation's entry, or the page behind it.
#[handler]
pub async fn unread(member: Member, partial: Partial) -> Result<Answer> {
    let places = places(&member);
    if partial == Partial::Page {
        return Ok(Answer::go(partial, places.list));
    }
    let number = match &member {
        Member::Staff(staff) => staff.read(store::unread).await?,
        Member::Client(client) => client.read(visibility::unread).await?.unwrap_or_default(),
    };
    let count = NavigationCount { number, topic: TOPIC, href: places.unread };
    Ok(Answer::fragment(navigation_count(member.frame().text, &count)))
}

#[handler]
pub async fn record_reading(member: Member, partial: Partial) -> Result<Answer> {
    member.write(store::mark_read).await?;
    Ok(Answer::go(partial, places(&member).list))
}
