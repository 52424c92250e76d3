use poem::{handler, web::Path};
use portico_facts::DocumentId;
use portico_kernel::{Answer, Partial, Result, Staff};

use crate::{store, view};

#[handler]
pub async fn remind(staff: Staff, partial: Partial, Path(id): Path<DocumentId>) -> Result<Answer> {
    staff.write(move |tx| store::remind_now(tx, id)).await?;
    Ok(Answer::go(partial, &view::invoice_address(id)))
}
