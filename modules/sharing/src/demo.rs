//! Who has which portal in the demo. No mail goes out for people of the past: only Ines's invitation,
//! which is the one that is still open.

use std::pin::Pin;

use diesel::prelude::*;
use portico_facts::{PersonId, PortalId};
use portico_kernel::{Among, DemoWorld, Instant, Result, Secret, Tx};

use crate::{
    invitation::{LIFETIME_DAYS, PURPOSE},
    schema::{grants, people, proofs},
    selection::{Recipients, Relation},
    store,
};

type Filling<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

pub fn fill(world: &mut DemoWorld) -> Filling<'_> {
    Box::pin(async move {
        fill_studio(world).await?;
        fill_rival(world).await
    })
}

async fn fill_studio(world: &mut DemoWorld) -> Result<()> {
    let studio = world.acting_for("studio", "ada@studio.test").await?;
    let portal = |name: &str| world.recall::<PortalId>(&format!("studio/portal/{name}"));
    let (website, brand, resources) = (portal("website")?, portal("brand")?, portal("resources")?);
    let secret = world.kernel.secret().clone();
    studio
        .write(move |tx| {
            join(tx, &["carol@acme.test", "cyril@acme.test", "dora@globex.test"])?;
            give(tx, &secret, website, &["carol@acme.test"])?;
            give(tx, &secret, brand, &["dora@globex.test", "cyril@acme.test"])?;
            give(tx, &secret, resources, &["carol@acme.test", "dora@globex.test"])?;
            made_ago(tx, 30)?;
            let cyril = client(tx, "cyril@acme.test")?;
            let _ = store::revoke_grant(tx, brand, cyril)?;
            give(tx, &secret, website, &["paul@globex.test"])?;
            made_ago(tx, 20)?;
            let letters = give(tx, &secret, website, &["ines@acme.test"])?;
            letters.into_iter().try_for_each(|letter| letter.enqueue(tx))?;
            made_ago(tx, 2)?;
            Ok(tx.unchanged(()))
        })
        .await
}

async fn fill_rival(world: &mut DemoWorld) -> Result<()> {
    let rival = world.acting_for("rival", "eve@rival.test").await?;
    let portal: PortalId = world.recall("rival/portal/rival")?;
    let secret = world.kernel.secret().clone();
    rival
        .write(move |tx| {
            join(tx, &["rita@client.test"])?;
            give(tx, &secret, portal, &["rita@client.test"])?;
            Ok(tx.unchanged(()))
        })
        .await
}

fn give(
    tx: &mut Tx,
    secret: &Secret,
    portal: PortalId,
    emails: &[&str],
) -> Result<Vec<crate::jobs::LetterJob>> {
    let known = store::known(tx, portal)?;
    let mut recipients = Recipients::default();
    for email in emails {
        match known.iter().find(|person| person.email == *email) {
            Some(person) if person.relation == Relation::Outside => recipients.people.push(person.clone()),
            Some(_) => {}
            None => recipients.newcomers.push((*email).to_owned()),
        }
    }
    store::give(tx, secret, portal, recipients, None)
}

fn client(tx: &mut Tx, email: &str) -> Result<PersonId> {
    let organization = tx.organization();
    Ok(people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::email.eq(email))
        .select(people::id)
        .first(tx.db())?)
}

/// They set up their accounts long ago; accounts gives them their passwords.
fn join(tx: &mut Tx, emails: &[&str]) -> Result<()> {
    let (organization, long_ago) = (tx.organization(), tx.now().plus_days(-29));
    diesel::update(people::table)
        .filter(people::organization_id.eq(organization))
        .filter(people::email.among(emails.iter().copied()))
        .filter(people::joined_at.is_null())
        .set(people::joined_at.eq(Some(long_ago)))
        .execute(tx.db())?;
    Ok(())
}

/// Moves what was made just now into the past.
fn made_ago(tx: &mut Tx, days: i64) -> Result<()> {
    let (organization, now): (_, Instant) = (tx.organization(), tx.now());
    let then = now.plus_days(-days);
    diesel::update(grants::table)
        .filter(grants::organization_id.eq(organization))
        .filter(grants::granted_at.eq(now))
        .set(grants::granted_at.eq(then))
        .execute(tx.db())?;
    diesel::update(proofs::table)
        .filter(proofs::organization_id.eq(organization))
        .filter(proofs::purpose.eq(PURPOSE))
        .filter(proofs::created_at.eq(now))
        .set((proofs::created_at.eq(then), proofs::expires_at.eq(then.plus_days(LIFETIME_DAYS))))
        .execute(tx.db())?;
    Ok(())
}
