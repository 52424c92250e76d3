//! T7: nothing of one organization is reached at another's address, by whatever name that is asked for.

use super::{DOMAIN, assert_leads_to, change_slug, own_domain};
use crate::{
    on_both,
    world::{Line, Person, World},
};

on_both! {
    t7_a_session_of_one_organization_is_nobody_at_anothers_address,
    t7_an_address_of_nobody_names_nobody,
    t7_what_is_left_behind_leads_on_and_takes_nothing,
    t7_a_host_is_taken_at_its_word,
}

/// What Carol has, with ids of hers in it.
fn of_carol(world: &World) -> Vec<String> {
    let carol = world.carol();
    let portal = carol.visit("/").attributes("main a[href^='/portals/']", "href").remove(0);
    let items = carol.visit(&portal).attributes("main a[href]", "href");
    let mut paths: Vec<_> =
        items.into_iter().filter(|path| path.starts_with('/') && !path.contains('#')).take(8).collect();
    let fixed = ["/account", "/search?q=website", "/live", "/messages", "/billing", "/announcements"];
    paths.extend(fixed.map(str::to_owned));
    paths.push(portal);
    paths
}

fn t7_a_session_of_one_organization_is_nobody_at_anothers_address(world: World) {
    let eves = own_domain(&world, &world.eve(), DOMAIN);
    let paths = of_carol(&world);
    for there in [world.stranger_at("rival"), eves] {
        let (carol, ada, nobody) = (world.carol().at(&there), world.ada().at(&there), there);
        for path in &paths {
            let (asked, told) = (carol.get(path), nobody.get(path));
            assert_eq!(asked.status, told.status, "{asked}");
            assert_eq!(asked.redirect_target(), told.redirect_target(), "{asked}");
            asked.assert_hides("Studio Nord").assert_hides("Acme website");
        }
        for path in
            ["/staff", "/staff/portals", "/staff/search?q=website", "/staff/live", "/staff/settings/address"]
        {
            ada.get(path).assert_redirects_to("/sign-in");
        }
        for path in ["/", "/sign-in", "/manifest.webmanifest", "/nothing-here"] {
            carol.get(path).assert_hides("Studio Nord").assert_hides("studio.localhost");
        }
        carol.get("/").assert_ok().assert_shows("Rival & Co");
        carol.post("/account", &[("name", "Carol"), ("language", "")]).assert_redirects_to("/sign-in");
        // A page of one is no page of the other's (T6).
        let request = nobody.request(reqwest::Method::POST, "/sign-in");
        let request = request.header("Origin", world.carol().origin());
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        nobody.send(request.body("email=eve%40rival.test&password=x")).assert_status(403);
    }
    // And what is of both, such as scripts, tells of neither.
    let script = world.carol().visit("/").attributes("script[src]", "src").remove(0);
    world.stranger_at("rival").get(&script).assert_ok().assert_hides("Studio");
}

fn t7_an_address_of_nobody_names_nobody(world: World) {
    let paths = of_carol(&world);
    let unknown = world.stranger_at_domain("nobody.test");
    for there in [world.stranger_at("nobody"), world.stranger_at(""), world.stranger_at("a.studio"), unknown]
    {
        for person in [world.carol().at(&there), world.ada().at(&there), there.clone()] {
            let fixed = ["/", "/sign-in", "/staff", "/manifest.webmanifest", "/brand/logo.png", "/reset"];
            for path in paths.iter().map(String::as_str).chain(fixed) {
                let page = person.get(path);
                page.assert_status(421).assert_shows("Unknown address");
                page.assert_hides("Studio Nord").assert_hides("Rival").assert_hides("studio.localhost");
            }
            person.post("/sign-in", &[("email", "carol@acme.test")]).assert_status(421);
        }
    }
}

fn t7_what_is_left_behind_leads_on_and_takes_nothing(world: World) {
    let (carol, paths) = (world.carol(), of_carol(&world));
    change_slug(&world.ada(), "studio", "atelier").assert_ok();
    let new = world.stranger_at("atelier").origin();
    for person in [&carol, &world.stranger(), &world.eve().at(&world.stranger())] {
        for path in paths.iter().map(String::as_str).chain(["/", "/staff", "/brand/logo.png"]) {
            let page = person.get(path);
            assert_leads_to(&page, &format!("{new}{path}"));
            page.assert_hides("Studio Nord");
        }
        for path in ["/sign-in", "/account", "/sign-out", "/webhooks/stripe"] {
            person.post(path, &[]).assert_status(421).assert_hides("Studio Nord");
        }
    }
    // Nothing was taken: she is signed in still.
    carol.at(&world.stranger_at("atelier")).get("/account").assert_ok();
}

/// The status of Carol's own page, asked for in these words.
fn asked(carol: &Person, target: &str, lines: &[&str]) -> u16 {
    let mut line = Line::open(carol);
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let cookie = carol.cookie_header();
    line.send(format!("GET {target} HTTP/1.1\r\n{lines}Cookie: {cookie}\r\nConnection: close\r\n\r\n"))
        .unwrap();
    line.hear().unwrap().status
}

fn t7_a_host_is_taken_at_its_word(world: World) {
    let (carol, port) = (world.carol(), world.server().port());
    let host = |name: &str| format!("Host: {name}:{port}");
    let (own, other) = (host("studio.localhost"), host("rival.localhost"));
    for (line, status) in [
        (own.clone(), 200),
        (host("STUDIO.LocalHost"), 200),
        (other.clone(), 303),
        (host("studio.localhost."), 421),
        (host("a.studio.localhost"), 421),
        (host(".localhost"), 421),
        ("Host: studio.localhost".to_owned(), 421),
        ("Host: studio.localhost:1".to_owned(), 421),
        (format!("{own}, rival.localhost:{port}"), 421),
        ("Host:".to_owned(), 421),
    ] {
        assert_eq!(asked(&carol, "/account", &[&line]), status, "{line}");
    }
    for lines in [[&*own, &*other], [&*other, &*own], [&*own, &*own]] {
        assert_eq!(asked(&carol, "/account", &lines), 400, "{lines:?}");
        assert_eq!(asked(&carol, "/healthz", &lines), 400, "{lines:?}");
    }
    let absolute = |name: &str| format!("http://{name}:{port}/account");
    assert_eq!(asked(&carol, &absolute("studio.localhost"), &[&own]), 200);
    assert_eq!(asked(&carol, &absolute("studio.localhost"), &[&other]), 400);
    assert_eq!(asked(&carol, &absolute("rival.localhost"), &[&own]), 400);
    // Nobody here was told to believe a proxy, and none is believed about the host.
    for name in ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded"] {
        let forwarded = |target: &str| match name {
            "Forwarded" => format!("{name}: host={target}:{port}"),
            _ => format!("{name}: {target}:{port}"),
        };
        assert_eq!(asked(&carol, "/account", &[&own, &forwarded("rival.localhost")]), 200, "{name}");
        assert_eq!(
            asked(&carol, "/account", &[&host("nobody.localhost"), &forwarded("studio.localhost")]),
            421
        );
    }
}
