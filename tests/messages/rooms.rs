//! Rooms of chosen people: who is in one reads it, and nobody else learns that it is there.

mod mail;
mod people;

use super::{unread, write};
use crate::{
    on_both,
    seeing::see_as,
    steps::{new_portal, share},
    world::{Page, Person, Upload, World, until},
};

on_both! {
    who_is_in_a_room_reads_it_and_nobody_else_meets_it,
    t3_search_finds_it_for_those_in_it_alone,
    a_message_in_it_reaches_the_pages_of_everybody_in_it,
    files_of_a_room_come_to_those_in_it,
    p13_seeing_as_a_client_opens_no_room_to_staff_outside_of_it,
    p43_a_wrong_room_is_answered_at_its_fields,
    its_author_changes_and_deletes_what_they_wrote,
    a_room_goes_with_its_portal,
    who_is_erased_leaves_no_words_in_it,
}

const CAROL: &str = "Carol Meyer carol@acme.test";
const CYRIL: &str = "Cyril Dubois cyril@acme.test";
const BEN: &str = "Ben Okafor ben@studio.test";

/// From the page that holds the button.
#[track_caller]
fn make(from: &Page, name: &str, people: &[&str]) -> Page {
    let form = from.press("New room").form_with_field("Name").fill("Name", name);
    let form = people.iter().fold(form, |form, person| form.tick(person));
    let room = form.submit().follow();
    room.assert_ok();
    room
}

fn room_of(staff: &Person, people: &[&str]) -> Page {
    make(&staff.visit("/staff/messages"), "Quiet corner", people)
}

/// Where clients read what staff read there.
fn theirs(room: &Page) -> String {
    room.path().replacen("/staff", "", 1)
}

#[track_caller]
fn take_out(staff: &Person, room: &Page, email: &str) {
    let people = staff.visit(&format!("{}/people", room.path()));
    people.row(email).form_with_button("Take out").submit().follow().assert_ok();
}

fn who_is_in_a_room_reads_it_and_nobody_else_meets_it(world: World) {
    let (ada, ben, carol, cyril) = (world.ada(), world.ben(), world.carol(), world.cyril());
    let dialog = ada.visit("/staff/messages").press("New room");
    dialog.assert_shows("Only those whom you choose read what is written here");
    dialog.assert_shows("Clients in a room see each other’s names");
    let room = room_of(&ada, &[CAROL, CYRIL]);
    write(&room, "The quokkasalary is for us alone.");
    // Exception to invariant 11: staff put them together.
    let of_carol = carol.visit(&theirs(&room));
    of_carol.assert_shows("quokkasalary").assert_shows("Cyril Dubois").assert_shows("Ada Berg");
    of_carol.assert_shows("Everybody in this room reads your message");
    assert_eq!(of_carol.texts("#thread h2"), ["Today"], "a room's days have headings, too");
    write(&of_carol, "And the wombatbonus?");
    let of_cyril = cyril.visit(&theirs(&room));
    of_cyril.assert_shows("wombatbonus").assert_shows("Carol Meyer");
    carol.visit("/messages").row("Quiet corner").assert_shows("wombatbonus");

    let nobodys = format!("/staff/messages/rooms/{}", "0".repeat(32));
    for address in [room.path().to_owned(), format!("{}/people", room.path())] {
        for other in [&ben, &world.eve()] {
            let nothing = other.get(&address.replace(room.path(), &nobodys));
            assert_eq!(other.get(&address).assert_not_found().text(), nothing.text());
        }
    }
    let dora = world.dora();
    let nothing = dora.get(&nobodys.replacen("/staff", "", 1));
    assert_eq!(dora.get(&theirs(&room)).assert_not_found().text(), nothing.text());
    for (other, list) in [(&ben, "/staff/messages"), (&world.eve(), "/staff/messages"), (&dora, "/messages")]
    {
        other.visit(list).assert_hides("Quiet corner").assert_hides("quokka").assert_hides("wombat");
    }
    for (other, address) in
        [(&ben, room.path().to_owned()), (&dora, theirs(&room)), (&world.eve(), theirs(&room))]
    {
        other.post(&address, &[("message", "Smuggled")]).assert_not_found();
        other.post(&format!("{address}/reading"), &[("number", "1")]).assert_not_found();
    }
    ada.visit(room.path()).assert_hides("Smuggled");
    // Cyril found it, so that Messages stand in his navigation (P9).
    assert_eq!(cyril.visit("/").count("nav a[href='/messages']"), 1);
    assert_eq!(dora.visit("/messages").count("a[href*='/messages/rooms/']"), 0);
}

