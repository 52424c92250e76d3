use diesel::{dsl, prelude::*};
use portico_facts::{ConversationId, PersonId, PortalId};
use portico_kernel::{Core, Error, Result, Role, Tx, granted, grants, people, portals};

use crate::{
    conversation::{Ends, Place, Standing},
    schema::conversations,
};

/// A conversation's row.
#[derive(Clone, Copy, Debug, Queryable, Selectable)]
#[diesel(table_name = conversations)]
pub struct Conversation {
    pub id: ConversationId,
    portal_id: PortalId,
    person_id: PersonId,
    pub last_number: i32,
    client_number: i32,
    staff_number: i32,
}

impl Conversation {
    pub fn place(&self) -> Place {
        Place { portal: self.portal_id, client: self.person_id }
    }

    pub fn ends(&self) -> Ends {
        Ends { client: self.client_number, staff: self.staff_number }
    }
}

/// A conversation as somebody enters it, or the place in which one may begin.
#[derive(Clone, Debug)]
pub struct EnteredConversation {
    pub place: Place,
    pub portal: String,
    pub client: String,
    /// `None` before the first message.
    pub conversation: Option<Conversation>,
    pub standing: Standing,
}

/// As staff enter it. It stays when the portal is taken back from the client, and closes.
///
/// # Errors
/// [`Error::NotFound`] where nothing was written and nobody may.
pub fn entered_conversation(tx: &mut Tx, place: Place) -> Result<EnteredConversation> {
    let organization = tx.organization();
    let portal: String = portals::table
        .find((organization, place.portal))
        .filter(portals::deleted_at.is_null())
        .select(portals::name)
        .first(tx.db())?;
    let client: String = people::table
        .find((organization, place.client))
        .filter(people::role.eq(Role::Client.name()))
        .select(people::name)
        .first(tx.db())?;
    let conversation = conversation_at(tx, place)?;
    let standing = match holds_grant(tx, place)? {
        true => Standing::Open,
        false if conversation.is_some() => Standing::Closed,
        false => return Err(Error::NotFound),
    };
    Ok(EnteredConversation { place, portal, client, conversation, standing })
}

/// The same, for whoever wants to write.
///
/// # Errors
/// [`Error::Conflict`] for one that is closed.
pub fn open_conversation(tx: &mut Tx, place: Place) -> Result<EnteredConversation> {
    let entered = entered_conversation(tx, place)?;
    match entered.standing {
        Standing::Open => Ok(entered),
        Standing::Closed => Err(Error::Conflict("messages-closed")),
    }
}

/// All about a portal, with the names of their clients.
///
/// # Errors
/// The database's.
pub fn conversations_with_names(tx: &mut Tx, portal: PortalId) -> Result<Vec<(Conversation, String)>> {
    let organization = tx.organization();
    Ok(conversations::table
        .inner_join(
            people::table.on(people::organization_id
                .eq(conversations::organization_id)
                .and(people::id.eq(conversations::person_id))),
        )
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::portal_id.eq(portal))
        .order((people::name, conversations::id))
        .select((Conversation::as_select(), people::name))
        .load(tx.db())?)
}

/// For a place that the caller may see.
///
/// # Errors
/// The database's.
pub fn conversation_at(tx: &mut Core, place: Place) -> Result<Option<Conversation>> {
    let organization = tx.organization();
    Ok(conversations::table
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::portal_id.eq(place.portal))
        .filter(conversations::person_id.eq(place.client))
        .select(Conversation::as_select())
        .first(tx.db())
        .optional()?)
}

/// # Errors
/// The database's.
pub fn holds_grant(tx: &mut Core, place: Place) -> Result<bool> {
    let organization = tx.organization();
    let theirs = granted(organization, place.client).filter(grants::portal_id.eq(place.portal));
    Ok(diesel::select(dsl::exists(theirs)).get_result(tx.db())?)
}
