//! Properties of the arithmetic, in every currency of the catalogue (P20, P21, P24): a currency with no, two or three
//! digits is rounded to its own unit, and what is divided comes to its whole again.

use jiff::civil::{Date, date};
use portico_facts::{LineId, PaymentId, TaxId};
use proptest::{collection::vec, prelude::*, sample::select};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    account::{Account, Standing},
    credit::{Creditable, credit},
    currency::Currency,
    figure::{Discount, Quantity, TaxPercent, UnitPrice},
    line::{Line, net},
    measure::Measure,
    money::Money,
    payment::{Direction, Payment, settle},
    plan::Share,
    tax::{Tax, Treatment},
    totals::Totals,
};

/// Quantity in thousandths, price in hundred-thousandths, discount in hundredths of a percent, and one of four rates.
type Raw = (u32, u64, u32, usize);

const RATES: [&str; 4] = ["20", "5.5", "8.1", "0"];

fn any_currency() -> impl Strategy<Value = Currency> {
    select(Currency::all())
}

fn any_lines() -> impl Strategy<Value = Vec<Raw>> {
    vec((1_u32..200_000, 0_u64..10_000_000_000, 0_u32..=10_000, 0_usize..RATES.len()), 1..10)
}

fn line(currency: Currency, (thousandths, price, discount, rate): Raw) -> Line {
    let decimal =
        |count: u64, scale: u32| Decimal::new(i64::try_from(count).expect("small"), scale).to_string();
    let quantity = Quantity::parse(&decimal(thousandths.into(), 3)).expect("a quantity");
    let unit_price = UnitPrice::parse(&decimal(price, 5)).expect("a price");
    let discount = Discount::parse(&decimal(discount.into(), 2)).expect("a discount");
    Line {
        id: LineId::from_bytes([2; 16]),
        description: String::new(),
        quantity,
        measure: Measure::Hour,
        unit_price,
        discount,
        tax: Some(Tax {
            id: TaxId::from_bytes([1; 16]),
            name: String::new(),
            percent: TaxPercent::parse(RATES[rate]).expect("a percentage"),
            exemption: String::new(),
            treatment: Treatment::Usual,
        }),
        net: net(quantity.decimal(), unit_price, discount, currency).expect("in bounds"),
        section: String::new(),
        optional: false,
        deducts: None,
    }
}

/// As a clerk does it: with all digits, to the currency's own, half away from zero.
fn by_hand(exact: Decimal, currency: Currency) -> Decimal {
    exact.round_dp_with_strategy(currency.digits(), RoundingStrategy::MidpointAwayFromZero)
}

fn sums(totals: &Totals) -> (Money, Money) {
    let currency = totals.net.currency();
    let sum =
        |each: fn(&crate::totals::TaxTotal) -> Money| Money::sum(currency, totals.taxes.iter().map(each));
    (sum(|row| row.base), sum(|row| row.amount))
}

/// Days of a period, of which so many are paid for.
fn share(used: u32, of: u32) -> Share {
    let first: Date = date(2026, 1, 1);
    let day = |number: u32| first.saturating_add(jiff::Span::new().days(i64::from(number) - 1));
    Share::until(day(used), first, day(of))
}

proptest! {
    #[test]
    fn p20_p21_a_document_adds_up_in_every_currency(currency in any_currency(), raw in any_lines()) {
        let lines: Vec<Line> = raw.iter().map(|raw| line(currency, *raw)).collect();
        for each in &lines {
            let part = (Decimal::ONE_HUNDRED - each.discount.decimal()) / Decimal::ONE_HUNDRED;
            let exact = each.quantity.decimal() * each.unit_price.decimal() * part;
            prop_assert_eq!(each.net.decimal(), by_hand(exact, currency));
            prop_assert_eq!(each.net.decimal().scale(), currency.digits());
        }
        let totals = Totals::of_lines(currency, &lines);
        let of_lines = Money::sum(currency, lines.iter().map(|line| line.net));
        let (bases, taxes) = sums(&totals);
        prop_assert_eq!((totals.net, totals.net, totals.gross), (of_lines, bases, totals.net + taxes));
        for row in &totals.taxes {
            let exact = row.base.decimal() * row.tax.percent.decimal() / Decimal::ONE_HUNDRED;
            prop_assert_eq!(row.amount.decimal(), by_hand(exact, currency));
        }
    }

    #[test]
    fn p26_what_a_period_is_cut_short_by_and_what_is_left_of_it_are_the_whole(
        currency in any_currency(),
        raw in any_lines(),
        of in 7_u32..=366,
        used in 1_u32..=366,
    ) {
        let used = used.min(of);
        let share = share(used, of);
        prop_assert_eq!((share.days, share.of, share.is_all()), (used, of, used == of));
        for line in raw.iter().map(|raw| line(currency, *raw)) {
            let part = line.shared(share);
            prop_assert_eq!(part.measure, line.measure);
            prop_assert!(part.net.minor().abs() <= line.net.minor().abs());
            if share.is_all() {
                prop_assert_eq!((part.quantity, part.net), (line.quantity, line.net));
                continue;
            }
            // To a thousandth of its unit.
            let exact = line.quantity.decimal() * Decimal::from(used) / Decimal::from(of);
            let off = (part.quantity.decimal() - exact).abs();
            prop_assert!(off <= Decimal::new(5, 4) || part.quantity.decimal() == Decimal::new(1, 3));
            let creditable = Creditable { credited: Some(part.quantity), line: line.clone() };
            let left = creditable.left();
            prop_assert_eq!(left, creditable.unused(share));
            let (nets, _) = credit(currency, &[(&creditable, left)]);
            prop_assert_eq!(part.net + nets[0], line.net, "used and credited");
        }
    }

    #[test]
    fn p24_an_account_follows_from_its_payments_in_any_order(
        currency in any_currency(),
        invoiced in 0_i64..1_000_000_000,
        credited in 0_i64..=100,
        moved in vec((1_i64..1_000_000_000, any::<bool>()), 0..12),
    ) {
        let money = |minor| Money::new(minor, currency);
        let payment = |(amount, is_refund): &(i64, bool)| Payment {
            id: PaymentId::from_bytes([1; 16]),
            direction: if *is_refund { Direction::Refund } else { Direction::Payment },
            amount: money(*amount),
            paid_on: date(2026, 11, 26),
            words: String::new(),
            provider_name: None,
        };
        let before = Account { credited: money(invoiced * credited / 100), ..Account::new(money(invoiced)) };
        let mut payments: Vec<Payment> = moved.iter().map(payment).collect();
        let account = settle(before, &payments);
        let paid: i64 = moved.iter().map(|(amount, is_refund)| if *is_refund { -amount } else { *amount }).sum();
        prop_assert_eq!(account.balance().minor(), invoiced - invoiced * credited / 100 - paid);
        let standing = account.standing();
        prop_assert_eq!(standing == Standing::Overpaid, account.balance().is_negative());
        let is_settled = !matches!(standing, Standing::Open | Standing::PartlyPaid | Standing::Overpaid);
        prop_assert_eq!(is_settled, account.balance().is_zero());
        payments.reverse();
        prop_assert_eq!(settle(before, &payments), account);
    }
}

#[test]
fn p20_the_catalogue_has_currencies_with_no_two_and_three_digits() {
    let with = |digits| Currency::all().into_iter().filter(|currency| currency.digits() == digits).count();
    assert!(with(0) > 10 && with(2) > 100 && with(3) > 5, "{:?}", [with(0), with(2), with(3)]);
    assert_eq!(with(0) + with(2) + with(3), Currency::all().len());
}
