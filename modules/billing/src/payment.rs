//! Money that came in for an invoice, or was given back, as somebody recorded it by hand (P27).

use jiff::civil::Date;
use portico_facts::PaymentId;
use portico_kernel::{Problems, parse_day, parse_words};
use serde::Deserialize;

use crate::{account::Account, currency::Currency, figure, money::Money};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Payment,
    Refund,
}

impl Direction {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Payment => "payment",
            Direction::Refund => "refund",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Direction::Payment, Direction::Refund].into_iter().find(|direction| direction.name() == name)
    }
}

#[derive(Clone, Debug)]
pub struct Payment {
    pub id: PaymentId,
    pub direction: Direction,
    pub amount: Money,
    pub paid_on: Date,
    pub words: String,
    /// Its name at the provider; nothing of it can be changed by hand.
    pub provider_name: Option<String>,
}

/// A refund to be made by the provider, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RefundForm {
    /// Chosen when the form was shown: sent twice, it is made once.
    pub refund: String,
    pub amount: String,
}

impl RefundForm {
    /// `asked`: what was asked for by this form already, which is then all that it may ask for.
    ///
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, left: Money, asked: Option<Money>) -> Result<(PaymentId, Money), Problems> {
        let mut problems = Problems::default();
        let id = problems.keep("amount", self.refund.parse().map_err(|_| "ui-error-changed-meanwhile"));
        let amount = parse_amount(&self.amount, left.currency()).and_then(|amount| match asked {
            Some(asked) if asked != amount => Err("ui-error-changed-meanwhile"),
            None if (left - amount).is_negative() => Err("billing-error-refund"),
            _ => Ok(amount),
        });
        let amount = problems.keep("amount", amount);
        id.zip(amount).ok_or(problems)
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaymentForm {
    /// The payment's id, chosen when the form was shown: sent twice, it is recorded once.
    pub payment: String,
    pub amount: String,
    pub paid_on: String,
    pub words: String,
}

impl PaymentForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, account: &Account, direction: Direction, today: Date) -> Result<Payment, Problems> {
        let mut problems = Problems::default();
        let currency = account.invoiced.currency();
        let id = problems.keep("amount", self.payment.parse().map_err(|_| "ui-error-changed-meanwhile"));
        let amount = problems.keep("amount", parse_amount(&self.amount, currency));
        let paid_on = problems.keep("paid_on", parse_past_day(&self.paid_on, today));
        let words = problems.keep("words", parse_words(self.words.trim(), 500, "billing-error-long"));
        let (Some(id), Some(amount), Some(paid_on), Some(words)) = (id, amount, paid_on, words) else {
            return Err(problems);
        };
        if direction == Direction::Refund && (account.kept() - amount).is_negative() {
            problems.add("amount", "billing-error-refund");
            return Err(problems);
        }
        Ok(Payment { id, direction, amount, paid_on, words, provider_name: None })
    }
}

/// To the minor unit: nobody pays a fraction of a cent.
fn parse_amount(typed: &str, currency: Currency) -> Result<Money, &'static str> {
    let decimal = figure::read(typed)?;
    let fits = decimal.scale() <= currency.digits();
    Money::rounded(decimal, currency).filter(|money| fits && money.is_positive()).ok_or("billing-error-paid")
}

fn parse_past_day(typed: &str, today: Date) -> Result<Date, &'static str> {
    parse_day(typed)?.filter(|day| *day <= today).ok_or("billing-error-paid-on")
}

/// Adds them up on an invoice's account.
pub fn settle(account: Account, payments: &[Payment]) -> Account {
    payments.iter().fold(account, |account, payment| match payment.direction {
        Direction::Payment => Account { paid: account.paid + payment.amount, ..account },
        Direction::Refund => Account { refunded: account.refunded + payment.amount, ..account },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn parse(code: &str, amount: &str, paid_on: &str, direction: Direction) -> Result<i64, Problems> {
        let currency = Currency::parse(code).expect("a currency");
        let paid = Money::new(5_000, currency);
        let account = Account { paid, ..Account::new(Money::new(10_000, currency)) };
        let form = PaymentForm {
            payment: PaymentId::from_bytes([1; 16]).to_string(),
            amount: amount.into(),
            paid_on: paid_on.into(),
            words: String::new(),
        };
        form.parse(&account, direction, date(2026, 11, 26)).map(|payment| payment.amount.minor())
    }

    #[test]
    fn p20_an_amount_has_the_currencys_own_digits() {
        for (code, typed, minor) in [("EUR", "12,50", 1_250), ("JPY", "12", 12), ("KWD", "1.005", 1_005)] {
            assert_eq!(
                parse(code, typed, "2026-11-26", Direction::Payment).ok(),
                Some(minor),
                "{typed} {code}"
            );
        }
        for (code, typed) in
            [("EUR", "1.005"), ("JPY", "0.5"), ("KWD", "0.0001"), ("EUR", "0"), ("EUR", "-1")]
        {
            assert!(parse(code, typed, "2026-11-26", Direction::Payment).is_err(), "{typed} {code}");
        }
    }

    #[test]
    fn no_more_is_refunded_than_was_paid_and_nothing_is_paid_tomorrow() {
        let wrong = |amount, day, direction| parse("EUR", amount, day, direction).err().unwrap_or_default();
        assert!(parse("EUR", "50", "2026-11-01", Direction::Refund).is_ok());
        assert_eq!(
            wrong("50.01", "2026-11-01", Direction::Refund).of("amount"),
            Some("billing-error-refund")
        );
        assert!(parse("EUR", "500", "2026-11-01", Direction::Payment).is_ok(), "overpaid is what it then is");
        for day in ["", "2026-11-27"] {
            assert_eq!(wrong("1", day, Direction::Payment).of("paid_on"), Some("billing-error-paid-on"));
        }
    }
}
