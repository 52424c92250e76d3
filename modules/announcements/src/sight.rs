//! Who can see announcements, and why (P15).

use portico_facts::SubjectId;
use portico_kernel::{Instant, Reason, Result, Seen, Sight, Tx};
use portico_ui::Text;

use crate::{
    store::sight::{self as store, Named},
    view::staff::{LIST, address},
};

pub fn of_announcements() -> Sight {
    Sight { noun: "announcement", all: store::announcements_after, seen }
}

fn seen(tx: &mut Tx, ids: &[SubjectId], text: Text) -> Result<Vec<Seen>> {
    let zone = tx.organization_profile().time_zone.clone();
    let named = store::named_announcements(tx, ids)?;
    let mut viewers = store::viewers(tx, ids)?;
    let seen = |named: Named| {
        let words = text.say(match named.is_for_everybody {
            true => "announcements-sight-everybody",
            false => "announcements-sight-portal",
        });
        let viewers = viewers.remove(&named.id).unwrap_or_default();
        let told = |person| Reason { person, words: words.to_string() };
        Seen {
            subject: named.id.into(),
            kind: "announcement".to_owned(),
            portal: None,
            href: match named.deleted_at {
                Some(_) => LIST.to_owned(),
                None => address(named.id),
            },
            hidden: hidden(text, &zone, &named),
            by: viewers.into_iter().map(told).collect(),
            not_by: Vec::new(),
            name: named.title,
        }
    };
    Ok(named.into_iter().map(seen).collect())
}

/// That nobody sees it follows from the predicate alone; here is only said why.
fn hidden(text: Text, zone: &str, named: &Named) -> Option<String> {
    let day = |at: Instant| text.date(at.in_zone(zone).date());
    match (named.deleted_at, named.published_at) {
        (Some(at), _) => Some(text.say_with("announcements-sight-deleted", &[("date", day(at).into())])),
        (None, None) => Some(text.say("announcements-sight-draft").into_owned()),
        (None, Some(_)) => None,
    }
}
