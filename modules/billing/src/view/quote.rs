//! A quote that was sent: the paper, and what became of it or may yet.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::DocumentId;
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Checked, Field, Form, NoticeKind, PageHeader, Stat, badge, breadcrumb, button_form,
        notice_with, page_header, section, stats,
    },
};

use super::{
    address, amount, client_address, forms, invoice::recipients_section, invoice_address, paper::paper,
    problem, title,
};
use crate::{
    document::{Issued, Kind, Sheet},
    line::Line,
    quote::{AcceptanceForm, Decision, Standing, standing, totals},
    store::Recipient,
};

pub struct Quote {
    pub sheet: Sheet,
    pub issued: Issued,
    pub decision: Option<Decision>,
    pub recipients: Vec<Recipient>,
    /// The one that was made of it.
    pub invoice: Option<DocumentId>,
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
        @if let Some((id, name)) = &document.project {
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
            (paper(text, &chosen(&quote.sheet, quote.decision.as_ref()), &quote.issued, None))
            div.billing-beside { (recipients_section(frame, document.id, &quote.recipients)) }
        }
    }
}

fn actions(frame: &Frame, quote: &Quote, standing: Standing) -> Markup {
    let (text, id) = (frame.text, quote.sheet.document.id);
    let here = address(Kind::Quote, id);
    html! {
        @match (standing, quote.invoice) {
            (Standing::Sent, _) => {
                (Button::primary(text.say("billing-send")).icon("send").dialog(format!("{}/recipients", forms(id))))
                (button_form(&frame.form_token, &format!("{here}/withdrawal"),
                    Button::quiet(text.say("billing-withdraw")).icon("undo")))
            },
            (Standing::Accepted, None) => (button_form(&frame.form_token, &format!("{here}/invoice"),
                Button::primary(text.say("billing-invoice-quote")).icon("billing"))),
            (Standing::Accepted, Some(invoice)) =>
                (Button::secondary(text.say("billing-its-invoice")).icon("billing").href(invoice_address(invoice))),
            _ => {},
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
            (paper(text, &shown, deciding.issued, None))
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
