//! Lists of invoices and credit notes.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::PersonId;
use portico_kernel::Side;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Choice, Field, PageHeader, Tab, Undo, empty_state, form_actions, icon, list, page_header,
        pagination, row, row_icon, tabs, toast,
    },
};

use super::{address, amount, client::why, client_address, draft::client_choices, standing, title};
use crate::{
    account::Account,
    document::Kind,
    money::Money,
    store::{ClientChoice, Filter, Found, Row, Which},
};

/// What stands around the list.
pub struct Around<'a> {
    pub filter: Filter,
    pub clients: &'a [ClientChoice],
    /// Of the whole list, where it begins.
    pub turnover: Option<Markup>,
}

pub fn invoices_page(frame: &Frame, today: Date, found: &Found, around: Around) -> Markup {
    let (text, filter) = (frame.text, around.filter);
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-invoices"),
            actions: Some(html! {
                (Button::quiet(text.say("billing-export")).icon("download").href("/staff/invoices/export"))
                (new_button(text, None))
            }),
            ..PageHeader::default()
        }))
        (which_tabs(text, filter))
        div.billing-narrow {
            (client_filter(text, filter, around.clients))
            @if let Some(search) = frame.pages.find("/staff/search") { (search_form(text, search)) }
        }
        (invoices_list(text, today, found, filter))
        // Looked at once a month: what is done every day stands above it.
        @if let Some(turnover) = around.turnover { (turnover) }
    }
}

fn which_tabs(text: Text, filter: Filter) -> Markup {
    let entries =
        Which::ALL.map(|which| (which, list_address(Filter { which, ..filter }, 1), text.say(which.key())));
    let entries: Vec<Tab> = entries
        .iter()
        .map(|(which, href, label)| Tab { href, label, current: *which == filter.which, count: None })
        .collect();
    tabs(&text.say("billing-by-standing"), &entries)
}

fn client_filter(text: Text, filter: Filter, clients: &[ClientChoice]) -> Markup {
    let everybody = Choice::new("", text.say("billing-all-clients"));
    let choices = std::iter::once(everybody).chain(client_choices(clients)).collect();
    let chosen = filter.client.map(|client| client.to_string()).unwrap_or_default();
    html! {
        form.form.form-row method="get" action=(HERE) {
            @if filter.which != Which::All { input type="hidden" name="which" value=(filter.which.name()); }
            (Field::select("client", text.say("billing-field-client"), choices).value(chosen))
            (form_actions(html! { (Button::secondary(text.say("billing-export-show"))) }))
        }
    }
}

/// Leads to the search page, where it is: numbers, addressees and lines are found there.
fn search_form(text: Text, search: &str) -> Markup {
    let words = text.say("billing-search");
    html! {
        search {
            form.search-box action=(search) method="get" {
                (icon("search"))
                input.search-input type="search" name="q" aria-label=(words) placeholder=(words) autocomplete="off"
                    spellcheck="false" autocapitalize="none" enterkeyhint="search";
                input type="hidden" name="kind" value="invoice";
                button.visually-hidden type="submit" { (words) }
            }
        }
    }
}

const HERE: &str = "/staff/invoices";

fn list_address(filter: Filter, page: i64) -> String {
    let which = (filter.which != Which::All).then(|| format!("which={}", filter.which.name()));
    let client = filter.client.map(|client| format!("client={client}"));
    let page = (page > 1).then(|| format!("page={page}"));
    match which.into_iter().chain(client).chain(page).collect::<Vec<_>>() {
        fields if fields.is_empty() => HERE.to_owned(),
        fields => format!("{HERE}?{}", fields.join("&")),
    }
}

pub fn invoices_list(text: Text, today: Date, found: &Found, filter: Filter) -> Markup {
    let here = list_address(filter, found.page);
    html! {
        div id="invoices" data-live-topic="invoice" data-live-href=(here) {
            @if found.rows.is_empty() {
                @let sentence = if filter.is_none() { "billing-empty" } else { "billing-none-of-these" };
                (empty_state("billing", &text.say(sentence), filter.is_none().then(|| new_button(text, None))))
            } @else {
                (list(html! { @for row in &found.rows { (invoice_row(text, today, row, Side::Staff)) } }))
                (other_pages(text, found, |page| list_address(filter, page)))
            }
        }
    }
}

