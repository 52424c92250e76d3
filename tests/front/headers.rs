//! T10: what every answer says to the browser about itself.

use std::collections::BTreeMap;

use crate::{
    on_both,
    walls::Walk,
    world::{Page, Person, Route, World},
};

on_both! {
    t10_every_page_forbids_what_could_run_frame_or_keep_it,
    t10_every_route_says_it,
    t10_pages_keep_their_own_policy,
    t10_what_is_refused_is_dressed_as_well,
    t10_hashed_files_are_kept_for_ever_and_nothing_else_is,
}

/// The directives of a Content-Security-Policy (CSP Level 3, section 2.2.1).
fn policy(page: &Page) -> BTreeMap<&str, Vec<&str>> {
    let directives = page.header("content-security-policy").split(';').map(str::split_whitespace);
    directives.filter_map(|mut words| Some((words.next()?, words.collect()))).collect()
}

#[track_caller]
fn assert_private(page: &Page) {
    let policy = policy(page);
    let sources = |name: &str| {
        policy.get(name).or(policy.get("default-src")).unwrap_or_else(|| panic!("no {name}: {page}"))
    };
    for name in ["script-src", "style-src", "object-src", "connect-src", "frame-src", "img-src"] {
        for source in sources(name) {
            assert!(["'self'", "'none'"].contains(source), "{name} {source}: {page}");
        }
    }
    for (name, expected) in [
        ("frame-ancestors", "'none'"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'self'"),
    ] {
        assert_eq!(policy.get(name), Some(&vec![expected]), "{name}: {page}");
    }
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{page}");
    assert_eq!(page.header("cache-control"), "no-store", "{page}");
    assert!(["same-origin", "no-referrer"].contains(&page.header("referrer-policy")), "{page}");
}

/// A page of every kind, for everybody.
fn pages(world: &World) -> Vec<Page> {
    let (ada, carol, stranger) = (world.ada(), world.carol(), world.stranger());
    let first = |person: &Person, list: &str, css: &str| person.visit(list).attributes(css, "href").remove(0);
    let staff = [
        first(&ada, "/staff/portals", "main a[href^='/staff/portals/']:not([href$=new])"),
        first(&ada, "/staff/clients", "main li a[href^='/staff/clients/']"),
        first(&ada, "/staff/projects", "main a[href^='/staff/projects/']:not([href$=new])"),
    ];
    let client = [first(&carol, "/", "main a[href^='/portals/']")];
    let fixed: [(&Person, &[&str]); 3] = [
        (&stranger, &["/", "/sign-in", "/reset", "/nothing-here", "/account"]),
        (&carol, &["/", "/account", "/search?q=website", "/sign-out", "/nothing-here", "/staff"]),
        (
            &ada,
            &[
                "/staff",
                "/staff/clients",
                "/staff/clients/new",
                "/staff/companies",
                "/staff/invitations",
                "/staff/people",
                "/staff/account",
                "/staff/search?q=website",
                "/staff/settings",
                "/staff/settings/looks",
                "/staff/settings/public-page",
                "/staff/settings/queue",
                "/staff/settings/mail",
                "/nothing-here",
                "/portals/x",
            ],
        ),
    ];
    let fixed = fixed.into_iter().flat_map(|(person, paths)| paths.iter().map(move |path| person.get(path)));
    let found = staff.iter().map(|path| ada.get(path)).chain(client.iter().map(|path| carol.get(path)));
    let fragments = [
        ada.partial_get("/staff/clients?q=a"),
        carol.partial_get("/search?q=a"),
        stranger.partial_get("/account"),
    ];
    fixed.chain(found).chain(fragments).collect()
}

fn t10_every_page_forbids_what_could_run_frame_or_keep_it(world: World) {
    pages(&world).iter().for_each(assert_private);
}

/// Whatever a route answers: a page, a file or a refusal.
#[track_caller]
fn assert_dressed(page: &Page, address: &str) {
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{address}");
    assert!(["same-origin", "no-referrer"].contains(&page.header("referrer-policy")), "{address}");
    let policy = policy(page);
    assert!(!policy.is_empty(), "{address} has no policy");
    for (name, sources) in policy.iter().filter(|(name, _)| ["default-src", "script-src"].contains(*name)) {
        let runs = sources.iter().find(|source| ["'unsafe-inline'", "'unsafe-eval'", "*"].contains(*source));
        assert_eq!(runs, None, "{name} of {address}");
    }
    let kept = page.header("cache-control");
    if page.header("content-type").starts_with("text/html") {
        assert_eq!(kept, "no-store", "{address}");
        // Mails are read in a frame of ours, which runs nothing.
        let framed = if policy.contains_key("sandbox") { "'self'" } else { "'none'" };
        assert_eq!(policy.get("frame-ancestors"), Some(&vec![framed]), "{address}");
    }
    assert!(!kept.is_empty(), "{address} says nothing of caches");
}

fn t10_every_route_says_it(world: World) {
    let routes = Route::all();
    let people = [world.ada(), world.carol()];
    let walks = people.each_ref().map(|person| Walk::through(person, &routes));
    // Streams have no end.
    let looked_at = |route: &&Route| route.method == "GET" && !route.path.contains("/live");
    let mut answers = 0;
    for route in routes.iter().filter(looked_at) {
        let nobodys = route.address(&vec!["0".repeat(32); route.parameters().len()]);
        for (person, walk) in people.iter().zip(&walks) {
            for address in walk.addresses(route).into_iter().take(1).chain([nobodys.clone()]) {
                assert_dressed(&person.get(&address), &address);
                answers += 1;
            }
        }
        assert_dressed(&world.stranger().get(&nobodys), &nobodys);
    }
    assert!(answers > routes.len(), "only {answers}");
}

fn t10_pages_keep_their_own_policy(world: World) {
    for page in pages(&world) {
        let forbidden = [
            "script:not([src])",
            "style",
            "[style]",
            "[onclick]",
            "[onload]",
            "[onerror]",
            "[onsubmit]",
            "[onchange]",
            "[oninput]",
            "[hx-on]",
            "[hx-vars]",
            "a[href^='javascript:']",
            "object",
            "embed",
            "base",
            // Words of people are out of htmx's hands, whatever the cleaning might miss.
            ".prose:not([hx-ignore])",
        ];
        for css in forbidden {
            assert_eq!(page.count(css), 0, "{css}: {page}");
        }
        for address in
            page.attributes("script, img, iframe", "src").iter().chain(&page.attributes("link", "href"))
        {
            let target = page.url().join(address).unwrap();
            assert_eq!(target.origin(), page.url().origin(), "{address}: {page}");
        }
    }
}

fn t10_what_is_refused_is_dressed_as_well(world: World) {
    let (ada, stranger) = (world.ada(), world.stranger());
    let foreign = ada.request(reqwest::Method::POST, "/staff/portals").header("Sec-Fetch-Site", "cross-site");
    for page in [
        ada.send(foreign),
        ada.post("/staff/portals", &[("surprise", "x")]),
        ada.post("/staff/portals", &[("name", ""), ("project", "")]),
        world.ben().get("/staff/people"),
        stranger.sign_in("carol@acme.test", "not my password"),
        stranger.get("/invitations/x"),
        stranger.send(stranger.request(reqwest::Method::DELETE, "/account")),
        world.stranger_at("nobody").get("/"),
        world.stranger_at("nobody").get("/nothing-here"),
    ] {
        assert!(page.status.is_client_error(), "{page}");
        assert_private(&page);
    }
}

fn t10_hashed_files_are_kept_for_ever_and_nothing_else_is(world: World) {
    let (ada, browser) = (world.ada(), world.stranger());
    let page = ada.visit("/staff");
    let mut addresses = page.attributes("script[src]", "src");
    addresses.extend(page.attributes("link[href]:not([rel=manifest])", "href"));
    addresses.extend(page.attributes("use", "href").into_iter().take(1));
    assert!(addresses.len() >= 5, "{addresses:?}");
    for address in addresses {
        let address = address.split('#').next().unwrap();
        let file = browser.get(address);
        let kept = file.assert_ok().header("cache-control");
        assert!(kept.contains("immutable") && kept.contains("max-age=31536000"), "{address}: {kept}");
        assert!(!kept.contains("no-store"), "{address}: {kept}");
        // Whoever keeps it would keep that for others, too.
        assert_eq!(file.header("set-cookie"), "", "{address}");
        assert_eq!(file.header("x-content-type-options"), "nosniff", "{address}");
        let kind = match address.rsplit('.').next().unwrap() {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("{other}"),
        };
        assert_eq!(file.header("content-type"), kind);
        let head = browser.head(address);
        assert!(head.assert_ok().body.is_empty());
        for name in ["cache-control", "content-type", "vary", "etag"] {
            assert_eq!(head.header(name), file.header(name), "{name} of {address}");
        }
        assert_eq!(head.header("content-length"), file.body.len().to_string(), "{address}");

        // Of another build, or of nobody's: the hash is the last part but one of the name.
        let (front, ending) = address.rsplit_once('.').unwrap();
        let mut other = front.to_owned();
        let last = other.pop().unwrap();
        other.push(if last == '0' { '1' } else { '0' });
        let stale = browser.get(&format!("{other}.{ending}"));
        assert_eq!(stale.assert_not_found().header("cache-control"), "no-store");
    }
    for address in ["/assets/", "/assets/app.css", "/assets/..%2f..%2fsecret", "/assets/%00"] {
        assert_eq!(browser.get(address).assert_not_found().header("cache-control"), "no-store");
    }
}
