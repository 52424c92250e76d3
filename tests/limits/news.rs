//! What limited members are told: the news of what they see, and of nothing else, whatever they saw when it happened.

use super::{RESOURCES, WEBSITE, last_part, limit_ben, page_of_ben, portal};
use crate::{
    messages::by_mail::{answer, opened, with_inbound},
    notifications::{choose, unread},
    on_both,
    steps::{ask_for_approval, conversation, new_portal, note_form, share, upload_form},
    world::{Page, Person, Upload, World, until},
};

on_both! {
    whoever_looks_after_a_client_is_told_what_they_write_as_an_owner_is,
    whoever_wrote_is_told_of_the_answer_and_of_no_other_clients,
    whoever_is_named_is_told_only_of_what_they_see,
    p12_what_was_taken_away_before_the_mail_is_not_in_it,
    p12_what_was_taken_away_before_the_mail_of_the_day_is_not_in_it,
    what_their_clients_do_stands_in_their_list_while_they_see_it,
    what_leads_to_a_closed_page_stands_in_no_list,
    an_open_page_hears_of_its_readers_own_lines_alone,
    only_what_can_reach_them_is_offered_and_the_rest_stays_as_it_was,
    an_answer_by_mail_is_taken_while_its_sender_sees_the_conversation,
}

const LIST: &str = "/staff/notifications";
const CHOICES: &str = "/staff/account/notifications";

/// Ben does not see it any more.
fn take_from_ben(world: &World, words: &str) {
    let form = page_of_ben(world).press("Choose what they see").form_with_button("Save");
    let label = form.labels().into_iter().find(|label| label.contains(words)).unwrap().to_owned();
    form.untick(&label).submit().follow().assert_ok();
}

/// A portal in which nobody has written.
fn shared(world: &World, name: &str, emails: &[&str]) -> Page {
    let portal = new_portal(&world.ada(), name);
    for email in emails {
        share(&portal, email);
    }
    world.ada().visit(portal.path())
}

fn of_clients(portal: &Page) -> String {
    portal.path().replacen("/staff", "", 1)
}

#[track_caller]
fn write(page: &Page, words: &str) {
    page.form_with_field("Message").fill("Message", words).submit().follow().assert_ok();
}

#[track_caller]
fn client_writes(client: &Person, portal: &Page, words: &str) {
    write(&client.visit(&format!("{}/messages", of_clients(portal))), words);
}

/// What Ben was mailed that holds these words, once nothing is on its way any more.
fn mails_to_ben(world: &World, words: &str) -> usize {
    world.database().at_rest(&["cursors.*", "sessions.*"]);
    let mails = world.mailbox().so_far_to("ben@studio.test");
    mails.iter().filter(|mail| mail.text.contains(words)).count()
}

