//! T6: what changes something proves that it comes from a page of ours; what only looks changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Method, blocking::RequestBuilder};

use crate::{
    on_both,
    steps::{new_portal, note_form},
    world::{Person, Route, World},
};

on_both! {
    t6_every_form_refuses_whatever_does_not_come_from_a_page_of_ours,
    t6_every_form_takes_what_comes_from_a_page_of_ours,
    t6_nothing_is_deleted_by_a_request_without_proof,
    t6_no_get_changes_anything,
}

const URLENCODED: &str = "application/x-www-form-urlencoded";
/// What moves by itself while a server runs.
const MOVING: &[&str] = &["cursors.*", "jobs.leased_until", "jobs.run_at", "jobs.attempts"];
const MULTIPART: &str = "multipart/form-data; boundary=X";

/// Whoever may use a form, where they send it, and the token of the forms that they are shown.
struct Target {
    method: Method,
    person: Person,
    address: String,
    token: String,
}

/// Every form of the program, about things that nobody has.
fn targets(world: &World) -> Vec<Target> {
    let token = |person: &Person, page: &str| {
        person.visit(page).attributes("input[name=form_token]", "value").remove(0)
    };
    let people = [world.ada(), world.carol(), world.stranger()];
    let tokens =
        [token(&people[0], "/staff/account"), token(&people[1], "/account"), token(&people[2], "/sign-in")];
    let target = |route: Route| {
        let who = match route.access.as_str() {
            "Client" => 1,
            "Open" | "Public" => 2,
            _ => 0,
        };
        let part = |part: &str| match part.strip_prefix(':') {
            Some("token") => "A".repeat(43),
            Some(_) => "0".repeat(32),
            None => part.to_owned(),
        };
        let address = route.path.split('/').map(part).collect::<Vec<_>>().join("/");
        let method = Method::from_bytes(route.method.as_bytes()).unwrap();
        Target { method, person: people[who].clone(), address, token: tokens[who].clone() }
    };
    let forms: Vec<_> = Route::all()
        .into_iter()
        .filter(|route| route.access != "Signed")
        .map(target)
        .filter(|target| !target.method.is_safe())
        .collect();
    assert!(forms.len() > 50, "only {} forms", forms.len());
    forms
}

impl Target {
    fn form(&self, content_type: &str, body: String) -> RequestBuilder {
        self.bare().header("Content-Type", content_type).body(body)
    }

    fn bare(&self) -> RequestBuilder {
        self.person.request(self.method.clone(), &self.address)
    }

    fn proven(&self) -> String {
        format!("form_token={}", self.token)
    }
}

fn t6_every_form_refuses_whatever_does_not_come_from_a_page_of_ours(world: World) {
    let mut taken = Vec::new();
    for target in targets(&world) {
        let own = target.person.origin();
        let mut refused = |what: &str, request: RequestBuilder, statuses: &[u16]| {
            let answer = target.person.send(request);
            if !statuses.contains(&answer.status.as_u16()) {
                taken.push(format!("{} {what}: {}", target.address, answer.status));
            }
        };
        for site in ["cross-site", "same-site", "anything"] {
            let request = target.form(URLENCODED, target.proven()).header("Sec-Fetch-Site", site);
            refused(site, request.header("Origin", &own), &[403]);
        }
        for origin in [
            "null",
            "https://evil.test",
            &world.eve().origin(),
            &format!("{own}.evil.test"),
            &own.replace("http:", "https:"),
            own.rsplit_once(':').unwrap().0,
        ] {
            refused(origin, target.form(URLENCODED, target.proven()).header("Origin", origin), &[403]);
        }
        refused("no proof", target.form(URLENCODED, String::new()), &[403]);
        refused("no proof, nor a body", target.bare(), &[403]);
        let guessed = format!("form_token={}", "A".repeat(target.token.len()));
        refused("a guessed token", target.form(URLENCODED, guessed), &[403]);
        let referred = target.form(URLENCODED, String::new()).header("Referer", format!("{own}/"));
        refused("a referrer", referred, &[403]);
        let in_address = format!("{}?{}", target.address, target.proven());
        refused("a token in the address", target.person.request(target.method.clone(), &in_address), &[403]);
        // What a page elsewhere can make a browser send without asking first.
        refused("plain text", target.form("text/plain", target.proven()), &[403]);
        refused("JSON", target.form("application/json", "{}".to_owned()), &[403]);
        // Where files are taken the body is read to find its token; elsewhere it is no form.
        refused("a multipart form", target.form(MULTIPART, "--X--\r\n".to_owned()), &[400, 403, 415]);
        let part = "--X\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nA\r\n--X--\r\n";
        refused(
            "a multipart form with a guessed token",
            target.form(MULTIPART, part.to_owned()),
            &[400, 403, 415],
        );
    }
    assert!(taken.is_empty(), "{} requests were not refused:\n{}", taken.len(), taken.join("\n"));
}

