//! Papers as files: what PDF/A-3 and PDF/UA-1 ask of them, nothing but what their page says, in the organization's style.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    add_line, issued, new_invoice, of_client,
    papers::{draft, for_programs, paper, read},
    receipts::{pay, pdf, receipts},
};
use crate::{
    on_both,
    style::put_logo,
    world::{Page, Person, World},
};

on_both! {
    each_kind_of_paper_keeps_what_can_be_read_of_pdf_a_3_and_pdf_ua_1,
    a_file_that_breaks_these_rules_is_told_of,
    nothing_stands_on_paper_but_what_its_page_says,
    a_paper_is_in_the_organizations_colour_of_its_day,
}

/// To Carol, and to Cyril, who reads French.
fn to_both(document: &Page) -> Page {
    let form = document.press("Send").form_with_button("Send");
    form.tick("Cyril Dubois cyril@acme.test").submit().follow()
}

fn credited(staff: &Person, invoice: &Page) -> Page {
    let form = staff.visit(invoice.path()).press("Credit").form_with_button("Issue credit note");
    to_both(&form.fill("Books", "1").fill("Reason", "Broken & late").submit().follow())
}

/// An introduction, two sections, what is optional, and a deposit.
fn quoted(staff: &Person) -> Page {
    let form = staff.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let draft = form.fill("Client", "Carol Meyer").fill("Currency", "EUR").submit().follow();
    let form =
        draft.form_with_field("Introduction").fill("Introduction", "## Hello\n\nThis is **all** of it");
    let draft = form.fill("Deposit", "30").submit().follow();
    let line = |draft: &Page, section: &str, description: &str| {
        let form = draft.form_with_button("Add line").fill("Section", section);
        form.fill("Description", description).fill("Unit price", "1234.5").fill("Tax", "VAT 20 %")
    };
    let draft = line(&draft, "Site", "Design").submit().follow();
    let draft = line(&draft, "Site", "Words").fill("Quantity", "2.5").submit().follow();
    let draft = line(&draft, "Extras", "Photographs").tick("Optional: the client may choose it");
    to_both(&draft.submit().follow())
}

fn each_kind_of_paper_keeps_what_can_be_read_of_pdf_a_3_and_pdf_ua_1(world: World) {
    let ada = world.ada();
    put_logo(&ada);
    let invoice = to_both(&draft(&ada, "Carol Meyer").press("Issue invoice"));
    pay(&invoice, "250").assert_ok();
    let (note, quote) = (credited(&ada, &invoice), quoted(&ada));
    for person in [world.carol(), world.cyril()] {
        let receipt = receipts(&person.visit(&of_client(&invoice))).remove(0);
        for (kind, file, has_data) in [
            ("invoice", paper(&person, &of_client(&invoice)), true),
            ("credit note", paper(&person, &of_client(&note)), true),
            ("quote", paper(&person, &of_client(&quote)), false),
            ("receipt", pdf(&person, &receipt), false),
        ] {
            let found = for_programs(&file);
            assert_eq!(found["misses"], serde_json::json!([]), "{kind} of {person}");
            assert_eq!((&found["tagged"], found["xml"].is_string()), (&true.into(), has_data), "{kind}");
        }
    }
}

/// Of the file's own bytes, wherever they stand.
#[track_caller]
fn replaced(file: &mut [u8], what: &str, by: &str) {
    assert_eq!(what.len(), by.len(), "what follows stays where it is");
    let found = file.windows(what.len()).enumerate().filter(|(_, window)| *window == what.as_bytes());
    let places: Vec<usize> = found.map(|(place, _)| place).collect();
    assert!(!places.is_empty(), "{what} is nowhere");
    for place in places {
        file[place..place + by.len()].copy_from_slice(by.as_bytes());
    }
}

fn a_file_that_breaks_these_rules_is_told_of(world: World) {
    let ada = world.ada();
    let mut file = paper(&ada, draft(&ada, "Carol Meyer").press("Issue invoice").path());
    let rules = [
        ("/ID[", "/IE[", "6.1.3"),
        ("/GTS_PDFA1", "/GTS_PDFX1", "6.2.3"),
        ("/FontFile2", "/FontGone2", "6.2.11.4"),
        ("/ToUnicode", "/FromUnico", "6.2.11.7"),
        ("Property:name>ConformanceLevel", "Property:name>ConformanceLeveL", "6.6.2.3"),
        ("<pdfaid:part>3", "<pdfaid:part>2", "6.6.4, UA 5"),
        ("/Marked true", "/Marked null", "6.7.2.2"),
        ("/StructTreeRoot", "/StructTreeRoof", "6.7.3"),
        ("/AF[", "/AG[", "6.8"),
        ("/DisplayDocTitle true", "/DisplayDocTitle null", "UA 7.1"),
        ("/Tabs/S", "/Tabs/R", "UA 7.18.3"),
    ];
    for (what, by, _) in rules {
        replaced(&mut file, what, by);
    }
    let found = for_programs(&file);
    let told = found["misses"].as_array().unwrap().iter().map(|broken| broken.as_str().unwrap());
    let told: BTreeSet<&str> = told.map(|broken| broken.split_once(": ").unwrap().0).collect();
    assert_eq!(told, BTreeSet::from(rules.map(|(.., rule)| rule)));
}

