use maud::{Markup, html};
use portico_facts::{CompanyId, PersonId};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Language, Text,
    components::{
        Button, Choice, Dot, Field, PageHeader, Row, Undo, avatar, breadcrumb, button_form, dialog,
        dialog_form, dot, empty_state, form_actions, list, page_header, row, section, toast,
    },
};

use super::{List, companies, filter, list_tabs, other_pages, problem};
use crate::{
    client::{Client, ClientForm},
    listing::{Found, Wanted},
};

/// The id of a client's header.
pub const HEADER: &str = "client-header";

pub fn address(id: PersonId) -> String {
    format!("/staff/clients/{id}")
}

pub fn clients_page(frame: &Frame, found: &Found<Client>, wanted: &Wanted) -> Markup {
    let text = frame.text;
    let nobody = found.total == 0 && wanted.query().is_empty();
    html! {
        (page_header(&PageHeader {
            title: &text.say("clients-clients"),
            // The empty list holds the button itself.
            actions: (!nobody && may_add(frame)).then(|| html! { (new_button(text)) }),
            ..PageHeader::default()
        }))
        @if frame.pages.find("/staff/companies").is_some() { (list_tabs(text, List::Clients)) }
        @if !nobody { (filter(text, "/staff/clients", "#clients", &text.say("clients-filter"), wanted)) }
        (clients_list(frame, found, wanted))
    }
}

/// Fetches itself again when somebody joins, is invited, comes or goes (P1).
pub fn clients_list(frame: &Frame, found: &Found<Client>, wanted: &Wanted) -> Markup {
    let text = frame.text;
    let here = wanted.address("/staff/clients", found.page);
    html! {
        div id="clients" data-live-topic="person invitation" data-live-href=(here) {
            @if found.total > 0 {
                (list(html! { @for client in &found.rows { (client_row(text, client)) } }))
                (other_pages(text, "/staff/clients", found, wanted))
            } @else if wanted.query().is_empty() {
                (empty_state("clients", &text.say("clients-empty"), may_add(frame).then(|| new_button(text))))
            } @else {
                (empty_state("search", &text.say_with("clients-nothing", &[("query", wanted.query().into())]), None))
            }
        }
    }
}

pub(super) fn client_row(text: Text, client: &Client) -> Markup {
    row(&Row {
        id: Some(format!("client-{}", client.id)),
        lead: Some(avatar(&client.name)),
        name: &client.name,
        href: Some(&address(client.id)),
        detail: Some(html! { (row_detail(client)) }),
        meta: Some(standing(text, client.dot)),
        ..Row::default()
    })
}

/// The address is not said twice where it stands in for a name that nobody has told yet.
fn row_detail(client: &Client) -> String {
    let email = Some(client.email.as_str()).filter(|email| *email != client.name);
    let company = client.company.as_ref().map(|(_, name)| name.as_str());
    email.into_iter().chain(company).collect::<Vec<_>>().join(" · ")
}

fn standing(text: Text, state: Option<Dot>) -> Markup {
    html! {
        @match state {
            Some(state) => (dot(text, state)),
            None => span { (text.say("clients-not-invited")) },
        }
    }
}

/// Limited members find theirs, and add none.
fn may_add(frame: &Frame) -> bool {
    frame.pages.find("/staff/clients/new").is_some()
}

fn may_change(frame: &Frame) -> bool {
    frame.pages.find("/staff/clients/:client/edit").is_some()
}

fn new_button(text: Text) -> Button {
    Button::primary(text.say("clients-new")).icon("plus").dialog("/staff/clients/new")
}

pub fn client_page(header: Markup, sections: &[Markup], ending: Option<Markup>) -> Markup {
    html! {
        (header)
        @for section in sections { (section) }
        @if let Some(ending) = ending { (ending) }
    }
}

/// At the end of the page and apart from what is done every day; nothing for limited members.
pub fn ending(frame: &Frame, client: PersonId, may_erase: bool) -> Option<Markup> {
    if !may_change(frame) {
        return None;
    }
    let (text, here) = (frame.text, address(client));
    let body = html! {
        p.field-hint {
            (text.say("clients-ending-delete"))
            @if may_erase { " " (text.say("clients-ending-erase")) }
        }
        (form_actions(html! {
            (button_form(&frame.form_token, &format!("{here}/deletion"),
                Button::quiet(text.say("clients-delete")).icon("trash")))
            @if may_erase {
                (Button::quiet(text.say("clients-erase")).icon("trash").dialog(format!("{here}/erasure")))
            }
        }))
    };
    let title = if may_erase { "clients-ending" } else { "clients-delete" };
    Some(section(&text.say(title), html! {}, body))
}

