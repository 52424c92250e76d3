//! When a certificate is ordered, by whom, and what becomes of an order that fails.

use std::{
    cell::RefCell,
    net::{TcpListener, TcpStream},
};

use super::{HOSTS, STUDIO, Secured, answers, in_the_open, of_host};
use crate::{
    on_both,
    world::{Backend, HOUR, World, until},
};

on_both! {
    a_certificate_is_renewed_with_a_third_of_its_life_left,
    what_is_refused_is_tried_again_with_growing_pauses,
    a_host_that_leads_elsewhere_for_a_while_keeps_its_certificate_and_is_renewed_afterwards,
    a_machine_that_dies_in_the_middle_of_an_order_leaves_it_to_another,
}

fn a_certificate_is_renewed_with_a_third_of_its_life_left(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    let studio = secured.stranger(&world, STUDIO);
    until(|| HOSTS.iter().all(|host| answers(&secured.stranger(&world, host))));
    let issued = |host: &str| of_host(&world, host, "issued_at");
    let before = HOSTS.map(issued);
    world.clock().advance(59);
    // Whoever is asked after a turn of the orders has had one.
    let asked = of_host(&world, STUDIO, "try_at").parse::<i64>().unwrap() / 1_000_000;
    assert!(asked > world.clock().now(), "it is due before two thirds of its life are over");
    assert_eq!(HOSTS.map(issued), before);
    world.clock().advance(2);
    until(|| HOSTS.map(issued).iter().zip(&before).all(|(now, before)| now > before));
    // The server goes on as it is.
    assert!(answers(&studio));
}

fn what_is_refused_is_tried_again_with_growing_pauses(mut world: World) {
    let refused = "rival.portal.test";
    let secured = Secured::start(&mut world, &[refused]);
    let failures = || of_host(&world, refused, "failures");
    until(|| failures() == "1");
    until(|| answers(&secured.stranger(&world, STUDIO)));
    assert!(!answers(&secured.stranger(&world, refused)));
    let words = of_host(&world, refused, "failure");
    assert!(!words.is_empty() && words != "-", "nothing is told of it");
    let pause = || {
        let [failed, again] = ["failed_at", "try_at"].map(|name| of_host(&world, refused, name));
        again.parse::<i64>().unwrap() - failed.parse::<i64>().unwrap()
    };
    assert_eq!(pause(), 15 * 60 * 1_000_000);
    world.clock().advance_seconds(HOUR);
    until(|| failures() == "2");
    assert_eq!(pause(), 30 * 60 * 1_000_000);
    // The others have what they have.
    assert_eq!(of_host(&world, STUDIO, "failures"), "0");

    let printed = world.command(&["doctor"]);
    let said = String::from_utf8(printed.output.stdout).unwrap();
    assert!(said.contains(refused) && said.contains(&words), "{said}");
}

fn a_host_that_leads_elsewhere_for_a_while_keeps_its_certificate_and_is_renewed_afterwards(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    until(|| HOSTS.iter().all(|host| answers(&secured.stranger(&world, host))));
    let before = of_host(&world, STUDIO, "issued_at");
    // Nobody listens there.
    secured.authority.lead(STUDIO, "127.0.0.9");
    world.clock().advance(61);
    until(|| of_host(&world, STUDIO, "failures") == "1");
    assert!(of_host(&world, STUDIO, "failure").len() > 10, "nothing is told of it");
    assert_eq!(of_host(&world, STUDIO, "issued_at"), before);
    assert!(answers(&secured.stranger(&world, STUDIO)));
    let said = String::from_utf8(world.command(&["doctor"]).output.stdout).unwrap();
    assert!(said.contains(&format!("{STUDIO}: good until")) && said.contains("not renewed"), "{said}");

    secured.authority.lead_here_again(STUDIO);
    world.clock().advance_seconds(HOUR);
    until(|| of_host(&world, STUDIO, "issued_at") > before);
    assert_eq!(of_host(&world, STUDIO, "failures"), "0");
}

/// Returns once the authority waits at the studio's host, where nobody says anything as long as what is returned is kept.
fn in_the_middle_of_an_order(world: &World, secured: &Secured) -> (TcpListener, Option<TcpStream>) {
    until(|| HOSTS.iter().all(|host| answers(&secured.stranger(world, host))));
    let silent = TcpListener::bind(("127.0.0.9", world.server().port())).unwrap();
    silent.set_nonblocking(true).unwrap();
    secured.authority.lead(STUDIO, "127.0.0.9");
    world.clock().advance(61);
    let held = RefCell::new(None);
    until(|| {
        held.replace(silent.accept().ok().map(|(stream, _)| stream));
        held.borrow().is_some()
    });
    (silent, held.into_inner())
}

/// What the authority asks of the studio's host.
fn tokens(world: &World) -> Vec<String> {
    let statement = format!("SELECT token AS row FROM certificate_challenges WHERE host = '{STUDIO}'");
    world.database().texts(&statement, &statement)
}

#[test]
fn whichever_machine_is_asked_answers_the_authority_and_one_orders_on_postgres() {
    let mut world = World::start(Backend::Postgres);
    let secured = Secured::start(&mut world, &[]);
    let other = world.another_machine();
    let _silent = in_the_middle_of_an_order(&world, &secured);
    let tokens = tokens(&world);
    assert_eq!(tokens.len(), 1, "two orders at once");
    let (token, open) = (&tokens[0], in_the_open(&world, STUDIO));
    let path = format!("/.well-known/acme-challenge/{token}");
    for answer in [open.get(&path), open.by_way_of(&other).get(&path)] {
        assert!(answer.assert_ok().source().starts_with(&format!("{token}.")), "{answer}");
    }
}

fn a_machine_that_dies_in_the_middle_of_an_order_leaves_it_to_another(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    let silent = in_the_middle_of_an_order(&world, &secured);
    let before = of_host(&world, STUDIO, "issued_at");
    world.server_mut().kill();
    drop(silent);
    let tokens = tokens(&world);
    let token = tokens.first().expect("nothing was asked");
    assert_ne!(of_host(&world, STUDIO, "leased_until"), "-");

    secured.authority.lead_here_again(STUDIO);
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let path = format!("/.well-known/acme-challenge/{token}");
    let answer = in_the_open(&world, STUDIO).get(&path);
    assert!(answer.assert_ok().source().starts_with(&format!("{token}.")), "{answer}");
    in_the_open(&world, "rival.portal.test").get(&path).assert_status(404);
    // The former certificate is shown until there is another.
    assert!(answers(&secured.stranger(&world, STUDIO)));
    assert_eq!(of_host(&world, STUDIO, "issued_at"), before);
    world.clock().advance_seconds(11 * 60);
    until(|| of_host(&world, STUDIO, "issued_at") > before);
    assert_eq!(of_host(&world, STUDIO, "leased_until"), "-");
}
