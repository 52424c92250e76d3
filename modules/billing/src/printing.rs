//! A document as the paper that is kept of it: what its page says, for the crate that draws.

use jiff::civil::Date;
use portico_billing_paper::{Colour, Day, Fact, Line as PaperLine, Logo, Note, Paper, Party, Table};
use portico_ui::{Brand, LogoGround, Text, colour::paper_accent, markdown::plain_text};

use crate::{
    document::{Document, Issued, Kind, Sheet},
    quote::deposit,
    totals::{TaxTotal, Totals},
    view::{
        amount, deposit_words,
        lines::words_of,
        paper::{exemption_words, tax_label},
        title,
    },
};

/// `corrects` is the number of the invoice that a credit note takes back.
pub fn paper(
    text: Text,
    letterhead: &Letterhead,
    sheet: &Sheet,
    issued: &Issued,
    corrects: Option<&str>,
) -> Paper {
    let document = &sheet.document;
    let to = if document.kind == Kind::Quote { "billing-paper-for" } else { "billing-paper-to" };
    letterhead.on(Paper {
        language: text.language.code(),
        title: title(text, document),
        day: day(issued.issue_on),
        seller: seller(text, issued),
        buyer: buyer(text, to, document),
        facts: facts(text, sheet, issued, corrects),
        words: match document.kind {
            Kind::Quote => plain_text(&document.words),
            Kind::Invoice | Kind::CreditNote | Kind::Subscription => document.words.clone(),
        },
        table: table(text, sheet),
        totals: totals(text, &sheet.totals),
        notes: advance(text, sheet).into_iter().chain(bank(text, document.kind, issued)).collect(),
        footer: issued.seller.footer(text.language).to_owned(),
        page_of: page_of(text),
        ..Paper::default()
    })
}

/// The organization's style on paper, as it is when a document is issued.
pub struct Letterhead {
    accent: Colour,
    logo: Option<Logo>,
}

impl Letterhead {
    /// `logo`: a PNG, and on what it can be seen.
    pub fn new(brand: &Brand, logo: Option<(Vec<u8>, LogoGround)>) -> Self {
        let accent = paper_accent(brand);
        let on_dark = Colour { red: 0x1c, green: 0x1c, blue: 0x1f };
        let logo =
            logo.map(|(png, ground)| Logo { png, ground: (ground == LogoGround::Dark).then_some(on_dark) });
        Self { accent: Colour { red: accent.red, green: accent.green, blue: accent.blue }, logo }
    }

    /// The same on another paper.
    pub fn on(&self, paper: Paper) -> Paper {
        Paper { accent: self.accent, logo: self.logo.clone(), ..paper }
    }
}

pub fn seller(text: Text, issued: &Issued) -> Party {
    Party {
        label: String::new(),
        name: issued.seller.name.clone(),
        details: with_tax_number(text, &issued.seller.address, &issued.seller.tax_number),
    }
}

/// `label` is the key of what stands above the name.
pub fn buyer(text: Text, label: &str, document: &Document) -> Party {
    let (name, address) = document.buyer.split_once('\n').unwrap_or((&document.buyer, ""));
    Party {
        label: text.say(label).into_owned(),
        name: name.to_owned(),
        details: with_tax_number(text, address, &document.buyer_tax_number),
    }
}

pub fn page_of(text: Text) -> String {
    text.say_with("billing-paper-page", &[("page", "{page}".into()), ("pages", "{pages}".into())])
}

pub fn day(date: Date) -> Day {
    let part = |value: i8| value.unsigned_abs();
    Day { year: date.year().unsigned_abs(), month: part(date.month()), day: part(date.day()) }
}

fn with_tax_number(text: Text, address: &str, number: &str) -> String {
    let number =
        (!number.is_empty()).then(|| text.say_with("billing-paper-tax-number", &[("value", number.into())]));
    let address = (!address.is_empty()).then(|| address.to_owned());
    address.into_iter().chain(number).collect::<Vec<_>>().join("\n")
}

fn facts(text: Text, sheet: &Sheet, issued: &Issued, corrects: Option<&str>) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact { label: text.say(key).into_owned(), value };
    let mut facts = vec![
        fact("billing-field-number", issued.number.clone()),
        fact("billing-field-issue-on", text.date(issued.issue_on)),
    ];
    match sheet.document.kind {
        Kind::Invoice => facts.push(fact("billing-field-due-on", text.date(issued.due_on))),
        Kind::Quote => facts.push(fact("billing-field-valid-until", text.date(issued.due_on))),
        Kind::CreditNote | Kind::Subscription => {}
    }
    if let Some((on, country)) = sheet.delivery() {
        facts.push(fact("billing-field-delivered-on", text.date(on)));
        facts.push(fact("billing-field-delivery-country", country.to_owned()));
    }
    facts.extend(corrects.map(|number| fact("billing-paper-corrects", number.to_owned())));
    let project = sheet.document.project.as_ref();
    facts.extend(project.map(|(_, name)| fact("billing-field-project", name.clone())));
    facts
}

fn table(text: Text, sheet: &Sheet) -> Table {
    let headings =
        ["field-description", "field-quantity", "field-unit-price", "field-discount", "field-tax", "net"]
            .map(|name| text.say(&format!("billing-{name}")).into_owned());
    let lines = sheet.lines.iter().map(|line| PaperLine {
        section: line.section.clone(),
        mark: if line.optional { text.say("billing-optional").into_owned() } else { String::new() },
        cells: words_of(text, line),
    });
    Table { summary: text.say("billing-lines").into_owned(), headings, lines: lines.collect() }
}

fn totals(text: Text, totals: &Totals) -> Vec<Fact> {
    let fact = |key: &str, value| Fact { label: text.say(key).into_owned(), value: amount(text, value) };
    let mut facts = vec![fact("billing-net", totals.net)];
    facts.extend(totals.taxes.iter().map(|row| tax_total(text, row)));
    facts.push(fact("billing-total", totals.gross));
    facts
}

/// With the reason why there is none, where there is one.
fn tax_total(text: Text, row: &TaxTotal) -> Fact {
    let mut label = tax_label(text, row);
    let exemption = exemption_words(text, &row.tax);
    if !exemption.is_empty() {
        label = format!("{label}\n{exemption}");
    }
    Fact { label, value: amount(text, row.amount) }
}

/// What a quote asks for in advance, before anybody chose options.
fn advance(text: Text, sheet: &Sheet) -> Option<Note> {
    let (asked, totals) = (sheet.document.deposit?, deposit(sheet, &[])?);
    let label = format!("{}: {}", deposit_words(text, asked), amount(text, totals.gross));
    Some(Note { label, text: text.say("billing-deposit-about").into_owned() })
}

fn bank(text: Text, kind: Kind, issued: &Issued) -> Option<Note> {
    let bank = &issued.seller.bank;
    (kind == Kind::Invoice && !bank.is_empty()).then(|| {
        let reference = text.say_with("billing-paper-reference", &[("value", issued.number.as_str().into())]);
        Note { label: text.say("billing-paper-bank").into_owned(), text: format!("{bank}\n{reference}") }
    })
}
