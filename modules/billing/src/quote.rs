//! A quote: what a client may accept, once, until the end of its last day (P22).

use jiff::civil::Date;
use portico_facts::LineId;
use portico_kernel::{Instant, Name, Problems, parse_words};
use portico_ui::components::Tone;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    deposit::Deposit, document::Sheet, line::Line, measure::Measure, tax::Treatment, totals::Totals,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Accepted,
    Declined,
    /// By staff, before anybody decided.
    Withdrawn,
}

impl Verdict {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Declined => "declined",
            Verdict::Withdrawn => "withdrawn",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Verdict::Accepted, Verdict::Declined, Verdict::Withdrawn].into_iter().find(|one| one.name() == name)
    }
}

/// What became of a quote: there is at most one of these for each.
#[derive(Clone, Debug)]
pub struct Decision {
    pub verdict: Verdict,
    /// As it was typed by whoever decided.
    pub name: String,
    pub at: Instant,
    pub address: Option<String>,
    /// Of what was shown and chosen, in hexadecimal digits.
    pub shown: Option<String>,
    pub reason: String,
    /// The optional lines that were chosen.
    pub chosen: Vec<LineId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Sent,
    Accepted,
    Declined,
    Withdrawn,
    Expired,
}

/// Valid through the last second of its last day, where the organization is: `today` is a day there.
pub fn standing(decision: Option<&Decision>, valid_until: Date, today: Date) -> Standing {
    match decision.map(|decision| decision.verdict) {
        Some(Verdict::Accepted) => Standing::Accepted,
        Some(Verdict::Declined) => Standing::Declined,
        Some(Verdict::Withdrawn) => Standing::Withdrawn,
        None if today > valid_until => Standing::Expired,
        None => Standing::Sent,
    }
}

impl Standing {
    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Sent => "billing-quote-sent",
            Standing::Accepted => "billing-quote-accepted",
            Standing::Declined => "billing-quote-declined",
            Standing::Withdrawn => "billing-quote-withdrawn",
            Standing::Expired => "billing-quote-expired",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Standing::Sent => Tone::Waiting,
            Standing::Accepted => Tone::Good,
            Standing::Declined | Standing::Withdrawn | Standing::Expired => Tone::Neutral,
        }
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AcceptanceForm {
    pub name: String,
    /// The optional lines that were ticked.
    pub line: Vec<String>,
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RefusalForm {
    pub reason: String,
}

impl AcceptanceForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, sheet: &Sheet) -> Result<(Name, Vec<LineId>), Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let optional = |text: &String| {
            let id: LineId = text.parse().ok()?;
            sheet.lines.iter().any(|line| line.id == id && line.optional).then_some(id)
        };
        let chosen: Option<Vec<LineId>> = self.line.iter().map(optional).collect();
        let chosen = problems.keep("name", chosen.ok_or("ui-error-changed-meanwhile"));
        match (name, chosen) {
            (Some(name), Some(chosen)) => Ok((name, chosen)),
            _ => Err(problems),
        }
    }
}

impl RefusalForm {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(&self) -> Result<String, &'static str> {
        parse_words(self.reason.trim(), 2_000, "billing-error-long")
    }
}

/// The lines that count: those that are not optional, and those that were chosen.
pub fn counted<'a>(sheet: &'a Sheet, chosen: &'a [LineId]) -> impl Iterator<Item = &'a Line> {
    sheet.lines.iter().filter(|line| !line.optional || chosen.contains(&line.id))
}

pub fn totals(sheet: &Sheet, chosen: &[LineId]) -> Totals {
    Totals::of_lines(sheet.document.currency, counted(sheet, chosen))
}

/// What is to be paid in advance, where the quote asks for it.
pub fn deposit(sheet: &Sheet, chosen: &[LineId]) -> Option<Totals> {
    let deposit = sheet.document.deposit?;
    Some(deposit.totals(sheet.document.currency, counted(sheet, chosen)))
}