fn t6_every_form_takes_what_comes_from_a_page_of_ours(world: World) {
    for target in targets(&world) {
        for request in [
            target.form(URLENCODED, String::new()).header("Sec-Fetch-Site", "same-origin"),
            target.form(URLENCODED, String::new()).header("Origin", target.person.origin()),
            target.form(URLENCODED, target.proven()),
            target.form(&format!("{URLENCODED}; charset=utf-8"), target.proven()),
        ] {
            // There is nothing of the kind, or something is missing in the form; but it was looked at.
            if target.address != "/setup" {
                assert_ne!(target.person.send(request).status.as_u16(), 403, "{}", target.address);
            }
        }
    }
}

fn t6_nothing_is_deleted_by_a_request_without_proof(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let portal = note_form(&portal, "Recap", "Words.").submit().follow();
    let settings = world.ada().visit(&format!("{}/settings", portal.path()));
    let ending = settings.attributes("form[action$='/deletion']", "action");
    let endings = portal.attributes("form[action$='/deletion'], button[formaction$='/deletion']", "action");
    let mut addresses: BTreeSet<_> = ending.into_iter().chain(endings).collect();
    addresses.insert(format!("{}/deletion", portal.path()));
    for address in addresses {
        for content_type in [MULTIPART, "multipart/form-data", URLENCODED, "text/plain"] {
            let request = world.ada().request(Method::POST, &address).header("Content-Type", content_type);
            let answer = world.ada().send(request.body("--X--\r\n"));
            assert!(answer.status.is_client_error(), "{content_type}: {answer}");
        }
    }
    world.ada().visit(portal.path()).assert_ok().assert_shows("Recap");
    let ada = world.sign_in("ada@studio.test");
    ada.send(ada.request(Method::POST, "/sign-out").header("Content-Type", MULTIPART).body("--X--\r\n"));
    ada.get("/staff").assert_ok();
}

/// But for a client's download or look at a file, which are recorded (T18).
fn t6_no_get_changes_anything(world: World) {
    let people = [(world.ada(), "/staff"), (world.carol(), "/"), (world.stranger(), "/")];
    let before = world.database().at_rest(MOVING);
    for (person, start) in people {
        let pages = walk(&person, start);
        assert!(pages > 2, "{person} met {pages} pages only");
    }
    if let Some(changes) = before.changes_until(&world.database().at_rest(MOVING)) {
        panic!("looking changed something:\n{changes}");
    }
}

/// Asks for what every link, picture and fragment would; returns for how many.
fn walk(person: &Person, start: &str) -> usize {
    const OF_EACH_KIND: usize = 3;
    let (mut seen, mut kinds) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
    let mut ahead = vec![start.to_owned()];
    while let Some(address) = ahead.pop() {
        let path = address.split(['?', '#']).next().unwrap();
        let of_its_kind = kinds.entry(kind(path)).or_default();
        let leave = path.ends_with("/live") || is_written_down(path);
        if leave || *of_its_kind >= OF_EACH_KIND || !seen.insert(address.clone()) {
            continue;
        }
        *of_its_kind += 1;
        person.head(&address);
        person.partial_get(&address);
        let page = person.visit(&address);
        if page.header("content-type").starts_with("text/html") {
            let attributes =
                ["href", "src", "action", "formaction", "hx-get", "data-href", "data-src", "data-live-href"];
            let found = attributes.iter().flat_map(|name| page.attributes(&format!("[{name}]"), name));
            let found = found.filter_map(|found| page.url().join(&found).ok());
            let local = found.filter(|target| target.origin() == page.url().origin());
            ahead.extend(local.map(|target| target[url::Position::BeforePath..].to_owned()));
        }
    }
    seen.len()
}

/// Who takes a file home, or looks at it in place, stands in the audit log (T18), which is no state of what is shown.
fn is_written_down(path: &str) -> bool {
    let is_paper = path.ends_with("/paper") || path.ends_with("/receipt");
    is_paper
        || path.starts_with("/staff/invoices/export/")
        || (path.starts_with("/staff/settings/") && path.ends_with(".csv"))
        || path.ends_with("/person.zip")
        || (path.ends_with("/download") && !path.starts_with("/staff"))
        || path.ends_with("/offline/download")
        || (path.ends_with("/content") && !path.starts_with("/staff"))
}

/// The address without its ids.
fn kind(path: &str) -> String {
    let part = |part: &str| if part.len() >= 32 { "(id)" } else { part }.to_owned();
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}
