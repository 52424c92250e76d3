//! Documents as PDF: what their page says, for people and for programs, frozen when they are issued (P23).

use std::{fs, process::Command};

use serde_json::Value;

use super::{add_line, forms, new_invoice, number, of_client};
use crate::{
    on_both,
    world::{Backend, Form, Page, Person, World, venv},
};

on_both! {
    an_invoice_as_pdf_says_what_its_page_says_in_both_languages,
    programs_read_an_invoice_and_its_credit_note_by_the_rules_of_en_16931,
    without_what_the_rules_ask_for_it_is_for_people_only_and_staff_are_told,
    programs_read_yen_and_a_credit_in_part_by_the_same_rules,
    a_reverse_charge_is_said_as_such_and_asks_for_the_clients_number,
    a_quote_as_pdf_has_its_sections_and_options,
    a_credit_note_and_a_french_quote_as_pdf_say_what_their_pages_say,
    p23_a_pdf_stays_the_same_whatever_changes_afterwards,
    p8_a_pdf_is_for_those_who_see_its_document,
    p23_a_document_of_before_is_drawn_when_it_is_asked_for,
    p23_what_is_drawn_cannot_be_changed_not_even_by_sql,
    t18_whoever_fetches_a_pdf_is_in_the_audit_log,
}

/// Three rates, a discount, part of a cent, and letters of many.
pub fn draft(staff: &Person, client: &str) -> Page {
    let draft = new_invoice(staff, client, "EUR");
    let head = draft.form_with_button("Save");
    let head = head.fill("Billing address", "Łódź & Søn <GmbH>\nStraße 5\n10115 Berlin");
    let head = head.fill("Client’s tax number", "DE 136 695 976").fill("Client’s country", "de");
    let draft = head.fill("Words above the lines", "Thank you for your trust.").submit().follow();
    let draft = add_line(&draft, ["Design of eight page types", "16", "348.35", "4", "VAT 20 %"]);
    let draft = add_line(&draft, ["Books", "3", "0.333", "", "VAT 5.5 %"]);
    add_line(&draft, ["Translation into Ελληνικά", "1.5", "80", "", "Reverse charge"])
}

pub fn paper(person: &Person, page: &str) -> Vec<u8> {
    let paper = person.get(&format!("{page}/paper"));
    paper.assert_ok();
    assert_eq!(paper.header("content-type"), "application/pdf");
    assert!(paper.header("cache-control").contains("no-store"), "{}", paper.header("cache-control"));
    paper.body
}

/// Everything that is there to read, as `pdftotext` finds it, with single spaces.
pub fn read(pdf: &[u8]) -> String {
    let text = on_file(pdf, |path| {
        Command::new("pdftotext").args(["-raw", "-enc", "UTF-8", path, "-"]).output().expect("poppler-utils")
    });
    single_spaced(&String::from_utf8(text.stdout).unwrap())
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What programs read, as other people's programs do.
pub fn for_programs(pdf: &[u8]) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/factur_x.py");
    let found =
        on_file(pdf, |path| Command::new(venv("python")).args(["-B", script, path]).output().unwrap());
    let complaint = String::from_utf8_lossy(&found.stderr);
    serde_json::from_slice(&found.stdout).unwrap_or_else(|_| panic!("{complaint}"))
}

fn on_file<T>(pdf: &[u8], work: impl FnOnce(&str) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    fs::write(&path, pdf).unwrap();
    work(path.to_str().unwrap())
}

/// The words of the page's own paper, piece by piece.
pub fn assert_says_the_same(pdf: &[u8], page: &Page) {
    let text = read(pdf);
    let pieces = ".paper-parties p, .paper-facts dt, .paper-facts dd, .paper-words, .paper td, .paper dl.billing-totals dd,
        .paper-bank p, .paper-footer";
    let pieces = page.texts(pieces);
    assert!(pieces.len() > 10, "{pieces:?}");
    for piece in pieces.iter().flat_map(|piece| piece.lines()) {
        let words = single_spaced(piece);
        let is_there = text.contains(&words) || words.split(' ').all(|word| text.contains(word));
        assert!(is_there, "{words:?} is not in {text}");
    }
}

