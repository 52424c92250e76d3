//! P5: nobody learns from a reply whether an address is known.

use crate::{
    on_both,
    world::{Page, World},
};

use super::{PASSWORD, ask_for_reset, told};

on_both! {
    p5_signing_in_says_the_same_of_every_address,
    p5_asking_for_a_reset_says_the_same_of_every_address_and_writes_only_to_those_who_joined,
    p5_a_limit_is_reached_as_soon_for_an_address_that_nobody_has,
    p43_an_address_that_is_none_is_answered_at_the_field,
}

const UNKNOWN: &str = "nobody@acme.test";

/// Joined client, owner, invited but never here, at home in another organization, and removed.
fn addresses(world: &World) -> [&'static str; 5] {
    world.ada().visit("/staff/clients").press("Dora Lindt").press("Delete").assert_ok();
    ["carol@acme.test", "ada@studio.test", "ines@umbra.test", "rita@client.test", "dora@globex.test"]
}

fn p5_signing_in_says_the_same_of_every_address(world: World) {
    world.ada().visit("/staff/clients").assert_shows("ines@umbra.test");
    let attempt = |email: &str| world.stranger().sign_in(email, PASSWORD);
    let expected = told(&attempt(UNKNOWN), UNKNOWN);
    assert_eq!(expected.0, 422);
    attempt(UNKNOWN).assert_shows("do not belong together");
    for email in addresses(&world) {
        assert_eq!(told(&attempt(email), email), expected, "{email}");
        assert_eq!(attempt(email).form_with_button("Sign in").value("Email"), email);
    }
    let partial = |email: &str| {
        let form = world.stranger().visit("/sign-in").form_with_button("Sign in").partial();
        told(&form.fill("Email", email).fill("Password", PASSWORD).submit(), email)
    };
    let expected = partial(UNKNOWN);
    for email in addresses_again() {
        assert_eq!(partial(email), expected, "{email}");
    }
}

fn addresses_again() -> [&'static str; 3] {
    ["carol@acme.test", "ines@umbra.test", "dora@globex.test"]
}

fn p5_asking_for_a_reset_says_the_same_of_every_address_and_writes_only_to_those_who_joined(world: World) {
    let ask = |email: &str| ask_for_reset(&world.stranger(), email);
    let expected = told(&ask(UNKNOWN), UNKNOWN);
    assert_eq!(expected.0, 200);
    for email in addresses(&world) {
        assert_eq!(told(&ask(email), email), expected, "{email}");
    }
    ask("cyril@acme.test").assert_shows("If cyril@acme.test has an account here");
    // Mails go out in their order: what was asked for before would be there.
    world.mailbox().next_to("cyril@acme.test");
    let mails = |email: &str| world.mailbox().so_far_to(email).len();
    assert_eq!([UNKNOWN, "ines@umbra.test", "rita@client.test", "dora@globex.test"].map(mails), [0; 4]);
    assert_eq!(["carol@acme.test", "ada@studio.test"].map(mails), [1; 2]);
}

fn p5_a_limit_is_reached_as_soon_for_an_address_that_nobody_has(world: World) {
    let thirty = |attempt: &dyn Fn(&str) -> Page, email: &str| -> Vec<u16> {
        (0..30).map(|_| attempt(email).status.as_u16()).collect()
    };
    let sign_in = |email: &str| world.stranger().sign_in(email, PASSWORD);
    let known = thirty(&sign_in, "carol@acme.test");
    assert_eq!(known[29], 429, "{known:?}");
    assert_eq!(thirty(&sign_in, UNKNOWN), known);
    world.clock().advance(1);
    let ask = |email: &str| ask_for_reset(&world.stranger(), email);
    let known = thirty(&ask, "carol@acme.test");
    assert_eq!(known[29], 429, "{known:?}");
    assert_eq!(thirty(&ask, UNKNOWN), known);
}

/// That it is no address at all can be said without knowing anybody.
fn p43_an_address_that_is_none_is_answered_at_the_field(world: World) {
    for typed in ["", "carol", "carol@", "carol@acme.test, dora@globex.test"] {
        let answer = ask_for_reset(&world.stranger(), typed);
        answer.assert_status(422);
        assert!(answer.field_error("Email").contains("address"), "{typed:?}: {answer}");
        assert_eq!(answer.form_with_button("Send link").value("Email"), typed);
    }
}
