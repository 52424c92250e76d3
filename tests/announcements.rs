//! What staff tell everybody who has a portal, or those of some: who reads it, who never learns of it, and how it comes
//! to be read.

use crate::{
    on_both,
    seeing::see_as,
    steps::{new_portal, note_form, share},
    world::{EventStream, Page, Person, World, until},
};

on_both! {
    p10_a_draft_is_staffs_and_its_publication_says_first_how_many_will_read_it,
    p8_what_is_for_one_portal_is_read_by_its_clients_alone,
    what_is_for_everybody_is_read_by_whoever_has_a_portal_now_or_later,
    p12_after_a_revocation_the_client_finds_nothing_of_it,
    staff_see_who_has_read_it_and_no_reader_learns_of_another,
    p13_staff_who_see_as_a_client_read_nothing_in_their_place,
    what_is_corrected_is_marked,
    what_is_deleted_comes_back_for_30_days_and_is_gone_afterwards,
    t4_an_open_page_hears_of_what_is_announced_to_its_reader,
    p30_both_sides_find_what_is_for_them,
    what_is_unread_for_five_minutes_becomes_one_mail,
    p10_no_mail_goes_to_whom_the_portal_was_taken_from,
    p43_a_wrong_announcement_is_answered_at_the_field,
    t10_what_is_announced_is_markdown_and_runs_nowhere,
}

const LIST: &str = "/staff/announcements";
const EVERYBODY: &str = "Everybody who has a portal";
const PORTAL: &str = "Heron accounts";

/// Both Carol and Cyril have it.
fn shared_portal(world: &World) -> Page {
    let portal = new_portal(&world.ada(), PORTAL);
    share(&portal, "carol@acme.test");
    share(&portal, "cyril@acme.test");
    world.ada().visit(portal.path())
}

/// A draft's page; without a portal it is for everybody.
#[track_caller]
fn draft(staff: &Person, title: &str, words: &str, portals: &[&str]) -> Page {
    let form = staff.visit(LIST).press("New announcement").form_with_field("Title");
    let form = form.fill("Title", title).fill("Message", words);
    let chosen: &[&str] = if portals.is_empty() { &[EVERYBODY] } else { portals };
    let page = chosen.iter().fold(form, |form, label| form.tick(label)).submit().follow();
    page.assert_ok();
    page
}

#[track_caller]
fn publish(draft: &Page) -> Page {
    let page = draft.press("Publish").form_with_button("Publish").submit().follow();
    page.assert_ok();
    page
}

#[track_caller]
fn announce(staff: &Person, title: &str, words: &str, portals: &[&str]) -> Page {
    publish(&draft(staff, title, words, portals))
}

/// Where a client reads it.
fn theirs(announcement: &Page) -> String {
    announcement.path().replacen("/staff", "", 1)
}

