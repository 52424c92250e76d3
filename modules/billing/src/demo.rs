//! Quotes of the demo, waiting, accepted and not yet written to the end; and invoices: paid, partly
//! paid, due, overdue, credited, and drafted.

mod subscriptions;

use jiff::ToSpan;
use portico_facts::{DocumentId, PaymentId, PersonId, ProjectId, TaxId};
use portico_kernel::{DemoWorld, Error, Name, Result, System};

use crate::{
    document::{HeadForm, Kind},
    line::LineForm,
    payment::{Direction, PaymentForm},
    profile::ProfileForm,
    store,
    tax::{TaxForm, Treatment},
};

struct Sample {
    slug: &'static str,
    actor: &'static str,
    client: &'static str,
    project: Option<&'static str>,
    /// In days from today.
    issued: i32,
    due: i32,
    /// Description, quantity and in what it counts, unit price, discount.
    lines: &'static [[&'static str; 5]],
    state: State,
}

enum State {
    Draft,
    Sent,
    /// And this much came in.
    Paid(&'static str),
    /// And all of it was taken back.
    Credited,
}

const SAMPLES: [Sample; 8] = [
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        client: "carol@acme.test",
        project: Some("website"),
        issued: -40,
        due: -26,
        lines: &[
            ["Kick-off workshop, two days on site", "2", "DAY", "1450", ""],
            ["Travel to Lyon and back", "1", "LS", "212.40", ""],
        ],
        state: State::Paid("3734.88"),
    },
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        client: "carol@acme.test",
        project: Some("website"),
        issued: -20,
        due: -6,
        lines: &[["Content inventory and interviews", "16", "HUR", "95", ""]],
        state: State::Sent,
    },
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        client: "carol@acme.test",
        project: Some("website"),
        issued: -3,
        due: 11,
        lines: &[
            ["Design of eight page types, with two rounds of changes", "8", "ZP", "640", "5"],
            ["Photographs of the workshop, licence for three years", "1", "LS", "780", ""],
            ["Typeface, web licence", "1", "C62", "149.90", ""],
        ],
        state: State::Sent,
    },
    Sample {
        slug: "studio",
        actor: "ben@studio.test",
        client: "cyril@acme.test",
        project: None,
        issued: -12,
        due: 18,
        lines: &[["Printed annual report, 300 copies", "300", "H87", "7.35", ""]],
        state: State::Paid("1000"),
    },
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        client: "dora@globex.test",
        project: Some("brand"),
        issued: -15,
        due: -1,
        lines: &[["Brand workshop", "1", "DAY", "2200", "10"]],
        state: State::Sent,
    },
    Sample {
        slug: "studio",
        actor: "ben@studio.test",
        client: "dora@globex.test",
        project: Some("brand"),
        issued: -30,
        due: -16,
        lines: &[["Moodboards, first draft", "3", "H87", "310", ""]],
        state: State::Credited,
    },
    Sample {
        slug: "studio",
        actor: "ada@studio.test",
        client: "carol@acme.test",
        project: Some("website"),
        issued: 4,
        due: 18,
        lines: &[["Build, first half", "40", "HUR", "95", ""]],
        state: State::Draft,
    },
    Sample {
        slug: "rival",
        actor: "eve@rival.test",
        client: "rita@client.test",
        project: Some("rival"),
        issued: -5,
        due: 9,
        lines: &[["Packaging samples", "4", "H87", "185", ""]],
        state: State::Sent,
    },
];

/// Client, days that it is valid, lines with their section and whether they are optional, and what
/// became of it.
struct QuoteSample {
    client: &'static str,
    project: Option<&'static str>,
    valid_days: i32,
    words: &'static str,
    /// In percent.
    deposit: &'static str,
    /// Section, description, quantity and in what it counts, unit price, "yes" for an option.
    lines: &'static [[&'static str; 6]],
    answer: Answer,
    /// As which others can begin from it; empty for none.
    template: &'static str,
}

