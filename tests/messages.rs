//! What staff and one client write to each other about a portal: who meets it, how it comes to be read, and that
//! nobody else with the same portal learns of it.

pub mod by_mail;
mod files;
mod mentions;
mod rooms;

use crate::{
    on_both,
    steps::{new_portal, note_form, share},
    world::{HOUR, Page, Person, World, until},
};

on_both! {
    a_conversation_begins_with_the_first_message_of_either_side,
    p10_of_two_clients_with_one_portal_neither_meets_what_the_other_writes,
    a_message_reaches_open_pages_and_is_unread_until_somebody_reads_it,
    what_waits_stands_in_the_tabs_title,
    what_a_colleague_answered_is_unread_for_nobody_of_the_staff,
    p12_after_a_revocation_the_client_finds_nothing_of_it_and_staff_add_nothing,
    p43_a_wrong_message_is_answered_at_the_field,
    t10_what_is_written_is_markdown_and_runs_nowhere,
    its_author_changes_and_deletes_a_message_and_both_are_said,
    p30_both_sides_find_a_message_and_arrive_at_it,
    a_long_conversation_is_read_in_parts,
    each_day_of_a_conversation_has_one_heading,
    what_is_unread_for_five_minutes_becomes_one_mail,
    p10_no_mail_goes_to_whom_the_portal_was_taken_from,
    staff_read_at_home_that_a_client_wrote,
    what_was_written_goes_with_its_portal,
}

/// Both Carol and Cyril have it.
fn shared_portal(world: &World) -> Page {
    let portal = new_portal(&world.ada(), "Annual accounts");
    share(&portal, "carol@acme.test");
    share(&portal, "cyril@acme.test");
    world.ada().visit(portal.path())
}

/// What a client reads about a portal.
fn theirs(portal: &Page) -> String {
    format!("{}/messages", portal.path().replacen("/staff", "", 1))
}

/// What staff read about it with one client.
fn with(staff: &Person, portal: &Page, client: &str) -> Page {
    staff.visit(&format!("{}/messages", portal.path())).press(client)
}

#[track_caller]
fn write(conversation: &Page, words: &str) -> Page {
    let page = conversation.form_with_field("Message").fill("Message", words).submit().follow();
    page.assert_ok();
    page
}

/// One message, to press on: beside a conversation of staff stands their list, which shows the latest, too.
#[track_caller]
fn message(person: &Person, conversation: &Page, words: &str) -> Page {
    person.partial_get(conversation.path()).row(words)
}

/// The number beside the entry of the navigation.
fn unread(person: &Person) -> String {
    let side = if person.get("/staff").status.is_success() { "/staff" } else { "" };
    let count = person.partial_get(&format!("{side}/messages/unread"));
    count.assert_ok().source().chars().filter(char::is_ascii_digit).collect()
}

#[track_caller]
fn read(conversation: &Page) {
    conversation.form_with_button("Mark as read").submit().follow().assert_ok();
}

fn a_conversation_begins_with_the_first_message_of_either_side(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    portal.assert_shows("Nobody has written about this portal yet.");
    // P9: Cyril has none yet.
    assert_eq!(cyril.visit("/").count("nav a[href='/messages']"), 0);
    cyril.visit("/messages").assert_shows("Une conversation commence sur la page d’un portail.");

    let first = write(&with(&ada, &portal, "Cyril Dubois"), "Bonjour Cyril");
    first.assert_shows("Bonjour Cyril").assert_shows("Ada Berg");
    assert_eq!(cyril.visit("/").count("nav a[href='/messages']"), 1);
    let answer = write(&cyril.visit("/messages").press("Annual accounts"), "Bonjour Ada");
    answer.assert_shows("Bonjour Cyril").assert_shows("Bonjour Ada");

    let portal_of_carol = carol.visit(&portal.path().replacen("/staff", "", 1));
    let page = write(&portal_of_carol.press("Write a message"), "Good morning");
    page.assert_shows("Good morning").assert_hides("Bonjour");
    carol.visit(portal_of_carol.path()).row("Good morning").assert_shows("Carol Meyer");
    let here = |page: &Page| page.attributes("nav a.navigation-entry[aria-current=page]", "href");
    assert_eq!(here(&page), ["/messages"]);
    assert_eq!(here(&with(&ada, &portal, "Carol Meyer")), ["/staff/messages"]);
    let list = ada.visit("/staff/messages");
    list.row("Good morning").assert_shows("Carol Meyer").assert_shows("Annual accounts").assert_shows("New");
    ada.visit(portal.path()).row("Bonjour Ada").assert_shows("Cyril Dubois");
    world.eve().visit("/staff/messages").assert_hides("Annual accounts").assert_hides("Bonjour Ada");
}

