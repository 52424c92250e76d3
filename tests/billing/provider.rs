//! The keys of Stripe, entered in the browser.

use serde_json::json;

use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    with_stripe =>
    keys_of_ones_own_win_over_the_installations_and_are_checked_in_words,
    t15_keys_are_kept_encrypted_and_never_shown_again,
}

const HERE: &str = "/staff/settings/payments";

fn enter(world: &World, secret: &str, webhook: &str) -> Page {
    let form = world.ada().visit(HERE).form_with_button("Save");
    form.fill("Secret key", secret).fill("Signing secret of the webhook", webhook).submit()
}

fn keys_of_ones_own_win_over_the_installations_and_are_checked_in_words(world: World) {
    let ada = world.ada();
    let page = ada.visit(HERE);
    page.assert_shows("with the keys of this installation").assert_shows("/webhooks/stripe");
    page.press("Check the keys").assert_shows("Studio at Stripe");
    for (secret, webhook, label, words) in [
        ("pk_test_1", "whsec_1", "Secret key", "A secret key of Stripe begins with sk_ or rk_."),
        ("", "whsec_1", "Secret key", "A secret key of Stripe begins with sk_ or rk_."),
        ("sk_test_1", "", "Signing secret of the webhook", "A signing secret of Stripe begins with whsec_."),
    ] {
        let refused = enter(&world, secret, webhook);
        refused.assert_status(422);
        assert!(refused.field_error(label).contains(words), "{refused}");
    }
    enter(&world, "sk_test_mistyped0000", "whsec_mine00000000").follow().assert_ok();
    let page = ada.visit(HERE);
    page.assert_shows("Clients can try to pay").assert_hides("of this installation");
    page.press("Check the keys").assert_shows("Stripe does not know this secret key.");
    world.stripe().control("knobs", json!({ "fail": 503 }));
    page.press("Check the keys").assert_shows("Stripe does not answer at the moment.");
    world.stripe().control("knobs", json!({ "fail": null }));
    // What is left empty stays.
    enter(&world, crate::world::SECRET_KEY, "").follow().assert_ok();
    ada.visit(HERE).press("Check the keys").assert_shows("Studio at Stripe");
    ada.visit(HERE).press("Forget the keys").assert_shows("with the keys of this installation");
    world.ben().get(HERE).assert_status(403);
}

fn t15_keys_are_kept_encrypted_and_never_shown_again(world: World) {
    let (secret, webhook) = ("rk_test_averylongsecret01", "whsec_averylongsecret02");
    enter(&world, secret, webhook).follow().assert_ok();
    for page in [world.ada().visit(HERE), world.ada().visit("/staff/settings")] {
        assert!(!page.source().contains(secret) && !page.source().contains(webhook));
    }
    world.ada().visit(HERE).assert_shows("ending in et01").assert_shows("ending in et02");
    let rows = world.database().snapshot(&[]);
    assert!(!rows.holds(secret) && !rows.holds(webhook), "in the database");
    let log = world.server().log().join("\n");
    assert!(!log.contains(secret) && !log.contains(webhook), "in the log");
}
