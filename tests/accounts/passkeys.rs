//! Passkeys (WebAuthn): a second step that a person's device takes, for its own person, at one host, once.

use serde_json::Value;

use crate::{
    on_both,
    steps::demand_second_step,
    world::{Page, Person, World},
};

use super::{
    device::Device,
    second_step::{assert_refused, confirm, give, prove_password, set_up},
};

on_both! {
    a_passkey_is_a_second_step_and_lets_its_person_in,
    beside_an_app_either_lets_in_and_an_app_that_was_never_proved_does_not,
    t8_an_answer_is_to_the_question_that_was_put_a_moment_ago_and_is_taken_once,
    t8_a_passkey_is_its_persons_alone_and_at_its_own_host,
    a_copy_of_a_passkey_is_refused_and_stands_in_the_log,
    removing_one_asks_for_a_proof_and_the_last_one_ends_the_second_step,
    another_one_asks_for_a_proof_once_the_second_step_is_on,
    turning_the_second_step_off_forgets_passkeys,
    a_passkey_is_what_the_owner_demands,
    p11_another_persons_passkey_is_as_unknown_as_none,
    p43_a_name_that_is_none_is_said_at_the_field_and_nothing_is_added,
}

const REFUSED: &str = "This passkey could not be confirmed.";

#[track_caller]
fn asked(person: &Person, address: &str) -> Value {
    serde_json::from_str(&person.post(address, &[]).assert_ok().source()).unwrap()
}

fn asked_to_add(person: &Person, account: &str) -> Value {
    asked(person, &format!("{account}/second-step/passkey-ceremony"))
}

fn send_new(person: &Person, account: &str, asked: &Value, name: &str, answer: &str) -> Page {
    let ceremony = asked["ceremony"].as_str().unwrap();
    let fields = [("name", name), ("ceremony", ceremony), ("credential", answer)];
    person.post(&format!("{account}/second-step/passkeys"), &fields)
}

/// Where the second step is on already.
fn add_another(person: &Person, account: &str, name: &str, device: &Device, confirmation: &str) -> Page {
    let asked = asked_to_add(person, account);
    let answer = device.create(&asked["options"], &person.origin());
    let ceremony = asked["ceremony"].as_str().unwrap();
    let fields = [
        ("name", name),
        ("ceremony", ceremony),
        ("credential", answer.as_str()),
        ("confirmation", confirmation),
    ];
    person.post(&format!("{account}/second-step/passkeys"), &fields)
}

fn add(person: &Person, account: &str, name: &str, device: &Device) -> Page {
    let asked = asked_to_add(person, account);
    let answer = device.create(&asked["options"], &person.origin());
    send_new(person, account, &asked, name, &answer)
}

/// The first one, with which the recovery codes come.
#[track_caller]
fn add_first(person: &Person, account: &str) -> (Device, Vec<String>) {
    let device = Device::new();
    let codes = add(person, account, "Phone", &device).assert_ok().texts("ol.recovery-codes li");
    assert_eq!(codes.len(), 10);
    (device, codes)
}

fn asked_to_prove(browser: &Person) -> Value {
    asked(browser, "/sign-in/passkey-ceremony")
}

fn send_proof(browser: &Person, asked: &Value, answer: &str) -> Page {
    let ceremony = asked["ceremony"].as_str().unwrap();
    browser.post("/sign-in/passkey", &[("ceremony", ceremony), ("credential", answer)])
}

fn prove(browser: &Person, device: &Device) -> Page {
    let asked = asked_to_prove(browser);
    let answer = device.sign(&asked["options"], &browser.origin());
    send_proof(browser, &asked, &answer)
}

/// A browser that has proved the password and nothing more.
#[track_caller]
fn halfway(world: &World, email: &str) -> Person {
    let browser = world.stranger();
    prove_password(&browser, email, world.password_of(email));
    browser
}

fn page_of_first(person: &Person, account: &str) -> String {
    let list = person.visit(&format!("{account}/second-step"));
    list.attributes("a[href*='/second-step/passkeys/']", "href").remove(0)
}

fn log(world: &World) -> Page {
    world.ada().visit("/staff/settings/audit?topic=sign-ins")
}

