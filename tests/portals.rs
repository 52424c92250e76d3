//! Portals, and what they hold: notes, links and folders; the first pages; the organization's looks.

use std::thread;

use crate::{
    on_both,
    steps::{new_portal, note_form, open_form},
    world::{Page, Person, World},
};

on_both! {
    a_project_gets_its_portal_by_one_press_and_never_a_second,
    a_portal_is_renamed_settled_deleted_and_brought_back,
    a_note_is_markdown_that_cannot_harm,
    a_pinned_note_stands_on_top_and_only_one_does,
    a_deleted_note_is_pinned_no_more_until_it_comes_back,
    a_link_leads_to_the_web_and_nowhere_else,
    folders_nest_move_and_never_end_in_themselves,
    items_take_the_order_that_staff_give_them,
    undo_brings_back_exactly_what_a_deletion_took,
    bad_input_is_answered_at_its_field_with_everything_kept,
    p8_a_client_sees_what_is_granted_and_a_colleague_does_not,
    p10_what_is_deleted_is_gone_for_clients_at_once,
    two_things_of_one_name_are_two_things,
    p11_what_is_foreign_is_answered_like_what_is_not_there,
    t6_only_the_page_itself_tells_that_it_was_viewed,
    p40_every_form_answers_a_fragment_with_a_fragment,
    p7_the_public_page_says_what_the_owner_wrote,
    the_looks_are_the_owners_to_change,
}

const WEBSITE: &str = "Acme website relaunch";

/// The names in a listing, from top to bottom.
fn items(portal: &Page) -> Vec<String> {
    portal.texts("#items .list .row-name")
}

/// The listing's row of this item.
#[track_caller]
fn item(portal: &Page, name: &str) -> Page {
    portal.row(name)
}

/// What a client's home says on the card of this portal.
fn card(home: &Page, name: &str) -> String {
    home.texts(".portal-card").into_iter().find(|card| card.contains(name)).unwrap()
}

fn add_note(portal: &Page, title: &str, text: &str) -> Page {
    let page = note_form(portal, title, text).submit().follow();
    page.assert_ok();
    page
}

fn add_link(portal: &Page, title: &str, address: &str) -> Page {
    let form = open_form(portal, "Add link", "Address").fill("Title", title).fill("Address", address);
    let page = form.submit().follow();
    page.assert_ok();
    page
}

fn add_folder(portal: &Page, name: &str) -> Page {
    let page = open_form(portal, "New folder", "Name").fill("Name", name).submit().follow();
    page.assert_ok();
    page
}

fn website(staff: &Person) -> Page {
    staff.visit("/staff/portals").press(WEBSITE)
}

fn a_project_gets_its_portal_by_one_press_and_never_a_second(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/projects").press("New project").form_with_button("Save");
    let project = form.fill("Name", "Annual report").submit().follow();
    let press = project.form_with_button("Client portal");
    let answers: Vec<_> = thread::scope(|scope| {
        let presses: Vec<_> = (0..8).map(|_| scope.spawn(|| press.submit())).collect();
        presses.into_iter().map(|press| press.join().unwrap()).collect()
    });
    let portals: Vec<_> =
        answers.iter().map(|page| page.redirect_target().unwrap().path().to_owned()).collect();
    assert!(portals.iter().all(|portal| *portal == portals[0]), "{portals:?}");
    let portal = ada.visit(&portals[0]);
    assert_eq!(portal.texts("h1"), ["Annual report"]);
    assert_eq!(
        ada.visit("/staff/portals").texts(".row-name").iter().filter(|name| *name == "Annual report").count(),
        1
    );
    assert_eq!(ada.visit(project.path()).link("Client portal"), portals[0]);
    portal.press("Annual report").assert_ok();
}

fn a_portal_is_renamed_settled_deleted_and_brought_back(world: World) {
    let (ada, dora) = (world.ada(), world.dora());
    let portal = ada.visit("/staff/portals").press("Globex brand refresh");
    let form = portal.press("Rename").form_with_field("Name");
    assert_eq!(form.value("Name"), "Globex brand refresh");
    form.fill("Name", "Globex, anew").submit().follow().assert_shows("Globex, anew");
    dora.visit("/").assert_shows("Globex, anew").assert_hides("Globex brand refresh</");

    let settings = portal.press("Portal settings").form_with_field("Project");
    let taken = ada.visit("/staff/projects").link(WEBSITE);
    let taken = taken.rsplit('/').next().unwrap().to_owned();
    let refused = ada.post(settings.path(), &[("name", "Globex, anew"), ("project", &taken)]);
    refused.assert_status(422);
    assert!(refused.field_error("Project").contains("has a portal already"));
    settings.fill("Project", "No project").submit().follow().assert_shows("Without a project");

    let list = portal.press("Delete");
    list.assert_shows("“Globex, anew” was deleted.");
    ada.get(portal.path()).assert_not_found();
    dora.visit("/").assert_hides("Globex, anew");
    list.press("Undo").assert_ok().assert_shows("Globex, anew");
    dora.visit("/").assert_shows("Globex, anew");
    ada.visit("/staff/portals?deleted=nonsense").assert_ok().assert_hides("was deleted");
}

