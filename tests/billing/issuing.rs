//! P23: numbers without gap or double, and documents that stay as they are.

use std::{collections::BTreeSet, thread};

use super::{add_line, forms, issued, new_invoice, number};
use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    p23_a_hundred_parallel_issues_give_a_hundred_numbers_in_a_row,
    p23_9999_is_followed_by_10000,
    p23_what_is_issued_cannot_be_changed_not_even_by_sql,
    p23_an_issued_invoice_refuses_every_form_of_its_draft,
    a_draft_issued_twice_at_once_gets_one_number,
}

fn count(invoice: &Page) -> u32 {
    number(invoice).rsplit('-').next().unwrap().parse().unwrap()
}

fn p23_a_hundred_parallel_issues_give_a_hundred_numbers_in_a_row(world: World) {
    let ada = world.ada();
    let before = count(&issued(&ada, "Carol Meyer", "1"));
    let drafts: Vec<Page> = (0..100)
        .map(|_| add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "1", "1", "", "No tax"]))
        .collect();
    let forms: Vec<_> = drafts.iter().map(|draft| draft.form_with_button("Issue invoice")).collect();
    thread::scope(|scope| {
        let issuing: Vec<_> = forms.iter().map(|form| scope.spawn(|| form.submit())).collect();
        issuing.into_iter().for_each(|issue| {
            let answer = issue.join().unwrap();
            assert!(answer.redirect_target().is_some(), "{answer}");
        });
    });
    let numbers: BTreeSet<u32> = drafts.iter().map(|draft| count(&ada.visit(draft.path()))).collect();
    assert_eq!(numbers, (before + 1..=before + 100).collect());
}

fn p23_9999_is_followed_by_10000(world: World) {
    let ada = world.ada();
    issued(&ada, "Carol Meyer", "1");
    world.database().execute("UPDATE billing_series SET last = 9998 WHERE kind = 'invoice'").unwrap();
    let numbers: Vec<u32> = (0..2).map(|_| count(&issued(&ada, "Carol Meyer", "1"))).collect();
    assert_eq!(numbers, [9_999, 10_000]);
    assert!(number(&issued(&ada, "Carol Meyer", "1")).ends_with("-10001"));
}

fn p23_what_is_issued_cannot_be_changed_not_even_by_sql(world: World) {
    let ada = world.ada();
    issued(&ada, "Carol Meyer", "4711");
    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Still open", "1", "1", "", "VAT 20 %"]);
    let database = world.database();
    let before = database.snapshot(&["jobs.*", "cursors.*"]);
    let of_issued = "document_id IN (SELECT id FROM billing_documents WHERE issued_at IS NOT NULL)";
    for statement in [
        "UPDATE billing_documents SET gross = 1 WHERE issued_at IS NOT NULL".to_owned(),
        "UPDATE billing_documents SET buyer = 'Somebody else' WHERE issued_at IS NOT NULL".to_owned(),
        "UPDATE billing_documents SET issued_at = NULL WHERE issued_at IS NOT NULL".to_owned(),
        "UPDATE billing_documents SET deleted_at = 1 WHERE issued_at IS NOT NULL".to_owned(),
        "DELETE FROM billing_documents WHERE issued_at IS NOT NULL".to_owned(),
        format!("UPDATE billing_lines SET net = 1 WHERE {of_issued}"),
        format!("UPDATE billing_lines SET measure = 'HUR' WHERE {of_issued}"),
        format!("DELETE FROM billing_lines WHERE {of_issued}"),
        "UPDATE billing_lines SET document_id = (SELECT id FROM billing_documents WHERE issued_at IS NOT NULL
            AND organization_id = billing_lines.organization_id LIMIT 1) WHERE description = 'Still open'"
            .to_owned(),
        "INSERT INTO billing_lines (organization_id, id, document_id, position, description, quantity, unit_price,
            discount, net) SELECT l.organization_id, d.id, d.id, 9, 'Smuggled', '1', '1', '0', 1
            FROM billing_lines l JOIN billing_documents d ON d.organization_id = l.organization_id
            WHERE d.issued_at IS NOT NULL LIMIT 1"
            .to_owned(),
        "UPDATE billing_tax_totals SET amount = 0".to_owned(),
        "DELETE FROM billing_tax_totals".to_owned(),
        "UPDATE billing_taxes SET percent = '0'".to_owned(),
    ] {
        let refused = database.execute(&statement).expect_err(&statement);
        assert!(refused.contains("is frozen"), "{statement}: {refused}");
    }
    let changes = before.changes_until(&database.snapshot(&["jobs.*", "cursors.*"]));
    assert!(changes.is_none(), "{}", changes.unwrap());
    // A draft is free.
    assert_eq!(
        database.execute("UPDATE billing_lines SET net = 200 WHERE description = 'Still open'"),
        Ok(1)
    );
    ada.visit(draft.path()).assert_shows("€2.00");
}

fn p23_an_issued_invoice_refuses_every_form_of_its_draft(world: World) {
    let ada = world.ada();
    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "1", "90", "", "No tax"]);
    let old_forms = [
        draft.form_with_button("Save").fill("Billing address", "Somebody else"),
        draft.form_with_button("Add line").fill("Description", "Smuggled").fill("Unit price", "1"),
        draft.row("Design").form_with_button("Delete"),
        draft.form_with_button("Issue invoice"),
    ];
    let invoice = draft.press("Issue invoice");
    let before = invoice.texts(".paper");
    for form in old_forms {
        form.submit().assert_status(409).assert_shows("was issued and cannot be changed any more");
    }
    ada.post(&forms(&invoice, "deletion"), &[]).assert_status(409);
    assert_eq!(ada.visit(invoice.path()).texts(".paper"), before);
    assert!(!invoice.has_button("Save") && !invoice.has_button("Add line"));
}

fn a_draft_issued_twice_at_once_gets_one_number(world: World) {
    let ada = world.ada();
    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "1", "90", "", "No tax"]);
    let form = draft.form_with_button("Issue invoice");
    let answers: Vec<u16> = thread::scope(|scope| {
        let both: Vec<_> = (0..8).map(|_| scope.spawn(|| form.submit().status.as_u16())).collect();
        both.into_iter().map(|answer| answer.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [303, 409].contains(status)), "{answers:?}");
    let first = count(&ada.visit(draft.path()));
    assert_eq!(count(&issued(&ada, "Carol Meyer", "1")), first + 1);
}
