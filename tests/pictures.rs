//! Pictures of what is inside files: thumbnails in the listing, and PDFs page by page; and that whoever may not see a
//! file sees no picture of it.

use reqwest::Method;

use crate::{
    on_both,
    steps::{new_portal, share, upload_form},
    style::png,
    world::{Page, Person, Upload, World, until},
};

on_both! {
    p8_a_thumbnail_shows_a_file_to_those_who_see_it_and_to_nobody_else,
    p12_after_a_revocation_no_picture_is_left,
    p10_nothing_of_a_deleted_file_is_left_for_clients,
    p8_a_file_leads_to_the_next_that_its_reader_sees,
    p40_a_pdf_is_looked_at_page_by_page_without_javascript,
    p40_an_image_is_looked_at_closely_without_javascript,
    t12_what_cannot_be_drawn_keeps_the_icon_of_its_kind,
    items_stand_in_a_list_or_in_a_grid_and_the_device_remembers_which,
}

const PORTAL: &str = "Acme website relaunch";
const HANDBOOK: &str = "Brand handbook.pdf";

fn portal_of(person: &Person) -> Page {
    let is_staff = person.get("/staff").status.is_success();
    person.visit(if is_staff { "/staff/portals" } else { "/" }).press(PORTAL)
}

fn thumbnail(listing: &Page, name: &str) -> String {
    listing.row(name).attributes("img.row-thumbnail", "src").concat()
}

fn assert_is_webp(picture: &Page) {
    assert_eq!(picture.assert_ok().header("content-type"), "image/webp");
    // As RFC 9649, section 2.4, has every WebP file begin.
    assert!(picture.body.starts_with(b"RIFF") && &picture.body[8..12] == b"WEBP");
}

fn p8_a_thumbnail_shows_a_file_to_those_who_see_it_and_to_nobody_else(world: World) {
    for person in [world.ada(), world.carol()] {
        let address = thumbnail(&portal_of(&person), HANDBOOK);
        let picture = person.get(&address);
        assert_is_webp(&picture);
        assert!(picture.body.len() < 64 * 1024, "{}", picture.body.len());
        // T10: kept by nobody but the browser, and asked about each time (P12).
        assert_eq!(picture.header("cache-control"), "private, no-cache");
        assert_eq!(picture.header("x-content-type-options"), "nosniff");
        let again = person.request(Method::GET, &address).header("If-None-Match", picture.header("etag"));
        assert!(person.send(again).assert_status(304).body.is_empty());
    }
    let (for_staff, for_clients) =
        (thumbnail(&portal_of(&world.ada()), HANDBOOK), thumbnail(&portal_of(&world.carol()), HANDBOOK));
    let page = |thumbnail: &str| thumbnail.replace("/thumbnail", "/pages/1");
    for other in [world.cyril(), world.dora()] {
        for address in [for_clients.clone(), page(&for_clients)] {
            let answer = other.get(&address);
            let nobodys = other.get(&format!("/files/{}/thumbnail", "0".repeat(32)));
            assert_eq!(answer.assert_not_found().text(), nobodys.text());
            assert!(answer.header("etag").is_empty());
        }
    }
    for other in [world.eve(), world.carol()] {
        for address in [for_staff.clone(), page(&for_staff)] {
            other.get(&address).assert_not_found();
        }
    }
}

fn p12_after_a_revocation_no_picture_is_left(world: World) {
    let portal = portal_of(&world.carol());
    let thumbnail = thumbnail(&portal, HANDBOOK);
    let page = thumbnail.replace("/thumbnail", "/pages/2");
    let etag = world.carol().get(&page).assert_ok().header("etag").to_owned();
    portal_of(&world.ada()).row("carol@acme.test").press("Revoke").assert_ok();
    world.carol().get(&thumbnail).assert_not_found();
    let known = world.carol().request(Method::GET, &page).header("If-None-Match", etag);
    world.carol().send(known).assert_not_found();
}

fn p10_nothing_of_a_deleted_file_is_left_for_clients(world: World) {
    let carol = world.carol();
    let file = portal_of(&carol).link(HANDBOOK);
    let addresses =
        ["", "/content", "/download", "/thumbnail", "/pages/1"].map(|part| format!("{file}{part}"));
    let archive = format!("{}/download", portal_of(&carol).path());
    let archived = |archive: &[u8]| archive.windows(HANDBOOK.len()).any(|name| name == HANDBOOK.as_bytes());
    addresses.iter().for_each(|address| _ = carol.get(address).assert_ok());
    assert!(archived(&carol.get(&archive).assert_ok().body));
    let listing = portal_of(&world.ada()).row(HANDBOOK).press("Delete");
    addresses.iter().for_each(|address| _ = carol.get(address).assert_not_found());
    assert!(!archived(&carol.get(&archive).assert_ok().body));
    listing.press("Undo").assert_ok();
    addresses.iter().for_each(|address| _ = carol.get(address).assert_ok());
}

fn p8_a_file_leads_to_the_next_that_its_reader_sees(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    let names = ["1.txt", "2.txt", "3.txt"];
    let files = names.map(|name| Upload::text(name, "words"));
    let listing = upload_form(&portal, files).submit().follow();
    share(&portal, "carol@acme.test");
    let beside = |page: &Page, rel: &str| page.texts(&format!("[rel={rel}] .file-neighbour-name"));
    for (person, side) in [(&ada, "/staff"), (&world.carol(), "")] {
        let first = person.visit(&listing.link("1.txt").replace("/staff", side));
        assert_eq!((beside(&first, "prev"), beside(&first, "next")), (vec![], vec!["2.txt".to_owned()]));
        let second = person.visit(&first.attributes("[rel=next]", "href").concat());
        assert_eq!(
            (beside(&second, "prev").concat(), beside(&second, "next").concat()),
            ("1.txt".into(), "3.txt".into())
        );
    }
    listing.row("2.txt").press("Delete").assert_ok();
    let first = world.carol().visit(&listing.link("1.txt").replace("/staff", ""));
    assert_eq!(beside(&first, "next"), ["3.txt"], "P10");
}