/// `may_export`: take home what is known of them.
pub fn client_header(frame: &Frame, client: &Client, may_export: bool) -> Markup {
    let text = frame.text;
    let here = address(client.id);
    let topics = format!("person:{} invitation", client.id);
    let actions = html! {
        (Button::secondary(text.say("clients-edit")).icon("pencil").dialog(format!("{here}/edit")))
        @if may_export {
            (Button::quiet(text.say("clients-export")).icon("download").download(format!("{here}/person.zip")))
        }
    };
    html! {
        div id=(HEADER) data-live-topic=(topics) data-live-href=(here) {
            (page_header(&PageHeader {
                title: &client.name,
                breadcrumb: Some(breadcrumb(text, &[("/staff/clients", &text.say("clients-clients"))])),
                detail: Some(client_detail(frame, client)),
                actions: may_change(frame).then_some(actions),
            }))
        }
    }
}

fn client_detail(frame: &Frame, client: &Client) -> Markup {
    let text = frame.text;
    html! {
        (standing(text, client.dot))
        a href={ "mailto:" (client.email) } { (client.email) }
        @if let Some((id, company)) = &client.company { a href=[company_page(frame, *id)] { (company) } }
        @if let Some(language) = client.language { span lang=(language.code()) { (language.own_name()) } }
    }
}

fn company_page(frame: &Frame, company: CompanyId) -> Option<String> {
    frame.pages.find("/staff/companies/:company").map(|_| companies::address(company))
}

/// What the form for a client shows.
pub struct Fields<'a> {
    pub input: &'a ClientForm,
    pub problems: &'a Problems,
    /// The names of companies to choose from.
    pub companies: Vec<String>,
    /// The organization's.
    pub language: Language,
}

pub fn new_dialog(frame: &Frame, fields: &Fields) -> Markup {
    let title = frame.text.say("clients-new");
    form_dialog(frame, &title, "/staff/clients", "/staff/clients", fields)
}

pub fn edit_dialog(frame: &Frame, id: PersonId, title: &str, fields: &Fields) -> Markup {
    form_dialog(frame, title, &address(id), &address(id), fields)
}

fn form_dialog(frame: &Frame, title: &str, action: &str, back: &str, fields: &Fields) -> Markup {
    let text = frame.text;
    let save = Button::primary(text.say("clients-save"));
    let body = client_fields(frame, fields);
    dialog(text, title, back, dialog_form(text, &frame.form_token, action, back, save, body))
}

fn client_fields(frame: &Frame, fields: &Fields) -> Markup {
    let text = frame.text;
    let Fields { input, problems, companies, language } = fields;
    let follow = text.say_with("clients-language-organization", &[("language", language.own_name().into())]);
    let mut languages = vec![Choice::new("", follow)];
    languages.extend(Language::ALL.map(|language| Choice::new(language.code(), language.own_name())));
    html! {
        (Field::text("name", text.say("clients-name")).value(&input.name).required().focus().autocomplete("off")
            .error(problem(frame, problems, "name")))
        (Field::email("email", text.say("clients-email")).value(&input.email).required().autocomplete("off")
            .error(problem(frame, problems, "email")))
        (Field::text("company", text.say("clients-company")).value(&input.company).optional(text).autocomplete("off")
            .suggestions(companies.clone()).hint(text.say("clients-company-hint"))
            .error(problem(frame, problems, "company")))
        (Field::select("language", text.say("clients-language"), languages).value(&input.language)
            .error(problem(frame, problems, "language")))
    }
}

pub fn deleted_toast(frame: &Frame, id: PersonId, name: &str) -> Markup {
    let message = frame.text.say_with("clients-deleted", &[("name", name.into())]);
    let undo = Undo { token: &frame.form_token, action: &format!("{}/restoration", address(id)) };
    toast(frame.text, &message, Some(undo))
}