fn a_note_is_markdown_that_cannot_harm(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let words = "# Plan\n\nWe agreed on **three** things.\n\n<script>alert(1)</script>\n\n\
                 [bad](javascript:alert(1)) ![seen](https://tracker.test/dot.png) <b hx-get=/sign-out>x</b>";
    let portal = add_note(&website(&ada), "Mind <the> gap", words);
    let staffs = ada.visit(&item(&portal, "Mind <the> gap").link("Mind <the> gap"));
    let theirs = carol.visit("/").press(WEBSITE).press("Mind <the> gap");
    for page in [staffs, theirs] {
        assert_eq!(page.texts("h1"), ["Mind <the> gap"]);
        assert_eq!(page.texts(".prose h2"), ["Plan"]);
        assert_eq!(page.texts(".prose[hx-ignore] strong"), ["three"]);
        page.assert_shows("<script>alert(1)</script>");
        assert_eq!(page.count(".prose script, .prose img, .prose [hx-get], .prose b"), 0, "{page}");
        assert!(!page.attributes(".prose a", "href").iter().any(|href| href.starts_with("javascript")));
    }
    let form = ada.visit(&item(&portal, "Mind <the> gap").link("Edit")).form_with_field("Note");
    assert_eq!(form.value("Note"), words);
    let portal = form.fill("Title", "Gap").fill("Note", "").submit().follow();
    portal.press("Gap").assert_shows("This note has no words yet.");
}

fn a_pinned_note_stands_on_top_and_only_one_does(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = website(&ada);
    assert_eq!(portal.texts(".note-pinned h2"), ["Where we are"]);
    let theirs = carol.visit("/").press(WEBSITE);
    assert_eq!(theirs.texts(".note-pinned h2"), ["Where we are"]);
    assert!(!items(&theirs).contains(&"Where we are".to_owned()), "it stands on top, not twice");

    let portal = item(&portal, "How to send us photographs").press("Pin to the top");
    assert_eq!(portal.texts(".note-pinned h2"), ["How to send us photographs"]);
    assert_eq!(carol.visit(theirs.path()).texts(".note-pinned h2"), ["How to send us photographs"]);
    let portal = portal.press("Unpin");
    assert_eq!(portal.count(".note-pinned"), 0);
}

fn a_deleted_note_is_pinned_no_more_until_it_comes_back(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let (before, theirs) = (website(&ada), carol.visit("/").press(WEBSITE));
    let on_top = || carol.visit(theirs.path()).texts(".note-pinned h2");
    let pinned = item(&before, "How to send us photographs").press("Pin to the top");
    assert_eq!(items(&pinned), items(&before), "everything else stays in its place");
    assert!(carol.visit(theirs.path()).count(".note-pinned .prose p") > 0, "its words are to be read");
    world.dora().get(theirs.path()).assert_not_found();

    let deleted = item(&pinned, "Actions for How to send us photographs").press("Delete");
    assert_eq!((deleted.count(".note-pinned"), on_top().len()), (0, 0));
    let back = deleted.press("Undo");
    assert_eq!(on_top(), ["How to send us photographs"]);

    // Another that was pinned meanwhile keeps its place.
    let deleted = item(&back, "Actions for How to send us photographs").press("Delete");
    let undo = deleted.form_with_button("Undo");
    item(&deleted, "Actions for Where we are").press("Pin to the top").assert_ok();
    undo.submit().follow().assert_ok();
    assert_eq!(on_top(), ["Where we are"]);
}

