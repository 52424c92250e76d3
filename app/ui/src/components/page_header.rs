//! The top of a page: the way here, the one `h1`, and what can be done.

use maud::{Markup, html};

#[derive(Default)]
pub struct PageHeader<'a> {
    pub title: &'a str,
    /// From `breadcrumb`.
    pub breadcrumb: Option<Markup>,
    /// Small facts under the title: a badge, dates, people.
    pub detail: Option<Markup>,
    /// Buttons, the most important first.
    pub actions: Option<Markup>,
}

pub fn page_header(header: &PageHeader<'_>) -> Markup {
    html! {
        header.page-header {
            @if let Some(breadcrumb) = &header.breadcrumb { (breadcrumb) }
            div.page-header-line {
                h1 { (header.title) }
                @if let Some(actions) = &header.actions { div.page-actions { (actions) } }
            }
            @if let Some(detail) = &header.detail { div.page-detail { (detail) } }
        }
    }
}

pub fn sample() -> Markup {
    // A heading of a sample must not be a second h1 of the developers' page.
    html! { header.page-header { div.page-header-line { p.h1 { "Website redesign" } } } }
}
