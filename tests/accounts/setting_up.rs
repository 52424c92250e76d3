//! A fresh installation, from the printed link to the owner's first page.

use std::{sync::Barrier, thread};

use crate::world::{Backend, Form, Page, Person, World};

use super::{PASSWORD, ask_for_reset};

const GREEN: &str = "#2f6f5e";

fn on_both_when_empty(check: impl Fn(World)) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        check(World::empty(backend));
    }
}

#[track_caller]
fn filled(page: &Page) -> Form {
    let form = page.assert_ok().form_with_button("Start");
    let form = form.fill("Name", "Atelier Été").fill("Colour", GREEN).fill("Email", "Ada@Atelier.test");
    form.fill("Your name", "Ada Lefèvre").fill("Password", PASSWORD).fill("Time zone", "Europe/Paris")
}

#[track_caller]
fn set_up(world: &World, browser: &Person) -> Page {
    let home = filled(&browser.visit(&world.setup_link())).submit().follow();
    home.assert_ok();
    home
}

#[test]
fn setting_up_ends_in_the_organizations_own_name_and_colour() {
    on_both_when_empty(|world| {
        let ada = world.stranger_at("");
        let home = set_up(&world, &ada);
        assert_eq!(home.path(), "/staff");
        home.assert_shows("Atelier Été");
        assert_eq!(ada.visit("/staff/account").form_with_field("Name").value("Name"), "Ada Lefèvre");
        let looks = ada.visit("/staff/settings/looks").form_with_field("Colour");
        assert_eq!(looks.value("Colour"), GREEN);
        let styles = home.attributes("link[rel=stylesheet]", "href");
        assert_eq!(styles.len(), 2, "the kit's and the organization's own: {styles:?}");
        ada.get(&styles[1]).assert_ok();

        // White on it reads well (5.9:1), so that mail wears it as it is.
        ask_for_reset(&world.stranger_at(""), "ada@atelier.test").assert_ok().assert_shows("Atelier Été");
        let mail = world.mailbox().next_to("ada@atelier.test");
        assert!(mail.html.contains(&format!("background:{GREEN};color:#ffffff")), "{}", mail.html);
        assert!(mail.subject.contains("Atelier Été"), "{}", mail.subject);

        let elsewhere = world.stranger_at("");
        elsewhere.sign_in("ada@atelier.test", PASSWORD).assert_redirects_to("/staff");
    });
}

#[test]
fn p43_bad_input_is_answered_at_its_field_with_everything_kept() {
    on_both_when_empty(|world| {
        let long = "é".repeat(10_000);
        let form = filled(&world.stranger_at("").visit(&world.setup_link()));
        for (field, typed, sentence) in [
            ("Name", " ", "Write a name."),
            ("Name", &long, "200 characters"),
            ("Name", "a\0b", "invisible characters"),
            ("Colour", "red", "Choose a colour."),
            ("Colour", "", "Choose a colour."),
            ("Your name", " ", "Write a name."),
            ("Your name", &long, "200 characters"),
            ("Your name", "a\0b", "invisible characters"),
            ("Email", "", "Enter an email address."),
            ("Email", "ada", "not a complete email address"),
            ("Password", "", "at least 12 characters"),
            ("Password", "elevenchars", "at least 12 characters"),
            ("Password", "password1234", "too easy to guess"),
            ("Password", "ada@atelier.test", "too easy to guess"),
            ("Time zone", "", "time zone is not known"),
            ("Time zone", "Mars/Olympus", "time zone is not known"),
        ] {
            let answer = form.clone().fill(field, typed).submit();
            let said = answer.assert_status(422).field_error(field);
            assert!(said.contains(sentence), "{field} {typed:?}: {said}");
            let again = answer.form_with_button("Start");
            let others = ["Name", "Colour", "Your name", "Email", "Time zone"];
            for other in others.into_iter().filter(|other| *other != field) {
                assert_eq!(again.value(other), form.value(other), "beside {field} {typed:?}");
            }
            assert_eq!(again.value("Password"), "", "a password is never sent back");
        }
        // None of this used the link up.
        form.submit().follow().assert_ok().assert_shows("Atelier Été");
    });
}

#[test]
fn a_made_up_link_opens_nothing_and_a_used_one_looks_the_same() {
    on_both_when_empty(|world| {
        let (stranger, link) = (world.stranger_at(""), world.setup_link());
        let form = filled(&stranger.visit(&link));
        let made_up = format!("/setup?token={}", "A".repeat(43));
        for address in ["/setup", "/setup?token=", "/setup?token=%00", &made_up] {
            stranger.get(address).assert_not_found().assert_hides("<form");
        }
        let fields = |token: &str| {
            [
                ("token", token.to_owned()),
                ("name", "Eve".to_owned()),
                ("colour", GREEN.to_owned()),
                ("owner_name", "Eve".to_owned()),
                ("email", "eve@evil.test".to_owned()),
                ("password", PASSWORD.to_owned()),
                ("time_zone", "UTC".to_owned()),
            ]
        };
        for token in ["", "\0", &"A".repeat(43)] {
            let fields = fields(token);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            stranger.post("/setup", &fields).assert_not_found();
        }

        form.submit().follow().assert_ok();
        let used = stranger.get(&link);
        used.assert_not_found();
        assert_eq!(used.text(), stranger.get(&made_up).text());
        form.clone().fill("Name", "Second").by(&world.stranger_at("")).submit().assert_not_found();
        stranger.visit("/staff").assert_hides("Second");
    });
}

#[test]
fn t8_of_many_who_use_the_link_at_once_one_is_the_owner() {
    on_both_when_empty(|world| {
        let link = world.setup_link();
        let barrier = Barrier::new(20);
        let answers: Vec<(Person, Page)> = thread::scope(|scope| {
            let arriving = (0..20).map(|number| {
                let (world, link, barrier) = (&world, &link, &barrier);
                scope.spawn(move || {
                    let browser = world.stranger_at("");
                    let form =
                        filled(&browser.visit(link)).fill("Email", &format!("owner{number}@atelier.test"));
                    barrier.wait();
                    let answer = form.submit();
                    (browser, answer)
                })
            });
            let arriving: Vec<_> = arriving.collect();
            arriving.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let (winners, others): (Vec<_>, Vec<_>) =
            answers.into_iter().partition(|(_, answer)| answer.redirect_target().is_some());
        assert_eq!(winners.len(), 1, "owners");
        let people = winners[0].0.visit("/staff/people").attributes("main a[href^='/staff/people/']", "href");
        let people: Vec<_> = people.iter().filter(|link| !link.ends_with("/new")).collect();
        assert_eq!(people.len(), 1, "{people:?}");
        for (browser, answer) in others {
            assert!(answer.status.is_client_error(), "{answer}");
            browser.get("/staff").assert_redirects_to("/sign-in");
        }
    });
}

#[test]
fn p41_who_sets_up_in_french_gets_a_french_organization() {
    on_both_when_empty(|world| {
        let browser = world.stranger_at("").sending("accept-language", "fr-CA, en;q=0.5");
        let form = browser.visit(&world.setup_link()).form_with_button("Commencer");
        let form = form.fill("Nom", "Atelier").fill("E-mail", "ada@atelier.test");
        let home = form.fill("Votre nom", "Ada Lefèvre").fill("Mot de passe", PASSWORD).submit().follow();
        assert_eq!(home.assert_ok().attributes("html", "lang"), ["fr"]);
        assert_eq!(world.stranger_at("").visit("/sign-in").attributes("html", "lang"), ["fr"]);
    });
}