fn a_passkey_is_a_second_step_and_lets_its_person_in(world: World) {
    for (email, account, home) in
        [("carol@acme.test", "/account", "/"), ("ben@studio.test", "/staff/account", "/staff")]
    {
        let person = world.sign_in(email);
        let page = person.visit(&format!("{account}/second-step"));
        // Without JavaScript the form says why it does nothing.
        let refused = page.form_with_button("Add a passkey").fill("Name", "Phone").submit();
        refused.assert_status(422).assert_shows("Passkeys need JavaScript");

        let (device, codes) = add_first(&person, account);
        let page = person.visit(&format!("{account}/second-step"));
        page.assert_shows("On since").assert_shows("Phone").assert_shows("not used yet");
        page.assert_shows("10 codes are left");
        let mail = world.mailbox().next_about(email, "A passkey was added");
        assert_eq!(mail.subject, "A passkey was added to your account at Studio Nord");

        let browser = halfway(&world, email);
        browser.get(account).assert_redirects_to("/sign-in");
        let page = browser.visit("/sign-in/code");
        assert!(page.has_button("Use a passkey"), "{page}");
        prove(&browser, &device).assert_redirects_to(home);
        browser.get(account).assert_ok();
        person.visit(&format!("{account}/second-step")).assert_shows("last used");
        // And once more, with a counter that went on.
        prove(&halfway(&world, email), &device).assert_redirects_to(home);
        // Without the device.
        let browser = halfway(&world, email);
        assert_refused(&give(&browser.visit("/sign-in/code"), "000000"), "000000");
        give(&browser.visit("/sign-in/code"), &codes[0]).assert_redirects_to(home);

        // A second device brings no other codes.
        let second = Device::new();
        add_another(&person, account, "Laptop", &second, world.password_of(email))
            .assert_redirects_to(&format!("{account}/second-step"));
        person
            .visit(&format!("{account}/second-step"))
            .assert_shows("Laptop")
            .assert_shows("9 codes are left");
        prove(&halfway(&world, email), &second).assert_redirects_to(home);
    }
    log(&world).assert_shows("Added a passkey").assert_shows("Was asked for a passkey");
}

fn beside_an_app_either_lets_in_and_an_app_that_was_never_proved_does_not(world: World) {
    let carol = world.carol();
    let (device, _) = add_first(&carol, "/account");
    let begun = carol.visit("/account/second-step").press("Set up");
    let key = begun.texts("code.second-step-key").remove(0);
    let app = super::authenticator::App { key };
    let unproved = app.code(&world);
    let browser = halfway(&world, "carol@acme.test");
    assert_refused(&give(&browser.visit("/sign-in/code"), &unproved), &unproved);
    // The recovery codes that there are stay: none are shown.
    let proved = give(&begun, &app.next_code(&world));
    proved.assert_redirects_to("/account/second-step");
    carol.visit("/account/second-step").assert_shows("An app on your phone shows the codes.");
    let browser = halfway(&world, "carol@acme.test");
    give(&browser.visit("/sign-in/code"), &app.next_code(&world)).assert_redirects_to("/");
    prove(&halfway(&world, "carol@acme.test"), &device).assert_redirects_to("/");

    // The other way round.
    let dora = world.dora();
    let (app, _) = set_up(&world, &dora, "/account");
    let device = Device::new();
    add_another(&dora, "/account", "Phone", &device, world.password_of("dora@globex.test"))
        .assert_redirects_to("/account/second-step");
    prove(&halfway(&world, "dora@globex.test"), &device).assert_redirects_to("/");
    let browser = halfway(&world, "dora@globex.test");
    give(&browser.visit("/sign-in/code"), &app.next_code(&world)).assert_redirects_to("/");
}

