//! What billing costs where there is much of it: a list beside a short one, the drawing of a document, and a day on which
//! a thousand subscriptions fall due. It has an installation of its own, since nobody else's pages are to grow with it.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::BigInt,
};
use portico_billing_paper::{Day, Fact, Line, Paper, Party, Table, draw};

use crate::{
    load::{Load, Times},
    portico::Portico,
    process::Process,
    settings::Settings,
    table::{Figure, Limit, Row, Unit},
    visitor::Visitor,
};

const FEW: usize = 50;
const MANY: usize = 5_000;
const SUBSCRIPTIONS: usize = 1_000;
const DRAWINGS: usize = 50;

pub async fn measure(folder: &Path, settings: &Settings) -> Result<Vec<Row>> {
    let portico = Portico::fill(folder, &[])?;
    let mut database = Database::open(&portico)?;
    database.add_invoices(0, FEW)?;
    let few = lists(&portico, settings).await?;
    database.add_invoices(FEW, MANY)?;
    let many = lists(&portico, settings).await?;
    let mut rows = vec![
        beside_few("staff's list of invoices", many.staff, few.staff),
        beside_few("a client's billing page", many.client, few.client),
        Row::new("drawing an invoice of one page, p50", drawing()?).limit(Limit::AtMost(150.0)),
    ];
    rows.push(Row::new(
        format!("{SUBSCRIPTIONS} subscriptions invoiced in one run"),
        run(&portico, database)?,
    ));
    Ok(rows)
}

fn beside_few(what: &str, many: Figure, few: Figure) -> Row {
    Row::new(format!("{what}, {MANY} documents, p50"), many).beside("50", few).limit(Limit::OfPeer(0.5))
}

struct Lists {
    staff: Figure,
    client: Figure,
}

async fn lists(portico: &Portico, settings: &Settings) -> Result<Lists> {
    let server = portico.serve()?;
    let ada = portico.sign_in(&server, "ada@studio.test").await?;
    let carol = portico.sign_in(&server, "carol@acme.test").await?;
    Ok(Lists {
        staff: page(&server, &ada, "/staff/invoices", settings).await?,
        client: page(&server, &carol, "/billing", settings).await?,
    })
}

async fn page(server: &Process, visitor: &Visitor, path: &str, settings: &Settings) -> Result<Figure> {
    let load = Load::put_on(server, vec![visitor.get(path)], 1, settings.duration / 2).await?;
    Ok(load.times.percentile(50))
}

fn drawing() -> Result<Figure> {
    let paper = paper();
    // The first one reads the fonts.
    draw(&paper, None)?;
    let mut times = Vec::with_capacity(DRAWINGS);
    for _ in 0..DRAWINGS {
        let started = Instant::now();
        draw(&paper, None)?;
        times.push(started.elapsed());
    }
    Ok(Times::new(times).percentile(50))
}

fn paper() -> Paper {
    let fact = |label: &str, value: &str| Fact { label: label.into(), value: value.into() };
    let cells = ["Design of eight page types", "16", "348.35", "4 %", "VAT 22 %", "€5,350.66"];
    Paper {
        language: "en",
        title: "Invoice INV-2026-0042".into(),
        day: Day { year: 2026, month: 11, day: 26 },
        seller: Party {
            name: "Studio Nord".into(),
            details: "14 rue de la Forge\n69003 Lyon".into(),
            ..Party::default()
        },
        buyer: Party { label: "Bill to".into(), name: "Acme".into(), details: "1 Quay Street".into() },
        facts: vec![fact("Number", "INV-2026-0042"), fact("Due date", "10 December 2026")],
        table: Table {
            summary: "Lines".into(),
            headings: ["Description", "Quantity", "Unit price", "Discount", "Tax", "Net"].map(str::to_owned),
            lines: vec![Line { cells: cells.map(str::to_owned), ..Line::default() }; 12],
        },
        totals: vec![fact("Net", "€5,350.66"), fact("Total", "€6,527.81")],
        page_of: "Page {page} of {pages}".into(),
        ..Paper::default()
    }
}