fn whoever_looks_after_a_client_is_told_what_they_write_as_an_owner_is(world: World) {
    let accounts = shared(&world, "Annual accounts", &["carol@acme.test", "dora@globex.test"]);
    let ben = limit_ben(&world, &["carol@acme.test"]);
    client_writes(&world.carol(), &accounts, "The heron.");
    world.clock().advance_seconds(300);
    for email in ["ada@studio.test", "ben@studio.test"] {
        let mail = world.mailbox().next_about(email, "message about “Annual accounts”");
        assert!(mail.text.contains("Carol Meyer") && mail.text.contains("The heron."), "{}", mail.text);
        if email == "ben@studio.test" {
            ben.visit(&mail.link("Read and answer")).assert_shows("The heron.");
        }
    }
    client_writes(&world.dora(), &accounts, "The quokka.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ada@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("The quokka."), "{}", mail.text);
    assert_eq!(mails_to_ben(&world, "quokka"), 0);
    let to_eve = world.mailbox().so_far_to("eve@rival.test");
    assert!(to_eve.iter().all(|mail| !mail.text.contains("Annual accounts")), "{to_eve:?}");
}

fn whoever_wrote_is_told_of_the_answer_and_of_no_other_clients(world: World) {
    let accounts = shared(&world, "Annual accounts", &["carol@acme.test", "dora@globex.test"]);
    for client in ["Carol Meyer", "Dora Lindt"] {
        write(&conversation(&world.ben(), accounts.path(), client), "Good morning.");
    }
    limit_ben(&world, &["carol@acme.test"]);
    world.mailbox().so_far_to("ben@studio.test");
    client_writes(&world.dora(), &accounts, "The quokka.");
    client_writes(&world.carol(), &accounts, "The heron.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ben@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("The heron.") && !mail.text.contains("quokka"), "{}", mail.text);
    // Of Dora's nobody else in it is left but the owner.
    let mail = world.mailbox().next_about("ada@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("The quokka.") && !mail.text.contains("heron"), "{}", mail.text);
    assert_eq!(mails_to_ben(&world, "quokka"), 0);
}

fn whoever_is_named_is_told_only_of_what_they_see(world: World) {
    let accounts = shared(&world, "Annual accounts", &["carol@acme.test", "dora@globex.test"]);
    limit_ben(&world, &["carol@acme.test"]);
    let of = |client: &str| conversation(&world.ada(), accounts.path(), client);
    write(&of("Dora Lindt"), "@Ben Okafor knows of the quokka.");
    write(&of("Carol Meyer"), "@Ben Okafor knows of the heron.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ben@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("heron") && !mail.text.contains("quokka"), "{}", mail.text);
    assert_eq!(mails_to_ben(&world, "quokka"), 0);
}

fn p12_what_was_taken_away_before_the_mail_is_not_in_it(world: World) {
    let accounts = shared(&world, "Annual accounts", &["carol@acme.test"]);
    let ben = limit_ben(&world, &["carol@acme.test"]);
    write(&conversation(&ben, accounts.path(), "Carol Meyer"), "Good morning.");
    client_writes(&world.carol(), &accounts, "The heron.");
    accounts.row("carol@acme.test").press("Revoke").assert_ok();
    ben.get(accounts.path()).assert_not_found();
    world.clock().advance_seconds(300);
    // He alone had written in it.
    let mail = world.mailbox().next_about("ada@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("The heron."), "{}", mail.text);
    assert_eq!(mails_to_ben(&world, "heron"), 0);
}

fn p12_what_was_taken_away_before_the_mail_of_the_day_is_not_in_it(world: World) {
    let herons = shared(&world, "Heron accounts", &["carol@acme.test"]);
    let marmots = shared(&world, "Marmot accounts", &["dora@globex.test"]);
    let ben = limit_ben(&world, &["carol@acme.test", "dora@globex.test"]);
    // The hour strikes after the messages were five minutes old.
    world.clock().advance_seconds(3_600 - world.clock().now().rem_euclid(3_600));
    choose(&world, &ben, CHOICES, "Messages", "Once a day");
    world.mailbox().so_far_to("ben@studio.test");
    client_writes(&world.carol(), &herons, "The heron.");
    client_writes(&world.dora(), &marmots, "The marmot.");
    world.clock().advance_seconds(300);
    // Hers goes at once, and his waits by then.
    for portal in ["Heron", "Marmot"] {
        world.mailbox().next_about("ada@studio.test", &format!("message about “{portal} accounts”"));
    }
    assert_eq!(mails_to_ben(&world, ""), 0);
    take_from_ben(&world, "dora@globex.test");
    world.clock().advance_seconds(3_600);
    let mail = world.mailbox().next_to("ben@studio.test");
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains("Heron accounts") && !twin.contains("Marmot accounts"), "{twin}");
    }
    ben.visit(&mail.link("Open the portal")).assert_ok();
    // With nothing left there is none.
    client_writes(&world.carol(), &herons, "Another heron.");
    world.clock().advance_seconds(300);
    world.mailbox().next_about("ada@studio.test", "message about “Heron accounts”");
    assert_eq!(mails_to_ben(&world, ""), 0);
    take_from_ben(&world, "carol@acme.test");
    world.clock().advance(1);
    assert_eq!(mails_to_ben(&world, ""), 0);
}

/// Files of clients in the portal that they share, `last` being listed last; returns into which folder.
fn send_files(world: &World, resources: &Page, first: (&Person, &str), last: (&Person, &str)) -> String {
    let guides = world.ada().visit(&resources.link("Guides"));
    let folder = guides.url().query_pairs().find(|(name, _)| name == "folder").unwrap().1.into_owned();
    world.ada().post(&format!("/staff/folders/{folder}/uploads"), &[]).follow().assert_ok();
    for (person, name) in [first, last] {
        send_file(person, &folder, name);
    }
    until(|| world.ada().visit(LIST).shows(last.1));
    folder
}

#[track_caller]
fn send_file(client: &Person, folder: &str, name: &str) {
    let files = vec![("files", Upload::text(name, "words"))];
    let answer = client.upload(&format!("/folders/{folder}/files"), &[], files);
    assert!(answer.status.is_redirection(), "{answer}");
}

fn what_their_clients_do_stands_in_their_list_while_they_see_it(world: World) {
    let (carol, dora) = (world.carol(), world.dora());
    let ben = limit_ben(&world, &["carol@acme.test"]);
    let before = unread(&ben, LIST);
    let resources = portal(&world, RESOURCES);
    send_files(&world, &resources, (&dora, "marmot.txt"), (&carol, "heron.txt"));
    world.ada().visit(LIST).assert_shows("marmot.txt").assert_shows("heron.txt");
    let list = ben.visit(LIST);
    list.assert_shows("heron.txt").assert_shows("Carol Meyer sent it").assert_hides("marmot.txt");
    list.assert_hides("Dora");
    assert_eq!(unread(&ben, LIST), before + 1);
    list.row("heron.txt").press("heron.txt").assert_ok().assert_shows("heron.txt");

    upload_form(&resources, [Upload::text("Poster.txt", "A draft.")]).submit().follow().assert_ok();
    let poster = world.ada().visit(resources.path()).press("Poster.txt");
    for (client, email) in [(&dora, "dora@globex.test"), (&carol, "carol@acme.test")] {
        ask_for_approval(&poster, email).assert_ok();
        let theirs = client.visit(&poster.path().replacen("/staff", "", 1)).form_with_button("Approve");
        theirs.fill("What should be different?", "").submit().follow().assert_ok();
    }
    until(|| ben.visit(LIST).shows("Carol Meyer approved it"));
    assert_eq!(unread(&ben, LIST), before + 2);
    ben.visit(LIST).assert_hides("Dora");
    world.ada().visit(LIST).assert_shows("Dora Lindt approved it");

    // Whatever was put there while they saw it, and whatever page is asked for.
    take_from_ben(&world, "carol@acme.test");
    assert_eq!(unread(&ben, LIST), 0);
    for page in ["", "?before=0", "?before=-1", "?before=x", "?before=99999999999999999999"] {
        let list = ben.visit(&format!("{LIST}{page}"));
        list.assert_ok().assert_hides("heron.txt").assert_hides("Poster.txt").assert_hides("Carol");
    }
    limit_ben(&world, &["carol@acme.test"]);
    assert_eq!(unread(&ben, LIST), before + 2);
    // Twice is once.
    for _ in 0..2 {
        ben.post(&format!("{LIST}/reading"), &[]).assert_redirects_to(LIST);
        assert_eq!(unread(&ben, LIST), 0);
    }
    ben.visit(LIST).assert_shows("heron.txt");
    for person in [&carol, &dora] {
        person.get(LIST).assert_not_found();
    }
    world.eve().visit(LIST).assert_hides("heron.txt").assert_hides("marmot.txt");
}

fn what_leads_to_a_closed_page_stands_in_no_list(world: World) {
    let told = "accepted the quote";
    world.ben().visit(LIST).assert_shows(told);
    // Of the very client who accepted it.
    let ben = limit_ben(&world, &["cyril@acme.test"]);
    ben.visit(LIST).assert_ok().assert_hides(told).assert_hides("Carol").assert_hides("Dora");
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Save");
    form.tick("Everything").submit().follow().assert_ok();
    world.ben().visit(LIST).assert_shows(told);
}

fn an_open_page_hears_of_its_readers_own_lines_alone(world: World) {
    let ben = limit_ben(&world, &["carol@acme.test"]);
    let (resources, website) = (portal(&world, RESOURCES), portal(&world, WEBSITE));
    let dora = world.dora();
    let stream = ben.listen("/staff/live");
    let folder = send_files(&world, &resources, (&dora, "quokka.txt"), (&dora, "marmot.txt"));
    note_form(&website, "Of ours", "Words.").submit().follow().assert_ok();
    let is_of_list = |topics: &str| topics.split(' ').any(|topic| topic == "notification");
    let ours = format!("portal:{}", last_part(&website));
    loop {
        let event = stream.next();
        assert!(!is_of_list(&event.data), "{event:?}");
        if event.data.contains(&ours) {
            break;
        }
    }
    let before = unread(&ben, LIST);
    send_file(&world.carol(), &folder, "heron.txt");
    while !is_of_list(&stream.next().data) {}
    assert_eq!(unread(&ben, LIST), before + 1);
}

fn only_what_can_reach_them_is_offered_and_the_rest_stays_as_it_was(world: World) {
    let chosen = [("choice", "messages:at-once"), ("choice", "quote-answers:never")];
    let rest = [("hour", "8"), ("time_zone", "")];
    world.ben().post(CHOICES, &[chosen, rest].concat()).follow().assert_ok();
    let ben = limit_ben(&world, &["carol@acme.test"]);
    assert!(ben.visit("/staff").count("nav a[href='/staff/notifications']") > 0);
    let page = ben.visit("/staff/account").press("Choose");
    page.assert_ok().assert_shows("Messages").assert_hides("Answers to quotes");
    let others = [("hour", "17"), ("time_zone", "UTC")];
    for choices in [
        vec![("choice", "messages:weekly")],
        vec![("choice", "quote-answers:at-once")],
        vec![("choice", "messages:daily"), ("choice", "quote-answers:at-once")],
        vec![],
    ] {
        let answer = ben.post(CHOICES, &[choices.as_slice(), &others].concat());
        answer.assert_status(422);
        assert!(answer.field_error("Messages").contains("once a day or never"), "{answer}");
        assert_eq!(answer.form_with_field("Time of the daily mail").value("Time of the daily mail"), "17");
    }
    choose(&world, &ben, CHOICES, "Messages", "Never");
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Save");
    form.tick("Everything").submit().follow().assert_ok();
    let form = world.ben().visit(CHOICES).form_with_field("Time of the daily mail");
    assert_eq!(form.value("Messages"), "messages:never");
    assert_eq!(form.value("Answers to quotes"), "quote-answers:never");
}

fn an_answer_by_mail_is_taken_while_its_sender_sees_the_conversation(mut world: World) {
    with_inbound(&mut world);
    let accounts = shared(&world, "Annual accounts", &["carol@acme.test"]);
    limit_ben(&world, &["carol@acme.test"]);
    client_writes(&world.carol(), &accounts, "When do the shops open?");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ben@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("You can also answer this mail."), "{}", mail.text);
    let said = answer("ben@studio.test", &mail.reply_to, "1", "A cormorant, at nine.");
    assert!(opened(&world, &said).contains("was added"));
    assert!(opened(&world, &said).contains("there already"));
    let theirs = format!("{}/messages", of_clients(&accounts));
    world.carol().visit(&theirs).assert_shows("A cormorant, at nine.").assert_shows("Ben Okafor");
    world.dora().get(&theirs).assert_not_found();

    take_from_ben(&world, "carol@acme.test");
    let late = answer("ben@studio.test", &mail.reply_to, "2", "The quokkasalary");
    assert!(opened(&world, &late).contains("may not write there any more"));
    assert!(!world.database().snapshot(&[]).holds("quokkasalary"));
    limit_ben(&world, &["carol@acme.test"]);
    let again = answer("ben@studio.test", &mail.reply_to, "3", "A stoat, at ten.");
    assert!(opened(&world, &again).contains("was added"));
    world.carol().visit(&theirs).assert_shows("A stoat, at ten.");
}
