//! What clients read.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::AnnouncementId;
use portico_kernel::{Answer, Client, Partial, Result, Telling};
use portico_ui::{NavigationCount, navigation_count};

use super::Sought;
use crate::{
    sections::AT_HOME,
    view::{
        Reading, TOPIC,
        client::{self as view, LIST, UNREAD},
    },
    visibility,
};

#[handler]
pub async fn list(client: Client, partial: Partial) -> Result<Answer> {
    let frame = client.frame();
    let title = frame.text.say("announcements-announcements");
    let body = client
        .read(move |tx| {
            let told = visibility::told_announcements(tx)?;
            let reading = Reading::of(tx, &frame);
            Ok(match partial {
                Partial::Fragment => view::announcement_list(&reading, &told),
                Partial::Page => view::list_page(&reading, &told),
            })
        })
        .await?;
    Ok(match partial {
        Partial::Fragment => Answer::fragment(body),
        Partial::Page => client.page(&title, body),
    })
}

/// The number beside the navigation's entry, or the page behind it.
#[handler]
pub async fn unread(client: Client, partial: Partial) -> Result<Answer> {
    if partial == Partial::Page {
        return Ok(Answer::go(partial, LIST));
    }
    let number = client.read(visibility::unread_announcements).await?.unwrap_or(0);
    let count = NavigationCount { number, topic: TOPIC, href: UNREAD };
    Ok(Answer::fragment(navigation_count(client.text(), &count)))
}

/// What the home page shows of them.
#[handler]
pub async fn latest(client: Client, partial: Partial) -> Result<Answer> {
    if partial == Partial::Page {
        return Ok(Answer::go(partial, LIST));
    }
    let frame = client.frame();
    let newest = client.read(move |tx| {
        let newest = visibility::latest_unread(tx, AT_HOME)?;
        Ok(view::latest(&Reading::of(tx, &frame), &newest))
    });
    Ok(Answer::fragment(newest.await?))
}

#[handler]
pub async fn show(
    client: Client,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
    Query(sought): Query<Sought>,
) -> Result<Answer> {
    let (frame, words) = (client.frame(), sought.words());
    client
        .read(move |tx| {
            let told = visibility::announcement(tx, id)?;
            let body = view::announcement(&Reading::of(tx, &frame), &told, &words);
            Ok(match partial {
                Partial::Fragment => Answer::fragment(body),
                Partial::Page => Answer::page(portico_ui::client_page(&frame, &told.title, body)),
            })
        })
        .await
}

/// The announcement's page tells that it was opened.
#[handler]
pub async fn record_reading(
    Telling(client): Telling<Client>,
    partial: Partial,
    Path(id): Path<AnnouncementId>,
) -> Result<Answer> {
    client.write_in_passing(move |tx| visibility::record_reading(tx, id)).await?;
    Ok(Answer::told(partial, &view::address(id)))
}
