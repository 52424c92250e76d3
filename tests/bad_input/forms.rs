//! Every form of the program, with fields that its page holds and values that would be taken.

use std::collections::BTreeMap;

use crate::{
    examples::{Body, EXAMPLES, Example, Whose, website_item, website_portal},
    steps::share,
    walls::{example_of, follow_links, meant_by},
    world::{Encoding, Entry, Field, Form, Page, Person, Route, World},
};

/// A form in the hands of whoever may use it.
pub struct Target {
    /// `POST /staff/clients`
    pub route: String,
    pub person: Person,
    pub address: String,
    pub encoding: Encoding,
    /// Once each, in order.
    pub fields: Vec<Field>,
    /// As somebody fills it who means no harm; a list has several of one name.
    pub filled: Vec<(String, String)>,
    /// Why even good input is not taken in this world.
    pub unproven: bool,
}

/// Of the whole program but for set-up, in the order of the examples: what undoes, last.
pub fn all(world: &World, routes: &[Route]) -> Vec<Target> {
    let pages = Pages::through(world, routes);
    EXAMPLES
        .iter()
        .filter(|example| example.method == "POST")
        .map(|example| routes.iter().find(|route| route.is(example)).unwrap())
        .filter(|route| {
            matches!(route.body.as_str(), "form" | "button" | "upload") && !is_for_machines(route)
        })
        .filter(|route| route.path != "/setup")
        .map(|route| pages.target(world, route))
        .collect()
}

/// The tus protocol speaks in headers; tests/uploads/protocol.rs sends it nonsense.
fn is_for_machines(route: &Route) -> bool {
    matches!(example_of(route).body, Body::Piece)
}

/// On the page of the link that an empty installation prints.
pub fn set_up(empty: &World, routes: &[Route]) -> Target {
    let stranger = empty.stranger_at("");
    let page = stranger.get(&empty.setup_link());
    let route = routes.iter().find(|route| route.method == "POST" && route.path == "/setup").unwrap();
    Target::new(route, stranger, "/setup".to_owned(), page.assert_ok().forms().first())
}

/// What Ada, Carol and a stranger meet.
struct Pages {
    forms: BTreeMap<String, Vec<Form>>,
    addresses: BTreeMap<String, Vec<String>>,
}

/// Enough to meet every kind of form.
const PAGES_OF_EACH_ROUTE: usize = 6;

impl Pages {
    fn through(world: &World, routes: &[Route]) -> Self {
        let mut pages = Self { forms: BTreeMap::new(), addresses: BTreeMap::new() };
        for page in pages_without_a_link(world) {
            pages.look(routes, &page);
        }
        for person in [world.ada(), world.carol(), world.stranger()] {
            let met = follow_links(&person, routes, PAGES_OF_EACH_ROUTE, |_, page| pages.look(routes, page));
            for address in met {
                let path = address.split(['?', '#']).next().unwrap();
                if let Some(route) = meant_by(routes, "POST", path) {
                    pages.addresses.entry(route.name()).or_default().push(path.to_owned());
                }
            }
        }
        pages
    }

    fn look(&mut self, routes: &[Route], page: &Page) {
        if !page.header("content-type").starts_with("text/html") {
            return;
        }
        // Reading a form costs more than reading its address.
        let known = |address: &String| {
            let path = page.url().join(address).unwrap().path().to_owned();
            let route = meant_by(routes, "POST", &path);
            route.is_none_or(|route| self.forms.contains_key(&route.name()))
        };
        if page.values_of(&["action", "formaction"]).iter().all(known) {
            return;
        }
        for form in page.forms() {
            let path = form.path().split('?').next().unwrap();
            if let (Some(_), Some(route)) = (form.posts(), meant_by(routes, "POST", path)) {
                self.forms.entry(route.name()).or_default().push(form);
            }
        }
    }

    /// Of the mail whose link leads to a form beside this one.
    fn token(&self, route: &Route) -> String {
        let of_mails = self.forms.values().flatten().map(Form::path).filter(|path| path.len() > 40);
        let beside = route.path.split(":token").next().unwrap();
        let mut tokens = of_mails.filter_map(|path| path.strip_prefix(beside));
        tokens.next().unwrap_or_default().to_owned()
    }

    fn target(&self, world: &World, route: &Route) -> Target {
        let forms = self.forms.get(&route.name()).map(Vec::as_slice).unwrap_or_default();
        let person = match route.access.as_str() {
            "Client" => world.carol(),
            "Public" => world.stranger(),
            _ => world.ada(),
        };
        let address = match example_of(route).whose {
            Whose::Given(values) => route.address(&values(world)),
            _ => match (forms.first(), self.addresses.get(&route.name())) {
                (Some(form), _) => form.path().to_owned(),
                (None, Some(met)) => met[0].clone(),
                (None, None) => route.path.replace(":token", &self.token(route)),
            },
        };
        let form = forms.iter().find(|form| form.path() == address).or(forms.first());
        let mut target = Target::new(route, person, address, form);
        if route.path.ends_with("/order") {
            target.add_order();
        }
        target
    }
}

