//! Handlers, for staff and clients alike: the same pages in two shells.

pub mod choices;
pub mod list;
pub mod unsubscribe;

use portico_kernel::{Member, NewsKind};

use crate::happening::{CLIENTS, Places, STAFF};

fn places(member: &Member) -> Places {
    match member {
        Member::Staff(_) => STAFF,
        Member::Client(_) => CLIENTS,
    }
}

/// The kinds of news that can reach them.
fn kinds(member: &Member) -> Vec<NewsKind> {
    let all = member.registry().news_kinds().iter().copied();
    all.filter(|kind| match member {
        Member::Staff(staff) if staff.person().is_limited => kind.readers.include_limited_members(),
        Member::Staff(_) => kind.readers.include_staff(),
        Member::Client(_) => kind.readers.include_clients(),
    })
    .collect()
}