fn p10_of_two_clients_with_one_portal_neither_meets_what_the_other_writes(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol, cyril, dora) = (world.ada(), world.carol(), world.cyril(), world.dora());
    let (conversation, page) = (theirs(&portal), portal.path().replacen("/staff", "", 1));
    let stream = cyril.listen("/live");
    assert_eq!(stream.next().data, "hello");
    write(&with(&ada, &portal, "Cyril Dubois"), "Bonjour Cyril");
    let heard = stream.next().data;
    assert!(heard.contains("message"), "{heard}");

    let of_carol = write(&carol.visit(&conversation), "The quokkasalary is between us.");
    write(&with(&ada, &portal, "Carol Meyer"), "Nobody else knows of the wombatbonus.");
    carol.visit(&conversation).assert_shows("quokkasalary").assert_shows("wombatbonus");
    for address in ["/", "/messages", &page, &conversation] {
        cyril.visit(address).assert_hides("quokka").assert_hides("wombat").assert_hides("Carol");
    }
    for address in ["/", "/messages"] {
        dora.visit(address).assert_hides("quokka").assert_hides("wombat").assert_hides("Carol");
    }
    // P11: not even that it is there.
    let message = of_carol.attributes("a[href$='/edit']", "href").remove(0);
    for address in [message.clone(), message.replace("/edit", "/deletion")] {
        for other in [&cyril, &dora, &world.eve()] {
            let nobodys = other.get(&format!("{conversation}/{}/edit", "0".repeat(32)));
            assert_eq!(other.get(&address).assert_not_found().text(), nobodys.text());
        }
    }
    for below in ["", "/latest"] {
        dora.partial_get(&format!("{conversation}{below}")).assert_not_found();
    }
    let smuggled = message.replace("/edit", "");
    cyril.post(&smuggled, &[("message", "mine")]).assert_not_found();
    cyril.post(&format!("{smuggled}/deletion"), &[]).assert_not_found();

    until(|| carol.partial_get("/search?q=quokkasalary").shows("Annual accounts"));
    until(|| carol.partial_get("/search?q=wombatbonus").shows("wombatbonus"));
    for other in [&cyril, &dora] {
        for words in ["quokkasalary", "quokkas", "wombatbonus", "wombatbonas"] {
            other.partial_get(&format!("/search?q={words}")).assert_hides("Annual accounts");
        }
    }
    // T4: of all this Cyril's page hears only what comes last.
    note_form(&portal, "Later", "Words.").submit().follow().assert_ok();
    let heard = stream.next().data;
    assert!(heard.contains("item") && !heard.contains("message"), "{heard}");
    assert_eq!(unread(&cyril), "1");
}

