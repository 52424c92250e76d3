//! The certificates of the hosts at which the installation answers, where it faces the internet itself. Hosts are the
//! installation's, so these few statements look beyond any organization. Whatever is a key lies sealed.

mod authority;

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    addresses,
    among::Among,
    clock::Instant,
    connection::Db,
    error::Result,
    schema::{certificate_challenges, certificates},
    system::Kernel,
};

/// Whoever orders has as long, and when it dies another goes on.
const LEASE_SECONDS: i64 = 10 * 60;
/// After a first failure, and twice as long after each more: authorities count failures by the hour.
const FIRST_PAUSE_SECONDS: i64 = 15 * 60;
const LONGEST_PAUSE_SECONDS: i64 = 86_400;
/// After an authority said that it was asked too often.
const TOO_OFTEN_SECONDS: i64 = 6 * 3_600;
/// However short a certificate lives, and whatever clock its authority has.
const SOONEST_SECONDS: i64 = 3_600;
/// Until nobody asks for an answer any more, and what nothing answers with goes.
const CHALLENGE_DAYS: i64 = 1;
const KEPT_DAYS: i64 = 30;

/// What a server shows, and the key to it.
#[derive(Clone)]
pub struct Certificate {
    pub host: String,
    /// In PEM, the host's own first.
    pub chain: String,
    /// In PEM.
    pub key: String,
    pub issued_at: Instant,
}

/// From when to when a certificate is good, as it says itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateTimes {
    pub not_before: Instant,
    pub not_after: Instant,
}

impl CertificateTimes {
    /// With a third of its life left.
    fn renewal(self, now: Instant) -> Instant {
        let third = self.not_after.seconds_since(self.not_before) / 3;
        self.not_after.plus_seconds(-third).max(now.plus_seconds(SOONEST_SECONDS))
    }
}

/// How a host stands: with a certificate, without one yet, or with one that could not be renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateStanding {
    pub host: String,
    pub issued_at: Option<Instant>,
    pub expires_at: Option<Instant>,
    /// What the last try was refused with, in the authority's words.
    pub failure: Option<String>,
    pub failed_at: Option<Instant>,
    /// When the next try is due; `None` before the first.
    pub try_at: Option<Instant>,
    /// Some machine has ordered it, and is left alone until then.
    pub leased_until: Option<Instant>,
}

impl CertificateStanding {
    fn unknown(host: String) -> Self {
        Self {
            host,
            issued_at: None,
            expires_at: None,
            failure: None,
            failed_at: None,
            try_at: None,
            leased_until: None,
        }
    }

    pub fn is_due(&self, now: Instant) -> bool {
        self.try_at.is_none_or(|at| at <= now) && self.leased_until.is_none_or(|until| until <= now)
    }

    pub fn is_good(&self, now: Instant) -> bool {
        self.expires_at.is_some_and(|at| now < at)
    }
}

/// Until a host that was refused `failures` times is tried again.
fn pause_seconds(failures: i32, is_too_often: bool) -> i64 {
    let doublings = failures.saturating_sub(1).clamp(0, 10);
    let pause = (FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS);
    if is_too_often { pause.max(TOO_OFTEN_SECONDS) } else { pause }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = certificates)]
struct StandingRow {
    host: String,
    issued_at: Option<Instant>,
    expires_at: Option<Instant>,
    failure: Option<String>,
    failed_at: Option<Instant>,
    try_at: Instant,
    leased_until: Option<Instant>,
}

impl From<StandingRow> for CertificateStanding {
    fn from(row: StandingRow) -> Self {
        Self {
            host: row.host,
            issued_at: row.issued_at,
            expires_at: row.expires_at,
            failure: row.failure,
            failed_at: row.failed_at,
            try_at: Some(row.try_at),
            leased_until: row.leased_until,
        }
    }
}

