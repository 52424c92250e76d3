//! T1, P11: whoever asks for what is not theirs learns nothing, not even that it exists, and changes nothing.
//!
//! The routes are read from the program itself. Each is tried as every kind of visitor, once with ids that are real
//! and once with ids that nobody has: both answers must be the same, and the database must stay as it was. The real
//! ids are those that the victims (Carol for clients, Ada for staff) meet on their own pages and the visitor does not.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;

use crate::{
    examples::{Body, EXAMPLES, Example, Whose},
    on_both,
    steps::{join, share},
    world::{Page, Person, Route, Upload, World, tell},
};

on_both! {
    every_route_tells_a_foreigner_nothing_and_lets_them_change_nothing,
}

/// What moves by itself while a server runs.
const MOVING: &[&str] =
    &["cursors.*", "sessions.last_seen_at", "jobs.leased_until", "jobs.run_at", "jobs.attempts"];

fn every_route_tells_a_foreigner_nothing_and_lets_them_change_nothing(world: World) {
    let routes = Route::all();
    assert_every_route_has_one_example(&routes);
    // One more session each, so that there is one to end.
    for email in ["carol@acme.test", "ada@studio.test", "ben@studio.test"] {
        world.sign_in(email);
    }
    let visitors = visitors(&world, &routes);
    world.database().at_rest(MOVING);
    let mut carol = Walk::through(&world.carol(), &routes);
    let mut ada = Walk::through(&world.ada(), &routes);
    for example in EXAMPLES {
        if let Whose::Given(values) = example.whose {
            let route = routes.iter().find(|route| route.is(example)).unwrap();
            let victim = if route.is_for_staff() { &mut ada } else { &mut carol };
            victim.found.insert(route.name(), vec![route.address(&values(&world))]);
        }
    }
    let before = world.database().at_rest(MOVING);
    let mut pairs = 0;
    let mut failures = Vec::new();

    for route in &routes {
        let example = example_of(route);
        if matches!(example.whose, Whose::Anyones(_)) {
            continue;
        }
        let victim = if route.is_for_staff() { &ada } else { &carol };
        for visitor in &visitors {
            if visitor.may(route, example) {
                continue;
            }
            pairs += 1;
            if let Err(failure) = visitor.tries(route, example, victim) {
                failures.push(format!("{} {} as {}: {failure}", route.method, route.path, visitor.kind));
            }
        }
        if let Some(changes) = before.changes_until(&world.database().snapshot(MOVING)) {
            failures.push(format!("{} {} changed the database:\n{changes}", route.method, route.path));
            break;
        }
    }
    tell(&format!("walls: {} routes, {} kinds of visitors, {pairs} pairs", routes.len(), visitors.len()));
    // Otherwise all of this could hold because the examples are wrong.
    let unworkable = unworkable_examples(&routes, &carol, &ada);
    let (failing, all) = (failures.len(), failures.join("\n"));
    assert!(failures.is_empty(), "{failing} of {pairs} pairs fail:\n{all}\nand: {}", unworkable.join("\n"));
    assert!(unworkable.is_empty(), "examples that do not work:\n{}", unworkable.join("\n"));
}

/// Those with which the right person does not succeed either.
fn unworkable_examples(routes: &[Route], carol: &Walk, ada: &Walk) -> Vec<String> {
    let provable =
        |example: &&Example| !matches!(example.whose, Whose::Anyones(_)) && example.unproven.is_none();
    let mut failures = Vec::new();
    for example in EXAMPLES.iter().filter(provable) {
        let route = routes.iter().find(|route| route.is(example)).unwrap();
        let victim = if route.is_for_staff() { ada } else { carol };
        let addresses = victim.addresses(route);
        let refusals: Vec<_> = addresses
            .iter()
            .take(5)
            .map_while(|address| refusal(&victim.person, route, example, address))
            .collect();
        if refusals.len() == addresses.len().min(5) {
            failures.push(format!("{}: {}", route.name(), refusals.join("\n")));
        }
    }
    failures
}

/// `None` when it was done.
fn refusal(person: &Person, route: &Route, example: &Example, address: &str) -> Option<String> {
    if matches!(example.body, Body::Stream) {
        let status = person.listen(address).status;
        return (!status.is_success()).then(|| status.to_string());
    }
    let page = ask(person, route, example, address);
    let sent_away = page.redirect_target().is_some_and(|target| target.path() == "/sign-in");
    let done = page.status.is_success() || page.status.is_redirection() && !sent_away;
    (!done).then(|| page.to_string())
}

