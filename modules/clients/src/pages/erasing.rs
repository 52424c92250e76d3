use poem::{handler, http::Method, web::Path};
use portico_facts::PersonId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};

use super::dialog_page;
use crate::{erasure::ErasureForm, store, view::erasing as view};

#[handler]
pub async fn ask(staff: Staff, partial: Partial, Path(id): Path<PersonId>) -> Result<Answer> {
    erasure_page(&staff, partial, id, &ErasureForm::default(), &Problems::default()).await
}

#[handler]
pub async fn erase(
    staff: Staff,
    partial: Partial,
    Path(id): Path<PersonId>,
    Form(input): Form<ErasureForm>,
) -> Result<Answer> {
    let (kernel, typed) = (staff.kernel().clone(), input.clone());
    match staff.write(move |tx| store::erase_client(tx, kernel.registry(), id, &typed)).await? {
        Ok(()) => Ok(Answer::go(partial, "/staff/clients")),
        Err(problems) => Ok(erasure_page(&staff, partial, id, &input, &problems).await?.invalid()),
    }
}

/// All that is known of them, written while it is sent.
#[handler]
pub async fn export(staff: Staff, method: Method, Path(id): Path<PersonId>) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let objects = staff.read(move |tx| store::objects_of_client(tx, kernel.registry(), id)).await?;
    if method == Method::GET {
        staff.write_in_passing(move |tx| store::record_person_export(tx, id)).await?;
    }
    Ok(Answer::written("person.zip", "application/zip", staff.personal_archive(id, objects)))
}

async fn erasure_page(
    staff: &Staff,
    partial: Partial,
    id: PersonId,
    input: &ErasureForm,
    problems: &Problems,
) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let before = staff.read(move |tx| store::before_erasure(tx, kernel.registry(), id)).await?;
    let frame = staff.frame();
    let title = frame.text.say_with("clients-erase-title", &[("name", (&before.client.name).into())]);
    let dialog = view::erasure_dialog(&frame, &before, &title, (input, problems));
    Ok(dialog_page(staff, partial, &title, dialog))
}
