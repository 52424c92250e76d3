//! Goods for abroad and what is outside of VAT: categories K, G and O of EN 16931, and what each asks for.

use serde_json::Value;

use super::{
    add_line,
    export::rows,
    new_invoice, number, of_client,
    papers::{assert_says_the_same, for_programs, paper, read},
    subscriptions::{invoices, weekly},
};
use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    an_intra_community_supply_is_not_issued_without_its_delivery,
    programs_read_an_intra_community_supply_and_its_credit_notes_by_the_rules,
    an_export_says_why_nothing_is_charged,
    what_is_not_subject_to_vat_stands_alone_and_names_no_number_for_it,
    goods_for_abroad_ask_for_vat_numbers,
    a_delivery_is_asked_for_where_a_line_wants_it,
    p23_a_delivery_is_frozen_and_seen_by_those_who_see_its_invoice,
    each_category_adds_up_for_the_accountant,
    a_subscription_says_why_it_cannot_invoice_them,
    a_special_case_is_one_of_the_list,
}

const WITHIN: &str = "Intra-Community supply: goods for another country of the EU";
const EXPORT: &str = "Export: goods that leave the EU";
const OUTSIDE: &str = "Not subject to VAT";
const VAT_NUMBER: &str = "DE 136 695 976";

#[track_caller]
fn add_rate(staff: &Person, name: &str, special_case: &str) {
    let form = staff.visit("/staff/settings/billing").form_with_button("Add tax rate");
    let form = form.fill("Name of the tax", name).fill("Percent", "0").fill("Special case", special_case);
    form.submit().follow().assert_ok().assert_shows(name);
}

/// A draft for a client with this number, in this country.
#[track_caller]
fn addressed(staff: &Person, client: &str, tax_number: &str, country: &str) -> Page {
    let head = new_invoice(staff, client, "EUR").form_with_button("Save");
    head.fill("Client’s tax number", tax_number).fill("Client’s country", country).submit().follow()
}

#[track_caller]
fn delivered(draft: &Page) -> Page {
    let head = draft.form_with_field("Delivered on");
    head.fill("Delivered on", "2026-11-20").fill("Delivered to", "de").submit().follow()
}

/// Lamps for Cyril, delivered, with a ride that is taxed as usual.
#[track_caller]
fn lamps(staff: &Person) -> Page {
    add_rate(staff, "Within the EU", WITHIN);
    let draft = addressed(staff, "Cyril Dubois", VAT_NUMBER, "DE");
    let draft = add_line(&draft, ["Lamps", "2", "500", "", "Within the EU"]);
    delivered(&add_line(&draft, ["Ride", "1", "100", "", "VAT 20 %"]))
}

fn to_client(invoice: &Page) -> Page {
    invoice.press("Send").form_with_button("Send").submit().follow()
}

/// The data of a paper, which breaks no rule.
#[track_caller]
fn data(staff: &Person, document: &Page) -> String {
    let found = for_programs(&paper(staff, document.path()));
    let xml = found["xml"].as_str().unwrap_or_else(|| panic!("no data in {found}")).to_owned();
    assert_eq!((&found["schema"], &found["broken"]), (&true.into(), &Value::Array(Vec::new())), "{xml}");
    xml
}

#[track_caller]
fn assert_breaks(xml: &str, rule: &str) {
    let found = for_programs(xml.as_bytes());
    assert_eq!(found["schema"], true);
    let broken = found["broken"].as_array().unwrap();
    let is_told = broken.iter().any(|told| told.as_str().unwrap().starts_with(&format!("[{rule}]")));
    assert!(is_told, "{rule} is not among {broken:?}");
}

fn count(xml: &str, category: &str) -> usize {
    xml.matches(&format!("<ram:CategoryCode>{category}</ram:CategoryCode>")).count()
}

#[track_caller]
fn without(xml: &str, from: &str, to: &str) -> String {
    let (before, rest) = xml.split_once(from).unwrap();
    let (_, after) = rest.split_once(to).unwrap();
    format!("{before}{after}")
}

