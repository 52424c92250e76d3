//! Files on their way in, on the page and out again, as staff and clients meet them.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
};

use reqwest::{Method, blocking::Body};

use crate::{
    on_both,
    steps::{new_portal, share, upload_form, wait_for_the_queue},
    world::{Page, Upload, World, until},
};

on_both! {
    what_goes_up_comes_down_byte_for_byte,
    a_part_is_sent_where_a_part_is_asked_for,
    what_the_browser_has_is_not_sent_again,
    hostile_names_are_data,
    a_folder_is_made_once_for_all_its_files,
    a_folder_in_which_nothing_lies_comes_too,
    a_script_sends_one_file_and_is_answered_in_json,
    an_upload_that_stops_half_way_leaves_nothing,
    an_upload_proves_its_origin,
    a_form_without_files_says_so,
    p8_only_whom_the_portal_is_granted_gets_its_files,
    p12_after_a_revocation_old_addresses_are_refused,
    p33_what_can_run_is_only_downloaded,
    p33_what_cannot_run_is_shown_in_place,
    rows_and_cells_are_shown_as_a_table_and_everything_else_as_text,
    t18_a_download_by_a_client_is_recorded,
}

mod in_a_bucket {
    use super::an_upload_that_stops_half_way_leaves_nothing_in_a_bucket;

    crate::on_both! { with_s3 => an_upload_that_stops_half_way_leaves_nothing_in_a_bucket }
}

fn portal(world: &World) -> Page {
    new_portal(&world.ada(), "Autumn campaign")
}

#[track_caller]
fn uploaded(portal: &Page, uploads: impl IntoIterator<Item = Upload>) -> Page {
    let listing = upload_form(portal, uploads).submit().follow();
    listing.assert_ok();
    listing
}

/// Different in every place, so that a piece that is lost or repeated shows.
fn content(size: u32) -> Vec<u8> {
    (0..size).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).take(size as usize).collect()
}

