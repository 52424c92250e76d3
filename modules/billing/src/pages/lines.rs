use poem::{handler, web::Path};
use portico_facts::{DocumentId, LineId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};
use portico_ui::{Markup, components::replace_partial, html};

use super::{
    dialog_page,
    drafts::{Left, next_line, show, taxes_of},
};
use crate::{
    line::LineForm,
    store,
    view::{
        self,
        draft::changed_delivery,
        lines::{Adding, edit_dialog, lines_section},
    },
};

#[handler]
pub async fn add(
    staff: Staff,
    partial: Partial,
    Path(document): Path<DocumentId>,
    Form(input): Form<LineForm>,
) -> Result<Answer> {
    let typed = input.clone();
    match (staff.write(move |tx| store::add_line(tx, document, &typed)).await?, partial) {
        (Ok(()), Partial::Page) => Ok(Answer::go(partial, &view::forms(document))),
        (Ok(()), Partial::Fragment) => section(&staff, document, None).await,
        (Err(problems), Partial::Page) => {
            let left = Left { line: Some((input, problems)), ..Left::default() };
            Ok(show(&staff, document, left).await?.invalid())
        }
        (Err(problems), Partial::Fragment) => {
            Ok(section(&staff, document, Some((input, problems))).await?.invalid())
        }
    }
}

/// The lines with their sum, and the form as it was left.
async fn section(staff: &Staff, document: DocumentId, left: Option<(LineForm, Problems)>) -> Result<Answer> {
    let (lines, delivery) = section_markup(staff, document, left).await?;
    Ok(Answer::fragment(html! { (lines) (delivery) }))
}

/// And what they ask of the head.
async fn section_markup(
    staff: &Staff,
    document: DocumentId,
    left: Option<(LineForm, Problems)>,
) -> Result<(Markup, Markup)> {
    let (sheet, taxes) = staff
        .read(move |tx| {
            let sheet = store::any(tx, document)?;
            Ok((sheet.clone(), taxes_of(tx, &sheet)?))
        })
        .await?;
    let (input, problems) = left.unwrap_or_else(|| (next_line(&sheet), Problems::default()));
    let adding = Adding { sheet: &sheet, input: &input, problems: &problems, taxes: &taxes };
    let frame = staff.frame();
    Ok((lines_section(&frame, &adding), changed_delivery(&frame, &sheet)))
}

#[handler]
pub async fn edit(
    staff: Staff,
    partial: Partial,
    Path((document, line)): Path<(DocumentId, LineId)>,
) -> Result<Answer> {
    show_dialog(&staff, partial, document, line, None).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path((document, line)): Path<(DocumentId, LineId)>,
    Form(input): Form<LineForm>,
) -> Result<Answer> {
    let typed = input.clone();
    match (staff.write(move |tx| store::change_line(tx, document, line, &typed)).await?, partial) {
        (Err(problems), _) => {
            Ok(show_dialog(&staff, partial, document, line, Some((input, problems))).await?.invalid())
        }
        (Ok(()), Partial::Page) => Ok(Answer::go(partial, &view::forms(document))),
        (Ok(()), Partial::Fragment) => {
            let (lines, delivery) = section_markup(&staff, document, None).await?;
            let changed = html! { (replace_partial("lines", lines)) (delivery) };
            Ok(Answer::fragment(changed).trigger("dialog:close"))
        }
    }
}

async fn show_dialog(
    staff: &Staff,
    partial: Partial,
    document: DocumentId,
    line: LineId,
    left: Option<(LineForm, Problems)>,
) -> Result<Answer> {
    let (sheet, taxes) = staff
        .read(move |tx| {
            let sheet = store::any(tx, document)?;
            Ok((sheet.clone(), taxes_of(tx, &sheet)?))
        })
        .await?;
    let line = store::line_of(&sheet, line)?;
    let (input, problems) = left.unwrap_or_else(|| (line.form(), Problems::default()));
    let frame = staff.frame();
    let adding = Adding { sheet: &sheet, input: &input, problems: &problems, taxes: &taxes };
    let dialog = edit_dialog(&frame, &sheet, line, &adding);
    Ok(dialog_page(staff, partial, &frame.text.say("billing-edit-line"), dialog))
}

#[handler]
pub async fn delete(
    staff: Staff,
    partial: Partial,
    Path((document, line)): Path<(DocumentId, LineId)>,
) -> Result<Answer> {
    staff.write(move |tx| store::delete_line(tx, document, line)).await?;
    match partial {
        Partial::Page => Ok(Answer::go(partial, &view::forms(document))),
        Partial::Fragment => section(&staff, document, None).await,
    }
}
