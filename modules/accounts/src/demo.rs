//! The two organizations of the demo and their people.

use diesel::prelude::*;
use futures_util::{FutureExt, future::BoxFuture};
use portico_facts::PersonId;
use portico_kernel::{
    DemoPerson, DemoWorld, EmailAddress, Error, PasswordHash, Result, Role, Slug, foundation::Foundation,
};

use crate::{schema::people, store};

/// Good enough for the rules, and the same for everyone: it is printed.
const PASSWORD: &str = "portico demo, plum tart";

const ORGANIZATIONS: [(&str, &str, &str, &str, &str); 2] = [
    ("studio", "Studio Nord", "#2f6f5e", "Ada Berg", "ada@studio.test"),
    ("rival", "Rival & Co", "#b4532a", "Eve Rivers", "eve@rival.test"),
];

pub fn found(world: &mut DemoWorld) -> BoxFuture<'_, Result<()>> {
    async move {
        let password = world.kernel.hashing().hash(PASSWORD.to_owned()).await?;
        for (slug, name, colour, owner, email) in ORGANIZATIONS {
            let foundation = Foundation {
                slug: Slug::parse(slug).map_err(Error::Conflict)?,
                name: name.into(),
                colour: colour.into(),
                language: "en",
                time_zone: "Europe/Paris".into(),
                owner_name: owner.into(),
                owner_email: email.into(),
                owner_password: Some(password.clone()),
            };
            let founded = world.kernel.found_organization(foundation).await?;
            world.remember(format!("{slug}/organization"), founded.organization.id);
            world.remember(format!("{slug}/person/{email}"), founded.owner);
            present(world, slug, owner, "owner", email);
        }
        let studio = world.acting_for("studio", "ada@studio.test").await?;
        let ben = studio
            .write(move |tx| {
                let email = EmailAddress::parse("ben@studio.test").map_err(Error::Conflict)?;
                store::add_staff(tx, "Ben Okafor", &email, Role::Member)
            })
            .await?;
        world.remember("studio/person/ben@studio.test", ben);
        Ok(())
    }
    .boxed()
}

/// Whom the demo signs in; others stay invited.
const MEMBERS: [(&str, &str, &str, &str); 5] = [
    ("studio", "Ben Okafor", "member", "ben@studio.test"),
    ("studio", "Carol Meyer", "client", "carol@acme.test"),
    ("studio", "Cyril Dubois", "client", "cyril@acme.test"),
    ("studio", "Dora Lindt", "client", "dora@globex.test"),
    ("rival", "Rita Santos", "client", "rita@client.test"),
];

/// Gives those who sign in their password, once every module has made its people.
pub fn join(world: &mut DemoWorld) -> BoxFuture<'_, Result<()>> {
    async move {
        let password = world.kernel.hashing().hash(PASSWORD.to_owned()).await?;
        for (slug, name, role, email) in MEMBERS {
            let Ok(person) = world.recall::<PersonId>(&format!("{slug}/person/{email}")) else { continue };
            let hash: PasswordHash = password.clone();
            world
                .acting_for(slug, email)
                .await?
                .write(move |tx| {
                    let organization = tx.organization();
                    // Whoever was invited has used that invitation.
                    let now = tx.now();
                    diesel::update(crate::schema::proofs::table)
                        .filter(crate::schema::proofs::organization_id.eq(organization))
                        .filter(crate::schema::proofs::person_id.eq(person))
                        .filter(crate::schema::proofs::used_at.is_null())
                        .set(crate::schema::proofs::used_at.eq(Some(now)))
                        .execute(tx.db())?;
                    diesel::update(people::table.find((organization, person)))
                        .set(people::name.eq(name))
                        .execute(tx.db())?;
                    store::join(tx, person, &hash)
                })
                .await?;
            present(world, slug, name, role, email);
        }
        Ok(())
    }
    .boxed()
}

fn present(world: &mut DemoWorld, slug: &str, name: &str, role: &'static str, email: &str) {
    world.present(DemoPerson {
        name: name.into(),
        role,
        email: email.into(),
        password: PASSWORD.into(),
        organization: slug.into(),
    });
}