fn an_intra_community_supply_is_not_issued_without_its_delivery(world: World) {
    let ada = world.ada();
    add_rate(&ada, "Within the EU", WITHIN);
    let draft = addressed(&ada, "Cyril Dubois", VAT_NUMBER, "DE");
    let draft = add_line(&draft, ["Lamps", "2", "500", "", "Within the EU"]);
    let refused = draft.form_with_button("Issue invoice").submit();
    refused.assert_status(422).assert_shows("Draft invoice");
    let day = refused.field_error("Delivered on");
    assert!(day.contains("day on which the goods were delivered"), "{day}");
    let country = refused.field_error("Delivered to");
    assert!(country.contains("two letters of the country"), "{country}");

    let head = refused.form_with_field("Delivered on").fill("Words above the lines", "With thanks");
    for (day, country, field, sentence) in [
        ("2026-02-30", "DE", "Delivered on", "day"),
        ("2026-11-20", "EU", "Delivered to", "two letters"),
        ("2026-11-20", "D\0", "Delivered to", "two letters"),
    ] {
        let wrong = head.clone().fill("Delivered on", day).fill("Delivered to", country).submit();
        wrong.assert_status(422);
        assert!(wrong.field_error(field).contains(sentence), "{}", wrong.field_error(field));
        let again = wrong.form_with_field("Delivered on");
        let kept = ["Delivered on", "Words above the lines"].map(|label| again.value(label));
        assert_eq!(kept, [day, "With thanks"], "P43");
    }
    // One of the two is not enough.
    let draft = head.fill("Delivered on", "2026-11-20").submit().follow();
    let refused = draft.form_with_button("Issue invoice").submit();
    refused.assert_status(422);
    assert!(refused.field_error("Delivered to").contains("two letters"));
    assert_eq!(refused.form_with_field("Delivered on").value("Delivered on"), "2026-11-20");
    for elsewhere in ["US", "GB", "FR"] {
        let head = draft.form_with_field("Delivered on").fill("Delivered to", elsewhere);
        let refused = head.submit().follow().form_with_button("Issue invoice").submit();
        refused.assert_status(422);
        assert!(refused.field_error("Delivered to").contains("another member state"), "{elsewhere}");
        assert_eq!(refused.form_with_field("Delivered on").value("Delivered to"), elsewhere, "P43");
    }
    let invoice = delivered(&refused).press("Issue invoice");
    invoice.assert_ok().assert_shows("Intra-Community supply").assert_hides("cannot read this PDF");
    let facts = invoice.texts(".paper-facts dd");
    assert!(facts.contains(&"20 November 2026".to_owned()) && facts.contains(&"DE".to_owned()), "{facts:?}");
}

fn programs_read_an_intra_community_supply_and_its_credit_notes_by_the_rules(world: World) {
    let ada = world.ada();
    let invoice = to_client(&lamps(&ada).press("Issue invoice"));
    let xml = data(&ada, &invoice);
    assert_eq!(["K", "S", "E", "AE"].map(|code| count(&xml, code)), [2, 2, 0, 0], "{xml}");
    for said in [
        "<ram:ExemptionReason>Intra-Community supply</ram:ExemptionReason>",
        "<ram:ExemptionReasonCode>VATEX-EU-IC</ram:ExemptionReasonCode>",
        "<udt:DateTimeString format=\"102\">20261120</udt:DateTimeString>",
        "<ram:ID schemeID=\"VA\">DE136695976</ram:ID>",
        "<ram:ID schemeID=\"VA\">FR40303265045</ram:ID>",
    ] {
        assert!(xml.contains(said), "{said} is not in {xml}");
    }
    let bare = without(&xml, "<ram:ShipToTradeParty>", "</ram:ActualDeliverySupplyChainEvent>");
    assert_breaks(&bare, "BR-IC-11");
    assert_breaks(&bare, "BR-IC-12");
    let local = "<ram:ID schemeID=\"FC\">DE136695976</ram:ID>";
    assert_breaks(&xml.replace("<ram:ID schemeID=\"VA\">DE136695976</ram:ID>", local), "BR-IC-02");

    let credit = || invoice.press("Credit").form_with_button("Issue credit note");
    let note = credit().fill("Lamps", "1").fill("Ride", "").submit().follow();
    note.assert_shows("Intra-Community supply").assert_shows("20 November 2026");
    let xml = data(&ada, &note);
    assert_eq!((count(&xml, "K"), xml.contains(">20261120<")), (2, true), "{xml}");
    // What takes no goods back says nothing of their delivery.
    let ride = credit().fill("Lamps", "").fill("Ride", "1").submit().follow();
    ride.assert_ok().assert_hides("20 November 2026").assert_hides("Intra-Community supply");
    let xml = data(&ada, &ride);
    assert_eq!((count(&xml, "K"), xml.contains(">20261120<")), (0, false), "{xml}");
}

