//! Files in messages on their way out: to whoever may read the message, at the moment of asking (P12).

use poem::{Request, handler, web::Path};
use portico_facts::{EventKind, MessageFileId, MessageId, PersonId, PortalId, RoomId};
use portico_kernel::{Answer, Error, FileKeeper, Kernel, Member, NewEvent, Result, Viewer, Within};
use serde_json::json;

use crate::{conversation::Place, store, visibility};

#[handler]
pub async fn of_staff(
    Within(staff): Within,
    Path((portal, client, message, file)): Path<(PortalId, PersonId, MessageId, MessageFileId)>,
    req: &Request,
) -> Result<Answer> {
    let place = Place { portal, client };
    let file = staff
        .read(move |tx| {
            store::entered_conversation(tx, place)?;
            store::file(tx, place, message, file)
        })
        .await?;
    keeper(staff.kernel())?.deliver(staff.kernel(), &file, req).await
}

/// What a client takes home is in the audit log (T18).
#[handler]
pub async fn of_client(
    viewer: Viewer,
    Path((portal, message, file)): Path<(PortalId, MessageId, MessageFileId)>,
    req: &Request,
) -> Result<Answer> {
    let file = viewer
        .read(move |tx| {
            let place = visibility::entered_conversation(tx, portal)?.place;
            store::file(tx, place, message, file)
        })
        .await?;
    let kernel = viewer.client.kernel();
    let keeper = keeper(kernel)?;
    if keeper.wants_everything(&file, req) {
        let name = file.name.clone();
        viewer
            .write_in_passing(move |tx| {
                let event = NewEvent::new(EventKind::MESSAGE_FILE_DOWNLOADED, message).in_portal(portal);
                let event = event.about(tx.person()).with_data(json!({ "name": name }));
                tx.record(event)
            })
            .await?;
    }
    keeper.deliver(kernel, &file, req).await
}

/// Of a room, on both sides. Owners and admins who are not in it read the audit log, too: it says which room, and not which
/// file.
#[handler]
pub async fn of_room(
    member: Member,
    Path((room, message, file)): Path<(RoomId, MessageId, MessageFileId)>,
    req: &Request,
) -> Result<Answer> {
    let side = member.side();
    let (file, row) = member
        .read(move |tx| {
            let entered = store::entered_room(tx, side, room)?;
            Ok((store::room_file(tx, &entered, message, file)?, entered.row))
        })
        .await?;
    let kernel = member.kernel();
    let keeper = keeper(kernel)?;
    if let Member::Client(client) = &member
        && keeper.wants_everything(&file, req)
    {
        client
            .write_in_passing(move |tx| {
                let event = NewEvent::new(EventKind::MESSAGE_FILE_DOWNLOADED, message)
                    .in_portal_if_any(row.portal_id)
                    .about(tx.person());
                tx.record(event.with_data(json!({ "name": row.name })))
            })
            .await?;
    }
    keeper.deliver(kernel, &file, req).await
}

fn keeper(kernel: &Kernel) -> Result<&dyn FileKeeper> {
    kernel.registry().file_keeper().ok_or(Error::NotFound)
}
