//! In what a quantity counts: chosen beside it, said wherever the line is read, and kept on every way of a line.

use super::{
    add_line,
    export::rows,
    new_invoice, number, of_client,
    papers::{assert_says_the_same, for_programs, paper, read},
    quotes,
    subscriptions::{end, invoices, weekly},
};
use crate::{
    on_both,
    world::{Page, World, until},
};

on_both! {
    a_unit_is_said_on_page_and_paper_in_each_readers_words_and_in_every_file,
    every_unit_of_the_list_passes_the_rules_of_en_16931,
    a_unit_is_chosen_beside_its_quantity_and_kept_whatever_else_is_wrong,
    what_is_quoted_by_the_hour_is_invoiced_copied_and_credited_by_the_hour,
    a_deposit_counts_in_nothing_and_the_final_invoice_in_what_was_accepted,
    a_period_cut_short_is_a_part_of_its_month,
    p23_a_line_without_a_unit_is_read_as_before,
}

/// Description, quantity, unit, price.
#[track_caller]
fn add(draft: &Page, [description, quantity, unit, price]: [&str; 4]) -> Page {
    let form = draft.form_with_button("Add line").fill("Description", description);
    let form = form.fill("Quantity", quantity).fill("Unit", unit).fill("Unit price", price);
    let page = form.fill("Tax", "VAT 20 %").submit().follow();
    page.assert_ok().assert_shows(description);
    page
}

/// Said to be in Germany, as programs want to know.
fn for_germany(draft: &Page) -> Page {
    draft.form_with_button("Save").fill("Client’s country", "DE").submit().follow()
}

fn xml(pdf: &[u8]) -> String {
    let found = for_programs(pdf);
    let xml = found["xml"].as_str().unwrap_or_else(|| panic!("no data in {found}")).to_owned();
    assert_eq!(found["schema"], true, "{xml}");
    assert_eq!(found["broken"], serde_json::Value::Array(Vec::new()), "{xml}");
    xml
}

#[track_caller]
fn assert_counts(xml: &str, quantity: &str, code: &str) {
    let said = format!("<ram:BilledQuantity unitCode=\"{code}\">{quantity}</ram:BilledQuantity>");
    assert!(xml.contains(&said), "{said} is not in {xml}");
}

fn a_unit_is_said_on_page_and_paper_in_each_readers_words_and_in_every_file(world: World) {
    let ada = world.ada();
    let mut draft = for_germany(&new_invoice(&ada, "Carol Meyer", "EUR"));
    for line in [
        ["Consulting", "16", "hour", "95"],
        ["Review", "1,5", "hour", "95"],
        ["Workshop", "1", "day", "900"],
        ["Hall", "120.5", "m²", "4"],
        ["Concept", "1", "lump sum", "500"],
        ["Books", "3", "No unit", "20"],
    ] {
        draft = add(&draft, line);
    }
    draft.row("Consulting").assert_shows("16 hours");
    let sending = draft.press("Issue invoice").press("Send").form_with_button("Send");
    let invoice = sending.tick("Cyril Dubois cyril@acme.test").submit().follow();
    for (person, said) in [
        (world.carol(), ["16 hours", "1.5 hours", "1 day", "120.5 m²", "1 lump sum"]),
        (world.cyril(), ["16 heures", "1,5 heure", "1 jour", "120,5 m²", "1 forfait"]),
    ] {
        let page = person.visit(&of_client(&invoice));
        let pdf = paper(&person, &of_client(&invoice));
        assert_says_the_same(&pdf, &page);
        for words in said {
            page.assert_shows(words);
            assert!(read(&pdf).contains(words), "{words:?} is not in {}", read(&pdf));
        }
        assert_eq!(page.row("Books").texts("td").remove(0), "3");
    }
    let xml = xml(&paper(&ada, invoice.path()));
    let own = [("16", "HUR"), ("1.5", "HUR"), ("1", "DAY"), ("120.5", "MTK"), ("1", "LS"), ("3", "C62")];
    own.into_iter().for_each(|(quantity, code)| assert_counts(&xml, quantity, code));

    let lines = rows(&ada, "lines.csv");
    let lines = lines.iter().filter(|row| row["number"] == number(&invoice));
    let exported: Vec<_> = lines.map(|row| (row["quantity"].as_str(), row["unit"].as_str())).collect();
    assert_eq!(exported, own);
    let everything = ada.visit("/staff/invoices/export/billing.json").source();
    let everything: serde_json::Value = serde_json::from_str(&everything).unwrap();
    let documents = everything["documents"].as_array().unwrap();
    let document = documents.iter().find(|document| document["number"] == number(&invoice)).unwrap();
    let units = document["lines"].as_array().unwrap().iter().map(|line| line["unit"].as_str().unwrap());
    assert_eq!(units.collect::<Vec<_>>(), own.map(|(_, code)| code));
}

