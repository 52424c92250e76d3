use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::PersonId;
use portico_kernel::{Answer, Form, Partial, Permission, Problems, Result, Staff, Within};
use portico_ui::components::replace_partial;

use super::dialog_page;
use crate::{client::ClientForm, listing::Wanted, store, view::clients as view};

#[handler]
pub async fn list(Within(staff): Within, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let mut frame = staff.frame();
    let query = wanted.clone();
    let (found, deleted) = staff
        .read(move |tx| {
            let deleted = match wanted.deleted.parse() {
                Ok(id) if tx.sees_client(id) => store::deleted_client(tx, id)?.map(|name| (id, name)),
                _ => None,
            };
            Ok((store::find_clients(tx, None, &wanted)?, deleted))
        })
        .await?;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(view::clients_list(&frame, &found, &query)));
    }
    frame.toast = deleted.map(|(id, name)| view::deleted_toast(&frame, id, &name));
    let title = frame.text.say("clients-clients");
    let page = portico_ui::staff_page(&frame, &title, view::clients_page(&frame, &found, &query));
    Ok(Answer::page(page))
}

#[handler]
pub async fn new(staff: Staff, partial: Partial) -> Result<Answer> {
    new_page(&staff, partial, &ClientForm::default(), &Problems::default()).await
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<ClientForm>) -> Result<Answer> {
    let added = match input.parse() {
        Ok(details) => staff.write(move |tx| store::add_client(tx, &details)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(id) => Ok(Answer::go(partial, &view::address(id))),
        Err(problems) => Ok(new_page(&staff, partial, &input, &problems).await?.invalid()),
    }
}

async fn new_page(
    staff: &Staff,
    partial: Partial,
    input: &ClientForm,
    problems: &Problems,
) -> Result<Answer> {
    let companies = staff.read(store::company_suggestions).await?;
    let frame = staff.frame();
    let language = staff.organization().language;
    let dialog = view::new_dialog(&frame, &view::Fields { input, problems, companies, language });
    Ok(dialog_page(staff, partial, &frame.text.say("clients-new"), dialog))
}

#[handler]
pub async fn show(Within(staff): Within, partial: Partial, Path(id): Path<PersonId>) -> Result<Answer> {
    let (frame, kernel) = (staff.frame(), staff.kernel().clone());
    let may_manage = staff.may(Permission::Manage);
    staff
        .read(move |tx| {
            let client = store::client(tx, id)?;
            let header = view::client_header(&frame, &client, may_manage);
            if partial == Partial::Fragment {
                return Ok(Answer::fragment(header));
            }
            let sections = kernel.registry().staff_client(tx, id, &frame);
            let ending = view::ending(&frame, id, may_manage);
            let body = view::client_page(header, &sections, ending);
            Ok(Answer::page(portico_ui::staff_page(&frame, &client.name, body)))
        })
        .await
}

#[handler]
pub async fn edit(staff: Staff, partial: Partial, Path(id): Path<PersonId>) -> Result<Answer> {
    let client = staff.read(move |tx| store::client(tx, id)).await?;
    edit_page(&staff, partial, id, &client.form(), &Problems::default()).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(id): Path<PersonId>,
    Form(input): Form<ClientForm>,
) -> Result<Answer> {
    let changed = match input.parse() {
        Ok(details) => staff.write(move |tx| store::change_client(tx, id, &details)).await?,
        Err(problems) => Err(problems),
    };
    match (changed, partial) {
        (Err(problems), _) => Ok(edit_page(&staff, partial, id, &input, &problems).await?.invalid()),
        (Ok(()), Partial::Page) => Ok(Answer::go(partial, &view::address(id))),
        (Ok(()), Partial::Fragment) => {
            let client = staff.read(move |tx| store::client(tx, id)).await?;
            let header = view::client_header(&staff.frame(), &client, staff.may(Permission::Manage));
            Ok(Answer::fragment(replace_partial(view::HEADER, header)).trigger("dialog:close"))
        }
    }
}

async fn edit_page(
    staff: &Staff,
    partial: Partial,
    id: PersonId,
    input: &ClientForm,
    problems: &Problems,
) -> Result<Answer> {
    let (client, companies) =
        staff.read(move |tx| Ok((store::client(tx, id)?, store::company_suggestions(tx)?))).await?;
    let frame = staff.frame();
    let language = staff.organization().language;
    let title = frame.text.say_with("clients-edit-title", &[("name", (&client.name).into())]);
    let dialog =
        view::edit_dialog(&frame, id, &title, &view::Fields { input, problems, companies, language });
    Ok(dialog_page(staff, partial, &title, dialog))
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(id): Path<PersonId>) -> Result<Answer> {
    staff.write(move |tx| store::delete_client(tx, id)).await?;
    Ok(Answer::go(partial, &format!("/staff/clients?deleted={id}")))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(id): Path<PersonId>) -> Result<Answer> {
    staff.write(move |tx| store::restore_client(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(id)))
}