fn p40_a_pdf_is_looked_at_page_by_page_without_javascript(world: World) {
    let carol = world.carol();
    let first = portal_of(&carol).press(HANDBOOK);
    assert_eq!(first.attributes("img.file-page", "alt"), ["Page 1 of 40"]);
    assert!(!first.has_link("Previous page"));
    let seventh = carol.visit(&format!("{}?page=7", first.path()));
    assert_eq!(seventh.attributes("img.file-page", "alt"), ["Page 7 of 40"]);
    // The words of that page, and of no other.
    seventh.assert_shows("The quarterly retainer covers twelve hours");
    first.assert_hides("quarterly retainer");
    let eighth = seventh.press("Next page");
    let pictures =
        [&seventh, &eighth].map(|page| carol.get(&page.attributes("img.file-page", "src").concat()));
    pictures.iter().for_each(assert_is_webp);
    assert!(pictures[0].body != pictures[1].body);
    // Drawn once: the same bytes again.
    assert!(carol.get(&seventh.attributes("img.file-page", "src").concat()).body == pictures[0].body);

    let closer = seventh.press("Zoom in").press("Zoom in");
    assert!(closer.has_link("Zoom out") && !closer.has_link("Zoom in"));
    assert_eq!(closer.press("Previous page").attributes("img.file-page", "alt"), ["Page 6 of 40"]);
    let beyond = carol.visit(&format!("{}?page=4711", first.path()));
    assert_eq!(beyond.attributes("img.file-page", "alt"), ["Page 40 of 40"]);
    for page in ["0", "41", "-1", "x", "99999999999"] {
        carol.get(&format!("{}/pages/{page}", first.path())).assert_not_found();
    }
}

fn p40_an_image_is_looked_at_closely_without_javascript(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let sky = Upload::new("sky.png", "image/png", png(60, 40, |_, _| [90, 140, 220, 255]));
    let listing = upload_form(&portal, [sky]).submit().follow();
    share(&portal, "carol@acme.test");
    for (person, side) in [(world.ada(), "/staff"), (world.carol(), "")] {
        let whole = person.visit(&listing.link("sky.png").replace("/staff", side));
        assert_eq!(whole.attributes("img.file-picture", "alt"), ["sky.png"]);
        assert!(whole.has_link("Zoom in") && !whole.has_link("Zoom out"));
        assert_eq!(whole.count("[role=region][aria-label='sky.png']"), 0);
        let closest = whole.press("Zoom in").press("Zoom in");
        assert!(closest.has_link("Zoom out") && !closest.has_link("Zoom in"));
        // Reachable by keyboard, since it scrolls.
        assert_eq!(closest.count("[role=region][aria-label='sky.png'][tabindex='0'] img.file-picture"), 1);
        let back = closest.press("Zoom out").press("Zoom out");
        assert!(back.has_link("Zoom in") && !back.has_link("Zoom out"));
    }
}

fn t12_what_cannot_be_drawn_keeps_the_icon_of_its_kind(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    // 60,000 pixels a side (PNG's specification, third edition, section 11.2.1), and nothing behind.
    let header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\0\0\0\0";
    let uploads = [
        Upload::new("huge.png", "image/png", *header),
        Upload::new("torn.pdf", "application/pdf", "%PDF-1.4\n%\u{e2}\u{e3}"),
    ];
    upload_form(&portal, uploads).submit().follow().assert_ok();
    let torn = ada.visit(portal.path()).press("torn.pdf");
    until(|| ada.visit(torn.path()).shows("cannot be shown here"));
    for (person, place) in
        [(ada, portal.path().to_owned()), (world.carol(), portal.path().replace("/staff", ""))]
    {
        let listing = person.visit(&place);
        for name in ["huge.png", "torn.pdf"] {
            assert_eq!(listing.row(name).count("img"), 0, "{name}");
            assert_eq!(listing.row(name).count(".row-icon"), 1, "{name}");
            person.get(&format!("{}/thumbnail", listing.link(name))).assert_not_found();
            person.get(&format!("{}/pages/1", listing.link(name))).assert_not_found();
        }
    }
}

fn items_stand_in_a_list_or_in_a_grid_and_the_device_remembers_which(world: World) {
    for person in [world.ada(), world.carol()] {
        let listing = portal_of(&person);
        assert_eq!(listing.count(".item-grid"), 0);
        let grid = listing.press("Grid");
        assert_eq!(grid.count(".item-grid .row-thumbnail"), 1);
        assert!(grid.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
        // On the next visit, in a folder, and in the fragment that the page fetches by itself.
        assert_eq!(portal_of(&person).count(".item-grid"), 1);
        assert_eq!(portal_of(&person).press("Contracts").count(".item-grid"), 1);
        assert_eq!(
            person.partial_get(&grid.attributes("#items", "data-live-href").concat()).count(".item-grid"),
            1
        );
        assert_eq!(portal_of(&person).press("List").count(".item-grid"), 0);
        assert_eq!(portal_of(&person).count(".item-grid"), 0);
    }
}