impl Kernel {
    /// Every host at which somebody is answered, and no other, in the order of their names.
    ///
    /// # Errors
    /// The database's.
    pub async fn certificate_standings(&self) -> Result<Vec<CertificateStanding>> {
        let (public_url, now) = (self.public_url().clone(), self.now());
        self.database()
            .read(move |db| {
                let hosts = addresses::hosts(db, &public_url, now)?;
                let rows: Vec<StandingRow> = certificates::table.select(StandingRow::as_select()).load(db)?;
                let mut known: HashMap<String, CertificateStanding> =
                    rows.into_iter().map(|row| (row.host.clone(), row.into())).collect();
                let standing = |host: String| match known.remove(&host) {
                    Some(standing) => standing,
                    None => CertificateStanding::unknown(host),
                };
                Ok(hosts.into_iter().map(standing).collect())
            })
            .await
    }

    /// How one of them stands.
    ///
    /// # Errors
    /// The database's.
    pub async fn certificate_standing(&self, host: &str) -> Result<CertificateStanding> {
        let all = self.certificate_standings().await?;
        let found = all.into_iter().find(|standing| standing.host == host);
        Ok(found.unwrap_or_else(|| CertificateStanding::unknown(host.to_owned())))
    }

    /// Those of these hosts that there are. What another secret has sealed is none.
    ///
    /// # Errors
    /// The database's.
    pub async fn certificates_of(&self, hosts: Vec<String>) -> Result<Vec<Certificate>> {
        type Row = (String, Option<String>, Option<String>, Option<Instant>);
        let rows: Vec<Row> = self
            .database()
            .read(move |db| {
                Ok(certificates::table
                    .filter(certificates::host.among(hosts))
                    .select((
                        certificates::host,
                        certificates::chain,
                        certificates::sealed_key,
                        certificates::issued_at,
                    ))
                    .load(db)?)
            })
            .await?;
        let opened = rows.into_iter().filter_map(|(host, chain, sealed, issued_at)| {
            let key = self.secret().unseal(purpose(&host).as_bytes(), &sealed?)?;
            Some(Certificate { host, chain: chain?, key, issued_at: issued_at? })
        });
        Ok(opened.collect())
    }

    /// Whether the order for this host is this machine's now. It is nobody else's for ten minutes.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_certificate_order(&self, host: &str) -> Result<bool> {
        let (host, now) = (host.to_owned(), self.now());
        let until = now.plus_seconds(LEASE_SECONDS);
        self.database()
            .write(move |db| {
                addresses::hold_names(db)?;
                let known: i64 =
                    certificates::table.filter(certificates::host.eq(&host)).count().get_result(db)?;
                if known == 0 {
                    diesel::insert_into(certificates::table)
                        .values((
                            certificates::host.eq(&host),
                            certificates::try_at.eq(now),
                            certificates::failures.eq(0),
                            certificates::leased_until.eq(Some(until)),
                        ))
                        .execute(db)?;
                    return Ok(true);
                }
                let is_free = certificates::leased_until.is_null().or(certificates::leased_until.le(now));
                let is_due = certificates::try_at.le(now);
                let taken = diesel::update(certificates::table.find(&host).filter(is_due).filter(is_free))
                    .set(certificates::leased_until.eq(Some(until)))
                    .execute(db)?;
                Ok(taken == 1)
            })
            .await
    }

    /// # Errors
    /// The database's.
    pub async fn keep_certificate(
        &self,
        host: &str,
        chain: String,
        key: &str,
        times: CertificateTimes,
    ) -> Result<()> {
        let sealed = self.secret().seal(self.randomness(), purpose(host).as_bytes(), key);
        let (host, now) = (host.to_owned(), self.now());
        self.database()
            .write(move |db| {
                diesel::update(certificates::table.find(&host))
                    .set((
                        certificates::chain.eq(Some(chain)),
                        certificates::sealed_key.eq(Some(sealed)),
                        certificates::issued_at.eq(Some(now)),
                        certificates::expires_at.eq(Some(times.not_after)),
                        certificates::try_at.eq(times.renewal(now)),
                        certificates::failures.eq(0),
                        certificates::failure.eq(None::<String>),
                        certificates::failed_at.eq(None::<Instant>),
                        certificates::leased_until.eq(None::<Instant>),
                    ))
                    .execute(db)?;
                clear_up(db, &host, now)
            })
            .await
    }

    /// `is_too_often`: the authority wants to be left alone.
    ///
    /// # Errors
    /// The database's.
    pub async fn note_refused_certificate(
        &self,
        host: &str,
        words: String,
        is_too_often: bool,
    ) -> Result<()> {
        let (host, now) = (host.to_owned(), self.now());
        self.database()
            .write(move |db| {
                let failures: Option<i32> =
                    certificates::table.find(&host).select(certificates::failures).first(db).optional()?;
                let failures = failures.unwrap_or(0).saturating_add(1);
                diesel::update(certificates::table.find(&host))
                    .set((
                        certificates::failures.eq(failures),
                        certificates::failure.eq(Some(words)),
                        certificates::failed_at.eq(Some(now)),
                        certificates::try_at.eq(now.plus_seconds(pause_seconds(failures, is_too_often))),
                        certificates::leased_until.eq(None::<Instant>),
                    ))
                    .execute(db)?;
                Ok(())
            })
            .await
    }
}

