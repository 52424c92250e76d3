//! An invoice in the syntax of UN/CEFACT's Cross Industry Invoice D16B, profile EN 16931 of Factur-X 1.0. The order of
//! elements is the schema's.

use std::io;

use crate::{
    element::{Element, optional, text, whole},
    invoice::{Category, Delivery, Invoice, Item, TaxTotal, Trader},
    paper::Day,
};

const PROFILE: &str = "urn:cen.eu:en16931:2017";
const NAMESPACES: [(&str, &str); 4] = [
    ("xmlns:rsm", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"),
    ("xmlns:ram", "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"),
    ("xmlns:qdt", "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"),
    ("xmlns:udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"),
];
/// Of UNTDID 4461: a transfer needs an account (BR-61), any other way is told in words.
const TRANSFER: &str = "30";
const UNDEFINED: &str = "1";

/// # Errors
/// As [`Element::document`].
pub fn written(invoice: &Invoice) -> io::Result<Vec<u8>> {
    let mut root = whole(
        "rsm:CrossIndustryInvoice",
        [
            whole(
                "rsm:ExchangedDocumentContext",
                [whole("ram:GuidelineSpecifiedDocumentContextParameter", [text("ram:ID", PROFILE)])],
            ),
            head(invoice),
            transaction(invoice),
        ],
    );
    for (name, address) in NAMESPACES {
        root = root.with(name, address);
    }
    root.document()
}

fn head(invoice: &Invoice) -> Element {
    let mut parts = vec![
        text("ram:ID", &invoice.number),
        text("ram:TypeCode", invoice.kind.code()),
        whole("ram:IssueDateTime", [day(invoice.issued)]),
    ];
    parts.extend(optional("ram:Content", &invoice.note).map(|note| whole("ram:IncludedNote", [note])));
    whole("rsm:ExchangedDocument", parts)
}

fn transaction(invoice: &Invoice) -> Element {
    let mut parts: Vec<Element> =
        invoice.items.iter().enumerate().map(|(place, item)| line(invoice, place + 1, item)).collect();
    parts.push(whole(
        "ram:ApplicableHeaderTradeAgreement",
        [
            trader("ram:SellerTradeParty", &invoice.seller, invoice),
            trader("ram:BuyerTradeParty", &invoice.buyer, invoice),
        ],
    ));
    let delivered = invoice.delivery.iter().flat_map(delivered);
    parts.push(whole("ram:ApplicableHeaderTradeDelivery", delivered));
    parts.push(settlement(invoice));
    whole("rsm:SupplyChainTradeTransaction", parts)
}

fn line(invoice: &Invoice, number: usize, item: &Item) -> Element {
    let (name, description) = item.description.split_once('\n').unwrap_or((&item.description, ""));
    let mut product = vec![text("ram:Name", name)];
    product.extend(optional("ram:Description", description));
    let mut settlement = vec![tax(item.category, &item.rate, None)];
    settlement.extend(difference(invoice, item));
    settlement.push(whole(
        "ram:SpecifiedTradeSettlementLineMonetarySummation",
        [amount("ram:LineTotalAmount", invoice, item.net)],
    ));
    whole(
        "ram:IncludedSupplyChainTradeLineItem",
        [
            whole("ram:AssociatedDocumentLineDocument", [text("ram:LineID", number.to_string())]),
            whole("ram:SpecifiedTradeProduct", product),
            whole(
                "ram:SpecifiedLineTradeAgreement",
                [whole("ram:NetPriceProductTradePrice", [text("ram:ChargeAmount", &item.price)])],
            ),
            whole(
                "ram:SpecifiedLineTradeDelivery",
                [text("ram:BilledQuantity", &item.quantity).with("unitCode", item.unit)],
            ),
            whole("ram:SpecifiedLineTradeSettlement", settlement),
        ],
    )
}

/// What lies between quantity times price and what is asked: a discount, or the cent by which the parts of an invoice that is
/// taken back piece by piece come to its whole. So that it adds up for whoever reckons it anew.
fn difference(invoice: &Invoice, item: &Item) -> Option<Element> {
    let less = item.whole - item.net;
    if less == 0 {
        return None;
    }
    let discount = item.percent.as_deref().filter(|_| less.signum() == item.whole.signum());
    let mut parts = vec![whole("ram:ChargeIndicator", [text("udt:Indicator", (less < 0).to_string())])];
    if let Some(percent) = discount.filter(|_| less > 0) {
        parts.push(text("ram:CalculationPercent", percent));
        parts.push(amount("ram:BasisAmount", invoice, item.whole));
    }
    parts.push(amount("ram:ActualAmount", invoice, less.abs()));
    parts.push(text("ram:Reason", if discount.is_some() { "Discount" } else { "Rounding" }));
    Some(whole("ram:SpecifiedTradeAllowanceCharge", parts))
}

/// BG-13, and when it got there.
fn delivered(delivery: &Delivery) -> [Element; 2] {
    let address = whole("ram:PostalTradeAddress", [text("ram:CountryID", &delivery.country)]);
    let when = whole("ram:OccurrenceDateTime", [day(delivery.on)]);
    [whole("ram:ShipToTradeParty", [address]), whole("ram:ActualDeliverySupplyChainEvent", [when])]
}

fn trader(name: &'static str, trader: &Trader, invoice: &Invoice) -> Element {
    let (is_vat, is_seller) = (trader.is_vat_number(), name == "ram:SellerTradeParty");
    // What is outside of the tax names nobody by a number for it (BR-O-2).
    let is_hidden = is_vat && invoice.is_outside_of_tax();
    let scheme = if is_vat { "VA" } else { "FC" };
    let mut parts = Vec::new();
    // A seller must be identified somehow (BR-CO-26), which a number for one office does not count as.
    if !is_vat || is_hidden && is_seller {
        parts.extend(optional("ram:ID", &trader.tax_number));
    }
    parts.push(text("ram:Name", &trader.name));
    parts.push(address(trader));
    // A buyer has no place for a local one.
    if !is_hidden && (is_vat || is_seller) {
        let number = optional("ram:ID", &trader.tax_number).map(|number| number.with("schemeID", scheme));
        parts.extend(number.map(|number| whole("ram:SpecifiedTaxRegistration", [number])));
    }
    whole(name, parts)
}

/// Three lines are all that there are; what is more goes into the last.
fn address(trader: &Trader) -> Element {
    let mut lines = trader.address.lines().map(str::trim).filter(|line| !line.is_empty());
    let (one, two) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let rest = lines.collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    parts.extend(optional("ram:LineOne", one));
    parts.extend(optional("ram:LineTwo", two));
    parts.extend(optional("ram:LineThree", &rest));
    parts.push(text("ram:CountryID", &trader.country));
    whole("ram:PostalTradeAddress", parts)
}

fn settlement(invoice: &Invoice) -> Element {
    let mut parts = vec![
        text("ram:PaymentReference", &invoice.number),
        text("ram:InvoiceCurrencyCode", invoice.currency),
        payment(invoice),
    ];
    parts.extend(invoice.taxes.iter().map(|total| tax(total.category, &total.rate, Some((invoice, total)))));
    parts.push(whole("ram:SpecifiedTradePaymentTerms", [whole("ram:DueDateDateTime", [day(invoice.due)])]));
    let tax: i64 = invoice.taxes.iter().map(|total| total.amount).sum();
    parts.push(whole(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        [
            amount("ram:LineTotalAmount", invoice, invoice.net),
            amount("ram:TaxBasisTotalAmount", invoice, invoice.net),
            amount("ram:TaxTotalAmount", invoice, tax).with("currencyID", invoice.currency),
            amount("ram:GrandTotalAmount", invoice, invoice.gross),
            amount("ram:DuePayableAmount", invoice, invoice.gross),
        ],
    ));
    let corrects = invoice.corrects.as_ref().map(|number| text("ram:IssuerAssignedID", number));
    parts.extend(corrects.map(|number| whole("ram:InvoiceReferencedDocument", [number])));
    whole("ram:ApplicableHeaderTradeSettlement", parts)
}

fn payment(invoice: &Invoice) -> Element {
    let (code, iban) = match &invoice.payment.iban {
        Some(iban) => (TRANSFER, Some(iban)),
        None => (UNDEFINED, None),
    };
    let mut parts = vec![text("ram:TypeCode", code)];
    parts.extend(optional("ram:Information", &invoice.payment.words));
    let account = iban.map(|iban| text("ram:IBANID", iban));
    parts.extend(account.map(|account| whole("ram:PayeePartyCreditorFinancialAccount", [account])));
    whole("ram:SpecifiedTradeSettlementPaymentMeans", parts)
}

/// Of a line, or of the whole with what it comes to.
fn tax(category: Category, rate: &str, total: Option<(&Invoice, &TaxTotal)>) -> Element {
    let mut parts = Vec::new();
    parts.extend(total.map(|(invoice, total)| amount("ram:CalculatedAmount", invoice, total.amount)));
    parts.push(text("ram:TypeCode", "VAT"));
    if let Some((invoice, total)) = total {
        parts.extend(optional("ram:ExemptionReason", &total.exemption));
        parts.push(amount("ram:BasisAmount", invoice, total.base));
    }
    parts.push(text("ram:CategoryCode", category.code()));
    let code = category.exemption_code().filter(|_| total.is_some());
    parts.extend(code.map(|code| text("ram:ExemptionReasonCode", code)));
    // BR-O-5
    if category != Category::NotSubject {
        parts.push(text("ram:RateApplicablePercent", rate));
    }
    whole("ram:ApplicableTradeTax", parts)
}

fn amount(name: &'static str, invoice: &Invoice, minor: i64) -> Element {
    let unit = 10_u64.pow(invoice.digits);
    let sign = if minor < 0 { "-" } else { "" };
    let (units, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    match invoice.digits {
        0 => text(name, format!("{sign}{units}")),
        digits => text(name, format!("{sign}{units}.{rest:0width$}", width = digits as usize)),
    }
}

/// As UNTDID 2379 numbers its formats.
fn day(day: Day) -> Element {
    text("udt:DateTimeString", format!("{:04}{:02}{:02}", day.year, day.month, day.day)).with("format", "102")
}