fn what_goes_up_comes_down_byte_for_byte(world: World) {
    let files = [("empty.bin", 0), ("one.bin", 1), ("large.bin", 11 * 1024 * 1024 + 7)];
    let listing =
        uploaded(&portal(&world), files.map(|(name, size)| Upload::new(name, "text/html", content(size))));
    for (name, size) in files {
        let address = format!("{}/download", listing.link(name));
        let download = world.ada().get(&address);
        assert!(download.assert_ok().body == content(size), "{name}");
        assert_eq!(download.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        let head = world.ada().head(&address);
        assert_eq!(head.assert_ok().header("content-length"), size.to_string());
        assert_eq!(head.header("etag"), download.header("etag"));
    }
}

fn a_part_is_sent_where_a_part_is_asked_for(world: World) {
    let listing =
        uploaded(&portal(&world), [Upload::new("a.bin", "application/octet-stream", content(10_000))]);
    let (ada, address) = (world.ada(), format!("{}/download", listing.link("a.bin")));
    let etag = ada.get(&address).header("etag").to_owned();
    // RFC 9110, section 14.1.2.
    for (asked, part) in
        [("bytes=500-999", 500..1_000), ("bytes=-500", 9_500..10_000), ("bytes=9500-", 9_500..10_000)]
    {
        let answer = ada.get_with(&address, &[("Range", asked), ("If-Range", &etag)]);
        assert!(answer.assert_status(206).body == content(10_000)[part.clone()], "{asked}");
        let range = format!("bytes {}-{}/10000", part.start, part.end - 1);
        assert_eq!(answer.header("content-range"), range);
    }
    let outside = ada.get_with(&address, &[("Range", "bytes=10000-")]);
    assert_eq!(outside.assert_status(416).header("content-range"), "bytes */10000");
    let of_another_version = ada.get_with(&address, &[("Range", "bytes=0-9"), ("If-Range", "\"another\"")]);
    assert_eq!(of_another_version.assert_ok().body.len(), 10_000);
}

fn what_the_browser_has_is_not_sent_again(world: World) {
    let listing = uploaded(&portal(&world), [Upload::text("a.txt", "words")]);
    let (ada, address) = (world.ada(), format!("{}/content", listing.link("a.txt")));
    let first = ada.get(&address);
    let again = ada.get_with(&address, &[("If-None-Match", &format!("W/\"x\", {}", first.header("etag")))]);
    assert!(again.assert_status(304).body.is_empty());
    assert!(again.header("cache-control").contains("no-cache"));
    ada.get_with(&address, &[("If-None-Match", "\"x\"")]).assert_ok();
}

fn hostile_names_are_data(world: World) {
    let names = [
        ("../../etc/passwd", "etc-passwd"),
        ("..", "file"),
        ("a\\b:c?.txt", "a-b:c?.txt"),
        ("line\r\nbreak\u{1}\u{7f}.txt", "line break.txt"),
        ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
        ("<script>alert(1)</script>.txt", "<script>alert(1)<-script>.txt"),
        ("say \"hi\".txt", "say \"hi\".txt"),
        ("été à la forêt.txt", "été à la forêt.txt"),
    ];
    let long = format!("{}.txt", "x".repeat(300));
    let short = format!("{}.txt", "x".repeat(196));
    let names: Vec<_> = names.into_iter().chain([(long.as_str(), short.as_str())]).collect();
    let uploads = names.iter().map(|(given, _)| Upload::text(given, given));
    let listing = uploaded(&portal(&world), uploads);
    for (given, kept) in names {
        let page = listing.press(kept);
        assert_eq!(page.assert_ok().texts("h1"), [kept]);
        let download = world.ada().get(&format!("{}/download", page.path()));
        assert_eq!(download.source(), given);
        assert!(download.header("content-disposition").starts_with("attachment; filename=\""));
    }
    // Nothing was written but under a random key.
    let written = files_below(&world.data().join("objects"));
    assert!(written.iter().all(|path| path.split('/').all(|part| part.len() == 32)), "{written:?}");
}

fn a_folder_is_made_once_for_all_its_files(world: World) {
    let portal = portal(&world);
    let photos = |name: &str| Upload::text(&format!("Photos/2026/{name}"), name);
    let pick = |uploads: Vec<Upload>| {
        upload_form(&portal, []).attach("Folder", uploads).submit().follow().assert_ok().clone()
    };
    pick(vec![photos("1.txt"), photos("2.txt"), Upload::text("Photos/../about.txt", "about")]);
    let listing = pick(vec![photos("3.txt")]);
    listing.assert_hides("1.txt").assert_hides("about.txt");
    let photos = listing.press("Photos");
    photos.assert_shows("about.txt");
    let year = photos.press("2026");
    year.assert_shows("1.txt").assert_shows("2.txt").assert_shows("3.txt");
    assert!(year.press("3.txt").has_link("2026"));
}

/// As `upload.js` sends it when it is dropped.
fn a_folder_in_which_nothing_lies_comes_too(world: World) {
    let portal = portal(&world);
    let drop = |path: &str| upload_form(&portal, []).smuggle("empty-folder", path).submit();
    let names = |page: &Page| page.texts("#items .row-name");
    for path in ["Plans/2026/Spring", "Plans/2026/Spring", "Plans/2027", "../../etc/./passwd"] {
        drop(path).follow().assert_ok();
    }
    assert_eq!(
        BTreeSet::from_iter(names(&drop("Plans").follow())),
        ["Plans", "etc"].map(String::from).into()
    );
    let plans = world.ada().visit(portal.path()).press("Plans");
    assert_eq!(BTreeSet::from_iter(names(&plans)), ["2026", "2027"].map(String::from).into());
    assert!(names(&plans.press("2026").press("Spring")).is_empty());
    drop(&"é".repeat(300)).follow().assert_ok().assert_shows(&"é".repeat(200)).assert_hides(&"é".repeat(201));
    drop("tab\tand\u{202e}turn").follow().assert_ok().assert_shows("tab andturn");
    let before = names(&world.ada().visit(portal.path()));
    for nothing in ["", "/", "../..", " . "] {
        drop(nothing).assert_status(422);
    }
    assert_eq!(names(&world.ada().visit(portal.path())), before);
    let (mut place, mut depth) = (drop(&vec!["down"; 30].join("/")).follow().link("down"), 1);
    while let [below] = &world.ada().visit(&place).attributes("#items a.row-name", "href")[..] {
        (place, depth) = (below.clone(), depth + 1);
    }
    assert_eq!(depth, 20);
}

fn a_script_sends_one_file_and_is_answered_in_json(world: World) {
    let portal = portal(&world);
    let form = upload_form(&portal, []);
    let send = |parts: &str| {
        let body = format!("{parts}--X--\r\n");
        let request = world.ada().request(Method::POST, form.path());
        let request = request.header("Sec-Fetch-Site", "same-origin").header("Accept", "application/json");
        world.ada().send(request.header("Content-Type", "multipart/form-data; boundary=X").body(body))
    };
    let part = |name: &str, value: &str| {
        format!("--X\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n")
    };
    let answer =
        send(&(part("path", "Deep/er/\"a\".txt") + &part("\"file\"; filename=\"ignored\"", "words")));
    assert_eq!(answer.assert_status(201).header("content-type"), "application/json");
    assert!(answer.source().contains(r#""name":"\"a\".txt""#), "{answer}");
    world.ada().visit(portal.path()).press("Deep").press("er").press("\"a\".txt").assert_shows("words");
    send(&part("surprise", "x")).assert_status(400);
    let nothing = send(&part("path", "a.txt"));
    assert!(nothing.assert_status(422).source().contains("Choose at least one file"), "{nothing}");
    let broken = send("--X\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nwords\r\n--Y");
    assert!(broken.assert_status(400).source().contains("message"), "{broken}");
    world.ada().visit(portal.path()).assert_hides("a.txt");
}

fn an_upload_that_stops_half_way_leaves_nothing(world: World) {
    let objects = world.data().join("objects");
    stops_half_way(&world, || files_below(&objects));
}

fn an_upload_that_stops_half_way_leaves_nothing_in_a_bucket(world: World) {
    stops_half_way(&world, || (world.bucket().keys(), world.bucket().unfinished()));
}

fn stops_half_way<Stored: PartialEq>(world: &World, look: impl Fn() -> Stored) {
    // What the demo's files say, and are drawn to, is written then.
    wait_for_the_queue(world);
    let portal = portal(world);
    let path = upload_form(&portal, []).path().to_owned();
    let (rows, stored) = (world.database().snapshot(&["cursors.*", "jobs.*"]), look());

    let (go_away, signal) = channel();
    let half = Half { left: io::Cursor::new(beginning_of_an_upload()), signal };
    let ada = world.ada();
    let sending = thread::spawn(move || {
        let request = ada.request(Method::POST, &path).header("Sec-Fetch-Site", "same-origin");
        let request = request.header("Content-Type", "multipart/form-data; boundary=X");
        request.body(Body::new(half)).send().is_err()
    });
    // On its way: the store holds an unfinished object, which nobody can reach.
    until(|| look() != stored);
    go_away.send(()).unwrap();
    assert!(sending.join().unwrap(), "half an upload was answered");
    until(|| look() == stored);
    let changes = rows.changes_until(&world.database().snapshot(&["cursors.*", "jobs.*"]));
    assert!(changes.is_none(), "{}", changes.unwrap());
    world.ada().visit(portal.path()).assert_hides("half.bin");
}

fn beginning_of_an_upload() -> Vec<u8> {
    let headers =
        "--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"half.bin\"\r\n\r\n".to_owned();
    headers.into_bytes().into_iter().chain(content(12 * 1024 * 1024)).collect()
}

/// A body that breaks off when it is told to.
struct Half {
    left: io::Cursor<Vec<u8>>,
    signal: Receiver<()>,
}

impl Read for Half {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.left.read(buffer)? {
            0 => {
                self.signal.recv().map_err(io::Error::other)?;
                Err(io::Error::other("the browser went away"))
            }
            bytes => Ok(bytes),
        }
    }
}

/// Relative to the folder.
pub fn files_below(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(folder_ahead) = ahead.pop() {
        for entry in fs::read_dir(folder_ahead).into_iter().flatten().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => ahead.push(entry.path()),
                false => {
                    let path = entry.path().strip_prefix(folder).unwrap().to_owned();
                    found.insert(path.to_str().unwrap().to_owned());
                }
            }
        }
    }
    found
}

