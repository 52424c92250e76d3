//! Items that a client sent. Staff see one and so does its sender; everybody else with the portal
//! only once staff show it to them: what one client hands in, a payroll, is no colleague's business
//! (P8, P10). The predicate for items (`client_items`) asks for it, and so do their events.

use diesel::prelude::*;
use portico_facts::{EventKind, ItemId, OrganizationId, PersonId, PortalId};

use crate::{
    clock::Instant,
    error::{Error, Result},
    event::NewEvent,
    schema::sent_items,
    transaction::{Core, Tx},
};

/// What this client sent.
#[diesel::dsl::auto_type]
pub fn sent_by(organization: OrganizationId, person: PersonId) -> _ {
    sent_items::table
        .filter(sent_items::organization_id.eq(organization))
        .filter(sent_items::person_id.eq(person))
}

/// Who sent an item, and who sees it.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = sent_items)]
pub struct Sent {
    #[diesel(column_name = person_id)]
    pub by: PersonId,
    shown_at: Option<Instant>,
}

impl Sent {
    /// The one client who sees it; `None` when everyone with the portal does.
    pub fn sole_reader(self) -> Option<PersonId> {
        self.shown_at.is_none().then_some(self.by)
    }
}

impl Core<'_> {
    /// `None` for what staff put there.
    ///
    /// # Errors
    /// The database's.
    pub fn sent(&mut self, item: ItemId) -> Result<Option<Sent>> {
        let organization = self.organization();
        Ok(sent_items::table
            .find((organization, item))
            .select(Sent::as_select())
            .first(self.db())
            .optional()?)
    }

    /// Notes in the transaction that makes the item who sent it: from its first moment on nobody else
    /// among the clients sees it.
    ///
    /// # Errors
    /// The database's.
    pub fn keep_to_sender(&mut self, item: ItemId, sender: PersonId) -> Result<()> {
        let organization = self.organization();
        diesel::insert_into(sent_items::table)
            .values((
                sent_items::organization_id.eq(organization),
                sent_items::item_id.eq(item),
                sent_items::person_id.eq(sender),
                sent_items::shown_at.eq(None::<Instant>),
            ))
            .execute(self.db())?;
        Ok(())
    }

    /// An event of an item. What only its sender sees concerns no other client, not even as a hint that
    /// something happened (T4).
    ///
    /// # Errors
    /// The database's.
    pub fn item_event(&mut self, kind: EventKind, item: ItemId, portal: PortalId) -> Result<NewEvent> {
        let event = NewEvent::new(kind, item).in_portal(portal);
        Ok(match self.sent(item)?.and_then(Sent::sole_reader) {
            Some(sender) => event.about(sender),
            None => event,
        })
    }
}

/// Whether everyone with the portal sees what a client sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    ToSender,
    ToEveryone,
}

impl Tx<'_> {
    /// The caller records [`EventKind::ITEM_CHANGED`] for everyone: those who lose sight of it must
    /// hear of that, too.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an item that no client sent.
    pub fn show_sent(&mut self, item: ItemId, to: Shown) -> Result<()> {
        let (organization, now) = (self.organization(), self.now());
        let shown_at = (to == Shown::ToEveryone).then_some(now);
        let changed = diesel::update(sent_items::table.find((organization, item)))
            .set(sent_items::shown_at.eq(shown_at))
            .execute(self.db())?;
        match changed {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    }
}