fn a_message_reaches_open_pages_and_is_unread_until_somebody_reads_it(world: World) {
    let portal = shared_portal(&world);
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let of_ada = with(&ada, &portal, "Carol Meyer");
    let before = unread(&ada);
    let (at_staff, at_client) = (ada.listen("/staff/live"), carol.listen("/live"));
    for stream in [&at_staff, &at_client] {
        assert_eq!(stream.next().data, "hello");
    }
    write(&carol.visit(&theirs(&portal)), "Is there a draft?");
    for stream in [&at_staff, &at_client] {
        let heard = stream.next().data;
        assert!(heard.split(' ').any(|topic| topic == "message"), "{heard}");
    }
    // What the open page asks for then.
    let address = of_ada.attributes("#thread", "data-live-href").concat();
    let fragment = ada.partial_get(&address);
    fragment.assert_shows("Is there a draft?");
    assert_eq!((fragment.count("#thread"), fragment.count("main, form[action$='/messages']")), (1, 0));
    let more = |count: &str| (count.parse::<u32>().unwrap() + 1).to_string();
    assert_eq!((unread(&ada), unread(&ben)), (more(&before), more(&before)));

    // T6: looking at it changes nothing, telling that one did does.
    let open = ada.visit(of_ada.path());
    assert_eq!(unread(&ada), more(&before));
    read(&open);
    assert_eq!((unread(&ada), unread(&ben)), (before.clone(), more(&before)));
    assert!(!ada.visit(of_ada.path()).has_button("Mark as read"));
    // That staff have read tells a client nothing.
    let heard = at_staff.next().data;
    assert!(heard.contains("message"), "{heard}");
    note_form(&portal, "Later", "Words.").submit().follow().assert_ok();
    let heard = at_client.next().data;
    assert!(heard.contains("item") && !heard.contains("message"), "{heard}");

    write(&open, "There is one now.");
    assert_eq!(ada.visit(of_ada.path()).count(".message-receipt"), 0);
    let of_carol = carol.visit(&theirs(&portal));
    let at_carol = unread(&carol);
    read(&of_carol);
    assert_eq!(more(&unread(&carol)), at_carol);
    assert_eq!(ada.visit(of_ada.path()).count(".message-receipt"), 1);
    assert_eq!(carol.visit(&theirs(&portal)).count(".message-receipt"), 0);
    // Whoever is further already stays there.
    let reading = format!("{}/reading", theirs(&portal));
    for number in ["1", "0", "-7", "4000"] {
        carol.partial_post(&reading, &[("number", number)]).assert_status(204);
    }
    assert_eq!(more(&unread(&carol)), at_carol);
}

fn what_waits_stands_in_the_tabs_title(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    write(&carol.visit(&theirs(&portal)), "Is there a draft?");
    let waiting = unread(&ada);
    let page = ada.visit("/staff/portals");
    let counted =
        page.texts(".navigation-count").iter().map(|count| count.parse::<u32>().unwrap()).sum::<u32>();
    assert!(counted >= waiting.parse().unwrap() && counted > 0);
    assert!(page.title().starts_with(&format!("({counted}) ")), "{}", page.title());
    // Nothing waits for a visitor.
    assert!(!world.stranger().visit("/sign-in").title().starts_with('('));
}

fn what_a_colleague_answered_is_unread_for_nobody_of_the_staff(world: World) {
    let portal = shared_portal(&world);
    let (ada, ben, carol) = (world.ada(), world.ben(), world.carol());
    let before = unread(&ada);
    write(&carol.visit(&theirs(&portal)), "Is there a draft?");
    assert_ne!(unread(&ada), before);
    write(&with(&ben, &portal, "Carol Meyer"), "There is.");
    assert_eq!(unread(&ada), before);
    ada.visit("/staff/messages").row("There is.").assert_hides("New");
}

