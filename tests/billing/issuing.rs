//! P23: numbers without gap or double, and documents that stay as they are.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use super::{add_line, forms, issued, new_invoice, number};
use crate::{
    on_both,
    world::{Backend, Form, Page, Person, World, tell},
};

on_both! {
    p23_a_hundred_parallel_issues_give_a_hundred_numbers_in_a_row,
    p23_a_hundred_parallel_issues_between_kills_give_a_hundred_numbers_in_a_row,
    p23_9999_is_followed_by_10000,
    p23_at_new_year_a_series_begins_at_1_where_the_organization_is,
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

/// Presses all of them at once until so many are acknowledged, kills the server, and returns how many were.
fn issue_until_killed(world: &mut World, forms: &[&Form], enough: usize) -> usize {
    let acknowledged = AtomicUsize::new(0);
    thread::scope(|scope| {
        let issuing: Vec<_> = forms
            .iter()
            .map(|form| {
                scope.spawn(|| {
                    let answer = form.person().try_form(form);
                    // Whoever is told that it is busy or going down presses again later.
                    let answer = answer.filter(|answer| !answer.status.is_server_error());
                    answer.inspect(|answer| assert!(answer.redirect_target().is_some(), "{answer}"))?;
                    Some(acknowledged.fetch_add(1, Ordering::Relaxed))
                })
            })
            .collect();
        while acknowledged.load(Ordering::Relaxed) < enough
            && !issuing.iter().all(|issue| issue.is_finished())
        {
            thread::yield_now();
        }
        world.server_mut().kill();
        issuing.into_iter().filter_map(|issue| issue.join().unwrap()).count()
    })
}

fn p23_a_hundred_parallel_issues_between_kills_give_a_hundred_numbers_in_a_row(mut world: World) {
    let ada = world.ada();
    let before = count(&issued(&ada, "Carol Meyer", "1"));
    let drafts: Vec<Page> = (0..100)
        .map(|_| add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Design", "1", "1", "", "No tax"]))
        .collect();
    let forms: BTreeMap<&str, Form> =
        drafts.iter().map(|draft| (draft.path(), draft.form_with_button("Issue invoice"))).collect();
    // By the path of each: what was given is given.
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut told = 0;
    for enough in [1, 9, 4, 17, 30] {
        let left: Vec<&Form> =
            forms.iter().filter(|(path, _)| !numbers.contains_key(*path)).map(|(_, form)| form).collect();
        let acknowledged = issue_until_killed(&mut world, &left, enough);
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        told += acknowledged;
        for draft in &drafts {
            let page = ada.visit(draft.path());
            match numbers.get(draft.path()) {
                Some(number) => assert_eq!(count(&page), *number),
                None if page.has_button("Issue invoice") => {}
                None => {
                    numbers.insert(draft.path(), count(&page));
                }
            }
        }
        assert!(numbers.len() >= told, "{told} were acknowledged, {} are there", numbers.len());
        // Nobody who was cut off kept a number for themselves.
        let given: BTreeSet<u32> = numbers.values().copied().collect();
        assert_eq!(given, (before + 1..=before + numbers.len() as u32).collect());
    }
    tell(&format!("5 kills between 100 issues: {told} acknowledged, {} numbered", numbers.len()));
    // The rest, one after the other.
    for (_, form) in forms.iter().filter(|(path, _)| !numbers.contains_key(*path)) {
        assert!(form.submit().redirect_target().is_some());
    }
    let all: BTreeMap<&str, u32> =
        drafts.iter().map(|draft| (draft.path(), count(&ada.visit(draft.path())))).collect();
    assert!(numbers.iter().all(|(path, number)| all[path] == *number), "what was given is given");
    assert_eq!(all.values().copied().collect::<BTreeSet<_>>(), (before + 1..=before + 100).collect());
    assert_eq!(count(&issued(&ada, "Carol Meyer", "1")), before + 101);
}

fn p23_9999_is_followed_by_10000(world: World) {
    let ada = world.ada();
    issued(&ada, "Carol Meyer", "1");
    world.database().execute("UPDATE billing_series SET last = 9998 WHERE kind = 'invoice'").unwrap();
    let numbers: Vec<u32> = (0..2).map(|_| count(&issued(&ada, "Carol Meyer", "1"))).collect();
    assert_eq!(numbers, [9_999, 10_000]);
    assert!(number(&issued(&ada, "Carol Meyer", "1")).ends_with("-10001"));
}

/// Seconds from now to New Year in Paris, where the organizations of the demo are.
fn until_new_year() -> i64 {
    let script = "next=$(($(date +%Y) + 1)); echo $(($(date -d $next-01-01 +%s) - $(date +%s)))";
    let seconds = Command::new("sh").args(["-c", script]).env("TZ", "Europe/Paris").output().unwrap();
    String::from_utf8(seconds.stdout).unwrap().trim().parse().unwrap()
}

fn p23_at_new_year_a_series_begins_at_1_where_the_organization_is(world: World) {
    // Of whoever has no subscription, which would make invoices meanwhile.
    let sign_in = || world.sign_in("eve@rival.test");
    let issue = |eve: &Person| {
        let number = number(&issued(eve, "Rita Santos", "1"));
        let (rest, count) = number.rsplit_once('-').unwrap();
        (rest.rsplit('-').next().unwrap().parse::<i32>().unwrap(), count.parse::<u32>().unwrap())
    };
    let (year, before) = issue(&sign_in());
    world.clock().advance_seconds(until_new_year() - 1_800);
    // Half an hour before, which is after New Year in Moscow.
    assert_eq!(issue(&sign_in()), (year, before + 1));
    world.clock().advance_seconds(1_800);
    let eve = sign_in();
    assert_eq!([issue(&eve), issue(&eve)], [(year + 1, 1), (year + 1, 2)]);
    // One that is dated back belongs to the year that it says.
    let draft = new_invoice(&eve, "Rita Santos", "EUR").form_with_button("Save");
    let (last, due) = (format!("{year}-12-31"), format!("{}-01-31", year + 1));
    let draft = draft.fill("Issue date", &last).fill("Due date", &due).submit().follow();
    let late = add_line(&draft, ["Design", "1", "1", "", "No tax"]).press("Issue invoice");
    assert!(number(&late).contains(&format!("{year}-")), "{}", number(&late));
    assert_eq!(count(&late), before + 2);
    assert_eq!(issue(&eve), (year + 1, 3));
}

/// What is issued of a kind, and what belongs to it, as SQL says it.
fn frozen(kind: &str) -> (String, String) {
    let documents = format!("kind = '{kind}' AND issued_at IS NOT NULL");
    let parts = format!("document_id IN (SELECT id FROM billing_documents WHERE {documents})");
    (documents, parts)
}

fn changes_of(kind: &str) -> Vec<String> {
    let (documents, parts) = frozen(kind);
    vec![
        format!("UPDATE billing_documents SET gross = 1 WHERE {documents}"),
        format!("UPDATE billing_documents SET buyer = 'Somebody else' WHERE {documents}"),
        format!("UPDATE billing_documents SET delivered_on = '2026-11-20' WHERE {documents}"),
        format!("UPDATE billing_documents SET issued_at = NULL WHERE {documents}"),
        format!("UPDATE billing_documents SET deleted_at = 1 WHERE {documents}"),
        format!("DELETE FROM billing_documents WHERE {documents}"),
        format!("UPDATE billing_lines SET net = 1 WHERE {parts}"),
        format!("UPDATE billing_lines SET measure = 'HUR' WHERE {parts}"),
        format!("DELETE FROM billing_lines WHERE {parts}"),
        format!(
            "UPDATE billing_lines SET document_id = (SELECT id FROM billing_documents WHERE {documents}
                AND organization_id = billing_lines.organization_id LIMIT 1) WHERE description = 'Still open'"
        ),
        format!(
            "INSERT INTO billing_lines (organization_id, id, document_id, position, description, quantity, unit_price,
                discount, net) SELECT l.organization_id, d.id, d.id, 9, 'Smuggled', '1', '1', '0', 1
                FROM billing_lines l JOIN billing_documents d ON d.organization_id = l.organization_id
                WHERE {documents} LIMIT 1"
        ),
        format!("UPDATE billing_tax_totals SET amount = 0 WHERE {parts}"),
        format!("DELETE FROM billing_tax_totals WHERE {parts}"),
        format!(
            "INSERT INTO billing_tax_totals (organization_id, document_id, tax_id, position, base, amount)
                SELECT t.organization_id, d.id, t.id, 9, 100, 20
                FROM billing_taxes t JOIN billing_documents d ON d.organization_id = t.organization_id
                WHERE {documents} LIMIT 1"
        ),
    ]
}