fn a_link_leads_to_the_web_and_nowhere_else(world: World) {
    let ada = world.ada();
    let portal = website(&ada);
    let form = open_form(&portal, "Add link", "Address").fill("Title", "Kept");
    for (address, sentence) in [
        ("", "Write the address"),
        ("javascript:alert(1)", "an address on the web"),
        ("data:text/html,x", "an address on the web"),
        ("localhost:80", "an address on the web"),
        ("//evil.test", "an address on the web"),
        ("https://ada:secret@acme.test", "out of the address"),
    ] {
        let answer = form.clone().fill("Address", address).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Address").contains(sentence), "{address}: {answer}");
        assert_eq!(answer.form_with_field("Address").value("Title"), "Kept");
    }
    let portal = add_link(&portal, "", "https://www.example.test/a?b=c");
    let row = item(&portal, "example.test");
    assert_eq!(row.link("example.test"), "https://www.example.test/a?b=c");
    assert_eq!(row.attributes("a.row-name", "rel"), ["noopener noreferrer"]);
    let form = ada.visit(&row.link("Edit")).form_with_field("Address");
    let portal = form.fill("Title", "Elsewhere").fill("Address", "http://example.test/").submit().follow();
    assert_eq!(portal.link("Elsewhere"), "http://example.test/");
    // As it stands on paper.
    let portal = add_link(&portal, "Prices", "example.test/prices");
    assert_eq!(portal.link("Prices"), "https://example.test/prices");
}

fn folders_nest_move_and_never_end_in_themselves(world: World) {
    let ada = world.ada();
    let portal = add_folder(&add_folder(&new_portal(&ada, "Nest"), "Outer"), "Other");
    let outer = portal.press("Outer");
    let inner = add_folder(&outer, "Inner").press("Inner");
    assert_eq!(inner.texts("h1"), ["Inner"]);
    assert_eq!(inner.texts(".breadcrumb a"), ["Portals", "Nest", "Outer"]);

    // The same name again, in the same folder and in another.
    let twice = open_form(&portal, "New folder", "Name").fill("Name", "Outer").submit();
    twice.assert_status(422);
    assert!(twice.field_error("Name").contains("already a folder"));
    add_folder(&inner, "Outer").assert_shows("Outer");

    // Into itself: the form offers no such folder, and a forged one is refused.
    let id_of = |page: &Page, name: &str| item(page, name).attributes("li", "data-reorder-key").remove(0);
    let (outer_id, inner_id) = (id_of(&portal, "Outer"), id_of(&ada.visit(&url(&outer)), "Inner"));
    for into in [&outer_id, &inner_id] {
        let answer = ada.post(&format!("/staff/items/{outer_id}/folder"), &[("folder", into)]);
        answer.assert_status(422);
        assert!(answer.field_error("Folder").contains("into itself"), "{answer}");
    }
    let move_form = ada.visit(&item(&portal, "Outer").link("Move")).form_with_field("Folder");
    move_form.fill("Folder", "Other").submit().follow().assert_ok();
    let other = ada.visit(portal.path()).press("Other");
    assert_eq!(items(&other), ["Outer"]);
    assert_eq!(items(&other.press("Outer")), ["Inner"]);
    assert_eq!(items(&ada.visit(portal.path())), ["Other"]);

    // To the folder of another portal: as if it were not there.
    let foreign = item(&website(&ada), "Contracts").attributes("li", "data-reorder-key").remove(0);
    let answer = ada.post(&format!("/staff/items/{outer_id}/folder"), &[("folder", &foreign)]);
    answer.assert_status(422);
    assert!(answer.field_error("Folder").contains("not there any more"));
}

/// With the query, which names the folder.
fn url(page: &Page) -> String {
    page.url()[url::Position::BeforePath..].to_owned()
}

fn items_take_the_order_that_staff_give_them(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let mut portal = new_portal(&ada, "In order");
    for name in ["One", "Two", "Three"] {
        portal = add_note(&portal, name, "");
    }
    assert_eq!(items(&portal), ["One", "Two", "Three"]);
    assert_eq!(items(&portal.press("Move Three up")), ["One", "Three", "Two"]);
    assert_eq!(items(&ada.visit(portal.path()).press("Move One down")), ["Three", "One", "Two"]);
    assert!(!ada.visit(portal.path()).has_button("Move Three up"), "it is the first");

    let keys = portal.attributes("[data-reorder-key]", "data-reorder-key");
    let address = portal.attributes("[data-reorder-href]", "data-reorder-href").remove(0);
    let order: Vec<_> = keys.iter().rev().map(|key| ("order", key.as_str())).collect();
    ada.partial_post(&address, &order).assert_status(204);
    assert_eq!(items(&ada.visit(portal.path())), ["Three", "Two", "One"]);

    // Not all of them, one twice, one of another portal, another organization's hands.
    ada.partial_post(&address, &order[..2]).assert_status(409);
    ada.partial_post(&address, &[order[0], order[0], order[1]]).assert_status(409);
    let foreign = website(&ada).attributes("[data-reorder-key]", "data-reorder-key").remove(0);
    ada.partial_post(&address, &[("order", &foreign)]).assert_not_found();
    eve.partial_post(&address, &order).assert_not_found();
    assert_eq!(items(&ada.visit(portal.path())), ["Three", "Two", "One"]);
}

