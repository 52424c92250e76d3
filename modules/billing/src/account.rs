//! Where an invoice stands: derived from what was invoiced, credited, paid and refunded, and from the
//! day. No standing is stored (P24); the database adds up balances, so that lists find what is owed.

use jiff::civil::Date;
use portico_ui::components::Tone;

use crate::money::Money;

/// What happened to one invoice. All amounts are what they are called, none is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    pub invoiced: Money,
    pub credited: Money,
    pub paid: Money,
    pub refunded: Money,
    /// On its way to us, by the provider's word.
    pub processing: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// All that is left is on its way.
    Processing,
    PartlyPaid,
    Paid,
    Overpaid,
    /// All of it was credited, and whatever had been paid was given back.
    Refunded,
    /// All of it was credited before anything was paid.
    Credited,
}

impl Account {
    pub fn new(invoiced: Money) -> Self {
        let zero = Money::zero(invoiced.currency());
        Self { invoiced, credited: zero, paid: zero, refunded: zero, processing: zero }
    }

    /// Negative where too much was paid.
    pub fn balance(&self) -> Money {
        self.invoiced - self.credited - self.kept()
    }

    /// What is left to pay and not on its way.
    pub fn open(&self) -> Money {
        self.balance() - self.processing
    }

    /// Paid and not given back.
    pub fn kept(&self) -> Money {
        self.paid - self.refunded
    }

    pub fn standing(&self) -> Standing {
        let balance = self.balance();
        if balance.is_negative() {
            Standing::Overpaid
        } else if balance.is_positive() {
            if !self.open().is_positive() {
                Standing::Processing
            } else if self.kept().is_positive() {
                Standing::PartlyPaid
            } else {
                Standing::Open
            }
        } else if self.credited.is_zero() || self.kept().is_positive() {
            Standing::Paid
        } else if self.refunded.is_positive() {
            Standing::Refunded
        } else {
            Standing::Credited
        }
    }

    /// From the day after the due date on, where the organization is; not while the rest is on its way.
    pub fn is_overdue(&self, due_on: Date, today: Date) -> bool {
        self.open().is_positive() && today > due_on
    }
}

impl Standing {
    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Open => "billing-standing-open",
            Standing::Processing => "billing-standing-processing",
            Standing::PartlyPaid => "billing-standing-partly-paid",
            Standing::Paid => "billing-standing-paid",
            Standing::Overpaid => "billing-standing-overpaid",
            Standing::Refunded => "billing-standing-refunded",
            Standing::Credited => "billing-standing-credited",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Standing::Open | Standing::Processing | Standing::PartlyPaid => Tone::Waiting,
            Standing::Paid => Tone::Good,
            Standing::Overpaid => Tone::Bad,
            Standing::Refunded | Standing::Credited => Tone::Neutral,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::currency::Currency;

    fn account([invoiced, credited, paid, refunded]: [i64; 4]) -> Account {
        let money = |minor| Money::new(minor, Currency::EURO);
        Account {
            invoiced: money(invoiced),
            credited: money(credited),
            paid: money(paid),
            refunded: money(refunded),
            processing: money(0),
        }
    }

    #[test]
    fn p24_a_standing_follows_from_what_happened() {
        for (happened, standing, balance) in [
            ([100, 0, 0, 0], Standing::Open, 100),
            ([100, 0, 40, 0], Standing::PartlyPaid, 60),
            ([100, 0, 100, 0], Standing::Paid, 0),
            ([100, 0, 200, 0], Standing::Overpaid, -100),
            ([100, 0, 200, 100], Standing::Paid, 0),
            ([100, 40, 60, 0], Standing::Paid, 0),
            ([100, 40, 0, 0], Standing::Open, 60),
            ([100, 100, 0, 0], Standing::Credited, 0),
            ([100, 100, 100, 0], Standing::Overpaid, -100),
            ([100, 100, 100, 100], Standing::Refunded, 0),
            // Money given back without a credit note is owed again.
            ([100, 0, 100, 100], Standing::Open, 100),
            ([0, 0, 0, 0], Standing::Paid, 0),
        ] {
            let account = account(happened);
            assert_eq!((account.standing(), account.balance().minor()), (standing, balance), "{happened:?}");
        }
    }

    #[test]
    fn p24_what_is_on_its_way_is_processing_and_not_overdue() {
        let processing = |on_its_way| Account {
            processing: Money::new(on_its_way, Currency::EURO),
            ..account([100, 0, 40, 0])
        };
        let (due, late) = (date(2026, 11, 30), date(2026, 12, 1));
        assert_eq!(
            (processing(60).standing(), processing(60).is_overdue(due, late)),
            (Standing::Processing, false)
        );
        assert_eq!(
            (processing(59).standing(), processing(59).is_overdue(due, late)),
            (Standing::PartlyPaid, true)
        );
        assert_eq!(
            Account { paid: Money::new(100, Currency::EURO), ..processing(60) }.standing(),
            Standing::Paid
        );
    }

    #[test]
    fn p24_overdue_begins_the_day_after_the_due_date() {
        let due = date(2026, 11, 30);
        let open = account([100, 0, 99, 0]);
        assert!(!open.is_overdue(due, due));
        assert!(open.is_overdue(due, date(2026, 12, 1)));
        assert!(!account([100, 0, 100, 0]).is_overdue(due, date(2027, 1, 1)));
    }
}
