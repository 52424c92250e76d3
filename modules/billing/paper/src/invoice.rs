//! What machines read of an invoice or a credit note: the semantic model of EN 16931-1. BT and BG are its numbers.

use crate::paper::Day;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Invoice,
    CreditNote,
}

#[derive(Clone, Debug)]
pub struct Invoice {
    pub kind: Kind,
    pub number: String,
    pub issued: Day,
    /// BT-9: the last day on which it is paid in time.
    pub due: Day,
    /// ISO 4217.
    pub currency: &'static str,
    /// Of the currency's minor unit, in which all amounts are: at most 2 (BR-DEC).
    pub digits: u32,
    pub note: String,
    pub seller: Trader,
    pub buyer: Trader,
    /// The invoice that a credit note takes back (BT-25).
    pub corrects: Option<String>,
    /// Where goods went within the European Union.
    pub delivery: Option<Delivery>,
    pub payment: Payment,
    pub items: Vec<Item>,
    pub taxes: Vec<TaxTotal>,
    pub net: i64,
    pub gross: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Trader {
    pub name: String,
    /// Without name and country.
    pub address: String,
    /// ISO 3166-1, two letters.
    pub country: String,
    /// As it is known to its country; for VAT it begins with that country's letters (BR-CO-9).
    pub tax_number: String,
}

#[derive(Clone, Debug)]
pub struct Delivery {
    /// BT-72.
    pub on: Day,
    /// BT-80, two letters.
    pub country: String,
}

#[derive(Clone, Debug, Default)]
pub struct Payment {
    /// BT-84.
    pub iban: Option<String>,
    /// Whatever else a payer has to know (BT-82).
    pub words: String,
}

/// A line (BG-25).
#[derive(Clone, Debug)]
pub struct Item {
    pub description: String,
    /// Decimal with a point, as is the price of one.
    pub quantity: String,
    /// Of the quantity (BT-130), of UN/ECE Recommendation 20.
    pub unit: &'static str,
    pub price: String,
    /// Of the discount, as a decimal.
    pub percent: Option<String>,
    /// Quantity times price.
    pub whole: i64,
    /// What it costs after discount and rounding.
    pub net: i64,
    pub category: Category,
    pub rate: String,
}

/// BT-151, of UNTDID 5305.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Category {
    Standard,
    Zero,
    /// For a reason, which stands in [`TaxTotal::exemption`].
    Exempt,
    /// The buyer owes the tax; said in [`TaxTotal::exemption`], too.
    ReverseCharge,
    /// Goods for another country of the European Union, which asks for [`Invoice::delivery`] (BR-IC-11, BR-IC-12).
    IntraCommunity,
    /// Goods that leave the European Union.
    Export,
    /// Outside of the tax: without a rate, and with nothing else beside it (BR-O-5, BR-O-11).
    NotSubject,
}

/// BG-23: one for each category and rate.
#[derive(Clone, Debug)]
pub struct TaxTotal {
    pub category: Category,
    pub rate: String,
    pub base: i64,
    pub amount: i64,
    pub exemption: String,
}

impl Kind {
    /// BT-3, of UNTDID 1001.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Invoice => "380",
            Kind::CreditNote => "381",
        }
    }
}

impl Category {
    pub fn code(self) -> &'static str {
        match self {
            Category::Standard => "S",
            Category::Zero => "Z",
            Category::Exempt => "E",
            Category::ReverseCharge => "AE",
            Category::IntraCommunity => "K",
            Category::Export => "G",
            Category::NotSubject => "O",
        }
    }

    /// BT-121, where the list of codes (CEF VATEX) has one for all of the category.
    pub fn exemption_code(self) -> Option<&'static str> {
        match self {
            Category::Standard | Category::Zero | Category::Exempt => None,
            Category::ReverseCharge => Some("VATEX-EU-AE"),
            Category::IntraCommunity => Some("VATEX-EU-IC"),
            Category::Export => Some("VATEX-EU-G"),
            Category::NotSubject => Some("VATEX-EU-O"),
        }
    }
}

impl Invoice {
    pub fn is_outside_of_tax(&self) -> bool {
        self.items.iter().any(|item| item.category == Category::NotSubject)
    }
}

impl Trader {
    /// BT-31 and BT-48 are of a country that they name; any other number is one of a local office (BT-32).
    pub fn is_vat_number(&self) -> bool {
        let number = self.tax_number.as_bytes();
        number.len() > 2 && number.iter().take(2).all(u8::is_ascii_uppercase)
    }
}
