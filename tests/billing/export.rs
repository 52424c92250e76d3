//! What an accountant takes home adds up, is complete, and holds nothing of anybody else.

use std::collections::BTreeMap;

use super::{add_line, issued, new_invoice, number, sent};
use crate::{
    on_both,
    world::{Backend, Person, World},
};

on_both! {
    documents_lines_and_taxes_add_up_to_each_other,
    only_what_was_issued_in_the_period_and_by_this_organization,
    words_that_look_like_formulas_are_words,
    a_wrong_period_is_answered_at_its_field,
    more_than_one_chunk_of_documents_comes_whole,
}

const HERE: &str = "/staff/invoices/export";

/// The rows of a file, by the names of its columns.
pub fn rows(person: &Person, file: &str) -> Vec<BTreeMap<String, String>> {
    let page = person.visit(&format!("{HERE}/{file}"));
    page.assert_ok();
    csv::Reader::from_reader(page.source().as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// In cents, which every currency of these tests has.
fn sum(rows: &[BTreeMap<String, String>], column: &str) -> i64 {
    rows.iter().map(|row| cents(&row[column])).sum()
}

fn cents(amount: &str) -> i64 {
    let digits = amount.replace('.', "");
    assert_eq!(amount.len() - amount.find('.').unwrap(), 3, "{amount}");
    digits.parse().unwrap()
}

fn documents_lines_and_taxes_add_up_to_each_other(world: World) {
    let ada = world.ada();
    let draft =
        add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "3", "33.33", "10", "VAT 20 %"]);
    let invoice = add_line(&draft, ["Stamps", "7", "0.85", "", "No tax"]).press("Issue invoice");
    let form = invoice.press("Record payment").form_with_button("Record payment");
    form.fill("Amount", "12.34").fill("Remarks", "By wire").submit().follow().assert_ok();
    invoice.press("Credit").form_with_button("Issue credit note").submit().follow().assert_ok();

    let euro = |mut rows: Vec<BTreeMap<String, String>>| {
        rows.retain(|row| row["currency"] == "EUR");
        rows
    };
    let [documents, lines, taxes, payments] =
        ["documents", "lines", "taxes", "payments"].map(|table| euro(rows(&ada, &format!("{table}.csv"))));
    let own: Vec<_> = documents.iter().filter(|row| row["number"] == number(&invoice)).collect();
    // 3 x 33.33 less a tenth is 89.99, and 7 x 0.85 is 5.95; a fifth of 89.99 is 18.00.
    let [own] = own.as_slice() else { panic!("{own:?}") };
    assert_eq!([&own["net"], &own["tax"], &own["gross"]], ["95.94", "18.00", "113.94"]);
    assert_eq!(own["balance"], "-12.34", "credited whole after it was paid in part");
    let credit = documents.iter().find(|row| row["kind"] == "credit-note" && row["gross"] == "-113.94");
    assert!(credit.is_some(), "{documents:?}");
    assert_eq!(sum(&documents, "net"), sum(&lines, "net"));
    assert_eq!(sum(&documents, "tax"), sum(&taxes, "amount"));
    assert!(payments.iter().any(|row| row["amount"] == "12.34" && row["invoice"] == number(&invoice)));

    let page = ada.visit(HERE);
    let totals = page.texts(".billing-totals dd").concat();
    let gross = sum(&documents, "gross");
    let shown = totals.replace([',', '€'], "");
    assert!(shown.contains(&format!("{}.{:02}", gross / 100, gross % 100)), "{gross} is not in {totals}");
    let everything = ada.visit(&format!("{HERE}/billing.json")).source();
    let everything: serde_json::Value = serde_json::from_str(&everything).unwrap();
    let all = |list: &str| everything[list].as_array().unwrap().len();
    assert_eq!(all("documents"), rows(&ada, "documents.csv").len());
    assert_eq!(all("payments"), rows(&ada, "payments.csv").len());
}

