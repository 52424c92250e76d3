//! P13: staff see what a client sees, exactly so, and leave nothing behind.

use crate::{
    examples::{EXAMPLES, Example, Whose},
    on_both,
    steps::{join, new_portal, note_form, share},
    walls::{Walk, ask},
    world::{Backend, Page, Person, Route, World, until},
};

on_both! {
    p1_seeing_as_an_invited_client_leaves_the_dot_yellow,
    p13_staff_see_exactly_what_the_client_sees,
    p13_the_bar_speaks_the_language_of_whoever_looks,
    p13_looking_writes_nothing_and_counts_as_no_view,
    p13_whoever_looks_changes_nothing,
    p13_it_ends_by_the_button_and_by_signing_out,
    p13_it_ends_with_the_grant_with_the_client_and_with_the_staff_member,
    p13_nobody_sees_as_a_client_but_staff_of_the_same_organization,
    p13_an_open_page_hears_what_the_client_hears_until_it_ends,
    p13_the_client_hears_nothing_of_it,
    t18_who_saw_as_whom_is_in_the_audit_log,
}

/// What moves by itself while a server runs.
const MOVING: &[&str] = &["cursors.*", "jobs.leased_until", "jobs.run_at", "jobs.attempts"];

/// By the button on the client's page.
#[track_caller]
pub fn see_as(staff: &Person, client: &str) -> Page {
    let home = staff.visit("/staff/clients").press(client).press("See as client");
    assert_eq!(home.assert_ok().path(), "/");
    home
}

/// Ada, in a browser of her own.
fn seeing_as(world: &World, client: &str) -> Person {
    let ada = world.sign_in("ada@studio.test");
    see_as(&ada, client);
    ada
}

/// The address on the client's side.
fn of_client(portal: &Page) -> String {
    portal.path().replacen("/staff", "", 1)
}

fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// A few of each kind of what a client can open.
fn places(client: &Person) -> Vec<String> {
    let routes = Route::all();
    let walk = Walk::through(client, &routes);
    let opened = routes
        .iter()
        .filter(|route| route.method == "GET" && route.access == "Client" && !route.path.ends_with("/live"));
    let few = opened.flat_map(|route| walk.addresses(route).into_iter().take(3));
    few.chain(["/", "/search?q=handbook"].map(str::to_owned)).collect()
}

/// A page below the bar, without the token that each browser has of its own; `None` for a picture, a fragment or a file.
fn shown(person: &Person, place: &str) -> Option<String> {
    let page = person.get(place);
    let source = page.source();
    let (from, to) = (source.find("<header class=\"top-bar\"")?, source.rfind("</main>")?);
    let tokens = page.attributes("input[name=form_token]", "value");
    let without = |shown: String, token: &String| shown.replace(token.as_str(), "(token)");
    Some(tokens.iter().fold(source[from..to].to_owned(), without))
}

fn p13_staff_see_exactly_what_the_client_sees(world: World) {
    // Whoever walks through it all chooses lists and tiles on their way, in their own browser.
    let (carol, onlooker) = (world.sign_in("carol@acme.test"), seeing_as(&world, "Carol Meyer"));
    let mut compared = Vec::new();
    // Of her account's page, her sessions are other ones.
    for place in places(&world.carol()).into_iter().filter(|place| place != "/account") {
        let Some(before) = shown(&carol, &place) else { continue };
        let (seen, after) = (shown(&onlooker, &place), shown(&carol, &place));
        // "A minute ago" moves on meanwhile.
        assert!(seen.as_ref() == Some(&before) || seen == after, "{place}:\n{seen:#?}\n{before:#?}");
        compared.push(place);
    }
    for kind in [
        "/portals/",
        "/files/",
        "/notes/",
        "/requests/",
        "/search?",
        "/billing",
        "/invoices/",
        "/quotes/",
        "/messages",
        "/announcements/",
    ] {
        assert!(compared.iter().any(|place| place.starts_with(kind)), "no {kind} among {compared:?}");
    }
    let kept = of_client(&new_portal(&world.ada(), "Kept from her"));
    onlooker.get(&kept).assert_not_found();
    onlooker.visit("/").assert_hides("Kept from her");
    onlooker.get(&format!("/staff{kept}")).assert_ok();

    see_as(&onlooker, "Dora Lindt");
    assert_eq!(shown(&onlooker, "/"), shown(&world.dora(), "/"));
    assert_ne!(shown(&onlooker, "/"), shown(&carol, "/"));
}

