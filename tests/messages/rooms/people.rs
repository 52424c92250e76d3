//! Who comes into a room, and who goes out of it.

use super::{BEN, CAROL, CYRIL, make, room_of, take_out, theirs};
use crate::{
    limits::limit_ben,
    messages::{rest, unread, write},
    on_both,
    steps::{new_portal, share},
    world::{Page, Person, World, until},
};

on_both! {
    p12_who_is_taken_out_sees_nothing_from_the_next_request_on,
    whoever_comes_later_reads_all_of_it,
    who_says_who_is_in_it,
    a_room_of_a_portal_stands_there_and_ends_for_whoever_loses_it,
    who_becomes_limited_is_in_no_room,
}

fn p12_who_is_taken_out_sees_nothing_from_the_next_request_on(world: World) {
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let room = room_of(&ada, &[CAROL, CYRIL]);
    let of_carol = write(&carol.visit(&theirs(&room)), "The quokkasalary");
    let late = of_carol.form_with_field("Message").fill("Message", "Too late");
    let edit = of_carol.attributes("a[href$='/edit']", "href").remove(0);
    let stream = carol.listen("/live");
    assert_eq!(stream.next().data, "hello");
    take_out(&ada, &room, "carol@acme.test");
    while !stream.next().data.contains("everything") {}
    for address in [&theirs(&room), &edit, &edit.replace("/edit", "/deletion")] {
        carol.get(address).assert_not_found();
        carol.partial_get(address).assert_not_found();
    }
    late.submit().assert_not_found();
    carol.post(&edit.replace("/edit", ""), &[("message", "Changed")]).assert_not_found();
    carol.post(&edit.replace("/edit", "/deletion"), &[]).assert_not_found();
    carol.visit("/messages").assert_hides("Quiet corner");
    // What she wrote stays with those who are in it; what is written later reaches her in no way.
    cyril.visit(&theirs(&room)).assert_shows("quokkasalary").assert_hides("Too late");
    let before = unread(&carol);
    write(&room, "She left.");
    assert_eq!(unread(&carol), before);
    world.clock().advance_seconds(600);
    rest(&world);
    let mails = world.mailbox().so_far_to("carol@acme.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("She left")), "{mails:?}");
}

fn whoever_comes_later_reads_all_of_it(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let room = room_of(&ada, &[CAROL]);
    write(&room, "The quokkasalary");
    let people = ada.visit(&format!("{}/people", room.path()));
    people.assert_shows("Whoever comes later reads everything from the beginning.");
    let form = people.form_with_button("Add people").tick(CYRIL);
    form.submit().follow().assert_ok().row("cyril@acme.test");
    cyril.visit(&theirs(&room)).assert_shows("quokkasalary");
    // The same form once more changes nothing, and so does coming back.
    form.submit().follow().assert_ok();
    take_out(&ada, &room, "cyril@acme.test");
    cyril.get(&theirs(&room)).assert_not_found();
    form.submit().follow().assert_ok();
    cyril.visit(&theirs(&room)).assert_shows("quokkasalary");
    // It was no news to be mailed of.
    world.mailbox().so_far_to("cyril@acme.test");
    world.clock().advance_seconds(600);
    rest(&world);
    let mails = world.mailbox().so_far_to("cyril@acme.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("quokka")), "{mails:?}");
}

fn who_says_who_is_in_it(world: World) {
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let room = room_of(&ben, &[CAROL]);
    write(&room, "The quokkasalary");
    // The owner sees that it is there and who is in it, and reads nothing before she comes in.
    let list = ada.visit("/staff/messages");
    list.row("Quiet corner").assert_shows("Ben Okafor").assert_shows("Carol Meyer");
    list.assert_hides("quokka");
    ada.get(room.path()).assert_not_found();
    let people = list.press("Quiet corner");
    let form = people.assert_hides("quokka").form_with_button("Add people").tick("Ada Berg ada@studio.test");
    form.submit().follow().assert_ok();
    ada.visit(room.path()).assert_shows("quokkasalary");
    for (person, address) in [(&ben, room.path().to_owned()), (&carol, theirs(&room))] {
        person.visit(&address).assert_shows("Ada Berg");
    }
    let log = ada.visit("/staff/settings/audit");
    log.assert_shows("Made a room").assert_shows("Put somebody into a room");
    // Ben made it; in Ada's he has no say, but may leave.
    let of_ada = make(&ada.visit("/staff/messages"), "Ada’s", &[BEN, CAROL]);
    let people = format!("{}/people", of_ada.path());
    ben.get(&people).assert_not_found();
    let id = |page: &Page, email: &str| {
        let action = page.row(email).attributes("form", "action").remove(0);
        action.rsplit('/').nth(1).unwrap().to_owned()
    };
    let shown = ada.visit(&people);
    let (of_carol, of_ben) = (id(&shown, "carol@acme.test"), id(&shown, "ben@studio.test"));
    ben.post(&format!("{people}/{of_carol}/removal"), &[]).assert_not_found();
    ben.post(&people, &[("person", of_carol.as_str())]).assert_not_found();
    carol.get(&people).assert_not_found();
    carol.post(&format!("{people}/{of_carol}/removal"), &[]).assert_not_found();
    ben.visit(of_ada.path()).form_with_button("Leave the room").submit().follow().assert_ok();
    ben.get(of_ada.path()).assert_not_found();
    ada.post(&format!("{people}/{of_ben}/removal"), &[]).assert_not_found();
    // Nobody of another organization can be put in.
    let eve = world.eve();
    let rita = eve.visit("/staff/clients").link("Rita Santos").rsplit('/').next().unwrap().to_owned();
    let sent = [("name", "Rivals"), ("person", rita.as_str())];
    let foreign = eve.post("/staff/messages/rooms", &sent).follow();
    eve.post(&format!("{}/people", foreign.path()), &[("person", of_carol.as_str())]).assert_status(422);
    eve.post(&people, &[("person", of_carol.as_str())]).assert_not_found();
    carol.get(&theirs(&foreign)).assert_not_found();
}

fn a_room_of_a_portal_stands_there_and_ends_for_whoever_loses_it(world: World) {
    let (ada, ben, carol, cyril) = (world.ada(), world.ben(), world.carol(), world.cyril());
    let portal = new_portal(&ada, "Annual accounts");
    share(&portal, "carol@acme.test");
    share(&portal, "cyril@acme.test");
    let page = ada.visit(portal.path());
    let without = page
        .press("New room")
        .form_with_field("Name")
        .fill("Name", "Closing")
        .tick("Dora Lindt dora@globex.test");
    without.submit().assert_status(422).assert_shows("does not have the portal");
    let room = make(&page, "Closing", &[CAROL]);
    write(&room, "The quokkasalary");
    let of_clients = portal.path().replacen("/staff", "", 1);
    ada.visit(portal.path()).row("Closing").assert_shows("quokkasalary");
    carol.visit(&of_clients).row("Closing").assert_shows("quokkasalary");
    for (other, address) in [(&cyril, of_clients.as_str()), (&ben, portal.path())] {
        other.visit(address).assert_hides("Closing").assert_hides("quokka");
    }

    // Archived, it is closed to staff and gone for clients.
    ada.post(&format!("{}/archival", portal.path()), &[]).follow().assert_ok();
    carol.get(&theirs(&room)).assert_not_found();
    assert!(ada.visit(room.path()).find_form_with_field("Message").is_none());
    ada.visit(room.path()).assert_shows("The portal of this room is archived.");
    ada.post(room.path(), &[("message", "Too late")]).assert_status(409);
    ada.post(&format!("{}/archival/removal", portal.path()), &[]).follow().assert_ok();
    carol.visit(&theirs(&room)).assert_shows("quokkasalary");

    let stream = carol.listen("/live");
    assert_eq!(stream.next().data, "hello");
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    while !stream.next().data.contains("everything") {}
    carol.get(&theirs(&room)).assert_not_found();
    carol.visit("/messages").assert_hides("Closing").assert_hides("quokka");
    assert_eq!(carol.partial_get("/search?q=quokkasalary").count("[data-search-hit]"), 0);
    // She is no reader of it any more, and does not hear that something is written there.
    let names = hears_nothing_of(&ada, &carol, "/live", &room);
    assert!(names.contains("Ada Berg") && !names.contains("Carol"), "{names}");
    let people = ada.visit(&format!("{}/people", room.path()));
    people.row("carol@acme.test").assert_shows("cannot come in now");
    people.row("ada@studio.test").assert_hides("cannot come in now");
}

/// While Ada writes; says who reads it.
#[track_caller]
fn hears_nothing_of(ada: &Person, other: &Person, live: &str, room: &Page) -> String {
    let [ours, theirs] = [ada.listen("/staff/live"), other.listen(live)];
    for stream in [&ours, &theirs] {
        assert_eq!(stream.next().data, "hello");
    }
    let page = write(&ada.visit(room.path()), "They are gone.");
    while !ours.next().data.contains("message") {}
    let heard: Vec<_> = theirs.so_far().into_iter().map(|event| event.data).collect();
    assert!(heard.iter().all(|topics| !topics.contains("message")), "{heard:?}");
    page.texts(".room-members").concat()
}

fn who_becomes_limited_is_in_no_room(world: World) {
    let (ada, ben) = (world.ada(), world.ben());
    let room = room_of(&ada, &[CAROL, BEN]);
    write(&ben.visit(room.path()), "The quokkasalary");
    until(|| ben.partial_get("/staff/search?q=quokkasalary").shows("quokkasalary"));
    let ben = limit_ben(&world, &["carol@acme.test"]);
    ben.get(room.path()).assert_not_found();
    ben.get(&format!("{}/people", room.path())).assert_not_found();
    ben.get("/staff/messages/rooms/new").assert_not_found();
    ben.post(room.path(), &[("message", "Smuggled")]).assert_not_found();
    ben.visit("/staff/messages").assert_hides("Quiet corner").assert_hides("quokka");
    assert_eq!(ben.partial_get("/staff/search?q=quokkasalary").count("[data-search-hit]"), 0);
    let names = hears_nothing_of(&ada, &ben, "/staff/live", &room);
    assert!(names.contains("Carol Meyer") && !names.contains("Ben"), "{names}");
    ada.visit(&format!("{}/people", room.path())).row("ben@studio.test").assert_shows("cannot come in now");
    world.clock().advance_seconds(600);
    world.mailbox().next_about("carol@acme.test", "Quiet corner");
    rest(&world);
    let mails = world.mailbox().so_far_to("ben@studio.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("They are gone")), "{mails:?}");
}