fn an_export_says_why_nothing_is_charged(world: World) {
    let ada = world.ada();
    add_rate(&ada, "Overseas", EXPORT);
    let draft = addressed(&ada, "Dora Lindt", "", "US");
    let draft = add_line(&draft, ["Lamps", "2", "500", "", "Overseas"]);
    assert!(draft.find_form_with_field("Delivered on").is_none(), "nothing asks for it");
    let invoice = add_line(&draft, ["Ride", "1", "100", "", "VAT 20 %"]).press("Issue invoice");
    invoice.assert_shows("Export outside the EU").assert_hides("cannot read this PDF");
    let xml = data(&ada, &invoice);
    assert_eq!(["G", "S", "K"].map(|code| count(&xml, code)), [2, 2, 0], "{xml}");
    assert!(xml.contains("<ram:ExemptionReasonCode>VATEX-EU-G</ram:ExemptionReasonCode>"), "{xml}");
    assert_breaks(&xml.replace("schemeID=\"VA\">FR", "schemeID=\"FC\">FR"), "BR-G-02");
    let silent = without(&xml, "<ram:ExemptionReason>", "</ram:ExemptionReason>");
    let silent = without(&silent, "<ram:ExemptionReasonCode>", "</ram:ExemptionReasonCode>");
    assert_breaks(&silent, "BR-G-10");
}

fn what_is_not_subject_to_vat_stands_alone_and_names_no_number_for_it(world: World) {
    let ada = world.ada();
    add_rate(&ada, "Outside", OUTSIDE);
    let draft = addressed(&ada, "Cyril Dubois", VAT_NUMBER, "DE");
    let draft = add_line(&draft, ["Compensation", "1", "500", "", "Outside"]);
    let draft = add_line(&draft, ["Ride", "1", "100", "", "VAT 20 %"]);
    let refused = draft.form_with_button("Issue invoice").submit();
    refused.assert_status(409).assert_shows("cannot stand on one invoice with anything else");
    let draft = ada.visit(draft.path()).row("Ride").form_with_button("Delete").submit().follow();
    let invoice = to_client(&draft.press("Issue invoice"));
    invoice
        .assert_shows("Outside on €500.00")
        .assert_shows("Total €500.00")
        .assert_hides("cannot read this PDF");
    let xml = data(&ada, &invoice);
    assert_eq!(["O", "S"].map(|code| count(&xml, code)), [2, 0], "{xml}");
    for silent in ["schemeID=\"VA\"", "RateApplicablePercent", "DE136695976"] {
        assert!(!xml.contains(silent), "{silent} is in {xml}");
    }
    assert!(xml.contains("<ram:ExemptionReasonCode>VATEX-EU-O</ram:ExemptionReasonCode>"), "{xml}");
    let code = "<ram:CategoryCode>O</ram:CategoryCode>";
    let rated = |code: &str| format!("{code}<ram:RateApplicablePercent>0</ram:RateApplicablePercent>");
    assert_breaks(&xml.replacen(code, &rated(code), 1), "BR-O-05");
    let other = rated("<ram:CategoryCode>Z</ram:CategoryCode>");
    assert_breaks(&xml.replacen(code, &other, 1), "BR-O-12");
    let named = "<ram:SpecifiedTaxRegistration><ram:ID schemeID=\"VA\">FR40303265045</ram:ID>\
        </ram:SpecifiedTaxRegistration></ram:SellerTradeParty>";
    assert_breaks(&xml.replace("</ram:SellerTradeParty>", named), "BR-O-02");
    let text = read(&paper(&world.cyril(), &of_client(&invoice)));
    assert!(text.contains("Hors champ de la TVA") && text.contains("DE 136 695 976"), "{text}");
}

