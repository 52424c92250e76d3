//! A payment that somebody began on the provider's page, and what the provider reported of it (P25).

use portico_facts::{DocumentId, PaymentId};
use portico_kernel::{Instant, PaymentState, ProviderAmount, ProviderKeys, ReportedPayment};

use crate::money::Money;

/// How long the provider's page waits for its person. Stripe takes at most a day.
const HOURS_OPEN: i64 = 23;
/// Who comes back within this time is led to the same page, so that two tabs are one payment.
const HOURS_TAKEN_UP: i64 = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub id: PaymentId,
    pub document: DocumentId,
    pub amount: Money,
    pub state: PaymentState,
    /// The provider's names of its page and of the payment, once they are known.
    pub session: Option<String>,
    pub payment: Option<String>,
    /// Of the provider's page.
    pub address: Option<String>,
    pub begun_at: Instant,
    /// With a saved method, by the clock and not by a person.
    pub is_charge: bool,
    /// Of real money.
    pub is_live: bool,
    /// Of the provider, where it was known.
    pub account: Option<String>,
}

/// What a report says that cannot be of this attempt (T14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    #[error("another amount or currency")]
    Amount,
    #[error("another checkout")]
    Session,
    #[error("play money for real, or the other way round")]
    Mode,
}

impl Mismatch {
    pub const ALL: [Mismatch; 3] = [Mismatch::Amount, Mismatch::Session, Mismatch::Mode];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Mismatch::Amount => "amount",
            Mismatch::Session => "session",
            Mismatch::Mode => "mode",
        }
    }

    /// The text that says it to staff.
    pub fn key(self) -> &'static str {
        match self {
            Mismatch::Amount => "billing-misfit-amount",
            Mismatch::Session => "billing-misfit-session",
            Mismatch::Mode => "billing-misfit-mode",
        }
    }
}

impl Attempt {
    pub fn is_opened_by(&self, keys: &ProviderKeys) -> bool {
        keys.open(self.account.as_deref(), self.is_live)
    }

    /// # Errors
    /// What does not fit.
    pub fn check(&self, reported: &ReportedPayment) -> Result<(), Mismatch> {
        if reported.amount != provider_amount(self.amount) {
            return Err(Mismatch::Amount);
        }
        let differs = |ours: &Option<String>, theirs: &Option<String>| {
            ours.as_ref().zip(theirs.as_ref()).is_some_and(|(ours, theirs)| ours != theirs)
        };
        if differs(&self.session, &reported.session) || differs(&self.payment, &reported.payment) {
            return Err(Mismatch::Session);
        }
        if self.is_live != reported.is_live {
            return Err(Mismatch::Mode);
        }
        Ok(())
    }

    /// What was reported in another order, twice or late comes to the same.
    pub fn after(self, reported: &ReportedPayment) -> Attempt {
        Attempt {
            state: self.state.max(reported.state),
            session: self.session.or_else(|| reported.session.clone()),
            payment: self.payment.or_else(|| reported.payment.clone()),
            ..self
        }
    }

    /// For what the provider said by refusing.
    pub fn reported(&self, state: PaymentState) -> ReportedPayment {
        ReportedPayment {
            reference: Some(self.id.to_string()),
            session: None,
            payment: None,
            amount: provider_amount(self.amount),
            state,
            is_live: self.is_live,
        }
    }

    /// Something is still to be heard of it.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, PaymentState::Open | PaymentState::Processing)
    }

    pub fn can_be_taken_up(&self, due: Money, now: Instant) -> bool {
        self.state == PaymentState::Open
            && self.amount == due
            && now < self.begun_at.plus_seconds(HOURS_TAKEN_UP * 3600)
    }

    pub fn expires_at(&self) -> Instant {
        self.begun_at.plus_seconds(HOURS_OPEN * 3600)
    }
}

pub fn provider_amount(money: Money) -> ProviderAmount {
    ProviderAmount { minor: money.minor(), currency: money.currency().code().to_owned() }
}

/// As stored.
pub fn state_name(state: PaymentState) -> &'static str {
    match state {
        PaymentState::Open => "open",
        PaymentState::Processing => "processing",
        PaymentState::Expired => "expired",
        PaymentState::Failed => "failed",
        PaymentState::Paid => "paid",
    }
}

pub fn state_of_name(name: &str) -> Option<PaymentState> {
    use PaymentState::{Expired, Failed, Open, Paid, Processing};
    [Open, Processing, Expired, Failed, Paid].into_iter().find(|state| state_name(*state) == name)
}