fn assert_every_route_has_one_example(routes: &[Route]) {
    let without: Vec<_> = routes
        .iter()
        .filter(|route| EXAMPLES.iter().filter(|example| route.is(example)).count() != 1)
        .map(|route| format!("{} {} of {}", route.method, route.path, route.module))
        .collect();
    assert!(without.is_empty(), "without exactly one example in tests/examples.rs: {without:#?}");
    let gone: Vec<_> = EXAMPLES
        .iter()
        .filter(|example| !routes.iter().any(|route| route.is(example)))
        .map(|example| format!("{} {}", example.method, example.path))
        .collect();
    assert!(gone.is_empty(), "examples of routes that are no more: {gone:#?}");
}

pub fn example_of(route: &Route) -> &'static Example {
    EXAMPLES.iter().find(|example| route.is(example)).unwrap()
}

impl Route {
    pub fn is(&self, example: &Example) -> bool {
        self.method == example.method && self.path == example.path
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn is_for_staff(&self) -> bool {
        self.access.starts_with("Staff")
    }

    pub fn parameters(&self) -> Vec<&str> {
        self.path.split('/').filter_map(|part| part.strip_prefix([':', '*'])).collect()
    }

    pub fn address(&self, values: &[String]) -> String {
        let mut values = values.iter();
        let fill = |part: &str| {
            if part.starts_with([':', '*']) { values.next().unwrap().clone() } else { part.to_owned() }
        };
        self.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }

    /// Of the right form, and nobody's.
    fn address_of_nothing(&self, real: &str) -> String {
        let values = self.values_in(real).unwrap_or_default();
        let nobodys: Vec<_> = values.iter().map(|value| other_hex_digits(value)).collect();
        self.address(&nobodys)
    }
}

/// Ids are random, so turning their hexadecimal digits round gives an id of the same form that nobody has.
fn other_hex_digits(id: &str) -> String {
    let mut seen = 0;
    let turned = id.chars().map(|digit| {
        seen += usize::from(digit != '-');
        // The version and the variant of a UUID stay.
        if seen == 13 || seen == 17 || seen < 9 {
            digit
        } else {
            digit.to_digit(16).map_or(digit, |value| char::from_digit(15 - value, 16).unwrap())
        }
    });
    turned.collect()
}

struct Visitor {
    kind: &'static str,
    person: Person,
    role: Role,
    /// What they meet on their own pages: theirs, not the victim's.
    own: Walk,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Nobody,
    Client,
    Member,
    /// A member who sees no more than one client, of whom nobody else knows anything.
    Limited,
    OwnerElsewhere,
}

fn visitors(world: &World, routes: &[Route]) -> Vec<Visitor> {
    let visitor =
        |kind, person: Person, role| Visitor { kind, own: Walk::through(&person, routes), person, role };
    let eve_at_home = world.eve();
    let eve_at_the_studio = eve_at_home.at(&world.ada());
    vec![
        visitor("signed out", world.stranger(), Role::Nobody),
        visitor("invited", invited(world), Role::Nobody),
        visitor("removed, with a session still open", removed(world), Role::Nobody),
        visitor("another client", world.dora(), Role::Client),
        visitor("a colleague", world.cyril(), Role::Client),
        visitor("another organization's owner, at home", eve_at_home, Role::OwnerElsewhere),
        visitor("another organization's owner, at the studio's address", eve_at_the_studio, Role::Nobody),
        visitor("a member without the right", world.ben(), Role::Member),
        visitor("a member who is limited to something else", limited(world), Role::Limited),
    ]
}

/// Holds a valid invitation to a victim's portal and has opened it, but has not set up an account.
fn invited(world: &World) -> Person {
    let stranger = world.stranger();
    stranger.visit(&invitation(world, "wanda@acme.test")).assert_ok();
    stranger
}

/// Was a client of a victim's portal, and is in nobody's list any more.
fn removed(world: &World) -> Person {
    let person = world.stranger();
    join(&person, &invitation(world, "rudi@acme.test"), "a lighthouse keeps seven lamps");
    person.get("/account").assert_ok();
    let list = world.ada().visit("/staff/clients?q=rudi").row("rudi@acme.test");
    let page = world.ada().visit(&list.attributes("a[href^='/staff/clients/']", "href")[0]);
    page.press("Delete").assert_ok();
    person
}

fn limited(world: &World) -> Person {
    let (ada, lena) = (world.ada(), world.stranger());
    let form = ada.visit("/staff/people/new").form_with_button("Send invitation");
    let page = form.fill("Name", "Lena Ortiz").fill("Email", "lena@studio.test").submit().follow();
    let link = world.mailbox().next_to("lena@studio.test").link("Set up your account");
    join(&lena, &link, "a lighthouse keeps eight lamps");
    let client = ada.visit("/staff/clients/new").form_with_button("Save");
    client.fill("Name", "Lou Weber").fill("Email", "lou@weber.test").submit().follow().assert_ok();
    let form = page.press("Choose what they see").form_with_button("Save");
    let form = form.tick("Only chosen clients and projects").tick("Lou Weber · lou@weber.test");
    form.submit().follow().assert_ok();
    lena.visit("/staff/clients").assert_shows("lou@weber.test").assert_hides("carol@acme.test");
    lena
}

fn invitation(world: &World, email: &str) -> String {
    share(&world.ada().visit("/staff/portals").press("Acme website relaunch"), email);
    world.mailbox().next_to(email).link("Set up your account")
}

impl Visitor {
    /// Nothing is foreign to them there.
    fn may(&self, route: &Route, example: &Example) -> bool {
        let asks_for_something = !route.parameters().is_empty();
        match self.role {
            Role::Nobody => false,
            Role::Client => route.access == "Client" && !asks_for_something,
            Role::Member => {
                ["Staff(Enter)", "Staff(Assigned)", "Staff(Work)"].contains(&route.access.as_str())
            }
            Role::Limited => match route.access.as_str() {
                "Staff(Enter)" => true,
                "Staff(Assigned)" => !asks_for_something,
                _ => false,
            },
            Role::OwnerElsewhere => {
                let only_reads = route.method == "GET" && !matches!(example.body, Body::Stream);
                route.is_for_staff() && !asks_for_something && !only_reads
            }
        }
    }

