//! Nothing is typed twice: documents are duplicated, and quotes begin from templates.

use super::{
    add_line, issued, new_invoice,
    quotes::{draft, sent},
};
use crate::{on_both, world::World};

on_both! {
    a_duplicate_says_the_same_and_is_a_draft_of_its_own,
    a_quote_that_is_kept_as_a_template_begins_another_ones,
    bad_names_and_foreign_templates_are_answered_at_their_field,
}

fn a_duplicate_says_the_same_and_is_a_draft_of_its_own(world: World) {
    let ada = world.ada();
    let quote = sent(&ada, "Carol Meyer");
    let copy = quote.press("Duplicate");
    assert_ne!(copy.path(), quote.path());
    copy.assert_shows("Draft quote").assert_shows("Carol Meyer").assert_shows("€1,200.00");
    copy.assert_shows("Extras").assert_shows("Optional");
    add_line(&copy, ["Hosting", "1", "60", "", "VAT 20 %"]);
    ada.visit(quote.path()).assert_hides("Hosting");

    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "JPY"), ["Prints", "3", "100", "", "No tax"]);
    draft.press("Duplicate").assert_shows("Draft invoice").assert_shows("Prints").assert_shows("¥300");
    let invoice = issued(&ada, "Carol Meyer", "77.00");
    let copy = invoice.press("Duplicate");
    copy.assert_shows("Draft invoice").assert_shows("€77.00");
    let note = invoice.press("Credit").form_with_button("Issue credit note").submit().follow();
    assert!(!note.has_button("Duplicate"), "a credit note belongs to its invoice");
    ada.post(&super::forms(&note, "duplicate"), &[]).assert_not_found();
    ada.post(&super::forms(&copy, "duplicate"), &[]).follow().assert_shows("Draft invoice");
    world.eve().post(&super::forms(&copy, "duplicate"), &[]).assert_not_found();
}

fn a_quote_that_is_kept_as_a_template_begins_another_ones(world: World) {
    let ada = world.ada();
    let written = draft(&ada, "Carol Meyer").form_with_field("Introduction");
    let written = written.fill("Introduction", "# Care\n\nFor a year.").fill("Deposit", "30");
    let quote = written.submit().follow();
    let dialog = quote.press("Keep as template").form_with_field("Name");
    assert_eq!(dialog.value("Name"), "Care", "what the quote calls itself");
    let kept = dialog.fill("Name", "Care, a year").submit().follow();
    kept.assert_shows("Template: Care, a year");

    let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let form = form.fill("Begin from", "Care, a year").fill("Client", "Dora Lindt").fill("Currency", "EUR");
    let begun = form.submit().follow();
    begun.assert_shows("Draft quote").assert_shows("Dora Lindt").assert_hides("Carol Meyer, ");
    begun.assert_shows("Photographs").assert_shows("Extras").assert_shows("€1,200.00");
    let head = begun.form_with_field("Introduction");
    assert_eq!([head.value("Introduction"), head.value("Deposit")], ["# Care\n\nFor a year.", "30"]);
    // What it begins from goes on as before, and is one no more when somebody says so.
    ada.visit(kept.path()).press("No template any more").assert_hides("Template: ");
    ada.visit("/staff/quotes/new").assert_hides("Care, a year");
    world.eve().visit("/staff/quotes/new").assert_hides("Care, a year");
}

fn bad_names_and_foreign_templates_are_answered_at_their_field(world: World) {
    let ada = world.ada();
    let first = draft(&ada, "Carol Meyer");
    first
        .press("Keep as template")
        .form_with_field("Name")
        .fill("Name", "Care")
        .submit()
        .follow()
        .assert_ok();
    let dialog = draft(&ada, "Carol Meyer").press("Keep as template").form_with_field("Name");
    for (typed, sentence) in [
        (" ", "Write a name"),
        ("a\u{202e}b", "invisible characters"),
        ("care", "There is a template of this name"),
    ] {
        let answer = dialog.clone().fill("Name", typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Name").contains(sentence), "{answer}");
    }
    let form = ada.visit("/staff/quotes/new").form_with_field("Client").fill("Client", "Carol Meyer");
    let dollars = form.clone().fill("Begin from", "Care").fill("Currency", "USD").submit();
    assert!(dollars.assert_status(422).field_error("Currency").contains("another currency"));
    // Neither a quote that is no template nor another organization's can be begun from.
    let foreign = world.eve().visit("/staff/quotes").press("New quote").form_with_field("Client");
    assert!(!foreign.labels().contains(&"Begin from"));
    let template = first.path().rsplit('/').next().unwrap();
    let client = foreign.fill("Client", "Rita Santos").value("Client");
    let fields = [("client", client.as_str()), ("currency", "EUR"), ("template", template)];
    world.eve().post("/staff/quotes", &fields).assert_status(422);
}