fn goods_for_abroad_ask_for_vat_numbers(world: World) {
    let ada = world.ada();
    add_rate(&ada, "Within the EU", WITHIN);
    add_rate(&ada, "Overseas", EXPORT);
    let within = |tax_number: &str| {
        let draft = addressed(&ada, "Cyril Dubois", tax_number, "DE");
        delivered(&add_line(&draft, ["Lamps", "2", "500", "", "Within the EU"])).press("Issue invoice")
    };
    let overseas = || {
        let draft = addressed(&ada, "Dora Lindt", "", "US");
        add_line(&draft, ["Lamps", "2", "500", "", "Overseas"]).press("Issue invoice")
    };
    let assert_lacks = |invoice: &Page, sentence: &str| {
        let hint = invoice.texts("#lacking").remove(0);
        assert!(hint.contains(sentence), "{hint}");
        assert!(for_programs(&paper(&ada, invoice.path()))["xml"].is_null());
    };
    for wrong in ["", "136 695 976"] {
        assert_lacks(&within(wrong), "Write the client’s VAT number");
    }
    assert_eq!(overseas().texts("#lacking").len(), 0, "whoever is outside of the EU has none");
    let settings = ada.visit("/staff/settings/billing").form_with_button("Save");
    settings.fill("Tax number", "303 265 045").submit().follow().assert_ok();
    assert_lacks(&within(VAT_NUMBER), "Write your VAT number");
    assert_lacks(&overseas(), "Write your VAT number");
}

fn a_delivery_is_asked_for_where_a_line_wants_it(world: World) {
    let ada = world.ada();
    add_rate(&ada, "Within the EU", WITHIN);
    let draft = addressed(&ada, "Cyril Dubois", VAT_NUMBER, "DE");
    let draft = add_line(&draft, ["Ride", "1", "100", "", "VAT 20 %"]);
    assert!(draft.find_form_with_field("Delivered on").is_none());
    let form = draft.form_with_button("Add line").fill("Description", "Lamps").fill("Unit price", "500");
    let part = form.fill("Tax", "Within the EU").partial().submit();
    part.assert_ok();
    let source = part.source();
    assert!(
        source.contains("hx-target=\"#delivery\"") && source.contains("name=\"delivered_on\""),
        "{source}"
    );
    let draft = delivered(&ada.visit(draft.path()));
    assert_eq!(draft.form_with_field("Delivered on").value("Delivered to"), "DE");
    let part = draft.row("Lamps").form_with_button("Delete").partial().submit().source();
    assert!(part.contains("hx-target=\"#delivery\"") && !part.contains("name=\"delivered_on\""), "{part}");
    let invoice = ada.visit(draft.path()).press("Issue invoice");
    invoice.assert_ok().assert_hides("20 November 2026");
    // A copy is delivered on another day, most likely to the same country.
    let draft = addressed(&ada, "Cyril Dubois", VAT_NUMBER, "DE");
    let draft = delivered(&add_line(&draft, ["Lamps", "2", "500", "", "Within the EU"]));
    let copy = draft.press("Issue invoice").press("Duplicate").form_with_field("Delivered on");
    assert_eq!(["Delivered on", "Delivered to"].map(|label| copy.value(label)), ["", "DE"]);
}

fn p23_a_delivery_is_frozen_and_seen_by_those_who_see_its_invoice(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let draft = lamps(&ada);
    let old = draft.form_with_field("Delivered on").fill("Delivered on", "2026-11-21");
    let issued = draft.press("Issue invoice");
    let at_clients = of_client(&issued);
    cyril.get(&at_clients).assert_not_found();
    let invoice = to_client(&issued);
    old.submit().assert_status(409);
    let page = cyril.visit(&at_clients);
    page.assert_shows("Livraison intracommunautaire").assert_shows("20 novembre 2026");
    let pdf = paper(&cyril, &at_clients);
    assert_says_the_same(&pdf, &page);
    let text = read(&pdf);
    for words in ["Livraison intracommunautaire", "Livré le", "20 novembre 2026", "Pays de livraison"] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
    for other in [world.carol(), world.dora(), world.eve()] {
        other.get(&at_clients).assert_not_found();
    }
    world.eve().post(&format!("{}/issuance", invoice.path()), &[]).assert_not_found();
    // P12
    let revocation = invoice.attributes("form[action$='/revocation']", "action").remove(0);
    ada.post(&revocation, &[]);
    cyril.get(&at_clients).assert_not_found();
}

