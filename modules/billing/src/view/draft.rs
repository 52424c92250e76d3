//! A quote or an invoice that is being written: to whom and when, then line by line.

use maud::{Markup, html};
use portico_facts::{DocumentId, ProjectId};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Choice, Field, Form, NoticeKind, PageHeader, breadcrumb, button_form, form_actions, notice,
        notice_with, page_header, section,
    },
};

use super::{
    address, currency_choices, forms, invoice_address, lines, problem, seen_buttons,
    template::{pattern_menu, template_badge},
    title,
};
use crate::{
    deposit::{AMOUNT, PERCENT},
    document::{Document, HeadForm, Kind, Sheet},
    line::LineForm,
    store::ClientChoice,
    tax::Tax,
};

/// What can be chosen in the head of a document.
pub struct Choices {
    pub clients: Vec<ClientChoice>,
    pub projects: Vec<(ProjectId, String)>,
    /// What a new quote can begin from.
    pub templates: Vec<(DocumentId, String)>,
}

/// What differs between drafts.
pub struct DraftWords {
    pub new: &'static str,
    many: &'static str,
    pub list: &'static str,
    last_day: &'static str,
    hint: &'static str,
    words: &'static str,
}

pub fn draft_words(kind: Kind) -> DraftWords {
    match kind {
        Kind::Quote => DraftWords {
            new: "billing-new-quote",
            many: "billing-quotes",
            list: "/staff/quotes",
            last_day: "billing-field-valid-until",
            hint: "billing-validity-hint",
            words: "billing-field-introduction",
        },
        Kind::Subscription => DraftWords {
            new: "billing-new-subscription",
            many: "billing-subscriptions",
            list: "/staff/subscriptions",
            last_day: "billing-field-due-on",
            hint: "billing-days-hint",
            words: "billing-field-words",
        },
        Kind::Invoice | Kind::CreditNote => DraftWords {
            new: "billing-new-invoice",
            many: "billing-invoices",
            list: "/staff/invoices",
            last_day: "billing-field-due-on",
            hint: "billing-days-hint",
            words: "billing-field-words",
        },
    }
}

pub fn new_page(
    frame: &Frame,
    kind: Kind,
    input: &HeadForm,
    problems: &Problems,
    choices: &Choices,
) -> Markup {
    let (text, words) = (frame.text, draft_words(kind));
    html! {
        (page_header(&PageHeader {
            title: &text.say(words.new),
            breadcrumb: Some(breadcrumb(text, &[(words.list, &text.say(words.many))])),
            ..PageHeader::default()
        }))
        (Form::post(&frame.form_token, words.list).body(html! {
            @if kind == Kind::Quote && !choices.templates.is_empty() {
                (Field::select("template", text.say("billing-field-template"), template_choices(text, choices))
                    .value(&input.template).error(problem(frame, problems, "template")))
            }
            (whom_and_when(frame, kind, input, problems, choices))
            (form_actions(html! { (Button::primary(text.say("billing-save"))) }))
        }))
    }
}

fn template_choices(text: Text, choices: &Choices) -> Vec<Choice> {
    let named = choices.templates.iter().map(|(id, name)| Choice::new(id.to_string(), name));
    std::iter::once(Choice::new("", text.say("billing-no-template"))).chain(named).collect()
}

/// Both forms of a draft as they were left.
pub struct Editing<'a> {
    pub sheet: &'a Sheet,
    pub head: &'a HeadForm,
    pub head_problems: &'a Problems,
    pub line: &'a LineForm,
    pub line_problems: &'a Problems,
    pub choices: &'a Choices,
    pub taxes: &'a [Tax],
    pub known: &'a Known,
}

/// What else there is to say about a draft.
pub struct Known {
    /// The organization has no address or tax number yet.
    pub lacks_profile: bool,
    /// A deposit will be taken off once its own invoice is issued.
    pub awaits_deposit: bool,
    /// The quote whose place this one will take.
    pub replaces: Option<Document>,
    /// The name under which it is kept as a template.
    pub template: Option<String>,
}

pub fn draft_page(frame: &Frame, editing: &Editing) -> Markup {
    let (text, document) = (frame.text, &editing.sheet.document);
    let (words, known) = (draft_words(document.kind), editing.known);
    let actions = html! {
        @if document.kind == Kind::Quote {
            (Button::primary(text.say("billing-send")).icon("send").dialog(format!("{}/recipients", forms(document.id))))
        } @else {
            (button_form(&frame.form_token, &format!("{}/issuance", invoice_address(document.id)),
                Button::primary(text.say("billing-issue")).icon("check")))
        }
        (button_form(&frame.form_token, &format!("{}/deletion", forms(document.id)),
            Button::quiet(text.say("billing-delete")).icon("trash")))
        (seen_buttons(frame, document.id))
        (pattern_menu(frame, document, known.template.as_deref()))
    };
    html! {
        (page_header(&PageHeader {
            title: &title(text, document),
            breadcrumb: Some(breadcrumb(text, &[(words.list, &text.say(words.many))])),
            detail: Some(html! { span { (document.client.1) } (template_badge(text, known.template.as_deref())) }),
            actions: Some(actions),
        }))
        @if let Some(old) = &known.replaces {
            (notice_with(NoticeKind::Information, html! {
                p { (text.say("billing-will-replace")) " " a href=(address(old.kind, old.id)) { (title(text, old)) } }
            }))
        }
        @if known.awaits_deposit { (notice(NoticeKind::Information, &text.say("billing-awaits-deposit"))) }
        @if known.lacks_profile { (notice(NoticeKind::Information, &text.say("billing-lacks-profile"))) }
        (lines::lines_section(frame, &lines::Adding {
            sheet: editing.sheet,
            input: editing.line,
            problems: editing.line_problems,
            taxes: editing.taxes,
        }))
        (section(&text.say("billing-head"), html! {}, head_form(frame, editing)))
    }
}

