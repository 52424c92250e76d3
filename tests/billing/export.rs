//! What an accountant takes home adds up, is complete, and holds nothing of anybody else.

use std::collections::BTreeMap;

use super::{add_line, issued, new_invoice, number, sent};
use crate::{
    on_both,
    world::{Backend, Person, World},
};

on_both! {
    documents_lines_and_taxes_add_up_to_each_other,
    the_file_for_programs_says_row_by_row_what_the_tables_say,
    only_what_was_issued_in_the_period_and_by_this_organization,
    words_that_look_like_formulas_are_words,
    a_wrong_period_is_answered_at_its_field,
    more_than_one_chunk_of_documents_comes_whole,
    all_papers_come_in_one_archive_each_as_it_is_by_itself,
    an_archive_that_cannot_be_made_to_its_end_breaks_off,
    t18_whoever_takes_a_file_home_is_in_the_audit_log,
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
    // Per tax rate, as the file of taxes adds up.
    let mut rates: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for row in &taxes {
        let rate = rates.entry(&row["tax_name"]).or_default();
        *rate = (rate.0 + cents(&row["base"]), rate.1 + cents(&row["amount"]));
    }
    assert_eq!(rates.values().map(|(base, _)| base).sum::<i64>(), sum(&documents, "net"));
    for (name, (base, tax)) in rates {
        let row = page.row(name).text().replace([',', '€'], "");
        for amount in [base, tax] {
            let amount = format!("{}.{:02}", amount / 100, (amount % 100).abs());
            assert!(row.contains(&amount), "{name}: {amount} is not in {row}");
        }
    }
    let everything = ada.visit(&format!("{HERE}/billing.json")).source();
    let everything: serde_json::Value = serde_json::from_str(&everything).unwrap();
    let all = |list: &str| everything[list].as_array().unwrap().len();
    assert_eq!(all("documents"), rows(&ada, "documents.csv").len());
    assert_eq!(all("payments"), rows(&ada, "payments.csv").len());
}

