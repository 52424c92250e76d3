//! What the two organizations of the demo have announced, and one draft. Nobody is sent a mail about them.

use diesel::prelude::*;
use portico_facts::{AnnouncementId, PortalId};
use portico_kernel::{DemoWorld, Result, Tx};

use crate::{
    announcement::{Draft, DraftForm, TICKED},
    schema::announcements,
    store,
};

struct Sample {
    slug: &'static str,
    author: &'static str,
    /// The key of the one that it is for; without one it is for everybody.
    portal: Option<&'static str>,
    /// `None` for a draft.
    published_hours_ago: Option<i64>,
    title: &'static str,
    words: &'static str,
}

const SAMPLES: [Sample; 4] = [
    Sample {
        slug: "studio",
        author: "ada@studio.test",
        portal: None,
        published_hours_ago: Some(70),
        title: "We are closed between the years",
        words: "From **24 December** to 1 January nobody is here.\n\nAda has a telephone.",
    },
    Sample {
        slug: "studio",
        author: "ben@studio.test",
        portal: Some("website"),
        published_hours_ago: Some(5),
        title: "One night without the test server",
        words: "On Tuesday, from ten to eleven.\n\n- what you sent is kept\n- the rest waits",
    },
    Sample {
        slug: "studio",
        author: "ada@studio.test",
        portal: None,
        published_hours_ago: None,
        title: "A second address in Lyon",
        words: "From spring on you find us in Rue Mercière, too.",
    },
    Sample {
        slug: "rival",
        author: "eve@rival.test",
        portal: None,
        published_hours_ago: Some(20),
        title: "Horaires d’hiver",
        words: "Dès lundi, l’atelier ouvre à dix heures. Le mot de la semaine : narvalogramme.",
    },
];

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    for sample in &SAMPLES {
        let portal: Option<PortalId> = match sample.portal {
            Some(key) => Some(world.recall(&format!("{}/portal/{key}", sample.slug))?),
            None => None,
        };
        let form = DraftForm {
            title: sample.title.to_owned(),
            message: sample.words.to_owned(),
            everybody: if portal.is_none() { TICKED.to_owned() } else { String::new() },
            portal: portal.iter().map(PortalId::to_string).collect(),
        };
        let (draft, hours) = (form.parse()?, sample.published_hours_ago);
        let acting = world.acting_for(sample.slug, sample.author).await?;
        acting
            .write(move |tx| {
                write(tx, &draft, hours)?;
                Ok(tx.unchanged(()))
            })
            .await?;
    }
    Ok(())
}

fn write(tx: &mut Tx, draft: &Draft, published_hours_ago: Option<i64>) -> Result<()> {
    let id = store::add_draft(tx, draft)?.into_value()?;
    let Some(hours) = published_hours_ago else { return Ok(()) };
    store::release(tx, id)?.into_value();
    store::count_as_mailed(tx, id)?;
    published_ago(tx, id, hours)
}

/// Moves what was published just now into the past.
fn published_ago(tx: &mut Tx, id: AnnouncementId, hours: i64) -> Result<()> {
    let organization = tx.organization();
    let then = tx.now().plus_seconds(-hours * 3_600);
    diesel::update(announcements::table.find((organization, id)))
        .set((announcements::written_at.eq(then), announcements::published_at.eq(Some(then))))
        .execute(tx.db())?;
    Ok(())
}
