use diesel::{dsl, prelude::*};
use portico_facts::{DocumentId, OrganizationId, PersonId, ProjectId};
use portico_kernel::{Core, Error, Result, Tx, stored_day};

use super::{
    listing::Found,
    recipients::recipients_of,
    sheets::{DocumentRow, Entry, sheets},
    taxes::unreadable,
};
use crate::{
    plan::{Plan, Standing, State},
    schedule::{Interval, Schedule, Unit},
    schema::{billing_documents, billing_subscriptions},
    subscription::Subscription,
    visibility::is_not_over,
};

/// Of one client or project.
const AT_MOST: i64 = 50;

#[derive(Queryable, Selectable)]
#[diesel(table_name = billing_subscriptions)]
pub(super) struct PlanRow {
    name: String,
    every: i32,
    unit: String,
    anchor_on: String,
    first_number: i32,
    next_number: i32,
    ends_on: Option<String>,
    payment_days: Option<i32>,
    prorates: bool,
    state: String,
    paused_on: Option<String>,
}

impl PlanRow {
    fn plan(&self) -> Result<Plan> {
        let broken = || unreadable("billing_subscriptions");
        let interval = Interval {
            every: u16::try_from(self.every).map_err(|_| broken())?,
            unit: Unit::from_name(&self.unit).ok_or_else(broken)?,
        };
        let anchor = stored_day(&self.anchor_on).ok_or_else(broken)?;
        let paused_on = self.paused_on.as_deref().and_then(stored_day);
        Ok(Plan {
            state: State::from_stored(&self.state, paused_on).ok_or_else(broken)?,
            schedule: Schedule { interval, anchor, first: self.first_number },
            next: self.next_number,
            ends_on: self.ends_on.as_deref().and_then(stored_day),
            prorates: self.prorates,
        })
    }
}

#[diesel::dsl::auto_type]
fn live_subscriptions(organization: OrganizationId) -> _ {
    billing_documents::table
        .inner_join(
            billing_subscriptions::table.on(billing_subscriptions::organization_id
                .eq(billing_documents::organization_id)
                .and(billing_subscriptions::document_id.eq(billing_documents::id))),
        )
        .filter(billing_documents::organization_id.eq(organization))
        .filter(billing_documents::deleted_at.is_null())
}

/// # Errors
/// [`Error::NotFound`], also for a document of another kind.
pub fn subscription(tx: &mut Tx, id: DocumentId) -> Result<Subscription> {
    let row: (DocumentRow, PlanRow) = live_subscriptions(tx.organization())
        .filter(billing_documents::id.eq(id))
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .first(tx.db())?;
    whole(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

pub fn subscription_name(tx: &mut Tx, id: DocumentId) -> Result<String> {
    let organization = tx.organization();
    Ok(billing_subscriptions::table
        .find((organization, id))
        .select(billing_subscriptions::name)
        .first(tx.db())?)
}

/// Which subscriptions a list is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum WhichSubscriptions {
    #[default]
    All,
    Running,
    Paused,
    Ended,
}

impl WhichSubscriptions {
    pub const ALL: [Self; 4] = [Self::All, Self::Running, Self::Paused, Self::Ended];

    /// As it stands in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ended => "ended",
        }
    }

    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.name() == name).unwrap_or_default()
    }

    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "billing-all",
            Self::Running => Standing::Running.key(),
            Self::Paused => Standing::Paused.key(),
            Self::Ended => Standing::Ended.key(),
        }
    }
}

