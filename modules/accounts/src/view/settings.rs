use maud::{Markup, html};
use portico_kernel::SettingsPage;
use portico_ui::{
    Frame,
    components::{PageHeader, Row, empty_state, list, page_header, row, row_icon},
};

pub fn index(frame: &Frame, pages: &[SettingsPage]) -> Markup {
    let text = frame.text;
    let title = text.say("accounts-settings");
    html! {
        (page_header(&PageHeader { title: &title, breadcrumb: None, detail: None, actions: None }))
        @if pages.is_empty() {
            (empty_state("settings", &text.say("accounts-settings-none"), None))
        } @else {
            (list(html! { @for page in pages { (settings_row(frame, page)) } }))
        }
    }
}

fn settings_row(frame: &Frame, page: &SettingsPage) -> Markup {
    row(&Row {
        lead: Some(row_icon(page.icon)),
        name: &frame.text.say(page.label),
        href: Some(page.href),
        detail: Some(html! { (frame.text.say(page.hint)) }),
        ..Row::default()
    })
}
