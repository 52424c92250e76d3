//! The account at Stripe that clients pay into.

use poem::handler;
use portico_facts::EventKind;
use portico_kernel::{Answer, Form, NewEvent, NewJob, Partial, Problems, Result, Staff};
use portico_ui::components::NoticeKind;

use super::online::problem_words;
use crate::{
    provider::{self, KeysForm},
    reconciliation::RECONCILIATION,
    view::provider::{HERE, Shown, payments_page},
};

#[handler]
pub async fn ask(staff: Staff) -> Result<Answer> {
    show(&staff, &Problems::default(), None).await
}

#[handler]
pub async fn change(staff: Staff, partial: Partial, Form(form): Form<KeysForm>) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let changed = staff
        .write(move |tx| {
            let keys = match form.parse(provider::own_keys(tx, &kernel)?) {
                Ok(keys) => keys,
                Err(problems) => return Ok(tx.unchanged(Err(problems))),
            };
            provider::keep_keys(tx, &kernel, Some(&keys))?;
            let organization = tx.organization();
            Ok(tx.record(NewEvent::new(EventKind::PAYMENTS_CHANGED, organization))?.with(Ok(())))
        })
        .await?;
    match changed {
        Ok(()) => Ok(Answer::go(partial, HERE)),
        Err(problems) => Ok(show(&staff, &problems, None).await?.invalid()),
    }
}

#[handler]
pub async fn forget(staff: Staff, partial: Partial) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    staff
        .write(move |tx| {
            provider::keep_keys(tx, &kernel, None)?;
            let organization = tx.organization();
            tx.record(NewEvent::new(EventKind::PAYMENTS_CHANGED, organization))
        })
        .await?;
    Ok(Answer::go(partial, HERE))
}

/// Whose account it is, or what is wrong, in words.
#[handler]
pub async fn check(staff: Staff) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let keys = staff.read(move |tx| provider::keys(tx, &kernel)).await?;
    let text = staff.text();
    let checked = match keys {
        None => (NoticeKind::Warning, text.say("billing-payments-off").into_owned()),
        Some(keys) => match staff.kernel().payments().account(&keys).await {
            Ok(account) => {
                let values = [("id", account.id.into()), ("name", account.name.into())];
                (NoticeKind::Good, text.say_with("billing-keys-good", &values))
            }
            Err(error) => (NoticeKind::Error, problem_words(text, &error)),
        },
    };
    show(&staff, &Problems::default(), Some(checked)).await
}

#[handler]
pub async fn reconcile(staff: Staff, partial: Partial) -> Result<Answer> {
    staff
        .write(|tx| {
            tx.enqueue(NewJob { kind: RECONCILIATION, payload: () })?;
            Ok(tx.unchanged(()))
        })
        .await?;
    Ok(Answer::go(partial, HERE))
}

async fn show(staff: &Staff, problems: &Problems, checked: Option<(NoticeKind, String)>) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let (keys, reconciled) =
        staff.read(move |tx| Ok((provider::known_keys(tx, &kernel)?, provider::reconciled(tx)?))).await?;
    let (frame, organization) = (staff.frame(), staff.organization());
    let shown = Shown {
        keys: keys.as_ref(),
        problems,
        checked,
        reconciled: reconciled.as_ref(),
        address: &organization.address,
        zone: &organization.time_zone,
    };
    Ok(staff.page(&frame.text.say("billing-online-payments"), payments_page(&frame, &shown)))
}
