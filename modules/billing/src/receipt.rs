//! The receipt of a payment: what its page says, for the crate that draws. What staff wrote about the payment is theirs
//! and does not stand on it.

use portico_billing_paper::{Fact, Paper};
use portico_ui::Text;

use crate::{
    account::Account,
    document::{Document, Issued},
    money::Money,
    payment::Payment,
    printing::{Letterhead, buyer, day, page_of, seller},
    view::amount,
};

/// `account` is the invoice's with this payment in it.
pub struct Receipt<'a> {
    pub invoice: &'a Document,
    pub issued: &'a Issued,
    pub account: &'a Account,
    pub payment: &'a Payment,
}

/// "Receipt for invoice INV-2026-0001".
pub fn title(text: Text, number: &str) -> String {
    text.say_with("billing-receipt-for", &[("number", number.into())])
}

impl Receipt<'_> {
    pub fn paper(&self, text: Text, letterhead: &Letterhead) -> Paper {
        let Receipt { invoice, issued, payment, .. } = self;
        let (paid, on) = (amount(text, payment.amount), text.date(payment.paid_on));
        let fact =
            |key: &str, value: &str| Fact { label: text.say(key).into_owned(), value: value.to_owned() };
        let words = [
            ("amount", paid.as_str().into()),
            ("date", on.as_str().into()),
            ("number", issued.number.as_str().into()),
        ];
        letterhead.on(Paper {
            language: text.language.code(),
            title: title(text, &issued.number),
            day: day(payment.paid_on),
            seller: seller(text, issued),
            buyer: buyer(text, "billing-receipt-from", invoice),
            facts: vec![
                fact("billing-receipt-invoice", &issued.number),
                fact("billing-field-paid-on", &on),
                fact("billing-field-amount", &paid),
            ],
            words: text.say_with("billing-receipt-words", &words),
            totals: self.totals(text),
            page_of: page_of(text),
            ..Paper::default()
        })
    }

    /// What is left to pay is the last of them.
    fn totals(&self, text: Text) -> Vec<Fact> {
        let Account { invoiced, credited, paid, refunded, .. } = *self.account;
        let balance = self.account.balance();
        let fact =
            |key: &str, money: Money| Fact { label: text.say(key).into_owned(), value: amount(text, money) };
        let mut facts = vec![fact("billing-invoiced", invoiced)];
        facts.extend(credited.is_positive().then(|| fact("billing-credited", -credited)));
        facts.push(fact("billing-paid", -paid));
        facts.extend(refunded.is_positive().then(|| fact("billing-refunded", refunded)));
        facts.push(match balance.is_negative() {
            true => fact("billing-receipt-over", -balance),
            false => fact("billing-receipt-left", balance),
        });
        facts
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico_facts::PaymentId;
    use portico_ui::Language;

    use super::*;
    use crate::{
        currency::Currency,
        document::Kind,
        letter::{sample_document, sample_organization},
        payment::Direction,
    };

    fn totals(paid: i64) -> Vec<String> {
        sample_organization();
        let invoice = sample_document(Kind::Invoice, "INV-2026-0042", date(2026, 12, 10));
        let euros = |minor| Money::new(minor, Currency::EURO);
        let account = Account { paid: euros(paid), credited: euros(1_000), ..Account::new(euros(10_000)) };
        let payment = Payment {
            id: PaymentId::from_bytes([1; 16]),
            direction: Direction::Payment,
            amount: euros(paid),
            paid_on: date(2026, 12, 1),
            words: "Late again".into(),
            provider_name: None,
        };
        let issued = invoice.issued.as_ref().expect("issued");
        let receipt = Receipt { invoice: &invoice, issued, account: &account, payment: &payment };
        let paper = receipt
            .paper(Text::new(Language::English), &Letterhead::new(&portico_ui::Brand::default(), None));
        assert!(!format!("{paper:?}").contains("Late again"), "P10");
        paper.totals.into_iter().map(|fact| format!("{} {}", fact.label, fact.value)).collect()
    }

    #[test]
    fn p24_what_is_left_follows_from_all_that_happened() {
        assert_eq!(totals(4_000)[1..], ["Credited -€10.00", "Paid -€40.00", "Left to pay €50.00"]);
        assert_eq!(totals(9_000).last().map(String::as_str), Some("Left to pay €0.00"));
        assert_eq!(totals(9_500).last().map(String::as_str), Some("Paid too much €5.00"));
    }
}
