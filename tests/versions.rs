//! P34: what is uploaded again under its name is the next version; clients see one version and know of no other.

use std::fs;

use crate::{
    on_both,
    steps::{join, new_portal, share, upload_form},
    world::{Backend, Page, Person, Upload, World, until},
};

on_both! {
    p34_the_same_name_again_is_the_next_version,
    p34_a_client_sees_the_latest_and_has_no_way_to_an_older_one,
    a_pinned_version_stays_shown_until_it_is_unpinned,
    an_older_version_comes_back_as_the_newest,
    a_version_is_deleted_and_brought_back,
    what_changed_is_told_line_by_line,
    what_changed_is_told_of_text_read_out_of_a_document,
    search_finds_the_words_of_the_version_that_is_shown,
    another_folder_or_another_name_is_another_file,
}

fn portal(world: &World) -> Page {
    new_portal(&world.ada(), "Winter campaign")
}

#[track_caller]
fn upload(portal: &Page, name: &str, words: &str) -> Page {
    let listing = upload_form(portal, [Upload::text(name, words)]).submit().follow();
    listing.assert_ok();
    listing
}

/// The file's page, with as many versions as there are texts.
#[track_caller]
fn versions(portal: &Page, name: &str, texts: &[&str]) -> Page {
    let listing = texts.iter().fold(None, |_, text| Some(upload(portal, name, text))).unwrap();
    listing.press(name)
}

fn names(file: &Page) -> Vec<String> {
    file.texts("#versions .row-name")
}

fn version(file: &Page, number: usize) -> String {
    file.link(&format!("Version {number}"))
}

fn shown(world: &World, file: &Page) -> String {
    world.ada().get(&format!("{}/download", file.path())).source()
}

fn again(world: &World, file: &Page) -> Page {
    world.ada().visit(file.path())
}