/// Green is only who came by the link of their own mail.
fn p1_seeing_as_an_invited_client_leaves_the_dot_yellow(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "zoe@acme.test");
    let dot = || world.ada().visit(portal.path()).row("zoe@acme.test").texts(".dot").concat();
    assert_eq!(dot(), "Invited");

    let ben = world.sign_in("ben@studio.test");
    let seen = ben.visit(portal.path()).row("zoe@acme.test").press("See as client");
    assert_eq!(seen.assert_shows("Autumn campaign").path(), of_client(&portal));
    let viewing = seen.attributes("form[data-viewed]", "action").remove(0);
    ben.partial_post(&viewing, &[]).assert_status(204);
    for place in ["/", "/account", "/search?q=campaign"] {
        ben.get(place).assert_ok();
    }
    assert_eq!(dot(), "Invited");
    seen.press("Back to staff pages").assert_ok();
    assert_eq!(dot(), "Invited");

    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    join(&world.stranger(), &link, "an umbrella for the heron").assert_shows("Autumn campaign");
    assert_eq!(dot(), "Joined");
}

fn p13_the_bar_speaks_the_language_of_whoever_looks(world: World) {
    let home = see_as(&world.sign_in("ada@studio.test"), "Cyril Dubois");
    assert_eq!(home.attributes("html", "lang"), ["fr"]);
    assert_eq!(home.attributes(".preview-banner", "lang"), ["en"]);
    let said = home.texts(".preview-banner p");
    assert_eq!(said, ["You see what Cyril Dubois sees. Nothing can be changed here."]);
    assert_eq!(world.cyril().visit("/").count(".preview-banner"), 0);
}

/// As a version left it that did not make these yet: each is made when it is first asked for.
fn forget_what_can_be_made_anew(world: &World) {
    let unguard = match world.database().backend() {
        Backend::Sqlite => "DROP TRIGGER billing_papers_undeleted",
        Backend::Postgres => "DROP TRIGGER billing_papers_kept ON billing_papers",
    };
    for statement in [unguard, "DELETE FROM billing_papers", "DELETE FROM object_sums"] {
        world.database().execute(statement).unwrap();
    }
}

fn p13_looking_writes_nothing_and_counts_as_no_view(world: World) {
    let carol = world.carol();
    let answered: Vec<_> =
        places(&carol).into_iter().map(|place| (carol.get(&place).status, place)).collect();
    let portal = carol.visit("/").press("Acme website relaunch");
    let viewing = portal.attributes("form[data-viewed]", "action").remove(0);
    let onlooker = seeing_as(&world, "Carol Meyer");
    forget_what_can_be_made_anew(&world);
    let before = world.database().at_rest(MOVING);
    for (status, place) in &answered {
        assert_eq!(onlooker.get(place).status, *status, "{place}");
        onlooker.head(place);
        onlooker.partial_get(place);
    }
    onlooker.partial_post(&viewing, &[]).assert_status(204);
    onlooker.post(&viewing, &[]).assert_redirects_to(portal.path());
    let reading = format!("{}/messages/reading", portal.path());
    onlooker.partial_post(&reading, &[("number", "1")]).assert_status(204);
    let left = before.changes_until(&world.database().at_rest(MOVING));
    assert!(left.is_none(), "{}", left.unwrap());

    // What Carol does herself is written down.
    let (_, download) = answered.iter().find(|(_, place)| place.ends_with("/download")).unwrap();
    carol.get(download).assert_ok();
    assert!(before.changes_until(&world.database().at_rest(MOVING)).is_some());
}

/// Forms by which a page tells that it was looked at: they are answered as if it counted.
const TELLING: [&str; 6] = [
    "/portals/:portal/views",
    "/files/:item/views",
    "/notes/:item/views",
    "/portals/:portal/messages/reading",
    "/messages/rooms/:room/reading",
    "/announcements/:announcement/reading",
];