fn p12_after_a_revocation_the_client_finds_nothing_of_it_and_staff_add_nothing(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let conversation = theirs(&portal);
    let page = write(&carol.visit(&conversation), "The quokkasalary is between us.");
    let form = page.form_with_field("Message").fill("Message", "One more");
    let of_ada = write(&with(&ada, &portal, "Carol Meyer"), "The wombatbonus, too.");
    let late = of_ada.form_with_field("Message").fill("Message", "Too late");
    until(|| carol.partial_get("/search?q=quokkasalary").shows("Annual accounts"));
    let edit = page.attributes("a[href$='/edit']", "href").remove(0);

    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    for address in [&conversation, &format!("{conversation}/latest"), &edit] {
        carol.get(address).assert_not_found();
    }
    form.submit().assert_not_found();
    carol.post(&format!("{conversation}/reading"), &[("number", "1")]).assert_not_found();
    for address in ["/", "/messages"] {
        carol.visit(address).assert_hides("Annual accounts").assert_hides("wombat");
    }
    for words in ["quokkasalary", "wombatbonus"] {
        carol.partial_get(&format!("/search?q={words}")).assert_hides("Annual accounts");
    }
    // Staff keep what was written.
    let closed = ada.visit(of_ada.path());
    closed.assert_shows("quokkasalary").assert_shows("was taken back from the client");
    assert!(closed.find_form_with_field("Message").is_none());
    late.submit().assert_status(409);
    ada.visit(of_ada.path()).assert_hides("Too late");
    // Nobody can be written to who never had it.
    let dora = ada.visit("/staff/clients").link("Dora Lindt").rsplit('/').next().unwrap().to_owned();
    ada.get(&format!("{}/messages/{dora}", portal.path())).assert_not_found();
    ada.post(&format!("{}/messages/{dora}", portal.path()), &[("message", "Hello")]).assert_not_found();
}

fn p43_a_wrong_message_is_answered_at_the_field(world: World) {
    let portal = shared_portal(&world);
    let of_ada = with(&world.ada(), &portal, "Carol Meyer");
    for page in [&of_ada, &world.carol().visit(&theirs(&portal))] {
        let form = page.form_with_field("Message");
        let long = "é".repeat(20_000);
        for (typed, said) in
            [(" \n ", "Write something first."), (long.as_str(), "at most 10,000"), ("a\u{7}b", "character")]
        {
            for form in [form.clone(), form.clone().partial()] {
                let answer = form.fill("Message", typed).submit();
                assert!(
                    answer.assert_status(422).field_error("Message").contains(said),
                    "{typed:.9}: {answer}"
                );
                assert_eq!(answer.form_with_field("Message").value("Message"), typed);
            }
        }
        assert!(form.clone().smuggle("author", "x").submit().status.is_client_error());
        page.form_with_field("Message").fill("Message", &"é".repeat(10_000)).submit().follow().assert_ok();
    }
    // As htmx sends it: the message, and an empty field.
    let sent = of_ada.form_with_field("Message").fill("Message", "In place").partial().submit();
    sent.assert_ok().assert_shows("In place");
    assert_eq!(sent.form_with_field("Message").value("Message"), "");
    let edit = message(&world.ada(), &of_ada, "In place").press("Edit");
    let wrong = edit.form_with_button("Save").fill("Message", "").submit();
    assert!(wrong.assert_status(422).field_error("Message").contains("Write something first."));
}

fn t10_what_is_written_is_markdown_and_runs_nowhere(world: World) {
    let portal = shared_portal(&world);
    let hostile = "**Bold** <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))";
    let page = write(&world.carol().visit(&theirs(&portal)), hostile);
    let of_ada = with(&world.ada(), &portal, "Carol Meyer");
    for page in [page, of_ada] {
        assert_eq!(page.texts(".message strong:not(.message-author)"), ["Bold"]);
        assert_eq!(page.count(".message script, .message img, .message a[href^=javascript]"), 0, "{page}");
        page.assert_shows("<script>alert(1)</script>");
    }
    for list in ["/staff/messages", portal.path()] {
        let list = world.ada().visit(list);
        assert_eq!(list.count("main script, main img[onerror]"), 0, "{list}");
        list.assert_shows("<script>alert(1)</script>");
    }
}

