use poem::{handler, web::Path};
use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{Answer, Form, Partial, Problems, Result, Staff};

use super::dialog_page;
use crate::{
    payment::{Direction, PaymentForm},
    store,
    view::{
        self,
        payment::{payment_dialog, payment_title},
    },
};

#[handler]
pub async fn new_payment(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    new(&staff, partial, id, Direction::Payment).await
}

#[handler]
pub async fn new_refund(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    new(&staff, partial, id, Direction::Refund).await
}

/// Filled with what is open: most payments are of the whole amount, today.
async fn new(staff: &Staff, partial: Partial, id: DocumentId, direction: Direction) -> Result<Answer> {
    let input = staff
        .read(move |tx| {
            let entry = store::document(tx, id)?;
            let account = store::account(tx, &entry)?;
            let usual = match direction {
                Direction::Payment => account.balance(),
                Direction::Refund => account.kept(),
            };
            Ok(PaymentForm {
                payment: tx.new_id(PaymentId::from_bytes).to_string(),
                amount: if usual.is_positive() { usual.decimal().to_string() } else { String::new() },
                paid_on: tx.today().to_string(),
                words: String::new(),
            })
        })
        .await?;
    Ok(show(staff, partial, id, direction, &input, &Problems::default()))
}

#[handler]
pub async fn record_payment(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(input): Form<PaymentForm>,
) -> Result<Answer> {
    record(&staff, partial, id, Direction::Payment, input).await
}

#[handler]
pub async fn record_refund(
    staff: Staff,
    partial: Partial,
    Path(id): Path<DocumentId>,
    Form(input): Form<PaymentForm>,
) -> Result<Answer> {
    record(&staff, partial, id, Direction::Refund, input).await
}

async fn record(
    staff: &Staff,
    partial: Partial,
    id: DocumentId,
    direction: Direction,
    input: PaymentForm,
) -> Result<Answer> {
    let typed = input.clone();
    match staff.write(move |tx| store::record_payment(tx, id, direction, &typed)).await? {
        Ok(()) => Ok(Answer::go(partial, &view::invoice_address(id))),
        Err(problems) => Ok(show(staff, partial, id, direction, &input, &problems).invalid()),
    }
}

fn show(
    staff: &Staff,
    partial: Partial,
    id: DocumentId,
    direction: Direction,
    input: &PaymentForm,
    problems: &Problems,
) -> Answer {
    let frame = staff.frame();
    let dialog = payment_dialog(&frame, id, direction, input, problems);
    dialog_page(staff, partial, &payment_title(frame.text, direction), dialog)
}

#[handler]
pub async fn delete(staff: Staff, partial: Partial, Path(id): Path<PaymentId>) -> Result<Answer> {
    let document = staff.write(move |tx| store::delete_payment(tx, id)).await?;
    Ok(Answer::go(partial, &format!("{}?removed={id}", view::invoice_address(document))))
}

#[handler]
pub async fn restore(staff: Staff, partial: Partial, Path(id): Path<PaymentId>) -> Result<Answer> {
    let document = staff.write(move |tx| store::restore_payment(tx, id)).await?;
    Ok(Answer::go(partial, &view::invoice_address(document)))
}
