//! Who looked at what, as staff are told, and what happened, as clients are; and that neither counts what nobody did.

use crate::{
    on_both,
    seeing::see_as,
    steps::{new_portal, note_form, share, upload_form},
    world::{Page, Person, Upload, World},
};

on_both! {
    a_look_and_a_download_are_told_apart_with_the_version,
    what_nobody_looked_at_counts_for_nobody,
    a_player_that_asks_for_many_parts_is_one_line,
    what_calls_itself_a_program_has_not_opened_it,
    an_archive_of_everything_is_a_download_of_each,
    a_note_and_its_portal_tell_who_opened_them,
    p13_looks_of_staff_count_as_nothing,
    links_in_mails_that_programs_follow_open_nothing,
    p11_activity_is_for_staff_of_the_same_organization,
    clients_are_told_what_happened_in_their_portal,
    p10_clients_are_told_of_nothing_that_they_do_not_see,
    p12_what_happened_ends_with_the_grant,
    a_long_list_has_pages_and_any_address_is_answered,
}

/// Shared with Carol and Dora, with one file.
struct Shared {
    portal: Page,
    /// On the staff's side.
    file: String,
}

fn shared(world: &World) -> Shared {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let listing = upload_form(&portal, [Upload::text("Plan.txt", "first words")]).submit().follow();
    share(&portal, "carol@acme.test, dora@globex.test");
    Shared { file: listing.link("Plan.txt"), portal }
}

impl Shared {
    fn of_client(&self) -> String {
        self.file.replacen("/staff", "", 1)
    }

    fn portal_of_client(&self) -> String {
        self.portal.path().replacen("/staff", "", 1)
    }

    fn renew(&self, world: &World, words: &str) {
        upload_form(&world.ada().visit(self.portal.path()), [Upload::text("Plan.txt", words)]).submit();
    }
}

fn activity(world: &World, path: &str) -> Page {
    let page = world.ada().visit(path).press("Activity");
    page.assert_ok();
    page
}

fn looks(page: &Page) -> Vec<String> {
    page.assert_ok().texts("tbody tr")
}

/// Who is listed as not having opened it.
fn missing(page: &Page) -> Vec<String> {
    page.assert_ok().texts(".row-name")
}

/// As the page's script tells that somebody looks.
fn look(person: &Person, path: &str) {
    let told = person.visit(path).assert_ok().attributes("form[data-viewed]", "action").remove(0);
    person.partial_post(&told, &[]).assert_status(204);
}

fn happened(person: &Person, portal: &str) -> Vec<String> {
    person.visit(portal).press("What happened").assert_ok().texts("main .row")
}

fn a_look_and_a_download_are_told_apart_with_the_version(world: World) {
    let shared = shared(&world);
    let before = activity(&world, &shared.file);
    before.assert_shows("Activity: Plan.txt").assert_shows("Not opened yet");
    assert_eq!(missing(&before), ["Carol Meyer", "Dora Lindt"]);
    assert!(looks(&before).is_empty());

    look(&world.carol(), &shared.of_client());
    look(&world.carol(), &shared.of_client());
    shared.renew(&world, "second words");
    world.carol().get(&format!("{}/download", shared.of_client())).assert_ok();
    let after = activity(&world, &shared.file);
    assert_eq!(missing(&after), ["Dora Lindt"]);
    let lines = looks(&after);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[0].contains("Carol Meyer") && lines[0].contains("Downloaded · Version 2"), "{lines:#?}");
    assert!(lines[1].contains("Carol Meyer") && lines[1].contains("Viewed · Version 1"), "{lines:#?}");

    let of_portal = looks(&activity(&world, shared.portal.path()));
    assert!(of_portal[0].contains("Downloaded: Plan.txt"), "{of_portal:#?}");
    // Another look an hour later is another line.
    world.clock().advance_seconds(3_601);
    look(&world.carol(), &shared.of_client());
    look(&world.carol(), &shared.of_client());
    assert_eq!(looks(&activity(&world, &shared.file)).len(), 3);
}

fn what_nobody_looked_at_counts_for_nobody(world: World) {
    let shared = shared(&world);
    let carol = world.carol();
    for below in ["content", "download"] {
        let address = format!("{}/{below}", shared.of_client());
        carol.head(&address).assert_ok();
        carol.get_with(&address, &[("Range", "bytes=5000-")]).assert_status(416);
        for ahead in [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"), ("X-Moz", "prefetch")] {
            let early = carol.get_with(&address, &[ahead]);
            assert!(early.assert_status(204).body.is_empty(), "{early}");
        }
        // A foreign one is refused before anything else is said.
        world.cyril().get_with(&address, &[("Purpose", "prefetch")]).assert_not_found();
    }
    // What a page drawn ahead would keep for later, it has to fetch when it is looked at.
    carol.get_with(&shared.of_client(), &[("Sec-Purpose", "prefetch;prerender")]).assert_status(204);
    carol.get(&shared.of_client()).assert_ok();
    let page = activity(&world, &shared.file);
    assert_eq!(missing(&page), ["Carol Meyer", "Dora Lindt"]);
    assert!(looks(&page).is_empty());
}