fn its_author_changes_and_deletes_a_message_and_both_are_said(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let conversation = theirs(&portal);
    write(&carol.visit(&conversation), "We meet on Tuesdey.");
    let page = write(&carol.visit(&conversation), "The quokkasalary is enclosed.");
    let changed = page.row("Tuesdey").press("Edit").form_with_button("Save");
    let changed = changed.fill("Message", "We meet on Tuesday.").submit().follow();
    changed.row("Tuesday").assert_shows("edited");
    let of_ada = with(&ada, &portal, "Carol Meyer");
    message(&ada, &of_ada, "Tuesday").assert_shows("edited");
    assert!(!of_ada.has_link("Edit"), "{of_ada}");

    let asked = page.row("quokkasalary").press("Delete");
    asked.assert_shows("The quokkasalary is enclosed.").assert_shows("gone for good");
    let deleted = asked.form_with_button("Delete").submit().follow();
    deleted.assert_hides("quokka").assert_shows("This message was deleted.");
    ada.visit(of_ada.path()).assert_hides("quokka").assert_shows("This message was deleted.");
    ada.visit("/staff/messages").row("Tuesday").assert_shows("Annual accounts");
    assert!(!world.database().snapshot(&[]).holds("quokkasalary"), "its words are still there");
    until(|| !ada.partial_get("/staff/search?q=quokkasalary").shows("Annual accounts"));
    // There is nothing left to change.
    let message = asked.path().replace("/deletion", "");
    carol.get(&format!("{message}/edit")).assert_not_found();
    carol.post(&message, &[("message", "Again")]).assert_not_found();
    // Staff have no hand in what a client wrote.
    let id = message.rsplit('/').next().unwrap();
    ada.post(&format!("{}/{id}", of_ada.path()), &[("message", "Mine")]).assert_not_found();
    // In place: the messages again, and the dialog closes.
    let edit = carol.visit(&conversation).row("Tuesday").press("Edit");
    let answer = edit.form_with_button("Save").fill("Message", "We meet on Friday.").partial().submit();
    assert_eq!(answer.assert_ok().header("hx-trigger"), "dialog:close");
    answer.assert_shows("Friday").assert_hides("Tuesday");
}

fn p30_both_sides_find_a_message_and_arrive_at_it(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    write(&carol.visit(&theirs(&portal)), "The lantern\n\nstands beside the **quokkasalary**.");
    for (person, path) in [(&ada, "/staff/search"), (&carol, "/search")] {
        let address = format!("{path}?q=quokkasalary");
        until(|| person.partial_get(&address).shows("Annual accounts"));
        let results = person.visit(&address);
        results.assert_shows("Annual accounts").assert_shows("Message");
        let hit = results.attributes("#results a[href*='/messages']", "href").remove(0);
        let id = hit.split("#message-").nth(1).unwrap();
        let page = person.visit(&hit);
        assert_eq!(page.count(&format!("#message-{id}")), 1);
        assert_eq!(page.texts("mark"), ["quokkasalary"]);
    }
    // P32
    let edit = carol.visit(&theirs(&portal)).row("lantern").press("Edit");
    edit.form_with_button("Save").fill("Message", "A wombatbonus").submit().follow().assert_ok();
    until(|| carol.partial_get("/search?q=wombatbonus").shows("wombatbonus"));
    until(|| !carol.partial_get("/search?q=quokkasalary").shows("Annual accounts"));
}

fn a_long_conversation_is_read_in_parts(world: World) {
    let portal = shared_portal(&world);
    let carol = world.carol();
    let form = carol.visit(&theirs(&portal)).form_with_field("Message");
    for number in 1..=75 {
        form.clone().fill("Message", &format!("Number {number}.")).submit().follow().assert_ok();
    }
    let latest = carol.visit(&theirs(&portal));
    assert_eq!(latest.count("li.message"), 50);
    latest.assert_shows("Number 75.").assert_shows("Number 26.").assert_hides("Number 25.");
    assert!(!latest.has_link("Latest messages"));
    let earlier = latest.press("Earlier messages");
    earlier.assert_shows("Number 1.").assert_shows("Number 26.").assert_hides("Number 75.");
    earlier.press("Latest messages").assert_shows("Number 75.");
    // What is no message of this conversation is not looked for.
    let nothing = carol.visit(&format!("{}?at={}", theirs(&portal), "0".repeat(32)));
    nothing.assert_ok().assert_shows("Number 75.");
}