/// So that a sealed key is no good at another host.
fn purpose(host: &str) -> String {
    format!("certificate of {host}")
}

/// Answers that were given, and the certificates of hosts that are not renewed because nobody answers there any more.
fn clear_up(db: &mut Db, host: &str, now: Instant) -> Result<()> {
    let is_old = certificate_challenges::made_at.lt(now.plus_days(-CHALLENGE_DAYS));
    diesel::delete(certificate_challenges::table.filter(certificate_challenges::host.eq(host).or(is_old)))
        .execute(db)?;
    let left = certificates::table
        .filter(certificates::expires_at.lt(now.plus_days(-KEPT_DAYS)))
        .filter(certificates::host.ne(host))
        .filter(certificates::failures.eq(0));
    diesel::delete(left).execute(db)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(0);

    fn lasting(before: i64, after: i64) -> CertificateTimes {
        CertificateTimes { not_before: NOW.plus_days(before), not_after: NOW.plus_days(after) }
    }

    #[test]
    fn a_certificate_is_renewed_with_a_third_of_its_life_left() {
        assert_eq!(lasting(0, 90).renewal(NOW), NOW.plus_days(60));
        assert_eq!(lasting(0, 6).renewal(NOW), NOW.plus_days(4));
    }

    #[test]
    fn an_authority_with_a_slow_clock_is_not_asked_without_end() {
        for over in [lasting(-90, 0), lasting(-400, -300), lasting(0, 0), lasting(1, -1)] {
            assert!(over.renewal(NOW) >= NOW.plus_seconds(3_600), "{over:?}");
        }
    }

    #[test]
    fn pauses_grow_to_a_day_and_no_further() {
        let minutes = |failures| pause_seconds(failures, false) / 60;
        assert_eq!([1, 2, 3, 4].map(minutes), [15, 30, 60, 120]);
        assert_eq!([8, 9, 100, i32::MAX].map(minutes), [1_440; 4]);
        assert_eq!([i32::MIN, 0].map(minutes), [15; 2]);
        assert_eq!(pause_seconds(1, true), 6 * 3_600);
        assert_eq!(pause_seconds(100, true), 86_400);
    }

    #[test]
    fn what_was_never_tried_is_due() {
        let unknown = CertificateStanding::unknown("portal.example".into());
        assert!(unknown.is_due(NOW) && !unknown.is_good(NOW));
        let until = |at| CertificateStanding { expires_at: Some(at), try_at: Some(at), ..unknown.clone() };
        assert!(until(NOW).is_due(NOW) && !until(NOW).is_good(NOW));
        let later = until(NOW.plus_seconds(1));
        assert!(!later.is_due(NOW) && later.is_good(NOW));
        let leased = CertificateStanding { leased_until: Some(NOW.plus_seconds(1)), ..until(NOW) };
        assert!(!leased.is_due(NOW) && leased.is_due(NOW.plus_seconds(1)));
    }
}
