//! One example for each route, for the walls: how a request to it looks that would succeed, if the right person sent
//! it. A module that adds a route adds its line here; [`crate::walls`] fails until it does.

use crate::world::World;

pub struct Example {
    pub method: &'static str,
    /// As registered: `/portals/:portal`.
    pub path: &'static str,
    pub whose: Whose,
    /// A valid form. A value such as `:portal` stands for that parameter of the path.
    pub body: &'static [(&'static str, &'static str)],
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
    Example { method: "GET", path, whose: Whose::Found, body: &[] }
}

/// A form's target, with what a person would have typed.
const fn form(path: &'static str, body: &'static [(&'static str, &'static str)]) -> Example {
    Example { method: "POST", path, whose: Whose::Found, body }
}

const fn for_anyone(method: &'static str, path: &'static str, why: &'static str) -> Example {
    Example { method, path, whose: Whose::Anyones(why), body: &[] }
}

const fn given(mut example: Example, parameters: fn(&World) -> Vec<String>) -> Example {
    example.whose = Whose::Given(parameters);
    example
}

/// In the order in which the right person can send them one after the other: deletions last.
pub const EXAMPLES: &[Example] = &[
    for_anyone("GET", "/", "P7: the public page shows what staff wrote for everybody"),
    for_anyone("GET", "/sign-in", "P7"),
    for_anyone("POST", "/sign-in", "P5"),
    for_anyone("POST", "/sign-out", "it ends the caller's own session"),
    for_anyone("GET", "/healthz", "it says one word"),
    for_anyone("GET", "/readyz", "it says one word"),
    page("/portals/:portal"),
    page("/staff/portals/:portal"),
    form("/staff/portals/:portal/deletion", &[]),
];
