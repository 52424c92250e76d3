//! The cover: put there, cut, taken away, brought back.

use poem::{Body, Request, handler, web::Query};
use portico_kernel::{Answer, Error, Form, Partial, Problems, Result, Staff};

use super::settings::{PublicPageForms, show_public_page};
use crate::{
    focus::FocusForm,
    picture::draw_cover,
    received::{PICTURE, received},
    store::covers,
    view::cover::cover_preview,
};

const PUBLIC_PAGE: &str = "/staff/settings/public-page";

#[handler]
pub async fn change(staff: Staff, partial: Partial, req: &Request, body: Body) -> Result<Answer> {
    let draw = staff.registry().picture_drawer().ok_or(Error::NotFound)?;
    let drawn = match received(req, body).await? {
        Ok(bytes) => draw_cover(staff.kernel(), draw, &bytes).await?,
        Err(refusal) => Err(refusal),
    };
    match drawn {
        Ok(cover) => {
            staff.write(move |tx| covers::change_cover(tx, &cover)).await?;
            Ok(Answer::go(partial, "/staff/settings/public-page#cover"))
        }
        Err(refusal) => {
            let mut problems = Problems::default();
            problems.add(PICTURE, refusal.key());
            let forms = PublicPageForms { problems, ..PublicPageForms::default() };
            Ok(show_public_page(&staff, forms).await?.invalid())
        }
    }
}

/// How the cover would be cut, while the place is being looked for.
#[handler]
pub async fn preview(staff: Staff, Query(tried): Query<FocusForm>) -> Result<Answer> {
    let mut cover = staff.read(|tx| covers::cover(tx)).await?;
    if let (Some(cover), Ok(focus)) = (&mut cover, tried.parse()) {
        cover.focus = focus;
    }
    Ok(Answer::fragment(cover_preview(cover.as_ref())))
}

#[handler]
pub async fn change_focus(staff: Staff, partial: Partial, Form(form): Form<FocusForm>) -> Result<Answer> {
    let focus = match form.parse() {
        Ok(focus) => focus,
        Err(problems) => {
            let forms = PublicPageForms { problems, focus: Some(form), ..PublicPageForms::default() };
            return Ok(show_public_page(&staff, forms).await?.invalid());
        }
    };
    staff.write(move |tx| covers::change_focus(tx, focus)).await?;
    Ok(Answer::go(partial, "/staff/settings/public-page#cover"))
}

#[handler]
pub async fn remove(staff: Staff, partial: Partial) -> Result<Answer> {
    staff.write(covers::remove_cover).await?;
    Ok(Answer::go(partial, "/staff/settings/public-page?removed=cover"))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial) -> Result<Answer> {
    staff.write(covers::restore_cover).await?;
    Ok(Answer::go(partial, PUBLIC_PAGE))
}
