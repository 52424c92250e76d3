//! Quotes that others begin from.

use poem::{handler, web::Path};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Form, Name, Partial, Problems, Result, Staff};
use serde::Deserialize;

use super::dialog_page;
use crate::{
    founding, store,
    view::{self, template::template_dialog},
};

/// As it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateForm {
    name: String,
}

/// Filled with its name, or with what the quote calls itself.
#[handler]
pub async fn ask(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    let text = staff.frame().text;
    let name = staff
        .read(move |tx| {
            let sheet = store::quote(tx, id)?;
            let usual = view::title(text, &sheet.document);
            let own = || founding::name(&sheet.document.words, &usual).as_str().to_owned();
            Ok(store::template_name(tx, id)?.unwrap_or_else(own))
        })
        .await?;
    Ok(show(&staff, partial, id, &name, &Problems::default()))
}

#[handler]
pub async fn keep(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(form): Form<TemplateForm>,
) -> Result<Answer> {
    let mut problems = Problems::default();
    let kept = match problems.keep("name", Name::parse(&form.name)) {
        Some(name) => staff.write(move |tx| store::keep_template(tx, id, &name)).await?,
        None => {
            staff.read(move |tx| store::quote(tx, id)).await?;
            Err(problems)
        }
    };
    match kept {
        Ok(()) => Ok(Answer::go(partial, &view::forms(id))),
        Err(problems) => Ok(show(&staff, partial, id, &form.name, &problems).invalid()),
    }
}

#[handler]
pub async fn remove(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    staff.write(move |tx| store::remove_template(tx, id)).await?;
    Ok(Answer::go(partial, &view::forms(id)))
}

fn show(staff: &Staff, partial: Partial, id: DocumentId, name: &str, problems: &Problems) -> Answer {
    let frame = staff.frame();
    let dialog = template_dialog(&frame, id, name, problems);
    dialog_page(staff, partial, &frame.text.say("billing-keep-template"), dialog)
}
