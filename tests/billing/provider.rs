//! The keys of Stripe, entered in the browser.

use serde_json::json;

use super::{
    charging::{payments, save_card},
    of_client,
    online::{paid, pay, status_of},
    sent,
    subscriptions::{invoices, running},
};
use crate::{
    on_both,
    world::{Page, SECRET_KEY, WEBHOOK_SECRET, World, until},
};

on_both! {
    with_stripe =>
    keys_of_ones_own_win_over_the_installations_and_are_checked_in_words,
    whether_the_signing_secret_fits_shows_when_an_event_arrives,
    t15_keys_are_kept_encrypted_and_never_shown_again,
    with_keys_of_another_account_nothing_of_the_first_goes_on,
    a_new_key_of_the_same_account_goes_on_with_everything,
}

/// What [`SECRET_KEY`] opens is not opened by this.
const OTHER_ACCOUNT: &str = "sk_test_fake1111";
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
    let mistyped = enter(&world, "sk_test_mistyped0000", "whsec_mine00000000");
    mistyped.assert_status(422);
    assert!(
        mistyped.field_error("Secret key").contains("Stripe does not know this secret key."),
        "{mistyped}"
    );
    ada.visit(HERE).assert_shows("of this installation");
    // Where Stripe cannot be asked, they are kept, and the button says what is wrong.
    world.stripe().control("knobs", json!({ "fail": 503 }));
    enter(&world, "sk_test_mistyped0000", "whsec_mine00000000").follow().assert_ok();
    world.stripe().control("knobs", json!({ "fail": null }));
    let page = ada.visit(HERE);
    page.assert_shows("Clients can try to pay").assert_hides("of this installation");
    page.press("Check the keys").assert_shows("Stripe does not know this secret key.");
    world.stripe().control("knobs", json!({ "fail": 503 }));
    page.press("Check the keys").assert_shows("Stripe does not answer at the moment.");
    world.stripe().control("knobs", json!({ "fail": null }));
    // What is left empty stays.
    enter(&world, SECRET_KEY, "").follow().assert_ok();
    ada.visit(HERE).press("Check the keys").assert_shows("Studio at Stripe").assert_shows("has come yet");
    ada.visit(HERE).press("Forget the keys").assert_shows("with the keys of this installation");
    world.ben().get(HERE).assert_status(403);
}

fn whether_the_signing_secret_fits_shows_when_an_event_arrives(world: World) {
    let ada = world.ada();
    let checked = || ada.visit(HERE).press("Check the keys");
    let invoice = sent(&ada, "Carol Meyer", "70.00");
    checked().assert_shows("has come yet");
    let events = paid(&world, &of_client(&invoice), "card");
    let event = events.last().unwrap();
    world.stripe().tell_signed(&world.stranger(), event, "whsec_of_another_address", 0).assert_status(400);
    checked().assert_shows("has come yet");
    world.stripe().tell(&world.stranger(), event).assert_ok();
    checked().assert_shows("the signing secret fits them").assert_hides("has come yet");
    // Nothing is known of another one.
    enter(&world, SECRET_KEY, "whsec_mistyped0000").follow().assert_ok();
    checked().assert_shows("has come yet");
}

fn t15_keys_are_kept_encrypted_and_never_shown_again(world: World) {
    let (secret, webhook) = ("rk_test_averylongsecret01", "whsec_averylongsecret02");
    world.stripe().control("knobs", json!({ "fail": 503 }));
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

fn with_keys_of_another_account_nothing_of_the_first_goes_on(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = of_client(&sent(&ada, "Carol Meyer", "70.00"));
    enter(&world, SECRET_KEY, WEBHOOK_SECRET).follow().assert_ok();
    save_card(&world);
    pay(&carol, &invoice).assert_ok();
    let first = world.stripe().session();
    enter(&world, OTHER_ACCOUNT, WEBHOOK_SECRET).follow().assert_ok();
    // Nobody pays into the account that was left.
    until(|| status_of(&world, &first) == "expired");
    until(|| carol.visit(&format!("{invoice}/payment")).shows("You did not finish the payment"));
    pay(&carol, &invoice).assert_ok();
    assert_ne!(world.stripe().session(), first);
    // Nor is a card charged that another account knows.
    let care = running(&ada, "Server care", "49.90");
    let billed = invoices(&ada, &care).remove(0);
    world.mailbox().next_to("carol@acme.test");
    ada.visit(&billed).assert_shows("Balance €49.90");
    ada.visit(care.path()).assert_hides("Visa");
    carol.visit("/billing").assert_hides("Visa").assert_shows("Save a way of paying");
    assert!(payments(&world).is_empty());
}

fn a_new_key_of_the_same_account_goes_on_with_everything(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = of_client(&sent(&ada, "Carol Meyer", "70.00"));
    // Whose the installation's keys are is learned when they are compared for the first time.
    ada.visit(HERE).press("Compare now").assert_ok();
    until(|| ada.visit(HERE).shows("nothing new"));
    pay(&carol, &invoice).assert_ok();
    let first = world.stripe().session();
    enter(&world, "sk_test_rolled0000", WEBHOOK_SECRET).follow().assert_ok();
    pay(&carol, &invoice).assert_ok();
    assert_eq!((world.stripe().session(), status_of(&world, &first)), (first.clone(), "open".to_owned()));
    for event in world.stripe().pay(&first, "card") {
        world.stripe().tell(&world.stranger(), &event).assert_ok();
    }
    carol.visit(&invoice).assert_hides("Amount due");
}
