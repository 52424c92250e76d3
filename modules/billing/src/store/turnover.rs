use diesel::{dsl, prelude::*, sql_types::Text};
use jiff::{ToSpan, civil::Date};
use portico_kernel::{Result, Tx, stored_day};

use super::{
    sheets::stored_currency,
    statements::{happened, total},
    taxes::unreadable,
};
use crate::{
    currency::Currency,
    money::Money,
    schema::billing_movements,
    statement::Happened,
    turnover::{Turnover, last_months, turnovers},
};

/// Of the last twelve months: the database adds up, so that it is at most four rows for a month and currency. The
/// `usual` currency comes first.
pub fn last_turnovers(tx: &mut Tx, usual: Currency) -> Result<Vec<Turnover>> {
    let today = tx.today();
    let [first, .., last] = last_months(today);
    let rows: Vec<(String, String, String, i64)> = billing_movements::table
        .filter(billing_movements::organization_id.eq(tx.organization()))
        .filter(billing_movements::moved_on.ge(first.to_string()))
        .filter(billing_movements::moved_on.lt(last.saturating_add(1.month()).to_string()))
        .group_by(dsl::sql::<Text>("1, 2, 3"))
        .select((
            dsl::sql::<Text>("billing_movements.currency"),
            // `2026-11` of a day.
            dsl::sql::<Text>("substr(billing_movements.moved_on, 1, 7)"),
            dsl::sql::<Text>("billing_movements.kind"),
            total(),
        ))
        .load(tx.db())?;
    let sum = |(currency, month, kind, sum): (String, String, String, i64)| {
        let begins =
            stored_day(&format!("{month}-01")).ok_or_else(|| unreadable("billing_movements.moved_on"))?;
        Ok((begins, happened(&kind)?, Money::new(sum, stored_currency(&currency)?)))
    };
    let sums: Vec<(Date, Happened, Money)> = rows.into_iter().map(sum).collect::<Result<_>>()?;
    let mut all = turnovers(today, sums);
    all.sort_by_key(|turnover| turnover.currency != usual);
    Ok(all)
}
