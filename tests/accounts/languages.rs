//! P41: everyone reads their own language, from the first mail on.

use crate::{
    on_both,
    steps::{new_portal, share},
    world::{Page, Person, World},
};

use super::{PASSWORD, ask_for_reset, choose_password};

on_both! {
    p41_who_is_not_known_is_met_in_the_language_of_the_organization,
    p41_a_chosen_language_wins_over_the_browsers,
    p41_an_address_that_is_nobodys_is_answered_in_ones_own_language,
    p41_a_french_client_reads_french_from_the_first_mail_on,
    p41_a_reset_is_in_the_language_of_the_person,
    p41_staff_read_their_own_language_whatever_their_clients_read,
}

#[track_caller]
fn assert_in(page: &Page, language: &str) {
    assert_eq!(page.attributes("html", "lang"), [language], "{page}");
}

#[track_caller]
fn choose_french(person: &Person, account: &str) {
    let page =
        person.visit(account).form_with_field("Language").fill("Language", "Français").submit().follow();
    assert_in(page.assert_ok(), "fr");
}

fn p41_who_is_not_known_is_met_in_the_language_of_the_organization(world: World) {
    let addresses = ["/sign-in", "/reset", "/", "/nothing-here"];
    let french = world.stranger().sending("accept-language", "fr");
    addresses.iter().for_each(|address| assert_in(&french.get(address), "en"));

    let looks = world.ada().visit("/staff/settings/looks").form_with_field("Language");
    looks.fill("Language", "Français").submit().follow().assert_ok();
    let english = world.stranger().sending("accept-language", "en-GB");
    for address in addresses {
        assert_in(&english.get(address), "fr");
    }
    let page = english.get("/sign-in");
    page.assert_shows("Se connecter").assert_shows("Mot de passe oublié ?").assert_hides("Password");
    let wrong = page.form_with_button("Se connecter").fill("E-mail", "carol@acme.test").submit();
    wrong.assert_status(422).assert_shows("ne vont pas ensemble");
}

fn p41_a_chosen_language_wins_over_the_browsers(world: World) {
    let carol = world.sign_in("carol@acme.test");
    assert_in(&carol.sending("accept-language", "fr").visit("/account"), "en");
    choose_french(&carol, "/account");
    let carol = carol.sending("accept-language", "en");
    for address in ["/", "/account", "/sign-out", "/search?q=x", &format!("/files/{}", "0".repeat(32))] {
        assert_in(&carol.get(address), "fr");
    }
}

fn p41_an_address_that_is_nobodys_is_answered_in_ones_own_language(world: World) {
    let carol = world.sign_in("carol@acme.test");
    choose_french(&carol, "/account");
    let page = carol.sending("accept-language", "en").get("/nothing-here");
    assert_in(page.assert_not_found().assert_shows("Cette page"), "fr");
}

fn p41_a_french_client_reads_french_from_the_first_mail_on(world: World) {
    let form = world.ada().visit("/staff/clients").press("New client").form_with_button("Save");
    let form = form.fill("Name", "Zoé Petit").fill("Email", "zoe@acme.test").fill("Language", "Français");
    form.submit().follow().assert_ok();
    share(&new_portal(&world.ada(), "Autumn campaign"), "zoe@acme.test");
    let mail = world.mailbox().next_to("zoe@acme.test");
    assert_eq!(mail.subject, "Studio Nord a partagé «\u{a0}Autumn campaign\u{a0}» avec vous");
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains("Bonjour Zoé Petit,") && !twin.contains("Hello"), "{twin}");
    }
    let link = mail.link("Créer votre compte");

    // Somebody else's machine, perhaps: what staff know of the person says more than its browser.
    let zoe = world.stranger();
    assert_in(zoe.visit(&link).assert_ok(), "fr");
    let form = zoe.visit(&link).form_with_field("Mot de passe");
    let home = form.fill("Mot de passe", PASSWORD).submit().follow();
    assert_in(home.assert_ok().assert_shows("Autumn campaign"), "fr");
}

fn p41_a_reset_is_in_the_language_of_the_person(world: World) {
    choose_french(&world.sign_in("carol@acme.test"), "/account");
    ask_for_reset(&world.stranger(), "carol@acme.test").assert_ok();
    let mail = world.mailbox().next_to("carol@acme.test");
    assert_eq!(mail.subject, "Un nouveau mot de passe pour Studio Nord");
    assert!(mail.text.contains("Bonjour Carol Meyer,"), "{}", mail.text);
    let link = mail.link("Choisir un nouveau mot de passe");
    assert_in(world.stranger().visit(&link).assert_ok(), "fr");
}

fn p41_staff_read_their_own_language_whatever_their_clients_read(world: World) {
    choose_french(&world.sign_in("ben@studio.test"), "/staff/account");
    assert_in(&world.ben().visit("/staff/clients"), "fr");
    assert_in(&world.ada().visit("/staff/clients"), "en");
    // What Ben sends is in the language of whoever reads it.
    let portal = world.ada().visit("/staff/portals").press("New portal");
    let portal = portal.form_with_field("Name").fill("Name", "Autumn campaign").submit().follow();
    let form =
        world.ben().visit(&format!("{}/sharing", portal.path())).form_with_button("Envoyer l’invitation");
    form.fill("E-mail", "yan@acme.test").submit().follow().assert_ok();
    let mail = world.mailbox().next_to("yan@acme.test");
    choose_password(&world.stranger(), &mail.link("Set up your account"), PASSWORD).follow().assert_ok();
}
