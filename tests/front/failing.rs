//! What fails inside: an answer in words with a number, and the cause beside that number in the log.

use serde_json::Value;

use crate::{
    on_both,
    steps::{new_portal, share},
    world::{Page, World, until},
};

on_both! {
    what_fails_inside_has_a_number_that_stands_in_the_log_with_the_cause,
    a_panic_costs_one_answer_and_its_cause_stands_in_the_log,
}

/// The lines of the log that belong to this answer, once there is one that tells `what`.
fn told(world: &World, number: &str, what: &str) -> Vec<Value> {
    let of_this = || -> Vec<Value> {
        let log = world.server().log();
        let lines = log.iter().filter(|line| line.contains(number));
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    until(|| of_this().iter().any(|line| line["fields"]["message"] == what));
    of_this()
}

#[track_caller]
fn number(failed: &Page) -> String {
    let number = failed.assert_status(500).header("x-request-id").to_owned();
    assert_eq!(number.len(), 16, "{number:?}");
    failed.assert_shows(&format!("Request {number}"));
    number
}

fn what_fails_inside_has_a_number_that_stands_in_the_log_with_the_cause(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/companies").press("New company").form_with_field("Name");
    let form = form.fill("Name", "Heron and Daughters");
    let rename = |from: &str, to: &str| {
        world.database().execute(&format!("ALTER TABLE {from} RENAME TO {to}")).unwrap();
    };
    rename("companies", "mislaid");
    let failed = [ada.get("/staff/companies"), form.submit(), ada.partial_get("/staff/companies")];
    let json = ada.sending("accept", "application/json").get("/staff/companies");
    failed[0].assert_shows("Something went wrong").assert_shows("This is our mistake, not yours.");
    for page in failed.iter().chain([&json]) {
        let lines = told(&world, &number(page), "request failed");
        let causes: Vec<_> = lines.iter().filter_map(|line| line["fields"]["error"].as_str()).collect();
        // In the words of SQLite and of PostgreSQL.
        let known = ["no such table: companies", "relation \"companies\" does not exist"];
        assert!(causes.iter().any(|cause| known.contains(cause)), "{lines:#?}");
        for personal in ["Heron", "ada@studio.test", "Ada", "127.0.0.1"] {
            page.assert_hides(known[0]).assert_hides(known[1]);
            assert!(!format!("{lines:?}").contains(personal), "{personal} stands in {lines:#?}");
        }
    }

    rename("mislaid", "companies");
    ada.visit("/staff/companies").assert_ok().assert_hides("Heron and Daughters");
    form.submit().follow().assert_ok().assert_shows("Heron and Daughters");
}

/// A moment that no calendar holds makes the clock panic, which every request and all that runs behind them look at.
/// Only a build that checks its sums panics there, as the one under test does.
fn a_panic_costs_one_answer_and_its_cause_stands_in_the_log(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let panicked = || world.server().log().iter().filter(|line| line.contains("panicked")).count();
    world.clock().advance_seconds(i64::MAX);
    for page in [ada.get("/staff"), carol.get("/"), carol.partial_get("/"), world.stranger().get("/sign-in")]
    {
        let lines = told(&world, &number(&page), "panicked");
        let panic = lines.iter().find(|line| line["fields"]["message"] == "panicked").unwrap();
        assert_eq!(panic["fields"]["cause"], "attempt to multiply with overflow");
        assert!(panic["fields"]["at"].as_str().unwrap().contains("clock.rs:"), "{panic}");
        assert!(lines.iter().any(|line| line["fields"]["message"] == "request failed"), "{lines:#?}");
    }
    // What works behind the requests met it again and again.
    let before = panicked();
    until(|| panicked() > before + 2);
    world.clock().advance_seconds(-i64::MAX);

    for (person, path) in [(&ada, "/staff"), (&carol, "/")] {
        person.get(path).assert_ok();
    }
    share(&new_portal(&ada, "Autumn campaign"), "zoe@acme.test");
    world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    until(|| ada.partial_get("/staff/search?q=autumn").shows("Autumn campaign"));
}
