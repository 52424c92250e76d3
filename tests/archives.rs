//! A folder, a selection or a portal as one ZIP archive.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read},
};

use reqwest::Method;
use zip::ZipArchive;

use crate::{
    files::files_below,
    on_both,
    steps::{join, new_portal, share, upload_form, wait_for_the_queue},
    world::{Line, Page, Person, Upload, World},
};

on_both! {
    an_archive_holds_everything_with_its_folders,
    a_folder_or_a_selection_comes_by_itself,
    p8_an_archive_holds_only_what_its_reader_sees,
    an_archive_goes_on_where_it_stopped,
    t11_names_in_an_archive_lead_nowhere,
    t18_an_archive_for_a_client_is_recorded,
    an_archive_of_nothing_says_so,
    an_archive_on_its_way_is_written_nowhere,
}

/// Sends each file as a browser sends the files of a folder.
#[track_caller]
fn portal_with(ada: &Person, files: &[(&str, &[u8])]) -> Page {
    let portal = new_portal(ada, "Autumn campaign");
    let address = upload_form(&portal, []).path().to_owned();
    for (path, bytes) in files {
        let file = Upload::new(path.rsplit('/').next().unwrap(), "application/octet-stream", *bytes);
        ada.upload(&address, &[("path", path)], vec![("file", file)]);
    }
    ada.visit(portal.path())
}

/// By path; folders hold nothing.
pub fn unpacked(archive: &Page) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(archive.assert_ok().header("content-type"), "application/zip");
    let mut zip = ZipArchive::new(Cursor::new(&archive.body[..])).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        // Reading to the end compares the sum too.
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

fn paths(archive: &Page) -> Vec<String> {
    unpacked(archive).into_keys().collect()
}

fn item(portal: &Page, name: &str) -> String {
    let names = portal.texts("#items .row-name");
    let place = names.iter().position(|each| each == name).unwrap_or_else(|| panic!("{name}: {names:?}"));
    portal.attributes("#items .select-box", "value")[place].clone()
}

fn an_archive_holds_everything_with_its_folders(world: World) {
    let large: Vec<u8> = (0..3_000_000_u32).map(|number| (number % 251) as u8).collect();
    let files: &[(&str, &[u8])] =
        &[("Plan.txt", b"the plan"), ("Photos/Côte/one.bin", &large), ("Photos/empty.bin", b"")];
    let portal = portal_with(&world.ada(), files);
    let archive = world.ada().get(&format!("{}/download", portal.path()));
    let mut expected: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    expected.extend(["Photos/", "Photos/Côte/"].map(|folder| (folder.to_owned(), Vec::new())));
    assert!(unpacked(&archive) == expected, "{:?}", paths(&archive));
    assert_eq!(archive.header("content-length"), archive.body.len().to_string());
    assert!(archive.header("content-disposition").contains("Autumn campaign.zip"));
}

fn a_folder_or_a_selection_comes_by_itself(world: World) {
    let files: &[(&str, &[u8])] = &[("a.txt", b"a"), ("b.txt", b"b"), ("Photos/one.txt", b"one")];
    let portal = portal_with(&world.ada(), files);
    let get = |items: &[&str]| {
        let query: Vec<_> = items.iter().map(|name| format!("item={}", item(&portal, name))).collect();
        world.ada().get(&format!("{}/download?{}", portal.path(), query.join("&")))
    };
    let photos = get(&["Photos"]);
    assert_eq!(paths(&photos), ["Photos/", "Photos/one.txt"]);
    assert!(photos.header("content-disposition").contains("Photos.zip"));
    assert_eq!(paths(&get(&["b.txt", "Photos"])), ["Photos/", "Photos/one.txt", "b.txt"]);
    let elsewhere = new_portal(&world.ada(), "Other");
    let foreign = format!("{}/download?item={}", elsewhere.path(), item(&portal, "a.txt"));
    world.ada().get(&foreign).assert_not_found();
}

fn p8_an_archive_holds_only_what_its_reader_sees(world: World) {
    let portal = portal_with(&world.ada(), &[("a.txt", b"a")]);
    let mut clients = Vec::new();
    for address in ["gil@gil.test", "hana@hana.test"] {
        share(&portal, address);
        let link = world.mailbox().next_to(address).link("Set up your account");
        let client = world.stranger();
        join(&client, &link, "a lighthouse keeps seven lamps");
        clients.push(client);
    }
    let of_client = portal.path().replace("/staff", "");
    let archive = format!("{of_client}/download");
    for client in &clients {
        assert_eq!(paths(&client.get(&archive)), ["a.txt"]);
    }
    world.carol().get(&archive).assert_not_found();

    // What one of them sends is not in the other's.
    let folder = portal.press("New folder").form_with_field("Name").fill("Name", "Inbox").submit().follow();
    let folder_id = item(&world.ada().visit(portal.path()), "Inbox");
    folder.assert_ok();
    world.ada().post(&format!("/staff/folders/{folder_id}/uploads"), &[]);
    let sent = vec![("files", Upload::text("secret.txt", "of Gil"))];
    clients[0].upload(&format!("/folders/{folder_id}/files"), &[], sent);
    assert_eq!(paths(&clients[0].get(&archive)), ["Inbox/", "Inbox/secret.txt", "a.txt"]);
    assert_eq!(paths(&clients[1].get(&archive)), ["Inbox/", "a.txt"]);
}