/// What a script asks for, and what only a mail leads to.
fn pages_without_a_link(world: &World) -> Vec<Page> {
    let (ada, stranger) = (world.ada(), world.stranger());
    let portal = &website_portal(world)[0];
    let selection = format!("/staff/portals/{portal}/selection/folder?item={}", website_item(world)[0]);
    share(&ada.visit(&format!("/staff/portals/{portal}")), "wanda@acme.test");
    let invitation = world.mailbox().next_to("wanda@acme.test").link("Set up your account");
    stranger.visit("/reset").form_with_field("Email").fill("Email", "dora@globex.test").submit();
    let reset = world.mailbox().next_to("dora@globex.test").link("Choose a new password");
    stranger.post("/sign-in/link", &[("email", "dora@globex.test")]);
    let link = world.mailbox().next_about("dora@globex.test", "Sign in at").link("Sign in");
    let opened = [&invitation, &reset, &link].map(|link| stranger.visit(link));
    [ada.visit(&selection), stranger.visit("/sign-in/link-code")].into_iter().chain(opened).collect()
}

impl Target {
    fn new(route: &Route, person: Person, address: String, form: Option<&Form>) -> Self {
        let example = example_of(route);
        let path = address.split('?').next().unwrap();
        let of_example = fields_of(example, route, path);
        let mut on_page: Vec<_> = form.map(Form::fields).unwrap_or_default();
        on_page.retain(|field| field.name != "form_token");
        let known = on_page.clone();
        let missing = of_example.iter().filter(|(name, _)| known.iter().all(|field| field.name != *name));
        on_page.extend(missing.map(|(name, value)| Field {
            name: name.clone(),
            entry: if matches!(example.body, Body::Upload(_)) { Entry::Picked } else { Entry::Hidden },
            value: Some(value.clone()),
            offered: Vec::new(),
        }));
        let filled = filled(&on_page, &of_example);
        let mut fields: Vec<Field> = Vec::new();
        for field in on_page {
            match fields.iter_mut().find(|earlier| earlier.name == field.name) {
                Some(earlier) => earlier.offered.extend(field.offered),
                None => fields.push(field),
            }
        }
        let encoding = match (form.and_then(Form::posts), route.body.as_str()) {
            (Some(encoding), _) => encoding,
            (None, "upload") => Encoding::Multipart,
            (None, _) => Encoding::Urlencoded,
        };
        Self {
            route: route.name(),
            person,
            address,
            encoding,
            fields,
            filled,
            unproven: example.unproven.is_some(),
        }
    }

    /// What is in no form and a script sends (`reorder.js`): the keys of a list's rows.
    fn add_order(&mut self) {
        // The list stands on the page of the thing whose list it is: `/staff/projects/7`.
        let place: Vec<&str> = self.address.split('/').take(4).collect();
        let keys = self.person.visit(&place.join("/")).attributes("[data-reorder-key]", "data-reorder-key");
        assert!(!keys.is_empty(), "nothing is there to be put in order by {}", self.address);
        let (name, value) = ("order".to_owned(), keys.first().cloned());
        self.fields.push(Field { name, entry: Entry::Hidden, value, offered: Vec::new() });
        self.filled.extend(keys.into_iter().map(|key| ("order".to_owned(), key)));
    }
}

fn fields_of(example: &Example, route: &Route, path: &str) -> Vec<(String, String)> {
    let Body::Form(fields) = example.body else {
        let Body::Upload(field) = example.body else { return Vec::new() };
        return vec![(field.to_owned(), "a.txt".to_owned())];
    };
    let values = route.values_in(path).unwrap_or_default();
    let values: BTreeMap<_, _> = route.parameters().into_iter().zip(values).collect();
    let fill = |value: &'static str| {
        let named = value.strip_prefix(':').and_then(|name| values.get(name).copied());
        named.unwrap_or(value).to_owned()
    };
    fields.iter().map(|(name, value)| ((*name).to_owned(), fill(value))).collect()
}

/// What stands there already, else what the example says, else the first of what is offered.
fn filled(fields: &[Field], example: &[(String, String)]) -> Vec<(String, String)> {
    let mut filled: Vec<(String, String)> = Vec::new();
    for field in fields {
        let ticked = |name: &str| fields.iter().any(|one| one.name == name && one.value.is_some());
        let of_example = example.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
        let says_something = |value: &&String| !value.is_empty();
        let of_page = field.value.as_ref().filter(says_something);
        let said = of_page.or(of_example.filter(says_something));
        let value = match field.entry {
            Entry::Ticked if field.value.is_some() => field.value.clone(),
            Entry::Ticked if ticked(&field.name) || filled.iter().any(|(name, _)| *name == field.name) => {
                None
            }
            Entry::Ticked => field.offered.first().cloned(),
            Entry::Chosen => {
                let offered = || field.offered.iter().find(|value| !value.is_empty()).cloned();
                said.cloned().or_else(offered).or(Some(String::new()))
            }
            Entry::Picked => Some("a.txt".to_owned()),
            Entry::Typed | Entry::Secret | Entry::Hidden => said.cloned().or(Some(String::new())),
        };
        filled.extend(value.map(|value| (field.name.clone(), value)));
    }
    filled
}