fn an_upload_proves_its_origin(world: World) {
    let form = upload_form(&portal(&world), []);
    let ada = world.ada();
    let body = "--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nwords\r\n";
    let token = "--X\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nguessed\r\n";
    for (header, value, body) in [
        ("Sec-Fetch-Site", "cross-site", body.to_owned()),
        ("Origin", "null", body.to_owned()),
        ("Origin", "https://evil.test", body.to_owned()),
        ("Accept", "*/*", body.to_owned()),
        ("Accept", "*/*", format!("{token}{body}")),
        ("Accept", "*/*", format!("{body}{token}")),
    ] {
        let request = ada.request(Method::POST, form.path()).header(header, value);
        let request = request.header("Content-Type", "multipart/form-data; boundary=X");
        ada.send(request.body(format!("{body}--X--\r\n"))).assert_status(403);
    }
    let listing = world.ada().visit(form.path().split("/files").next().unwrap());
    listing.assert_hides("a.txt");
}

fn a_form_without_files_says_so(world: World) {
    let answer = upload_form(&portal(&world), []).submit();
    answer.assert_status(422).assert_shows("Choose at least one file");
    assert!(answer.has_button("Upload files") && answer.has_link("Back to the portal"), "{answer}");
    let second_try =
        answer.form_with_button("Upload files").attach("Files", [Upload::text("a.txt", "words")]);
    second_try.submit().follow().assert_shows("a.txt");
}