fn head_form(frame: &Frame, editing: &Editing) -> Markup {
    let text = frame.text;
    let Editing { head, head_problems: problems, choices, .. } = editing;
    let kind = editing.sheet.document.kind;
    Form::post(&frame.form_token, &forms(editing.sheet.document.id)).id("head").body(html! {
        (whom_and_when(frame, kind, head, problems, choices))
        (Field::area("buyer", text.say("billing-field-buyer")).value(&head.buyer).error(problem(frame, problems, "buyer")))
        (Field::text("buyer_tax_number", text.say("billing-field-buyer-tax-number")).value(&head.buyer_tax_number)
            .optional(text).error(problem(frame, problems, "buyer_tax_number")))
        (Field::text("buyer_country", text.say("billing-field-buyer-country")).value(&head.buyer_country)
            .max_length(2).optional(text).hint(text.say("billing-country-hint")).error(problem(frame, problems, "buyer_country")))
        @if kind == Kind::Invoice { (delivery_fields(frame, editing.sheet, head, problems)) }
        @let words = Field::area("words", text.say(draft_words(kind).words)).value(&head.words).optional(text)
            .error(problem(frame, problems, "words"));
        @if kind == Kind::Quote {
            (words.rows(8).hint(text.say("ui-markdown-hint")))
            (deposit_fields(frame, head, problems))
        } @else {
            (words)
        }
        (form_actions(html! { (Button::secondary(text.say("billing-save"))) }))
    })
}

/// Beside lines that changed, since one of them may ask for it by now. What was typed already stays.
pub fn changed_delivery(frame: &Frame, sheet: &Sheet) -> Markup {
    html! {
        @if sheet.document.kind == Kind::Invoice {
            hx-partial hx-target={ "#" (DELIVERY) } hx-swap="outerMorph" {
                (delivery_fields(frame, sheet, &sheet.document.form(), &Problems::default()))
            }
        }
    }
}

const DELIVERY: &str = "delivery";

/// Empty where no line asks for it.
fn delivery_fields(frame: &Frame, sheet: &Sheet, head: &HeadForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let error = |field: &str| problem(frame, problems, field);
    html! {
        div.billing-delivery id=(DELIVERY) {
            @if sheet.asks_for_delivery() {
                div.billing-days {
                    (Field::date("delivered_on", text.say("billing-field-delivered-on")).value(&head.delivered_on)
                        .error(error("delivered_on")))
                    (Field::text("delivery_country", text.say("billing-field-delivery-country")).value(&head.delivery_country)
                        .max_length(2).error(error("delivery_country")))
                }
                p.field-hint { (text.say("billing-delivery-hint")) }
            }
        }
    }
}

fn deposit_fields(frame: &Frame, head: &HeadForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let units = vec![
        Choice::new(PERCENT, text.say("billing-deposit-percent")),
        Choice::new(
            AMOUNT,
            text.say_with("billing-deposit-amount", &[("currency", head.currency.as_str().into())]),
        ),
    ];
    html! {
        div.billing-days {
            (Field::text("deposit", text.say("billing-deposit")).value(&head.deposit).optional(text)
                .input_mode("decimal").autocomplete("off").error(problem(frame, problems, "deposit")))
            (Field::select("deposit_in", text.say("billing-deposit-in"), units).value(&head.deposit_in))
        }
        p.field-hint { (text.say("billing-deposit-hint")) }
    }
}

fn whom_and_when(
    frame: &Frame,
    kind: Kind,
    input: &HeadForm,
    problems: &Problems,
    choices: &Choices,
) -> Markup {
    let (text, words) = (frame.text, draft_words(kind));
    let error = |field: &str| problem(frame, problems, field);
    let projects = std::iter::once(Choice::new("", text.say("billing-no-project")))
        .chain(choices.projects.iter().map(|(id, name)| Choice::new(id.to_string(), name)))
        .collect();
    html! {
        (Field::select("client", text.say("billing-field-client"), client_choices(&choices.clients)).value(&input.client)
            .required().error(error("client")))
        (Field::select("project", text.say("billing-field-project"), projects).value(&input.project)
            .error(error("project")))
        div.billing-days {
            (Field::select("currency", text.say("billing-field-currency"), currency_choices()).value(&input.currency)
                .error(error("currency")))
            (Field::date("issue_on", text.say("billing-field-issue-on")).value(&input.issue_on).optional(text)
                .error(error("issue_on")))
            (Field::date("due_on", text.say(words.last_day)).value(&input.due_on).optional(text)
                .error(error("due_on")))
        }
        p.field-hint { (text.say(words.hint)) }
    }
}

/// By name; two of the same name are told apart by their address.
pub fn client_choices(clients: &[ClientChoice]) -> Vec<Choice> {
    let choice = |client: &ClientChoice| {
        let namesakes = clients.iter().filter(|other| other.name == client.name).count();
        let label = match namesakes {
            1 => client.name.clone(),
            _ => format!("{} ({})", client.name, client.email),
        };
        Choice::new(client.id.to_string(), label)
    };
    clients.iter().map(choice).collect()
}
