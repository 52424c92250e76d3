use poem::{
    handler,
    http::StatusCode,
    web::{Path, Query},
};
use portico_facts::CompanyId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};

use super::dialog_page;
use crate::{
    company::CompanyForm,
    listing::Wanted,
    store::{self, Deletion},
    view::companies::{self as view, Attempt},
};

#[handler]
pub async fn list(staff: Staff, partial: Partial, Query(wanted): Query<Wanted>) -> Result<Answer> {
    let mut frame = staff.frame();
    let query = wanted.clone();
    let (found, deleted) = staff
        .read(move |tx| {
            let deleted = match wanted.deleted.parse() {
                Ok(id) => store::deleted_company(tx, id)?.map(|name| (id, name)),
                Err(_) => None,
            };
            Ok((store::find_companies(tx, &wanted)?, deleted))
        })
        .await?;
    if partial == Partial::Fragment {
        return Ok(Answer::fragment(view::companies_list(&frame, &found, &query)));
    }
    frame.toast = deleted.map(|(id, name)| view::deleted_toast(&frame, id, &name));
    let title = frame.text.say("clients-companies");
    let page = portico_ui::staff_page(&frame, &title, view::companies_page(&frame, &found, &query));
    Ok(Answer::page(page))
}

#[handler]
pub async fn new(staff: Staff, partial: Partial) -> Answer {
    new_page(&staff, partial, &CompanyForm::default(), &Problems::default())
}

#[handler]
pub async fn create(staff: Staff, partial: Partial, Form(input): Form<CompanyForm>) -> Result<Answer> {
    let added = match input.parse() {
        Ok(name) => staff.write(move |tx| store::add_company(tx, &name)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(id) => Ok(Answer::go(partial, &view::address(id))),
        Err(problems) => Ok(new_page(&staff, partial, &input, &problems).invalid()),
    }
}

fn new_page(staff: &Staff, partial: Partial, input: &CompanyForm, problems: &Problems) -> Answer {
    let frame = staff.frame();
    dialog_page(
        staff,
        partial,
        &frame.text.say("clients-company-new"),
        view::new_dialog(&frame, input, problems),
    )
}

#[handler]
pub async fn show(
    staff: Staff,
    partial: Partial,
    Path(id): Path<CompanyId>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer> {
    page(&staff, partial, id, wanted, Attempt::None).await
}

async fn page(
    staff: &Staff,
    partial: Partial,
    id: CompanyId,
    wanted: Wanted,
    attempt: Attempt,
) -> Result<Answer> {
    let (frame, kernel) = (staff.frame(), staff.kernel().clone());
    staff
        .read(move |tx| {
            let (company, people) = (store::company(tx, id)?, store::find_clients(tx, Some(id), &wanted)?);
            if partial == Partial::Fragment {
                return Ok(Answer::fragment(view::company_people(&frame, &company, &people, &wanted)));
            }
            let sections = kernel.registry().staff_company(tx, id, &frame);
            let body = view::company_page(&frame, &company, &people, &wanted, attempt, &sections);
            Ok(Answer::page(portico_ui::staff_page(&frame, &company.name, body)))
        })
        .await
}

#[handler]
pub async fn edit(staff: Staff, partial: Partial, Path(id): Path<CompanyId>) -> Result<Answer> {
    let company = staff.read(move |tx| store::company(tx, id)).await?;
    Ok(edit_page(&staff, partial, id, &CompanyForm { name: company.name }, &Problems::default()))
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(id): Path<CompanyId>,
    Form(input): Form<CompanyForm>,
) -> Result<Answer> {
    let changed = match input.parse() {
        Ok(name) => staff.write(move |tx| store::rename_company(tx, id, &name)).await?,
        Err(problems) => {
            staff.read(move |tx| store::company(tx, id)).await?;
            Err(problems)
        }
    };
    match changed {
        Ok(()) => Ok(Answer::go(partial, &view::address(id))),
        Err(problems) => Ok(edit_page(&staff, partial, id, &input, &problems).invalid()),
    }
}

fn edit_page(
    staff: &Staff,
    partial: Partial,
    id: CompanyId,
    input: &CompanyForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let dialog = view::rename_dialog(&frame, id, input, problems);
    dialog_page(staff, partial, &frame.text.say("clients-company-rename-title"), dialog)
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(id): Path<CompanyId>) -> Result<Answer> {
    match staff.write(move |tx| store::delete_company(tx, id)).await? {
        Deletion::Done => Ok(Answer::go(partial, &format!("/staff/companies?deleted={id}"))),
        Deletion::InUse => {
            let answer = page(&staff, Partial::Page, id, Wanted::default(), Attempt::Deletion).await?;
            Ok(answer.status(StatusCode::CONFLICT))
        }
    }
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(id): Path<CompanyId>) -> Result<Answer> {
    staff.write(move |tx| store::restore_company(tx, id)).await?;
    Ok(Answer::go(partial, &view::address(id)))
}
