//! What clients see of subscriptions (P8, P9, P10, P14), and what is said about wrong ones (P43).

use super::subscriptions::{drafted, running, weekly};
use crate::{
    on_both,
    world::{World, until},
};

on_both! {
    p8_what_runs_is_seen_by_whoever_gets_its_invoices_and_by_nobody_else,
    p14_a_portal_shows_what_runs_for_its_project,
    p9_billing_is_there_before_the_first_invoice,
    p43_bad_input_is_answered_at_its_field,
    p30_staff_find_a_subscription_and_clients_its_invoices,
    p41_a_french_client_gets_french_words,
}

fn p8_what_runs_is_seen_by_whoever_gets_its_invoices_and_by_nobody_else(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let draft = drafted(&weekly(&ada, "Quiet care"), "4711");
    carol.visit("/billing").assert_hides("Quiet care");
    let running = draft.press("Start subscription");
    let row = carol.visit("/billing").row("Quiet care");
    row.assert_shows("€4,711.00").assert_shows("Every week").assert_shows("Next invoice on");
    assert_eq!(row.count("a"), 0, "she has no page of it: {row}");
    for other in [world.cyril(), world.dora(), world.eve(), world.eve().at(&ada)] {
        other.get("/billing").assert_hides("Quiet care");
        other.visit("/").assert_hides("4,711.00");
    }
    for path in ["", "/edit", "/cancellation"].map(|end| format!("{}{end}", running.path())) {
        world.eve().get(&path).assert_not_found();
        carol.get(&path).assert_not_found();
    }
    for what in ["start", "pause", "resumption", "invoices", "cancellation"] {
        let path = format!("{}/{what}", running.path());
        world.eve().post(&path, &[]).assert_not_found();
        carol.post(&path, &[]).assert_not_found();
    }

    // Cyril instead of Carol: from the next request on.
    let form = running.press("Edit subscription").form_with_field("Every");
    form.untick("Carol Meyer carol@acme.test")
        .tick("Cyril Dubois cyril@acme.test")
        .submit()
        .follow()
        .assert_ok();
    carol.visit("/billing").assert_hides("Quiet care");
    world.cyril().visit("/billing").assert_shows("Quiet care").assert_shows("Chaque semaine");
    ada.visit(running.path()).press("Pause").assert_ok();
    world.cyril().visit("/billing").assert_hides("Quiet care");
}

fn p14_a_portal_shows_what_runs_for_its_project(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let home = carol.visit("/");
    let (website, resources) = (home.link("Acme website relaunch"), home.link("Studio resources"));
    running(&ada, "Of no project", "5");
    let of_project = weekly(&ada, "Of the website").fill("Project", "Acme website relaunch");
    let of_project = drafted(&of_project, "6");
    carol.visit(&website).assert_hides("Of the website");
    of_project.press("Start subscription").assert_ok();
    carol.visit(&website).assert_shows("Of the website").assert_hides("Of no project");
    carol.visit(&resources).assert_hides("Of the website").assert_hides("Of no project");
    let billing = carol.visit("/billing");
    billing.assert_shows("Of the website").assert_shows("Of no project");
    // Cyril has the same portal.
    world.cyril().get(&website).assert_hides("Of the website");
    world.dora().get(&website).assert_not_found();
    let project = ada.visit("/staff/projects").link("Acme website relaunch");
    ada.visit(&project).assert_shows("Of the website").assert_hides("Of no project");
    let client = ada.visit("/staff/clients").link("Carol Meyer");
    ada.visit(&client).assert_shows("Of the website").assert_shows("Of no project");
}

fn p9_billing_is_there_before_the_first_invoice(world: World) {
    let ada = world.ada();
    let portal = ada.visit("/staff/portals").link("Acme website relaunch");
    crate::steps::share(&ada.visit(&portal), "nils@acme.test");
    let nils = world.stranger();
    let link = world.mailbox().next_to("nils@acme.test").link("Set up your account");
    crate::steps::join(&nils, &link, "a lighthouse keeps seven lamps");
    assert!(!nils.visit("/").has_link("Billing"));
    let form = ada.visit("/staff/subscriptions/new").form_with_field("Every");
    let nils_is_called = nils.visit("/account").form_with_field("Name").value("Name");
    let form = form.fill("Name", "Later care").fill("Client", &nils_is_called).fill("Start", "2199-12-01");
    let draft = drafted(&form, "8");
    assert!(!nils.visit("/").has_link("Billing"));
    draft.press("Start subscription").assert_shows("Running");
    let billing = nils.visit("/").press("Billing");
    billing.assert_shows("Later care").assert_shows("1 December 2199").assert_shows("Nothing is due.");
}

