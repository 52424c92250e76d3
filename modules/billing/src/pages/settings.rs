use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::TaxId;
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};
use serde::Deserialize;

use crate::{
    profile::ProfileForm,
    store,
    tax::TaxForm,
    view::settings::{Filled, HERE, removed_toast, settings_page},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The tax rate that was just taken off the list.
    removed: String,
}

#[handler]
pub async fn ask(staff: Staff, Query(left): Query<Left>) -> Result<Answer> {
    let profile = staff.read(|tx| store::profile_form(tx)).await?;
    let removed = (!left.removed.is_empty()).then_some(left.removed);
    show(&staff, &profile, &Problems::default(), &TaxForm::default(), &Problems::default(), removed).await
}

#[handler]
pub async fn change(staff: Staff, partial: Partial, Form(form): Form<ProfileForm>) -> Result<Answer> {
    let typed = form.clone();
    match staff.write(move |tx| store::change_profile(tx, &typed)).await? {
        Ok(()) => Ok(Answer::go(partial, HERE)),
        Err(problems) => Ok(show(&staff, &form, &problems, &TaxForm::default(), &Problems::default(), None)
            .await?
            .invalid()),
    }
}

#[handler]
pub async fn add_tax(staff: Staff, partial: Partial, Form(form): Form<TaxForm>) -> Result<Answer> {
    let added = match form.parse() {
        Ok(details) => staff.write(move |tx| store::add_tax(tx, &details)).await?,
        Err(problems) => Err(problems),
    };
    match added {
        Ok(()) => Ok(Answer::go(partial, HERE)),
        Err(problems) => {
            let profile = staff.read(|tx| store::profile_form(tx)).await?;
            Ok(show(&staff, &profile, &Problems::default(), &form, &problems, None).await?.invalid())
        }
    }
}

#[handler]
pub async fn remove_tax(staff: Staff, partial: Partial, Path(tax): Path<TaxId>) -> Result<Answer> {
    staff.write(move |tx| store::remove_tax(tx, tax)).await?;
    Ok(Answer::go(partial, &format!("{HERE}?removed={tax}")))
}

#[handler]
pub async fn restore_tax(staff: Staff, partial: Partial, Path(tax): Path<TaxId>) -> Result<Answer> {
    staff.write(move |tx| store::restore_tax(tx, tax)).await?;
    Ok(Answer::go(partial, HERE))
}

async fn show(
    staff: &Staff,
    profile: &ProfileForm,
    profile_problems: &Problems,
    tax: &TaxForm,
    tax_problems: &Problems,
    removed: Option<String>,
) -> Result<Answer> {
    let taxes = staff.read(|tx| store::taxes(tx)).await?;
    let mut frame = staff.frame();
    frame.toast = removed.filter(|id| id.parse::<TaxId>().is_ok()).map(|id| removed_toast(&frame, &id));
    let filled = Filled { profile, profile_problems, tax, tax_problems, taxes: &taxes };
    let body = settings_page(&frame, &filled);
    Ok(Answer::page(portico_ui::staff_page(&frame, &frame.text.say("billing-settings"), body)))
}