/// How often each word stands there, whatever punctuation follows it.
fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut counted = BTreeMap::new();
    for word in text.split_whitespace() {
        *counted.entry(word.trim_matches(|letter: char| ".,:".contains(letter))).or_default() += 1;
    }
    counted.remove("");
    counted
}

/// `edge` is what stands at the foot of a sheet and on no page.
#[track_caller]
fn assert_says_nothing_else(text: &str, page: &Page, edge: &str) {
    let page = format!("{} {} {edge}", page.texts("h1").remove(0), page.texts(".paper").remove(0));
    let on_page = counted(&page);
    for (word, times) in counted(text) {
        let there = on_page.get(word).copied().unwrap_or_default();
        assert!(times <= there, "{word:?} stands {times} times on paper, {there} times on the page: {text}");
    }
}

/// Row after row, and cell after cell in each: no figure stands in another's place.
#[track_caller]
fn assert_rows_stand_in_sequence(text: &str, page: &Page) {
    let rows = page.count(".paper tbody tr");
    assert!(rows > 0, "{page}");
    let mut rest = text;
    for place in 1..=rows {
        let cells = |css: &str| page.texts(&format!(".paper tbody tr:nth-child({place}) {css}"));
        let mut row = [cells(".billing-description"), cells("td")].concat();
        row.retain(|cell| !cell.is_empty());
        let row = row.join(" ");
        rest = rest.split_once(row.as_str()).unwrap_or_else(|| panic!("{row:?} is not in {rest}")).1;
    }
}

fn nothing_stands_on_paper_but_what_its_page_says(world: World) {
    let ada = world.ada();
    let invoice = to_both(&draft(&ada, "Carol Meyer").press("Issue invoice"));
    let head = new_invoice(&ada, "Carol Meyer", "JPY");
    let yen = add_line(&head, ["Prints", "7", "99", "5", "VAT 5.5 %"]);
    let yen = to_both(&add_line(&yen, ["Frames", "7", "990", "", "No tax"]).press("Issue invoice"));
    let (note, quote) = (credited(&ada, &invoice), quoted(&ada));
    for (person, edge) in [(world.carol(), "Page 1 of 1"), (world.cyril(), "Page 1 sur 1")] {
        for document in [&invoice, &yen, &note, &quote] {
            let page = person.visit(&of_client(document));
            let text = read(&paper(&person, &of_client(document)));
            assert!(text.contains(edge), "{text}");
            assert_says_nothing_else(&text, &page, edge);
            assert_rows_stand_in_sequence(&text, &page);
        }
    }
}

fn a_paper_is_in_the_organizations_colour_of_its_day(world: World) {
    let ada = world.ada();
    let fills = |invoice: &Page| -> Vec<[u8; 3]> {
        let found = for_programs(&paper(&ada, invoice.path()));
        serde_json::from_value(found["fills"].clone()).unwrap()
    };
    // On its way through another colour space a shade may be lost.
    let has = |fills: &[[u8; 3]], colour: [u8; 3]| {
        fills.iter().any(|fill| fill.iter().zip(colour).all(|(one, other)| one.abs_diff(other) < 4))
    };
    let take = |colour: &str| {
        let looks = ada.visit("/staff/settings/looks").form_with_field("Colour");
        looks.fill("Colour", colour).submit().follow().assert_ok();
        fills(&issued(&ada, "Carol Meyer", "10"))
    };
    let (green, wine, yellow) = ([0x2f, 0x6f, 0x5e], [0x8a, 0x1c, 0x4a], [0xff, 0xee, 0x00]);
    let before = issued(&ada, "Carol Meyer", "10");
    assert!(has(&fills(&before), green) && !has(&fills(&before), wine), "{:?}", fills(&before));
    let after = take("#8a1c4a");
    assert!(has(&after, wine) && !has(&after, green), "{after:?}");
    let pale = take("#ffee00");
    assert!(!has(&pale, yellow) && !has(&pale, wine), "what cannot be read on white gets darker: {pale:?}");
    assert!(has(&fills(&before), green), "what was issued stays as it was");
}
