//! What every module stands on, seen from outside: starting, stopping, signing in, mail and objects.

use crate::{
    on_both,
    world::{Backend, World},
};

on_both! {
    a_health_check_answers_without_an_organization,
    an_unknown_host_is_refused,
    sigterm_ends_the_server_within_ten_seconds,
    signing_in_opens_the_door_and_signing_out_closes_it_on_the_server,
    the_demo_fills_nothing_but_an_empty_installation,
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

#[test]
fn a_fresh_installation_prints_its_set_up_link_and_hides_everything_else() {
    let world = World::empty(Backend::Sqlite);
    let link = world.setup_link();
    assert!(link.starts_with(&format!("http://localhost:{}/setup?token=", world.server().port())), "{link}");
    world.stranger_at("").get("/setup").assert_not_found();
}

#[test]
fn what_can_be_configured_is_in_the_help_and_a_misspelt_variable_stops_the_start() {
    let world = World::empty(Backend::Sqlite);
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
    ] {
        assert!(help.contains(name), "no {name} in\n{help}");
    }
    surroundings.set("PORTICO_LISTNE", "127.0.0.1:0");
    let said = surroundings.run(&["serve"]).assert_failure();
    assert_eq!(said, "portico: PORTICO_LISTNE is unknown: did you mean PORTICO_LISTEN?");
}

fn the_demo_fills_nothing_but_an_empty_installation(world: World) {
    let said = world.server().surroundings().run(&["demo"]).assert_failure();
    assert!(said.starts_with("portico: this installation is not empty"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