fn a_player_that_asks_for_many_parts_is_one_line(world: World) {
    let shared = shared(&world);
    let address = format!("{}/content", shared.of_client());
    for part in ["bytes=1-", "bytes=0-3", "bytes=4-7", "bytes=8-", "bytes=0-"] {
        world.carol().get_with(&address, &[("Range", part)]).assert_status(206);
    }
    assert_eq!(looks(&activity(&world, &shared.file)).len(), 1);
    // Dora's are hers.
    world.dora().get_with(&address, &[("Range", "bytes=0-")]).assert_status(206);
    let page = activity(&world, &shared.file);
    assert_eq!((looks(&page).len(), missing(&page)), (2, Vec::new()));
}

fn what_calls_itself_a_program_has_not_opened_it(world: World) {
    let shared = shared(&world);
    let address = format!("{}/download", shared.of_client());
    world.carol().get_with(&address, &[("User-Agent", "python-requests/2.32")]).assert_ok();
    let page = activity(&world, &shared.file);
    assert_eq!(missing(&page), ["Carol Meyer", "Dora Lindt"]);
    assert!(looks(&page)[0].contains("Probably a program"), "{:#?}", looks(&page));
    world
        .carol()
        .get_with(&address, &[("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0")])
        .assert_ok();
    let page = activity(&world, &shared.file);
    assert_eq!(missing(&page), ["Dora Lindt"]);
    assert!(!looks(&page)[0].contains("Probably a program"), "{:#?}", looks(&page));
}

fn an_archive_of_everything_is_a_download_of_each(world: World) {
    let shared = shared(&world);
    world.carol().get(&format!("{}/download", shared.portal_of_client())).assert_ok();
    // What came later was not in it.
    let later = upload_form(&world.ada().visit(shared.portal.path()), [Upload::text("Later.txt", "x")]);
    world.clock().advance_seconds(5);
    let later = later.submit().follow().link("Later.txt");
    let page = activity(&world, &shared.file);
    assert_eq!(missing(&page), ["Dora Lindt"]);
    assert!(looks(&page)[0].contains("Downloaded an archive"), "{:#?}", looks(&page));
    let page = activity(&world, &later);
    assert_eq!(missing(&page), ["Carol Meyer", "Dora Lindt"]);
    assert!(looks(&page).is_empty());
}

fn a_note_and_its_portal_tell_who_opened_them(world: World) {
    let shared = shared(&world);
    let listing = note_form(&world.ada().visit(shared.portal.path()), "Recap", "Words.").submit().follow();
    let note = listing.link("Recap");
    look(&world.dora(), &note.replacen("/staff", "", 1));
    look(&world.dora(), &note.replacen("/staff", "", 1));
    let page = activity(&world, &note);
    assert_eq!((looks(&page).len(), missing(&page)), (1, vec!["Carol Meyer".to_owned()]));

    look(&world.carol(), &shared.portal_of_client());
    let page = activity(&world, shared.portal.path());
    assert!(missing(&page).is_empty(), "{:#?}", missing(&page));
    assert!(looks(&page)[0].contains("Opened the portal"), "{:#?}", looks(&page));
    assert!(looks(&page)[1].contains("Viewed: Recap"), "{:#?}", looks(&page));
}

fn p13_looks_of_staff_count_as_nothing(world: World) {
    let shared = shared(&world);
    for below in ["", "/content", "/download"] {
        world.ben().get(&format!("{}{below}", shared.file)).assert_ok();
    }
    let onlooker = world.sign_in("ada@studio.test");
    see_as(&onlooker, "Carol Meyer");
    look(&onlooker, &shared.of_client());
    look(&onlooker, &shared.portal_of_client());
    for below in ["/content", "/download"] {
        onlooker.get(&format!("{}{below}", shared.of_client())).assert_ok();
    }
    let page = activity(&world, &shared.file);
    assert_eq!(missing(&page), ["Carol Meyer", "Dora Lindt"]);
    assert!(looks(&page).is_empty());
}

fn links_in_mails_that_programs_follow_open_nothing(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "zoe@acme.test");
    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let scanner = world.stranger();
    for agent in ["Mozilla/5.0 (compatible; scanner/1.0)", "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0"] {
        scanner.get_with(&link, &[("User-Agent", agent)]).assert_ok();
        scanner.head(&link);
    }
    let page = activity(&world, portal.path());
    assert_eq!(missing(&page), ["zoe@acme.test"]);
    assert!(looks(&page).is_empty());
    page.assert_shows("they would have to sign in");
}

