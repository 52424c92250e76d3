//! Drafts, and bad input in all of the forms.

use super::{add_line, forms, issued, new_invoice};
use crate::{on_both, world::World};

on_both! {
    a_draft_is_written_changed_deleted_and_brought_back,
    p10_a_draft_is_nobodys_business_outside,
    bad_input_is_answered_at_its_field_with_everything_kept,
    lines_are_edited_and_deleted_as_fragments_too,
    an_invoice_without_what_it_needs_gets_no_number,
}

fn a_draft_is_written_changed_deleted_and_brought_back(world: World) {
    let ada = world.ada();
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let head = draft.form_with_button("Save");
    assert_eq!(head.value("Billing address").lines().last(), Some("Carol Meyer"));
    let head = head.fill("Issue date", "2031-03-01").fill("Due date", "2031-03-31");
    let draft = head.fill("Billing address", "Acme GmbH\nWeg 1").submit().follow();
    assert_eq!(draft.form_with_button("Save").value("Due date"), "2031-03-31");
    let again = new_invoice(&ada, "Carol Meyer", "EUR").form_with_button("Save");
    assert_eq!(again.value("Billing address"), "Acme GmbH\nWeg 1", "as she was addressed last");

    let list = ada.visit(draft.path()).press("Delete");
    list.assert_shows("The draft was deleted.");
    ada.get(draft.path()).assert_not_found();
    list.press("Undo").assert_ok().assert_shows("Draft invoice");
}

fn p10_a_draft_is_nobodys_business_outside(world: World) {
    let ada = world.ada();
    let draft =
        add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Secret garden party", "1", "7", "", "No tax"]);
    let id = draft.path().rsplit('/').next().unwrap().to_owned();
    for person in [world.carol(), world.cyril(), world.dora(), world.eve()] {
        person.get(&format!("/invoices/{id}")).assert_not_found();
        person.visit("/").assert_hides("Secret garden party").assert_hides(&id);
    }
    world.carol().visit("/billing").assert_ok().assert_hides(&id);
    ada.get(&forms(&draft, "recipients")).assert_not_found();
    ada.post(&forms(&draft, "recipients"), &[("person", &id), ("message", "")]).assert_not_found();
}

fn bad_input_is_answered_at_its_field_with_everything_kept(world: World) {
    let ada = world.ada();
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let form =
        draft.form_with_button("Add line").fill("Description", "<i>R&D</i>").fill("Unit price", "12,50");
    let long = "x".repeat(501);
    for (field, typed, sentence) in [
        ("Description", " ", "Say what it is for."),
        ("Description", "a\0", "control character"),
        ("Description", &long, "too long"),
        ("Quantity", "0", "other than 0"),
        ("Quantity", "many", "Write a number"),
        ("Quantity", "1,000", "read in two ways"),
        ("Unit price", "-1", "a price from 0"),
        ("Unit price", "1,234.50", "one decimal mark"),
        ("Unit price", "9999999999", "small enough"),
        ("Discount", "101", "0 to 100"),
    ] {
        let form = if typed == "9999999999" { form.clone().fill("Quantity", "999999") } else { form.clone() };
        let answer = form.fill(field, typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error(field).contains(sentence), "{field} {typed:?}: {answer}");
        let again = answer.form_with_button("Add line");
        let others = [("Description", "<i>R&D</i>"), ("Unit price", "12,50")];
        for (other, kept) in others.into_iter().filter(|(other, _)| *other != field) {
            assert_eq!(again.value(other), kept, "beside {field} {typed:?}");
        }
    }
    // T16, and a tax rate that is another organization's or nobody's.
    assert!(form.clone().smuggle("net", "1").submit().status.is_client_error());
    let eves = new_invoice(&world.eve(), "Rita Santos", "EUR").attributes("#line-tax option", "value");
    for tax in [eves[1].as_str(), "vat"] {
        let fields =
            [("description", "x"), ("quantity", "1"), ("unit_price", "1"), ("discount", ""), ("tax", tax)];
        let answer = ada.post(&forms(&draft, "lines"), &fields);
        answer.assert_status(422);
        assert!(answer.field_error("Tax").contains("Choose one of the tax rates."));
    }
    let head =
        draft.form_with_button("Save").fill("Issue date", "2031-03-02").fill("Billing address", "Weg 1");
    for (field, typed, sentence) in
        [("Due date", "2031-03-01", "not before the issue date"), ("Issue date", "soon", "Choose a day")]
    {
        let answer = head.clone().fill(field, typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error(field).contains(sentence), "{field}: {answer}");
        assert_eq!(answer.form_with_button("Save").value("Billing address"), "Weg 1");
    }
    let page = form.submit().follow();
    page.assert_shows("<i>R&D</i>").assert_shows("€12.50");
    assert!(!page.source().contains("<i>R"), "what was typed is text, not markup");
}

fn lines_are_edited_and_deleted_as_fragments_too(world: World) {
    let ada = world.ada();
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let form = draft.form_with_button("Add line").partial().fill("Description", "Layout");
    let section = form.fill("Unit price", "10").submit();
    section.assert_ok().assert_shows("Layout").assert_shows("€10.00");
    assert!(!section.source().to_lowercase().contains("<!doctype"), "{section}");
    let edit = section.row("Layout").link("Edit");
    let dialog = ada.partial_get(&edit).form_with_button("Save");
    assert_eq!((dialog.value("Unit price"), dialog.value("Quantity")), ("10".into(), "1".into()));
    let wrong = dialog.clone().partial().fill("Quantity", "").submit();
    wrong.assert_status(422);
    let answer = dialog.partial().fill("Quantity", "2,5").submit();
    answer.assert_ok().assert_shows("€25.00");
    assert_eq!(answer.header("HX-Trigger"), "dialog:close");
    let page = ada.visit(draft.path());
    page.assert_shows("2.5").assert_shows("€25.00");
    page.row("Layout").press("Delete").assert_ok().assert_hides("Layout");
}

fn an_invoice_without_what_it_needs_gets_no_number(world: World) {
    let ada = world.ada();
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    let refused = draft.form_with_button("Issue invoice").submit();
    refused.assert_status(409).assert_shows("Add a line first");
    let minus = add_line(&draft, ["Deposit paid", "-1", "50", "", "No tax"]);
    minus.assert_shows("-€50.00");
    minus.form_with_button("Issue invoice").submit().assert_status(409).assert_shows("less than nothing");
    let fuller = add_line(&ada.visit(draft.path()), ["Everything", "1", "80", "", "No tax"]);
    let bare = fuller.form_with_button("Save").fill("Billing address", "").submit().follow();
    bare.form_with_button("Issue invoice").submit().assert_status(409).assert_shows("billing address first");
    bare.form_with_button("Save").fill("Billing address", "Acme").submit();
    ada.visit(draft.path()).press("Issue invoice").assert_ok().assert_shows("€30.00");
    // None of it used up a number.
    let counts = |invoice: &str| invoice.rsplit('-').next().unwrap().parse::<u32>().unwrap();
    let (first, second) =
        (super::number(&ada.visit(draft.path())), super::number(&issued(&ada, "Carol Meyer", "1")));
    assert_eq!(counts(&first) + 1, counts(&second));
}
