//! T30, T34: a disk that refuses a call here and there, that takes half of it, or loses its power. The layer that does so
//! (`faults.c`) stands below SQLite's file, the folder of objects and the index. What PostgreSQL does with its own disk is
//! its own affair, and a server that it loses is what `kill.rs` and `outside.rs` try.

mod chance;
mod disk;
mod journal;
mod layer;
mod script;

use std::{
    collections::BTreeSet,
    env,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use crate::{
    billing::assert_no_number_is_missing,
    world::{Backend, Page, World, tell},
};
use chance::Chance;
use disk::Disk;
use layer::{EIO, ENOSPC, Fault, Layer, Way, When};
use script::{Played, Script, Step};

/// Of the calls of one run, this many are refused, one in each round; `FAULTS=all` refuses all of them.
const ROUNDS: u64 = 20;

fn are_all_tried() -> bool {
    env::var("FAULTS").is_ok_and(|wish| wish == "all")
}

/// Whether the change was acknowledged; a refusal says in words what is wrong.
#[track_caller]
fn is_acknowledged(answer: &Page) -> bool {
    let is_refused = [500, 503, 507].contains(&answer.status.as_u16()) && !answer.text().is_empty();
    assert!(is_refused || answer.status.is_success() || answer.status.is_redirection(), "{answer}");
    !is_refused
}

fn play(script: Script, layer: &Layer, fault: Fault) -> Played {
    layer.arm(fault);
    let answer = |step: Step| {
        script.take(step).unwrap_or_else(|| panic!("no answer to {step:?} of a server with {fault:?}"))
    };
    let acknowledged: Vec<_> = Step::ALL.into_iter().filter(|step| is_acknowledged(&answer(*step))).collect();
    layer.disarm();
    Played { script, acknowledged }
}

/// Never reached.
const NO_FAULT: Fault = Fault { when: When::Once(u64::MAX), error: EIO, way: Way::Refused };

/// With every error and in every way in turn.
fn fault(round: u64, when: When) -> Fault {
    let way = [Way::Refused, Way::Torn, Way::Halved][round as usize % 3];
    Fault { when, error: [ENOSPC, EIO][round as usize / 3 % 2], way }
}

fn restart(world: &mut World) {
    world.server_mut().kill();
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
}

#[test]
fn t34_whichever_call_fails_what_was_acknowledged_is_kept_and_nothing_is_torn() {
    let mut world = World::start(Backend::Sqlite);
    let layer = Layer::under(&mut world);
    world.server_mut().stop();
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let mut played = vec![play(Script::prepare(&world, "unharmed"), &layer, NO_FAULT)];
    assert_eq!(played[0].acknowledged, Step::ALL);
    let calls = layer.calls();
    assert!(calls > 50, "the layer has seen {calls} calls alone");

    let step = if are_all_tried() { 1 } else { calls.div_ceil(ROUNDS) };
    let once = (1..=calls).step_by(step as usize).map(When::Once);
    let often = [2, 3, 5, 7, 11, 19].into_iter().map(When::EveryNth);
    let (mut refused, mut failed) = (0, 0);
    for (round, when) in once.chain(often).enumerate() {
        let script = Script::prepare(&world, &format!("harmed{round:05}"));
        let harmed = play(script, &layer, fault(round as u64, when));
        refused += layer.refused();
        failed += Step::ALL.len() - harmed.acknowledged.len();
        played.push(harmed);
    }
    assert!(refused > 0 && failed > 0, "{refused} calls failed, and {failed} changes with them");

    // Without anybody's hand: what is done next works, before a start as well as after it.
    played.push(play(Script::prepare(&world, "recovered"), &layer, NO_FAULT));
    assert_eq!(played.last().unwrap().acknowledged, Step::ALL);
    world.clock().advance_seconds(3_600);
    played.iter().for_each(|each| each.assert_found(&world));
    restart(&mut world);
    played.push(play(Script::prepare(&world, "restarted"), &layer, NO_FAULT));
    assert_eq!(played.last().unwrap().acknowledged, Step::ALL);
    assert_all_kept(&world, &played);
    tell(&format!(
        "{refused} calls failed of {} times {calls}, and {failed} changes with them",
        played.len()
    ));
}

/// Strict, and by chance, in turn; the seed stands in every failure.
#[test]
fn t30_nothing_acknowledged_is_lost_when_the_power_fails() {
    let mut world = World::start(Backend::Sqlite);
    let layer = Layer::under(&mut world);
    layer.keep_journal(&mut world);
    let people = [world.ada(), world.carol(), world.dora()];
    world.server_mut().stop();
    let mut disk = Disk::read(&world.data());
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let mut played: Vec<Played> = Vec::new();
    let rounds = if are_all_tried() { 50 } else { 6 };
    for round in 0..rounds {
        let mut chance = Chance::of(round);
        let script = Script::prepare(&world, &format!("darkness{round:03}"));
        played.push(play_until_killed(&mut world, script, &mut chance));
        disk.replay(&layer.take_journal());
        disk.lose_power((round % 2 == 1).then_some(&mut chance));
        disk.write(&world.data());
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        let latest = &played[played.len() - 1];
        tell(&format!("power failed, seed {round}: {:?} acknowledged", latest.acknowledged));
        latest.assert_kept(&world);
        for person in &people {
            person.visit("/").assert_shows("Sign out");
        }
    }
    assert!(played.iter().any(|each| !each.acknowledged.is_empty()), "nothing was acknowledged");
    world.clock().advance_seconds(3_600);
    played.iter().for_each(|each| each.assert_found(&world));
    assert_all_kept(&world, &played);
}

/// The power fails some moment after so many changes were acknowledged.
fn play_until_killed(world: &mut World, script: Script, chance: &mut Chance) -> Played {
    let count = AtomicU64::new(0);
    let (enough, moment) = (chance.below(Step::ALL.len() as u64 + 1), chance.below(50_000));
    let acknowledged = thread::scope(|scope| {
        let playing = scope.spawn(|| {
            let taken = |step: &Step| {
                let answer = script.take(*step);
                let is_acknowledged = answer.is_some_and(|answer| is_acknowledged(&answer));
                count.fetch_add(u64::from(is_acknowledged), Ordering::Relaxed);
                is_acknowledged
            };
            Step::ALL.into_iter().filter(taken).collect::<Vec<_>>()
        });
        while count.load(Ordering::Relaxed) < enough && !playing.is_finished() {
            thread::yield_now();
        }
        (0..moment).for_each(|_| thread::yield_now());
        world.server_mut().kill();
        playing.join().unwrap()
    });
    Played { script, acknowledged }
}

#[track_caller]
fn assert_all_kept(world: &World, played: &[Played]) {
    played.iter().for_each(|each| each.assert_kept(world));
    let numbers: BTreeSet<String> = played.iter().filter_map(|each| each.invoice_number(world)).collect();
    let issued = played.iter().filter(|each| each.acknowledged.contains(&Step::Invoice)).count();
    assert!(numbers.len() >= issued, "{issued} invoices were acknowledged: {numbers:?}");
    assert_no_number_is_missing(world);
    world.command(&["doctor"]).assert_success();
}