fn p8_only_whom_the_portal_is_granted_gets_its_files(world: World) {
    let portal = portal(&world);
    let listing = uploaded(&portal, [Upload::text("Secret plan.txt", "canary in a coal mine")]);
    share(&portal, "carol@acme.test");
    let for_staff = listing.link("Secret plan.txt");
    let for_clients = for_staff.replace("/staff", "");
    for below in ["", "/content", "/download"] {
        world.carol().get(&format!("{for_clients}{below}")).assert_ok();
        for other in [world.cyril(), world.dora()] {
            let answer = other.get(&format!("{for_clients}{below}"));
            let nobodys = other.get(&format!("/files/{}{below}", "0".repeat(32)));
            answer.assert_not_found().assert_hides("canary");
            assert_eq!(answer.text(), nobodys.text());
            assert!(answer.header("etag").is_empty() && answer.header("content-disposition").is_empty());
        }
        world.carol().get(&format!("{for_staff}{below}")).assert_not_found();
        world.eve().get(&format!("{for_staff}{below}")).assert_not_found();
    }
    let intruding = vec![("files", Upload::text("a.txt", "words"))];
    world.eve().upload(&format!("{}/files", portal.path()), &[], intruding).assert_not_found();
}

fn p12_after_a_revocation_old_addresses_are_refused(world: World) {
    let portal = portal(&world);
    let listing = uploaded(&portal, [Upload::text("Plan.txt", "words")]);
    share(&portal, "carol@acme.test");
    let address = format!("{}/content", listing.link("Plan.txt").replace("/staff", ""));
    let etag = world.carol().get(&address).assert_ok().header("etag").to_owned();
    world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    world.carol().get_with(&address, &[("If-None-Match", &etag)]).assert_not_found();
    world.carol().get_with(&address, &[("Range", "bytes=0-0")]).assert_not_found();
}