fn undo_brings_back_exactly_what_a_deletion_took(world: World) {
    let ada = world.ada();
    let portal = add_folder(&new_portal(&ada, "Undoing"), "Box");
    let inside = add_folder(&add_note(&portal.press("Box"), "Kept", ""), "Inner");
    let inside = add_note(&inside.press("Inner"), "Deep", "").press("Box");
    let without = item(&add_note(&inside, "Gone before", ""), "Gone before").press("Delete");
    without.assert_shows("“Gone before” was deleted.");
    assert_eq!(items(&without), ["Kept", "Inner"]);

    let deleted = item(&ada.visit(portal.path()), "Box").press("Delete");
    assert!(items(&deleted).is_empty(), "{deleted}");
    ada.get(&url(&without)).assert_not_found();
    let back = deleted.press("Undo");
    assert_eq!(items(&back), ["Box"]);
    let back = back.press("Box");
    assert_eq!(items(&back), ["Kept", "Inner"], "what was deleted before stays deleted");
    assert_eq!(items(&back.press("Inner")), ["Deep"]);

    // An item whose folder is gone comes back at the top.
    let lonely = item(&back, "Kept").press("Delete");
    let undo = lonely.form_with_button("Undo");
    item(&ada.visit(portal.path()), "Box").press("Delete");
    let top = undo.submit().follow();
    assert_eq!(items(&top), ["Kept"]);
    assert_eq!(top.texts("h1"), ["Undoing"]);
}

fn bad_input_is_answered_at_its_field_with_everything_kept(world: World) {
    let ada = world.ada();
    let portal = website(&ada);
    let note = open_form(&portal, "Add note", "Note");
    let long = "é".repeat(10_000);
    for (title, sentence) in [
        ("", "Write a name."),
        (" \u{200b} ", "Write a name."),
        (long.as_str(), "200 characters"),
        ("a\0b", "invisible characters"),
        ("invoice\u{202e}fdp.exe", "invisible characters"),
    ] {
        let answer = note.clone().fill("Title", title).fill("Note", "What was written.").submit();
        answer.assert_status(422);
        assert!(answer.field_error("Title").contains(sentence), "{title:?}: {answer}");
        assert_eq!(answer.form_with_field("Note").value("Note"), "What was written.");

        let rename = ada.visit(&item(&portal, "Contracts").link("Rename")).form_with_field("Name");
        let answer = rename.fill("Name", title).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Name").contains(sentence), "{title:?}: {answer}");
    }
    for (words, sentence) in [("a\0b", "control character"), (&*"x".repeat(100_001), "100,000 characters")] {
        let answer = note.clone().fill("Title", "Kept").fill("Note", words).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Note").contains(sentence));
        assert_eq!(answer.form_with_field("Note").value("Title"), "Kept");
    }
    assert!(note.clone().fill("Title", "x").smuggle("pinned", "true").submit().status.is_client_error());

    for name in ["..", "a/b\\c", "<b>bold</b>", "Réunion d’été 🎉", "%00 ' OR 1=1 --"] {
        let portal = add_folder(&portal, name);
        assert!(items(&portal).contains(&name.to_owned()), "{name}");
        assert_eq!(portal.press(name).texts("h1"), [name]);
    }
}

fn p8_a_client_sees_what_is_granted_and_a_colleague_does_not(world: World) {
    let (carol, ada) = (world.carol(), world.ada());
    let home = carol.visit("/");
    home.assert_shows(WEBSITE).assert_hides("Globex brand refresh");
    let portal = home.press(WEBSITE);
    portal.assert_shows("Contracts").assert_shows("Staging site");
    let folder = portal.press("Meeting notes");
    let note = folder.press("Compte rendu de la réunion d'été");
    note.assert_shows("le même jour").assert_hides("/staff/");
    assert_eq!(note.texts(".breadcrumb a"), ["Home", WEBSITE, "Meeting notes"]);

    for other in [world.cyril(), world.dora(), world.eve().at(&carol), world.stranger()] {
        for path in [portal.path().to_owned(), url(&folder), url(&note), format!("{}/items", portal.path())] {
            let page = other.get(&path);
            assert!(!page.status.is_success(), "{other} {path}");
            page.assert_hides("Compte rendu").assert_hides(WEBSITE);
        }
        other.visit("/").assert_hides(WEBSITE);
    }
    // The other way round: clients have no staff pages, staff no client's.
    carol.get("/staff").assert_not_found();
    carol.get(website(&ada).path()).assert_not_found();
    ada.get(portal.path()).assert_not_found();
    ada.get("/").assert_redirects_to("/staff");
}

