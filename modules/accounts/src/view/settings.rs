use maud::{Markup, html};
use portico_kernel::{Problems, SettingsPage};
use portico_ui::{
    Frame,
    components::{
        Button, Choice, Field, PageHeader, Row, breadcrumb, card, empty_state, form, form_actions, list,
        page_header, row, row_icon,
    },
};

use super::error;
use crate::staff_rule::StaffRule;

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

pub fn staff_rule(frame: &Frame, rule: StaffRule, problems: &Problems) -> Markup {
    let text = frame.text;
    let crumbs = breadcrumb(text, &[("/staff/settings", &text.say("accounts-settings"))]);
    let choices = vec![
        Choice::new(StaffRule::Optional.name(), text.say("accounts-staff-rule-optional")),
        Choice::new(StaffRule::Required.name(), text.say("accounts-staff-rule-required")),
    ];
    html! {
        (page_header(&PageHeader {
            title: &text.say("accounts-sign-in-settings"),
            breadcrumb: Some(crumbs),
            detail: None,
            actions: None,
        }))
        (card(form(&frame.form_token, "/staff/settings/sign-in", html! {
            (Field::radios("staff", text.say("accounts-second-step"), choices).value(rule.name()).required()
                .hint(text.say("accounts-staff-rule-hint")).error(error(text, problems, "staff")))
            (form_actions(html! { (Button::primary(text.say("accounts-save"))) }))
        })))
    }
}
