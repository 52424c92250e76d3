use poem::{handler, web::Query};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};
use portico_ui::{Frame, Markup};
use serde::Deserialize;

use crate::{
    focus::FocusForm,
    looks::{LooksForm, brand_of},
    public_words::PublicWordsForm,
    store,
    view::{
        cover::{cover_section, cover_toast},
        logo::{logo_section, logo_toast},
        settings::{brand_preview, looks_page, public_words_page},
    },
};

#[handler]
pub async fn ask_looks(staff: Staff, Query(done): Query<Done>) -> Result<Answer> {
    let removed = done.removed.filter(|removed| removed == "logo" && staff.organization().logo.is_none());
    let toast = removed.map(|_| logo_toast(&staff.frame()));
    Ok(show_looks(&staff, &LooksForm::of(staff.organization()), &Problems::default(), toast))
}

/// What was just taken away here, to be brought back.
#[derive(Deserialize)]
pub struct Done {
    removed: Option<String>,
}

#[handler]
pub async fn change_looks(staff: Staff, partial: Partial, Form(form): Form<LooksForm>) -> Result<Answer> {
    let looks = match form.parse() {
        Ok(looks) => looks,
        Err(problems) => return Ok(show_looks(&staff, &form, &problems, None).invalid()),
    };
    staff.write(move |tx| store::organization::change_looks(tx, &looks)).await?;
    Ok(Answer::go(partial, "/staff/settings/looks"))
}

pub fn show_looks(staff: &Staff, form: &LooksForm, problems: &Problems, toast: Option<Markup>) -> Answer {
    let frame = Frame { toast, ..staff.frame() };
    let logo = staff.registry().picture_drawer().map(|_| logo_section(&frame, problems));
    let page = looks_page(&frame, form, problems, logo);
    Answer::page(portico_ui::staff_page(&frame, &frame.text.say("portals-looks"), page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Tried {
    colour: String,
    own_sidebar: String,
    sidebar: String,
}

/// How colours would look, while they are being picked.
#[handler]
pub async fn preview(staff: Staff, Query(tried): Query<Tried>) -> Result<Answer> {
    let brand = brand_of(&tried.colour, &tried.own_sidebar, &tried.sidebar);
    Ok(Answer::fragment(brand_preview(&staff.frame(), &brand)))
}

/// What the page about the public page shows in place of what is stored.
#[derive(Default)]
pub struct PublicPageForms {
    pub words: Option<PublicWordsForm>,
    pub focus: Option<FocusForm>,
    pub problems: Problems,
    pub toast: Option<Markup>,
}

#[handler]
pub async fn ask_public_words(staff: Staff, Query(done): Query<Done>) -> Result<Answer> {
    let toast = done.removed.filter(|removed| removed == "cover").map(|_| cover_toast(&staff.frame()));
    show_public_page(&staff, PublicPageForms { toast, ..PublicPageForms::default() }).await
}

#[handler]
pub async fn change_public_words(
    staff: Staff,
    partial: Partial,
    Form(form): Form<PublicWordsForm>,
) -> Result<Answer> {
    let words = match form.parse() {
        Ok(words) => words,
        Err(problems) => {
            let forms = PublicPageForms { words: Some(form), problems, ..PublicPageForms::default() };
            return Ok(show_public_page(&staff, forms).await?.invalid());
        }
    };
    staff.write(move |tx| store::organization::change_public_words(tx, &words)).await?;
    Ok(Answer::go(partial, "/staff/settings/public-page"))
}

pub async fn show_public_page(staff: &Staff, forms: PublicPageForms) -> Result<Answer> {
    let PublicPageForms { words, focus, problems, toast } = forms;
    let (said, cover) =
        staff.read(|tx| Ok((store::organization::public_words(tx)?, store::covers::cover(tx)?))).await?;
    let toast = toast.filter(|_| cover.is_none());
    let frame = Frame { toast, ..staff.frame() };
    let takes_pictures = staff.registry().picture_drawer();
    let section = takes_pictures.map(|_| cover_section(&frame, cover.as_ref(), focus.as_ref(), &problems));
    let page = public_words_page(&frame, &words.unwrap_or_else(|| said.into()), &problems, section);
    Ok(Answer::page(portico_ui::staff_page(&frame, &frame.text.say("portals-public-page"), page)))
}
