//! T9: what makes a password, wherever one is chosen.

use crate::{on_both, world::World};

use super::{PASSWORD, choose_password, invitation, reset};

on_both! {
    t9_a_password_that_is_easy_to_guess_is_answered_at_the_field,
    t9_any_password_that_is_hard_to_guess_is_taken_as_it_was_typed,
    t9_a_thousand_characters_of_any_script_make_a_password,
    t9_a_password_is_nowhere_to_be_read,
}

fn t9_a_password_that_is_easy_to_guess_is_answered_at_the_field(world: World) {
    let invited = invitation(&world, "zoe@acme.test", "Autumn campaign");
    let forgotten = reset(&world, "carol@acme.test");
    for (password, sentence) in [
        ("", "at least 12 characters"),
        ("elevenchars", "at least 12 characters"),
        ("\u{1f33f}\u{1f33f}\u{1f33f}\u{1f33f}\u{1f33f}\u{1f33f}", "at least 12 characters"),
        ("password1234", "too easy to guess"),
        ("P@ssw0rd1234", "too easy to guess"),
        ("qwertyuiop12", "too easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "too easy to guess"),
        ("123456789012", "too easy to guess"),
        ("Studio Nord 1", "too easy to guess"),
    ] {
        for (link, own_address) in [(&invited, "zoe@acme.test"), (&forgotten, "carol@acme.test")] {
            let answer = choose_password(&world.stranger(), link, password);
            let said = answer.assert_status(422).field_error("Password");
            assert!(said.contains(sentence), "{password:?}: {said}");
            assert_eq!(answer.form_with_field("Password").value("Password"), "", "it is never sent back");
            let answer = choose_password(&world.stranger(), link, own_address);
            assert!(answer.assert_status(422).field_error("Password").contains("too easy to guess"));
        }
    }
    // None of this used a link up.
    for link in [&invited, &forgotten] {
        choose_password(&world.stranger(), link, PASSWORD).follow().assert_ok();
    }
}

fn t9_any_password_that_is_hard_to_guess_is_taken_as_it_was_typed(world: World) {
    let long_latin = "plum tart & cold tea ".repeat(47) + "x";
    assert!(long_latin.chars().count() <= 1_000);
    for password in [
        "correct horse battery staple",
        "  spaces around a heron  ",
        "дождь идёт весь день 7",
        "庭の桜が今年も早く咲きました",
        "\u{1f33f}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} plum tart, cold tea",
        "quotes \" & <tags> % + ; plum",
        "a tab\tand a nul \0 in the orchard",
        long_latin.as_str(),
    ] {
        let answer = choose_password(&world.stranger(), &reset(&world, "carol@acme.test"), password);
        assert!(answer.redirect_target().is_some(), "{password:?}: {answer}");
        world.stranger().sign_in("carol@acme.test", password).assert_signed_in();
        let beginning: String = password.chars().take(password.chars().count() - 1).collect();
        for other in [format!("{password} "), beginning, password.to_uppercase()] {
            if other != password {
                world.stranger().sign_in("carol@acme.test", &other).assert_status(422);
            }
        }
        // As many attempts as this would be a limit's affair.
        world.clock().advance_seconds(3_600);
    }
}

/// As the sentence says that refuses more.
fn t9_a_thousand_characters_of_any_script_make_a_password(world: World) {
    for sentence in ["plum tart & cold tea ", "庭の桜が今年も早く咲きました。"] {
        let thousand: String = sentence.chars().cycle().take(1_000).collect();
        let too_long = format!("{thousand}x");
        let answer = choose_password(&world.stranger(), &reset(&world, "carol@acme.test"), &too_long);
        assert!(answer.assert_status(422).field_error("Password").contains("at most 1,000 characters"));
        let answer = choose_password(&world.stranger(), &reset(&world, "carol@acme.test"), &thousand);
        assert!(answer.redirect_target().is_some(), "{}", answer.field_error("Password"));
        world.stranger().sign_in("carol@acme.test", &thousand).assert_signed_in();
    }
}

fn t9_a_password_is_nowhere_to_be_read(world: World) {
    let answer = choose_password(&world.stranger(), &reset(&world, "carol@acme.test"), PASSWORD);
    answer.follow().assert_ok().assert_hides(PASSWORD);
    let rows = world.database().snapshot(&[]);
    assert!(rows.holds("carol@acme.test"), "it is the right database");
    assert!(!rows.holds(PASSWORD), "a password stands in the database");
    // OWASP, Password Storage Cheat Sheet: argon2id with at least 19 MiB, two passes, one lane.
    assert!(rows.holds("$argon2id$v=19$m=19456,t=2,p=1$"));
}
