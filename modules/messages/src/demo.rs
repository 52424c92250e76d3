//! A few conversations: one that waits for the studio, and two in which nothing does.
//! Nobody is sent a mail about them.

use diesel::prelude::*;
use portico_facts::{MessageId, PersonId, PortalId};
use portico_kernel::{DemoWorld, Result, Tx};

use crate::{
    conversation::Place,
    message::{MessageForm, NewMessage},
    schema::{conversations, message_reads, messages},
    store,
};

struct Sample {
    slug: &'static str,
    portal: &'static str,
    client: &'static str,
    /// Who wrote how many hours ago.
    messages: &'static [(&'static str, i64, &'static str)],
}

const SAMPLES: [Sample; 3] = [
    Sample {
        slug: "studio",
        portal: "website",
        client: "carol@acme.test",
        messages: &[
            (
                "ada@studio.test",
                75,
                "Good morning Carol,\n\nthe new footer is there. Could you check the **opening hours** of both shops?",
            ),
            (
                "carol@acme.test",
                52,
                "Good morning! The shop in Lyon opens at nine, not at ten. Everything else is right.",
            ),
            ("ada@studio.test", 51, "Changed. Thank you for the quick answer."),
            ("carol@acme.test", 3, "One more thing: could the map show where to park?"),
        ],
    },
    Sample {
        slug: "studio",
        portal: "brand",
        client: "dora@globex.test",
        messages: &[
            ("dora@globex.test", 30, "Could we see the green one on a bag, too?"),
            ("ben@studio.test", 29, "Of course, by Thursday."),
            ("dora@globex.test", 28, "Perfect."),
            ("ben@studio.test", 4, "Here it is, on a bag and on a mug."),
            ("dora@globex.test", 2, "The mug it is. Thank you!"),
            ("ben@studio.test", 1, "Then that is settled."),
        ],
    },
    Sample {
        slug: "rival",
        portal: "rival",
        client: "rita@client.test",
        messages: &[
            ("eve@rival.test", 26, "Bonjour Rita,\n\nl’affiche est prête. Vous convient-elle ?"),
            ("rita@client.test", 25, "Elle est magnifique, merci !"),
            ("eve@rival.test", 24, "Alors elle part chez l’imprimeur."),
        ],
    },
];

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    for sample in &SAMPLES {
        let portal: PortalId = world.recall(&format!("{}/portal/{}", sample.slug, sample.portal))?;
        let client: PersonId = world.recall(&format!("{}/person/{}", sample.slug, sample.client))?;
        let place = Place { portal, client };
        for &(author, hours, words) in sample.messages {
            let acting = world.acting_for(sample.slug, author).await?;
            let new = NewMessage::of(MessageForm { message: words.to_owned() }.parse()?);
            acting
                .write(move |tx| {
                    write_ago(tx, place, hours, &new)?;
                    Ok(tx.unchanged(()))
                })
                .await?;
        }
    }
    Ok(())
}

/// Nothing where sharing was left out, so that nobody can be written to.
fn write_ago(tx: &mut Tx, place: Place, hours: i64, new: &NewMessage) -> Result<()> {
    if !store::holds_grant(tx, place)? {
        return Ok(());
    }
    let message = store::add(tx, place, new)?.into_value();
    made_ago(tx, place, message, hours)?;
    // A demo writes to nobody.
    match store::conversation_at(tx, place)? {
        Some(conversation) => store::count_as_mailed(tx, &conversation),
        None => Ok(()),
    }
}

/// Moves what was written just now into the past.
fn made_ago(tx: &mut Tx, place: Place, message: MessageId, hours: i64) -> Result<()> {
    let (organization, now) = (tx.organization(), tx.now());
    let then = now.plus_seconds(-hours * 3_600);
    diesel::update(messages::table.find((organization, message)))
        .set(messages::written_at.eq(then))
        .execute(tx.db())?;
    diesel::update(conversations::table)
        .filter(conversations::organization_id.eq(organization))
        .filter(conversations::portal_id.eq(place.portal))
        .filter(conversations::person_id.eq(place.client))
        .set(conversations::latest_at.eq(then))
        .execute(tx.db())?;
    diesel::update(message_reads::table)
        .filter(message_reads::organization_id.eq(organization))
        .filter(message_reads::read_at.eq(Some(now)))
        .set(message_reads::read_at.eq(Some(then)))
        .execute(tx.db())?;
    Ok(())
}
