//! What every module stands on, seen from outside: starting, stopping, signing in, mail and objects.

use serde_json::{Value, json};

use crate::{
    on_both,
    world::{Person, World},
};

on_both! {
    a_health_check_answers_without_an_organization,
    an_unknown_host_is_refused,
    sigterm_ends_the_server_within_ten_seconds,
    signing_in_opens_the_door_and_signing_out_closes_it_on_the_server,
    the_demo_fills_nothing_but_an_empty_installation,
    the_demo_has_enough_in_it_to_look_around,
}

/// Before anybody moved in.
mod fresh {
    use super::{
        a_fresh_installation_prints_its_set_up_link_and_hides_everything_else,
        t5_over_plain_http_nothing_is_served_but_to_this_machine, the_demo_prints_how_to_sign_in_as_a_table,
        the_demo_prints_how_to_sign_in_as_json,
        what_can_be_configured_is_in_the_help_and_a_misspelt_variable_stops_the_start,
    };

    crate::on_both! {
        empty =>
        a_fresh_installation_prints_its_set_up_link_and_hides_everything_else,
        what_can_be_configured_is_in_the_help_and_a_misspelt_variable_stops_the_start,
        t5_over_plain_http_nothing_is_served_but_to_this_machine,
        the_demo_prints_how_to_sign_in_as_json,
        the_demo_prints_how_to_sign_in_as_a_table,
    }
}

fn a_health_check_answers_without_an_organization(world: World) {
    world.stranger_at("").get("/healthz").assert_ok();
    world.stranger_at("").get("/readyz").assert_ok();
}

/// T7
fn an_unknown_host_is_refused(world: World) {
    world.stranger_at("nobody").get("/").assert_status(421);
}

/// T36: the check is in [`crate::world`]'s `Server::stop`; an open event stream must not hold it up.
fn sigterm_ends_the_server_within_ten_seconds(mut world: World) {
    let stream = world.ada().listen("/staff/live");
    assert!(stream.status.is_success());
    world.server_mut().stop();
    stream.rest();
}

/// P4
fn signing_in_opens_the_door_and_signing_out_closes_it_on_the_server(world: World) {
    let ada = world.sign_in("ada@studio.test");
    let old_tab = ada.with_the_same_cookies();
    ada.visit("/").assert_ok().press("Sign out").assert_ok();
    old_tab.get("/staff").assert_redirects_to("/sign-in");
}

fn a_fresh_installation_prints_its_set_up_link_and_hides_everything_else(world: World) {
    let link = world.setup_link();
    assert!(link.starts_with(&format!("http://localhost:{}/setup?token=", world.server().port())), "{link}");
    world.stranger_at("").get("/setup").assert_not_found();
}

fn what_can_be_configured_is_in_the_help_and_a_misspelt_variable_stops_the_start(world: World) {
    let mut surroundings = world.server().surroundings().clone();
    let help = surroundings.run(&["serve", "--help"]).assert_success();
    for name in [
        "PORTICO_LISTEN",
        "PORTICO_PUBLIC_URL",
        "PORTICO_DATA",
        "PORTICO_TRUSTED_PROXIES",
        "DATABASE_URL",
        "STORAGE_URL",
        "SMTP_URL",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET",
        "STRIPE_API_BASE",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ] {
        assert!(help.contains(name), "no {name} in\n{help}");
    }
    surroundings.set("PORTICO_LISTNE", "127.0.0.1:0");
    let said = surroundings.run(&["serve"]).assert_failure();
    assert_eq!(said, "portico: PORTICO_LISTNE is unknown: did you mean PORTICO_LISTEN?");
}

fn t5_over_plain_http_nothing_is_served_but_to_this_machine(world: World) {
    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
    surroundings.set("PORTICO_PUBLIC_URL", "http://portal.example");
    let said = surroundings.run(&["serve"]).assert_failure();
    assert!(said.contains("PORTICO_PUBLIC_URL") && said.contains("https"), "{said}");
}

