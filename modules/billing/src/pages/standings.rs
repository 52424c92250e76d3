//! What staff decide about a subscription: that it runs, rests or ends.

use poem::{handler, web::Path};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Error, Form, Partial, Result, Staff};

use super::dialog_page;
use crate::{
    store::{self, Attempt},
    subscription::CancellationForm,
    view::{self, subscription::cancellation_dialog},
};

/// An invoice that is due already is made at once.
#[handler]
pub async fn start(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    staff
        .write(move |tx| {
            let _ = store::start(tx, id)?;
            store::invoice_next_period(tx, id)
        })
        .await?;
    Ok(Answer::go(partial, &view::subscription_address(id)))
}

#[handler]
pub async fn pause(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    staff.write(move |tx| store::pause(tx, id)).await?;
    Ok(Answer::go(partial, &view::subscription_address(id)))
}

#[handler]
pub async fn resume(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    staff
        .write(move |tx| {
            let _ = store::resume(tx, id)?;
            store::invoice_next_period(tx, id)
        })
        .await?;
    Ok(Answer::go(partial, &view::subscription_address(id)))
}

/// What is due, without waiting for the clock: after an obstacle was cleared away.
#[handler]
pub async fn invoice(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    match staff.write(move |tx| store::invoice_next_period(tx, id)).await? {
        Attempt::Held(obstacle) => Err(Error::Conflict(obstacle)),
        Attempt::Made(_) | Attempt::NothingDue => Ok(Answer::go(partial, &view::subscription_address(id))),
    }
}

#[handler]
pub async fn ask_cancellation(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    show_cancellation(&staff, partial, id, &CancellationForm { when: "end".to_owned() }, None).await
}

#[handler]
pub async fn cancel(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(input): Form<CancellationForm>,
) -> Result<Answer> {
    match input.parse() {
        Ok(when) => {
            staff.write(move |tx| store::cancel(tx, id, when)).await?;
            Ok(Answer::go(partial, &view::subscription_address(id)))
        }
        Err(key) => Ok(show_cancellation(&staff, partial, id, &input, Some(key)).await?.invalid()),
    }
}

async fn show_cancellation(
    staff: &Staff,
    partial: Partial,
    id: DocumentId,
    input: &CancellationForm,
    problem: Option<&'static str>,
) -> Result<Answer> {
    let (subscription, today) = staff.read(move |tx| Ok((store::subscription(tx, id)?, tx.today()))).await?;
    let frame = staff.frame();
    let dialog = cancellation_dialog(&frame, &subscription, today, input, problem);
    Ok(dialog_page(staff, partial, &frame.text.say("billing-cancel-subscription"), dialog))
}