fn an_invoice_as_pdf_says_what_its_page_says_in_both_languages(world: World) {
    let ada = world.ada();
    let sent = draft(&ada, "Carol Meyer").press("Issue invoice").press("Send").form_with_button("Send");
    let invoice = sent.tick("Cyril Dubois cyril@acme.test").submit().follow();
    assert!(invoice.has_link("Download as PDF"));
    for (person, title, language, total) in [
        (world.carol(), "Invoice", "en", "€6,541.85"),
        (world.cyril(), "Facture", "fr", "6\u{202f}541,85\u{a0}€"),
    ] {
        let page = person.visit(&of_client(&invoice));
        let href = page.attributes("a[download]", "href").remove(0);
        let download = person.get(&href);
        let name = format!("attachment; filename=\"{title} {}.pdf\"", number(&invoice));
        assert_eq!(download.header("content-disposition"), name);
        assert_says_the_same(&download.body, &page);
        let text = read(&download.body);
        // 5350.66 + 1.00 + 120.00, and 20 % of 5350.66 and 5.5 % of 1.00: 1070.13 and 0.06, half a cent up.
        for words in [total, "Łódź & Søn <GmbH>", "Ελληνικά", "Article 196"] {
            assert!(text.contains(&single_spaced(words)), "{words:?} is not in {text}");
        }
        let found = for_programs(&download.body);
        assert_eq!(found["title"], format!("{title} {}", number(&invoice)));
        assert_eq!((&found["language"], &found["tagged"]), (&language.into(), &true.into()));
    }
    assert_eq!(
        paper(&ada, invoice.path()),
        paper(&world.carol(), &of_client(&invoice)),
        "staff read the same file"
    );
}

fn programs_read_an_invoice_and_its_credit_note_by_the_rules_of_en_16931(world: World) {
    let ada = world.ada();
    let invoice = draft(&ada, "Carol Meyer").press("Issue invoice");
    invoice.assert_hides("Accounting programs cannot read this PDF");
    let dialog =
        ada.visit(&format!("{}/credit-notes/new", invoice.path())).form_with_button("Issue credit note");
    let note = dialog.fill("Reason", "Broken & late").submit().follow();
    for (document, code, due) in [(&invoice, "380", "6541.85"), (&note, "381", "6541.85")] {
        let found = for_programs(&paper(&ada, document.path()));
        let xml = found["xml"].as_str().unwrap_or_else(|| panic!("no data in {found}"));
        assert_eq!((&found["schema"], &found["level"]), (&true.into(), &"en16931".into()));
        assert_eq!(found["broken"], Value::Array(Vec::new()), "{xml}");
        let file = &found["files"][0];
        assert_eq!((&file["name"], &file["relationship"]), (&"factur-x.xml".into(), &"/Alternative".into()));
        let metadata = found["metadata"].as_str().unwrap();
        for said in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
            "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
            "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
        ] {
            assert!(metadata.contains(said), "{said} is not in {metadata}");
        }
        for said in [
            format!("<ram:TypeCode>{code}</ram:TypeCode>"),
            format!("<ram:DuePayableAmount>{due}</ram:DuePayableAmount>"),
            format!("<ram:ID>{}</ram:ID>", number(document)),
            "<ram:Name>Łódź &amp; Søn &lt;GmbH&gt;</ram:Name>".to_owned(),
            "<ram:IBANID>FR7630006000011234567890189</ram:IBANID>".to_owned(),
            "<ram:ActualAmount>222.94</ram:ActualAmount>".to_owned(),
        ] {
            assert!(xml.contains(&said), "{said} is not in {xml}");
        }
    }
    let corrected = format!("<ram:IssuerAssignedID>{}</ram:IssuerAssignedID>", number(&invoice));
    let found = for_programs(&paper(&ada, note.path()));
    assert!(found["xml"].as_str().unwrap().contains(&corrected));
}

