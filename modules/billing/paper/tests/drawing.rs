//! Whatever stands on a document, it becomes a PDF/A: krilla checks each, and refuses what is none.

use portico_billing_paper::{
    Category, Colour, Day, Fact, Invoice, Item, Kind, Line, Logo, Note, Paper, Party, Payment, Table,
    TaxTotal, Trader, draw,
};

fn cells(description: &str) -> [String; 6] {
    [description, "16", "348.35", "4 %", "VAT 22 %", "€5,350.66"].map(str::to_owned)
}

fn line(description: &str) -> Line {
    Line { cells: cells(description), ..Line::default() }
}

fn paper(lines: Vec<Line>) -> Paper {
    let fact = |label: &str, value: &str| Fact { label: label.into(), value: value.into() };
    Paper {
        language: "en",
        title: "Invoice INV-2026-0042".into(),
        day: Day { year: 2026, month: 11, day: 26 },
        seller: Party {
            name: "Studio North".into(),
            details: "14 rue de la Forge\n69003 Lyon".into(),
            ..Party::default()
        },
        buyer: Party { label: "Bill to".into(), name: "Acme".into(), details: "1 Quay Street".into() },
        facts: vec![fact("Number", "INV-2026-0042"), fact("Issue date", "26 November 2026")],
        table: Table {
            summary: "Lines".into(),
            headings: ["Description", "Quantity", "Unit price", "Discount", "Tax", "Net"].map(str::to_owned),
            lines,
        },
        totals: vec![fact("Net", "€5,350.66"), fact("Total", "€6,527.81")],
        notes: vec![Note { label: "Please pay to".into(), text: "IBAN FR76".into() }],
        page_of: "Page {page} of {pages}".into(),
        ..Paper::default()
    }
}

fn invoice() -> Invoice {
    let trader = |name: &str, country: &str| Trader {
        name: name.into(),
        country: country.into(),
        tax_number: "FR40303265045".into(),
        ..Trader::default()
    };
    Invoice {
        kind: Kind::Invoice,
        number: "INV-2026-0042".into(),
        issued: Day { year: 2026, month: 11, day: 26 },
        due: Day { year: 2026, month: 12, day: 10 },
        currency: "EUR",
        digits: 2,
        note: String::new(),
        seller: trader("Studio <North> & Co", "FR"),
        buyer: trader("Acme", "DE"),
        corrects: None,
        delivery: None,
        payment: Payment::default(),
        items: vec![Item {
            description: "Design".into(),
            quantity: "16".into(),
            unit: "HUR",
            price: "348.35".into(),
            percent: Some("4".into()),
            whole: 557_360,
            net: 535_066,
            category: Category::Standard,
            rate: "22".into(),
        }],
        taxes: vec![TaxTotal {
            category: Category::Standard,
            rate: "22".into(),
            base: 535_066,
            amount: 117_715,
            exemption: String::new(),
        }],
        net: 535_066,
        gross: 652_781,
    }
}

#[track_caller]
fn pages(paper: &Paper) -> usize {
    let pdf = draw(paper, None).expect("a PDF/A");
    let text = String::from_utf8_lossy(&pdf);
    text.matches("/Type/Page/").count()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let paper = paper(vec![line("Design")]);
    let invoice = invoice();
    assert_eq!(
        draw(&paper, Some(&invoice)).expect("a PDF/A"),
        draw(&paper, Some(&invoice)).expect("a PDF/A")
    );
}

#[test]
fn the_data_is_announced_in_the_metadata_of_the_file() {
    let pdf = draw(&paper(vec![line("Design")]), Some(&invoice())).expect("a PDF/A");
    let text = String::from_utf8_lossy(&pdf);
    let (_, update) = text.rsplit_once(" 0 obj").expect("an update");
    assert!(update.contains("<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>"), "{update}");
    // The table of an update says where it begins, and where the one before it does.
    let (_, end) = update.rsplit_once("startxref\n").expect("its end");
    let at: usize = end.lines().next().expect("a line").parse().expect("a place");
    assert!(pdf[at..].starts_with(b"xref\n") && update.contains("/Prev "));
}

#[test]
fn many_lines_fill_many_pages() {
    assert_eq!(pages(&paper(vec![line("Design")])), 1);
    let many = pages(&paper((0..300).map(|place| line(&format!("Line {place} of many"))).collect()));
    assert!((10..20).contains(&many), "{many}");
}

#[test]
fn a_line_that_is_higher_than_a_page_goes_on_to_the_next() {
    let high = line(&"word\n".repeat(200));
    assert!(pages(&paper(vec![high.clone(), high])) >= 6);
    let mut all = paper(Vec::new());
    all.words = "word\n".repeat(500);
    all.buyer.details = "street\n".repeat(200);
    all.seller.details = "street\n".repeat(200);
    all.footer = "small print ".repeat(900);
    assert!(pages(&all) >= 10);
}

#[test]
fn nothing_needs_to_be_there() {
    assert_eq!(pages(&Paper { language: "fr", title: "x".into(), ..Paper::default() }), 1);
    assert_eq!(pages(&paper(vec![Line::default()])), 1);
}

#[test]
fn no_character_keeps_a_document_from_being_drawn() {
    // All that the family may have and all that is special, and some of each thousand beyond.
    let near: Vec<char> = ('\0'..='\u{2fff}').chain('\u{fb00}'..='\u{ffff}').collect();
    let far: Vec<char> = ('\u{3000}'..='\u{10ffff}').step_by(97).collect();
    for part in near.chunks(4_000).chain(far.chunks(4_000)) {
        let text: String = part.iter().collect();
        let mut odd = paper(Vec::new());
        odd.words = text.clone();
        odd.title = text.chars().step_by(5).collect();
        let mut data = invoice();
        (data.number, data.seller.name, data.note) = (text.clone(), text.clone(), text);
        draw(&odd, Some(&data)).expect("a PDF/A");
    }
    for text in
        ["שלום Acme עולם", "مرحبا بالعالم", "\u{202e}evil\u{202c}", "e\u{301}\u{301}\u{301}", "👨‍👩‍👧", "a\u{0}b"]
    {
        draw(&paper(vec![line(text)]), None).expect("a PDF/A");
    }
}

/// Four pixels by two, the right half of which lets its ground through.
const LOGO: &str = "89504e470d0a1a0a0000000d49484452000000040000000208060000007fa87d630000001349444154789c63b82427f71f84\
    1960005d0000ab5808354e4ca0de0000000049454e44ae426082";

fn bytes(digits: &str) -> Vec<u8> {
    let digits: Vec<char> = digits.chars().collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect("two digits");
    digits.chunks(2).map(byte).collect()
}

#[test]
fn a_logo_stands_on_the_first_page_and_a_torn_one_is_left_out() {
    let of = |png: Vec<u8>, ground: Option<Colour>| {
        let mut paper = paper(vec![line("Design")]);
        paper.logo = Some(Logo { png, ground });
        draw(&paper, Some(&invoice())).expect("a PDF/A")
    };
    let pictures = |pdf: &[u8]| pdf.windows(14).filter(|window| *window == b"/Subtype/Image").count();
    // The picture and what of it is seen.
    assert_eq!(pictures(&of(bytes(LOGO), None)), 2);
    assert_eq!(pictures(&of(bytes(LOGO), Some(Colour { red: 28, green: 28, blue: 31 }))), 2);
    assert_eq!(of(bytes(LOGO), None), of(bytes(LOGO), None));
    assert_eq!(pictures(&of(b"\x89PNG\r\n\x1a\n".to_vec(), None)), 0);
}