fn p13_whoever_looks_changes_nothing(world: World) {
    let routes = Route::all();
    // One more session, so that there is one to end.
    world.sign_in("carol@acme.test");
    let carol = Walk::through(&world.carol(), &routes);
    let address = |route: &Route, example: &Example| match example.whose {
        Whose::Given(values) => route.address(&values(&world)),
        Whose::Found | Whose::Anyones(_) => carol.addresses(route).remove(0),
    };
    let changes = |route: &Route| {
        route.access == "Client" && !matches!(route.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    };
    let forms: Vec<_> = EXAMPLES
        .iter()
        .filter_map(|example| {
            Some((routes.iter().find(|route| route.is(example) && changes(route))?, example))
        })
        .map(|(route, example)| (route, example, address(route, example)))
        .collect();
    assert!(forms.len() > 15, "only {} forms", forms.len());

    let onlooker = seeing_as(&world, "Carol Meyer");
    let before = world.database().at_rest(MOVING);
    for (route, example, address) in forms {
        let answer = ask(&onlooker, route, example, &address);
        if TELLING.contains(&route.path.as_str()) {
            assert!(answer.status.is_redirection(), "{answer}");
            continue;
        }
        answer
            .assert_status(403)
            .assert_shows("You are looking as Carol Meyer. Nothing can be changed here.");
        assert!(answer.has_button("Back to staff pages"), "{answer}");
    }
    let left = before.changes_until(&world.database().at_rest(MOVING));
    assert!(left.is_none(), "{}", left.unwrap());

    // To a script of ours it is a sentence, and to htmx a toast.
    let portal = onlooker.visit("/").press("Acme website relaunch");
    let messages = format!("{}/messages", portal.path());
    let said = onlooker.sending("accept", "application/json").post(&messages, &[("message", "Words.")]);
    assert!(said.assert_status(403).source().contains("Nothing can be changed here."), "{said}");
    let toast = onlooker.partial_post(&messages, &[("message", "Words.")]);
    toast.assert_status(403).assert_shows("Nothing can be changed here.");
    assert_eq!(toast.header("hx-retarget"), "#toasts");
}

fn p13_it_ends_by_the_button_and_by_signing_out(world: World) {
    let onlooker = seeing_as(&world, "Carol Meyer");
    onlooker.visit("/staff").assert_ok().assert_shows("Ada");
    let portal = onlooker.visit("/").press("Acme website relaunch");
    let page = portal.press("Back to staff pages");
    assert_eq!(page.assert_ok().texts("h1"), ["Carol Meyer"]);
    assert!(page.path().starts_with("/staff/clients/"), "{page}");
    onlooker.get(portal.path()).assert_not_found();
    assert_eq!(onlooker.visit("/").path(), "/staff");
    // Twice, from another tab.
    portal.form_with_button("Back to staff pages").submit().assert_redirects_to("/staff");

    see_as(&onlooker, "Carol Meyer");
    let home = onlooker.visit("/");
    home.form_with_button("Sign out").submit().assert_redirects_to("/");
    for address in ["/staff", portal.path()] {
        onlooker.get(address).assert_redirects_to("/sign-in");
    }
    world.carol().get(portal.path()).assert_ok();
    onlooker.sign_in("ada@studio.test", world.password_of("ada@studio.test")).assert_redirects_to("/staff");
    onlooker.get(portal.path()).assert_not_found();
}

fn p13_it_ends_with_the_grant_with_the_client_and_with_the_staff_member(world: World) {
    let (ada, ben) = (world.ada(), world.sign_in("ben@studio.test"));
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "dora@globex.test");
    let of_dora = of_client(&portal);
    let seen = ben.visit(portal.path()).row("dora@globex.test").press("See as client");
    assert_eq!(seen.assert_shows("Autumn campaign").path(), of_dora);

    let revoked = ada.visit(portal.path()).row("dora@globex.test").press("Revoke");
    ben.get(&of_dora).assert_not_found();
    ben.visit("/").assert_ok().assert_hides("Autumn campaign").assert_shows("You see what Dora Lindt sees.");
    assert!(!revoked.row("dora@globex.test").has_button("See as client"), "{revoked}");

    let deleted = ada.visit("/staff/clients").press("Dora Lindt").press("Delete");
    ben.get("/account").assert_not_found();
    assert_eq!(ben.visit("/").path(), "/staff");
    deleted.press("Undo").assert_ok();
    // By a reaction to the removal.
    until(|| ben.visit("/").path() == "/staff");

    let seen = see_as(&ben, "Dora Lindt");
    ada.visit("/staff/clients").press("Dora Lindt").press("Delete").assert_ok();
    assert_eq!(seen.press("Back to staff pages").assert_ok().path(), "/staff");

    see_as(&ben, "Carol Meyer");
    ada.visit("/staff/people").press("Ben Okafor").press("Remove").assert_ok();
    ben.get("/account").assert_redirects_to("/sign-in");
    ben.visit("/").assert_hides("Carol");
}