fn only_what_was_issued_in_the_period_and_by_this_organization(world: World) {
    let ada = world.ada();
    new_invoice(&ada, "Carol Meyer", "EUR");
    let invoice = sent(&ada, "Carol Meyer", "4711.25");
    let numbers = |person: &Person, file: &str| -> Vec<String> {
        rows(person, file).into_iter().map(|row| row["number"].clone()).collect()
    };
    let all = numbers(&ada, "documents.csv");
    assert!(all.contains(&number(&invoice)) && !all.contains(&String::new()), "P10: {all:?}");
    assert!(numbers(&world.ben(), "documents.csv").contains(&number(&invoice)));
    assert!(numbers(&ada, "documents.csv?from=1999-01-01&to=1999-12-31").is_empty());
    ada.visit(&format!("{HERE}?from=1999-01-01&to=1999-12-31")).assert_shows("Nothing was issued");
    for file in ["documents.csv", "lines.csv", "taxes.csv", "payments.csv", "billing.json"] {
        let eves = world.eve().visit(&format!("{HERE}/{file}"));
        eves.assert_ok().assert_hides("Carol").assert_hides("4711.25");
        for client in [world.carol(), world.cyril(), world.dora()] {
            client.get(&format!("{HERE}/{file}")).assert_not_found();
        }
    }
}

fn words_that_look_like_formulas_are_words(world: World) {
    let ada = world.ada();
    let hostile = "=HYPERLINK(\"http://evil.test\",\"Prize\")";
    let draft = new_invoice(&ada, "Carol Meyer", "EUR");
    add_line(&draft, [hostile, "1", "5", "", "No tax"]).press("Issue invoice").assert_ok();
    let lines = rows(&ada, "lines.csv");
    assert!(lines.iter().any(|row| row["description"] == format!("'{hostile}")));
    assert!(
        ada.visit(&format!("{HERE}/billing.json")).source().contains("\"=HYPERLINK"),
        "programs run nothing"
    );
}

fn a_wrong_period_is_answered_at_its_field(world: World) {
    let ada = world.ada();
    for (from, to, field, sentence) in [
        ("2026-02-30", "2026-03-01", "From", "day"),
        ("", "2026-03-01", "From", "day"),
        ("2026-03-02", "2026-03-01", "Up to and including", "before the first"),
    ] {
        let query = format!("from={from}&to={to}");
        let page = ada.get(&format!("{HERE}?{query}"));
        page.assert_status(422);
        assert!(page.field_error(field).contains(sentence), "{query}: {}", page.field_error(field));
        ada.get(&format!("{HERE}/documents.csv?{query}")).assert_not_found();
    }
    ada.get(&format!("{HERE}/secrets.csv")).assert_not_found();
}

/// Issued on one day, with ids in no order.
pub fn copy(world: &World, number: &str, times: usize) {
    let id = match world.database().backend() {
        Backend::Sqlite => "randomblob(16)",
        Backend::Postgres => "decode(md5(i::text), 'hex')",
    };
    let rest = "kind, client_id, currency, buyer, buyer_tax_number, words, issue_on, due_on, created_at, issued_at, \
        seller, net, gross";
    let statement = format!(
        "INSERT INTO billing_documents (organization_id, id, number, {rest})
        WITH RECURSIVE copies (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM copies WHERE i < {times})
        SELECT organization_id, {id}, 'COPY-' || i, {rest} FROM billing_documents, copies
        WHERE number = '{number}' AND kind = 'invoice'"
    );
    assert_eq!(world.database().execute(&statement), Ok(times));
}

fn more_than_one_chunk_of_documents_comes_whole(world: World) {
    let ada = world.ada();
    let before = rows(&ada, "documents.csv").len();
    let first = issued(&ada, "Carol Meyer", "1");
    copy(&world, &number(&first), 450);
    let all = rows(&ada, "documents.csv");
    assert_eq!(all.len(), before + 451);
    let distinct: std::collections::BTreeSet<_> = all.iter().map(|row| &row["number"]).collect();
    assert_eq!(distinct.len(), all.len());
}