fn the_demo_fills_nothing_but_an_empty_installation(world: World) {
    let said = world.server().surroundings().run(&["demo"]).assert_failure();
    assert!(said.starts_with("portico: this installation is not empty"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

fn the_demo_has_enough_in_it_to_look_around(world: World) {
    let ada = world.ada();
    let portals = ada.visit("/staff/portals");
    let depths: Vec<usize> = portals
        .attributes("main a[href^='/staff/portals/']", "href")
        .iter()
        .filter(|href| !href.ends_with("/new"))
        .flat_map(|href| depths_of_items(&ada, href, 1))
        .collect();
    let names = ["Acme website relaunch", "Globex brand refresh", "Studio resources"];
    names.iter().for_each(|name| assert!(portals.shows(name), "no {name}: {portals}"));
    assert!(depths.len() >= 30, "{} items", depths.len());
    assert!(depths.iter().max() >= Some(&3), "no folder in a folder with something in it");
    let handbook = portals.press(names[0]).press("Brand handbook.pdf");
    assert_eq!(handbook.attributes("img.file-page", "alt"), ["Page 1 of 40"]);
}

/// How many folders deep each item lies, the top of the portal being 1.
fn depths_of_items(staff: &Person, listing: &str, depth: usize) -> Vec<usize> {
    let listing = staff.visit(listing);
    let names = listing.texts("#items .row-name");
    let folders = listing.attributes("#items a.row-name[href*='folder=']", "href");
    let below = folders.iter().flat_map(|href| depths_of_items(staff, href, depth + 1));
    names.iter().map(|_| depth).chain(below).collect()
}

/// Each column begins where its title does.
fn the_demo_prints_how_to_sign_in_as_a_table(mut world: World) {
    world.server_mut().stop();
    let printed = world.command(&["demo"]).assert_success();
    world.server_mut().launch();
    world.server_mut().wait_until_ready();

    let studio = printed.lines().find(|line| line.starts_with("studio ")).unwrap();
    assert!(studio.ends_with(&world.stranger_at("studio").origin()), "{studio}");
    let mut lines = printed.lines().skip_while(|line| !line.starts_with("NAME"));
    let titles = lines.next().unwrap();
    let at = ["EMAIL", "PASSWORD", "ORGANIZATION"].map(|title| titles.find(title).unwrap());
    for line in lines {
        let column = |from: usize, to: usize| line[from..to].trim();
        let browser = world.stranger_at(&line[at[2]..]);
        browser.sign_in(column(at[0], at[1]), column(at[1], at[2])).assert_signed_in();
    }
}

fn the_demo_prints_how_to_sign_in_as_json(mut world: World) {
    world.server_mut().stop();
    let printed = world.command(&["demo", "--json"]).assert_success();
    world.server_mut().launch();
    world.server_mut().wait_until_ready();

    let demo: Value = serde_json::from_str(&printed).unwrap();
    let address = |slug: &str| world.stranger_at(slug).origin();
    assert_eq!(
        demo["organizations"],
        json!([{ "slug": "studio", "url": address("studio") }, { "slug": "rival", "url": address("rival") }])
    );
    let people = demo["people"].as_array().unwrap();
    for persona in [
        ["ada@studio.test", "owner", "studio"],
        ["ben@studio.test", "member", "studio"],
        ["carol@acme.test", "client", "studio"],
        ["cyril@acme.test", "client", "studio"],
        ["dora@globex.test", "client", "studio"],
        ["eve@rival.test", "owner", "rival"],
    ] {
        let is_told = |person: &Value| {
            json!(persona) == json!([person["email"], person["role"], person["organization"]])
        };
        assert!(people.iter().any(is_told), "no {persona:?} in {printed}");
    }
    for person in people {
        assert_eq!(person.as_object().unwrap().len(), 5, "{person}");
        let word = |key: &str| person[key].as_str().unwrap();
        let browser = world.stranger_at(word("organization"));
        browser.sign_in(word("email"), word("password")).assert_signed_in();
        let account = if word("role") == "client" { "/account" } else { "/staff/account" };
        browser.visit(account).assert_ok().assert_shows(word("name"));
    }
    assert_eq!(demo.as_object().unwrap().len(), 2, "{printed}");
}