fn every_unit_of_the_list_passes_the_rules_of_en_16931(world: World) {
    let ada = world.ada();
    let mut draft = for_germany(&new_invoice(&ada, "Carol Meyer", "EUR"));
    let units = draft.texts("#line-measure option");
    let codes = draft.attributes("#line-measure option", "value");
    assert_eq!((units[0].as_str(), codes[0].as_str()), ("No unit", "C62"));
    assert!(units.len() >= 12 && units.len() == codes.len(), "{units:?}");
    for unit in &units {
        draft = add(&draft, [&format!("By {unit}"), "2", unit, "10"]);
    }
    let xml = xml(&paper(&ada, draft.press("Issue invoice").path()));
    for code in codes {
        assert_counts(&xml, "2", &code);
    }
}

fn a_unit_is_chosen_beside_its_quantity_and_kept_whatever_else_is_wrong(world: World) {
    let ada = world.ada();
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let form = draft.form_with_button("Add line");
    let beside = form.labels().windows(2).any(|pair| pair == ["Quantity", "Unit"]);
    assert!(beside, "by keyboard, one after the other: {:?}", form.labels());
    assert_eq!(form.value("Unit"), "C62");
    let wrong = form.fill("Description", "Care").fill("Quantity", "0").fill("Unit", "month").submit();
    wrong.assert_status(422);
    let again = wrong.form_with_button("Add line");
    assert_eq!(again.value("Unit"), "MON");
    let page = again.fill("Quantity", "2").fill("Unit price", "140").submit().follow();
    page.row("Care").assert_shows("2 months");
    assert_eq!(
        page.form_with_button("Add line").value("Unit"),
        "C62",
        "the next line is about something else"
    );

    let dialog = page.row("Care").press("Edit").form_with_field("Unit");
    assert_eq!(dialog.value("Unit"), "MON");
    let partial = dialog.clone().fill("Unit", "year").partial().submit();
    partial.assert_ok().assert_shows("2 years");
    dialog.fill("Unit", "week").submit().follow().row("Care").assert_shows("2 weeks");

    let typed =
        [("description", "Rope"), ("quantity", "1"), ("unit_price", "1"), ("discount", ""), ("tax", "")];
    let line = |measure: &'static str| [typed.as_slice(), &[("measure", measure)]].concat();
    let address = super::forms(&draft, "lines");
    for unknown in ["fathom", "hour", "hur"] {
        let refused = ada.post(&address, &line(unknown));
        refused.assert_status(422);
        assert!(refused.field_error("Unit").contains("one of the units of the list"), "{refused}");
    }
    let page = ada.post(&address, &typed).follow();
    assert_eq!(page.row("Rope").texts("td").remove(0), "1", "a page from before this field has none");
}

fn what_is_quoted_by_the_hour_is_invoiced_copied_and_credited_by_the_hour(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let quote = form.fill("Client", "Carol Meyer").fill("Currency", "EUR").submit().follow();
    let quote = add(&for_germany(&quote), ["Consulting", "16", "hour", "95"]);
    let kept = quote.press("Keep as template").form_with_field("Name").fill("Name", "By the hour");
    kept.submit().follow().assert_ok();
    let form = ada.visit("/staff/quotes/new").form_with_field("Client").fill("Begin from", "By the hour");
    let begun = form.fill("Client", "Dora Lindt").fill("Currency", "EUR").submit().follow();
    begun.row("Consulting").assert_shows("16 hours");

    let quote = quote.press("Send").form_with_button("Send").submit().follow();
    let page = carol.visit(&of_client(&quote));
    page.row("Consulting").assert_shows("16 hours");
    assert!(read(&paper(&carol, &of_client(&quote))).contains("16 hours"));
    quote.press("Revise").row("Consulting").assert_shows("16 hours");
    page.form_with_button("Accept").submit().follow().assert_shows("Accepted by Carol Meyer");
    let draft = ada.visit(quote.path()).press("Make invoice");
    draft.row("Consulting").assert_shows("16 hours");
    draft.press("Duplicate").row("Consulting").assert_shows("16 hours");
    let invoice = ada.visit(draft.path()).press("Issue invoice");
    assert_counts(&xml(&paper(&ada, invoice.path())), "16", "HUR");

    let dialog = invoice.press("Credit");
    dialog.assert_shows("Up to 16 hours");
    let form = dialog.form_with_button("Issue credit note").fill("Consulting", "1");
    let note = form.submit().follow();
    assert_eq!(note.row("Consulting").texts("td").remove(0), "1 hour");
    assert_counts(&xml(&paper(&ada, note.path())), "1", "HUR");
    ada.visit(invoice.path()).press("Credit").assert_shows("Up to 15 hours");
}