fn t8_an_answer_is_to_the_question_that_was_put_a_moment_ago_and_is_taken_once(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let origin = carol.origin();
    let refused = |answer: &Page| {
        answer.assert_status(422).assert_shows(REFUSED);
    };
    // Adding: to an older question, twice, too late, and what is no answer at all.
    let device = Device::new();
    let (older, newer) = (asked_to_add(&carol, "/account"), asked_to_add(&carol, "/account"));
    let to_older = device.create(&older["options"], &origin);
    refused(&send_new(&carol, "/account", &older, "Phone", &to_older));
    refused(&send_new(&carol, "/account", &newer, "Phone", &to_older));
    let late = asked_to_add(&carol, "/account");
    world.clock().advance_seconds(301);
    refused(&send_new(&carol, "/account", &late, "Phone", &device.create(&late["options"], &origin)));
    for nonsense in ["{}", "null", "[[[[", &"9".repeat(100_000)] {
        refused(&send_new(&carol, "/account", &asked_to_add(&carol, "/account"), "Phone", nonsense));
    }
    world
        .stranger()
        .sign_in("carol@acme.test", world.password_of("carol@acme.test"))
        .assert_redirects_to("/");
    let asked = asked_to_add(&carol, "/account");
    let answer = device.create(&asked["options"], &origin);
    send_new(&carol, "/account", &asked, "Phone", &answer).assert_ok();
    refused(&send_new(&carol, "/account", &asked, "Phone", &answer));

    // Signing in.
    let browser = halfway(&world, "carol@acme.test");
    let (older, newer) = (asked_to_prove(&browser), asked_to_prove(&browser));
    refused(&send_proof(&browser, &older, &device.sign(&older["options"], &origin)));
    refused(&send_proof(&browser, &newer, &device.sign(&older["options"], &origin)));
    // It was used up by that.
    refused(&send_proof(&browser, &newer, &device.sign(&newer["options"], &origin)));
    let late = asked_to_prove(&browser);
    world.clock().advance_seconds(301);
    refused(&send_proof(&browser, &late, &device.sign(&late["options"], &origin)));
    let asked = asked_to_prove(&browser);
    let answer = device.sign(&asked["options"], &origin);
    let other = halfway(&world, "carol@acme.test");
    send_proof(&browser, &asked, &answer).assert_redirects_to("/");
    refused(&send_proof(&other, &asked, &answer));
    // What was asked for adding proves nothing.
    let to_add = asked_to_add(&carol, "/account");
    refused(&send_proof(&other, &to_add, &device.create(&to_add["options"], &origin)));
    // And there is nothing to answer without a password.
    world.stranger().post("/sign-in/passkey-ceremony", &[]).assert_status(409);
    send_proof(&world.stranger(), &asked, &answer).assert_redirects_to("/sign-in");
}

fn t8_a_passkey_is_its_persons_alone_and_at_its_own_host(world: World) {
    let (carol, dora) = (world.carol(), world.dora());
    let (of_carol, _) = add_first(&carol, "/account");
    let (of_dora, _) = add_first(&dora, "/account");
    let browser = halfway(&world, "carol@acme.test");
    prove(&browser, &of_dora).assert_status(422).assert_shows(REFUSED);
    // Put to Dora, answered by Dora's key, brought along by who knows Carol's password.
    let other = halfway(&world, "dora@globex.test");
    let of_other = asked_to_prove(&other);
    let answer = of_dora.sign(&of_other["options"], &other.origin());
    send_proof(&browser, &of_other, &answer).assert_status(422).assert_shows(REFUSED);
    browser.get("/account").assert_redirects_to("/sign-in");
    // A key that is somebody's is nobody else's.
    let password = world.password_of("dora@globex.test");
    add_another(&dora, "/account", "Hers", &of_carol, password).assert_status(409);

    // Another organization's host, a look-alike, another port, no encryption.
    let own = browser.origin();
    let (scheme, port) = ("http://", own.rsplit_once(':').unwrap().1);
    for origin in [
        world.eve().origin(),
        format!("{scheme}evil-studio.localhost:{port}"),
        format!("{scheme}studio.localhost.evil.test:{port}"),
        format!("{scheme}studio.localhost"),
        own.replace("http:", "https:"),
    ] {
        let asked = asked_to_prove(&browser);
        let answer = of_carol.sign(&asked["options"], &origin);
        send_proof(&browser, &asked, &answer).assert_status(422).assert_shows(REFUSED);
    }
    let mut asked = asked_to_prove(&browser);
    asked["options"]["publicKey"]["rpId"] = "rival.localhost".into();
    let answer = of_carol.sign(&asked["options"], &own);
    send_proof(&browser, &asked, &answer).assert_status(422).assert_shows(REFUSED);
    let away = browser.at(&world.eve());
    away.post("/sign-in/passkey-ceremony", &[]).assert_status(409);
    prove(&browser, &of_carol).assert_redirects_to("/");
}