fn t3_search_finds_it_for_those_in_it_alone(world: World) {
    let (ada, ben, carol, cyril) = (world.ada(), world.ben(), world.carol(), world.cyril());
    let room = room_of(&ada, &[CAROL]);
    write(&room, "The quokkasalary is for us alone.");
    until(|| ada.partial_get("/staff/search?q=quokkasalary").shows("for us alone"));
    until(|| carol.partial_get("/search?q=quokkasalary").shows("for us alone"));
    for words in ["quokkasalary", "quokkas", "quokkasalari"] {
        for (other, search) in [
            (&ben, "/staff/search"),
            (&world.eve(), "/staff/search"),
            (&cyril, "/search"),
            (&world.dora(), "/search"),
        ] {
            let found = other.partial_get(&format!("{search}?q={words}"));
            assert_eq!(found.count("[data-search-hit]"), 0, "{found}");
            found.assert_hides("for us alone");
        }
    }
    take_out(&ada, &room, "carol@acme.test");
    assert_eq!(carol.partial_get("/search?q=quokkasalary").count("[data-search-hit]"), 0);
    ada.partial_get("/staff/search?q=quokkasalary").assert_shows("for us alone");
}

fn a_message_in_it_reaches_the_pages_of_everybody_in_it(world: World) {
    let (ada, ben, carol, cyril, dora) =
        (world.ada(), world.ben(), world.carol(), world.cyril(), world.dora());
    let room = room_of(&ada, &[CAROL, CYRIL, BEN]);
    let before = [unread(&ben), unread(&carol), unread(&cyril)];
    let streams = [ada.listen("/staff/live"), carol.listen("/live"), cyril.listen("/live")];
    let elsewhere = dora.listen("/live");
    for stream in streams.iter().chain([&elsewhere]) {
        assert_eq!(stream.next().data, "hello");
    }
    write(&room, "Is everybody here?");
    for stream in &streams {
        let heard = stream.next().data;
        assert!(heard.split(' ').any(|topic| topic == "message"), "{heard}");
    }
    let more = |count: &str| (count.parse::<u32>().unwrap_or(0) + 1).to_string();
    let after = [unread(&ben), unread(&carol), unread(&cyril)];
    assert_eq!(after, before.map(|count| more(&count)));
    // Each reads for themselves, colleagues too; staff learn how far clients are.
    let of_carol = carol.visit(&theirs(&room));
    of_carol.form_with_button("Mark as read").submit().follow().assert_ok();
    assert_eq!(more(&unread(&carol)), after[1]);
    assert_eq!((unread(&ben), unread(&cyril)), (after[0].clone(), after[2].clone()));
    ada.visit(room.path()).assert_shows("Read by Carol Meyer");
    cyril.visit(&theirs(&room)).assert_hides("Lu par Carol Meyer");
    write(&carol.visit(&theirs(&room)), "I am.");
    assert_eq!(unread(&ben), after[0]);
    let heard: Vec<_> = elsewhere.so_far().into_iter().map(|event| event.data).collect();
    assert!(heard.iter().all(|topics| !topics.contains("message")), "{heard:?}");
}

fn files_of_a_room_come_to_those_in_it(world: World) {
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let room = room_of(&ada, &[CAROL]);
    let form = room.form_with_field("Message").attach("Files", [Upload::text("hours.txt", "Nine to five.")]);
    let page = form.submit().follow();
    let of_staff = page.attributes(".message-files a", "href").remove(0);
    let of_client = carol.visit(&theirs(&room)).attributes(".message-files a", "href").remove(0);
    for (person, file) in [(&ada, &of_staff), (&carol, &of_client)] {
        assert_eq!(person.get(file).assert_ok().source().trim_end(), "Nine to five.");
    }
    for (other, file) in [(&ben, &of_staff), (&world.cyril(), &of_client), (&world.dora(), &of_client)] {
        other.get(file).assert_not_found();
    }
    // Owners and admins who are not in it read there that she took one home.
    let log = ada.visit("/staff/settings/audit");
    log.assert_shows("Downloaded a file of a message").assert_hides("hours.txt");
    take_out(&ada, &room, "carol@acme.test");
    carol.get(&of_client).assert_not_found();
}

fn p13_seeing_as_a_client_opens_no_room_to_staff_outside_of_it(world: World) {
    let (ada, ben, carol) =
        (world.sign_in("ada@studio.test"), world.sign_in("ben@studio.test"), world.carol());
    let room = room_of(&ada, &[CAROL]);
    write(&room, "The quokkasalary");
    until(|| carol.partial_get("/search?q=quokkasalary").shows("quokkasalary"));
    for staff in [&ada, &ben] {
        see_as(staff, "Carol Meyer");
    }
    ada.visit(&theirs(&room)).assert_shows("quokkasalary");
    ada.visit("/messages").assert_shows("Quiet corner");
    ben.get(&theirs(&room)).assert_not_found();
    ben.visit("/messages").assert_hides("Quiet corner").assert_hides("quokka");
    assert_eq!(ben.partial_get("/search?q=quokkasalary").count("[data-search-hit]"), 0);
}

