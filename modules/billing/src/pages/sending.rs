use poem::{handler, web::Path};
use portico_facts::{DocumentId, PersonId};
use portico_kernel::{Answer, Error, Form, Partial, Problems, Result, Staff, parse_words};
use serde::Deserialize;

use super::dialog_page;
use crate::{
    document::Kind,
    store,
    view::{
        self,
        sending::{Sending, send_dialog},
    },
};

/// As it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SendForm {
    person: Vec<String>,
    message: String,
}

const LONGEST_MESSAGE: usize = 2_000;

#[handler]
pub async fn ask(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let client = staff.read(move |tx| Ok(store::document(tx, id)?.document.client.0)).await?;
    show(&staff, partial, id, vec![client], "", &Problems::default()).await
}

#[handler]
pub async fn send(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(form): Form<SendForm>,
) -> Result<Answer> {
    let chosen: Vec<PersonId> = form.person.iter().filter_map(|id| id.parse().ok()).collect();
    let message = match parse_words(form.message.trim(), LONGEST_MESSAGE, "billing-error-long") {
        Ok(message) => message,
        Err(key) => {
            let mut problems = Problems::default();
            problems.add("message", key);
            return Ok(show(&staff, partial, id, chosen, &form.message, &problems).await?.invalid());
        }
    };
    let (people, message) = (chosen.clone(), (!message.is_empty()).then_some(message));
    match staff.write(move |tx| store::send(tx, id, people, message)).await? {
        Ok(()) => Ok(Answer::go(partial, &view::forms(id))),
        Err(problems) => Ok(show(&staff, partial, id, chosen, &form.message, &problems).await?.invalid()),
    }
}

async fn show(
    staff: &Staff,
    partial: Partial,
    id: DocumentId,
    chosen: Vec<PersonId>,
    message: &str,
    problems: &Problems,
) -> Result<Answer> {
    let (document, clients) = staff
        .read(move |tx| {
            let document = store::document(tx, id)?.document;
            match document.issued.is_some() || document.kind == Kind::Quote {
                true => Ok((document, store::clients(tx, None)?)),
                false => Err(Error::NotFound),
            }
        })
        .await?;
    let frame = staff.frame();
    let sending = Sending { document: &document, clients: &clients, chosen: &chosen, message, problems };
    let dialog = send_dialog(&frame, &sending);
    Ok(dialog_page(staff, partial, &view::title(frame.text, &document), dialog))
}

#[handler]
pub async fn revoke(
    staff: Staff,
    partial: Partial,
    Path((id, person)): Path<(DocumentId, PersonId)>,
) -> Result<Answer> {
    staff.write(move |tx| store::revoke_recipient(tx, id, person)).await?;
    Ok(Answer::go(partial, &view::forms(id)))
}