pub fn quotes_page(frame: &Frame, today: Date, found: &Found) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-quotes"),
            actions: Some(html! { (new_quote_button(text)) }),
            ..PageHeader::default()
        }))
        (quotes_list(text, today, found))
    }
}

pub fn quotes_list(text: Text, today: Date, found: &Found) -> Markup {
    let address = |page: i64| match page {
        ..=1 => "/staff/quotes".to_owned(),
        page => format!("/staff/quotes?page={page}"),
    };
    html! {
        div id="quotes" data-live-topic="quote" data-live-href=(address(found.page)) {
            @if found.rows.is_empty() {
                (empty_state("note", &text.say("billing-quotes-empty"), Some(new_quote_button(text))))
            } @else {
                (list(html! { @for row in &found.rows { (invoice_row(text, today, row, Side::Staff)) } }))
                (other_pages(text, found, address))
            }
        }
    }
}

fn new_quote_button(text: Text) -> Button {
    Button::primary(text.say("billing-new-quote")).icon("plus").href("/staff/quotes/new")
}

pub fn other_pages<T>(text: Text, found: &Found<T>, address: impl Fn(i64) -> String) -> Markup {
    let previous = (found.page > 1).then(|| address(found.page - 1));
    let next = found.has_more.then(|| address(found.page + 1));
    let place = text.say_with("billing-page", &[("page", found.page.into())]);
    html! {
        @if previous.is_some() || next.is_some() {
            (pagination(text, previous.as_deref(), next.as_deref(), &place))
        }
    }
}

pub fn invoice_row(text: Text, today: Date, line: &Row, side: Side) -> Markup {
    let document = &line.entry.document;
    let href = match side {
        Side::Staff => address(document.kind, document.id),
        Side::Client => client_address(document.kind, document.id),
    };
    let client = (side == Side::Staff).then(|| document.client.1.clone());
    let day = document.issued.as_ref().map(|issued| match line.account {
        Some(account) if account.balance().is_positive() => {
            text.say_with("billing-due-on", &[("date", text.date(issued.due_on).into())])
        }
        _ if document.kind == Kind::Quote => {
            text.say_with("billing-valid-until", &[("date", text.date(issued.due_on).into())])
        }
        _ => text.date(issued.issue_on),
    });
    let part = line
        .account
        .filter(|account| account.balance().is_positive() && account.balance() != account.invoiced);
    let figure = match (part, line.entry.sums) {
        (Some(account), _) => Some(left_of(text, &account)),
        (None, Some((_, gross))) => Some(amount(text, gross)),
        (None, None) => None,
    };
    let changed = part.map(|account| why(text, &account));
    let detail = client.into_iter().chain(day).chain(changed).collect::<Vec<_>>().join(" · ");
    row(&portico_ui::components::Row {
        id: Some(format!("invoice-{}", document.id)),
        lead: Some(row_icon("billing")),
        name: &title(text, document),
        href: Some(&href),
        detail: Some(html! { (detail) }),
        meta: Some(html! {
            (standing(text, line, today))
            // Without a sum, too, so that what stands before it is in line with its neighbours.
            span.billing-amount { @if let Some(figure) = &figure { (figure) } }
        }),
        ..Default::default()
    })
}

/// "€60.00 of €100.00", where the rest was paid or credited.
fn left_of(text: Text, account: &Account) -> String {
    let [left, whole] = [account.balance(), account.invoiced].map(|money| amount(text, money));
    text.say_with("billing-left-of", &[("left", left.into()), ("whole", whole.into())])
}

/// What is left to pay of all that is due, each currency by itself (P20): "€60.00 · CHF 20.00 in all".
pub fn owed_in_all(text: Text, totals: &[Money]) -> Markup {
    let amounts = totals.iter().map(|total| amount(text, *total)).collect::<Vec<_>>().join(" · ");
    html! { p.billing-quiet { (text.say_with("billing-owed-in-all", &[("amounts", amounts.into())])) } }
}

pub fn new_button(text: Text, client: Option<PersonId>) -> Button {
    let href = match client {
        Some(client) => format!("/staff/invoices/new?client={client}"),
        None => "/staff/invoices/new".to_owned(),
    };
    Button::primary(text.say("billing-new-invoice")).icon("plus").href(href)
}

pub fn deleted_toast(frame: &Frame, id: &str) -> Markup {
    let undo = Undo { token: &frame.form_token, action: &format!("/staff/documents/{id}/restoration") };
    toast(frame.text, &frame.text.say("billing-draft-deleted"), Some(undo))
}
