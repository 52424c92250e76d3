//! What billing has in a copy of a portal that opens without a server: the documents of its project (P14), each as its paper.

use maud::{Markup, html};
use portico_facts::DocumentId;
use portico_kernel::{OfflineBytes, OfflineCopy, OfflineEyes, OfflinePart, OfflinePath, OfflineTx, Result};
use portico_ui::{Language, Text, components::section};

use crate::{
    document::Kind,
    pages::papers,
    store::{self, Row, Shelf},
    view,
};

/// The newest quotes, and as many invoices.
const MOST: i64 = 50;

pub fn part() -> OfflinePart {
    OfflinePart { name: "billing", order: 40, kinds: &[], gather }
}

fn gather(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) -> Result<()> {
    let Some(project) = copy.plan.project else { return Ok(()) };
    let rows = match tx {
        OfflineTx::Staff(tx) => {
            let mut rows = store::quotes_of_project(tx, project, MOST)?;
            rows.extend(store::invoices_of_project(tx, project)?);
            rows
        }
        OfflineTx::Client(tx) => store::client::of_project(tx, project)?,
    };
    let (text, today) = (copy.text, tx.core().today());
    let mut lines: Vec<Markup> = Vec::new();
    let mut titles = String::new();
    for row in &rows {
        let document = &row.entry.document;
        // Drafts have no paper.
        let (Some(issued), Some(shelf)) = (&document.issued, shelf(document.kind)) else { continue };
        let title = view::title(text, document);
        let path = copy.place("papers", &title, Some(".pdf"));
        let href = path.seen_from(&OfflinePath::first_page());
        let (id, language) = (document.id, text.language);
        copy.file(
            path,
            Some(title.clone()),
            OfflineBytes::made(move |eyes| paper(eyes, shelf, id, language)),
        );
        lines.push(html! {
            li {
                a href=(href) { (title) }
                span.offline-quiet { (text.date(issued.issue_on)) (sum(row, text)) " · " (view::standing(text, row, today)) }
            }
        });
        titles.push_str(&title);
        titles.push('\n');
    }
    if !lines.is_empty() {
        let list = html! { ul.offline-list { @for line in &lines { (line) } } };
        copy.on_first_page(section(&text.say("billing-navigation"), html! {}, list), &titles);
    }
    Ok(())
}

fn sum(row: &Row, text: Text) -> String {
    row.entry.sums.map(|(_, gross)| format!(" · {}", view::amount(text, gross))).unwrap_or_default()
}

fn shelf(kind: Kind) -> Option<Shelf> {
    match kind {
        Kind::Quote => Some(Shelf::Quotes),
        Kind::Invoice | Kind::CreditNote => Some(Shelf::Invoices),
        Kind::Subscription => None,
    }
}

async fn paper(eyes: OfflineEyes, shelf: Shelf, id: DocumentId, language: Language) -> Result<Vec<u8>> {
    let (_, bytes) = match &eyes {
        OfflineEyes::Staff(staff) => papers::kept_or_drawn(staff, shelf, id, language).await?,
        OfflineEyes::Client(viewer) => papers::kept_or_drawn_for_client(&viewer.client, shelf, id).await?,
    };
    Ok(bytes)
}
