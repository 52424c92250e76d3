use diesel::{
    dsl,
    prelude::*,
    sql_types::{BigInt, Text},
};
use jiff::{ToSpan, civil::Date};
use portico_kernel::{Result, Tx, stored_day};

use super::{sheets::stored_currency, statements::happened, taxes::unreadable};
use crate::{
    currency::Currency,
    money::Money,
    schema::billing_days,
    statement::Happened,
    turnover::{Turnover, last_months, turnovers},
};

/// Of the last twelve months: the database adds up days, so that it is at most four rows for a month and currency. The
/// `usual` currency comes first.
pub fn last_turnovers(tx: &mut Tx, usual: Currency) -> Result<Vec<Turnover>> {
    let today = tx.today();
    let [first, .., last] = last_months(today);
    let rows: Vec<(String, String, String, i64)> = billing_days::table
        .filter(billing_days::organization_id.eq(tx.organization()))
        .filter(billing_days::moved_on.ge(first.to_string()))
        .filter(billing_days::moved_on.lt(last.saturating_add(1.month()).to_string()))
        // What was removed leaves nothing.
        .filter(billing_days::amount.ne(0))
        .group_by(dsl::sql::<Text>("1, 2, 3"))
        .select((
            dsl::sql::<Text>("billing_days.currency"),
            // `2026-11` of a day.
            dsl::sql::<Text>("substr(billing_days.moved_on, 1, 7)"),
            dsl::sql::<Text>("billing_days.kind"),
            dsl::sql::<BigInt>("CAST(SUM(billing_days.amount) AS BIGINT)"),
        ))
        .load(tx.db())?;
    let sum = |(currency, month, kind, sum): (String, String, String, i64)| {
        let begins = stored_day(&format!("{month}-01")).ok_or_else(|| unreadable("billing_days.moved_on"))?;
        Ok((begins, happened(&kind)?, Money::new(sum, stored_currency(&currency)?)))
    };
    let sums: Vec<(Date, Happened, Money)> = rows.into_iter().map(sum).collect::<Result<_>>()?;
    let mut all = turnovers(today, sums);
    all.sort_by_key(|turnover| turnover.currency != usual);
    Ok(all)
}
