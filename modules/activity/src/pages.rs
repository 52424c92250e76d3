//! Handlers.

use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::SubjectId;
use portico_kernel::{Answer, Error, Result, Staff, Viewer};
use serde::Deserialize;

use crate::{
    activity::Noun,
    store,
    view::{self, Clock},
    visibility,
};

/// Lines of one page.
const PAGE: i64 = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The number of a line; what is older follows.
    before: String,
}

impl Asked {
    fn before(&self) -> i64 {
        self.before.parse().unwrap_or(i64::MAX)
    }
}

#[handler]
pub async fn show(
    staff: Staff,
    Path((noun, thing)): Path<(String, SubjectId)>,
    Query(asked): Query<Asked>,
) -> Result<Answer> {
    let sight = staff.registry().sights().iter().find(|sight| sight.noun == noun).copied();
    let (sight, noun) = sight.zip(Noun::from_name(&noun)).ok_or(Error::NotFound)?;
    let (text, before) = (staff.text(), asked.before());
    let mut activity =
        staff.read(move |tx| store::activity(tx, sight, noun, thing, text, before, PAGE + 1)).await?;
    let older = older(&mut activity.looks, |look| look.id);
    let frame = staff.frame();
    let clock = Clock { zone: &staff.organization().time_zone, now: staff.now() };
    let page = view::Page { clock, older, is_first: before == i64::MAX };
    Ok(staff.page(&view::title(text, &activity), view::activity(&frame, &activity, &page)))
}

#[handler]
pub async fn what_happened(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Answer> {
    let (client, portal, before) = (&viewer.client, viewer.portal, asked.before());
    let kernel = client.kernel().clone();
    let (name, mut happened) = viewer
        .read(move |tx| {
            let happenings = kernel.registry().happenings();
            let name = visibility::portal_name(tx, portal)?;
            Ok((name, visibility::happened(tx, portal, happenings, before, PAGE + 1)?))
        })
        .await?;
    let older = older(&mut happened, |line| line.id);
    let frame = client.frame();
    let clock = Clock { zone: &client.organization().time_zone, now: client.now() };
    let page = view::Page { clock, older, is_first: before == i64::MAX };
    let title = frame.text.say("activity-what-happened");
    Ok(client.page(&title, view::what_happened(&frame, (portal, &name), &happened, &page)))
}

/// Cuts off what is on the next page, and says after which line that begins.
fn older<T>(lines: &mut Vec<T>, id: impl Fn(&T) -> i64) -> Option<i64> {
    let is_last = lines.len() as i64 <= PAGE;
    lines.truncate(PAGE as usize);
    lines.last().filter(|_| !is_last).map(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(count: i64) -> (usize, Option<i64>) {
        let mut lines: Vec<i64> = (0..count).rev().collect();
        let older = older(&mut lines, |line| *line);
        (lines.len(), older)
    }

    #[test]
    fn a_page_that_is_just_full_has_none_after_it() {
        assert_eq!(cut(0), (0, None));
        assert_eq!(cut(50), (50, None));
        assert_eq!(cut(51), (50, Some(1)));
    }
}