    fn tries(&self, route: &Route, example: &Example, victim: &Walk) -> Result<(), String> {
        let all = victim.addresses(route);
        let foreign = all.iter().find(|address| route.parameters().is_empty() || !self.own.knows(address));
        let real = foreign.ok_or_else(|| format!("{} meets no such address of their own", victim.person))?;
        self.learns_nothing(route, victim, real, |address| ask(&self.person, route, example, address))?;
        if route.method != "GET" {
            return Ok(());
        }
        let fragment = self.learns_nothing(route, victim, real, |address| self.person.partial_get(address));
        fragment.map_err(|failure| format!("as a fragment, {failure}"))
    }

    fn learns_nothing(
        &self,
        route: &Route,
        victim: &Walk,
        real: &str,
        ask: impl Fn(&str) -> Page,
    ) -> Result<(), String> {
        let answer = ask(real);
        if let Some(word) =
            victim.words.difference(&self.own.words).find(|word| answer.source().contains(*word))
        {
            return Err(format!("it gives away {word:?}: {answer}"));
        }
        if route.parameters().is_empty() {
            // A fragment that is sent elsewhere has the status of one that is there.
            let is_sent_away = answer.redirect_target().is_some();
            let refused = is_sent_away || !answer.status.is_success() || self.role == Role::OwnerElsewhere;
            return if refused { Ok(()) } else { Err(format!("it is not refused: {answer}")) };
        }
        let absent = route.address_of_nothing(real);
        let nothing = ask(&absent);
        let told = essence(&answer, &route.values_in(real).unwrap_or_default());
        let told_of_nothing = essence(&nothing, &route.values_in(&absent).unwrap_or_default());
        if told == told_of_nothing {
            return Ok(());
        }
        Err(format!("{real} is answered unlike an id that nobody has:\n{told:?}\n{told_of_nothing:?}"))
    }
}

pub fn ask(person: &Person, route: &Route, example: &Example, address: &str) -> Page {
    let fields = match example.body {
        _ if route.method == "GET" => return person.get(address),
        Body::Stream => unreachable!("streams are read"),
        Body::Piece => return send_piece(person, route, address),
        Body::Form(fields) => fields,
        Body::Upload(field) => {
            return person.upload(address, &[], vec![(field, Upload::text("a.txt", "words"))]);
        }
    };
    let values = route.values_in(address).unwrap_or_default();
    let values: BTreeMap<_, _> = route.parameters().into_iter().zip(values).collect();
    let fill = |value: &'static str| {
        let named = value.strip_prefix(':').and_then(|name| values.get(name).copied());
        named.unwrap_or(value)
    };
    let body: Vec<_> = fields.iter().map(|(name, value)| (*name, fill(value))).collect();
    person.post(address, &body)
}

/// With everything that any request of the tus protocol wants.
fn send_piece(person: &Person, route: &Route, address: &str) -> Page {
    let request = person.request(Method::from_bytes(route.method.as_bytes()).unwrap(), address);
    let request = request.header("Sec-Fetch-Site", "same-origin").header("Tus-Resumable", "1.0.0");
    let request = request.header("Upload-Length", "5").header("Upload-Offset", "0");
    let request = request.header("X-HTTP-Method-Override", "HEAD");
    person.send(request.header("Content-Type", "application/offset+octet-stream").body("words"))
}

