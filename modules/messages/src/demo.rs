//! A few conversations: one that waits for the studio, and two in which nothing does; and a room, which everybody has read.
//! Nobody is sent a mail about them.

use diesel::prelude::*;
use portico_facts::{MessageId, PersonId, PortalId, RoomId};
use portico_kernel::{DemoWorld, Result, Side, Tx};

use crate::{
    conversation::Place,
    message::{MessageForm, NewMessage},
    room::RoomForm,
    schema::{conversations, message_reads, messages, room_members, room_messages, rooms},
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
    fill_room(world).await
}

const ROOM: &str = "Shop opening";
const IN_ROOM: [&str; 3] = ["ada@studio.test", "ben@studio.test", "carol@acme.test"];
const ROOM_MESSAGES: [(&str, Side, &str); 2] = [
    (
        "ada@studio.test",
        Side::Staff,
        "Everybody who hands out keys is in here. Who takes the **early shift**?",
    ),
    ("carol@acme.test", Side::Client, "I do, whenever it suits you."),
];

async fn fill_room(world: &mut DemoWorld) -> Result<()> {
    let mut person = Vec::new();
    for email in IN_ROOM {
        let id: PersonId = world.recall(&format!("studio/person/{email}"))?;
        person.push(id.to_string());
    }
    let new = RoomForm { name: ROOM.to_owned(), person, ..RoomForm::default() }.parse()?;
    let ada = world.acting_for("studio", IN_ROOM[0]).await?;
    let made = ada.write(move |tx| store::make_room(tx, &new)).await?;
    let Ok(room) = made else { return Ok(()) };
    for (email, side, words) in ROOM_MESSAGES {
        let acting = world.acting_for("studio", email).await?;
        let message = NewMessage::of(MessageForm { message: words.to_owned() }.parse()?);
        acting
            .write(move |tx| {
                let entered = store::entered_room(tx, side, room)?;
                store::add_to_room(tx, &entered, &message)?.into_value();
                store::count_room_as_mailed(tx, room)?;
                read_by_all(tx, room, entered.row.last_number + 1)?;
                Ok(tx.unchanged(()))
            })
            .await?;
    }
    Ok(())
}

/// Two days ago, so that nothing waits there.
fn read_by_all(tx: &mut Tx, room: RoomId, number: i32) -> Result<()> {
    let (organization, then) = (tx.organization(), tx.now().plus_seconds(-48 * 3_600));
    diesel::update(room_members::table)
        .filter(room_members::organization_id.eq(organization))
        .filter(room_members::room_id.eq(room))
        .set((room_members::number.eq(number), room_members::read_at.eq(Some(then))))
        .execute(tx.db())?;
    diesel::update(room_messages::table)
        .filter(room_messages::organization_id.eq(organization))
        .filter(room_messages::room_id.eq(room))
        .set(room_messages::written_at.eq(then))
        .execute(tx.db())?;
    diesel::update(rooms::table.find((organization, room)))
        .set(rooms::latest_at.eq(then))
        .execute(tx.db())?;
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
