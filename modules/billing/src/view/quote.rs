//! A quote that was sent: the paper, and what became of it or may yet.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::{DocumentId, ProjectId};
use portico_ui::{
    Frame, Text,
    components::{Button, NoticeKind, PageHeader, badge, breadcrumb, button_form, notice_with, page_header},
};

use super::{
    address, download, forms,
    invoice::recipients_section,
    invoice_address,
    paper::quote_paper,
    template::{pattern_menu, template_badge},
    title,
};
use crate::{
    document::{Document, Issued, Kind, Sheet},
    quote::{Decision, Standing, Verdict, deposit, standing, totals},
    store::{Invoices, Recipient},
};

pub struct Quote {
    pub sheet: Sheet,
    pub issued: Issued,
    pub decision: Option<Decision>,
    pub recipients: Vec<Recipient>,
    pub onlookers: Vec<Recipient>,
    pub invoices: Invoices,
    /// The one that it names, or that was made of it.
    pub project: Option<(ProjectId, String)>,
    /// The draft that will take its place, or the quote that took it.
    pub revision: Option<Document>,
    /// The quote whose place it took.
    pub replaces: Option<Document>,
    /// The name under which it is kept as a template.
    pub template: Option<String>,
    /// Whether a project can be made of it, by whoever has projects.
    pub may_become_project: bool,
    pub today: Date,
    pub zone: String,
}

pub fn staff_page(frame: &Frame, quote: &Quote) -> Markup {
    let (text, document) = (frame.text, &quote.sheet.document);
    let here = address(Kind::Quote, document.id);
    let standing = standing(quote.decision.as_ref(), quote.issued.due_on, quote.today);
    let detail = html! {
        (badge(standing.tone(), &text.say(standing.key())))
        a href=[frame.address("/staff/clients/", document.client.0)] { (document.client.1) }
        @if let Some((id, name)) = &quote.project {
            a href=[frame.address("/staff/projects/", id)] { (name) }
        }
        @if let Some(old) = &quote.replaces {
            a href=(address(old.kind, old.id)) { (text.say_with("billing-replaces", &[("number", number(old).into())])) }
        }
        @if let Some(new) = &quote.revision {
            a href=(address(new.kind, new.id)) {
                @if new.issued.is_some() {
                    (text.say_with("billing-replaced-by", &[("number", number(new).into())]))
                } @else {
                    (text.say("billing-its-revision"))
                }
            }
        }
        (template_badge(text, quote.template.as_deref()))
    };
    html! {
        div id="quote" data-live-topic={ "quote:" (document.id) } data-live-href=(here) {
            (page_header(&PageHeader {
                title: &title(text, document),
                breadcrumb: Some(breadcrumb(text, &[("/staff/quotes", &text.say("billing-quotes"))])),
                detail: Some(detail),
                actions: Some(actions(frame, quote, standing)),
            }))
            @if let Some(decision) = &quote.decision { (decided(text, &quote.zone, decision)) }
            (chosen_paper(text, &quote.sheet, &quote.issued, quote.decision.as_ref()))
            div.billing-beside { (recipients_section(frame, document.id, &quote.recipients, &quote.onlookers)) }
        }
    }
}

fn number(quote: &Document) -> &str {
    quote.issued.as_ref().map(|issued| issued.number.as_str()).unwrap_or_default()
}

fn actions(frame: &Frame, quote: &Quote, standing: Standing) -> Markup {
    let (text, id) = (frame.text, quote.sheet.document.id);
    let here = address(Kind::Quote, id);
    html! {
        @match standing {
            Standing::Sent => {
                (Button::primary(text.say("billing-send")).icon("send").dialog(format!("{}/recipients", forms(id))))
                (button_form(&frame.form_token, &format!("{here}/withdrawal"),
                    Button::quiet(text.say("billing-withdraw")).icon("undo")))
                (revise(frame, quote))
            },
            Standing::Expired => (revise(frame, quote)),
            Standing::Accepted => {
                (invoicing(frame, quote))
                @if quote.project.is_none() && quote.may_become_project {
                    (button_form(&frame.form_token, &format!("{here}/project"),
                        Button::secondary(text.say("billing-found-project")).icon("project")))
                }
            },
            Standing::Declined | Standing::Withdrawn => {},
        }
        (download(text, &here))
        (pattern_menu(frame, &quote.sheet.document, quote.template.as_deref()))
    }
}