/// The number beside the entry of the navigation.
fn unread(client: &Person) -> u32 {
    let count = client.partial_get("/announcements/unread");
    count.assert_ok().source().chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// By the button that stands there without scripts, whatever its language.
#[track_caller]
fn read(client: &Person, announcement: &Page) {
    let reading = format!("{}/reading", theirs(announcement));
    client.post(&reading, &[]).follow().assert_ok();
}

/// Lets jobs that are due run.
fn rest(world: &World) {
    world.database().at_rest(&["cursors.*", "sessions.*"]);
}

#[track_caller]
fn assert_met_nowhere(client: &Person, announcement: &Page, title: &str) {
    client.get(&theirs(announcement)).assert_not_found();
    client.partial_get(&theirs(announcement)).assert_not_found();
    client.post(&format!("{}/reading", theirs(announcement)), &[]).assert_not_found();
    for address in ["/", "/announcements"] {
        client.visit(address).assert_hides(title);
    }
    client.partial_get("/announcements/latest").assert_hides(title);
}

fn p10_a_draft_is_staffs_and_its_publication_says_first_how_many_will_read_it(world: World) {
    shared_portal(&world);
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let before = unread(&carol);
    let draft = draft(&ada, "Lantern week", "The **lanterns** hang from Monday on.", &[PORTAL]);
    draft.assert_shows("Only your team sees it").assert_shows(PORTAL);
    assert_eq!(draft.texts(".prose strong"), ["lanterns"]);
    world.ben().visit(LIST).row("Lantern week").assert_shows(PORTAL);
    let asked = draft.press("Publish");
    asked.assert_shows("2 people will read this.");
    for client in [&carol, &cyril, &world.dora()] {
        assert_met_nowhere(client, &draft, "Lantern week");
    }
    assert_eq!(unread(&carol), before);

    let edit = draft.press("Edit").form_with_field("Title");
    let changed = edit.fill("Title", "Lantern fortnight").submit().follow();
    changed.assert_shows("Lantern fortnight").assert_hides("Edited");
    let published = asked.form_with_button("Publish").submit().follow();
    published.assert_ok().assert_shows("Published").assert_hides("Only your team sees it");
    carol.visit(&theirs(&published)).assert_shows("Lantern fortnight").assert_shows("Ada Berg");
    assert_eq!(unread(&carol), before + 1);
    // Pressed twice, it happens once.
    asked.form_with_button("Publish").submit().follow().assert_ok();
    assert_eq!(unread(&carol), before + 1);
    // For whom it is stays.
    ada.get(&format!("{}/edit", draft.path())).assert_not_found();
    ada.post(draft.path(), &[("title", "A"), ("message", "B"), ("everybody", "yes")]).assert_status(409);
    world.dora().get(&theirs(&published)).assert_not_found();
    for eve in [world.eve(), world.eve().at(&ada)] {
        for below in ["", "/edit", "/publication", "/correction"] {
            assert!(!eve.get(&format!("{}{below}", draft.path())).status.is_success());
        }
    }
    world.eve().visit(LIST).assert_hides("Lantern");
}

fn p8_what_is_for_one_portal_is_read_by_its_clients_alone(world: World) {
    shared_portal(&world);
    let ada = world.ada();
    let page = announce(&ada, "Lantern week", "The lanterns hang.", &[PORTAL]);
    for client in [world.carol(), world.cyril()] {
        client.visit("/").row("Lantern week");
        client.visit("/announcements").row("Lantern week").assert_shows("Ada Berg");
        client.visit(&theirs(&page)).assert_shows("The lanterns hang.").assert_hides(PORTAL);
    }
    let opened = world.carol().visit("/").row("Lantern week").press("Read");
    assert_eq!(opened.path(), theirs(&page));
    assert_met_nowhere(&world.dora(), &page, "Lantern week");
    let nobodys = world.dora().get(&format!("/announcements/{}", "0".repeat(32)));
    assert_eq!(world.dora().get(&theirs(&page)).text(), nobodys.text());

    // Of several, one is enough.
    let both = announce(&ada, "Two in one", "Words.", &[PORTAL, "Globex brand refresh"]);
    both.assert_shows(PORTAL).assert_shows("Globex brand refresh");
    for client in [world.carol(), world.cyril(), world.dora()] {
        client.visit(&theirs(&both)).assert_hides(PORTAL).assert_hides("Globex brand refresh");
    }
    // With the portal it goes, and comes back.
    let portal = ada.visit("/staff/portals").press(PORTAL);
    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    assert_met_nowhere(&world.carol(), &page, "Lantern week");
    assert_met_nowhere(&world.cyril(), &both, "Two in one");
    world.dora().get(&theirs(&both)).assert_ok();
    ada.visit(page.path()).assert_shows("For portals that were deleted");
    ada.post(&format!("{}/restoration", portal.path()), &[]).follow().assert_ok();
    world.carol().get(&theirs(&page)).assert_ok();
    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    world.clock().advance(31);
    until(|| !world.database().snapshot(&["events.*", "jobs.*"]).holds(PORTAL));
    ada.visit(page.path()).assert_shows("Nobody has a portal that it is for.");
    world.dora().get(&theirs(&both)).assert_ok();
}

fn what_is_for_everybody_is_read_by_whoever_has_a_portal_now_or_later(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    // P9: Cyril has no portal, so there is nothing.
    let entries = |client: &Person| client.visit("/").count("nav a[href='/announcements']");
    assert_eq!(entries(&cyril), 0);
    let page = announce(&ada, "Lantern week", "The lanterns hang.", &[]);
    for client in [world.carol(), world.dora()] {
        client.visit(&theirs(&page)).assert_shows("The lanterns hang.");
        assert_eq!(entries(&client), 1);
    }
    assert_met_nowhere(&cyril, &page, "Lantern week");
    assert_eq!((entries(&cyril), unread(&cyril)), (0, 0));
    share(&new_portal(&ada, PORTAL), "cyril@acme.test");
    cyril.visit(&theirs(&page)).assert_shows("The lanterns hang.");
    cyril.visit("/announcements").row("Lantern week").assert_shows("Nouveau");
    assert_eq!(entries(&cyril), 1);
}

fn p12_after_a_revocation_the_client_finds_nothing_of_it(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let page = announce(&ada, "Lantern week", "The quokkasalary", &[PORTAL]);
    carol.visit(&theirs(&page)).assert_ok();
    until(|| carol.partial_get("/search?q=quokkasalary").shows("Lantern week"));
    let before = unread(&carol);
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    assert_met_nowhere(&carol, &page, "Lantern week");
    assert_eq!(unread(&carol), before - 1);
    carol.partial_get("/search?q=quokkasalary").assert_hides("Lantern week");
    world.cyril().visit(&theirs(&page)).assert_ok();
    ada.visit(page.path()).assert_shows("1 person has not read it yet").assert_hides("Carol");
}

fn staff_see_who_has_read_it_and_no_reader_learns_of_another(world: World) {
    shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let page = announce(&ada, "Lantern week", "The lanterns hang.", &[PORTAL]);
    page.assert_shows("2 people have not read it yet");
    page.assert_shows("Carol Meyer").assert_shows("Cyril Dubois");
    let before = unread(&carol);
    // T6: opening it changes nothing, telling that one did does.
    let open = carol.visit(&theirs(&page));
    assert_eq!(unread(&carol), before);
    ada.visit(page.path()).assert_shows("2 people have not read it yet");
    open.form_with_button("Mark as read").submit().follow().assert_ok();
    assert_eq!(unread(&carol), before - 1);
    carol.visit("/").assert_hides("Lantern week");
    carol.visit("/announcements").row("Lantern week").assert_hides("New");
    assert!(!carol.visit(&theirs(&page)).has_button("Mark as read"));
    open.form_with_button("Mark as read").submit().follow().assert_ok();

    let receipts = world.ben().visit(page.path());
    receipts.assert_shows("1 person has read it").assert_shows("1 person has not read it yet");
    world.ben().visit(LIST).row("Lantern week").assert_shows("1 of 2 have read it");
    for address in ["/announcements", &theirs(&page)] {
        for client in [&carol, &world.cyril()] {
            let seen = client.visit(address);
            seen.assert_hides("have read it").assert_hides(PORTAL);
            let other = if client.visit("/account").shows("carol@acme.test") { "Cyril" } else { "Carol" };
            seen.assert_hides(other);
        }
    }
}

fn p13_staff_who_see_as_a_client_read_nothing_in_their_place(world: World) {
    shared_portal(&world);
    let page = announce(&world.ada(), "Lantern week", "The lanterns hang.", &[PORTAL]);
    let before = unread(&world.carol());
    let onlooker = world.sign_in("ada@studio.test");
    see_as(&onlooker, "Carol Meyer");
    onlooker.visit(&theirs(&page)).assert_shows("The lanterns hang.");
    onlooker.partial_post(&format!("{}/reading", theirs(&page)), &[]).assert_status(204);
    assert_eq!(unread(&world.carol()), before);
    world.ben().visit(page.path()).assert_shows("2 people have not read it yet");
}

fn what_is_corrected_is_marked(world: World) {
    shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let page = announce(&ada, "Lantern weak", "The lanterns hang.", &[PORTAL]);
    read(&carol, &page);
    let form = page.press("Edit").form_with_field("Title");
    assert_eq!(form.labels(), ["Title", "Message"]);
    form.submit().follow().assert_hides("Edited");
    let corrected = form.clone().fill("Title", "Lantern week").submit().follow();
    corrected.assert_shows("Edited").assert_hides("Lantern weak");
    let told = carol.visit(&theirs(&page));
    told.assert_shows("Lantern week").assert_shows("Edited").assert_hides("Lantern weak");
    // It was read before.
    assert!(!told.has_button("Mark as read"));
    let wrong = form.fill("Message", " ").submit();
    assert!(wrong.assert_status(422).field_error("Message").contains("Write something first."));
}

fn what_is_deleted_comes_back_for_30_days_and_is_gone_afterwards(world: World) {
    shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let page = announce(&ada, "Lantern week", "The quokkasalary", &[PORTAL]);
    read(&carol, &page);
    until(|| carol.partial_get("/search?q=quokkasalary").shows("Lantern week"));
    let list = ada.visit(page.path()).press("Delete");
    list.assert_shows("“Lantern week” was deleted.").row("Lantern week").assert_shows("Restore");
    assert_met_nowhere(&carol, &page, "Lantern week");
    ada.get(page.path()).assert_not_found();
    until(|| !ada.partial_get("/staff/search?q=quokkasalary").shows("Lantern week"));
    list.press("Undo").assert_ok().assert_shows("1 person has read it");
    carol.visit(&theirs(&page)).assert_shows("quokkasalary");
    until(|| carol.partial_get("/search?q=quokkasalary").shows("Lantern week"));

    ada.visit(page.path()).press("Delete").assert_ok();
    ada.visit(LIST).row("Lantern week").press("Restore").assert_ok();
    ada.visit(page.path()).press("Delete").assert_ok();
    world.clock().advance(31);
    until(|| !world.database().snapshot(&["events.*", "jobs.*"]).holds("quokkasalary"));
    ada.post(&format!("{}/restoration", page.path()), &[]).assert_not_found();
    ada.visit(LIST).assert_hides("Lantern week");
}

fn t4_an_open_page_hears_of_what_is_announced_to_its_reader(world: World) {
    shared_portal(&world);
    let (ada, carol, dora) = (world.ada(), world.carol(), world.dora());
    // What was shared has been told.
    rest(&world);
    let (at_carol, at_dora) = (carol.listen("/live"), dora.listen("/live"));
    let at_staff = ada.listen("/staff/live");
    for stream in [&at_carol, &at_dora, &at_staff] {
        assert_eq!(stream.next().data, "hello");
    }
    let page = announce(&ada, "Lantern week", "The lanterns hang.", &[PORTAL]);
    // Not of the draft, and not what it is.
    assert_eq!(at_carol.next().data, "announcement");
    // Staff hear of everything, jobs included.
    let await_announcement = |stream: &EventStream| {
        while !stream.next().data.split(' ').any(|topic| topic == "announcement") {}
    };
    await_announcement(&at_staff);
    // What the open pages ask for then.
    let list = carol.partial_get("/announcements");
    assert_eq!((list.count("#announcements"), list.count("main")), (1, 0));
    carol.partial_get("/announcements/latest").assert_shows("Lantern week");
    let receipts = ada.partial_get(page.path());
    assert_eq!((receipts.count("#announcement"), receipts.count("main")), (1, 0));

    read(&carol, &page);
    [&at_carol, &at_staff].into_iter().for_each(await_announcement);
    let brand = ada.visit("/staff/portals").press("Globex brand refresh");
    note_form(&brand, "Later", "Words.").submit().follow().assert_ok();
    let heard = at_dora.next().data;
    assert!(heard.contains("item") && !heard.contains("announcement"), "{heard}");
    announce(&ada, "For all", "Words.", &[]);
    // What was added to lists of notifications is told apart.
    let next_of = |stream: &EventStream| loop {
        match stream.next().data {
            data if data == "notification" => {}
            data => return data,
        }
    };
    assert_eq!((next_of(&at_dora), next_of(&at_carol)), ("announcement".into(), "announcement".into()));
}

fn p30_both_sides_find_what_is_for_them(world: World) {
    share(&new_portal(&world.ada(), PORTAL), "carol@acme.test");
    let (ada, carol) = (world.ada(), world.carol());
    let one = announce(&ada, "Lantern week", "The lanterns\n\nhang beside the **quokkasalary**.", &[PORTAL]);
    let all = announce(&ada, "Windows", "Cleaned by the wombatbonus.", &[]);
    draft(&ada, "Doors", "Painted in narwhalgreen.", &[]);
    for (person, path, page) in
        [(&ada, "/staff/search", one.path().to_owned()), (&carol, "/search", theirs(&one))]
    {
        let address = format!("{path}?q=quokkasalary");
        until(|| person.partial_get(&address).shows("Lantern week"));
        let results = person.visit(&address);
        results.assert_shows("Announcement");
        let hit = results.attributes("#results a[href*='/announcements/']", "href").remove(0);
        assert!(hit.starts_with(&page), "{hit}");
        assert_eq!(person.visit(&hit).texts("mark"), ["quokkasalary"]);
    }
    until(|| ada.partial_get("/staff/search?q=narwhalgreen").shows("Doors"));
    for client in [&carol, &world.dora()] {
        until(|| client.partial_get("/search?q=wombatbonus").shows("Windows"));
    }
    let cyril = world.cyril();
    for words in ["quokkasalary", "quokkas", "quokkasalery", "wombatbonus", "narwhalgreen"] {
        cyril.partial_get(&format!("/search?q={words}")).assert_hides("Lantern week").assert_hides("Windows");
        world.dora().partial_get(&format!("/search?q={words}")).assert_hides("Lantern week");
        world.eve().partial_get(&format!("/staff/search?q={words}")).assert_hides("Windows");
        carol.partial_get(&format!("/search?q={words}")).assert_hides("Doors");
    }
    // P32, and what is for everybody is found with any portal, and with none no more.
    let edit = all.press("Edit").form_with_field("Title");
    edit.fill("Message", "Cleaned by the echidnawage.").submit().follow().assert_ok();
    until(|| carol.partial_get("/search?q=echidnawage").shows("Windows"));
    until(|| !carol.partial_get("/search?q=wombatbonus").shows("Windows"));
    share(&ada.visit("/staff/portals").press(PORTAL), "cyril@acme.test");
    cyril.partial_get("/search?q=echidnawage").assert_shows("Windows");
    let portal = ada.visit("/staff/portals").press(PORTAL);
    portal.row("cyril@acme.test").press("Revoke").assert_ok();
    cyril.partial_get("/search?q=echidnawage").assert_hides("Windows");
}

fn what_is_unread_for_five_minutes_becomes_one_mail(world: World) {
    shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    for email in ["carol@acme.test", "cyril@acme.test"] {
        world.mailbox().next_to(email);
    }
    let told = |email: &str| {
        rest(&world);
        let mails = world.mailbox().so_far_to(email);
        mails.into_iter().map(|mail| mail.subject).collect::<Vec<_>>()
    };
    announce(&ada, "First news", "The **first** thing.", &[PORTAL]);
    world.clock().advance_seconds(150);
    announce(&ada, "Second news", "The second thing.", &[PORTAL]);
    world.clock().advance_seconds(100);
    assert_eq!(told("carol@acme.test"), [""; 0]);
    world.clock().advance_seconds(50);
    let mail = world.mailbox().next_to("carol@acme.test");
    let organization = mail.subject.strip_prefix("2 announcements by ").unwrap().to_owned();
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains("The first thing.") && twin.contains("The second thing."), "{twin}");
        // P10
        assert!(!twin.contains("Cyril") && !twin.contains("cyril"), "{twin}");
    }
    carol.visit(&mail.link("Read")).row("Second news");
    // P41: in the reader's language.
    let mail = world.mailbox().next_to("cyril@acme.test");
    assert_eq!(mail.subject, format!("{organization}\u{a0}: 2 annonces"));
    // Once.
    world.clock().advance_seconds(400);
    assert_eq!((told("carol@acme.test"), told("cyril@acme.test")), (vec![], vec![]));

    // Who has read is left alone, and what is deleted is told to nobody.
    let third = announce(&ada, "Third news", "The third thing.", &[PORTAL]);
    let slip = announce(&ada, "A slip", "The quokkasalary.", &[PORTAL]);
    slip.press("Delete").assert_ok();
    read(&carol, &third);
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_to("cyril@acme.test");
    assert_eq!(mail.subject, format!("{organization}\u{a0}: Third news"));
    assert!(!mail.text.contains("quokka"), "{}", mail.text);
    assert!(mail.link("Lire").ends_with(&theirs(&third)), "{}", mail.text);
    assert_eq!(told("carol@acme.test"), [""; 0]);
    // Brought back, it is told to whom it was not.
    ada.visit(LIST).row("A slip").press("Restore").assert_ok();
    world.clock().advance_seconds(300);
    world.mailbox().next_about("carol@acme.test", "A slip");
    world.mailbox().next_about("cyril@acme.test", "A slip");
    world.clock().advance_seconds(400);
    assert_eq!((told("carol@acme.test"), told("cyril@acme.test")), (vec![], vec![]));
}