/// T11: inline is only what cannot run.
fn p33_what_can_run_is_only_downloaded(world: World) {
    let hostile = [
        ("a.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("b.png", "image/png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("c.html", "text/html", "<!doctype html><script>alert(1)</script>"),
        ("d.txt", "text/plain", "<html><script>alert(1)</script>"),
        ("e.xml", "text/xml", "<?xml version='1.0'?><?xml-stylesheet href='x'?><a/>"),
    ];
    let uploads = hostile.map(|(name, kind, content)| Upload::new(name, kind, content));
    let listing = uploaded(&portal(&world), uploads);
    for (name, _, content) in hostile {
        let page = listing.press(name);
        page.assert_hides("onload").assert_hides("alert(1)");
        assert_eq!(page.count("main img, iframe, object, embed"), 0, "{name}");
        let answer = world.ada().get(&format!("{}/content", page.path()));
        assert_eq!(answer.assert_ok().source(), content);
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(answer.header("content-disposition").starts_with("attachment"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    }
}

/// T11: and nothing of what is runs beside it.
fn p33_what_cannot_run_is_shown_in_place(world: World) {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let uploads = [
        Upload::new("a.png", "text/html", *png),
        Upload::new("b.pdf", "application/octet-stream", "%PDF-1.4\n%\u{e2}"),
        Upload::text("c.txt", "if (a < b) { <b>bold</b> }"),
    ];
    let listing = uploaded(&portal(&world), uploads);
    let page = listing.press("a.png");
    assert_eq!(page.attributes("main img", "src"), [format!("{}/content", page.path())]);
    for (name, kind) in [("a.png", "image/png"), ("b.pdf", "application/pdf")] {
        let answer = world.ada().get(&format!("{}/content", listing.link(name)));
        assert_eq!(answer.assert_ok().header("content-type"), kind);
        assert!(answer.header("content-disposition").starts_with("inline"));
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"),
            "{policy}"
        );
        assert!(!policy.contains("script"), "{policy}");
    }
    let page = listing.press("c.txt");
    assert_eq!(page.texts("pre"), ["if (a < b) { <b>bold</b> }"]);
    let answer = world.ada().get(&format!("{}/content", page.path()));
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
}

fn rows_and_cells_are_shown_as_a_table_and_everything_else_as_text(world: World) {
    let long = format!("Piece;Copies\n{}Last;walrus\n", "Card;7\n".repeat(600));
    let uploads = [
        Upload::text("prices.csv", "Piece,Price\n\"Paper, <b>thick</b>\",12\nInk,\"3,50\"\n"),
        Upload::text("broken.csv", "Piece,Price\nPaper,12,13\nInk,\"3\n"),
        Upload::text("long.csv", &long),
        Upload::text("notes.txt", "Piece,Price\nPaper,12\n"),
    ];
    let portal = portal(&world);
    let listing = uploaded(&portal, uploads);
    let page = listing.press("prices.csv");
    assert_eq!(page.texts(".file-preview thead th"), ["Piece", "Price"]);
    assert_eq!(page.texts(".file-preview tbody td"), ["Paper, <b>thick</b>", "12", "Ink", "3,50"]);
    assert_eq!(page.count(".file-preview td b, .file-preview pre"), 0);
    page.assert_hides("Only the beginning is shown");
    // P31: whoever comes from a search arrives at the first of their words.
    let found = world.ada().visit(&format!("{}?words=paper+ink", page.path()));
    assert_eq!(found.texts(".file-preview td mark"), ["Paper", "Ink"]);
    assert_eq!(found.texts("#found"), ["Paper"]);

    for name in ["broken.csv", "notes.txt"] {
        let page = listing.press(name);
        assert_eq!((page.count(".file-preview table"), page.count("pre.file-text")), (0, 1), "{name}");
    }
    let page = listing.press("long.csv");
    assert_eq!(page.count(".file-preview tbody tr"), 500);
    page.assert_shows("Only the beginning is shown");
    // Below the table's end stands what was looked for: then it is the text.
    let found = world.ada().visit(&format!("{}?words=walrus", page.path()));
    assert_eq!(found.texts("pre.file-text mark"), ["walrus"]);

    share(&portal, "carol@acme.test");
    let theirs = page.path().replacen("/staff", "", 1);
    assert_eq!(world.carol().visit(&theirs).count(".file-preview tbody tr"), 500);
    for other in [world.cyril(), world.dora(), world.eve()] {
        other.get(&theirs).assert_not_found();
    }
}

fn t18_a_download_by_a_client_is_recorded(world: World) {
    let portal = portal(&world);
    let listing = uploaded(&portal, [Upload::new("a.bin", "application/octet-stream", vec![0, 1, 2])]);
    share(&portal, "carol@acme.test");
    let (carol, address) = (world.carol(), listing.link("a.bin").replace("/staff", ""));
    let events = || world.database().snapshot(&["cursors.*", "jobs.*", "sessions.*"]);
    let before = events();
    let download = format!("{address}/download");
    carol.get(&address).assert_ok();
    carol.head(&format!("{address}/content")).assert_ok();
    carol.head(&download).assert_ok();
    carol.get_with(&download, &[("Range", "bytes=0-"), ("Sec-Purpose", "prefetch")]).assert_status(204);
    if let Some(changes) = before.changes_until(&events()) {
        panic!("nothing was begun:\n{changes}");
    }
    for part in ["bytes=1-", "bytes=0-0", "bytes=2-", "bytes=0-1"] {
        carol.get_with(&download, &[("Range", part)]).assert_status(206);
    }
    // What cannot be shown in place goes out as a file from there, too.
    carol.get(&format!("{address}/content")).assert_ok();
    let told = || before.changes_until(&events()).unwrap().to_string();
    assert_eq!(told().matches("item.downloaded").count(), 1, "{}", told());
    carol.get(&download).assert_ok();
    assert_eq!(told().matches("item.downloaded").count(), 2, "{}", told());
    assert_eq!(told().lines().count(), 2, "{}", told());
}
