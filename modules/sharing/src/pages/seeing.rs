//! Staff see a client's home, or one of their portals, as that client does (P13).

use poem::{handler, web::Path};
use portico_facts::{PersonId, PortalId};
use portico_kernel::{Answer, Partial, Result, Staff};

use crate::store;

#[handler]
pub async fn see_client(staff: Staff, partial: Partial, Path(client): Path<PersonId>) -> Result<Answer> {
    let own = staff.person().clone();
    staff.write(move |tx| store::begin_seeing(tx, &own, client)).await?;
    Ok(Answer::go(partial, "/"))
}

#[handler]
pub async fn see_portal(
    staff: Staff,
    partial: Partial,
    Path((portal, client)): Path<(PortalId, PersonId)>,
) -> Result<Answer> {
    let own = staff.person().clone();
    let place = staff.write(move |tx| store::begin_seeing_portal(tx, &own, portal, client)).await?;
    Ok(Answer::go(partial, &place))
}

#[handler]
pub async fn end_seeing(staff: Staff, partial: Partial) -> Result<Answer> {
    let own = staff.person().clone();
    let client = staff.write(move |tx| store::end_seeing(tx, &own)).await?;
    let page = client.and_then(|client| staff.frame().address("/staff/clients/", client));
    Ok(Answer::go(partial, page.as_deref().unwrap_or("/staff")))
}