fn each_day_of_a_conversation_has_one_heading(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    // Noon of tomorrow, so that no midnight comes in between.
    let day = 24 * HOUR;
    world.clock().advance_seconds(day + day / 2 - world.clock().now() % day);
    let headings = |page: &Page| page.texts("#thread h2");
    let page = carol.visit(&theirs(&portal));
    assert_eq!(headings(&page), Vec::<String>::new());
    write(&page, "The first.");
    assert_eq!(headings(&write(&page, "The second.")), ["Today"]);
    world.clock().advance(1);
    assert_eq!(headings(&carol.visit(&theirs(&portal))), ["Yesterday"]);
    let answered = write(&with(&ada, &portal, "Carol Meyer"), "The third.");
    assert_eq!(headings(&answered), ["Yesterday", "Today"]);
    // What an open page fetches is all of it again.
    assert_eq!(headings(&carol.partial_get(&theirs(&portal))), ["Yesterday", "Today"]);
    world.clock().advance(1);
    let later = carol.visit(&theirs(&portal));
    let said = headings(&later);
    assert_eq!((said.len(), said[1].as_str()), (2, "Yesterday"), "{said:?}");
    assert_eq!(said[0].split(' ').count(), 3, "a day, a month and a year: {said:?}");
    // Under its day a message says the time alone.
    for moment in later.texts("li.message .message-moment") {
        assert_eq!(moment.len(), "12:00".len(), "{moment}");
    }
    // P10: who has the same portal has a conversation of their own.
    assert_eq!(headings(&world.cyril().visit(&theirs(&portal))), Vec::<String>::new());
}

/// Lets jobs that are due run.
fn rest(world: &World) {
    world.database().at_rest(&["cursors.*", "sessions.*"]);
}

fn what_is_unread_for_five_minutes_becomes_one_mail(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    for email in ["carol@acme.test", "cyril@acme.test"] {
        world.mailbox().next_to(email);
    }
    let told = |email: &str| {
        rest(&world);
        let mails = world.mailbox().so_far_to(email);
        mails.into_iter().map(|mail| mail.subject).collect::<Vec<_>>()
    };
    let of_ada = write(&with(&ada, &portal, "Carol Meyer"), "The **first** thing.");
    world.clock().advance_seconds(150);
    write(&of_ada, "The second thing.");
    world.clock().advance_seconds(90);
    assert_eq!(told("carol@acme.test"), [""; 0]);
    world.clock().advance_seconds(60);
    let mail = world.mailbox().next_to("carol@acme.test");
    assert_eq!(mail.subject, "2 new messages about “Annual accounts”");
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains("The first thing.") && twin.contains("The second thing."), "{twin}");
    }
    assert!(mail.text.contains("Ada Berg") && !mail.text.contains("Cyril"), "{}", mail.text);
    let open = carol.visit(&mail.link("Read and answer"));
    open.assert_shows("The second thing.");
    // Once.
    world.clock().advance_seconds(400);
    assert_eq!(told("carol@acme.test"), [""; 0]);

    // Who has read is left alone, and so is who read a part of it for that part.
    write(&of_ada, "The third thing.");
    read(&carol.visit(&theirs(&portal)));
    world.clock().advance_seconds(200);
    write(&of_ada, "The fourth thing.");
    world.clock().advance_seconds(200);
    assert_eq!(told("carol@acme.test"), [""; 0]);
    world.clock().advance_seconds(200);
    let mail = world.mailbox().next_to("carol@acme.test");
    assert_eq!(mail.subject, "A new message about “Annual accounts”");
    assert!(mail.text.contains("fourth") && !mail.text.contains("third"), "{}", mail.text);

    // To staff who wrote in it, in the same way; to nobody when one of them answers.
    world.mailbox().so_far_to("ada@studio.test");
    write(&open, "Thank you.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_to("ada@studio.test");
    assert!(mail.text.contains("Carol Meyer") && mail.text.contains("Thank you."), "{}", mail.text);
    assert!(mail.link("Read and answer").ends_with(&format!("{}#latest", of_ada.path())));
    assert_eq!(told("ben@studio.test"), [""; 0]);
    write(&open, "And the fifth?");
    write(&with(&world.ben(), &portal, "Carol Meyer"), "That is all.");
    read(&carol.visit(&theirs(&portal)));
    world.clock().advance_seconds(400);
    assert_eq!((told("ada@studio.test"), told("carol@acme.test")), (vec![], vec![]));

    // P41: in the reader's language; what was deleted is not told.
    let of_cyril = write(&with(&ada, &portal, "Cyril Dubois"), "Bonjour Cyril");
    let slip = write(&of_cyril, "The quokkasalary");
    message(&ada, &slip, "quokkasalary")
        .press("Delete")
        .form_with_button("Delete")
        .submit()
        .follow()
        .assert_ok();
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_to("cyril@acme.test");
    assert_eq!(mail.subject, "Un nouveau message au sujet de «\u{a0}Annual accounts\u{a0}»");
    assert!(!mail.text.contains("quokka"), "{}", mail.text);
}