fn programs_read_yen_and_a_credit_in_part_by_the_same_rules(world: World) {
    let ada = world.ada();
    let rules = |document: &Page| {
        let found = for_programs(&paper(&ada, document.path()));
        let xml = found["xml"].as_str().unwrap_or_else(|| panic!("no data in {found}")).to_owned();
        assert_eq!((&found["schema"], &found["broken"]), (&true.into(), &Value::Array(Vec::new())), "{xml}");
        xml
    };
    let said = |xml: &str, name: &str, amount: &str| {
        let whole = format!(">{amount}</ram:{name}>");
        assert!(xml.contains(&whole), "{whole} is not in {xml}");
    };
    let head = new_invoice(&ada, "Carol Meyer", "JPY").form_with_button("Save");
    let head = head.fill("Client’s country", "JP").submit().follow();
    let written = add_line(&head, ["Photographs", "3", "33.5", "", "VAT 20 %"]);
    let yen = add_line(&written, ["Prints", "7", "99", "5", "VAT 5.5 %"]).press("Issue invoice");
    // 100.5 is 101, and a fifth of it 20; 693 less 34.65 is 658, and 5.5 % of it 36.
    let xml = rules(&yen);
    for (name, amount) in [
        ("InvoiceCurrencyCode", "JPY"),
        ("LineTotalAmount", "101"),
        ("LineTotalAmount", "658"),
        ("TaxBasisTotalAmount", "759"),
        ("TaxTotalAmount", "56"),
        ("DuePayableAmount", "815"),
    ] {
        said(&xml, name, amount);
    }

    let invoice = draft(&ada, "Carol Meyer").press("Issue invoice");
    let credit = || ada.visit(invoice.path()).press("Credit").form_with_button("Issue credit note");
    let none = |form: Form| form.fill("Translation into Ελληνικά", "");
    // A third of 0.999, and half of 16: 0.33 and 2675.33; what is left of both is the rest of 1.00 and of 5350.66.
    let first = none(credit().fill("Design of eight page types", "8").fill("Books", "1")).submit().follow();
    let xml = rules(&first);
    for (name, amount) in
        [("LineTotalAmount", "2675.33"), ("LineTotalAmount", "0.33"), ("TaxBasisTotalAmount", "2675.66")]
    {
        said(&xml, name, amount);
    }
    let rest = credit().submit().follow();
    let xml = rules(&rest);
    for (name, amount) in
        [("LineTotalAmount", "2675.33"), ("LineTotalAmount", "0.67"), ("LineTotalAmount", "120.00")]
    {
        said(&xml, name, amount);
    }
    let due = |document: &Page| -> f64 {
        let page = ada.visit(document.path()).texts(".paper .billing-total dd").remove(0);
        page.replace([',', '€'], "").parse().unwrap()
    };
    assert!((due(&first) + due(&rest) - 6_541.85).abs() < 0.001, "{} and {}", due(&first), due(&rest));
}

