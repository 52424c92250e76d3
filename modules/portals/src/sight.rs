//! Who can see portals and what is in them, and why (P15).

use std::collections::BTreeSet;

use portico_facts::{ItemId, PersonId, PortalId, SubjectId};
use portico_kernel::{Instant, Reason, Result, Seen, Sight, Tx};
use portico_ui::Text;

use crate::{
    item::{EMBED, FOLDER, NOTE},
    search::all_portals,
    store::sight::{self as store, Gift, Gifts, NamedItem, NamedPortal},
    view::{Moments, staff_place},
};

pub fn of_portals() -> Sight {
    Sight { noun: "portal", all: all_portals, seen: seen_portals }
}

pub fn of_items() -> Sight {
    Sight { noun: "item", all: store::items_after, seen: seen_items }
}

fn seen_portals(tx: &mut Tx, ids: &[SubjectId], text: Text) -> Result<Vec<Seen>> {
    let telling = Telling { text, moments: Moments::new(tx, text) };
    let (portals, mut viewers) = (store::named_portals(tx, ids)?, store::portal_viewers(tx, ids)?);
    let gifts = store::gifts(tx, portals.iter().map(|portal| portal.id).collect())?;
    let seen = |NamedPortal { id, name, deleted_at, archived_at }| {
        let hidden = match (deleted_at, archived_at) {
            (Some(at), _) => Some(telling.on("portals-sight-deleted", at)),
            (None, Some(at)) => Some(telling.on("portals-sight-archived", at)),
            (None, None) => None,
        };
        let reasons = Reasons { gifts: gifts.get(&id), viewers: viewers.remove(&id).unwrap_or_default() };
        Seen {
            subject: id.into(),
            kind: "portal".to_owned(),
            name,
            portal: None,
            href: place(id, None, deleted_at),
            by: reasons.of_viewers(&telling),
            not_by: if hidden.is_some() { Vec::new() } else { reasons.of_others(&telling, None) },
            hidden,
        }
    };
    Ok(portals.into_iter().map(seen).collect())
}

fn seen_items(tx: &mut Tx, ids: &[SubjectId], text: Text) -> Result<Vec<Seen>> {
    let telling = Telling { text, moments: Moments::new(tx, text) };
    let (items, mut viewers) = (store::named_items(tx, ids)?, store::item_viewers(tx, ids)?);
    let gifts = store::gifts(tx, items.iter().map(|item| item.portal.id).collect())?;
    let seen = |item: NamedItem| {
        let hidden = match (item.deleted_at, item.portal.deleted_at, item.portal.archived_at) {
            (Some(at), _, _) => Some(telling.on("portals-sight-deleted", at)),
            (None, Some(at), _) => Some(telling.on("portals-sight-portal-deleted", at)),
            (None, None, Some(at)) => Some(telling.on("portals-sight-portal-archived", at)),
            (None, None, None) => None,
        };
        let viewers = viewers.remove(&item.id).unwrap_or_default();
        let reasons = Reasons { gifts: gifts.get(&item.portal.id), viewers };
        let others = || reasons.of_others(&telling, item.sender.as_deref());
        Seen {
            subject: item.id.into(),
            href: href(&item),
            by: reasons.of_viewers(&telling),
            not_by: if hidden.is_some() { Vec::new() } else { others() },
            kind: item.kind,
            name: item.name,
            portal: Some(item.portal.name),
            hidden,
        }
    };
    Ok(items.into_iter().map(seen).collect())
}

fn href(item: &NamedItem) -> String {
    let deleted_at = item.deleted_at.or(item.portal.deleted_at);
    match (item.kind.as_str(), deleted_at) {
        (NOTE, None) => format!("/staff/notes/{}", item.id),
        (EMBED, None) => format!("/staff/embeds/{}", item.id),
        (FOLDER, None) => place(item.portal.id, Some(item.id), None),
        _ => place(item.portal.id, item.folder, deleted_at),
    }
}

/// What is deleted has no page of its own.
fn place(portal: PortalId, folder: Option<ItemId>, deleted_at: Option<Instant>) -> String {
    match deleted_at {
        Some(_) => "/staff/deleted".to_owned(),
        None => staff_place(portal, folder),
    }
}

/// Of one thing: whom its portal was given, and who sees it.
struct Reasons<'a> {
    gifts: Option<&'a Gifts>,
    viewers: BTreeSet<PersonId>,
}

impl Reasons<'_> {
    fn of_viewers(&self, telling: &Telling) -> Vec<Reason> {
        let why = |person: &PersonId| self.gifts?.get(person).map(|gift| telling.given(gift));
        let told = |person: &PersonId| Reason { person: *person, words: why(person).unwrap_or_default() };
        self.viewers.iter().map(told).collect()
    }

    /// From whom the portal was taken, and who has it and yet does not see what another client sent.
    fn of_others(&self, telling: &Telling, sender: Option<&str>) -> Vec<Reason> {
        let others = self.gifts.into_iter().flatten().filter(|(person, _)| !self.viewers.contains(*person));
        let told = |(person, gift): (&PersonId, &Gift)| Reason {
            person: *person,
            words: match gift.revoked_at {
                Some(at) => telling.on("portals-sight-revoked", at),
                None => telling.kept(sender.unwrap_or_default()),
            },
        };
        others.map(told).collect()
    }
}

struct Telling {
    text: Text,
    moments: Moments,
}

impl Telling {
    fn on(&self, key: &str, at: Instant) -> String {
        self.text.say_with(key, &[("date", self.moments.day(at).into())])
    }

    fn given(&self, gift: &Gift) -> String {
        let date = ("date", self.moments.day(gift.at).into());
        match gift.by.as_deref() {
            Some(name) => self.text.say_with("portals-sight-given-by", &[("name", name.into()), date]),
            None => self.text.say_with("portals-sight-given", &[date]),
        }
    }

    fn kept(&self, sender: &str) -> String {
        self.text.say_with("portals-sight-kept", &[("name", sender.into())])
    }
}
