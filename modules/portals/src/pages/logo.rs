//! The logo: put there, taken away, brought back.

use poem::{Body, Request, handler};
use portico_kernel::{Answer, Error, Partial, Problems, Result, Staff};

use super::settings::show_looks;
use crate::{
    looks::LooksForm,
    picture::draw_logo,
    received::{PICTURE, received},
    store::pictures,
};

const LOOKS: &str = "/staff/settings/looks";

#[handler]
pub async fn change(staff: Staff, partial: Partial, req: &Request, body: Body) -> Result<Answer> {
    let draw = staff.registry().picture_drawer().ok_or(Error::NotFound)?;
    let drawn = match received(req, body).await? {
        Ok(bytes) => draw_logo(staff.kernel(), draw, &bytes).await?,
        Err(refusal) => Err(refusal),
    };
    match drawn {
        Ok(logo) => {
            staff.write(move |tx| pictures::change_logo(tx, &logo)).await?;
            Ok(Answer::go(partial, LOOKS))
        }
        Err(refusal) => {
            let mut problems = Problems::default();
            problems.add(PICTURE, refusal.key());
            Ok(show_looks(&staff, &LooksForm::of(staff.organization()), &problems, None).invalid())
        }
    }
}

#[handler]
pub async fn remove(staff: Staff, partial: Partial) -> Result<Answer> {
    staff.write(pictures::remove_logo).await?;
    Ok(Answer::go(partial, "/staff/settings/looks?removed=logo"))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial) -> Result<Answer> {
    staff.write(pictures::restore_logo).await?;
    Ok(Answer::go(partial, LOOKS))
}
