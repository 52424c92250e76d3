//! T31: whoever takes a job has it alone, keeps it as long as it takes, and loses it by dying.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    steps::{new_portal, share, wait_for_the_queue},
    world::{Backend, Page, Person, World, tell, until},
};

const DAY: i64 = 86_400;
/// Seconds; a lease is five minutes.
const LONGER_THAN_A_LEASE: i64 = 3_600;

fn guest(number: usize) -> String {
    format!("guest{number}@acme.test")
}

/// Through the dialog, in turns at each of these.
fn invite(portal: &Page, hosts: &[Person], guests: usize) {
    let form = portal.press("Share").form_with_button("Send invitation");
    for number in 0..guests {
        let answer = form.clone().fill("Email", &guest(number)).by(&hosts[number % hosts.len()]).submit();
        assert!(answer.status.is_redirection(), "{answer}");
    }
}

/// Of the mails that came to each guest.
fn message_ids(world: &World) -> BTreeMap<String, Vec<String>> {
    let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in world.mailbox().all() {
        let head = mail.source.split("\r\n\r\n").next().unwrap();
        let id = head.lines().find(|line| line.to_lowercase().starts_with("message-id:")).unwrap();
        for address in mail.to.iter().filter(|address| address.starts_with("guest")) {
            ids.entry(address.clone()).or_default().push(id.to_owned());
        }
    }
    ids
}

fn nothing_waits(staff: &Person) -> bool {
    staff.visit("/staff/settings/queue").shows("Nothing waits and nothing is stuck.")
}

#[test]
fn t31_two_hundred_mails_of_two_machines_arrive_once_each_on_postgres() {
    const GUESTS: usize = 200;
    let world = World::with_smtp(Backend::Postgres);
    let other = world.another_machine();
    let portal = new_portal(&world.ada(), "Autumn campaign");
    invite(&portal, &[world.ada(), world.ada().by_way_of(&other)], GUESTS);
    until(|| message_ids(&world).len() == GUESTS);
    wait_for_the_queue(&world);
    let ids = message_ids(&world);
    let repeated: Vec<_> = ids.iter().filter(|(_, ids)| ids.len() != 1).collect();
    assert!(repeated.is_empty(), "more than one mail came to {repeated:?}");
    let different: BTreeSet<_> = ids.values().flatten().collect();
    assert_eq!(different.len(), GUESTS);
}

/// One of two dies with mails in its hands, which the mail server has and did not confirm.
#[test]
fn t31_what_a_killed_machine_had_taken_the_other_does_after_its_lease_on_postgres() {
    const GUESTS: usize = 12;
    let mut world = World::with_smtp(Backend::Postgres);
    let other = world.another_machine();
    let ada = world.ada().by_way_of(&other);
    let portal = new_portal(&world.ada(), "Autumn campaign");
    wait_for_the_queue(&world);
    world.smtp_trap().keep_silent();
    invite(&portal, &[world.ada()], GUESTS);
    // Four at each of them, and four wait.
    until(|| message_ids(&world).len() >= 8);
    world.server_mut().kill();
    world.smtp_trap().speak();
    world.clock().advance_seconds(LONGER_THAN_A_LEASE);
    until(|| nothing_waits(&ada));
    let ids = message_ids(&world);
    assert_eq!(ids.len(), GUESTS, "some never came");
    for (address, ids) in &ids {
        let different: BTreeSet<_> = ids.iter().collect();
        assert_eq!(different.len(), 1, "{address} got two mails that programs for mail take for two");
    }
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    for number in 0..GUESTS {
        world.ada().visit(portal.path()).assert_shows(&guest(number));
    }
}

/// When the leases of all that is under way are over, in seconds since 1970, the first of them.
fn first_lease_ends(world: &World) -> Option<i64> {
    let rows = "SELECT CAST(min(leased_until) / 1000000 AS TEXT) AS row FROM jobs
                WHERE finished_at IS NULL AND failed_at IS NULL AND leased_until IS NOT NULL
                HAVING count(*) > 0";
    world.database().texts(rows, rows).first().map(|seconds| seconds.parse().unwrap())
}

#[test]
fn t31_a_job_that_takes_longer_than_its_lease_is_taken_by_nobody_else_on_postgres() {
    let mut world = World::with_smtp(Backend::Postgres);
    let portal = new_portal(&world.ada(), "Autumn campaign");
    wait_for_the_queue(&world);
    world.smtp_trap().keep_silent();
    share(&portal, "guest0@acme.test");
    until(|| message_ids(&world).len() == 1);
    let _other = world.another_machine();
    until(|| first_lease_ends(&world).is_some());
    for _ in 0..4 {
        world.clock().advance_seconds(200);
        // As it was, it would end in a hundred seconds, and then be over.
        let is_renewed = || first_lease_ends(&world).is_none_or(|ends| ends > world.clock().now() + 200);
        until(is_renewed);
    }
    assert_eq!(message_ids(&world)["guest0@acme.test"].len(), 1, "the other machine sent it, too");
    world.smtp_trap().speak();
    wait_for_the_queue(&world);
    let ids: BTreeSet<_> = message_ids(&world).remove("guest0@acme.test").unwrap().into_iter().collect();
    assert_eq!(ids.len(), 1);
}

#[test]
fn t31_of_two_machines_one_does_what_comes_back_every_day_on_postgres() {
    let world = World::with_smtp(Backend::Postgres);
    let _other = world.another_machine();
    // Each kind of each organization, with how often it was done.
    let done = || {
        let rows = "SELECT encode(organization_id, 'hex') || ' ' || kind || ' ' || count(finished_at) AS row
                    FROM jobs WHERE daily GROUP BY organization_id, kind ORDER BY 1";
        world.database().texts("", rows)
    };
    let all_were = |times: usize| {
        let done = done();
        !done.is_empty() && done.iter().all(|row| row.ends_with(&format!(" {times}")))
    };
    until(|| all_were(1));
    let kinds = done().len();
    for times in 2..5 {
        world.clock().advance_seconds(DAY + 60);
        until(|| all_were(times));
    }
    // What was asked for later comes after whatever was still on its way.
    share(&new_portal(&world.ada(), "Autumn campaign"), "guest0@acme.test");
    world.mailbox().next_to("guest0@acme.test");
    wait_for_the_queue(&world);
    assert!(all_were(4), "{:#?}", done());
    assert_eq!(done().len(), kinds);
    tell(&format!("{kinds} daily jobs of all organizations, each done once a day by one of two machines"));
}