/// Once there is a revision, the page links to it.
fn revise(frame: &Frame, quote: &Quote) -> Markup {
    let action = format!("{}/revision", address(Kind::Quote, quote.sheet.document.id));
    let button = Button::secondary(frame.text.say("billing-revise")).icon("pencil");
    html! { @if quote.revision.is_none() { (button_form(&frame.form_token, &action, button)) } }
}

/// What of it is invoiced, or can be: a deposit first, where it asks for one.
fn invoicing(frame: &Frame, quote: &Quote) -> Markup {
    let text = frame.text;
    let here = address(Kind::Quote, quote.sheet.document.id);
    let make = |noun: &str, button: Button| {
        button_form(&frame.form_token, &format!("{here}/{noun}"), button.icon("billing"))
    };
    let open = |key: &str, invoice: DocumentId| {
        Button::secondary(text.say(key)).icon("billing").href(invoice_address(invoice))
    };
    let Invoices { deposit, whole, may_ask_deposit } = quote.invoices;
    html! {
        @if let Some(deposit) = deposit { (open("billing-its-deposit-invoice", deposit)) }
        @if may_ask_deposit { (make("deposit-invoice", Button::primary(text.say("billing-invoice-deposit")))) }
        @match (whole, deposit) {
            (Some(whole), Some(_)) => (open("billing-its-final-invoice", whole)),
            (Some(whole), None) => (open("billing-its-invoice", whole)),
            (None, Some(_)) => (make("invoice", Button::primary(text.say("billing-invoice-rest")))),
            (None, None) if may_ask_deposit =>
                (make("invoice", Button::secondary(text.say("billing-invoice-quote")))),
            (None, None) => (make("invoice", Button::primary(text.say("billing-invoice-quote")))),
        }
    }
}

/// Who decided, when, from where and about what.
pub fn decided(text: Text, zone: &str, decision: &Decision) -> Markup {
    let values =
        [("name", decision.name.as_str().into()), ("moment", text.moment(decision.at.in_zone(zone)).into())];
    let key = match decision.verdict {
        Verdict::Accepted => "billing-decided-accepted",
        Verdict::Declined => "billing-decided-declined",
        Verdict::Withdrawn => "billing-decided-withdrawn",
    };
    let fact = |key: &str, value: &str| text.say_with(key, &[("value", value.into())]);
    notice_with(
        NoticeKind::Information,
        html! {
            p { (text.say_with(key, &values)) }
            @if !decision.reason.is_empty() { p.billing-description { (decision.reason) } }
            @if let Some(address) = &decision.address { p { small { (fact("billing-decided-address", address)) } } }
            @if let Some(mark) = &decision.shown { p { small.billing-mark { (fact("billing-decided-mark", mark)) } } }
        },
    )
}

/// With what was chosen, once something was.
pub fn chosen_paper(text: Text, sheet: &Sheet, issued: &Issued, decision: Option<&Decision>) -> Markup {
    let options = decision.map(|decision| decision.chosen.as_slice()).unwrap_or_default();
    quote_paper(text, &chosen(sheet, decision), issued, deposit(sheet, options).as_ref())
}

pub fn chosen(sheet: &Sheet, decision: Option<&Decision>) -> Sheet {
    match decision {
        Some(decision) => Sheet { totals: totals(sheet, &decision.chosen), ..sheet.clone() },
        None => sheet.clone(),
    }
}
