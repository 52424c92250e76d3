//! From the modules' documents to the index's, as much at a time as fits into memory.

use portico_facts::{OrganizationId, PersonId, SubjectId};
use portico_kernel::{Reach, Result, SearchDocument, SearchSource, Tx};
use portico_search_index::{Audience, Change, Document, DocumentId, Page};

use crate::store::authors;

/// Documents that are read in one go, however small.
const MOST_DOCUMENTS: usize = 500;
/// Bytes of text after which no further document is read in the same go.
const MOST_TEXT: usize = 8_000_000;

/// A subject, and the place in the list of the source that named it.
pub type Named = (SubjectId, usize);

/// Reads the first of `subjects` as they are now, and says how many that were.
///
/// # Errors
/// A source's.
pub fn changes_of(tx: &mut Tx, sources: &[SearchSource], subjects: &[Named]) -> Result<(Vec<Change>, usize)> {
    let (mut changes, mut text) = (Vec::new(), 0);
    let subjects = &subjects[..subjects.len().min(MOST_DOCUMENTS)];
    let authors = authors(tx, subjects.iter().map(|(subject, _)| *subject))?;
    for (subject, named_by) in subjects {
        let id = DocumentId(subject.bytes());
        match find(tx, sources, *named_by, *subject)? {
            Some(found) => {
                text += size(&found);
                let author = authors.get(subject).copied();
                changes.push(Change::Put(document(tx.organization(), id, author, found)));
            }
            None => changes.push(Change::Delete(id)),
        }
        if text > MOST_TEXT {
            break;
        }
    }
    let read = changes.len();
    Ok((changes, read))
}

/// The source that named it first; a subject is gone only when none of them has it.
fn find(
    tx: &mut Tx,
    sources: &[SearchSource],
    named_by: usize,
    subject: SubjectId,
) -> Result<Option<SearchDocument>> {
    let (before, from) = sources.split_at(named_by);
    let (named_by, after) = from.split_at(1);
    for source in named_by.iter().chain(before).chain(after) {
        if let Some(document) = (source.document)(tx, subject)? {
            return Ok(Some(document));
        }
    }
    Ok(None)
}

fn document(
    organization: OrganizationId,
    id: DocumentId,
    author: Option<PersonId>,
    found: SearchDocument,
) -> Document {
    let portal = found.portal.map(|portal| portal.bytes());
    let audience = audience(portal, &found);
    let pages = found.pages.into_iter().map(|page| Page { number: page.number, text: page.text }).collect();
    Document {
        id,
        organization: organization.bytes(),
        audience,
        portal,
        kind: found.kind.to_owned(),
        author: author.map(|author| author.bytes()),
        title: found.title,
        pages,
        changed: found.changed.micros(),
    }
}

fn audience(portal: Option<[u8; 16]>, found: &SearchDocument) -> Vec<Audience> {
    let reach = match &found.reach {
        Reach::NoFurther => Vec::new(),
        Reach::Portals(portals) => portals.iter().map(|portal| Audience::Portal(portal.bytes())).collect(),
        Reach::EveryPortal => vec![Audience::Clients],
        Reach::Room(room) => return vec![Audience::Room(room.bytes())],
    };
    let colleagues = found.people.iter().filter(|_| found.for_colleagues);
    [Audience::Staff]
        .into_iter()
        .chain(clients(portal, &found.people))
        .chain(colleagues.map(|person| Audience::ColleagueOf(person.bytes())))
        .chain(reach)
        .collect()
}

fn clients(portal: Option<[u8; 16]>, people: &[PersonId]) -> Vec<Audience> {
    let mut people = people.iter().map(|person| person.bytes()).peekable();
    match portal {
        Some(portal) if people.peek().is_none() => vec![Audience::Portal(portal)],
        Some(portal) => people.map(|person| Audience::PersonInPortal { person, portal }).collect(),
        None => people.map(Audience::Person).collect(),
    }
}

fn size(document: &SearchDocument) -> usize {
    document.title.len() + document.pages.iter().map(|page| page.text.len()).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use portico_facts::PortalId;
    use portico_kernel::Instant;

    use super::*;

    fn audience_of(portal: Option<PortalId>, people: &[u8], reach: Reach) -> Vec<Audience> {
        let found = SearchDocument {
            kind: "invoice",
            title: "2026-0112".to_owned(),
            pages: Vec::new(),
            portal,
            people: people.iter().map(|person| PersonId::from_bytes([*person; 16])).collect(),
            for_colleagues: false,
            reach,
            changed: Instant::from_micros(4),
        };
        let ada = Some(PersonId::from_bytes([7; 16]));
        let document = document(OrganizationId::from_bytes([5; 16]), DocumentId([6; 16]), ada, found);
        assert_eq!(document.author, Some([7; 16]), "who added it finds it by being staff, not by that");
        assert_eq!((document.organization, document.portal), ([5; 16], portal.map(PortalId::bytes)));
        document.audience
    }

    #[test]
    fn staff_find_everything_and_clients_what_is_granted_or_addressed_to_them() {
        use Audience::{Person, PersonInPortal, Portal, Staff};
        let placed = |portal, people: &[u8]| audience_of(portal, people, Reach::NoFurther);
        let one = Some(PortalId::from_bytes([1; 16]));
        assert_eq!(placed(one, &[]), [Staff, Portal([1; 16])]);
        assert_eq!(placed(None, &[2, 3]), [Staff, Person([2; 16]), Person([3; 16])]);
        let only = PersonInPortal { person: [2; 16], portal: [1; 16] };
        assert_eq!(placed(one, &[2]), [Staff, only]);
    }

    #[test]
    fn what_is_for_several_portals_or_for_all_is_found_by_their_clients() {
        use Audience::{Clients, Portal, Staff};
        let portals = vec![PortalId::from_bytes([1; 16]), PortalId::from_bytes([2; 16])];
        let several = audience_of(None, &[], Reach::Portals(portals));
        assert_eq!(several, [Staff, Portal([1; 16]), Portal([2; 16])]);
        assert_eq!(audience_of(None, &[], Reach::EveryPortal), [Staff, Clients]);
    }
}
