//! T13: what others show stands in a sandboxed frame, from a list of known services, and only after whoever looks said so.

use crate::{
    on_both,
    steps::{new_portal, open_form, share},
    world::{Form, Page, Person, World},
};

on_both! {
    t13_nothing_is_asked_of_a_provider_before_consent,
    t13_only_known_services_are_framed,
    t13_every_other_page_keeps_its_policy,
    an_embed_is_an_item_like_any_other,
    an_embed_is_found_by_its_title_and_its_provider,
    p8_a_client_sees_the_embeds_of_their_portals_and_nobody_else_does,
}

const LOOM: &str = "https://www.loom.com/share/0123456789abcdef0123456789abcdef";
const FRAME: &str = "https://www.loom.com/embed/0123456789abcdef0123456789abcdef";

fn embed_form(portal: &Page, title: &str, address: &str) -> Form {
    open_form(portal, "Add embed", "Address").fill("Title", title).fill("Address", address)
}

fn add_embed(portal: &Page, title: &str, address: &str) -> Page {
    let page = embed_form(portal, title, address).submit().follow();
    page.assert_ok();
    page
}

fn items(portal: &Page) -> Vec<String> {
    portal.texts("#items .list .row-name")
}

/// A portal of Carol's with one embed in it, as Ada sees it.
fn portal_with_embed(world: &World) -> Page {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let portal = add_embed(&portal, "Tour", LOOM);
    share(&portal, "carol@acme.test");
    portal
}

fn of_client(staff_page: &Page) -> String {
    staff_page.path().replacen("/staff", "", 1)
}

/// The embed's own page, before consent.
fn page_of_embed(person: &Person, portal: &str) -> Page {
    let page = person.visit(portal).press("Tour");
    page.assert_ok();
    page
}

fn frame_sources(page: &Page) -> &str {
    let mut directives = page.header("content-security-policy").split(';').map(str::trim);
    directives.find(|directive| directive.starts_with("frame-src ")).unwrap()
}

fn t13_nothing_is_asked_of_a_provider_before_consent(world: World) {
    let portal = portal_with_embed(&world);
    for (person, path) in [(world.ada(), portal.path().to_owned()), (world.carol(), of_client(&portal))] {
        let before = page_of_embed(&person, &path);
        before.assert_shows("Tour").assert_shows("Loom will learn your network address");
        assert_eq!(frame_sources(&before), "frame-src 'self'");
        assert_eq!(before.count("iframe, img[src*='loom'], link[href*='loom'], script[src*='loom']"), 0);
        assert!(!before.source().contains(FRAME));
        let outside = before.link("Open at Loom");
        assert_eq!(outside, LOOM);
        assert_eq!(before.attributes(&format!("a[href='{LOOM}']"), "rel"), ["noopener noreferrer"]);

        let after = before.press("Load from Loom");
        assert_eq!(after.url().query(), Some("shown=yes"));
        assert_eq!(frame_sources(&after), "frame-src https://www.loom.com");
        let policy = before.header("content-security-policy");
        let expected = policy.replace("frame-src 'self'", "frame-src https://www.loom.com");
        assert_eq!(after.header("content-security-policy"), expected, "nothing else gives way");
        for (name, value) in [
            ("src", FRAME),
            ("title", "Tour"),
            ("sandbox", "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation"),
            ("referrerpolicy", "no-referrer"),
            ("allow", "fullscreen"),
            ("loading", "lazy"),
        ] {
            assert_eq!(after.attributes("iframe", name), [value], "{name}: {after}");
        }
        // It is asked anew each time.
        assert_eq!(page_of_embed(&person, &path).count("iframe"), 0);
        assert_eq!(person.visit(&format!("{}?shown=no", before.path())).count("iframe"), 0);
    }
}

fn t13_only_known_services_are_framed(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let form = embed_form(&portal, "Kept", "");
    for (address, sentence) in [
        ("", "Write the address"),
        ("https://evil.test/video", "Paste a share link or an embed code of Loom"),
        ("http://www.loom.com/share/0123456789abcdef0123456789abcdef", "beginning with https://"),
        ("https://www.loom.com.evil.test/share/0123456789abcdef0123456789abcdef", "Loom, YouTube"),
        ("https://www.loom.com@evil.test/share/0123456789abcdef0123456789abcdef", "Loom, YouTube"),
        ("https://www.loom.com:8443/share/0123456789abcdef0123456789abcdef", "Loom, YouTube"),
        ("https://www.loom.com/share/x;frame-src%20*;script-src%20*", "Loom, YouTube"),
        ("javascript:alert(1)", "Loom, YouTube"),
        ("<iframe src=\"https://evil.test/\"></iframe>", "Loom, YouTube"),
        ("<script src=\"https://www.loom.com/embed.js\"></script>", "Loom, YouTube"),
    ] {
        let answer = form.clone().fill("Address", address).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Address").contains(sentence), "{address}: {answer}");
        let again = answer.form_with_field("Address");
        assert_eq!((again.value("Title"), again.value("Address")), ("Kept".to_owned(), address.to_owned()));
    }
    assert!(items(&world.ada().visit(portal.path())).is_empty());

    let markup = r#"<iframe src="https://www.youtube.com/embed/abcDEF_12-3?rel=0&amp;start=5"></iframe>"#;
    let added = add_embed(&portal, "", markup);
    let page = added.press("YouTube").press("Load from YouTube");
    let player = "https://www.youtube-nocookie.com/embed/abcDEF_12-3?start=5";
    assert_eq!(page.attributes("iframe", "src"), [player]);
    assert_eq!(page.attributes("iframe", "referrerpolicy"), ["strict-origin-when-cross-origin"]);
    assert_eq!(frame_sources(&page), "frame-src https://www.youtube-nocookie.com");
}