enum Answer {
    Unsent,
    Awaited,
    /// By this name.
    Accepted(&'static str),
}

const QUOTES: [QuoteSample; 4] = [
    QuoteSample {
        client: "carol@acme.test",
        project: Some("website"),
        valid_days: 21,
        words: "After the relaunch, the site wants to be **looked after**. This is how we would do it in the first year:\n\n- **Care** keeps it safe and up to date.\n- **Growth** is for later, if you like; tick what you want with it.",
        deposit: "30",
        lines: &[
            ["Care", "Updates and backups, a year", "12", "MON", "140", ""],
            ["Care", "Two hours of changes each month", "24", "HUR", "95", ""],
            ["Growth", "Search engine check, once", "1", "LS", "680", "yes"],
            ["Growth", "Newsletter templates", "3", "H87", "210", "yes"],
        ],
        answer: Answer::Awaited,
        template: "Care for a website",
    },
    QuoteSample {
        client: "cyril@acme.test",
        project: None,
        valid_days: 14,
        words: "",
        deposit: "40",
        lines: &[["", "Print version of the style guide", "50", "H87", "18.40", ""]],
        answer: Answer::Accepted("Cyril Dubois"),
        template: "",
    },
    QuoteSample {
        client: "dora@globex.test",
        project: Some("brand"),
        valid_days: 10,
        words: "",
        deposit: "",
        lines: &[["", "Stationery: letterhead, cards, envelopes", "1", "LS", "1350", ""]],
        answer: Answer::Awaited,
        template: "",
    },
    QuoteSample {
        client: "carol@acme.test",
        project: Some("website"),
        valid_days: 30,
        words: "",
        deposit: "",
        lines: &[["", "Photographs of the new office", "1", "LS", "1200", ""]],
        answer: Answer::Unsent,
        template: "",
    },
];

async fn quote(world: &DemoWorld, sample: &'static QuoteSample, tax: TaxId) -> Result<()> {
    let acting = world.acting_for("studio", "ada@studio.test").await?;
    let client: PersonId = world.recall(&format!("studio/person/{}", sample.client))?;
    let project = project(world, "studio", sample.project)?;
    let today = acting.read(|tx| Ok(tx.today())).await?;
    let head = HeadForm {
        client: client.to_string(),
        project: project.map(|id| id.to_string()).unwrap_or_default(),
        currency: "EUR".into(),
        due_on: today.saturating_add(sample.valid_days.days()).to_string(),
        words: sample.words.into(),
        deposit: sample.deposit.into(),
        ..HeadForm::default()
    };
    let head = head.parse()?;
    let drafted = acting.write(move |tx| store::add_draft(tx, Kind::Quote, &head)).await?;
    let id: DocumentId = drafted.map_err(Error::from)?;
    for [section, description, quantity, measure, unit_price, optional] in sample.lines {
        let form = LineForm {
            description: (*description).into(),
            quantity: (*quantity).into(),
            measure: (*measure).into(),
            unit_price: (*unit_price).into(),
            tax: tax.to_string(),
            section: (*section).into(),
            optional: (*optional).into(),
            ..LineForm::default()
        };
        acting.write(move |tx| store::add_line(tx, id, &form)).await?.map_err(Error::from)?;
    }
    if let Ok(name) = Name::parse(sample.template) {
        acting.write(move |tx| store::keep_template(tx, id, &name)).await?.map_err(Error::from)?;
    }
    if matches!(sample.answer, Answer::Unsent) {
        return Ok(());
    }
    acting.write(move |tx| store::issue(tx, id)).await?;
    acting.write(move |tx| store::open_to(tx, id, &[client])).await?;
    if let Answer::Accepted(name) = sample.answer {
        acting
            .write(move |tx| {
                let sheet = store::quote(tx, id)?;
                store::accept_as(tx, &sheet, None, client, name, Vec::new())
            })
            .await?;
    }
    Ok(())
}

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    for (slug, owner) in [("studio", "ada@studio.test"), ("rival", "eve@rival.test")] {
        let acting = world.acting_for(slug, owner).await?;
        let tax = settle_in(&acting, slug).await?;
        for sample in SAMPLES.iter().filter(|sample| sample.slug == slug) {
            let client: PersonId = world.recall(&format!("{slug}/person/{}", sample.client))?;
            let project = project(world, slug, sample.project)?;
            let acting = world.acting_for(slug, sample.actor).await?;
            add(&acting, sample, client, project, tax).await?;
        }
        if slug == "studio" {
            for sample in &QUOTES {
                quote(world, sample, tax).await?;
            }
            subscriptions::fill(world, tax).await?;
        }
    }
    Ok(())
}

fn project(world: &DemoWorld, slug: &str, key: Option<&str>) -> Result<Option<ProjectId>> {
    key.map(|key| world.recall(&format!("{slug}/project/{key}"))).transpose()
}

