//! Storage space: how much is used, of how much, and what the last comparison of objects and rows found.

use poem::handler;
use portico_facts::EventKind;
use portico_kernel::{Answer, Form, NewEvent, Partial, Permission, Problems, Result, Staff};
use serde_json::json;

use crate::{
    quota,
    storage::LimitForm,
    store::{self, Kind},
    view::storage::{Storage, storage_page},
};

const PAGE: &str = "/staff/settings/storage";

#[handler]
pub async fn show(staff: Staff) -> Result<Answer> {
    page(&staff, None, Problems::default()).await
}

#[handler]
pub async fn change(staff: Staff, partial: Partial, Form(form): Form<LimitForm>) -> Result<Answer> {
    let limit = match form.parse() {
        Ok(limit) => limit,
        Err(problems) => return Ok(page(&staff, Some(form), problems).await?.invalid()),
    };
    staff
        .write(move |tx| {
            tx.set_setting(quota::SETTING, &limit.to_string())?;
            let event = NewEvent::new(EventKind::ORGANIZATION_CHANGED, tx.organization());
            tx.record(event.with_data(json!({ "storage_limit": limit })))
        })
        .await?;
    Ok(Answer::go(partial, PAGE))
}

async fn page(staff: &Staff, typed: Option<LimitForm>, problems: Problems) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let (used, limit, orphans, missing) = staff
        .read(move |tx| {
            let (used, limit) = (quota::stored(tx, &kernel)?, quota::limit(tx)?);
            Ok((used, limit, store::strays(tx, Kind::Orphan)?, store::strays(tx, Kind::Missing)?))
        })
        .await?;
    let storage = Storage {
        used,
        limit,
        form: typed.unwrap_or_else(|| LimitForm::of(limit)),
        may_change: staff.may(Permission::Operate),
        orphans,
        missing,
        zone: &staff.organization().time_zone,
    };
    let frame = staff.frame();
    Ok(staff.page(&frame.text.say("files-storage"), storage_page(&frame, &storage, &problems)))
}