fn t13_every_other_page_keeps_its_policy(world: World) {
    let (portal, ada, carol) = (portal_with_embed(&world), world.ada(), world.carol());
    let embed = page_of_embed(&ada, portal.path());
    for page in [
        ada.visit(portal.path()),
        ada.visit(&format!("{}?shown=yes", portal.path())),
        ada.visit(&format!("{}/edit?shown=yes", embed.path())),
        carol.visit("/?shown=yes"),
        carol.visit(&of_client(&portal)),
        carol.get(&format!("/embeds/{}?shown=yes", "0".repeat(32))),
        world.dora().get(&format!("{}?shown=yes", of_client(&embed))),
    ] {
        assert_eq!(frame_sources(&page), "frame-src 'self'", "{page}");
    }
}

fn an_embed_is_an_item_like_any_other(world: World) {
    let (portal, ada, carol) = (portal_with_embed(&world), world.ada(), world.carol());
    let row = portal.row("Tour");
    row.assert_shows("Loom");
    let edit = ada.visit(&row.link("Edit")).form_with_field("Address");
    assert_eq!((edit.value("Title"), edit.value("Address")), ("Tour".to_owned(), LOOM.to_owned()));
    let changed = edit.fill("Address", "https://vimeo.com/76979871").submit().follow();
    changed.row("Tour").assert_shows("Vimeo").assert_hides("Loom");
    let renamed = ada.visit(&changed.row("Tour").link("Rename")).form_with_field("Name");
    let renamed = renamed.fill("Name", "Showreel").submit().follow();
    assert_eq!(items(&renamed), ["Showreel"]);

    let two = add_embed(&renamed, "Second", LOOM);
    assert_eq!(items(&two.press("Move Second up")), ["Second", "Showreel"]);
    let boxed = open_form(&two, "New folder", "Name").fill("Name", "Box").submit().follow();
    let moving = ada.visit(&boxed.row("Showreel").link("Move")).form_with_field("Folder");
    moving.fill("Folder", "Box").submit().follow().assert_ok();
    let theirs = carol.visit(&of_client(&portal)).press("Box").press("Showreel");
    assert_eq!(theirs.texts(".breadcrumb a"), ["Home", "Autumn campaign", "Box"]);
    theirs.assert_shows("Vimeo will learn");

    let without = ada.visit(portal.path()).row("Second").press("Delete");
    without.assert_shows("“Second” was deleted.");
    assert_eq!(items(&without), ["Box"]);
    ada.visit("/staff/deleted").assert_shows("Second");
    assert!(items(&without.press("Undo")).contains(&"Second".to_owned()));
    ada.visit("/staff/settings/audit").assert_shows("Added a file, note, link, embed or folder: Second");
}

fn an_embed_is_found_by_its_title_and_its_provider(world: World) {
    let portal = portal_with_embed(&world);
    for (person, path) in [(world.ada(), "/staff/search"), (world.carol(), "/search")] {
        for query in ["tour", "loom"] {
            let search = || person.partial_get(&format!("{path}?q={query}"));
            let results = until_shown(search, "Autumn campaign");
            results.row("Tour Loom").assert_shows("Embed");
        }
    }
    for other in [world.cyril(), world.dora()] {
        other.partial_get("/search?q=loom").assert_hides("Tour").assert_hides("Autumn campaign");
    }
    portal.row("Tour").press("Delete");
    world.carol().partial_get("/search?q=tour").assert_hides("Autumn campaign");
}

/// P32: a moment after the reply that saved it.
fn until_shown(search: impl Fn() -> Page, words: &str) -> Page {
    crate::world::until(|| search().shows(words));
    search()
}

fn p8_a_client_sees_the_embeds_of_their_portals_and_nobody_else_does(world: World) {
    let (portal, carol) = (portal_with_embed(&world), world.carol());
    let theirs = page_of_embed(&carol, &of_client(&portal));
    let shown = format!("{}?shown=yes", theirs.path());
    let staffs = format!("/staff{shown}");
    for other in [world.cyril(), world.dora(), world.eve(), world.eve().at(&carol), world.stranger()] {
        for path in [theirs.path(), &shown, &staffs] {
            let page = other.get(path);
            assert!(!page.status.is_success(), "{other} {path}");
            page.assert_hides("Tour").assert_hides("loom.com");
        }
    }
    carol.get(&staffs).assert_not_found();
    let id = theirs.path().rsplit('/').next().unwrap();
    for (path, fields) in [
        (format!("/staff/embeds/{id}"), vec![("title", "Mine"), ("address", LOOM)]),
        (format!("{}/embeds", portal.path()), vec![("title", "Mine"), ("address", LOOM), ("folder", "")]),
    ] {
        world.eve().post(&path, &fields).assert_not_found();
    }
    // P12: the very next request.
    world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    carol.get(&shown).assert_not_found();
}
