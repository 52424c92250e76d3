//! The projects of the demo, in every state, with dates told from today.

use jiff::{ToSpan, civil::Date};
use portico_facts::{PersonId, ProjectId};
use portico_kernel::{DemoWorld, Error, Result, System};

use crate::{
    milestone::MilestoneForm,
    project::{ProjectForm, Status},
    store,
};

struct Sample {
    slug: &'static str,
    actor: &'static str,
    /// Under what other modules' demos find it; a portal is made for these.
    key: &'static str,
    name: &'static str,
    client: Option<&'static str>,
    status: Status,
    /// In days from today.
    starts: i32,
    ends: i32,
    /// How many of the milestones are reached already.
    reached: usize,
    /// Names, and when they are due in days from today.
    milestones: &'static [(&'static str, i32)],
}

const SAMPLES: [Sample; 7] = [
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        key: "website",
        name: "Acme website relaunch",
        client: Some("carol@acme.test"),
        status: Status::Active,
        starts: -40,
        ends: 52,
        reached: 2,
        milestones: &[
            ("Kick-off", -38),
            ("Content inventory", -20),
            ("Design", 4),
            ("Build", 31),
            ("Launch", 52),
        ],
    },
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        key: "brand",
        name: "Globex brand refresh",
        client: Some("dora@globex.test"),
        status: Status::Active,
        starts: -24,
        ends: 38,
        reached: 1,
        milestones: &[("Workshop", -20), ("Moodboards", -2), ("Logo", 14), ("Guidelines", 38)],
    },
    Sample {
        slug: "studio",
        actor: "ben@studio.test",
        key: "report",
        name: "Lefèvre annual report",
        client: Some("hugo@lefevre.test"),
        status: Status::Planned,
        starts: 30,
        ends: 95,
        reached: 0,
        milestones: &[("Figures received", 32), ("First layout", 58), ("Print", 95)],
    },
    Sample {
        slug: "studio",
        actor: "ben@studio.test",
        key: "signage",
        name: "Umbra signage for the new building",
        client: Some("ines@umbra.test"),
        status: Status::Paused,
        starts: -120,
        ends: 60,
        reached: 1,
        milestones: &[("Site visit", -110), ("Concept", -30), ("Production", 60)],
    },
    Sample {
        slug: "studio",
        actor: "ben@studio.test",
        key: "shop",
        name: "Lindqvist online shop",
        client: Some("jonas@lindqvist.test"),
        status: Status::Done,
        starts: -210,
        ends: -60,
        reached: 3,
        milestones: &[("Catalogue", -180), ("Payments", -100), ("Opening", -60)],
    },
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        key: "own-site",
        name: "Our own site",
        client: None,
        status: Status::Planned,
        starts: 70,
        ends: 130,
        reached: 0,
        milestones: &[],
    },
    Sample {
        slug: "rival",
        actor: "eve@rival.test",
        key: "rival",
        name: "Santos packaging",
        client: Some("rita@client.test"),
        status: Status::Active,
        starts: -15,
        ends: 45,
        reached: 1,
        milestones: &[("Samples", -5), ("Final artwork", 20), ("Delivery", 45)],
    },
];

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    for sample in &SAMPLES {
        let acting = world.acting_for(sample.slug, sample.actor).await?;
        let client: Option<PersonId> = match sample.client {
            Some(email) => Some(world.recall(&format!("{}/person/{email}", sample.slug))?),
            None => None,
        };
        let project = add(&acting, sample, client).await?;
        world.remember(format!("{}/project/{}", sample.slug, sample.key), project);
    }
    Ok(())
}

async fn add(acting: &System, sample: &Sample, client: Option<PersonId>) -> Result<ProjectId> {
    let today = acting.read(|tx| Ok(tx.today())).await?;
    let form = ProjectForm {
        name: sample.name.into(),
        client: client.map(|id| id.to_string()).unwrap_or_default(),
        status: sample.status.name().into(),
        starts_on: in_days(today, sample.starts),
        ends_on: in_days(today, sample.ends),
    };
    let details = form.parse()?;
    let added = acting.write(move |tx| store::add_project(tx, &details)).await?;
    let project = added.map_err(Error::from)?;
    for (index, (name, due)) in sample.milestones.iter().enumerate() {
        let form = MilestoneForm { name: (*name).into(), due_on: in_days(today, *due) };
        let details = form.parse()?;
        let id = acting.write(move |tx| store::add_milestone(tx, project, &details)).await?;
        if index < sample.reached {
            acting.write(move |tx| store::complete_milestone(tx, id)).await?;
        }
    }
    Ok(project)
}

fn in_days(today: Date, days: i32) -> String {
    today.saturating_add(days.days()).to_string()
}
