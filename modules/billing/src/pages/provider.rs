//! The account at Stripe that clients pay into.

use poem::{handler, web::Path};
use portico_facts::{EventKind, PaymentId};
use portico_kernel::{
    Answer, Form, NewEvent, NewJob, Partial, Problems, ProviderAccount, ProviderError, ProviderKeys, Result,
    Staff,
};
use portico_ui::components::NoticeKind;

use super::online::problem_words;
use crate::{
    provider::{self, KeysForm},
    reconciliation::{RECONCILIATION, reconciled},
    store,
    view::provider::{HERE, Shown, heard, payments_page},
};

#[handler]
pub async fn ask(staff: Staff) -> Result<Answer> {
    show(&staff, &Problems::default(), None).await
}

/// The provider is asked whose the keys are, before they take the place of others.
#[handler]
pub async fn change(staff: Staff, partial: Partial, Form(form): Form<KeysForm>) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let parsed = staff.read(move |tx| Ok(form.parse(provider::own_keys(tx, &kernel)?))).await?;
    let keys = match parsed {
        Ok(keys) => keys,
        Err(problems) => return Ok(show(&staff, &problems, None).await?.invalid()),
    };
    let account = match staff.kernel().payments().account(&keys).await {
        Ok(account) => Some(account),
        Err(ProviderError::Key) => {
            let mut problems = Problems::default();
            problems.add("secret", "billing-provider-key");
            return Ok(show(&staff, &problems, None).await?.invalid());
        }
        // Not reached, or a restricted key that may not tell: the button says more.
        Err(error) => {
            tracing::info!(%error, "Stripe did not say whose these keys are");
            None
        }
    };
    replace(&staff, Some(keys), account).await?;
    Ok(Answer::go(partial, HERE))
}

#[handler]
pub async fn forget(staff: Staff, partial: Partial) -> Result<Answer> {
    replace(&staff, None, None).await?;
    Ok(Answer::go(partial, HERE))
}

async fn replace(staff: &Staff, keys: Option<ProviderKeys>, account: Option<ProviderAccount>) -> Result<()> {
    let kernel = staff.kernel().clone();
    staff
        .write(move |tx| {
            provider::replace_keys(tx, &kernel, keys.as_ref(), account.as_ref())?;
            let organization = tx.organization();
            tx.record(NewEvent::new(EventKind::PAYMENTS_CHANGED, organization))
        })
        .await
}

#[handler]
pub async fn settle(staff: Staff, partial: Partial, Path(id): Path<PaymentId>) -> Result<Answer> {
    staff.write(move |tx| store::settle_misfit(tx, id)).await?;
    Ok(Answer::go(partial, HERE))
}

/// Whose account it is, or what is wrong, in words.
#[handler]
pub async fn check(staff: Staff) -> Result<Answer> {
    let kernel = staff.kernel().clone();
    let keys = staff
        .read(move |tx| Ok(provider::keys(tx, &kernel)?.zip(provider::known_keys(tx, &kernel)?)))
        .await?;
    let text = staff.text();
    let checked = match keys {
        None => (NoticeKind::Warning, text.say("billing-payments-off").into_owned()),
        Some((keys, known)) => match staff.kernel().payments().account(&keys).await {
            Ok(account) => {
                let values = [("id", account.id.into()), ("name", account.name.into())];
                let words = [text.say_with("billing-keys-good", &values), heard(text, &known)].join(" ");
                (if known.heard_on.is_some() { NoticeKind::Good } else { NoticeKind::Warning }, words)
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
    let (keys, reconciled, misfits) = staff
        .read(move |tx| Ok((provider::known_keys(tx, &kernel)?, reconciled(tx)?, store::misfits(tx)?)))
        .await?;
    let (frame, organization) = (staff.frame(), staff.organization());
    let shown = Shown {
        keys: keys.as_ref(),
        problems,
        checked,
        reconciled: reconciled.as_ref(),
        misfits: &misfits,
        address: &organization.address,
        zone: &organization.time_zone,
    };
    Ok(staff.page(&frame.text.say("billing-online-payments"), payments_page(&frame, &shown)))
}