fn p10_no_mail_goes_to_whom_the_portal_was_taken_from(world: World) {
    let portal = shared_portal(&world);
    let ada = world.ada();
    world.mailbox().next_to("carol@acme.test");
    announce(&ada, "Lantern week", "The quokkasalary", &[PORTAL]);
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    world.clock().advance_seconds(300);
    world.mailbox().next_about("cyril@acme.test", "Lantern week");
    rest(&world);
    let mails = world.mailbox().so_far_to("carol@acme.test");
    assert!(mails.iter().all(|mail| !mail.text.contains("quokka")), "{mails:?}");
}

fn p43_a_wrong_announcement_is_answered_at_the_field(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let foreign = eve.visit("/staff/portals").attributes("main a.row-name", "href").remove(0);
    let foreign = foreign.rsplit('/').next().unwrap().to_owned();
    let edited = draft(&ada, "Lantern week", "The lanterns hang.", &["Studio resources"]).press("Edit");
    assert_eq!(edited.form_with_field("Title").value("Studio resources"), "true");
    for page in [ada.visit(LIST).press("New announcement"), edited] {
        let whole = page.form_with_field("Title").fill("Title", "News").fill("Message", "Words.");
        let whole = whole.tick("Studio resources");
        let long = "é".repeat(20_001);
        for (field, typed, said) in [
            ("Title", "  ", ""),
            ("Title", "a\u{202e}b", ""),
            ("Message", " \n ", "Write something first."),
            ("Message", long.as_str(), "at most 20,000"),
            ("Message", "a\u{7}b", "character"),
        ] {
            for form in [whole.clone(), whole.clone().partial()] {
                let answer = form.fill(field, typed).submit();
                let error = answer.assert_status(422).field_error(field);
                assert!(!error.is_empty() && error.contains(said), "{typed:.9}: {error}");
                let again = answer.form_with_field("Title");
                assert_eq!((again.value(field).as_str(), &*again.value("Studio resources")), (typed, "true"));
            }
        }
        let nobody = whole.clone().untick("Studio resources").submit();
        assert!(nobody.assert_status(422).field_error(EVERYBODY).contains("Choose for whom it is"));
        for id in [foreign.as_str(), "01900000000070008000000000000abc", "x"] {
            let answer = whole.clone().smuggle("portal", id).submit();
            let error = answer.assert_status(422).field_error(EVERYBODY);
            assert!(error.contains("is not there any more"), "{error}");
        }
        assert!(whole.clone().smuggle("published_at", "1").submit().status.is_client_error());
        whole.fill("Message", &"é".repeat(20_000)).submit().follow().assert_ok().assert_shows("News");
    }
}

fn t10_what_is_announced_is_markdown_and_runs_nowhere(world: World) {
    shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let hostile = "**Bold** <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))";
    let page = announce(&ada, "<script>alert(2)</script>", hostile, &[PORTAL]);
    for page in [&page, &carol.visit(&theirs(&page))] {
        assert_eq!(page.texts(".prose strong"), ["Bold"]);
        assert_eq!(page.count("main script, .prose img, .prose a[href^=javascript]"), 0, "{page}");
        page.assert_shows("<script>alert(1)</script>").assert_shows("<script>alert(2)</script>");
    }
    for list in [ada.visit(LIST), carol.visit("/announcements"), carol.visit("/")] {
        assert_eq!(list.count("main script"), 0, "{list}");
        list.assert_shows("<script>alert(2)</script>");
    }
}