fn p34_the_same_name_again_is_the_next_version(world: World) {
    let portal = portal(&world);
    upload(&portal, "Plan.txt", "first");
    let before = world.database().snapshot(&["cursors.*", "jobs.*"]);
    let listing = upload_form(&world.ben().visit(portal.path()), [Upload::text("Plan.txt", "second")]);
    let listing = listing.submit().follow();
    let recorded =
        before.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*"])).unwrap().to_string();
    assert_eq!(recorded.matches("item.version-added").count(), 1, "{recorded}");
    assert!(
        !recorded.contains("item.added") && recorded.replace("\"\"", "\"").contains(r#""version":2"#),
        "{recorded}"
    );
    assert_eq!(listing.texts("#items .row-name"), ["Plan.txt"]);

    let file = world.ada().visit(&listing.link("Plan.txt"));
    assert_eq!(names(&file), ["Version 2", "Version 1"]);
    file.row("Version 2").assert_shows("Ben Okafor").assert_shows("Shown to clients").assert_shows("6 bytes");
    file.row("Version 1").assert_shows("Ada Berg").assert_hides("Shown to clients").assert_shows("5 bytes");
    assert_eq!(shown(&world, &file), "second");
    let first = world.ada().get(&format!("{}/download", version(&file, 1)));
    assert_eq!(first.source(), "first");
    assert_eq!(first.header("content-disposition"), "attachment; filename=\"Plan.txt\"");
    world.ada().visit(&version(&file, 1)).assert_shows("first").assert_shows("Clients see version 2");
}

fn p34_a_client_sees_the_latest_and_has_no_way_to_an_older_one(world: World) {
    let portal = portal(&world);
    let first = versions(&portal, "Plan.txt", &["the first canary"]);
    let etag = world.ada().get(&format!("{}/content", first.path())).header("etag").to_owned();
    let file = versions(&portal, "Plan.txt", &["the second one"]);
    share(&portal, "carol@acme.test");

    let (carol, address) = (world.carol(), file.path().replace("/staff", ""));
    let page = carol.visit(&address);
    page.assert_shows("the second one").assert_hides("canary").assert_hides("Version");
    for below in ["content", "download"] {
        let path = format!("{address}/{below}");
        for headers in [
            vec![("If-None-Match", etag.as_str())],
            vec![("Range", "bytes=0-8"), ("If-Range", etag.as_str())],
            vec![("If-Match", etag.as_str())],
        ] {
            let answer = carol.get_with(&path, &headers);
            assert_eq!(answer.assert_ok().source(), "the second one", "{headers:?}");
            assert_ne!(answer.header("etag"), etag);
        }
        assert_eq!(carol.get(&format!("{path}?version=1")).source(), "the second one");
    }
    let older = version(&file, 1);
    let nobodys = carol.get(&format!("/files/{}", "0".repeat(32)));
    for person in [world.carol(), world.cyril(), world.dora(), world.eve()] {
        for below in ["", "/content", "/download", "/changes"] {
            for path in [format!("{older}{below}"), format!("{}{below}", older.replace("/staff", ""))] {
                person.get(&path).assert_not_found().assert_hides("canary");
            }
        }
    }
    assert_eq!(carol.get(&older.replace("/staff", "")).text(), nobodys.text());
}

fn a_pinned_version_stays_shown_until_it_is_unpinned(world: World) {
    let portal = portal(&world);
    let file = versions(&portal, "Plan.txt", &["first", "second"]);
    let pinned = file.row("Version 1").press("Pin: keep showing this version").follow();
    pinned.assert_shows("Version 1 is pinned. Clients see it, not version 2, which is newer.");
    assert_eq!(shown(&world, &file), "first");
    upload(&portal, "Plan.txt", "third");
    assert_eq!(shown(&world, &file), "first");
    share(&portal, "carol@acme.test");
    let for_clients = file.path().replace("/staff", "");
    assert_eq!(world.carol().get(&format!("{for_clients}/content")).source(), "first");
    let refused = world.ada().post(&format!("{}/deletion", version(&file, 1)), &[]);
    refused.assert_status(409).assert_shows("Unpin it first");
    let unpinned = again(&world, &file).press("Unpin and show the newest").follow();
    assert_eq!(names(&unpinned), ["Version 3", "Version 2", "Version 1"]);
    assert_eq!(world.carol().get(&format!("{for_clients}/content")).source(), "third");
}

fn an_older_version_comes_back_as_the_newest(world: World) {
    let file = versions(&portal(&world), "Plan.txt", &["first", "second"]);
    let restored = file.row("Version 1").press("Restore as the newest version").follow();
    assert_eq!(names(&restored), ["Version 3", "Version 2", "Version 1"]);
    restored.row("Version 3").assert_shows("the same as version 1").assert_shows("Shown to clients");
    assert_eq!(shown(&world, &file), "first");
    world.ada().visit(&format!("{}/changes", version(&restored, 3))).assert_shows("1 line added");
    // The object that both share outlives either.
    restored.row("Version 1").press("Delete this version").follow().assert_ok();
    assert_eq!(shown(&world, &file), "first");
}

fn a_version_is_deleted_and_brought_back(world: World) {
    let file = versions(&portal(&world), "Plan.txt", &["first", "second", "third"]);
    let left = file.row("Version 3").press("Delete this version").follow();
    left.assert_shows("Version 3 was deleted.");
    assert_eq!(names(&left), ["Version 2", "Version 1"]);
    assert_eq!(shown(&world, &file), "second");
    let deleted = version(&file, 3);
    for below in ["", "/content", "/download", "/changes"] {
        world.ada().get(&format!("{deleted}{below}")).assert_not_found();
    }
    let back = left.press("Undo").follow();
    assert_eq!(names(&back), ["Version 3", "Version 2", "Version 1"]);
    assert_eq!(shown(&world, &file), "third");
    back.assert_hides("Deleted versions");

    for number in [3, 2] {
        again(&world, &file)
            .row(&format!("Version {number}"))
            .press("Delete this version")
            .follow()
            .assert_ok();
    }
    let only = world.ada().post(&format!("{}/deletion", version(&file, 1)), &[]);
    only.assert_status(409).assert_shows("Delete the file instead");
    // A number is never given twice.
    upload(&world.ada().visit("/staff/portals").press("Winter campaign"), "Plan.txt", "fourth");
    assert_eq!(names(&again(&world, &file)), ["Version 4", "Version 1"]);

    let deleted = |page: &Page| page.texts("#deleted-versions .row-name");
    let page = again(&world, &file);
    assert_eq!(deleted(&page), ["Version 3", "Version 2"]);
    let page = page.row("Version 2").press("Bring back").follow();
    assert_eq!(
        (names(&page).join(" "), deleted(&page)),
        ("Version 4 Version 2 Version 1".to_owned(), vec!["Version 3".to_owned()])
    );
    world.clock().advance(31);
    until(|| deleted(&again(&world, &file)).is_empty());
}

fn what_changed_is_told_line_by_line(world: World) {
    let before: String = (1..=30).map(|line| format!("Line {line}\n")).collect();
    let after = before.replace("Line 15\n", "Line fifteen <b>\n").replace("Line 16\n", "");
    let file = versions(&portal(&world), "Plan.txt", &[&before, &after]);
    let changes = file.row("Version 2").press("What changed");
    changes.assert_shows("What changed from version 1 to version 2");
    changes
        .assert_shows("1 line added")
        .assert_shows("2 lines removed")
        .assert_shows("11 lines are the same");
    assert_eq!(changes.texts(".file-changes del"), ["Removed: Line 15", "Removed: Line 16"]);
    assert_eq!(changes.texts(".file-changes ins"), ["Added: Line fifteen <b>"]);
    file.row("Version 1").assert_hides("What changed");
    world.ada().get(&format!("{}/changes", version(&file, 1))).assert_not_found();
    let same = upload(&world.ada().visit("/staff/portals").press("Winter campaign"), "Plan.txt", &after);
    let same = same.press("Plan.txt").row("Version 3").press("What changed");
    same.assert_shows("The text of both versions is the same.");
    let picture =
        versions(&world.ada().visit("/staff/portals").press("Winter campaign"), "a.bin", &["\0", "\u{1}"]);
    picture.row("Version 2").press("What changed").assert_shows("There is no text to compare");
}

fn what_changed_is_told_of_text_read_out_of_a_document(world: World) {
    let document = |price: &str| format!("<!doctype html><p>An offer for lanterns.</p><p>{price} euros.</p>");
    let file = versions(&portal(&world), "Offer.html", &[&document("Forty"), &document("Fifty")]);
    let changes = format!("{}/changes", version(&file, 2));
    until(|| !world.ada().visit(&changes).shows("There is no text to compare"));
    let changes = world.ada().visit(&changes);
    assert_eq!(changes.texts(".file-changes del"), ["Removed: Forty euros."]);
    assert_eq!(changes.texts(".file-changes ins"), ["Added: Fifty euros."]);
}

fn search_finds_the_words_of_the_version_that_is_shown(world: World) {
    let portal = portal(&world);
    share(&portal, "carol@acme.test");
    let found = |person: &Person, path: &str, word: &str| {
        person
            .partial_get(&format!("{path}?q={word}"))
            .texts(".search-hit-name")
            .contains(&"Plan.txt".to_owned())
    };
    let file = versions(&portal, "Plan.txt", &["the word is marzipan"]);
    until(|| found(&world.carol(), "/search", "marzipan"));
    upload(&portal, "Plan.txt", "the word is nougat");
    until(|| found(&world.carol(), "/search", "nougat") && !found(&world.carol(), "/search", "marzipan"));
    assert!(!found(&world.ada(), "/staff/search", "marzipan"));
    again(&world, &file).row("Version 1").press("Pin: keep showing this version").follow().assert_ok();
    until(|| found(&world.carol(), "/search", "marzipan") && !found(&world.carol(), "/search", "nougat"));
    for person in [world.cyril(), world.dora()] {
        assert!(!found(&person, "/search", "marzipan") && !found(&person, "/search", "nougat"));
    }
}

fn another_folder_or_another_name_is_another_file(world: World) {
    let portal = portal(&world);
    upload(&portal, "Plan.txt", "first");
    upload(&portal, "plan.txt", "small letter");
    let folder = vec![Upload::text("Drafts/Plan.txt", "in a folder")];
    let listing = upload_form(&portal, []).attach("Folder", folder).submit().follow();
    assert_eq!(names(&listing.press("Plan.txt")), [] as [&str; 0]);
    assert_eq!(names(&listing.press("Drafts").press("Plan.txt")), [] as [&str; 0]);
    // What was deleted is no longer under its name.
    listing.row("Plan.txt").press("Delete").assert_ok();
    let listing = upload(&portal, "Plan.txt", "anew");
    assert_eq!(names(&listing.press("Plan.txt")), [] as [&str; 0]);
}

/// Two files with the text of one of them, as the first program stored them. An id of one digit here is one of
/// sixteen bytes there.
const EARLIER: &str = "
    INSERT INTO organizations (id, slug, name, colour, language, time_zone, created_at)
        VALUES ('~1', 'studio', 'Studio', '#3451b2', 'en', 'UTC', 1);
    INSERT INTO people (organization_id, id, role, email, name, created_at)
        VALUES ('~1', '~2', 'owner', 'ada@studio.test', 'Ada Berg', 1);
    INSERT INTO portals (organization_id, id, name, created_at) VALUES ('~1', '~3', 'Website', 1);
    INSERT INTO items (organization_id, id, portal_id, kind, name, position, created_at, changed_at)
        VALUES ('~1', '~4', '~3', 'file', 'Plan.txt', 0, 41, 42), ('~1', '~5', '~3', 'file', 'Photo.png', 1, 51, 52);
    INSERT INTO files (organization_id, item_id, object_key, size, media_type, sha256, reading)
        VALUES ('~1', '~4', 'studio/plan', 10, 'text/plain', '~a', 'read'),
               ('~1', '~5', 'studio/photo', 8, 'image/png', '~b', 'none');
    INSERT INTO file_pages (organization_id, item_id, number, text) VALUES ('~1', '~4', 0, 'old lantern');
    INSERT INTO events (organization_id, kind, at, actor_id, subject_id, portal_id, data)
        VALUES ('~1', 'item.added', 41, '~2', '~4', '~3', '{}');
";

fn files_from_before_are_their_own_first_versions(backend: Backend) {
    let world = World::left_by_the_first(backend, EARLIER);
    let objects = world.data().join("objects/studio");
    fs::create_dir_all(&objects).unwrap();
    fs::write(objects.join("plan"), "old lights").unwrap();
    let link = world.command(&["owner", "ada@studio.test"]).assert_success();
    // One organization alone answers at the installation's own address.
    let ada = world.stranger_at("");
    // "studio: http://…"
    let link = link.split_once(": ").unwrap().1;
    join(&ada, link.trim(), "a lighthouse keeps seven lamps");
    let portal = ada.visit("/staff/portals").press("Website");
    assert_eq!(portal.texts("#items .row-name"), ["Plan.txt", "Photo.png"]);
    let found = || ada.partial_get("/staff/search?q=lantern").texts(".search-hit-name") == ["Plan.txt"];
    until(found);

    let file = upload(&portal, "Plan.txt", "new lights").press("Plan.txt");
    assert_eq!(names(&file), ["Version 2", "Version 1"]);
    file.row("Version 1").assert_shows("Ada Berg").assert_shows("1 January 1970").assert_shows("10 bytes");
    let first = version(&file, 1);
    assert_eq!(ada.get(&format!("{first}/download")).source(), "old lights");
    ada.visit(&format!("{}/changes", version(&file, 2))).assert_shows("1 line removed");
    until(|| !found());
    ada.post(&format!("{first}/pin"), &[]).follow().assert_ok();
    until(found);
}

#[test]
fn files_from_before_are_their_own_first_versions_on_sqlite() {
    files_from_before_are_their_own_first_versions(Backend::Sqlite);
}

#[test]
fn files_from_before_are_their_own_first_versions_on_postgres() {
    files_from_before_are_their_own_first_versions(Backend::Postgres);
}
