//! An invoice or a credit note as accounting programs read it (EN 16931), and what it lacks to be one.

use portico_billing_paper::{Delivery, Invoice, Item, Kind as ElectronicKind, Payment, TaxTotal, Trader};

use crate::{
    document::{Document, Issued, Kind, Sheet},
    iban::find_iban,
    line::Line,
    money::Money,
    printing::day,
    profile::Seller,
    tax::{Tax, Treatment},
    totals::Totals,
};

/// Keys of sentences, each of which says what to fill in and where. What comes to less than nothing was no invoice before.
pub fn lacking(sheet: &Sheet, seller: &Seller) -> Vec<&'static str> {
    let document = &sheet.document;
    let lacks = [
        // BR-09, BR-11
        (seller.country.is_empty(), "billing-lacks-seller-country"),
        (document.buyer_country.is_empty(), "billing-lacks-buyer-country"),
        // BR-CO-26, BR-S-2
        (seller.tax_number.is_empty(), "billing-lacks-tax-number"),
        // BR-IC-2, BR-G-2
        (lacks_vat_number(sheet, seller), "billing-lacks-vat-number"),
        // BR-CO-4
        (sheet.lines.iter().any(|line| line.tax.is_none()), "billing-lacks-tax"),
        // BR-AE-2, BR-IC-2
        (names_buyer(sheet) && !buyer(document).is_vat_number(), "billing-lacks-buyer-tax-number"),
        // BR-DEC-09 and the others
        (document.currency.digits() > 2, "billing-lacks-digits"),
    ];
    lacks.into_iter().filter_map(|(lacks, key)| lacks.then_some(key)).collect()
}

/// Any other number of the seller's will do for the other categories.
fn lacks_vat_number(sheet: &Sheet, seller: &Seller) -> bool {
    let asks = sheet.has(Treatment::IntraCommunity) || sheet.has(Treatment::Export);
    asks && !seller.tax_number.is_empty() && !trader(seller).is_vat_number()
}

fn names_buyer(sheet: &Sheet) -> bool {
    sheet.has(Treatment::ReverseCharge) || sheet.has(Treatment::IntraCommunity)
}

/// `None` for a quote, and where something is lacking.
pub fn invoice(sheet: &Sheet, issued: &Issued, corrects: Option<&str>) -> Option<Invoice> {
    let document = &sheet.document;
    let kind = match document.kind {
        Kind::Quote | Kind::Subscription => return None,
        Kind::Invoice => ElectronicKind::Invoice,
        Kind::CreditNote => ElectronicKind::CreditNote,
    };
    if !lacking(sheet, &issued.seller).is_empty() {
        return None;
    }
    Some(Invoice {
        kind,
        number: issued.number.clone(),
        issued: day(issued.issue_on),
        due: day(issued.due_on),
        currency: document.currency.code(),
        digits: document.currency.digits(),
        note: document.words.clone(),
        seller: trader(&issued.seller),
        buyer: buyer(document),
        corrects: corrects.map(str::to_owned),
        delivery: sheet.delivery().map(|(on, country)| Delivery { on: day(on), country: country.to_owned() }),
        payment: Payment { iban: find_iban(&issued.seller.bank), words: issued.seller.bank.clone() },
        items: sheet.lines.iter().filter_map(item).collect(),
        taxes: taxes(&sheet.totals),
        net: sheet.totals.net.minor(),
        gross: sheet.totals.gross.minor(),
    })
}

fn trader(seller: &Seller) -> Trader {
    Trader {
        name: seller.name.clone(),
        address: seller.address.clone(),
        country: seller.country.clone(),
        tax_number: compact(&seller.tax_number),
    }
}

/// The first line of their address is their name.
fn buyer(document: &Document) -> Trader {
    let (name, address) = document.buyer.split_once('\n').unwrap_or((&document.buyer, ""));
    Trader {
        name: name.to_owned(),
        address: address.to_owned(),
        country: document.buyer_country.clone(),
        tax_number: compact(&document.buyer_tax_number),
    }
}