fn p13_nobody_sees_as_a_client_but_staff_of_the_same_organization(world: World) {
    let ada = world.sign_in("ada@studio.test");
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    let client = |name: &str| ada.visit("/staff/clients").link(name);
    let of_portal = |client: &str| format!("{}/grants/{}/seeing", portal.path(), last_part(client));
    let carol = client("Carol Meyer");
    for address in [format!("{carol}/seeing"), of_portal(&carol)] {
        for other in [world.eve(), world.carol(), world.cyril()] {
            other.post(&address, &[]).assert_not_found();
        }
        world.stranger().post(&address, &[]).assert_redirects_to("/sign-in");
    }
    world.eve().get("/account").assert_not_found();

    let colleague = ada.visit("/staff/people").link("Ben Okafor");
    ada.post(&format!("/staff/clients/{}/seeing", last_part(&colleague)), &[]).assert_not_found();
    ada.post(&of_portal(&client("Cyril Dubois")), &[]).assert_not_found();
    ada.get("/account").assert_not_found();
    // Nor by what stands in the row, whoever wrote it there.
    for email in ["rita@client.test", "eve@rival.test", "ben@studio.test"] {
        let theirs = format!("(SELECT id FROM people WHERE email = '{email}')");
        world.database().execute(&format!("UPDATE sessions SET seeing_as = {theirs}")).unwrap();
        ada.get("/account").assert_not_found();
    }
}

fn p13_an_open_page_hears_what_the_client_hears_until_it_ends(world: World) {
    let ada = world.ada();
    let [theirs, others] = ["Autumn campaign", "Kept from her"].map(|name| new_portal(&ada, name));
    share(&theirs, "dora@globex.test");
    let onlooker = seeing_as(&world, "Dora Lindt");
    let live = onlooker.visit("/").attributes("body", "data-live").remove(0);
    let open = onlooker.listen(&live);
    assert_eq!(open.next().data, "hello");
    for portal in [&others, &theirs] {
        note_form(portal, "Recap", "Words.").submit().follow().assert_ok();
    }
    let mut heard = String::new();
    while !heard.contains(last_part(theirs.path())) {
        heard += &open.next().data;
    }
    assert!(!heard.contains(last_part(others.path())), "{heard}");
    see_as(&onlooker, "Carol Meyer");
    open.rest();
    onlooker.get(&live).assert_not_found();
    onlooker.visit("/").press("Back to staff pages").assert_ok();
    onlooker.get(&live).assert_not_found();
}

fn p13_the_client_hears_nothing_of_it(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "dora@globex.test");
    let open = world.dora().listen("/live");
    note_form(&portal, "Before", "Words.").submit().follow().assert_ok();
    while !open.next().data.contains(last_part(portal.path())) {}
    let onlooker = seeing_as(&world, "Dora Lindt");
    onlooker.visit("/").press("Back to staff pages").assert_ok();
    note_form(&portal, "After", "Words.").submit().follow().assert_ok();
    let mut heard = String::new();
    while !heard.contains(last_part(portal.path())) {
        heard += &open.next().data;
    }
    assert!(!heard.contains("person"), "{heard}");
}

fn t18_who_saw_as_whom_is_in_the_audit_log(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    let seen = world.ben().visit(portal.path()).row("carol@acme.test").press("See as client");
    seen.press("Back to staff pages").assert_ok();
    let log = world.ada().visit("/staff/settings/audit?who=carol").texts("tbody tr");
    for deed in ["Began to see what a client sees", "Stopped seeing what a client sees"] {
        let is_told = |line: &String| {
            [deed, "Ben Okafor", "Carol Meyer", "127.0.0.1"].iter().all(|word| line.contains(word))
        };
        assert!(log.iter().any(is_told), "no {deed:?} in {log:#?}");
    }
}
