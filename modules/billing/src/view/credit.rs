//! The dialog that takes an invoice back, wholly or line by line.

use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame,
    components::{Button, Field, dialog, dialog_form},
};

use super::{invoice_address, lines::quantity_words, problem};
use crate::{credit::Creditable, document::Document};

/// What was typed: a quantity for each line, in their order.
pub struct Crediting<'a> {
    pub invoice: &'a Document,
    pub lines: &'a [Creditable],
    pub quantities: &'a [String],
    pub words: &'a str,
    pub problems: &'a Problems,
}

pub fn credit_dialog(frame: &Frame, crediting: &Crediting) -> Markup {
    let text = frame.text;
    let back = invoice_address(crediting.invoice.id);
    let typed = || crediting.lines.iter().zip(crediting.quantities);
    let is_wrong = typed().any(|(line, quantity)| line.take(quantity).is_err());
    // That all of it comes to nothing is said at the first line.
    let nothing = crediting.problems.of("quantity").filter(|_| !is_wrong);
    let fields = html! {
        p.billing-quiet { (text.say("billing-credit-about")) }
        @for (place, (line, quantity)) in typed().enumerate() {
            @let error = line.take(quantity).err().or(nothing.filter(|_| place == 0));
            @let left = line.left().map_or("0".to_owned(), |left| quantity_words(text, left, line.line.measure));
            (Field::text("quantity", &line.line.description).id(format!("credit-{place}")).value(quantity)
                .input_mode("decimal").autocomplete("off")
                .hint(text.say_with("billing-credit-left", &[("quantity", left.into())]))
                .error(error.map(|key| text.say(key))))
        }
        (Field::area("words", text.say("billing-field-reason")).value(crediting.words).optional(text)
            .error(problem(frame, crediting.problems, "words")))
    };
    let issue = Button::primary(text.say("billing-issue-credit-note"));
    let form = dialog_form(text, &frame.form_token, &format!("{back}/credit-notes"), &back, issue, fields);
    dialog(text, &text.say("billing-credit"), &back, form)
}
