//! T9: how often somebody may guess, and that nobody else pays for it.

use std::{fs, ops::Range};

use crate::{
    on_both,
    world::{Page, Person, World},
};

use super::{ANOTHER_PASSWORD, PASSWORD, choose_password, reset};

on_both! {
    t9_guessing_is_limited_and_locks_nobody_else_out,
    t9_one_address_cannot_try_every_account,
    t9_writing_an_address_differently_gives_no_more_guesses,
    t9_the_current_password_cannot_be_guessed_from_an_open_session,
    t9_endless_addresses_cost_no_memory,
    t7_an_address_that_nobody_vouches_for_gives_no_more_guesses,
    t9_a_network_of_ipv6_is_one_guesser,
}

const GUESSER: &str = "203.0.113.1";
pub(super) const ELSEWHERE: &str = "198.51.100.7";

/// With a reverse proxy in front, which tells who is asking.
pub(super) fn behind_a_proxy(world: &mut World) {
    let server = world.server_mut();
    server.set("PORTICO_TRUSTED_PROXIES", "127.0.0.1");
    server.stop();
    server.launch();
    server.wait_until_ready();
}

pub(super) fn from(world: &World, address: &str) -> Person {
    world.stranger().sending("x-forwarded-for", address)
}

/// What the first refusal says, and the number of guesses before it.
#[track_caller]
fn guess_until_refused(guess: impl Fn(usize) -> Page, most: usize) -> (usize, Page) {
    let answers = (0..most).map(|number| (number, guess(number)));
    let refused = answers.into_iter().find(|(_, answer)| answer.status != 422);
    let (guesses, answer) = refused.unwrap_or_else(|| panic!("{most} guesses, and no limit"));
    answer.assert_status(429).assert_shows("Too many attempts");
    (guesses, answer)
}

fn t9_guessing_is_limited_and_locks_nobody_else_out(mut world: World) {
    behind_a_proxy(&mut world);
    let carol = from(&world, ELSEWHERE);
    let password = world.password_of("carol@acme.test");
    carol.sign_in("carol@acme.test", password).assert_signed_in();
    let (guesses, refused) =
        guess_until_refused(|_| from(&world, GUESSER).sign_in("carol@acme.test", ANOTHER_PASSWORD), 30);
    assert!(guesses >= 3, "everyone mistypes now and then: {guesses}");
    // Even the right guess is refused there.
    from(&world, GUESSER).sign_in("carol@acme.test", password).assert_status(429);

    carol.get("/account").assert_ok();
    from(&world, ELSEWHERE).sign_in("carol@acme.test", password).assert_signed_in();
    from(&world, GUESSER).sign_in("cyril@acme.test", world.password_of("cyril@acme.test")).assert_signed_in();
    from(&world, GUESSER).get("/").assert_ok();
    choose_password(&from(&world, GUESSER), &reset(&world, "carol@acme.test"), PASSWORD).follow().assert_ok();

    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=3_600).contains(&wait), "{wait} s");
    world.clock().advance_seconds(wait);
    from(&world, GUESSER).sign_in("carol@acme.test", PASSWORD).assert_signed_in();
}

fn t9_one_address_cannot_try_every_account(mut world: World) {
    behind_a_proxy(&mut world);
    let one_for_each = |number: usize| {
        let email = format!("client{number}@acme.test");
        from(&world, GUESSER).post("/sign-in", &[("email", &email), ("password", PASSWORD)])
    };
    guess_until_refused(one_for_each, 300);
    from(&world, ELSEWHERE)
        .sign_in("carol@acme.test", world.password_of("carol@acme.test"))
        .assert_signed_in();
}

fn t9_writing_an_address_differently_gives_no_more_guesses(world: World) {
    let spellings =
        ["carol@acme.test", "Carol@Acme.TEST", " carol@acme.test", "carol@acme.test\t", "CAROL@ACME.TEST"];
    let guess =
        |number: usize| world.stranger().sign_in(spellings[number % spellings.len()], ANOTHER_PASSWORD);
    guess_until_refused(guess, 30);
}

fn t9_the_current_password_cannot_be_guessed_from_an_open_session(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let guess = |number: usize| {
        let current = format!("guess {number}");
        carol.post("/account/password", &[("current", &current), ("password", PASSWORD)])
    };
    guess_until_refused(guess, 60);
}

/// Whoever guesses chooses what is guessed at, and goes on after being refused.
fn t9_endless_addresses_cost_no_memory(world: World) {
    const EACH: u64 = 1_000_000;
    let ask = |numbers: Range<u64>| {
        for number in numbers {
            let email = format!("{number}{}", "x".repeat(EACH as usize));
            assert!(!world.stranger().post("/reset", &[("email", &email)]).status.is_server_error());
        }
    };
    // What a first flood needs for the moment, the allocator may keep.
    ask(0..120);
    let before = resident(&world);
    ask(120..240);
    let kept = resident(&world).saturating_sub(before);
    assert!(kept < 120 * EACH / 2, "of {} bytes sent {kept} stayed in memory", 120 * EACH);
}

/// Bytes of memory that the server holds (proc(5), /proc/pid/status).
fn resident(world: &World) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", world.server().process_id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

fn t7_an_address_that_nobody_vouches_for_gives_no_more_guesses(world: World) {
    let guess = |number: usize| {
        let pretended = from(&world, &format!("203.0.113.{number}"));
        pretended.sign_in("carol@acme.test", ANOTHER_PASSWORD)
    };
    guess_until_refused(guess, 30);
}

fn t9_a_network_of_ipv6_is_one_guesser(mut world: World) {
    behind_a_proxy(&mut world);
    let guess = |number: usize| {
        let address = format!("2001:db8:1:2:{number:x}::{number:x}");
        from(&world, &address).sign_in("carol@acme.test", ANOTHER_PASSWORD)
    };
    guess_until_refused(guess, 30);
    // Neither the next network nor an old address is taken for it.
    let password = world.password_of("carol@acme.test");
    from(&world, "2001:db8:1:3::1").sign_in("carol@acme.test", password).assert_signed_in();
    from(&world, ELSEWHERE).sign_in("carol@acme.test", password).assert_signed_in();
    from(&world, "2001:db8:1:2::1").sign_in("carol@acme.test", password).assert_status(429);
}
