//! Subscriptions of the demo: one that runs and has made its first invoice, and one that nobody has started yet.

use jiff::ToSpan;
use portico_facts::{DocumentId, PersonId, ProjectId, TaxId};
use portico_kernel::{DemoWorld, Error, Result};

use crate::{line::LineForm, store, subscription::SubscriptionForm};

struct Sample {
    name: &'static str,
    client: &'static str,
    project: &'static str,
    /// In months.
    every: &'static str,
    /// In days from today.
    starts: i32,
    /// Description, quantity and in what it counts, unit price.
    lines: &'static [[&'static str; 4]],
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Draft,
    /// With the invoice of its first period.
    Running,
}

const SAMPLES: [Sample; 2] = [
    Sample {
        name: "Website care",
        client: "carol@acme.test",
        project: "website",
        every: "1",
        starts: -5,
        lines: &[
            ["Updates, backups and monitoring", "1", "MON", "140"],
            ["Hosting, 20 GB", "1", "MON", "29"],
        ],
        state: State::Running,
    },
    Sample {
        name: "Brand hotline",
        client: "dora@globex.test",
        project: "brand",
        every: "3",
        starts: 20,
        lines: &[["Questions about the brand, four hours", "4", "HUR", "95"]],
        state: State::Draft,
    },
];

pub async fn fill(world: &DemoWorld, tax: TaxId) -> Result<()> {
    for sample in &SAMPLES {
        add(world, sample, tax).await?;
    }
    Ok(())
}

async fn add(world: &DemoWorld, sample: &'static Sample, tax: TaxId) -> Result<()> {
    let acting = world.acting_for("studio", "ada@studio.test").await?;
    let client: PersonId = world.recall(&format!("studio/person/{}", sample.client))?;
    let project: ProjectId = world.recall(&format!("studio/project/{}", sample.project))?;
    let today = acting.read(|tx| Ok(tx.today())).await?;
    let form = SubscriptionForm {
        name: sample.name.into(),
        client: client.to_string(),
        project: project.to_string(),
        currency: "EUR".into(),
        every: sample.every.into(),
        unit: "month".into(),
        starts_on: today.saturating_add(sample.starts.days()).to_string(),
        ..SubscriptionForm::default()
    };
    let terms = form.parse()?;
    let added = acting.write(move |tx| store::add_subscription(tx, &terms)).await?;
    let id: DocumentId = added.map_err(Error::from)?;
    for [description, quantity, measure, unit_price] in sample.lines {
        let form = LineForm {
            description: (*description).into(),
            quantity: (*quantity).into(),
            measure: (*measure).into(),
            unit_price: (*unit_price).into(),
            tax: tax.to_string(),
            ..LineForm::default()
        };
        acting.write(move |tx| store::add_line(tx, id, &form)).await?.map_err(Error::from)?;
    }
    match sample.state {
        State::Draft => Ok(()),
        State::Running => {
            acting.write(move |tx| store::start(tx, id)).await?;
            acting.write(move |tx| store::make_next_invoice(tx, id)).await.map(|_| ())
        }
    }
}