/// From the start of the server to the last invoice, by which time the first ones are being sent.
fn run(portico: &Portico, mut database: Database) -> Result<Figure> {
    database.add_subscriptions(SUBSCRIPTIONS)?;
    let before = database.invoiced_periods()?;
    let started = Instant::now();
    let _server = portico.serve()?;
    while database.invoiced_periods()? < before + SUBSCRIPTIONS as i64 {
        if started.elapsed() > Duration::from_secs(1_800) {
            bail!("a thousand subscriptions were not invoiced in half an hour");
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(Unit::PerSecond.of(SUBSCRIPTIONS as f64 / started.elapsed().as_secs_f64()))
}

/// What the product's own addresses would take too long to fill.
struct Database(SqliteConnection);

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl Database {
    fn open(portico: &Portico) -> Result<Self> {
        let file = portico.database();
        let mut connection = SqliteConnection::establish(file.to_str().context("a path in plain text")?)?;
        connection.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON")?;
        Ok(Self(connection))
    }

    /// As the oldest of Carol's: issued, sent to her, and paid.
    fn add_invoices(&mut self, from: usize, to: usize) -> Result<()> {
        const REST: &str =
            "kind, client_id, currency, buyer, buyer_tax_number, words, issue_on, due_on, created_at,
            issued_at, seller, net, gross";
        let first = "SELECT d.id FROM billing_documents d JOIN people p ON p.id = d.client_id
            WHERE p.email = 'carol@acme.test' AND d.kind = 'invoice' AND d.number IS NOT NULL ORDER BY d.id LIMIT 1";
        self.0.batch_execute(&format!(
            "BEGIN;
            INSERT INTO billing_documents (organization_id, id, number, {REST})
            WITH RECURSIVE copies (i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM copies WHERE i + 1 < {to})
            SELECT organization_id, randomblob(16), 'COPY-' || i, {REST} FROM billing_documents, copies
            WHERE id = ({first});
            INSERT INTO billing_balances (organization_id, document_id, due_on, balance)
            SELECT organization_id, id, due_on, gross FROM billing_documents d WHERE number LIKE 'COPY-%'
            AND NOT EXISTS (SELECT 1 FROM billing_balances b WHERE b.document_id = d.id);
            INSERT INTO billing_recipients (organization_id, document_id, person_id, sent_at)
            SELECT organization_id, id, client_id, created_at FROM billing_documents d WHERE number LIKE 'COPY-%'
            AND NOT EXISTS (SELECT 1 FROM billing_recipients r WHERE r.document_id = d.id);
            INSERT INTO billing_payments (organization_id, id, document_id, kind, amount, paid_on, words, recorded_at)
            SELECT organization_id, randomblob(16), id, 'payment', gross, issue_on, '', created_at
            FROM billing_documents d WHERE number LIKE 'COPY-%'
            AND NOT EXISTS (SELECT 1 FROM billing_payments p WHERE p.document_id = d.id);
            COMMIT"
        ))?;
        Ok(())
    }

    /// As the one that runs in the demo, with their first period before them; and the job that looks for them.
    fn add_subscriptions(&mut self, count: usize) -> Result<()> {
        const OF_DOCUMENT: &str = "kind, client_id, project_id, currency, buyer, buyer_tax_number, buyer_country, words, created_at";
        const OF_LINE: &str =
            "position, description, quantity, unit_price, discount, tax_id, net, section, optional";
        const OF_PLAN: &str = "name, every, unit, anchor_on, first_number, payment_days, state";
        self.0.batch_execute(&format!(
            "BEGIN;
            CREATE TEMP TABLE pattern AS SELECT organization_id, document_id AS id FROM billing_subscriptions
            WHERE name = 'Website care';
            CREATE TEMP TABLE copies AS
            WITH RECURSIVE counted (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < {count})
            SELECT organization_id, id AS pattern, randomblob(16) AS id FROM pattern, counted;
            INSERT INTO billing_documents (organization_id, id, {OF_DOCUMENT})
            SELECT c.organization_id, c.id, {OF_DOCUMENT} FROM copies c
            JOIN (SELECT id AS pattern, {OF_DOCUMENT} FROM billing_documents) d USING (pattern);
            INSERT INTO billing_lines (organization_id, id, document_id, {OF_LINE})
            SELECT c.organization_id, randomblob(16), c.id, {OF_LINE} FROM copies c
            JOIN (SELECT document_id AS pattern, {OF_LINE} FROM billing_lines) l USING (pattern);
            INSERT INTO billing_recipients (organization_id, document_id, person_id, sent_at)
            SELECT c.organization_id, c.id, person_id, sent_at FROM copies c
            JOIN (SELECT document_id AS pattern, person_id, sent_at FROM billing_recipients) r USING (pattern);
            INSERT INTO billing_subscriptions (organization_id, document_id, next_number, next_on, {OF_PLAN})
            SELECT c.organization_id, c.id, 0, anchor_on, {OF_PLAN} FROM copies c
            JOIN (SELECT document_id AS pattern, {OF_PLAN} FROM billing_subscriptions) s USING (pattern);
            INSERT INTO jobs (organization_id, kind, payload, created_at, run_at, attempts)
            SELECT organization_id, 'billing-subscriptions', 'null', 0, 0, 0 FROM pattern;
            COMMIT"
        ))?;
        Ok(())
    }

    fn invoiced_periods(&mut self) -> Result<i64> {
        let counted = sql_query("SELECT count(*) AS count FROM billing_periods WHERE invoice_id IS NOT NULL");
        Ok(counted.get_result::<Count>(&mut self.0)?.count)
    }
}