fn a_deposit_counts_in_nothing_and_the_final_invoice_in_what_was_accepted(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let quote = form.fill("Client", "Carol Meyer").fill("Currency", "EUR").submit().follow();
    let form = add(&for_germany(&quote), ["Days on site", "4", "day", "500"]).form_with_field("Deposit");
    let quote = form.fill("Deposit", "30").fill("Deposit in", "Percent").submit().follow();
    let quote = quote.press("Send").form_with_button("Send").submit().follow();
    carol.visit(&quotes::of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let first = ada.visit(quote.path()).press("Make deposit invoice").press("Issue invoice");
    assert_eq!(first.row("Deposit of 30 %").texts("td").remove(0), "1");
    assert_counts(&xml(&paper(&ada, first.path())), "1", "C62");
    let last = ada.visit(quote.path()).press("Make final invoice").press("Issue invoice");
    assert_eq!(last.row("Days on site").texts("td").remove(0), "4 days");
    let xml = xml(&paper(&ada, last.path()));
    assert_counts(&xml, "4", "DAY");
    assert_counts(&xml, "-1", "C62");
}

fn a_period_cut_short_is_a_part_of_its_month(world: World) {
    let ada = world.ada();
    let form = weekly(&ada, "Care").fill("Unit of time", "months").tick("Charge by the day");
    let page = form.submit().follow();
    page.assert_ok().assert_shows("Draft");
    let page = add(&page, ["Updates", "1", "month", "310"]);
    page.row("Updates").assert_shows("1 month");
    let running = page.press("Start subscription");
    until(|| invoices(&ada, &running).len() == 1);
    let whole = ada.visit(&invoices(&ada, &running)[0]);
    assert_eq!(whole.row("Updates").texts("td").remove(0), "1 month");
    world.mailbox().next_to("carol@acme.test");
    end(&ada.visit(running.path()), "Now, and credit").assert_shows("Ended");
    let mail = world.mailbox().next_to("carol@acme.test");
    let note = world.carol().visit(&mail.link("Open the document"));
    note.assert_shows("Credit note");
    let quantity = note.row("Updates").texts("td").remove(0);
    // All days but one, of 28 to 31: 0.964, 0.966, 0.967 or 0.968.
    assert!(quantity.starts_with("0.96") && quantity.ends_with(" months"), "{quantity}");
}

fn p23_a_line_without_a_unit_is_read_as_before(world: World) {
    let ada = world.ada();
    let draft = for_germany(&new_invoice(&ada, "Carol Meyer", "EUR"));
    let draft = add_line(&draft, ["From before", "7", "10", "", "VAT 20 %"]);
    // As a line stands in a database whose lines had no units: the step gives it its default.
    let again = "INSERT INTO billing_lines (organization_id, id, document_id, position, description, quantity,
            unit_price, discount, tax_id, net)
        SELECT organization_id, document_id, document_id, 9, 'From long before', quantity, unit_price, discount,
            tax_id, net FROM billing_lines WHERE description = 'From before'";
    assert_eq!(world.database().execute(again), Ok(1));
    let invoice = ada.visit(draft.path()).press("Issue invoice");
    for description in ["From before", "From long before"] {
        assert_eq!(invoice.row(description).texts("td").remove(0), "7");
    }
    let xml = xml(&paper(&ada, invoice.path()));
    assert_eq!(xml.matches("<ram:BilledQuantity unitCode=\"C62\">7</ram:BilledQuantity>").count(), 2);
    let refused = world.database().execute("UPDATE billing_lines SET measure = 'HUR' WHERE quantity = '7'");
    assert!(refused.expect_err("frozen").contains("is frozen"));
}