fn p10_what_is_deleted_is_gone_for_clients_at_once(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = carol.visit("/").press(WEBSITE);
    let folder = portal.press("Meeting notes");
    let note = folder.press("Kick-off");
    let listing = item(&website(&ada), "Meeting notes").press("Delete");
    carol.get(&url(&folder)).assert_not_found();
    carol.get(&url(&note)).assert_not_found();
    carol.visit(portal.path()).assert_hides("Meeting notes");
    listing.press("Undo");
    carol.get(&url(&note)).assert_ok();

    let list = website(&ada).press("Delete");
    carol.get(portal.path()).assert_not_found();
    carol.get(&url(&note)).assert_not_found();
    carol.visit("/").assert_hides(WEBSITE);
    list.press("Undo");
    carol.get(portal.path()).assert_ok();
}

fn two_things_of_one_name_are_two_things(world: World) {
    let ada = world.ada();
    let [first, second] = [new_portal(&ada, "Twin"), new_portal(&ada, "Twin")];
    assert_ne!(first.path(), second.path());
    assert_eq!(
        ada.visit("/staff/portals").texts(".row-name").iter().filter(|name| *name == "Twin").count(),
        2
    );
    for _ in 0..2 {
        note_form(&first, "Kick-off", "Words.").submit().follow().assert_ok();
        let link = open_form(&first, "Add link", "Address").fill("Title", "Prototype");
        link.fill("Address", "https://prototype.example").submit().follow().assert_ok();
    }
    let names = ada.visit(first.path()).texts("#items .row-name");
    for name in ["Kick-off", "Prototype"] {
        assert_eq!(names.iter().filter(|shown| *shown == name).count(), 2, "{names:?}");
    }
}

fn p11_what_is_foreign_is_answered_like_what_is_not_there(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let portal = website(&ada);
    let key = item(&portal, "Contracts").attributes("li", "data-reorder-key").remove(0);
    let nobodys = "00000000-0000-7000-8000-000000000000";
    for path in [
        "/staff/portals/ID",
        "/staff/portals/ID/items",
        "/staff/portals/ID/notes/new",
        "/staff/portals/ID/settings",
    ] {
        let id = portal.path().rsplit('/').next().unwrap();
        eve.get(&path.replace("ID", id)).assert_not_found();
        eve.get(&path.replace("ID", nobodys)).assert_not_found();
        eve.get(&path.replace("ID", "nonsense")).assert_not_found();
    }
    for path in ["name", "folder", "deletion", "restoration", "place/later"] {
        for id in [key.as_str(), nobodys, "nonsense"] {
            let fields: &[_] = match path {
                "name" => &[("name", "Mine")],
                "folder" => &[("folder", "")],
                _ => &[],
            };
            eve.post(&format!("/staff/items/{id}/{path}"), fields).assert_not_found();
        }
    }
    ada.get(&format!("{}?folder={nobodys}", portal.path())).assert_not_found();
    ada.get(&format!("{}?folder=nonsense", portal.path())).assert_not_found();
    let note = [("title", "Mine"), ("note", ""), ("folder", nobodys)];
    ada.post(&format!("{}/notes", portal.path()), &note).assert_not_found();
    assert!(items(&website(&ada)).contains(&"Contracts".to_owned()));
}