fn p11_activity_is_for_staff_of_the_same_organization(world: World) {
    let shared = shared(&world);
    let page = activity(&world, &shared.file);
    let address = page.path();
    world.ben().get(address).assert_ok();
    for other in [world.eve(), world.carol(), world.dora()] {
        other.get(address).assert_not_found();
    }
    let id = address.rsplit('/').next().unwrap();
    for nothing in ["portal", "document", "announcement", "person"] {
        world.ada().get(&format!("/staff/activity/{nothing}/{id}")).assert_not_found();
    }
    world.ada().get(&format!("/staff/activity/item/{}", "0".repeat(32))).assert_not_found();
    world.ada().get("/staff/activity/item/x").assert_not_found();
}

fn clients_are_told_what_happened_in_their_portal(world: World) {
    let shared = shared(&world);
    let (ada, here) = (world.ada(), shared.portal_of_client());
    note_form(&ada.visit(shared.portal.path()), "Recap", "Words.").submit();
    shared.renew(&world, "second words");
    let lines = happened(&world.carol(), &here);
    assert_eq!(lines.len(), 3, "{lines:#?}");
    for (line, words) in
        lines.iter().zip([["Plan.txt", "New version"], ["Recap", "New note"], ["Plan.txt", "New file"]])
    {
        assert!(words.iter().all(|words| line.contains(words)), "{lines:#?}");
    }
    world.carol().visit(&format!("{here}/activity")).press("Recap").assert_ok().assert_shows("Words.");

    let project = ada.visit("/staff/projects").press("Acme website relaunch");
    let form = project
        .form_with_button("Add milestone")
        .fill("Milestone", "Garden party")
        .fill("Due date", "2031-04-05");
    let project = form.submit().follow();
    let website = world.carol().visit("/").link("Acme website relaunch");
    let is_told = || happened(&world.carol(), &website).iter().any(|line| line.contains("Garden party"));
    assert!(!is_told(), "it is not done yet");
    let completing = ada.visit(project.path()).row("Due 5 April 2031").form_with_button("Complete");
    let reopening = completing.path().replace("/completion", "/reopening");
    completing.submit().follow().assert_ok();
    assert!(is_told());
    ada.post(&reopening, &[]);
    assert!(!is_told(), "it is not done any more");
}

fn p10_clients_are_told_of_nothing_that_they_do_not_see(world: World) {
    let shared = shared(&world);
    let (ada, here) = (world.ada(), shared.portal_of_client());
    let portal = || ada.visit(shared.portal.path());
    note_form(&portal(), "Mistake", "Words.").submit();
    portal().row("Mistake").press("Delete").assert_ok();
    // What others looked at and who they are.
    look(&world.dora(), &shared.of_client());
    world.dora().get(&format!("{}/download", shared.of_client())).assert_ok();
    // A version beside the pinned one.
    shared.renew(&world, "second words");
    ada.visit(&shared.file).row("Version 1").press("Pin: keep showing this version").follow().assert_ok();
    shared.renew(&world, "third words");
    let lines = happened(&world.carol(), &here);
    assert_eq!(lines.iter().filter(|line| line.contains("New version")).count(), 1, "{lines:#?}");
    assert_eq!(lines.len(), 2, "{lines:#?}");
    let page = world.carol().visit(&format!("{here}/activity"));
    page.assert_hides("Mistake").assert_hides("Dora").assert_hides("Version 3");
}

fn p12_what_happened_ends_with_the_grant(world: World) {
    let shared = shared(&world);
    let address = format!("{}/activity", shared.portal_of_client());
    world.carol().get(&address).assert_ok();
    for other in [world.cyril(), world.eve(), world.ada()] {
        other.get(&address).assert_not_found();
    }
    let client = |path: &str| world.carol().partial_post(path, &[]);
    let views = format!("{}/views", shared.of_client());
    client(&views).assert_status(204);
    world.cyril().partial_post(&views, &[]).assert_not_found();
    world.ada().visit(shared.portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    world.carol().get(&address).assert_not_found();
    client(&views).assert_not_found();
    // Who has it no more is not waited for; what they did stays known.
    let page = activity(&world, &shared.file);
    assert_eq!(missing(&page), ["Dora Lindt"]);
    assert!(looks(&page)[0].contains("Carol Meyer"), "{:#?}", looks(&page));
}

fn a_long_list_has_pages_and_any_address_is_answered(world: World) {
    let shared = shared(&world);
    let many = (0..60).map(|number| Upload::text(&format!("{number}.txt"), "x")).collect::<Vec<_>>();
    upload_form(&world.ada().visit(shared.portal.path()), many).submit();
    shared.renew(&world, "second words");
    let first = world.carol().visit(&format!("{}/activity", shared.portal_of_client()));
    assert_eq!(first.count("main .row"), 50);
    assert!(first.texts("main .row")[0].contains("New version"), "one kind among many of another");
    let second = first.press("Older activity");
    assert_eq!(second.assert_ok().count("main .row"), 12);
    assert!(!second.has_link("Older activity"));
    for odd in ["before=", "before=x", "before=-1", "before=99999999999999999999999", "nonsense=1"] {
        world.carol().get(&format!("{}?{odd}", first.path())).assert_ok();
        world.ada().get(&format!("{}?{odd}", activity(&world, &shared.file).path())).assert_ok();
    }
}