fn a_copy_of_a_passkey_is_refused_and_stands_in_the_log(world: World) {
    let (device, _) = add_first(&world.carol(), "/account");
    prove(&halfway(&world, "carol@acme.test"), &device).assert_redirects_to("/");
    log(&world).assert_hides("a copy of it seems to be in use");
    device.count_back_to(1);
    let browser = halfway(&world, "carol@acme.test");
    prove(&browser, &device).assert_status(422).assert_shows(REFUSED);
    browser.get("/account").assert_redirects_to("/sign-in");
    log(&world).assert_shows("a copy of it seems to be in use");

    // Whoever uses it first goes on, be it the copy.
    device.count_back_to(10);
    let (one, other) = (halfway(&world, "carol@acme.test"), halfway(&world, "carol@acme.test"));
    prove(&one, &device).assert_redirects_to("/");
    device.count_back_to(10);
    prove(&other, &device).assert_status(422).assert_shows(REFUSED);
    device.count_back_to(20);
    prove(&other, &device).assert_redirects_to("/");
}

fn removing_one_asks_for_a_proof_and_the_last_one_ends_the_second_step(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let password = world.password_of("carol@acme.test");
    let (phone, codes) = add_first(&carol, "/account");
    let laptop = Device::new();
    add_another(&carol, "/account", "Laptop", &laptop, password).assert_redirects_to("/account/second-step");
    let page = carol.visit(&page_of_first(&carol, "/account"));
    let removal = |confirmation: &str| {
        let form = page.assert_shows("Phone").form_with_button("Remove this passkey");
        form.fill("Password or code", confirmation).submit()
    };
    for wrong in ["", "not my password at all", "000000"] {
        assert!(!removal(wrong).assert_status(422).field_error("Password or code").is_empty());
    }
    let browser = halfway(&world, "carol@acme.test");
    let before = asked_to_prove(&browser);
    removal(password).assert_redirects_to("/account/second-step");
    removal(password).assert_not_found();
    let mail = world.mailbox().next_about("carol@acme.test", "was removed");
    assert_eq!(mail.subject, "A passkey was removed from your account at Studio Nord");
    // Not even to a question from before.
    let answer = phone.sign(&before["options"], &browser.origin());
    send_proof(&browser, &before, &answer).assert_status(422).assert_shows(REFUSED);
    prove(&browser, &laptop).assert_redirects_to("/");

    let halfway_there = halfway(&world, "carol@acme.test");
    let last = carol.visit(&page_of_first(&carol, "/account")).form_with_button("Remove this passkey");
    last.fill("Password or code", &codes[0]).submit().assert_redirects_to("/account/second-step");
    carol.visit("/account/second-step").assert_hides("On since");
    halfway_there.get("/sign-in/code").assert_redirects_to("/sign-in");
    world.stranger().sign_in("carol@acme.test", password).assert_redirects_to("/");
    world.mailbox().next_about("carol@acme.test", "is off");
    log(&world).assert_shows("Removed a passkey").assert_shows("Turned off the second step");
}

fn another_one_asks_for_a_proof_once_the_second_step_is_on(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let asked_for = "Your password, or a code";
    assert!(!carol.visit("/account/second-step").shows(asked_for));
    let (_, codes) = add_first(&carol, "/account");
    carol.visit("/account/second-step").assert_shows(asked_for);
    let laptop = Device::new();
    for wrong in ["", "not my password at all", "000000"] {
        let refused = add_another(&carol, "/account", "Laptop <b>", &laptop, wrong);
        assert!(!refused.assert_status(422).field_error(asked_for).is_empty());
        assert_eq!(refused.form_with_button("Add a passkey").value("Name"), "Laptop <b>");
    }
    add(&carol, "/account", "Laptop", &laptop).assert_status(422);
    carol.visit("/account/second-step").assert_hides("Laptop");
    add_another(&carol, "/account", "Laptop", &laptop, &codes[0]).assert_redirects_to("/account/second-step");
    carol.visit("/account/second-step").assert_shows("Laptop").assert_shows("9 codes are left");
}

