//! A number that matters, and what it counts.

use maud::{Markup, html};

pub struct Stat<'a> {
    pub label: &'a str,
    /// Written in the reader's format.
    pub figure: &'a str,
    pub detail: Option<&'a str>,
    pub href: Option<&'a str>,
}

pub fn stats(stats: &[Stat<'_>]) -> Markup {
    html! { dl.stats { @for each in stats { (stat(each)) } } }
}

fn stat(stat: &Stat<'_>) -> Markup {
    html! {
        div.stat {
            dt { @match stat.href { Some(href) => a href=(href) { (stat.label) }, None => (stat.label) } }
            dd.stat-figure { (stat.figure) }
            @if let Some(detail) = stat.detail { dd.field-hint { (detail) } }
        }
    }
}

pub fn sample() -> Markup {
    stats(&[
        Stat { label: "Due", figure: "4,280.00 €", detail: Some("2 invoices"), href: Some("#") },
        Stat { label: "Overdue", figure: "1,200.00 €", detail: Some("since 14 days"), href: None },
    ])
}
