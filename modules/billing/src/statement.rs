//! A statement: everything that changed what somebody owes in one year, in the order of the days, and what
//! was open after each. It is the long answer to "why this amount?".

use std::collections::BTreeMap;

use jiff::civil::Date;
use portico_facts::DocumentId;

use crate::{currency::Currency, document::Kind, money::Money};

/// In the order in which they stand when they happened on one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Happened {
    Invoiced,
    Credited,
    Paid,
    Refunded,
}

impl Happened {
    /// From what is stored: the kind of a document or of a payment.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "invoice" => Some(Self::Invoiced),
            "credit-note" => Some(Self::Credited),
            "payment" => Some(Self::Paid),
            "refund" => Some(Self::Refunded),
            _ => None,
        }
    }

    /// What it does to the balance.
    pub fn effect(self, amount: Money) -> Money {
        match self {
            Self::Invoiced | Self::Refunded => amount,
            Self::Credited | Self::Paid => -amount,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Movement {
    pub on: Date,
    pub happened: Happened,
    /// As it is called: not negative.
    pub amount: Money,
    /// The document itself, or the invoice that was paid.
    pub document: (Kind, DocumentId),
    pub number: String,
    pub words: String,
}

/// In one currency.
#[derive(Clone, Debug)]
pub struct Statement {
    pub opening: Money,
    /// With the balance after each.
    pub steps: Vec<(Movement, Money)>,
}

impl Statement {
    pub fn closing(&self) -> Money {
        self.steps.last().map_or(self.opening, |(_, balance)| *balance)
    }
}

/// One for each currency, by its code. `before`: what happened before the first movement, summed up in
/// any number of pieces.
pub fn statements(
    before: impl IntoIterator<Item = (Happened, Money)>,
    mut movements: Vec<Movement>,
) -> Vec<Statement> {
    let mut all: BTreeMap<&'static str, Statement> = BTreeMap::new();
    let empty = |currency: Currency| Statement { opening: Money::zero(currency), steps: Vec::new() };
    for (happened, amount) in before {
        let statement = all.entry(amount.currency().code()).or_insert_with(|| empty(amount.currency()));
        statement.opening = statement.opening + happened.effect(amount);
    }
    movements.sort_by(|a, b| (a.on, a.happened, &a.number).cmp(&(b.on, b.happened, &b.number)));
    for movement in movements {
        let currency = movement.amount.currency();
        let statement = all.entry(currency.code()).or_insert_with(|| empty(currency));
        let balance = statement.closing() + movement.happened.effect(movement.amount);
        statement.steps.push((movement, balance));
    }
    all.into_values()
        .filter(|statement| !statement.steps.is_empty() || !statement.opening.is_zero())
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn movement(day: i8, happened: Happened, amount: Money) -> Movement {
        let document = (Kind::Invoice, DocumentId::from_bytes([1; 16]));
        Movement {
            on: date(2026, 3, day),
            happened,
            amount,
            document,
            number: "INV-1".into(),
            words: String::new(),
        }
    }

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::EURO)
    }

    #[test]
    fn the_balance_runs_from_the_opening_to_the_end_in_the_order_of_the_days() {
        let before = [(Happened::Invoiced, euro(1_000)), (Happened::Paid, euro(400))];
        let movements = vec![
            movement(9, Happened::Refunded, euro(50)),
            movement(2, Happened::Paid, euro(600)),
            movement(2, Happened::Invoiced, euro(250)),
            movement(5, Happened::Credited, euro(100)),
        ];
        let all = statements(before, movements);
        let [statement] = all.as_slice() else { panic!("one currency") };
        assert_eq!(statement.opening, euro(600));
        let balances: Vec<i64> = statement.steps.iter().map(|(_, balance)| balance.minor()).collect();
        assert_eq!(balances, [850, 250, 150, 200]);
        assert_eq!(statement.closing(), euro(200));
    }

    #[test]
    fn p20_currencies_are_never_added_up() {
        let yen = Money::new(7, Currency::parse("JPY").expect("a currency"));
        let movements = vec![movement(1, Happened::Invoiced, yen), movement(1, Happened::Invoiced, euro(5))];
        let closings: Vec<Money> = statements([], movements).iter().map(Statement::closing).collect();
        assert_eq!(closings, [euro(5), yen]);
    }

    #[test]
    fn what_was_settled_before_leaves_nothing_to_say() {
        let before = [(Happened::Invoiced, euro(1_000)), (Happened::Credited, euro(1_000))];
        assert!(statements(before, Vec::new()).is_empty());
    }
}