fn turning_the_second_step_off_forgets_passkeys(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let password = world.password_of("carol@acme.test");
    let (device, _) = add_first(&carol, "/account");
    confirm(&carol, "/account", "Turn off", password).assert_redirects_to("/account");
    carol.visit("/account/second-step").assert_hides("not used yet");
    world.stranger().sign_in("carol@acme.test", password).assert_redirects_to("/");
    // The same device begins anew.
    add(&carol, "/account", "Phone", &device).assert_ok();

    let page = world.ada().visit("/staff/clients").press("Carol Meyer");
    page.press("Take the second step away").assert_ok();
    world.stranger().sign_in("carol@acme.test", password).assert_redirects_to("/");
}

fn a_passkey_is_what_the_owner_demands(world: World) {
    let (ada, ben) = (world.ada(), world.ben());
    demand_second_step(&ada).assert_redirects_to("/staff/settings/sign-in");
    let page = ben.visit("/staff/clients");
    assert_eq!(page.path(), "/staff/account/second-step");
    assert!(page.has_button("Add a passkey"), "{page}");
    let (device, _) = add_first(&ben, "/staff/account");
    ben.get("/staff/clients").assert_ok();
    prove(&halfway(&world, "ben@studio.test"), &device).assert_redirects_to("/staff");
    // Without it he is led back.
    let form = ben.visit(&page_of_first(&ben, "/staff/account")).form_with_button("Remove this passkey");
    form.fill("Password or code", world.password_of("ben@studio.test")).submit().follow().assert_ok();
    ben.get("/staff/clients").assert_redirects_to("/staff/account/second-step");
}

fn p11_another_persons_passkey_is_as_unknown_as_none(world: World) {
    add_first(&world.carol(), "/account");
    let page = page_of_first(&world.carol(), "/account");
    let removal = format!("{page}/removal");
    let staff_page = format!("/staff{page}");
    let absent = format!("/account/second-step/passkeys/{}", "0".repeat(32));
    let (clients, staff) = ([world.cyril(), world.dora()], [world.ada(), world.ben(), world.eve()]);
    let rows = world.database().at_rest(&["cursors.*", "jobs.*"]);
    for other in &clients {
        let told = other.get(&page);
        told.assert_not_found();
        assert_eq!(told.text(), other.get(&absent).text());
        other.post(&removal, &[("confirmation", world.password_of("cyril@acme.test"))]).assert_not_found();
    }
    for staff in &staff {
        staff.get(&staff_page).assert_not_found();
        let fields = [("confirmation", world.password_of("ada@studio.test"))];
        staff.post(&format!("{staff_page}/removal"), &fields).assert_not_found();
    }
    if let Some(changes) = rows.changes_until(&world.database().at_rest(&["cursors.*", "jobs.*"])) {
        panic!("a stranger's try changed something:\n{changes}");
    }
    // Staff who see as Carol see that it is there, and change nothing (P13).
    let onlooker = world.sign_in("ada@studio.test");
    onlooker.visit("/staff/clients").press("Carol Meyer").press("See as client").assert_ok();
    onlooker.visit("/account/second-step").assert_shows("Phone");
    onlooker.post("/account/second-step/passkey-ceremony", &[]).assert_status(403);
    onlooker.post(&removal, &[("confirmation", world.password_of("carol@acme.test"))]).assert_status(403);
}

fn p43_a_name_that_is_none_is_said_at_the_field_and_nothing_is_added(world: World) {
    let carol = world.carol();
    let device = Device::new();
    for name in ["", "   ", &"n".repeat(201), "two\nlines"] {
        let asked = asked_to_add(&carol, "/account");
        let answer = device.create(&asked["options"], &carol.origin());
        let refused = send_new(&carol, "/account", &asked, name, &answer);
        assert!(!refused.assert_status(422).field_error("Name").is_empty());
    }
    let refused = send_new(&carol, "/account", &asked_to_add(&carol, "/account"), "Ünïcode <b>", "{}");
    assert_eq!(refused.assert_status(422).form_with_field("Name").value("Name"), "Ünïcode <b>");
    carol.visit("/account/second-step").assert_hides("On since");
    let unknown = [("name", "Phone"), ("ceremony", ""), ("credential", ""), ("person_id", "1")];
    carol.post("/account/second-step/passkeys", &unknown).assert_status(400);
}
