//! By which addresses an organization is reached, and that none leads to another's (T7).

mod commands;
mod own;
mod slugs;
mod walls;

use crate::{
    steps::wait_for_the_queue,
    world::{Page, Person, World},
};

pub const ADDRESS: &str = "/staff/settings/address";
pub const PASSWORD: &str = "a lighthouse keeps seven lamps";
/// Of the studio's own, in these tests.
pub const DOMAIN: &str = "portal.acme.test";

pub fn change_slug(owner: &Person, current: &str, slug: &str) -> Page {
    owner.post(ADDRESS, &[("slug", slug), ("current", current)])
}

#[track_caller]
pub fn claim(owner: &Person, domain: &str) -> Page {
    let page = owner.post(&format!("{ADDRESS}/domain"), &[("domain", domain)]).follow();
    page.assert_ok().assert_shows(domain);
    page
}

/// A minute later, since a check of a moment ago is not repeated: neither one's own nor the daily job's.
#[track_caller]
pub fn check(world: &World, owner: &Person) -> Page {
    wait_for_the_queue(world);
    world.clock().advance_seconds(60);
    let page = owner.post(&format!("{ADDRESS}/domain/check"), &[]).follow();
    page.assert_ok();
    page
}

/// Makes the entry that says whose the domain is, as the owner's page says it.
#[track_caller]
pub fn publish(world: &World, owner: &Person, domain: &str) {
    let (name, codes) = (format!("_portico.{domain}"), owner.visit(ADDRESS).texts("code"));
    let at = codes.iter().position(|code| *code == name).unwrap();
    assert_eq!(codes[at + 1], "TXT");
    world.say_text(&name, &codes[at + 2]);
}

/// Ends with the domain leading here, and known to.
#[track_caller]
pub fn own_domain(world: &World, owner: &Person, domain: &str) -> Person {
    world.lead("localhost", "127.0.0.1");
    world.lead(domain, "127.0.0.1");
    claim(owner, domain);
    publish(world, owner, domain);
    check(world, owner).assert_shows("The portal answers at");
    world.stranger_at_domain(domain)
}

#[track_caller]
pub fn assert_leads_to(page: &Page, target: &str) {
    page.assert_status(308);
    assert_eq!(page.header("location"), target, "{page}");
    // The name may be another's one day.
    assert_eq!(page.header("cache-control"), "no-store", "{page}");
}
