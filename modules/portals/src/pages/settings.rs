use poem::{handler, web::Query};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};
use portico_ui::Colour;
use serde::Deserialize;

use crate::{
    looks::{LooksForm, PublicWordsForm},
    store,
    view::settings::{brand_preview, looks_page, public_words_page},
};

#[handler]
pub async fn ask_looks(staff: Staff) -> Result<Answer> {
    Ok(show_looks(&staff, &LooksForm::of(staff.organization()), &Problems::default()))
}

#[handler]
pub async fn change_looks(staff: Staff, partial: Partial, Form(form): Form<LooksForm>) -> Result<Answer> {
    let looks = match form.parse() {
        Ok(looks) => looks,
        Err(problems) => return Ok(show_looks(&staff, &form, &problems).invalid()),
    };
    staff.write(move |tx| store::organization::change_looks(tx, &looks)).await?;
    Ok(Answer::go(partial, "/staff/settings/looks"))
}

fn show_looks(staff: &Staff, form: &LooksForm, problems: &Problems) -> Answer {
    let frame = staff.frame();
    staff.page(&frame.text.say("portals-looks"), looks_page(&frame, form, problems))
}

#[derive(Deserialize)]
pub struct Tried {
    #[serde(default)]
    colour: String,
}

/// How a colour would look, while it is being picked.
#[handler]
pub async fn preview(staff: Staff, Query(tried): Query<Tried>) -> Result<Answer> {
    let own = &staff.organization().colour;
    let colour = tried.colour.parse().or_else(|_| own.parse()).unwrap_or(Colour::BLACK);
    Ok(Answer::fragment(brand_preview(&staff.frame(), colour)))
}

#[handler]
pub async fn ask_public_words(staff: Staff) -> Result<Answer> {
    let words = staff.read(|tx| store::organization::public_words(tx)).await?;
    let form = PublicWordsForm { headline: words.headline, words: words.words };
    Ok(show_public_words(&staff, &form, &Problems::default()))
}

#[handler]
pub async fn change_public_words(
    staff: Staff,
    partial: Partial,
    Form(form): Form<PublicWordsForm>,
) -> Result<Answer> {
    let words = match form.parse() {
        Ok(words) => words,
        Err(problems) => return Ok(show_public_words(&staff, &form, &problems).invalid()),
    };
    staff.write(move |tx| store::organization::change_public_words(tx, &words)).await?;
    Ok(Answer::go(partial, "/staff/settings/public-page"))
}

fn show_public_words(staff: &Staff, form: &PublicWordsForm, problems: &Problems) -> Answer {
    let frame = staff.frame();
    staff.page(&frame.text.say("portals-public-page"), public_words_page(&frame, form, problems))
}