fn a_reverse_charge_is_said_as_such_and_asks_for_the_clients_number(world: World) {
    let ada = world.ada();
    let settings = ada.visit("/staff/settings/billing").form_with_button("Add tax rate");
    let form = settings.fill("Name of the tax", "Abroad").fill("Percent", "20");
    let form = form.fill("Special case", "Reverse charge: the client owes the tax");
    let wrong = form.submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Percent").contains("you charge 0 percent"), "{wrong}");
    let listed = wrong.form_with_button("Add tax rate").fill("Percent", "0").submit().follow();
    listed.row("Abroad").assert_shows("0 % · Reverse charge");
    // By which an older program on another machine knows it.
    let flagged = "SELECT name AS row FROM billing_taxes WHERE is_reverse_charge AND name = 'Abroad'";
    assert_eq!(world.database().texts(flagged, flagged), ["Abroad"]);
    let training =
        listed.form_with_button("Add tax rate").fill("Name of the tax", "Training").fill("Percent", "0");
    training.fill("Reason for no tax", "Article 132").submit().follow().assert_ok();

    let written = |number: &str| {
        let head = new_invoice(&ada, "Cyril Dubois", "EUR").form_with_button("Save");
        let head = head.fill("Client’s tax number", number).fill("Client’s country", "DE");
        let draft = add_line(&head.submit().follow(), ["Design", "2", "500", "", "Abroad"]);
        let draft = add_line(&draft, ["Course", "1", "300", "", "Training"]);
        let draft = add_line(&draft, ["Travel", "1", "100", "", "VAT 20 %"]);
        draft.press("Issue invoice").press("Send").form_with_button("Send").submit().follow()
    };
    let invoice = written("DE 136 695 976");
    invoice
        .assert_shows("Reverse charge")
        .assert_shows("Total €1,420.00")
        .assert_hides("cannot read this PDF");
    let pdf = paper(&world.cyril(), &of_client(&invoice));
    assert!(read(&pdf).contains("Autoliquidation"), "{}", read(&pdf));
    let found = for_programs(&pdf);
    let xml = found["xml"].as_str().unwrap_or_else(|| panic!("no data in {found}"));
    assert_eq!((&found["schema"], &found["broken"]), (&true.into(), &Value::Array(Vec::new())), "{xml}");
    let categories =
        |code: &str| xml.matches(&format!("<ram:CategoryCode>{code}</ram:CategoryCode>")).count();
    assert_eq!(["AE", "E", "S", "Z"].map(categories), [2, 2, 2, 0], "each line and each row: {xml}");
    for said in [
        "<ram:ExemptionReason>Reverse charge</ram:ExemptionReason>",
        "<ram:ExemptionReasonCode>VATEX-EU-AE</ram:ExemptionReasonCode>",
        "<ram:ExemptionReason>Article 132</ram:ExemptionReason>",
        "<ram:ID schemeID=\"VA\">DE136695976</ram:ID>",
    ] {
        assert!(xml.contains(said), "{said} is not in {xml}");
    }
    for number in ["", "136 695 976"] {
        let lacking = written(number);
        let hint = lacking.texts("#lacking").remove(0);
        assert!(hint.contains("Write the client’s VAT number"), "{hint}");
        assert!(for_programs(&paper(&ada, lacking.path()))["xml"].is_null());
    }
}

fn without_what_the_rules_ask_for_it_is_for_people_only_and_staff_are_told(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/settings/billing").form_with_button("Save");
    let wrong = form.clone().fill("Your country", "XX").submit();
    assert!(wrong.field_error("Your country").contains("two letters"), "{wrong}");
    form.fill("Your country", "").submit().follow().assert_ok();
    let draft = add_line(&new_invoice(&ada, "Dora Lindt", "KWD"), ["Design", "1", "1.2345", "", "No tax"]);
    let invoice = draft.press("Issue invoice");
    let hint = invoice.texts("#lacking").remove(0);
    for sentence in ["Write your country", "Choose a tax rate for each line", "more decimals"] {
        assert!(hint.contains(sentence), "{hint}");
    }
    let pdf = paper(&ada, invoice.path());
    let found = for_programs(&pdf);
    assert!(found["xml"].is_null() && found["files"] == Value::Array(Vec::new()), "{found}");
    assert!(found["metadata"].as_str().unwrap().contains("<pdfaid:part>3</pdfaid:part>"));
    assert!(read(&pdf).contains("KWD 1.235"));
}

fn a_quote_as_pdf_has_its_sections_and_options(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let draft = form.fill("Client", "Carol Meyer").fill("Currency", "EUR").submit().follow();
    let form =
        draft.form_with_button("Add line").fill("Description", "Photographs").fill("Unit price", "100");
    let form = form.fill("Section", "Extras").fill("Tax", "VAT 20 %");
    let draft = form.tick("Optional: the client may choose it").submit().follow();
    ada.get(&format!("{}/paper", draft.path())).assert_not_found();
    let quote = draft.press("Send").form_with_button("Send").submit().follow();
    let page = carol.visit(&of_client(&quote));
    let pdf = paper(&carol, &of_client(&quote));
    assert_says_the_same(&pdf, &page);
    let text = read(&pdf);
    for words in ["Quote Q-", "Valid until", "Extras", "Photographs", "Optional", "€100.00"] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
    assert!(for_programs(&pdf)["xml"].is_null(), "a quote is no invoice");
    // Each kind has its own address.
    ada.get(&format!("{}/paper", quote.path().replace("quotes", "invoices"))).assert_not_found();
}

