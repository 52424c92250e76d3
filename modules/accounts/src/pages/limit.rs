//! What a member sees: everything, or chosen clients and projects.

use poem::{handler, web::Path};
use portico_facts::PersonId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};

use crate::{limit::LimitForm, limits, view};

#[handler]
pub async fn ask(staff: Staff, Path(person): Path<PersonId>) -> Result<Answer> {
    limit_page(&staff, person, None, Problems::default()).await
}

#[handler]
pub async fn change(
    staff: Staff,
    partial: Partial,
    Path(person): Path<PersonId>,
    Form(form): Form<LimitForm>,
) -> Result<Answer> {
    if form.is_finding() {
        return limit_page(&staff, person, Some(form), Problems::default()).await;
    }
    let set = match form.parse() {
        Ok(reach) => staff.write(move |tx| limits::set(tx, person, &reach)).await?,
        Err(problems) => Err(problems),
    };
    match set {
        Ok(()) => Ok(Answer::go(partial, &format!("/staff/people/{person}"))),
        Err(problems) => Ok(limit_page(&staff, person, Some(form), problems).await?.invalid()),
    }
}

/// As it is, or as it was typed.
async fn limit_page(
    staff: &Staff,
    person: PersonId,
    typed: Option<LimitForm>,
    problems: Problems,
) -> Result<Answer> {
    let frame = staff.frame();
    staff
        .read(move |tx| {
            let row = limits::member(tx, person)?;
            let input = match typed {
                Some(typed) => typed,
                None => limits::reach(tx, &row)?.form(),
            };
            let choices = limits::choices(tx)?;
            let choosing =
                view::limit::Choosing { person: &row, input: &input, choices: &choices, problems: &problems };
            let title = frame.text.say_with("accounts-limit-title", &[("name", (&row.name).into())]);
            let body = view::limit::page(&frame, &title, &choosing);
            Ok(Answer::page(portico_ui::staff_page(&frame, &title, body)))
        })
        .await
}