/// A mark of everything that stood on the quote, and of what was chosen from it: SHA-256 in
/// hexadecimal digits. Kept with an acceptance, it shows later what was accepted.
pub fn mark_of(sheet: &Sheet, chosen: &[LineId]) -> String {
    let document = &sheet.document;
    let issued = document.issued.as_ref().map(|issued| {
        json!([issued.number, issued.seller, issued.issue_on.to_string(), issued.due_on.to_string()])
    });
    let line = |line: &Line| {
        let tax = line.tax.as_ref().map(|tax| match tax.treatment {
            Treatment::Usual => json!([tax.name, tax.percent.plain(), tax.exemption]),
            // As it was called in marks of before there were others.
            Treatment::ReverseCharge => {
                json!([tax.name, tax.percent.plain(), tax.exemption, "reverse charge"])
            }
            other => json!([tax.name, tax.percent.plain(), tax.exemption, other.name()]),
        });
        let mut said = vec![
            json!(line.id),
            json!(line.section),
            json!(line.description),
            json!(line.quantity.plain()),
            json!(line.unit_price.plain()),
            json!(line.discount.plain()),
            json!(tax),
            json!(line.net.minor()),
            json!(line.optional),
            json!(chosen.contains(&line.id)),
        ];
        // Marks of before there were units stay what they were.
        said.extend((line.measure != Measure::One).then(|| json!(line.measure.code())));
        said
    };
    let lines: Vec<_> = sheet.lines.iter().map(line).collect();
    let all = json!([
        document.id,
        issued,
        document.buyer,
        document.buyer_tax_number,
        document.words,
        document.currency.code(),
        document.deposit.map(Deposit::form),
        lines,
        totals(sheet, chosen).gross.minor(),
    ]);
    format!("{:x}", Sha256::digest(all.to_string()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;
    use crate::{
        currency::Currency,
        deposit::PERCENT,
        document::{Document, Kind},
        figure::{Discount, Quantity, UnitPrice},
        letter::sample_document,
        money::Money,
    };

    fn decided(verdict: Verdict) -> Decision {
        Decision {
            verdict,
            name: "Carol Meyer".into(),
            at: Instant::from_micros(0),
            address: None,
            shown: None,
            reason: String::new(),
            chosen: Vec::new(),
        }
    }

    #[test]
    fn p22_a_quote_is_valid_through_the_last_second_of_its_last_day_in_the_organizations_zone() {
        let last = date(2026, 11, 30);
        for (moment, expected) in [
            (datetime(2026, 11, 30, 23, 59, 59, 0), Standing::Sent),
            (datetime(2026, 12, 1, 0, 0, 0, 0), Standing::Expired),
        ] {
            let at = moment.in_tz("Europe/Paris").expect("a moment");
            let now = Instant::from_micros(at.timestamp().as_microsecond());
            assert_eq!(standing(None, last, now.in_zone("Europe/Paris").date()), expected, "{moment}");
        }
        // What was decided in time stays decided.
        assert_eq!(standing(Some(&decided(Verdict::Accepted)), last, date(2027, 1, 1)), Standing::Accepted);
        assert_eq!(standing(Some(&decided(Verdict::Declined)), last, date(2027, 1, 1)), Standing::Declined);
    }

    fn quote(lines: Vec<Line>) -> Sheet {
        let document = sample_document(Kind::Quote, "Q-2026-0001", date(2026, 12, 31));
        let totals = Totals::of_lines(Currency::EURO, &lines);
        Sheet { document: Document { issued: None, ..document }, lines, totals }
    }

    fn line(measure: Measure) -> Line {
        Line {
            id: LineId::from_bytes([2; 16]),
            description: "Design".into(),
            quantity: Quantity::ONE,
            measure,
            unit_price: UnitPrice::parse("90").expect("a price"),
            discount: Discount::NONE,
            tax: None,
            net: Money::new(9_000, Currency::EURO),
            section: String::new(),
            optional: false,
            deducts: None,
        }
    }

    #[test]
    fn p22_the_mark_of_a_line_without_a_unit_is_the_one_of_before_there_were_units() {
        let before = r#"["07070707070707070707070707070707",null,"Acme","","","EUR",null,[["02020202020202020202020202020202","","Design","1","90","0",null,9000,false,false]],9000]"#;
        let marks = [Measure::One, Measure::Hour, Measure::Day]
            .map(|measure| mark_of(&quote(vec![line(measure)]), &[]));
        assert_eq!(marks[0], format!("{:x}", Sha256::digest(before)));
        assert!(marks[0] != marks[1] && marks[1] != marks[2] && marks[0] != marks[2], "{marks:?}");
    }

    #[test]
    fn p22_the_mark_of_what_was_shown_tells_of_another_deposit() {
        let document = sample_document(Kind::Quote, "Q-2026-0001", date(2026, 12, 31));
        let sheet = |deposit| Sheet {
            document: Document { deposit, ..document.clone() },
            lines: Vec::new(),
            totals: Totals::of(Currency::EURO, []),
        };
        let marks = ["", "30", "40"].map(|typed| {
            let deposit = Deposit::parse_optional(typed, PERCENT, Currency::EURO).expect("a deposit or none");
            mark_of(&sheet(deposit), &[])
        });
        assert!(marks[0] != marks[1] && marks[1] != marks[2] && marks[0] != marks[2], "{marks:?}");
    }
}
