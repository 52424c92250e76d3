//! What can be done with a document as a pattern for others: duplicate it, or keep it as a template.

use maud::{Markup, html};
use portico_facts::DocumentId;
use portico_kernel::{Name, Problems};
use portico_ui::{
    Frame, Text,
    components::{Button, Field, Tone, badge, dialog, dialog_form, menu, menu_dialog, menu_form},
};

use super::{address, forms, problem};
use crate::document::{Document, Kind};

/// `template` is the name under which a quote is kept as one.
pub fn pattern_menu(frame: &Frame, document: &Document, template: Option<&str>) -> Markup {
    let text = frame.text;
    let here = template_address(document.id);
    menu(
        &text.say("billing-more"),
        &text.say("billing-more"),
        html! {
            (duplicate_entry(frame, document.id))
            @if document.kind == Kind::Quote {
                @if template.is_some() {
                    (menu_form(&frame.form_token, &format!("{here}/removal"), "undo", &text.say("billing-release-template")))
                } @else {
                    (menu_dialog(&here, Some("pin"), &text.say("billing-keep-template")))
                }
            }
        },
    )
}

pub fn template_badge(text: Text, name: Option<&str>) -> Markup {
    html! {
        @if let Some(name) = name {
            (badge(Tone::Neutral, &text.say_with("billing-is-template", &[("name", name.into())])))
        }
    }
}

pub fn duplicate_entry(frame: &Frame, id: DocumentId) -> Markup {
    let action = format!("{}/duplicate", forms(id));
    menu_form(&frame.form_token, &action, "file", &frame.text.say("billing-duplicate"))
}

fn template_address(quote: DocumentId) -> String {
    format!("{}/template", address(Kind::Quote, quote))
}

pub fn template_dialog(frame: &Frame, quote: DocumentId, name: &str, problems: &Problems) -> Markup {
    let text = frame.text;
    let back = address(Kind::Quote, quote);
    let fields = html! {
        p.billing-quiet { (text.say("billing-template-about")) }
        (Field::text("name", text.say("billing-field-name")).value(name).required().max_length(Name::LONGEST)
            .autocomplete("off").focus().error(problem(frame, problems, "name")))
    };
    let keep = Button::primary(text.say("billing-save"));
    let form = dialog_form(text, &frame.form_token, &template_address(quote), &back, keep, fields);
    dialog(text, &text.say("billing-keep-template"), &back, form)
}