fn the_file_for_programs_says_row_by_row_what_the_tables_say(world: World) {
    let ada = world.ada();
    let draft =
        add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Two\nlines", "3", "33.33", "10", "VAT 20 %"]);
    let invoice = add_line(&draft, ["Stamps, \"first\"", "7", "0.85", "", "No tax"]).press("Issue invoice");
    let form = invoice.press("Record payment").form_with_button("Record payment");
    form.fill("Amount", "12.34").submit().follow().assert_ok();
    let part = invoice.press("Credit").form_with_button("Issue credit note");
    part.fill("Stamps, \"first\"", "2").submit().follow().assert_ok();
    let yen = add_line(&new_invoice(&ada, "Dora Lindt", "JPY"), ["Prints", "3", "33.5", "", "VAT 5.5 %"]);
    yen.press("Issue invoice").assert_ok();

    let everything = ada.visit(&format!("{HERE}/billing.json")).source();
    let mut everything: BTreeMap<String, Vec<BTreeMap<String, serde_json::Value>>> =
        serde_json::from_str(&everything).unwrap();
    let (mut documents, payments) =
        (everything.remove("documents").unwrap(), everything.remove("payments").unwrap());
    assert!(everything.is_empty(), "{everything:?}");
    let mut inner = |table: &str| -> Vec<BTreeMap<String, serde_json::Value>> {
        let lists = documents.iter_mut().map(|document| document.remove(table).unwrap());
        lists.flat_map(|list| serde_json::from_value::<Vec<_>>(list).unwrap()).collect()
    };
    let (lines, taxes) = (inner("lines"), inner("taxes"));
    for (table, objects) in
        [("documents", documents), ("lines", lines), ("taxes", taxes), ("payments", payments)]
    {
        let objects: Vec<BTreeMap<String, String>> = objects
            .into_iter()
            .map(|object| {
                object.into_iter().map(|(name, cell)| (name, cell.as_str().unwrap().to_owned())).collect()
            })
            .collect();
        assert!(objects.len() > 2, "{table}: {objects:?}");
        assert_eq!(objects, rows(&ada, &format!("{table}.csv")), "{table}");
    }
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
    for file in ["documents.csv", "lines.csv", "taxes.csv", "payments.csv", "billing.json", "papers.zip"] {
        let eves = world.eve().visit(&format!("{HERE}/{file}"));
        eves.assert_ok().assert_hides("Carol").assert_hides("4711.25");
        for client in [world.carol(), world.cyril(), world.dora()] {
            client.get(&format!("{HERE}/{file}")).assert_not_found();
        }
        world.stranger().get(&format!("{HERE}/{file}")).assert_redirects_to("/sign-in");
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

/// Issued on one day, with ids in no order, and owed.
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
    let owed = "INSERT INTO billing_balances (organization_id, document_id, due_on, balance)
        SELECT organization_id, id, due_on, gross FROM billing_documents d WHERE number LIKE 'COPY-%'
        AND NOT EXISTS (SELECT 1 FROM billing_balances b WHERE b.document_id = d.id)";
    assert_eq!(world.database().execute(owed), Ok(times));
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

/// Names and bytes.
fn unpacked(archive: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let count = archive.len();
    let entry = |place| {
        let mut entry = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(entry).collect()
}

fn all_papers_come_in_one_archive_each_as_it_is_by_itself(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/settings/billing").form_with_button("Save");
    form.fill("Numbers of invoices", "R/{year}/{number}").submit().follow().assert_ok();
    let invoice = issued(&ada, "Carol Meyer", "4711.25");
    let note = invoice.press("Credit").form_with_button("Issue credit note").submit().follow();
    new_invoice(&ada, "Carol Meyer", "EUR");

    let page = ada.visit(HERE).row("All invoices and credit notes as PDF");
    let answer = ada.get(&page.attributes("a[download]", "href").remove(0));
    answer.assert_ok();
    assert_eq!(answer.header("content-type"), "application/zip");
    assert!(answer.header("content-disposition").ends_with("-papers.zip\""));
    let papers = unpacked(answer.body.clone());
    let documents = rows(&ada, "documents.csv");
    assert_eq!(papers.len(), documents.len(), "no drafts, no quotes: {:?}", papers.keys());
    for (document, title) in [(&invoice, "Invoice"), (&note, "Credit note")] {
        let name = format!("{title} {}.pdf", number(document).replace('/', "-"));
        assert_eq!(papers[&name], ada.get(&format!("{}/paper", document.path())).body, "{name}");
    }
    let others = unpacked(world.eve().get(&format!("{HERE}/papers.zip")).body.clone());
    assert_eq!(others.len(), rows(&world.eve(), "documents.csv").len());
    assert!(others.values().all(|paper| papers.values().all(|own| own != paper)));
    let empty = ada.get(&format!("{HERE}/papers.zip?from=1999-01-01&to=1999-12-31"));
    assert!(unpacked(empty.body.clone()).is_empty());
}

fn an_archive_that_cannot_be_made_to_its_end_breaks_off(world: World) {
    let ada = world.ada();
    let whole = ada.get(&format!("{HERE}/papers.zip")).body.clone();
    let last = issued(&ada, "Carol Meyer", "1");
    // It has no paper yet, and a line that cannot be read.
    copy(&world, &number(&last), 1);
    let unguard = match world.database().backend() {
        Backend::Sqlite => "DROP TRIGGER billing_lines_unadded",
        Backend::Postgres => "DROP TRIGGER billing_lines_kept ON billing_lines",
    };
    let damage =
        "INSERT INTO billing_lines (organization_id, id, document_id, position, description, quantity,
            unit_price, discount, net, section, optional)
        SELECT organization_id, id, id, 0, 'Design', 'many', '1', '0', 1, '', FALSE
        FROM billing_documents WHERE number = 'COPY-1'";
    for statement in [unguard, damage] {
        world.database().execute(statement).unwrap();
    }
    let request = ada.request(reqwest::Method::GET, &format!("{HERE}/papers.zip"));
    let answer = request.send().unwrap();
    assert_eq!(answer.status().as_u16(), 200, "what is wrong is found on the way");
    if let Ok(bytes) = answer.bytes() {
        panic!("it ended as if it were whole: {:?}", unpacked(bytes.to_vec()).keys());
    }
    assert!(!unpacked(whole).is_empty());
}

fn t18_whoever_takes_a_file_home_is_in_the_audit_log(world: World) {
    let ada = world.ada();
    for file in ["documents.csv", "billing.json", "papers.zip"] {
        let before = world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]);
        ada.head(&format!("{HERE}/{file}")).assert_ok();
        ada.get(&format!("{HERE}/{file}")).assert_ok();
        let after = world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]);
        let recorded = before.changes_until(&after).unwrap().to_string();
        assert_eq!(recorded.lines().count(), 1, "{recorded}");
        assert!(recorded.contains("organization.billing-exported") && recorded.contains(file), "{recorded}");
    }
}