fn an_archive_goes_on_where_it_stopped(world: World) {
    let portal = portal_with(&world.ada(), &[("one.txt", &[7; 70_000]), ("Photos/two.txt", &[8; 50_000])]);
    let address = format!("{}/download", portal.path());
    let ada = world.ada();
    let whole = ada.get(&address);
    let rest_of = |from: usize, etag: &str| {
        let request = ada.request(Method::GET, &address).header("Range", format!("bytes={from}-"));
        ada.send(request.header("If-Range", etag))
    };
    for from in [0, 1, 30, 69_999, 100_000, whole.body.len() - 1] {
        let rest = rest_of(from, whole.header("etag"));
        rest.assert_status(206);
        assert!(rest.body == whole.body[from..], "from {from}");
    }
    rest_of(100, "\"another\"").assert_status(200);
    let beyond = ada.request(Method::GET, &address).header("Range", "bytes=99999999-");
    ada.send(beyond).assert_status(416);
    assert_eq!(ada.head(&address).header("content-length"), whole.body.len().to_string());
    // A file more is another archive.
    upload_form(&ada.visit(portal.path()), [Upload::text("three.txt", "3")]).submit();
    rest_of(100, whole.header("etag")).assert_status(200);
}

fn t11_names_in_an_archive_lead_nowhere(world: World) {
    let portal = portal_with(&world.ada(), &[("../../etc/passwd", b"x"), ("a.txt", b"1"), ("A.txt", b"2")]);
    for path in paths(&world.ada().get(&format!("{}/download", portal.path()))) {
        assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".." || part == "."), "{path}");
    }
    let archive = world.ada().get(&format!("{}/download", portal.path()));
    let lower: std::collections::BTreeSet<_> =
        paths(&archive).iter().map(|path| path.to_lowercase()).collect();
    assert_eq!(lower.len(), paths(&archive).len(), "{lower:?}");
}

fn t18_an_archive_for_a_client_is_recorded(world: World) {
    let carol = world.carol();
    let portal = carol.visit("/").press("Acme website relaunch");
    let before = world.database().snapshot(&["cursors.*", "jobs.*"]);
    carol.get(&format!("{}/download", portal.path())).assert_ok();
    let after = world.database().snapshot(&["cursors.*", "jobs.*"]);
    let changes = before.changes_until(&after).unwrap().to_string();
    assert_eq!(changes.matches("portal.downloaded").count(), 1, "{changes}");
    let part = carol.request(Method::GET, &format!("{}/download", portal.path())).header("Range", "bytes=5-");
    carol.send(part).assert_status(206);
    assert!(after.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*"])).is_none());
}

fn an_archive_of_nothing_says_so(world: World) {
    let portal = new_portal(&world.ada(), "Empty");
    let answer = world.ada().get(&format!("{}/download", portal.path()));
    answer.assert_status(409).assert_shows("There is no file in what you chose.");
}

/// More than the buffers of a connection hold, so that the rest waits for its reader.
const LARGE: usize = 24 << 20;

/// What the server keeps, and what it has open that has no name any more. The index goes its own ways.
fn kept(world: &World) -> (BTreeSet<String>, Vec<String>) {
    let files = files_below(&world.data()).into_iter().filter(|name| !name.starts_with("search/")).collect();
    let open = fs::read_dir(format!("/proc/{}/fd", world.server().process_id())).unwrap();
    let open = open.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    let open = open.map(|path| path.to_string_lossy().into_owned());
    (files, open.filter(|path| path.ends_with(" (deleted)") && !path.contains("/search/")).collect())
}

fn an_archive_on_its_way_is_written_nowhere(world: World) {
    let ada = world.ada();
    let film = vec![7; LARGE];
    let portal = portal_with(&ada, &[("film.mp4", film.as_slice()), ("plan.txt", b"words")]);
    wait_for_the_queue(&world);
    let before = kept(&world);
    let mut download = Line::open(&ada);
    let asked = format!("GET {}/download", portal.path());
    download.send(Line::head(&ada, &asked, "Connection: close\r\n")).unwrap();
    download.hear_head().unwrap();
    assert_eq!(kept(&world), before);
    let came = download.hear_all().unwrap().len();
    assert_eq!(kept(&world), before);
    assert!(came > LARGE, "{came} bytes came");
}