fn a_credit_note_and_a_french_quote_as_pdf_say_what_their_pages_say(world: World) {
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let invoice = draft(&ada, "Carol Meyer").press("Issue invoice");
    let form = ada.visit(invoice.path()).press("Credit").form_with_button("Issue credit note");
    let form = form.fill("Books", "1").fill("Reason", "Broken & late");
    let note = form.submit().follow().press("Send").form_with_button("Send");
    let note = note.tick("Cyril Dubois cyril@acme.test").submit().follow();
    for (person, title, corrects, total) in [
        (&carol, "Credit note", "Corrects invoice", "€6,541.14"),
        (&cyril, "Avoir", "Corrige la facture", "6\u{202f}541,14\u{a0}€"),
    ] {
        let page = person.visit(&of_client(&note));
        let pdf = paper(person, &of_client(&note));
        assert_says_the_same(&pdf, &page);
        let text = read(&pdf);
        // All but two of three books: 0.67 and 0.04 less.
        for words in [title, corrects, "Broken & late", &number(&invoice), total] {
            assert!(text.contains(&single_spaced(words)), "{words:?} is not in {text}");
        }
    }
    let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let form = form.fill("Client", "Cyril Dubois").fill("Currency", "EUR").submit().follow();
    let draft = add_line(&form, ["Photographies", "1234.5", "2.5", "10", "VAT 20 %"]);
    let form = draft.form_with_field("Introduction").fill("Introduction", "## Bonjour\n\nVoici **tout**.");
    let quote = form.fill("Deposit", "30").submit().follow();
    let quote = quote.press("Send").form_with_button("Send").submit().follow();
    let page = cyril.visit(&of_client(&quote));
    let pdf = paper(&cyril, &of_client(&quote));
    assert_says_the_same(&pdf, &page);
    let text = read(&pdf);
    // 1234.5 x 2.50 less a tenth is 2777.625, half a cent up; a fifth of it 555.53; 30 % of the net is 833.29.
    for words in [
        "Devis",
        "Bonjour",
        "Voici tout.",
        "1\u{202f}234,5",
        "2\u{202f}777,63\u{a0}€",
        "3\u{202f}333,16\u{a0}€",
    ] {
        assert!(text.contains(&single_spaced(words)), "{words:?} is not in {text}");
    }
    assert_eq!(for_programs(&pdf)["language"], "fr");
}

fn p23_a_pdf_stays_the_same_whatever_changes_afterwards(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = draft(&ada, "Carol Meyer").press("Issue invoice");
    let invoice = invoice.press("Send").form_with_button("Send").submit().follow();
    let (before, at_carols) = (paper(&ada, invoice.path()), of_client(&invoice));
    assert_eq!(paper(&carol, &at_carols), before);
    for statement in [
        "UPDATE organizations SET name = 'Other', colour = '#ff0000'",
        "UPDATE projects SET name = 'Renamed'",
    ] {
        world.database().execute(statement).unwrap();
    }
    ada.visit(invoice.path()).press("Record payment").form_with_button("Record payment").submit().follow();
    assert_eq!(paper(&ada, invoice.path()), before);
    assert_eq!(paper(&carol, &at_carols), before);
}

fn p8_a_pdf_is_for_those_who_see_its_document(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let draft = draft(&ada, "Carol Meyer");
    ada.get(&format!("{}/paper", draft.path())).assert_not_found();
    let invoice = draft.press("Issue invoice");
    let at_carols = format!("{}/paper", of_client(&invoice));
    carol.get(&at_carols).assert_not_found();
    let invoice = invoice.press("Send").form_with_button("Send").submit().follow();
    carol.get(&at_carols).assert_ok();
    let nowhere = "/invoices/01890000-0000-7000-8000-000000000000/paper";
    for other in [world.cyril(), world.dora(), world.eve().at(&ada)] {
        let (one, none) = (other.get(&at_carols), other.get(nowhere));
        assert_eq!((one.status, one.text()), (none.status, none.text()), "P11, {other}");
        assert_ne!(one.header("content-type"), "application/pdf");
    }
    for other in [world.cyril(), world.dora()] {
        other.get(&at_carols).assert_not_found();
    }
    world.eve().get(&format!("{}/paper", invoice.path())).assert_not_found();
    // P12
    ada.post(&forms(&invoice, &format!("recipients/{}/revocation", carol_of(&invoice))), &[]);
    carol.get(&at_carols).assert_not_found();
}