fn p43_bad_input_is_answered_at_its_field(world: World) {
    let ada = world.ada();
    let form = weekly(&ada, "Odd care");
    let today = form.value("Start");
    for (label, typed, said) in [
        ("Name", " ", "name"),
        ("Every", "0", "Write a whole number from 1 to 1200."),
        ("Every", "1.5", "Write a whole number from 1 to 1200."),
        ("Start", "", "Choose the day on which it begins."),
        ("Start", "2026-02-30", ""),
        ("Start", "1999-12-31", "The period that begins on this day is over already."),
        ("Last day", "1999-12-31", "Choose a last day that is not before the first."),
        ("Days for payment", "400", "Write a number of days from 0 to 366."),
    ] {
        let answer = form.clone().fill(label, typed).submit();
        answer.assert_status(422);
        let error = answer.field_error(label);
        assert!(!error.is_empty() && error.contains(said), "{label} {typed:?}: {error}");
        let left = answer.form_with_field("Every");
        assert_eq!((left.value(label).as_str(), left.value("Client")), (typed, form.value("Client")));
    }
    let smuggled = form.clone().smuggle("person", "00000000000000000000000000000000").submit();
    let said = smuggled.assert_status(422).field_error("Carol Meyer carol@acme.test");
    assert_eq!(said, "Choose at least one client.");
    let hers = world.eve().visit("/staff/subscriptions/new").form_with_field("Every");
    let foreign = form.clone().smuggle("person", &hers.value("Client")).submit();
    foreign.assert_status(422).assert_shows("Choose at least one client.");

    let care = running(&ada, "Weekly care", "50");
    let edit = care.press("Edit subscription").form_with_field("Every");
    let again = edit.fill("Next period", &today).submit();
    again.assert_status(422);
    assert!(again.field_error("Next period").contains("An earlier period began on this day"));
}

fn p30_staff_find_a_subscription_and_clients_its_invoices(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let draft = drafted(&weekly(&ada, "Gyroscope maintenance"), "5");
    let at_staff = || ada.visit("/staff/search?q=gyroscope");
    until(|| at_staff().attributes("a.search-hit", "href").iter().any(|hit| hit.starts_with(draft.path())));
    assert_eq!(carol.visit("/search?q=gyroscope").count("mark"), 0, "P10");
    draft.press("Start subscription").assert_ok();
    until(|| carol.visit("/search?q=gyroscope").count("mark") > 0);
    let hits = carol.visit("/search?q=gyroscope").attributes("a.search-hit", "href");
    assert!(hits[0].starts_with("/invoices/") && !hits.concat().contains("subscriptions"), "{hits:?}");
    for other in [world.cyril(), world.dora()] {
        assert_eq!(other.visit("/search?q=gyroscope").count("mark"), 0, "{other}");
    }
    assert_eq!(world.eve().visit("/staff/search?q=gyroscope").count("mark"), 0);
}

fn p41_a_french_client_gets_french_words(world: World) {
    let ada = world.ada();
    let form = weekly(&ada, "Entretien").fill("Client", "Cyril Dubois");
    drafted(&form, "1234.5").press("Start subscription").assert_ok();
    let mail = world.mailbox().next_to("cyril@acme.test");
    let invoice = world.cyril().visit(&mail.link("Ouvrir le document"));
    let words = invoice.texts(".paper-words").concat();
    assert!(words.starts_with("Entretien, du ") && words.contains(" au "), "{words}");
    world.cyril().visit("/billing").assert_shows("Prochaine facture le").assert_shows("1 234,50 €");
    assert!(world.mailbox().so_far_to("carol@acme.test").is_empty());
}
