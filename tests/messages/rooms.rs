//! Rooms of chosen people: who is in one reads it, and nobody else learns that it is there.

use super::{
    by_mail::{answer, opened, with_inbound},
    rest, unread, write,
};
use crate::{
    limits::limit_ben,
    on_both,
    seeing::see_as,
    steps::{new_portal, share},
    world::{Page, Person, Upload, World, until},
};

on_both! {
    who_is_in_a_room_reads_it_and_nobody_else_meets_it,
    t3_search_finds_it_for_those_in_it_alone,
    a_message_in_it_reaches_the_pages_of_everybody_in_it,
    p12_who_is_taken_out_sees_nothing_from_the_next_request_on,
    whoever_comes_later_reads_all_of_it,
    who_says_who_is_in_it,
    a_room_of_a_portal_stands_there_and_ends_for_whoever_loses_it,
    what_is_unread_in_it_becomes_one_mail_that_can_be_left_out,
    only_who_is_in_it_is_named_and_mailed_of_it,
    who_becomes_limited_is_in_no_room,
    an_answer_by_mail_comes_into_the_room_while_its_sender_is_in_it,
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

fn what_is_unread_in_it_becomes_one_mail_that_can_be_left_out(world: World) {
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let room = room_of(&ada, &[CAROL, CYRIL, BEN]);
    write(&room, "The first thing.");
    world.clock().advance_seconds(60);
    write(&room, "The second thing.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("carol@acme.test", "about “Quiet corner”");
    assert!(mail.text.contains("first") && mail.text.contains("second"), "{}", mail.text);
    assert!(mail.link("Read and answer").ends_with(&format!("{}#latest", theirs(&room))));
    world.mailbox().next_about("cyril@acme.test", "Quiet corner");
    // Staff who wrote nothing there and are not named are left alone.
    world.clock().advance_seconds(400);
    rest(&world);
    for (email, times) in [("ben@studio.test", 0), ("carol@acme.test", 0)] {
        let mails = world.mailbox().so_far_to(email);
        assert_eq!(
            mails.iter().filter(|mail| mail.subject.contains("Quiet corner")).count(),
            times,
            "{email}"
        );
    }
    // Whoever has read is not mailed.
    write(&ben.visit(room.path()), "The third thing.");
    carol.visit(&theirs(&room)).form_with_button("Mark as read").submit().follow().assert_ok();
    world.clock().advance_seconds(300);
    world.mailbox().next_about("ada@studio.test", "Quiet corner");
    rest(&world);
    let mails = world.mailbox().so_far_to("carol@acme.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("third")), "{mails:?}");
}

fn only_who_is_in_it_is_named_and_mailed_of_it(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let room = room_of(&ada, &[CYRIL, CAROL]);
    write(&room, "@Cyril, and @Ben, who is not here: look.");
    let page = cyril.visit(&theirs(&room));
    assert_eq!(page.texts(".mention"), ["@Cyril"]);
    world.clock().advance_seconds(300);
    world.mailbox().next_about("cyril@acme.test", "Quiet corner");
    rest(&world);
    let mails = world.mailbox().so_far_to("ben@studio.test");
    assert!(mails.iter().all(|mail| !mail.subject.contains("Quiet corner")), "{mails:?}");
}

fn an_answer_by_mail_comes_into_the_room_while_its_sender_is_in_it(mut world: World) {
    with_inbound(&mut world);
    let ada = world.ada();
    let room = room_of(&ada, &[CAROL, CYRIL]);
    write(&room, "When do the shops open?");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("carol@acme.test", "Quiet corner");
    // To all of them, whoever wrote.
    assert!(mail.text.contains("added to “Quiet corner”, and everybody there reads it."), "{}", mail.text);
    let of_cyril = world.mailbox().next_about("cyril@acme.test", "Quiet corner");
    assert_ne!(mail.reply_to, of_cyril.reply_to);
    let raw = answer("carol@acme.test", &mail.reply_to, "1", "Nine, not ten.");
    assert!(opened(&world, &raw).contains("was added"));
    assert!(opened(&world, &raw).contains("there already"));
    let foreign = answer("dora@globex.test", &mail.reply_to, "2", "Never");
    assert!(opened(&world, &foreign).contains("refused"));
    ada.visit(room.path()).assert_shows("Nine, not ten.").assert_hides("Never");
    take_out(&ada, &room, "carol@acme.test");
    let late = answer("carol@acme.test", &mail.reply_to, "3", "Too late");
    assert!(opened(&world, &late).contains("refused"));
    ada.visit(room.path()).assert_hides("Too late");
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