/// One page, the newest first.
pub fn find_subscriptions(tx: &mut Tx, which: WhichSubscriptions, page: i64) -> Result<Found<Subscription>> {
    use billing_subscriptions::state;
    let all = live_subscriptions(tx.organization())
        .order(billing_documents::id.desc())
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .into_boxed();
    let today = tx.today().to_string();
    // As `Plan::standing` says.
    let matching = match which {
        WhichSubscriptions::All => all,
        WhichSubscriptions::Running => all.filter(state.eq("running")).filter(is_not_over(today)),
        WhichSubscriptions::Paused => all.filter(state.eq("paused")),
        WhichSubscriptions::Ended => {
            let has_run_out = state.eq("running").and(dsl::not(is_not_over(today)));
            all.filter(state.eq("cancelled").or(has_run_out))
        }
    };
    Found::of(page, |limit, offset| {
        let rows = matching.limit(limit).offset(offset).load(tx.db())?;
        whole(tx, rows)
    })
}

pub fn subscriptions_of_client(tx: &mut Tx, client: PersonId) -> Result<Vec<Subscription>> {
    let rows = live_subscriptions(tx.organization())
        .filter(billing_documents::client_id.eq(client))
        .order(billing_documents::id.desc())
        .limit(AT_MOST)
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .load(tx.db())?;
    whole(tx, rows)
}

pub fn subscriptions_of_project(tx: &mut Tx, project: ProjectId) -> Result<Vec<Subscription>> {
    let rows = live_subscriptions(tx.organization())
        .filter(billing_documents::project_id.eq(project))
        .order(billing_documents::id.desc())
        .limit(AT_MOST)
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .load(tx.db())?;
    whole(tx, rows)
}

/// A client's that run or are paused, and are not over.
pub fn subscriptions_that_go_on(tx: &mut Tx, client: PersonId) -> Result<Vec<DocumentId>> {
    use billing_subscriptions::state;
    let runs = state.eq("running").and(is_not_over(tx.today().to_string()));
    Ok(live_subscriptions(tx.organization())
        .filter(billing_documents::client_id.eq(client))
        .filter(state.eq("paused").or(runs))
        .order(billing_documents::id)
        .select(billing_documents::id)
        .load(tx.db())?)
}

/// Those whose invoice is due and cannot be made, the longest waiting first.
pub fn held_subscriptions(tx: &mut Tx) -> Result<Vec<Subscription>> {
    let today = tx.today();
    let rows = live_subscriptions(tx.organization())
        .filter(billing_subscriptions::state.eq("running"))
        .filter(billing_subscriptions::next_on.le(today.to_string()))
        .order((billing_subscriptions::next_on, billing_documents::id))
        .limit(AT_MOST)
        .select((DocumentRow::as_select(), PlanRow::as_select()))
        .load(tx.db())?;
    let mut held = whole(tx, rows)?;
    held.retain(|subscription| subscription.holdup(today).is_some());
    Ok(held)
}

/// With lines and recipients, in a statement for all of each.
fn whole(tx: &mut Tx, rows: Vec<(DocumentRow, PlanRow)>) -> Result<Vec<Subscription>> {
    let mut all = without_recipients(tx, rows)?;
    let mut recipients = recipients_of(tx, all.iter().map(|each| each.sheet.document.id).collect())?;
    for each in &mut all {
        each.recipients = recipients.remove(&each.sheet.document.id).unwrap_or_default();
    }
    Ok(all)
}

/// For a client, whom the others do not concern.
pub(super) fn without_recipients(
    tx: &mut Core,
    rows: Vec<(DocumentRow, PlanRow)>,
) -> Result<Vec<Subscription>> {
    let (documents, plans): (Vec<DocumentRow>, Vec<PlanRow>) = rows.into_iter().unzip();
    let entries: Vec<Entry> = documents.into_iter().map(DocumentRow::entry).collect::<Result<_>>()?;
    let sheets = sheets(tx, entries)?;
    let subscription = |(sheet, row): (_, PlanRow)| {
        let plan = row.plan()?;
        let payment_days = row.payment_days.and_then(|days| u16::try_from(days).ok());
        Ok(Subscription { sheet, name: row.name, plan, payment_days, recipients: Vec::new() })
    };
    sheets.into_iter().zip(plans).map(subscription).collect()
}
