//! The published examples of EN 16931 (`CORPUS=../shared/corpus`): each line and each row of each tax
//! breakdown is reckoned anew and must come to what the example says. Without them the test says so.

use std::{env, fs, path::PathBuf};

use portico_facts::TaxId;
use quick_xml::{Reader, events::Event};
use rust_decimal::Decimal;

use crate::{
    currency::Currency,
    figure::{Discount, TaxPercent, UnitPrice},
    line,
    money::Money,
    tax::Tax,
};

#[test]
fn p21_the_published_examples_come_to_what_they_say() {
    let Some(corpus) = env::var_os("CORPUS").map(PathBuf::from) else {
        println!("CORPUS is not set: no published example was reckoned");
        return;
    };
    let folder = corpus.join("en16931");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    let (mut lines, mut rates) = (0, 0);
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "xml")) {
        let invoice = Element::read(&fs::read_to_string(file).expect("readable"));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let currency = invoice.first("InvoiceCurrencyCode").map(|code| Currency::parse(&code.text));
        let currency = currency.expect("it says its currency").expect("which is one");
        let all = invoice.all("IncludedSupplyChainTradeLineItem");
        let of_lines = all.iter().filter(|line| line_is_right(&name, line, currency)).count();
        let of_rates = breakdown(&invoice).iter().filter(|row| rate_is_right(&name, row, currency)).count();
        println!("{name}: {of_lines} of {} lines and {of_rates} rates in {currency:?}", all.len());
        (lines, rates) = (lines + of_lines, rates + of_rates);
    }
    println!("{lines} lines and {rates} rates of {} examples", files.len());
    assert!(lines > 30 && rates > 10, "nearly nothing could be compared");
}

/// BT-131. Allowances of an amount and prices of several units are not what our lines know; such
/// lines are left out, and counted by nobody.
fn line_is_right(file: &str, line: &Element, currency: Currency) -> bool {
    let price = line.first("NetPriceProductTradePrice").expect("a price");
    let settlement = line.first("SpecifiedLineTradeSettlement").expect("a settlement");
    let basis = price.first("BasisQuantity").map_or(Decimal::ONE, Element::decimal);
    let Ok(unit_price) = UnitPrice::parse(&price.first("ChargeAmount").expect("an amount").text) else {
        return false;
    };
    if settlement.first("SpecifiedTradeAllowanceCharge").is_some() || basis != Decimal::ONE {
        return false;
    }
    let quantity = line.first("BilledQuantity").expect("a quantity").decimal();
    let none = Discount::parse("0").expect("no discount");
    let net = line::net(quantity, unit_price, none, currency).expect("in bounds");
    let said = settlement.first("LineTotalAmount").expect("a total").decimal();
    assert_eq!(Some(net), Money::rounded(said, currency), "{file}: {quantity} x {unit_price:?}");
    true
}

/// BG-23
fn breakdown(invoice: &Element) -> Vec<&Element> {
    let settlement = invoice.first("ApplicableHeaderTradeSettlement").expect("a settlement");
    settlement.children.iter().filter(|child| child.name == "ApplicableTradeTax").collect()
}

/// BT-117
fn rate_is_right(file: &str, row: &Element, currency: Currency) -> bool {
    let (Some(base), Some(said)) = (row.first("BasisAmount"), row.first("CalculatedAmount")) else {
        return false;
    };
    let percent = row.first("RateApplicablePercent").map_or("0", |percent| percent.text.as_str());
    let tax = Tax {
        id: TaxId::from_bytes([0; 16]),
        name: String::new(),
        percent: TaxPercent::parse(percent).expect("a percentage"),
        exemption: String::new(),
    };
    let base = Money::rounded(base.decimal(), currency).expect("in bounds");
    assert_eq!(
        Some(tax.on(base)),
        Money::rounded(said.decimal(), currency),
        "{file}: {percent} % of {base:?}"
    );
    true
}

#[derive(Default)]
struct Element {
    /// Without its namespace.
    name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn read(xml: &str) -> Element {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().expect("well formed") {
                Event::Start(tag) => {
                    let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                    open.push(Element { name, ..Element::default() });
                }
                Event::Text(text) => {
                    let text = String::from_utf8_lossy(&text).trim().to_owned();
                    open.last_mut().expect("the root stays open").text.push_str(&text);
                }
                Event::End(_) => {
                    let closed = open.pop().expect("as many as were opened");
                    open.last_mut().expect("the root stays open").children.push(closed);
                }
                Event::Eof => return open.pop().expect("the root stays open"),
                _ => {}
            }
        }
    }

    fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    fn first(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    fn decimal(&self) -> Decimal {
        self.text.parse().unwrap_or_else(|_| panic!("{} holds {:?}", self.name, self.text))
    }
}