fn p43_a_wrong_room_is_answered_at_its_fields(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/messages").press("New room").form_with_field("Name");
    let answer = form.clone().fill("Name", "").tick(CAROL).submit();
    answer.assert_status(422);
    assert!(!answer.field_error("Name").is_empty());
    assert_eq!(answer.count("input[name=person][checked]"), 1);
    let answer = form.clone().fill("Name", "Kept").submit();
    answer.assert_status(422).assert_shows("Choose at least one person.");
    assert_eq!(answer.form_with_field("Name").value("Name"), "Kept");
    for (field, wrong) in [("person", "x"), ("person", "0190000000007000800000000000000a"), ("portal", "x")] {
        let sent = [("name", "Kept"), (field, wrong)];
        ada.post("/staff/messages/rooms", &sent).assert_status(422).assert_hides("unknown field");
    }
    let eves = world.eve().visit("/staff/portals").attributes("main a[href^='/staff/portals/']", "href");
    let portal =
        eves.iter().filter_map(|address| address.rsplit('/').next()).find(|id| id.len() >= 32).unwrap();
    let sent = [("name", "Kept"), ("portal", portal), ("person", "0190000000007000800000000000000a")];
    ada.post("/staff/messages/rooms", &sent).assert_status(422).assert_shows("There is no such portal.");
    ada.visit("/staff/messages").assert_hides("Kept");
    let crowd: Vec<String> = (1..200).map(|number| format!("{number:032x}")).collect();
    let mut sent: Vec<(&str, &str)> = vec![("name", "Kept")];
    sent.extend(crowd.iter().map(|id| ("person", id.as_str())));
    ada.post("/staff/messages/rooms", &sent).assert_status(422).assert_shows("At most 100 people");
    // In a room, as in a conversation.
    let room = room_of(&ada, &[CAROL]);
    let answer = room.form_with_field("Message").fill("Message", " ").submit();
    assert!(answer.assert_status(422).field_error("Message").contains("Write something first."));
}

fn its_author_changes_and_deletes_what_they_wrote(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let room = room_of(&ada, &[CAROL, CYRIL]);
    let page = write(&carol.visit(&theirs(&room)), "We meet on Tuesdey.");
    let edit = page.attributes("a[href$='/edit']", "href").remove(0);
    for other in [&world.cyril(), &world.dora()] {
        other.get(&edit).assert_not_found();
        other.post(&edit.replace("/edit", "/deletion"), &[]).assert_not_found();
    }
    let changed = carol.visit(&edit).form_with_button("Save").fill("Message", "We meet on Tuesday.");
    changed.submit().follow().row("Tuesday").assert_shows("edited");
    ada.visit(room.path()).assert_shows("Tuesday.").assert_hides("Tuesdey");
    let deletion = carol.visit(&edit.replace("/edit", "/deletion"));
    deletion.form_with_button("Delete").submit().follow().assert_shows("This message was deleted.");
    ada.visit(room.path()).assert_hides("Tuesday").assert_shows("This message was deleted.");
    assert!(!world.database().snapshot(&[]).holds("We meet on Tuesday."), "its words are still there");
}

fn a_room_goes_with_its_portal(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Annual accounts");
    share(&portal, "carol@acme.test");
    let room = make(&ada.visit(portal.path()), "Closing", &[CAROL]);
    write(&room, "The quokkasalary");
    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    ada.get(room.path()).assert_not_found();
    carol.get(&theirs(&room)).assert_not_found();
    ada.visit("/staff/messages").assert_hides("quokka");
    world.clock().advance(31);
    until(|| !world.database().snapshot(&["events.*", "jobs.*"]).holds("quokkasalary"));
}

fn who_is_erased_leaves_no_words_in_it(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let room = room_of(&ada, &[CAROL, CYRIL]);
    write(&cyril.visit(&theirs(&room)), "The quokkasalary");
    let dialog = ada.visit("/staff/clients").press("Cyril Dubois").press("Erase for good");
    dialog.assert_shows("1 message in rooms");
    let form = dialog.form_with_button("Erase").fill("Name of the client", "Cyril Dubois");
    form.tick("Delete them").submit().follow().assert_ok();
    let page = ada.visit(room.path());
    page.assert_hides("quokka").assert_hides("Cyril Dubois").assert_shows("This message was deleted.");
    assert!(!world.database().snapshot(&["jobs.*"]).holds("quokkasalary"), "its words are still there");
}