/// The text that names it for whoever paid.
pub fn state_key(state: PaymentState) -> &'static str {
    match state {
        PaymentState::Open => "billing-online-open",
        PaymentState::Processing => "billing-online-processing",
        PaymentState::Expired => "billing-online-expired",
        PaymentState::Failed => "billing-online-failed",
        PaymentState::Paid => "billing-online-paid",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::currency::Currency;

    const BEGUN: Instant = Instant::from_micros(1_795_000_000_000_000);

    fn attempt() -> Attempt {
        Attempt {
            id: PaymentId::from_bytes([1; 16]),
            document: DocumentId::from_bytes([2; 16]),
            amount: Money::new(1_000, Currency::EURO),
            state: PaymentState::Open,
            session: Some("cs_1".into()),
            payment: None,
            address: None,
            begun_at: BEGUN,
            is_charge: false,
            is_live: false,
            account: None,
        }
    }

    fn reported(state: PaymentState, session: Option<&str>, payment: Option<&str>) -> ReportedPayment {
        ReportedPayment {
            reference: Some(attempt().id.to_string()),
            session: session.map(str::to_owned),
            payment: payment.map(str::to_owned),
            amount: ProviderAmount { minor: 1_000, currency: "EUR".into() },
            state,
            is_live: false,
        }
    }

    /// A bank debit: completed and unpaid, its payment processing, then succeeded, as both objects tell.
    fn history() -> Vec<ReportedPayment> {
        vec![
            reported(PaymentState::Open, Some("cs_1"), None),
            reported(PaymentState::Processing, Some("cs_1"), Some("pi_1")),
            reported(PaymentState::Processing, None, Some("pi_1")),
            reported(PaymentState::Failed, Some("cs_1"), Some("pi_1")),
            reported(PaymentState::Paid, None, Some("pi_1")),
            reported(PaymentState::Paid, Some("cs_1"), Some("pi_1")),
        ]
    }

    fn permutations(all: Vec<ReportedPayment>) -> Vec<Vec<ReportedPayment>> {
        if all.is_empty() {
            return vec![all];
        }
        let begun_with = |index: usize| {
            let mut rest = all.clone();
            let first = rest.remove(index);
            permutations(rest).into_iter().map(move |mut tail| {
                tail.insert(0, first.clone());
                tail
            })
        };
        (0..all.len()).flat_map(begun_with).collect()
    }

    #[test]
    fn p25_all_orders_of_six_events_end_in_the_same_state() {
        let all = permutations(history());
        assert_eq!(all.len(), 720);
        let ends = Attempt { state: PaymentState::Paid, payment: Some("pi_1".into()), ..attempt() };
        for order in all {
            assert_eq!(order.iter().fold(attempt(), Attempt::after), ends);
        }
    }

    proptest! {
        #[test]
        fn p25_repetitions_change_nothing(order in proptest::collection::vec(0_usize..6, 0..30)) {
            let history = history();
            let once = history.iter().fold(attempt(), Attempt::after);
            let told = order.iter().map(|index| &history[*index]).chain(&history).fold(attempt(), Attempt::after);
            prop_assert_eq!(told, once);
        }
    }

    #[test]
    fn t14_what_is_not_of_this_attempt_does_not_fit() {
        let right = reported(PaymentState::Paid, Some("cs_1"), Some("pi_1"));
        assert_eq!(attempt().check(&right), Ok(()));
        let amount = |minor, currency: &str| ProviderAmount { minor, currency: currency.into() };
        for (wrong, mismatch) in [
            (ReportedPayment { amount: amount(1, "EUR"), ..right.clone() }, Mismatch::Amount),
            (ReportedPayment { amount: amount(1_000, "USD"), ..right.clone() }, Mismatch::Amount),
            (ReportedPayment { session: Some("cs_2".into()), ..right.clone() }, Mismatch::Session),
            (ReportedPayment { is_live: true, ..right.clone() }, Mismatch::Mode),
        ] {
            assert_eq!(attempt().check(&wrong), Err(mismatch));
        }
        let paid = attempt().after(&right);
        let other = ReportedPayment { payment: Some("pi_2".into()), ..right };
        assert_eq!(paid.check(&other), Err(Mismatch::Session));
    }

    #[test]
    fn whoever_comes_back_is_led_to_the_same_page_for_the_same_amount_alone() {
        let due = attempt().amount;
        assert!(attempt().can_be_taken_up(due, BEGUN.plus_seconds(20 * 3600 - 1)));
        assert!(!attempt().can_be_taken_up(due, BEGUN.plus_seconds(20 * 3600)));
        assert!(!attempt().can_be_taken_up(Money::new(999, Currency::EURO), BEGUN));
        let processing = Attempt { state: PaymentState::Processing, ..attempt() };
        assert!(!processing.can_be_taken_up(due, BEGUN));
    }
}
