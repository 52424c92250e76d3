use poem::{handler, web::Path};
use portico_facts::CompanyId;
use portico_kernel::{Answer, Partial, Result, Staff};

use crate::store;

#[handler]
pub async fn open(staff: Staff, partial: Partial, Path(company): Path<CompanyId>) -> Result<Answer> {
    staff.write(move |tx| store::open_company(tx, company)).await?;
    Ok(Answer::go(partial, &format!("/staff/companies/{company}")))
}

#[handler]
pub async fn close(staff: Staff, partial: Partial, Path(company): Path<CompanyId>) -> Result<Answer> {
    staff.write(move |tx| store::close_company(tx, company)).await?;
    Ok(Answer::go(partial, &format!("/staff/companies/{company}")))
}