/// Numbers are written in groups and known without.
fn compact(number: &str) -> String {
    number.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn item(line: &Line) -> Option<Item> {
    let tax = line.tax.as_ref()?;
    let currency = line.net.currency();
    let whole = Money::rounded(line.quantity.decimal() * line.unit_price.decimal(), currency)?;
    let percent = (!line.discount.is_none()).then(|| line.discount.decimal().to_string());
    Some(Item {
        description: line.description.clone(),
        quantity: line.quantity.plain(),
        unit: line.measure.code(),
        price: line.unit_price.plain(),
        percent,
        whole: whole.minor(),
        net: line.net.minor(),
        category: tax.category(),
        rate: rate(tax),
    })
}

/// A reverse charge is called so, whatever else is said of it (BR-AE-10), and so are the others (BR-IC-10, BR-G-10,
/// BR-O-10).
fn exemption(tax: &Tax) -> String {
    match (tax.treatment.reason(), tax.exemption.as_str()) {
        (Some(named), "") => named.to_owned(),
        (Some(named), reason) => format!("{named}: {reason}"),
        (None, reason) => reason.to_owned(),
    }
}

fn rate(tax: &Tax) -> String {
    tax.percent.decimal().normalize().to_string()
}

/// There is one row for each category and rate, whatever the reasons (BR-E-1).
fn taxes(totals: &Totals) -> Vec<TaxTotal> {
    let mut rows: Vec<TaxTotal> = Vec::new();
    for total in &totals.taxes {
        let (category, rate) = (total.tax.category(), rate(&total.tax));
        match rows.iter_mut().find(|row| row.category == category && row.rate == rate) {
            Some(row) => {
                row.base += total.base.minor();
                row.amount += total.amount.minor();
                row.exemption = format!("{}; {}", row.exemption, exemption(&total.tax));
            }
            None => rows.push(TaxTotal {
                category,
                rate,
                base: total.base.minor(),
                amount: total.amount.minor(),
                exemption: exemption(&total.tax),
            }),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use portico_billing_paper::Category;
    use portico_facts::{LineId, TaxId};

    use super::*;
    use crate::{
        currency::Currency,
        figure::{Discount, Quantity, TaxPercent, UnitPrice},
        line,
        measure::Measure,
    };

    fn tax(percent: &str, exemption: &str) -> Tax {
        Tax {
            id: TaxId::from_bytes([1; 16]),
            name: "VAT".into(),
            percent: TaxPercent::parse(percent).expect("a percentage"),
            exemption: exemption.into(),
            treatment: Treatment::Usual,
        }
    }

    #[test]
    fn reasons_for_no_tax_share_one_row() {
        let euros = |minor| Money::new(minor, Currency::EURO);
        let (full, care, schooling, zero) =
            (tax("20.0", ""), tax("0", "Care"), tax("0", "Schooling"), tax("0", ""));
        let special = |treatment, reason| Tax { treatment, ..tax("0", reason) };
        let (abroad, by_law) =
            (special(Treatment::ReverseCharge, ""), special(Treatment::ReverseCharge, "Article 196"));
        let (within, export) =
            (special(Treatment::IntraCommunity, ""), special(Treatment::Export, "Article 146"));
        let lines = [
            (&full, 100),
            (&care, 30),
            (&zero, 5),
            (&schooling, 40),
            (&abroad, 7),
            (&within, 11),
            (&by_law, 2),
            (&export, 13),
        ];
        let lines = lines.into_iter().map(|(tax, minor)| (Some(tax), euros(minor)));
        let rows = taxes(&Totals::of(Currency::EURO, lines));
        let rows: Vec<_> = rows
            .iter()
            .map(|row| (row.category, row.rate.as_str(), row.base, row.exemption.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                (Category::Standard, "20", 100, ""),
                (Category::Exempt, "0", 70, "Care; Schooling"),
                (Category::Zero, "0", 5, ""),
                (Category::ReverseCharge, "0", 9, "Reverse charge; Reverse charge: Article 196"),
                (Category::IntraCommunity, "0", 11, "Intra-Community supply"),
                (Category::Export, "0", 13, "Export outside the EU: Article 146"),
            ]
        );
    }

    #[test]
    fn p21_a_discount_is_what_lies_between_the_whole_and_the_net() {
        let (quantity, price) =
            (Quantity::parse("16").expect("16"), UnitPrice::parse("348.35").expect("a price"));
        let discount = Discount::parse("4").expect("a discount");
        let net = line::net(quantity.decimal(), price, discount, Currency::EURO).expect("in bounds");
        let line = Line {
            id: LineId::from_bytes([1; 16]),
            description: "Design".into(),
            quantity,
            measure: Measure::Hour,
            unit_price: price,
            discount,
            tax: Some(tax("22", "")),
            net,
            section: String::new(),
            optional: false,
            deducts: None,
        };
        let item = item(&line).expect("taxed");
        assert_eq!((item.whole, item.net, item.percent.as_deref()), (557_360, 535_066, Some("4")));
    }
}
