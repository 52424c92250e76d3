//! A quote as a client sees it: the paper, and the forms that accept or decline it.

use jiff::civil::Date;
use maud::{Markup, html};
use portico_facts::DocumentId;
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Checked, Field, Form, NoticeKind, PageHeader, Stat, badge, breadcrumb, notice_with,
        page_header, section, stats,
    },
};

use super::{
    amount, client_address, download, problem,
    quote::{chosen, chosen_paper, decided},
    title,
};
use crate::{
    document::{Issued, Kind, Sheet},
    line::Line,
    quote::{AcceptanceForm, Decision, Standing, standing},
};

pub struct Deciding<'a> {
    pub sheet: &'a Sheet,
    pub issued: &'a Issued,
    pub decision: Option<&'a Decision>,
    /// Whether it was sent to the viewer, and not to a colleague of theirs only.
    pub is_addressed: bool,
    /// Whether the viewer has an invoice of it.
    pub is_invoiced: bool,
    pub input: &'a AcceptanceForm,
    pub reason: &'a str,
    pub problems: &'a Problems,
    pub today: Date,
    pub zone: &'a str,
    /// The quotes that took its place and whose place it took, as far as the reader has them: their numbers.
    pub successor: Option<(DocumentId, String)>,
    pub predecessor: Option<(DocumentId, String)>,
}

pub fn client_page(frame: &Frame, deciding: &Deciding) -> Markup {
    let (text, document) = (frame.text, &deciding.sheet.document);
    let standing = standing(deciding.decision, deciding.issued.due_on, deciding.today);
    let shown = chosen(deciding.sheet, deciding.decision);
    let here = client_address(Kind::Quote, document.id);
    let organization = [("organization", frame.organization.name.as_str().into())];
    let figure = amount(text, shown.totals.gross);
    let until = text.say_with("billing-valid-until", &[("date", text.date(deciding.issued.due_on).into())]);
    html! {
        div.client-invoice id="quote" data-live-topic={ "quote:" (document.id) } data-live-href=(here) {
            (page_header(&PageHeader {
                title: &title(text, document),
                breadcrumb: Some(breadcrumb(text, &[("/billing", &text.say("billing-navigation"))])),
                detail: Some(badge(standing.tone(), &text.say(standing.key()))),
                actions: Some(html! {
                    @if standing == Standing::Sent && deciding.is_addressed {
                        (Button::primary(text.say("billing-to-answer")).href("#acceptance"))
                    }
                    (download(text, &here))
                }),
            }))
            @if let Some((new, number)) = &deciding.successor { (replaced_notice(text, *new, number)) }
            @if let Some((old, number)) = &deciding.predecessor {
                p.billing-quiet {
                    a href=(client_address(Kind::Quote, *old)) {
                        (text.say_with("billing-replaces", &[("number", number.as_str().into())]))
                    }
                }
            }
            (stats(&[Stat { label: &text.say("billing-total"), figure: &figure, detail: Some(&until), href: None }]))
            @if standing == Standing::Accepted && document.deposit.is_some() && !deciding.is_invoiced {
                p.billing-quiet { (text.say_with("billing-deposit-to-come", &organization)) }
            }
            @if let Some(decision) = deciding.decision { (decided(text, deciding.zone, decision)) }
            (chosen_paper(text, deciding.sheet, deciding.issued, deciding.decision))
            @if standing == Standing::Sent {
                @if deciding.is_addressed { (decision_forms(frame, deciding, &here)) }
                @else { p.billing-quiet { (text.say("billing-colleague-decides")) } }
            }
        }
    }
}

/// Whoever follows an old mail is led to the quote that counts.
fn replaced_notice(text: Text, new: DocumentId, number: &str) -> Markup {
    let number = [("number", number.into())];
    notice_with(
        NoticeKind::Warning,
        html! {
            p { (text.say("billing-replaced-for-client")) }
            (Button::primary(text.say_with("billing-open-replacement", &number)).href(client_address(Kind::Quote, new)))
        },
    )
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
