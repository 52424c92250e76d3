use portico_kernel::Instant;
use portico_ui::components::Dot;

/// What decides a grant's dot. Nothing else does: no mail that was opened, scanned or returned (P1).
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    pub revoked_at: Option<Instant>,
    /// When the person set up an account.
    pub joined_at: Option<Instant>,
    /// The end of the newest invitation that is neither used nor revoked.
    pub invited_until: Option<Instant>,
}

impl Standing {
    pub fn dot(&self, now: Instant) -> Dot {
        match (self.revoked_at, self.joined_at, self.invited_until) {
            (Some(_), _, _) => Dot::Revoked,
            (None, Some(_), _) => Dot::Joined,
            (None, None, Some(until)) if now < until => Dot::Invited,
            (None, None, _) => Dot::Expired,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invitation::LIFETIME_DAYS;

    const SENT: Instant = Instant::from_micros(1_795_000_000_000_000);
    const UNTIL: Instant = SENT.plus_days(LIFETIME_DAYS);

    fn dot(revoked: Option<Instant>, joined: Option<Instant>, until: Option<Instant>, now: Instant) -> Dot {
        Standing { revoked_at: revoked, joined_at: joined, invited_until: until }.dot(now)
    }

    #[test]
    fn p1_yellow_once_invited_and_green_only_with_an_account() {
        assert_eq!(dot(None, None, Some(UNTIL), SENT), Dot::Invited);
        assert_eq!(dot(None, Some(SENT), None, SENT), Dot::Joined);
        // A later invitation cannot take an account away.
        assert_eq!(dot(None, Some(SENT), Some(UNTIL), SENT), Dot::Joined);
    }

    #[test]
    fn p1_an_invitation_that_ran_out_says_expired() {
        assert_eq!(dot(None, None, Some(UNTIL), SENT.plus_seconds(14 * 86_400 - 1)), Dot::Invited);
        assert_eq!(dot(None, None, Some(UNTIL), SENT.plus_seconds(14 * 86_400)), Dot::Expired);
        assert_eq!(dot(None, None, None, SENT), Dot::Expired);
    }

    #[test]
    fn a_revoked_grant_says_so_whatever_else_holds() {
        for joined in [None, Some(SENT)] {
            for until in [None, Some(UNTIL)] {
                assert_eq!(dot(Some(SENT), joined, until, SENT), Dot::Revoked);
            }
        }
    }
}