fn p10_no_mail_goes_to_whom_the_portal_was_taken_from(world: World) {
    let portal = shared_portal(&world);
    let ada = world.ada();
    world.mailbox().next_to("carol@acme.test");
    write(&with(&ada, &portal, "Carol Meyer"), "The quokkasalary");
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    world.clock().advance_seconds(600);
    rest(&world);
    write(&with(&ada, &portal, "Cyril Dubois"), "Bonjour Cyril");
    world.clock().advance_seconds(300);
    // Caused later.
    let mail = world.mailbox().next_about("cyril@acme.test", "au sujet de");
    assert!(mail.text.contains("Ada Berg\u{a0}:"), "{}", mail.text);
    let mails = world.mailbox().so_far_to("carol@acme.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("quokka")), "{mails:?}");
}

fn staff_read_at_home_that_a_client_wrote(world: World) {
    const NEWS: &str = "Carol Meyer wrote about Annual accounts";
    let portal = shared_portal(&world);
    let (ada, ben) = (world.ada(), world.ben());
    write(&with(&ada, &portal, "Carol Meyer"), "Good morning");
    ben.visit("/staff").assert_ok().assert_hides("about Annual accounts");

    write(&world.carol().visit(&theirs(&portal)), "The quokkasalary");
    let home = ben.visit("/staff");
    home.assert_shows(NEWS).assert_hides("quokkasalary").assert_hides("Cyril Dubois wrote about Annual");
    home.press(NEWS).assert_ok().assert_shows("quokkasalary");
    world.eve().visit("/staff").assert_ok().assert_hides("Annual accounts");
    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    ben.visit("/staff").assert_hides(NEWS);
}

fn what_was_written_goes_with_its_portal(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    write(&carol.visit(&theirs(&portal)), "The quokkasalary");
    let of_ada = with(&ada, &portal, "Carol Meyer");
    until(|| ada.partial_get("/staff/search?q=quokkasalary").shows("Annual accounts"));
    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    for (person, address) in [(&ada, of_ada.path()), (&carol, &theirs(&portal))] {
        person.get(address).assert_not_found();
    }
    ada.visit("/staff/messages").assert_hides("quokka");
    carol.visit("/messages").assert_hides("quokka");
    ada.post(&format!("{}/restoration", portal.path()), &[]).follow().assert_ok();
    ada.visit(of_ada.path()).assert_shows("quokkasalary");
    until(|| ada.partial_get("/staff/search?q=quokkasalary").shows("Annual accounts"));

    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    world.clock().advance(31);
    until(|| !world.database().snapshot(&["events.*", "jobs.*"]).holds("quokkasalary"));
}
