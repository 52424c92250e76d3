//! What the search is narrowed to, and what it could be narrowed to further, as links.

use portico_facts::{PersonId, PortalId};
use portico_ui::{
    Markup, Text,
    components::{Chip, ChipGroup, search_chips},
};

use crate::{
    asked::Asked,
    kinds::kind,
    names::{Names, most},
    narrowing::{Narrowing, Since},
    results::Results,
};

pub struct Chips<'a> {
    pub text: Text,
    pub path: &'a str,
    pub asked: &'a Asked,
    pub results: &'a Results,
    pub names: &'a Names,
}

impl Chips<'_> {
    pub fn markup(&self) -> Markup {
        let groups = [
            ("search-chips-portal", self.portals()),
            ("search-chips-kind", self.kinds()),
            ("search-chips-since", self.moments()),
            ("search-chips-author", self.people()),
        ];
        let groups = groups.map(|(label, chips)| ChipGroup { label: self.text.say(label), chips });
        search_chips(self.text, &groups)
    }

    fn portals(&self) -> Vec<Chip> {
        let now = self.asked.narrowing;
        let name = |portal: &PortalId| self.names.portals.get(portal).cloned();
        match now.portal {
            Some(portal) => vec![self.chosen(name(&portal), Narrowing { portal: None, ..now })],
            None => self.offered(most(&self.results.counts.portals), |bytes| {
                let portal = PortalId::from_bytes(bytes);
                Some((name(&portal)?, Narrowing { portal: Some(portal), ..now }))
            }),
        }
    }

    fn kinds(&self) -> Vec<Chip> {
        let now = self.asked.narrowing;
        let name = |many: &str| self.text.say(many).into_owned();
        match now.kind {
            Some(kind) => vec![self.chosen(Some(name(kind.many)), Narrowing { kind: None, ..now })],
            None => self.offered(most(&self.results.counts.kinds), |found| {
                let kind = kind(&found)?;
                Some((name(kind.many), Narrowing { kind: Some(kind), ..now }))
            }),
        }
    }

    fn moments(&self) -> Vec<Chip> {
        let now = self.asked.narrowing;
        let name = |since: Since| self.text.say(since.label()).into_owned();
        match now.since {
            Some(since) => vec![self.chosen(Some(name(since)), Narrowing { since: None, ..now })],
            None => {
                let counts = Since::ALL.into_iter().zip(self.results.counts.since.iter().copied());
                self.offered(counts, |since| Some((name(since), Narrowing { since: Some(since), ..now })))
            }
        }
    }

    fn people(&self) -> Vec<Chip> {
        let now = self.asked.narrowing;
        let name = |person: &PersonId| self.names.people.get(person).cloned();
        match now.author {
            Some(author) => vec![self.chosen(name(&author), Narrowing { author: None, ..now })],
            None => self.offered(most(&self.results.counts.authors), |bytes| {
                let author = PersonId::from_bytes(bytes);
                Some((name(&author)?, Narrowing { author: Some(author), ..now }))
            }),
        }
    }

    /// Where nothing is left of it, its name may be nobody's to know.
    fn chosen(&self, name: Option<String>, without: Narrowing) -> Chip {
        let label = name.unwrap_or_else(|| self.text.say("search-chip-nameless").into_owned());
        Chip::chosen(label, self.asked.narrowed(self.path, without))
    }

    /// Only what would leave some of the hits, but not all.
    fn offered<T>(
        &self,
        counts: impl Iterator<Item = (T, usize)>,
        chip: impl Fn(T) -> Option<(String, Narrowing)>,
    ) -> Vec<Chip> {
        let narrows = counts.filter(|(_, count)| (1..self.results.total).contains(count));
        let chips = narrows.filter_map(|(value, count)| {
            let (label, narrowing) = chip(value)?;
            Some(Chip::offered(label, count, self.asked.narrowed(self.path, narrowing)))
        });
        chips.collect()
    }
}
