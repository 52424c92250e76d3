//! One example for each route, for the walls: how a request to it looks that would succeed, if the right person sent
//! it. A module that adds a route adds its line here; [`crate::walls`] fails until it does.

use crate::world::World;

pub struct Example {
    pub method: &'static str,
    /// As registered: `/portals/:portal`.
    pub path: &'static str,
    pub whose: Whose,
    pub body: Body,
}

pub enum Body {
    /// Fields and values; a value such as `:portal` stands for that parameter of the path.
    Form(&'static [(&'static str, &'static str)]),
    /// One small file in a field of this name.
    Upload(&'static str),
}

/// Where the walls get the real ids from, which foreigners then try.
pub enum Whose {
    /// The victims' pages link to it or hold its form: the walls find it by walking through them.
    Found,
    /// Nothing links to it; the values of its parameters, in their order.
    Given(fn(&World) -> Vec<String>),
    /// Everybody may; and why that gives nothing away.
    Anyones(#[expect(dead_code, reason = "for the reader")] &'static str),
}

/// A page or a fragment.
const fn page(path: &'static str) -> Example {
    Example { method: "GET", path, whose: Whose::Found, body: Body::Form(&[]) }
}

/// A form's target, with what a person would have typed.
const fn form(path: &'static str, body: &'static [(&'static str, &'static str)]) -> Example {
    Example { method: "POST", path, whose: Whose::Found, body: Body::Form(body) }
}

const fn for_anyone(method: &'static str, path: &'static str, why: &'static str) -> Example {
    Example { method, path, whose: Whose::Anyones(why), body: Body::Form(&[]) }
}

/// A form's target that takes files.
const fn upload(path: &'static str) -> Example {
    Example { method: "POST", path, whose: Whose::Found, body: Body::Upload("files") }
}

const fn given(mut example: Example, parameters: fn(&World) -> Vec<String>) -> Example {
    example.whose = Whose::Given(parameters);
    example
}

/// In the order in which the right person can send them one after the other: what undoes, last.
pub const EXAMPLES: &[Example] = &[
    // operations
    for_anyone("GET", "/healthz", "it says one word"),
    for_anyone("GET", "/readyz", "it says one word"),
    for_anyone("GET", "/assets/:file", "the same files in every installation"),
    page("/live"),
    page("/staff/live"),
    page("/staff/settings/queue"),
    given(form("/staff/settings/queue/:job/attempts", &[]), no_such_number),
    page("/staff/settings/components"),
    page("/staff/settings/mail"),
    page("/staff/settings/mail/:name"),
    page("/staff/settings/mail/:name/body"),
    // accounts
    for_anyone("GET", "/setup", "the token in the query is the right"),
    for_anyone("POST", "/setup", "the token in the form is the right"),
    for_anyone("GET", "/sign-in", "P7"),
    for_anyone("POST", "/sign-in", "P5"),
    for_anyone("GET", "/sign-out", "it asks about the caller's own session"),
    for_anyone("POST", "/sign-out", "it ends the caller's own session"),
    for_anyone("GET", "/reset", "P7"),
    for_anyone("POST", "/reset", "P5"),
    for_anyone("GET", "/reset/:token", "the token is the right"),
    for_anyone("POST", "/reset/:token", "the token is the right"),
    for_anyone("GET", "/invitations/:token", "the token is the right"),
    for_anyone("POST", "/invitations/:token", "the token is the right"),
    for_anyone("POST", "/invitations/:token/renewal", "it writes to the invited address alone"),
    page("/staff/settings"),
    page("/staff/people"),
    page("/staff/people/new"),
    form("/staff/people", &[("name", "Mina"), ("email", "mina@studio.test"), ("role", "member")]),
    page("/staff/people/:person"),
    form("/staff/people/:person", &[("role", "admin")]),
    // sharing
    page("/staff/invitations"),
    page("/staff/portals/:portal/sharing"),
    page("/staff/portals/:portal/sharing/selection"),
    form("/staff/portals/:portal/sharing", &[("email", "nora@acme.test")]),
    page("/staff/portals/:portal/access"),
    page("/staff/portals/:portal/grants"),
    page("/staff/clients/:person/grants"),
    // clients
    page("/staff/clients"),
    page("/staff/clients/new"),
    form(
        "/staff/clients",
        &[("name", "Nils"), ("email", "nils@acme.test"), ("company", ""), ("language", "")],
    ),
    page("/staff/clients/:client"),
    page("/staff/clients/:client/edit"),
    page("/staff/companies"),
    page("/staff/companies/new"),
    form("/staff/companies", &[("name", "Initech")]),
    page("/staff/companies/:company"),
    page("/staff/companies/:company/edit"),
    // projects
    page("/staff/projects"),
    page("/staff/projects/new"),
    page("/staff/projects/:project"),
    page("/staff/projects/:project/edit"),
    page("/staff/projects/:project/track"),
    page("/staff/projects/:project/milestones"),
    form("/staff/projects/:project/milestones", &[("name", "Handover"), ("due_on", "")]),
    page("/staff/milestones/:milestone/edit"),
    page("/portals/:portal/milestones"),
    // files
    upload("/staff/portals/:portal/files"),
    page("/staff/files/:item"),
    page("/staff/files/:item/content"),
    page("/staff/files/:item/download"),
    page("/files/:item"),
    page("/files/:item/content"),
    page("/files/:item/download"),
    // search
    page("/staff/search"),
    page("/search"),
    // sharing: what sends anew, then what takes away
    form("/staff/portals/:portal/grants/:person/invitation", &[]),
    form("/staff/invitations/:invitation/renewal", &[]),
    form("/staff/portals/:portal/grants/:person/restoration", &[]),
    form("/staff/portals/:portal/grants/:person/revocation", &[]),
    form("/staff/invitations/:invitation/revocation", &[]),
];

/// The demo has no job that failed for good.
fn no_such_number(_: &World) -> Vec<String> {
    vec!["1".to_owned()]
}