fn each_category_adds_up_for_the_accountant(world: World) {
    let ada = world.ada();
    let invoice = lamps(&ada).press("Issue invoice");
    let form = invoice.press("Credit").form_with_button("Issue credit note");
    form.fill("Lamps", "1").fill("Ride", "").submit().follow().assert_ok();
    add_rate(&ada, "Outside", OUTSIDE);
    let draft = add_line(&new_invoice(&ada, "Dora Lindt", "EUR"), ["Lease", "1", "70", "", "Outside"]);
    draft.press("Issue invoice").assert_ok();

    let own = |file: &str| {
        let mut rows = rows(&ada, file);
        rows.retain(|row| row["number"] == number(&invoice));
        rows
    };
    let documents = own("documents.csv");
    assert_eq!([&documents[0]["delivered_on"], &documents[0]["delivery_country"]], ["2026-11-20", "DE"]);
    for file in ["lines.csv", "taxes.csv"] {
        let categories: Vec<String> = own(file).iter().map(|row| row["tax_category"].clone()).collect();
        assert_eq!(categories, ["K", "S"], "{file}");
    }
    let page = ada.visit("/staff/invoices/export");
    // Two lamps of 500.00, one of them credited.
    page.row("goods for another country of the EU").assert_shows("€500.00").assert_shows("€0.00");
    page.row("not subject to VAT").assert_shows("€70.00");
    world.eve().visit("/staff/invoices/export").assert_hides("goods for another country of the EU");
}

fn a_subscription_says_why_it_cannot_invoice_them(world: World) {
    let ada = world.ada();
    add_rate(&ada, "Within the EU", WITHIN);
    add_rate(&ada, "Outside", OUTSIDE);
    let held = |lines: &[[&str; 5]], sentence: &str| {
        let draft = weekly(&ada, "Lamps again").submit().follow();
        let draft = lines.iter().fold(draft, |draft, line| add_line(&draft, *line));
        draft.assert_shows(sentence);
        draft.form_with_button("Start subscription").submit().assert_status(409).assert_shows(sentence);
        assert!(invoices(&ada, &draft).is_empty());
    };
    let ride = ["Ride", "1", "100", "", "VAT 20 %"];
    held(&[["Lamps", "1", "10", "", "Within the EU"], ride], "which a subscription does not know");
    held(&[["Lease", "1", "10", "", "Outside"], ride], "Make a subscription of its own");
}

fn a_special_case_is_one_of_the_list(world: World) {
    let ada = world.ada();
    let here = "/staff/settings/billing";
    let form = ada.visit(here).form_with_button("Add tax rate");
    let form = form.fill("Name of the tax", "Overseas").fill("Percent", "20").fill("Special case", EXPORT);
    let wrong = form.submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Percent").contains("you charge 0 percent"), "{wrong}");
    let kept = wrong.form_with_button("Add tax rate");
    assert_eq!([kept.value("Name of the tax"), kept.value("Special case")], ["Overseas", "export"]);
    for hostile in ["K", "yes", "' OR 1=1", "\0"] {
        let fields = [("name", "Overseas"), ("percent", "0"), ("exemption", ""), ("treatment", hostile)];
        let refused = ada.post(&format!("{here}/taxes"), &fields);
        refused.assert_status(422);
        assert!(refused.field_error("Special case").contains("Choose one"), "{hostile:?}");
    }
    let listed = kept.fill("Percent", "0").fill("Reason for no tax", "Article 146").submit().follow();
    listed.row("Overseas").assert_shows("0 % · Export outside the EU · Article 146");
    world.eve().visit(here).assert_hides("Overseas");
}
