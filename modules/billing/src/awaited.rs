//! What staff wait for of clients: answers to quotes, and payments of invoices.

use portico_facts::DocumentId;
use portico_kernel::{Awaited, AwaitedLine, Result, Tx};
use portico_ui::Frame;

use crate::{
    document::Kind,
    quote::Standing,
    store::{self, AwaitedDocument},
    view::{address, title_of},
};

pub fn quotes() -> Awaited {
    Awaited {
        noun: "quote",
        topics: "quote",
        list: unanswered,
        remind: |tx, _, subject| store::remind_of_quote(tx, DocumentId::from(subject)),
    }
}

pub fn invoices() -> Awaited {
    Awaited {
        noun: "invoice",
        topics: "invoice",
        list: unpaid,
        remind: |tx, _, subject| store::remind_of_invoice(tx, DocumentId::from(subject)),
    }
}

fn unanswered(tx: &mut Tx, frame: &Frame, most: i64) -> Result<Vec<AwaitedLine>> {
    let found = store::awaited_quotes(tx, most)?;
    Ok(found.into_iter().filter_map(|quote| line(frame, Kind::Quote, Standing::Sent.key(), quote)).collect())
}

fn unpaid(tx: &mut Tx, frame: &Frame, most: i64) -> Result<Vec<AwaitedLine>> {
    let found = store::awaited_invoices(tx, most)?;
    let reminded = store::last_reminders(tx, found.iter().map(|invoice| invoice.id).collect())?;
    let line = |invoice: AwaitedDocument| {
        let reminded_at = reminded.get(&invoice.id).copied();
        let line = line(frame, Kind::Invoice, "billing-awaited-payment", invoice)?;
        Some(AwaitedLine { reminded_at, ..line })
    };
    Ok(found.into_iter().filter_map(line).collect())
}

fn line(frame: &Frame, kind: Kind, waits: &str, document: AwaitedDocument) -> Option<AwaitedLine> {
    let (text, id) = (frame.text, document.id);
    Some(AwaitedLine {
        subject: id.into(),
        what: format!("{} · {}", title_of(text, kind, document.number.as_deref()), text.say(waits)),
        href: Some(address(kind, id)),
        since: document.issued_at?,
        reminded_at: None,
        who: document.client,
    })
}
