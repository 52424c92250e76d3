//! T9: however many sign in at once, few passwords are looked at together, and other pages do not wait for them.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::limits::{ELSEWHERE, behind_a_proxy, from};
use crate::{
    on_both,
    world::{World, tell},
};

on_both! { t9_a_hundred_sign_ins_at_once_leave_memory_and_other_pages_alone }

const AT_ONCE: usize = 100;
/// Each hash takes 19 MiB, so that a hundred at once would take 1,900; a machine of many cores computes some of them
/// together.
const MOST_GROWTH: u64 = 600 << 20;
/// Bounded, also where other tests run beside.
const SOON: Duration = Duration::from_secs(20);

/// The most memory that the server ever held, in bytes (proc(5), /proc/pid/status).
fn peak(world: &World) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", world.server().process_id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

/// Everybody from an address of their own, so that nobody is refused for guessing.
fn address(number: usize) -> String {
    format!("203.0.113.{number}")
}

fn t9_a_hundred_sign_ins_at_once_leave_memory_and_other_pages_alone(mut world: World) {
    behind_a_proxy(&mut world);
    let carol = from(&world, ELSEWHERE);
    let right = world.password_of("carol@acme.test");
    carol.sign_in("carol@acme.test", right).assert_signed_in();
    let before = peak(&world);
    let left = AtomicUsize::new(AT_ONCE);
    let (world, left) = (&world, &left);
    let (answers, slowest) = thread::scope(|scope| {
        let sign_in = |number: usize| {
            let visitor = from(world, &address(number));
            let password = if number.is_multiple_of(2) { right } else { "seven lamps along a quay" };
            let answer = visitor.post("/sign-in", &[("email", "carol@acme.test"), ("password", password)]);
            left.fetch_sub(1, Ordering::Relaxed);
            (number, answer)
        };
        let all: Vec<_> = (0..AT_ONCE).map(|number| scope.spawn(move || sign_in(number))).collect();
        let mut slowest = Duration::ZERO;
        while left.load(Ordering::Relaxed) > 0 {
            let started = Instant::now();
            carol.get("/account").assert_ok();
            slowest = slowest.max(started.elapsed());
        }
        (all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>(), slowest)
    });
    let mut refused = 0;
    for (number, answer) in &answers {
        match answer.status.as_u16() {
            429 | 503 => {
                refused += 1;
                let wait: u64 = answer.header("retry-after").parse().unwrap();
                assert!(wait > 0, "{answer}");
            }
            303 => assert!(number.is_multiple_of(2), "{answer}"),
            _ => {
                assert!(!number.is_multiple_of(2), "{answer}");
                answer.assert_status(422);
            }
        }
    }
    let growth = peak(world).saturating_sub(before);
    tell(&format!(
        "{AT_ONCE} sign-ins at once: {refused} told to come back, {} MiB more, the slowest other page {slowest:?}",
        growth >> 20
    ));
    assert!(refused < AT_ONCE, "nobody got in");
    assert!(growth < MOST_GROWTH, "{growth} bytes");
    assert!(slowest < SOON, "a page waited for {slowest:?}");
    // Who was told to come back gets in then.
    from(world, &address(0)).sign_in("carol@acme.test", right).assert_signed_in();
}