fn t6_only_the_page_itself_tells_that_it_was_viewed(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let home = carol.visit("/");
    assert!(
        home.texts(".portal-card .badge").is_empty(),
        "nothing is called new to somebody whose views are unknown"
    );
    let portal = home.press(WEBSITE);
    ada.visit("/staff").assert_hides("opened");

    let views = portal.attributes("form[data-viewed]", "action").remove(0);
    carol.partial_post(&views, &[]).assert_status(204);
    ada.visit("/staff").assert_shows("Carol Meyer opened Acme website relaunch");
    assert!(!card(&carol.visit("/"), WEBSITE).contains("new"));

    world.clock().advance_seconds(60);
    add_note(&add_note(&website(&ada), "First", ""), "Second", "");
    assert!(card(&carol.visit("/"), WEBSITE).ends_with("2 new"));
    assert_eq!(item(&carol.visit(portal.path()), "First").texts(".badge"), ["New"]);
    world.clock().advance_seconds(60);
    carol.partial_post(&views, &[]).assert_status(204);
    assert!(!card(&carol.visit("/"), WEBSITE).contains("new"));
    // A colleague's view is not theirs to tell, and staff tell none.
    world.cyril().partial_post(&views, &[]).assert_not_found();
    ada.partial_post(&views, &[]).assert_not_found();
}

fn p40_every_form_answers_a_fragment_with_a_fragment(world: World) {
    let ada = world.ada();
    let portal = website(&ada);
    let dialog = ada.partial_get(&portal.link("New folder"));
    assert!(!dialog.source().contains("<html"), "a dialog is not a page");
    let added = dialog.form_with_field("Name").fill("Name", "Press").partial().submit();
    assert_eq!(added.header("hx-trigger"), "dialog:close");
    assert!(added.shows("Press") && !added.source().contains("<html"), "{added}");
    let wrong = dialog.form_with_field("Name").fill("Name", "Press").partial().submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Name").contains("already a folder") && !wrong.source().contains("<html"));

    let portal = ada.visit(portal.path());
    let listing = item(&portal, "Press").form_with_button("Delete").partial().submit();
    listing.assert_ok();
    assert!(listing.source().contains("hx-partial") && !listing.source().contains("<html"));
    assert!(!items(&listing).contains(&"Press".to_owned()));
    let own = listing.attributes("#items", "data-live-href").remove(0);
    assert_eq!(items(&ada.partial_get(&own)), items(&listing));
    ada.get(&own).assert_redirects_to(portal.path());
}

fn p7_the_public_page_says_what_the_owner_wrote(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let form = ada.visit("/staff/settings/public-page").form_with_field("Headline");
    form.fill("Title", "Made <to> last")
        .fill("Words", "We **build**.\n\n<script>x</script>")
        .submit()
        .follow()
        .assert_ok();
    let page = stranger.visit("/");
    assert_eq!(page.texts("h1"), ["Made <to> last"]);
    assert_eq!(page.texts("main strong"), ["build"]);
    assert_eq!(page.count("main script"), 0);
    page.press("Sign in").assert_ok();
    for private in ["/portals/x", "/staff", "/notes/x", "/staff/portals", "/staff/settings/looks"] {
        assert!(stranger.get(private).redirect_target().unwrap().path().starts_with("/sign-in"), "{private}");
    }
    // Without words of their own, the name stands there.
    assert_eq!(world.stranger_at("rival").visit("/").texts("h1").len(), 1);
}

fn the_looks_are_the_owners_to_change(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let before = stylesheet(&stranger);
    let form = ada.visit("/staff/settings/looks").form_with_field("Organization");
    let wrong = form.clone().fill("Colour", "red").fill("Organization", "Studio South").submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Colour").contains("#rrggbb"));
    assert_eq!(wrong.form_with_field("Organization").value("Organization"), "Studio South");
    let form =
        form.fill("Colour", "#8a1c4a").fill("Organization", "Studio South").fill("Time zone", "Asia/Tokyo");
    form.submit().follow().assert_ok().assert_shows("Studio South");

    let after = stylesheet(&stranger);
    assert_eq!(after, "/brand/8a1c4a.css");
    let css = stranger.get(&after);
    css.assert_ok();
    assert!(
        css.header("content-type").starts_with("text/css")
            && css.header("cache-control").contains("immutable")
    );
    stranger.get(&before).assert_not_found();
    stranger.get("/brand/../x.css").assert_not_found();
    let preview = ada.partial_get("/staff/settings/looks/preview?colour=%23ffee00");
    assert_eq!(preview.count("svg"), 1);

    world.ben().get("/staff/settings/looks").assert_status(403);
    world
        .ben()
        .post("/staff/settings/public-page", &[("headline", "Ben's"), ("words", "")])
        .assert_status(403);
    stranger.visit("/").assert_hides("Ben's");
}

fn stylesheet(person: &Person) -> String {
    let sheets = person.visit("/").attributes("link[rel=stylesheet]", "href");
    sheets.into_iter().find(|href| href.starts_with("/brand/")).unwrap()
}