/// Status, kind, target and body, without what differs from request to request: ids, tokens, nonces.
fn essence(page: &Page, ids: &[&str]) -> (u16, String, String, String) {
    let without_ids = |text: String| ids.iter().fold(text, |text, id| text.replace(id, "(id)"));
    let target = page.redirect_target().map(|target| target.to_string()).unwrap_or_default();
    let (target, body) = (masked(&without_ids(target)), masked(&without_ids(page.source())));
    (page.status.as_u16(), page.header("content-type").to_owned(), target, body)
}

fn masked(text: &str) -> String {
    let mut masked = String::new();
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_') {
        if word.len() > 20 { masked.push('*') } else { masked.push_str(word) }
    }
    masked
}

/// Everything that one person meets when they follow every link.
pub struct Walk {
    person: Person,
    addresses: BTreeSet<String>,
    /// The same, by the route that each belongs to.
    found: BTreeMap<String, Vec<String>>,
    /// The names of what is theirs to see: headings of pages that are about one thing.
    words: BTreeSet<String>,
}

/// Enough of each kind of page to meet every kind of link.
const PAGES_OF_EACH_ROUTE: usize = 8;

impl Walk {
    pub fn through(person: &Person, routes: &[Route]) -> Self {
        let mut words = BTreeSet::new();
        let addresses = follow_links(person, routes, PAGES_OF_EACH_ROUTE, |route, page| {
            if !route.parameters().is_empty() && is_page(page) {
                words.extend(page.texts("h1").into_iter().filter(|heading| heading.len() > 5));
            }
        });
        let mut walk = Self { person: person.clone(), addresses, found: BTreeMap::new(), words };
        for address in &walk.addresses {
            let path = address.split(['?', '#']).next().unwrap();
            for route in ["GET", "POST"].iter().filter_map(|method| meant_by(routes, method, path)) {
                walk.found.entry(route.name()).or_default().push(path.to_owned());
            }
        }
        walk
    }

    pub fn addresses(&self, route: &Route) -> Vec<String> {
        match self.found.get(&route.name()) {
            Some(found) => found.clone(),
            None if route.parameters().is_empty() => vec![route.path.clone()],
            None => Vec::new(),
        }
    }

    fn knows(&self, address: &str) -> bool {
        self.found.values().flatten().any(|found| found == address)
    }
}

fn is_page(answer: &Page) -> bool {
    answer.header("content-type").starts_with("text/html") && answer.status.is_success()
}

const FULLEST: &str = "Acme website relaunch";

/// Looks at what some addresses of each route answer, and returns every address that stands on the pages.
pub fn follow_links(
    person: &Person,
    routes: &[Route],
    of_each_route: usize,
    mut look: impl FnMut(&Route, &Page),
) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    let mut visits: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ahead = vec!["/".to_owned(), "/staff".to_owned()];
    // Where there is something of each kind, before others have used up the pages of a route.
    let portals = person.get("/staff/portals");
    ahead.extend(portals.has_link(FULLEST).then(|| portals.link(FULLEST)));
    while let Some(address) = ahead.pop() {
        if !addresses.insert(address.clone()) {
            continue;
        }
        let path = address.split(['?', '#']).next().unwrap();
        let Some(route) = meant_by(routes, "GET", path) else { continue };
        let visits = visits.entry(&route.path).or_default();
        *visits += 1;
        if *visits > of_each_route || route.path.contains("/live") {
            continue;
        }
        let page = person.get(&address);
        if let Some(target) = page.redirect_target() {
            ahead.push(target.path().to_owned());
        }
        look(route, &page);
        if is_page(&page) {
            ahead.extend(addresses_on(&page));
        }
    }
    addresses
}

/// `/people/new` is also of the form `/people/:person`; the fewest parameters win.
pub fn meant_by<'a>(routes: &'a [Route], method: &str, path: &str) -> Option<&'a Route> {
    let of_this_form =
        routes.iter().filter(|route| route.method == method && route.values_in(path).is_some());
    of_this_form.min_by_key(|route| route.parameters().len())
}

/// Whatever a link, a form, a picture or htmx would ask for.
pub fn addresses_on(page: &Page) -> Vec<String> {
    let all = [
        "href",
        "src",
        "action",
        "formaction",
        "hx-get",
        "hx-post",
        "hx-delete",
        "data-href",
        "data-src",
        "data-live-href",
    ];
    let local = |address: String| {
        let target = page.url().join(&address).ok()?;
        (target.origin() == page.url().origin()).then(|| target[url::Position::BeforePath..].to_owned())
    };
    page.values_of(&all).into_iter().filter_map(local).collect()
}