/// SQLite lets one row take another one's place, and fires no trigger on its deletion.
fn replacements_of(kind: &str) -> Vec<String> {
    let (documents, parts) = frozen(kind);
    vec![
        format!("INSERT OR REPLACE INTO billing_documents SELECT * FROM billing_documents WHERE {documents}"),
        format!("INSERT OR REPLACE INTO billing_lines SELECT * FROM billing_lines WHERE {parts}"),
        format!(
            "INSERT OR REPLACE INTO billing_lines (organization_id, id, document_id, position, description, quantity,
                unit_price, discount, net) SELECT l.organization_id, l.id, o.document_id, 9, 'Smuggled', '1', '1', '0', 1
                FROM billing_lines l JOIN billing_lines o ON o.organization_id = l.organization_id
                WHERE o.description = 'Still open' AND l.{parts}"
        ),
        format!("INSERT OR REPLACE INTO billing_tax_totals SELECT * FROM billing_tax_totals WHERE {parts}"),
    ]
}

fn p23_what_is_issued_cannot_be_changed_not_even_by_sql(world: World) {
    let ada = world.ada();
    issued(&ada, "Carol Meyer", "4711");
    let draft = add_line(&new_invoice(&ada, "Carol Meyer", "EUR"), ["Still open", "1", "1", "", "VAT 20 %"]);
    let database = world.database();
    let before = database.snapshot(&["jobs.*", "cursors.*"]);
    let kinds = ["invoice", "credit-note", "quote"];
    let of_taxes = [
        "UPDATE billing_taxes SET percent = '0'",
        "UPDATE billing_taxes SET treatment = 'export'",
        "UPDATE billing_taxes SET is_reverse_charge = NOT is_reverse_charge",
    ];
    let of_one_database: Vec<String> = match database.backend() {
        Backend::Sqlite => kinds.into_iter().flat_map(replacements_of).collect(),
        Backend::Postgres => ["billing_tax_totals", "billing_lines", "billing_documents"]
            .map(|table| format!("TRUNCATE {table} CASCADE"))
            .to_vec(),
    };
    let changes = kinds.into_iter().flat_map(changes_of).chain(of_taxes.map(str::to_owned));
    for statement in changes.chain(of_one_database) {
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
