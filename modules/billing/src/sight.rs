//! Who can see quotes, invoices, credit notes and subscriptions, and why (P15).

use std::collections::BTreeSet;

use portico_facts::{PersonId, SubjectId};
use portico_kernel::{Instant, Reason, Result, Seen, Sight, Tx};
use portico_ui::Text;

use crate::{
    document::Kind,
    search,
    store::sight::{self as store, Colleagues, NamedDocument, Sending, Sendings},
    view::{address, title_of},
};

pub fn of_documents() -> Sight {
    Sight { noun: "document", all: search::all, seen }
}

fn seen(tx: &mut Tx, ids: &[SubjectId], text: Text) -> Result<Vec<Seen>> {
    let zone = tx.organization_profile().time_zone.clone();
    let telling = Telling { text, zone: &zone };
    let documents = store::named_documents(tx, ids)?;
    let mut viewers = store::document_viewers(tx, ids)?;
    let mut sendings = store::sendings(tx, ids)?;
    let colleagues = store::colleagues_of_readers(tx, ids)?;
    let told = |document: NamedDocument| {
        let viewers = viewers.remove(&document.id).unwrap_or_default();
        let sendings = sendings.remove(&document.id).unwrap_or_default();
        telling.seen(document, &viewers, &sendings, &colleagues)
    };
    Ok(documents.into_iter().map(told).collect())
}

struct Telling<'a> {
    text: Text,
    zone: &'a str,
}

impl Telling<'_> {
    fn seen(
        &self,
        document: NamedDocument,
        viewers: &BTreeSet<PersonId>,
        sendings: &Sendings,
        colleagues: &Colleagues,
    ) -> Seen {
        let hidden = self.hidden(&document, viewers, sendings);
        let why = |person: &PersonId| match sendings.get(person).filter(|sending| is_open(sending)) {
            Some(sending) => self.sent(sending),
            None => colleagues
                .get(&(document.id, *person))
                .map(|(name, company)| self.as_colleague(name, company))
                .unwrap_or_default(),
        };
        let by = viewers.iter().map(|person| Reason { person: *person, words: why(person) }).collect();
        let former = sendings.values().filter(|sending| !viewers.contains(&sending.person));
        let not_by = former.filter_map(|sending| {
            let words = self.on("billing-sight-revoked", sending.revoked_at?);
            Some(Reason { person: sending.person, words })
        });
        Seen {
            subject: document.id.into(),
            kind: document.kind.name().to_owned(),
            portal: None,
            href: address(document.kind, document.id),
            by,
            not_by: not_by.collect(),
            hidden,
            name: self.name(document),
        }
    }

    /// That nobody sees it follows from the predicates alone; here is only said why.
    fn hidden(
        &self,
        document: &NamedDocument,
        viewers: &BTreeSet<PersonId>,
        sendings: &Sendings,
    ) -> Option<String> {
        let say = |key: &str| self.text.say(key).into_owned();
        let is_addressed = sendings.values().any(is_open);
        match (document.deleted_at, document.kind, document.issued_at) {
            (Some(at), ..) => Some(self.on("billing-sight-deleted", at)),
            (None, Kind::Subscription, _) => {
                (is_addressed && viewers.is_empty()).then(|| say("billing-sight-not-running"))
            }
            (None, _, None) => Some(say("billing-sight-draft")),
            (None, _, Some(_)) => None,
        }
    }

    fn name(&self, document: NamedDocument) -> String {
        document.name.unwrap_or_else(|| title_of(self.text, document.kind, document.number.as_deref()))
    }

    fn sent(&self, sending: &Sending) -> String {
        let date = ("date", self.date(sending.at).into());
        match sending.by.as_deref() {
            Some(name) => self.text.say_with("billing-sight-sent-by", &[("name", name.into()), date]),
            None => self.text.say_with("billing-sight-sent", &[date]),
        }
    }

    fn as_colleague(&self, name: &str, company: &str) -> String {
        self.text.say_with("billing-sight-colleague", &[("name", name.into()), ("company", company.into())])
    }

    fn on(&self, key: &str, at: Instant) -> String {
        self.text.say_with(key, &[("date", self.date(at).into())])
    }

    fn date(&self, at: Instant) -> String {
        self.text.date(at.in_zone(self.zone).date())
    }
}

fn is_open(sending: &Sending) -> bool {
    sending.revoked_at.is_none()
}
