//! Rows: something with a name, what is worth knowing about it, and what can be done to it.

use maud::{Markup, html};

use super::{icon, menu};

/// One row of a [`list`].
#[derive(Default)]
pub struct Row<'a> {
    pub id: Option<String>,
    /// What stands before the name, see [`row_icon`], [`row_thumbnail`] and `avatar`.
    pub lead: Option<Markup>,
    pub name: &'a str,
    pub href: Option<&'a str>,
    /// Opens as a dialog (a preview, a form) instead of a page.
    pub opens: RowOpens,
    /// Small words under the name.
    pub detail: Option<Markup>,
    /// On the right, in line with its neighbours: size, date, dot, amount.
    pub meta: Option<Markup>,
    /// A `menu` or buttons.
    pub actions: Option<Markup>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowOpens {
    #[default]
    Page,
    Dialog,
    /// Leaves for another place on the web.
    NewTab,
}

pub fn row(row: &Row<'_>) -> Markup {
    html! { li.row id=[&row.id] { (row_content(row)) } }
}

/// The inside of a row, for lists with their own `li` (see `reorder`).
pub fn row_content(row: &Row<'_>) -> Markup {
    html! {
        @if let Some(lead) = &row.lead { span.row-lead { (lead) } }
        div.row-words {
            @match row.href {
                Some(href) => a.row-name href=(href) data-dialog[row.opens == RowOpens::Dialog]
                    target=[(row.opens == RowOpens::NewTab).then_some("_blank")]
                    rel=[(row.opens == RowOpens::NewTab).then_some("noopener noreferrer")] { (row.name) },
                None => span.row-name { (row.name) },
            }
            @if let Some(detail) = &row.detail { div.row-detail { (detail) } }
        }
        @if let Some(meta) = &row.meta { div.row-meta { (meta) } }
        @if let Some(actions) = &row.actions { div.row-actions { (actions) } }
    }
}

/// A list of rows with hairlines between them.
pub fn list(rows: Markup) -> Markup {
    html! { ul.list role="list" { (rows) } }
}

/// The same on a surface of its own: for few rows that weigh much, such as what waits for a client.
pub fn list_raised(rows: Markup) -> Markup {
    html! { ul.list.list-raised role="list" { (rows) } }
}

pub fn row_icon(name: &'static str) -> Markup {
    html! { span.row-icon { (icon(name)) } }
}

pub fn row_thumbnail(href: &str) -> Markup {
    html! { img.row-thumbnail src=(href) alt="" loading="lazy" decoding="async"; }
}

pub fn sample() -> Markup {
    let more = menu::menu(
        "More",
        "Actions for Homepage draft.pdf",
        html! { (menu::menu_link("#", Some("pencil"), "Rename")) },
    );
    list(html! {
        (row(&Row {
            lead: Some(row_icon("file-text")),
            name: "Homepage draft.pdf",
            href: Some("#"),
            detail: Some(html! { "Added by Ada, 2 days ago" }),
            meta: Some(html! { "1.2 MB" }),
            actions: Some(more),
            ..Row::default()
        }))
        (row(&Row { lead: Some(row_icon("folder")), name: "Photographs", href: Some("#"), meta: Some(html! { "24 items" }), ..Row::default() }))
    })
}
