//! A quote that was sent: the paper, and what became of it or may yet.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::{DocumentId, ProjectId};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Checked, Field, Form, NoticeKind, PageHeader, Stat, badge, breadcrumb, button_form,
        notice_with, page_header, section, stats,
    },
};

use super::{
    address, amount, client_address, forms, invoice::recipients_section, invoice_address, paper::quote_paper,
    problem, title,
};
use crate::{
    document::{Issued, Kind, Sheet},
    line::Line,
    quote::{AcceptanceForm, Decision, Standing, deposit, standing, totals},
    store::Recipient,
};

pub struct Quote {
    pub sheet: Sheet,
    pub issued: Issued,
    pub decision: Option<Decision>,
    pub recipients: Vec<Recipient>,
    /// The one that was made of it, or of what is left after the deposit.
    pub invoice: Option<DocumentId>,
    /// The one in advance.
    pub deposit: Option<DocumentId>,
    /// The one that it names, or that was made of it.
    pub project: Option<(ProjectId, String)>,
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
            div.billing-beside { (recipients_section(frame, document.id, &quote.recipients)) }
        }
    }
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
            },
            Standing::Accepted => {
                (invoicing(frame, quote))
                @if quote.project.is_none() && quote.may_become_project {
                    (button_form(&frame.form_token, &format!("{here}/project"),
                        Button::secondary(text.say("billing-found-project")).icon("project")))
                }
            },
            _ => {},
        }
    }
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
    let has_deposit = quote.sheet.document.deposit.is_some();
    html! {
        @match (quote.deposit, quote.invoice) {
            (Some(deposit), _) => (open("billing-its-deposit-invoice", deposit)),
            (None, None) if has_deposit =>
                (make("deposit-invoice", Button::primary(text.say("billing-invoice-deposit")))),
            _ => {},
        }
        @match quote.invoice {
            Some(invoice) if has_deposit => (open("billing-its-final-invoice", invoice)),
            Some(invoice) => (open("billing-its-invoice", invoice)),
            None if quote.deposit.is_some() =>
                (make("invoice", Button::primary(text.say("billing-invoice-rest")))),
            None if has_deposit => (make("invoice", Button::secondary(text.say("billing-invoice-quote")))),
            None => (make("invoice", Button::primary(text.say("billing-invoice-quote")))),
        }
    }
}

/// Who decided, when, from where and about what.
fn decided(text: Text, zone: &str, decision: &Decision) -> Markup {
    let values =
        [("name", decision.name.as_str().into()), ("moment", text.moment(decision.at.in_zone(zone)).into())];
    let key = match decision.verdict {
        crate::quote::Verdict::Accepted => "billing-decided-accepted",
        crate::quote::Verdict::Declined => "billing-decided-declined",
        crate::quote::Verdict::Withdrawn => "billing-decided-withdrawn",
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
fn chosen_paper(text: Text, sheet: &Sheet, issued: &Issued, decision: Option<&Decision>) -> Markup {
    let options = decision.map(|decision| decision.chosen.as_slice()).unwrap_or_default();
    quote_paper(text, &chosen(sheet, decision), issued, deposit(sheet, options).as_ref())
}

fn chosen(sheet: &Sheet, decision: Option<&Decision>) -> Sheet {
    match decision {
        Some(decision) => Sheet { totals: totals(sheet, &decision.chosen), ..sheet.clone() },
        None => sheet.clone(),
    }
}

pub struct Deciding<'a> {
    pub sheet: &'a Sheet,
    pub issued: &'a Issued,
    pub decision: Option<&'a Decision>,
    pub input: &'a AcceptanceForm,
    pub reason: &'a str,
    pub problems: &'a Problems,
    pub today: Date,
    pub zone: &'a str,
}

pub fn client_page(frame: &Frame, deciding: &Deciding) -> Markup {
    let (text, document) = (frame.text, &deciding.sheet.document);
    let standing = standing(deciding.decision, deciding.issued.due_on, deciding.today);
    let shown = chosen(deciding.sheet, deciding.decision);
    let here = client_address(Kind::Quote, document.id);
    let figure = amount(text, shown.totals.gross);
    let until = text.say_with("billing-valid-until", &[("date", text.date(deciding.issued.due_on).into())]);
    html! {
        div.client-invoice id="quote" data-live-topic={ "quote:" (document.id) } data-live-href=(here) {
            (page_header(&PageHeader {
                title: &title(text, document),
                breadcrumb: Some(breadcrumb(text, &[("/billing", &text.say("billing-navigation"))])),
                detail: Some(badge(standing.tone(), &text.say(standing.key()))),
                ..PageHeader::default()
            }))
            (stats(&[Stat { label: &text.say("billing-total"), figure: &figure, detail: Some(&until), href: None }]))
            @if let Some(decision) = deciding.decision { (decided(text, deciding.zone, decision)) }
            (chosen_paper(text, deciding.sheet, deciding.issued, deciding.decision))
            @if standing == Standing::Sent { (decision_forms(frame, deciding, &here)) }
        }
    }
}

fn decision_forms(frame: &Frame, deciding: &Deciding, here: &str) -> Markup {
    let text = frame.text;
    let error = |field: &str| problem(frame, deciding.problems, field);
    let options: Vec<&Line> = deciding.sheet.lines.iter().filter(|line| line.optional).collect();
    let acceptance =
        Form::post(&frame.form_token, &format!("{here}/acceptance")).id("acceptance").body(html! {
            @if !options.is_empty() {
                p.billing-quiet { (text.say("billing-options-about")) }
                @for line in options { (option(text, deciding.input, line)) }
            }
            (Field::text("name", text.say("billing-field-name")).value(&deciding.input.name).required()
                .autocomplete("name").hint(text.say("billing-accept-hint")).error(error("name")))
            div { (Button::primary(text.say("billing-accept")).icon("check")) }
        });
    let refusal = Form::post(&frame.form_token, &format!("{here}/refusal")).id("refusal").body(html! {
        (Field::area("reason", text.say("billing-field-reason")).value(deciding.reason).optional(text)
            .error(error("reason")))
        div { (Button::secondary(text.say("billing-decline"))) }
    });
    html! {
        (section(&text.say("billing-accept-title"), html! {}, acceptance))
        (section(&text.say("billing-decline-title"), html! {}, refusal))
    }
}

fn option(text: Text, input: &AcceptanceForm, line: &Line) -> Markup {
    let id = line.id.to_string();
    let checked = if input.line.contains(&id) { Checked::Yes } else { Checked::No };
    let label = format!("{} · {}", line.description, amount(text, line.net));
    html! { (Field::checkbox("line", label, checked).id(format!("option-{id}")).value(id)) }
}
