//! What the published examples of EN 16931 (those of CEN/TC 434 in the syntax CII) say they come to, written down as
//! figures: from quantity and price to what is due. `corpus.rs` reads the files themselves, where they are.

use portico_facts::{LineId, TaxId};

use crate::{
    currency::Currency,
    figure::{Discount, Quantity, TaxPercent, UnitPrice},
    line::{Line, net},
    measure::Measure,
    money::Money,
    tax::{Tax, Treatment},
    totals::Totals,
};

struct Example {
    name: &'static str,
    currency: &'static str,
    /// Quantity, price, percent of tax and net.
    lines: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// Percent, base and tax, in the order of the lines.
    taxes: &'static [(&'static str, &'static str, &'static str)],
    net: &'static str,
    gross: &'static str,
}

/// Where a price is of several units, the line is one of what it comes to. A charge on the whole is a line, as it is with
/// us. Left out is what the documents themselves do not reckon right: tax in whole forints, and a line of another price.
const EXAMPLES: [Example; 8] = [
    Example {
        name: "BR-CO-10, rounding",
        currency: "EUR",
        lines: &[
            ("1", "720.81", "19", "720.81"),
            ("1", "0.01", "0", "0.01"),
            ("-1", "720.81", "19", "-720.81"),
            ("-1", "0.01", "0", "-0.01"),
        ],
        taxes: &[("19", "0.00", "0.00"), ("0", "0.00", "0.00")],
        net: "0.00",
        gross: "0.00",
    },
    Example {
        name: "business example 2, prices finer than a cent",
        currency: "EUR",
        lines: &[("1", "1.2605", "19", "1.26"), ("1", "1.2605", "19", "1.26"), ("1", "7.4790", "19", "7.48")],
        taxes: &[("19", "10.00", "1.90")],
        net: "10.00",
        gross: "11.90",
    },
    Example {
        name: "example 1, two rates and what was sent back",
        currency: "EUR",
        lines: &[
            ("2", "9.95", "6", "19.90"),
            ("1", "9.85", "6", "9.85"),
            ("1", "8.29", "6", "8.29"),
            ("2", "7.23", "6", "14.46"),
            ("1", "35", "6", "35.00"),
            ("1", "35", "6", "35.00"),
            ("1", "10.65", "6", "10.65"),
            ("1", "1.55", "6", "1.55"),
            ("3", "4.79", "6", "14.37"),
            ("1", "8.29", "6", "8.29"),
            ("2", "8.29", "6", "16.58"),
            ("1", "9.95", "6", "9.95"),
            ("2", "1.65", "6", "3.30"),
            ("1", "10.8", "21", "10.80"),
            ("1", "3.9", "6", "3.90"),
            ("2", "3.8", "21", "7.60"),
            ("2", "4.67", "21", "9.34"),
            ("1", "18.63", "21", "18.63"),
            ("6", "17.02", "6", "102.12"),
            ("-6", "18.33", "6", "-109.98"),
        ],
        taxes: &[("6", "183.23", "10.99"), ("21", "46.37", "9.74")],
        net: "229.60",
        gross: "250.33",
    },
    Example {
        name: "example 2, three rates and half a cent",
        currency: "NOK",
        lines: &[
            ("1", "1273", "25", "1273.00"),
            ("-1", "3.96", "15", "-3.96"),
            ("2", "2.48", "15", "4.96"),
            ("-1", "25", "0", "-25.00"),
            ("250", "0.75", "25", "187.50"),
        ],
        taxes: &[("25", "1460.50", "365.13"), ("15", "1.00", "0.15"), ("0", "-25.00", "0.00")],
        net: "1436.50",
        gross: "1801.78",
    },
    Example {
        name: "example 3, a charge on the whole",
        currency: "DKK",
        lines: &[("1", "800", "25", "800.00"), ("1", "100", "25", "100.00")],
        taxes: &[("25", "900.00", "225.00")],
        net: "900.00",
        gross: "1125.00",
    },
    Example {
        name: "example 4, many of little",
        currency: "DKK",
        lines: &[("1000", "1", "25", "1000.00"), ("100", "5", "25", "500.00"), ("500", "5", "12", "2500.00")],
        taxes: &[("25", "1500.00", "375.00"), ("12", "2500.00", "300.00")],
        net: "4000.00",
        gross: "4675.00",
    },
    Example {
        name: "example 8, electricity",
        currency: "EUR",
        lines: &[
            ("16000", "0.00880", "21", "140.80"),
            ("16000", "0.00101", "21", "16.16"),
            ("1", "167.64", "21", "167.64"),
            ("58", "1.53", "21", "88.74"),
            ("1", "36.75", "21", "36.75"),
            ("1", "56.50", "21", "56.50"),
            ("1", "83.34", "21", "83.34"),
            ("1", "190.31", "21", "190.31"),
            ("1", "64.21", "21", "64.21"),
            ("1", "64.46", "21", "64.46"),
        ],
        taxes: &[("21", "908.91", "190.87")],
        net: "908.91",
        gross: "1099.78",
    },
    Example {
        name: "example 9, one line",
        currency: "EUR",
        lines: &[("3", "49", "21", "147.00")],
        taxes: &[("21", "147.00", "30.87")],
        net: "147.00",
        gross: "177.87",
    },
];

fn tax(percent: &str) -> Tax {
    Tax {
        id: TaxId::from_bytes([1; 16]),
        name: String::new(),
        percent: TaxPercent::parse(percent).expect("a percentage"),
        exemption: String::new(),
        treatment: Treatment::Usual,
    }
}

#[test]
fn p21_the_published_examples_come_to_the_totals_that_they_say() {
    for example in &EXAMPLES {
        let currency = Currency::parse(example.currency).expect("a currency");
        let lines: Vec<Line> = example
            .lines
            .iter()
            .map(|(quantity, price, percent, said)| {
                let quantity = Quantity::parse(quantity).expect("a quantity");
                let unit_price = UnitPrice::parse(price).expect("a price");
                let net = net(quantity.decimal(), unit_price, Discount::NONE, currency).expect("in bounds");
                assert_eq!(net.decimal().to_string(), *said, "{}: {price}", example.name);
                Line {
                    id: LineId::from_bytes([2; 16]),
                    description: String::new(),
                    quantity,
                    measure: Measure::One,
                    unit_price,
                    discount: Discount::NONE,
                    tax: Some(tax(percent)),
                    net,
                    section: String::new(),
                    optional: false,
                    deducts: None,
                }
            })
            .collect();
        let totals = Totals::of_lines(currency, &lines);
        let written = |money: Money| money.decimal().to_string();
        let rows = totals
            .taxes
            .iter()
            .map(|row| (row.tax.percent.decimal().to_string(), written(row.base), written(row.amount)));
        let said = example
            .taxes
            .iter()
            .map(|(percent, base, amount)| ((*percent).to_owned(), (*base).to_owned(), (*amount).to_owned()));
        assert_eq!(rows.collect::<Vec<_>>(), said.collect::<Vec<_>>(), "{}", example.name);
        let sums = (written(totals.net), written(totals.gross));
        assert_eq!(sums, (example.net.to_owned(), example.gross.to_owned()), "{}", example.name);
    }
}
