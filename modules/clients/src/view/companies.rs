use maud::{Markup, html};
use portico_facts::CompanyId;
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Field, NoticeKind, PageHeader, Row, Undo, breadcrumb, button_form, dialog, dialog_form,
        empty_state, list, notice, page_header, row, row_icon, toast,
    },
};

use super::{List, clients::client_row, filter, list_tabs, other_pages, problem};
use crate::{
    client::Client,
    company::{Company, CompanyForm},
    listing::{Found, Wanted},
};

/// Names of people in a sentence before it only counts.
const NAMED: usize = 5;

/// What was tried on a company's page and did not work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    None,
    Deletion,
}

pub fn address(id: CompanyId) -> String {
    format!("/staff/companies/{id}")
}

pub fn companies_page(frame: &Frame, found: &Found<Company>, wanted: &Wanted) -> Markup {
    let text = frame.text;
    let none = found.total == 0 && wanted.query().is_empty();
    html! {
        (page_header(&PageHeader {
            title: &text.say("clients-companies"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/clients", &text.say("clients-clients"))])),
            // The empty list holds the button itself.
            actions: (!none).then(|| html! { (new_button(text)) }),
            ..PageHeader::default()
        }))
        (list_tabs(text, List::Companies))
        @if !none { (filter(text, "/staff/companies", "#companies", &text.say("clients-company-filter"), wanted)) }
        (companies_list(frame, found, wanted))
    }
}

pub fn companies_list(frame: &Frame, found: &Found<Company>, wanted: &Wanted) -> Markup {
    let text = frame.text;
    let here = wanted.address("/staff/companies", found.page);
    html! {
        div id="companies" data-live-topic="company person" data-live-href=(here) {
            @if found.total > 0 {
                (list(html! { @for company in &found.rows { (company_row(text, company)) } }))
                (other_pages(text, "/staff/companies", found, wanted))
            } @else if wanted.query().is_empty() {
                (empty_state("company", &text.say("clients-company-empty"), Some(new_button(text))))
            } @else {
                (empty_state("search", &text.say_with("clients-nothing", &[("query", wanted.query().into())]), None))
            }
        }
    }
}

fn company_row(text: Text, company: &Company) -> Markup {
    row(&Row {
        id: Some(format!("company-{}", company.id)),
        lead: Some(row_icon("company")),
        name: &company.name,
        href: Some(&address(company.id)),
        meta: Some(html! { (text.say_with("clients-count", &[("count", company.people.into())])) }),
        ..Row::default()
    })
}

fn new_button(text: Text) -> Button {
    Button::primary(text.say("clients-company-new")).icon("plus").dialog("/staff/companies/new")
}

pub fn company_page(
    frame: &Frame,
    company: &Company,
    people: &Found<Client>,
    wanted: &Wanted,
    attempt: Attempt,
    sections: &[Markup],
) -> Markup {
    let text = frame.text;
    let here = address(company.id);
    let places = [
        ("/staff/clients", &*text.say("clients-clients")),
        ("/staff/companies", &*text.say("clients-companies")),
    ];
    let actions = html! {
        (Button::secondary(text.say("clients-rename")).icon("pencil").dialog(format!("{here}/edit")))
        (button_form(&frame.form_token, &format!("{here}/deletion"),
            Button::quiet(text.say("clients-delete")).icon("trash")))
    };
    html! {
        (page_header(&PageHeader {
            title: &company.name,
            breadcrumb: Some(breadcrumb(text, &places)),
            actions: Some(actions),
            ..PageHeader::default()
        }))
        @if attempt == Attempt::Deletion { (still_in_use(text, company, people)) }
        (company_people(frame, company, people, wanted))
        @for section in sections { (section) }
    }
}

/// Says who keeps the company from being deleted.
fn still_in_use(text: Text, company: &Company, people: &Found<Client>) -> Markup {
    let named: Vec<&str> = people.rows.iter().take(NAMED).map(|client| client.name.as_str()).collect();
    let sentence = text.say_with(
        "clients-company-in-use",
        &[
            ("company", (&company.name).into()),
            ("names", named.join(", ").into()),
            ("others", people.total.saturating_sub(named.len()).into()),
        ],
    );
    notice(NoticeKind::Error, &sentence)
}

pub fn company_people(frame: &Frame, company: &Company, people: &Found<Client>, wanted: &Wanted) -> Markup {
    let text = frame.text;
    let path = address(company.id);
    let here = wanted.address(&path, people.page);
    html! {
        div id="company-people" data-live-topic="person invitation" data-live-href=(here) {
            @if people.total > 0 {
                (list(html! { @for client in &people.rows { (client_row(text, client)) } }))
                (other_pages(text, &path, people, wanted))
            } @else {
                (empty_state("clients", &text.say("clients-company-nobody"), None))
            }
        }
    }
}

pub fn new_dialog(frame: &Frame, input: &CompanyForm, problems: &Problems) -> Markup {
    let title = frame.text.say("clients-company-new");
    name_dialog(frame, &title, "/staff/companies", input, problems)
}

pub fn rename_dialog(frame: &Frame, id: CompanyId, input: &CompanyForm, problems: &Problems) -> Markup {
    let title = frame.text.say("clients-company-rename-title");
    name_dialog(frame, &title, &address(id), input, problems)
}

/// `action` is also the page that the dialog belongs to.
fn name_dialog(frame: &Frame, title: &str, action: &str, input: &CompanyForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let save = Button::primary(text.say("clients-save"));
    let name = Field::text("name", text.say("clients-name")).value(&input.name).required().focus();
    let name = name.autocomplete("off").error(problem(frame, problems, "name"));
    let form = dialog_form(text, &frame.form_token, action, action, save, html! { (name) });
    dialog(text, title, action, form)
}

pub fn deleted_toast(frame: &Frame, id: CompanyId, name: &str) -> Markup {
    let message = frame.text.say_with("clients-company-deleted", &[("name", name.into())]);
    let undo = Undo { token: &frame.form_token, action: &format!("{}/restoration", address(id)) };
    toast(frame.text, &message, Some(undo))
}