fn carol_of(invoice: &Page) -> String {
    let revocation = invoice.attributes("form[action$='/revocation']", "action").remove(0);
    revocation.rsplit('/').nth(1).unwrap().to_owned()
}

fn p23_a_document_of_before_is_drawn_when_it_is_asked_for(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = draft(&ada, "Carol Meyer").press("Issue invoice");
    let invoice = invoice.press("Send").form_with_button("Send").submit().follow();
    let at_issue = paper(&ada, invoice.path());
    let unguard = match world.database().backend() {
        Backend::Sqlite => "DROP TRIGGER billing_papers_undeleted",
        Backend::Postgres => "DROP TRIGGER billing_papers_kept ON billing_papers",
    };
    for statement in [unguard, "DELETE FROM billing_papers"] {
        world.database().execute(statement).unwrap();
    }
    let drawn = paper(&carol, &of_client(&invoice));
    assert_eq!(drawn, at_issue, "the same input gives the same bytes");
    world.database().execute("UPDATE organizations SET colour = '#ff0000'").unwrap();
    assert_eq!(paper(&ada, invoice.path()), drawn, "and from then on it is kept");
}

fn p23_what_is_drawn_cannot_be_changed_not_even_by_sql(world: World) {
    draft(&world.ada(), "Carol Meyer").press("Issue invoice");
    for statement in ["UPDATE billing_papers SET language = 'de'", "DELETE FROM billing_papers"] {
        let refused = world.database().execute(statement).expect_err(statement);
        assert!(refused.contains("is frozen"), "{statement}: {refused}");
    }
    let early = "INSERT INTO billing_papers (organization_id, document_id, language, bytes)
        SELECT organization_id, id, 'de', id FROM billing_documents WHERE issued_at IS NULL";
    let refused = world.database().execute(early).expect_err(early);
    assert!(refused.contains("only what is issued"), "{refused}");
}

fn t18_whoever_fetches_a_pdf_is_in_the_audit_log(world: World) {
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let invoice = draft(&ada, "Carol Meyer").press("Issue invoice");
    let invoice = invoice.press("Send").form_with_button("Send").submit().follow();
    let quote = ada.visit("/staff/quotes").attributes("main a.row-name", "href").into_iter();
    let quote = quote.map(|page| ada.visit(&page)).find(|page| page.has_link("Download as PDF")).unwrap();
    let carols_id = carol_of(&invoice);
    let at_rest = || world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]);
    let (own, at_carols) = (format!("{}/paper", invoice.path()), format!("{}/paper", of_client(&invoice)));
    for (person, path, event, id) in [
        (&carol, &at_carols, "invoice.downloaded", Some(&carols_id)),
        (&ada, &own, "invoice.downloaded", None),
        (&ada, &format!("{}/paper", quote.path()), "quote.downloaded", None),
    ] {
        let before = at_rest();
        person.head(path).assert_ok();
        assert!(before.changes_until(&at_rest()).is_none(), "{person} only asked about {path}");
        person.get(path).assert_ok();
        let recorded = before.changes_until(&at_rest()).unwrap().to_string().to_lowercase();
        assert_eq!(recorded.lines().count(), 1, "{recorded}");
        assert!(recorded.contains(event) && recorded.contains("127.0.0.1"), "{recorded}");
        assert!(id.is_none_or(|id| recorded.contains(id)), "{recorded} does not say that it was {id:?}");
    }
    // What nobody may see is fetched by nobody.
    let before = at_rest();
    cyril.get(&at_carols).assert_not_found();
    assert!(before.changes_until(&at_rest()).is_none());
}