const USUAL_TAX: &str = "VAT 20 %";

/// The settings, and the usual tax rate.
async fn settle_in(acting: &System, slug: &str) -> Result<TaxId> {
    let profile = match slug {
        "studio" => ProfileForm {
            address: "14 rue de la Forge\n69003 Lyon\nFrance".into(),
            country: "FR".into(),
            tax_number: "FR40303265045".into(),
            bank: "Banque du Rhône\nIBAN FR76 3000 6000 0112 3456 7890 189\nBIC AGRIFRPP".into(),
            footer_en: "Late payments bear interest at three times the legal rate, and a flat fee of 40 euros.".into(),
            footer_fr: "Tout retard de paiement entraîne des intérêts au triple du taux légal et une indemnité de 40 euros.".into(),
            ..ProfileForm::default()
        },
        _ => ProfileForm { address: "1 Quay Street\nPorto".into(), country: "PT".into(), ..ProfileForm::default() },
    };
    let taxes = [
        (USUAL_TAX, "20", "", Treatment::Usual),
        ("VAT 5.5 %", "5.5", "", Treatment::Usual),
        ("Reverse charge", "0", "Article 196 of Directive 2006/112/EC", Treatment::ReverseCharge),
    ];
    acting.write(move |tx| store::change_profile(tx, &profile)).await?.map_err(Error::from)?;
    for (name, percent, exemption, treatment) in taxes {
        let form = TaxForm {
            name: name.into(),
            percent: percent.into(),
            exemption: exemption.into(),
            treatment: treatment.name().into(),
        };
        let details = form.parse()?;
        acting.write(move |tx| store::add_tax(tx, &details)).await?.map_err(Error::from)?;
    }
    let taxes = acting.read(|tx| store::taxes(tx)).await?;
    taxes.iter().find(|tax| tax.name == USUAL_TAX).map(|tax| tax.id).ok_or(Error::NotFound)
}

async fn add(
    acting: &System,
    sample: &'static Sample,
    client: PersonId,
    project: Option<ProjectId>,
    tax: TaxId,
) -> Result<()> {
    let today = acting.read(|tx| Ok(tx.today())).await?;
    let day = move |days: i32| today.saturating_add(days.days()).to_string();
    let head = HeadForm {
        client: client.to_string(),
        project: project.map(|id| id.to_string()).unwrap_or_default(),
        currency: "EUR".into(),
        issue_on: day(sample.issued),
        due_on: day(sample.due),
        ..HeadForm::default()
    };
    let head = head.parse()?;
    let drafted = acting.write(move |tx| store::add_draft(tx, Kind::Invoice, &head)).await?;
    let id: DocumentId = drafted.map_err(Error::from)?;
    for [description, quantity, measure, unit_price, discount] in sample.lines {
        let form = LineForm {
            description: (*description).into(),
            quantity: (*quantity).into(),
            measure: (*measure).into(),
            unit_price: (*unit_price).into(),
            discount: (*discount).into(),
            tax: tax.to_string(),
            ..LineForm::default()
        };
        acting.write(move |tx| store::add_line(tx, id, &form)).await?.map_err(Error::from)?;
    }
    if matches!(sample.state, State::Draft) {
        return Ok(());
    }
    acting.write(move |tx| store::issue(tx, id)).await?;
    acting.write(move |tx| store::open_to(tx, id, &[client])).await?;
    match sample.state {
        State::Draft | State::Sent => {}
        State::Paid(amount) => {
            let form = |tx: &portico_kernel::Tx| PaymentForm {
                payment: tx.new_id(PaymentId::from_bytes).to_string(),
                amount: amount.into(),
                paid_on: tx.today().to_string(),
                words: "Bank transfer".into(),
            };
            acting
                .write(move |tx| {
                    let form = form(tx);
                    store::record_payment(tx, id, Direction::Payment, &form)
                })
                .await?
                .map_err(Error::from)?;
        }
        State::Credited => {
            let all: Vec<String> = sample.lines.iter().map(|[_, quantity, ..]| (*quantity).into()).collect();
            let words = "Done again from scratch, free of charge.";
            let credited = acting.write(move |tx| store::issue_credit_note(tx, id, &all, words)).await?;
            let credit_note = credited.map_err(Error::from)?;
            acting.write(move |tx| store::open_to(tx, credit_note, &[client])).await?;
        }
    }
    Ok(())
}
