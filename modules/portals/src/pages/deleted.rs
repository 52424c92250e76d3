//! What was deleted lately, and the way back.

use poem::{handler, web::Query};
use portico_kernel::{Answer, Result, Staff};
use serde::Deserialize;

use super::{Page, staff_page};
use crate::{
    store::deleted::{PAGE, deleted, deleters},
    view::{
        Moments,
        deleted::{Shown, deleted_page},
    },
};

#[derive(Deserialize)]
pub struct AtPage {
    page: Option<String>,
}

#[handler]
pub async fn show(staff: Staff, Query(at): Query<AtPage>) -> Result<Answer> {
    // From 1 on in addresses; nonsense is the first.
    let page = at.page.and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1_i64);
    staff_page(&staff, move |tx, frame, _| {
        let mut found = deleted(tx, page - 1)?;
        let is_last = found.len() <= usize::try_from(PAGE).unwrap_or(usize::MAX);
        found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let shown = Shown {
            by: deleters(tx, &found)?,
            found,
            previous: (page > 1).then(|| format!("/staff/deleted?page={}", page - 1)),
            next: (!is_last).then(|| format!("/staff/deleted?page={}", page + 1)),
            page,
        };
        let title = frame.text.say("portals-deleted").into_owned();
        let body = deleted_page(frame, &shown, &Moments::new(tx, frame.text));
        Ok(Page { title, body, toast: None })
    })
    .await
}
