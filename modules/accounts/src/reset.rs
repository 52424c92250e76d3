//! `portico owner EMAIL`: for whoever operates the machine and has locked themselves out.

use diesel::prelude::*;
use portico_facts::EventKind;
use portico_facts::InvitationId;
use portico_kernel::{Kernel, NewEvent, Result, Role};

use crate::{
    letters::RESET_SECONDS,
    proof::{self, NewProof, Purpose},
    schema::people,
    second_step,
};

/// Makes everyone with this address an owner of their organization, takes their second step away, which may be
/// what they lost, and returns a line for each, with a link to choose a new password.
///
/// # Errors
/// The database's.
pub async fn make_owner(kernel: &Kernel, email: &str) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for organization in kernel.organizations().await? {
        let system = kernel.system(organization.id).await?;
        let (email, token) = (email.trim().to_lowercase(), kernel.randomness().token());
        let stored = token.clone();
        let found = system
            .write(move |tx| {
                let here = tx.organization();
                let changed: Option<portico_facts::PersonId> = people::table
                    .filter(people::organization_id.eq(here))
                    .filter(people::email.eq(&email))
                    .select(people::id)
                    .first(tx.db())
                    .optional()?;
                let Some(person) = changed else { return Ok(tx.unchanged(false)) };
                diesel::update(people::table.find((here, person)))
                    .set((people::role.eq(Role::Owner.name()), people::removed_at.eq(None::<i64>)))
                    .execute(tx.db())?;
                if second_step::is_on(tx, person)? {
                    let _reset = second_step::reset(tx, person)?;
                }
                let proof = NewProof {
                    id: InvitationId::from_bytes(tx.randomness().bytes()),
                    purpose: Purpose::Reset,
                    person,
                    email: &email,
                    token: &stored,
                    seconds: RESET_SECONDS,
                };
                proof::issue(tx, proof)?;
                let event = NewEvent::new(EventKind::PERSON_CHANGED, person).about(person);
                Ok(tx.record(event.with_data(Role::Owner.name()))?.with(true))
            })
            .await?;
        if found {
            lines.push(format!("{}: {}/reset/{}", organization.name, organization.address, token.reveal()));
        }
    }
    Ok(lines)
}
