use poem::{handler, web::Path};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff, parse_words};
use serde::Deserialize;

use super::dialog_page;
use crate::{
    store,
    view::{
        self,
        credit::{Crediting, credit_dialog},
    },
};

/// As it was typed: a quantity for each line of the invoice, in their order.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CreditForm {
    quantity: Vec<String>,
    words: String,
}

const LONGEST_REASON: usize = 1_000;

/// Filled with all that is left.
#[handler]
pub async fn new(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    show(&staff, partial, id, None, &Problems::default()).await
}

#[handler]
pub async fn create(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(form): Form<CreditForm>,
) -> Result<Answer> {
    let words = match parse_words(form.words.trim(), LONGEST_REASON, "billing-error-long") {
        Ok(words) => words,
        Err(key) => {
            let mut problems = Problems::default();
            problems.add("words", key);
            return Ok(show(&staff, partial, id, Some(form), &problems).await?.invalid());
        }
    };
    let quantities = form.quantity.clone();
    let issued = staff.write(move |tx| store::issue_credit_note(tx, id, &quantities, &words)).await?;
    match issued {
        Ok(credit_note) => Ok(Answer::go(partial, &view::invoice_address(credit_note))),
        Err(problems) => Ok(show(&staff, partial, id, Some(form), &problems).await?.invalid()),
    }
}

async fn show(
    staff: &Staff,
    partial: Partial,
    id: DocumentId,
    left: Option<CreditForm>,
    problems: &Problems,
) -> Result<Answer> {
    let (invoice, lines) = staff.read(move |tx| store::creditable(tx, id)).await?;
    let all = || lines.iter().map(|line| line.left().map_or("0".to_owned(), |left| left.plain())).collect();
    let form = left.unwrap_or_else(|| CreditForm { quantity: all(), words: String::new() });
    let frame = staff.frame();
    let crediting = Crediting {
        invoice: &invoice,
        lines: &lines,
        quantities: &form.quantity,
        words: &form.words,
        problems,
    };
    let dialog = credit_dialog(&frame, &crediting);
    Ok(dialog_page(staff, partial, &frame.text.say("billing-credit"), dialog))
}
