//! What a client may see of announcements. Every statement of the client's side starts here, and so does whatever
//! is said of who reads one.

use diesel::{dsl, prelude::*};
use portico_facts::{AnnouncementId, EventKind, OrganizationId, PersonId};
use portico_kernel::{ClientTx, Error, Instant, NewEvent, Recorded, Result, grants, people};

use crate::{
    schema::{announcement_portals, announcement_reads, announcements},
    store::{MOST, make_row},
};

portico_kernel::predicates! {
    using(granted);

    /// THE predicate on the client side (T2): what was published for everybody who has a portal, or for those of one
    /// that this client has.
    #[diesel::dsl::auto_type(no_type_alias)]
    pub fn client_announcements(organization: OrganizationId, who: Who) -> _ {
        let addressed: addressed_announcements = addressed_announcements(organization, who);
        addressed.filter(announcements::published_at.is_not_null())
    }

    /// Drafts, too: by whom it would be read. Nothing of the client's side may start here.
    #[diesel::dsl::auto_type]
    pub fn addressed_announcements(organization: OrganizationId, who: Who) -> _ {
        let of_any_portal: granted = granted(organization, who);
        let of_its_portals: granted_by_portals = granted_by_portals(organization, who);
        let is_for_them = announcements::is_for_everybody.and(dsl::exists(of_any_portal)).or(dsl::exists(
            of_its_portals.filter(announcement_portals::announcement_id.eq(announcements::id)),
        ));
        announcements::table
            .filter(announcements::organization_id.eq(organization))
            .filter(announcements::deleted_at.is_null())
            .filter(is_for_them)
    }

    /// Whatever is for one of their portals.
    #[diesel::dsl::auto_type]
    fn granted_by_portals(organization: OrganizationId, who: Who) -> _ {
        let theirs: granted = granted(organization, who);
        announcement_portals::table
            .filter(announcement_portals::organization_id.eq(organization))
            .filter(dsl::exists(theirs.filter(grants::portal_id.eq(announcement_portals::portal_id))))
    }
}

/// An announcement as its reader sees it: of the others nothing (P10).
#[derive(Clone, Debug)]
pub struct Told {
    pub id: AnnouncementId,
    pub title: String,
    /// Markdown
    pub words: String,
    pub author: String,
    pub published_at: Instant,
    pub edited_at: Option<Instant>,
    pub read_at: Option<Instant>,
}

type Row = (AnnouncementId, String, String, String, Option<Instant>, Option<Instant>, Option<Instant>);

fn told((id, title, words, author, published_at, edited_at, read_at): Row) -> Option<Told> {
    Some(Told { id, title, words, author, published_at: published_at?, edited_at, read_at })
}

/// What `$person` may see, joined with whether they have read it, and were mailed.
macro_rules! read_by {
    ($organization:expr, $person:expr) => {{
        use $crate::schema::{announcement_reads, announcements};
        $crate::visibility::client_announcements($organization, $person).left_join(
            announcement_reads::table.on(announcement_reads::organization_id
                .eq(announcements::organization_id)
                .and(announcement_reads::announcement_id.eq(announcements::id))
                .and(announcement_reads::person_id.eq($person))),
        )
    }};
}
pub(crate) use read_by;

/// The same with who wrote it.
macro_rules! told_to {
    ($organization:expr, $person:expr) => {
        read_by!($organization, $person)
            .inner_join(
                people::table.on(people::organization_id
                    .eq(announcements::organization_id)
                    .and(people::id.eq(announcements::author_id))),
            )
            .select((
                announcements::id,
                announcements::title,
                announcements::words,
                people::name,
                announcements::published_at,
                announcements::edited_at,
                announcement_reads::read_at.nullable(),
            ))
    };
}

/// The newest first.
///
/// # Errors
/// The database's.
pub fn told_announcements(tx: &mut ClientTx) -> Result<Vec<Told>> {
    let (organization, person) = tx.sight();
    let rows: Vec<Row> = told_to!(organization, person)
        .order((announcements::published_at.desc(), announcements::id.desc()))
        .limit(MOST)
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(told).collect())
}

/// Those among them that this client has not read.
///
/// # Errors
/// The database's.
pub fn latest_unread(tx: &mut ClientTx, most: i64) -> Result<Vec<Told>> {
    let (organization, person) = tx.sight();
    let rows: Vec<Row> = told_to!(organization, person)
        .filter(announcement_reads::read_at.is_null())
        .order((announcements::published_at.desc(), announcements::id.desc()))
        .limit(most)
        .load(tx.db())?;
    Ok(rows.into_iter().filter_map(told).collect())
}

/// # Errors
/// [`Error::NotFound`]
pub fn announcement(tx: &mut ClientTx, id: AnnouncementId) -> Result<Told> {
    let (organization, person) = tx.sight();
    let row: Row = told_to!(organization, person).filter(announcements::id.eq(id)).first(tx.db())?;
    told(row).ok_or(Error::NotFound)
}

/// How many are new; `None` where there are none at all (P9).
///
/// # Errors
/// The database's.
pub fn unread_announcements(tx: &mut ClientTx) -> Result<Option<u64>> {
    let (organization, person) = tx.sight();
    let (all, read): (i64, i64) = read_by!(organization, person)
        .select((dsl::count_star(), dsl::count(announcement_reads::read_at.nullable())))
        .first(tx.db())?;
    Ok((all > 0).then_some((all - read).unsigned_abs()))
}

/// # Errors
/// [`Error::NotFound`] for what this client may not see.
pub fn record_reading(tx: &mut ClientTx, id: AnnouncementId) -> Result<Recorded<()>> {
    let title = announcement(tx, id)?.title;
    let (organization, reader) = tx.sight();
    make_row(tx, id, reader)?;
    let now = tx.now();
    let first = diesel::update(announcement_reads::table.find((organization, id, reader)))
        .filter(announcement_reads::read_at.is_null())
        .set(announcement_reads::read_at.eq(Some(now)))
        .execute(tx.db())?;
    if first == 0 {
        return Ok(tx.unchanged(()));
    }
    let data = serde_json::json!({ "title": title });
    // About them, so that no other client's page hears of it.
    tx.record(NewEvent::new(EventKind::ANNOUNCEMENT_READ, id).about(reader).with_data(data))
}
