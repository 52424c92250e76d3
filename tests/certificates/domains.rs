//! A domain of an organization's own has a certificate from when it leads here until it does not.

use super::{STUDIO, Secured, answers, in_the_open, of_host};
use crate::{
    domains::{ADDRESS, claim, publish},
    on_both,
    world::{Page, Person, World, until},
};

on_both! {
    a_domain_gets_its_certificate_when_its_check_passes_and_none_when_it_is_gone,
    a_domain_without_a_certificate_says_why_on_its_page,
}

const DOMAIN: &str = "portal.acme.test";

fn check(world: &World, owner: &Person) -> Page {
    world.clock().advance_seconds(60);
    owner.post(&format!("{ADDRESS}/domain/check"), &[]).follow()
}

/// Ends with the domain being the studio's.
fn own(world: &World, owner: &Person) {
    world.lead("portal.test", "127.0.0.1");
    world.lead(DOMAIN, "127.0.0.1");
    claim(owner, DOMAIN);
    publish(world, owner, DOMAIN);
    until(|| check(world, owner).shows("The portal answers at"));
}

fn a_domain_gets_its_certificate_when_its_check_passes_and_none_when_it_is_gone(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    let ada = secured.sign_in(&world, "ada@studio.test");
    let outside = secured.stranger(&world, DOMAIN);
    let page = claim(&ada, DOMAIN);
    // In the open, since there is no certificate yet.
    page.assert_shows("Portico gets the certificate itself").assert_hides("nginx");
    let proof = page.texts("code").into_iter().find(|code| code.contains("/.well-known/portico/")).unwrap();
    let path = format!("/{}", proof.splitn(4, '/').last().unwrap());
    assert_eq!(proof, format!("http://{DOMAIN}:{}{path}", world.server().port()));
    assert!(in_the_open(&world, DOMAIN).get(&path).assert_ok().source().len() > 40);
    in_the_open(&world, STUDIO).get(&path).assert_status(404);
    in_the_open(&world, DOMAIN).get("/").assert_status(421);
    assert!(!answers(&outside), "a claim alone is answered");
    assert_eq!(of_host(&world, DOMAIN, "failures"), "", "a claim alone is ordered for");

    own(&world, &ada);
    until(|| answers(&outside));
    outside.visit("/").assert_ok().assert_shows("Studio Nord");
    in_the_open(&world, DOMAIN).get("/sign-in").assert_status(308);
    until(|| ada.visit(ADDRESS).shows("Its certificate is good until"));

    let before = of_host(&world, DOMAIN, "issued_at");
    ada.post(&format!("{ADDRESS}/domain/removal"), &[]).assert_redirects_to(ADDRESS);
    until(|| !answers(&secured.stranger(&world, DOMAIN)));
    in_the_open(&world, DOMAIN).get("/").assert_status(421);
    let of_studio = of_host(&world, STUDIO, "issued_at");
    world.clock().advance(61);
    until(|| of_host(&world, STUDIO, "issued_at") > of_studio);
    assert_eq!(of_host(&world, DOMAIN, "issued_at"), before, "it is renewed for nobody");
}

fn a_domain_without_a_certificate_says_why_on_its_page(mut world: World) {
    let secured = Secured::start(&mut world, &[DOMAIN]);
    let ada = secured.sign_in(&world, "ada@studio.test");
    own(&world, &ada);
    until(|| ada.visit(ADDRESS).shows("No certificate was issued"));
    let page = ada.visit(ADDRESS);
    page.assert_shows("The reason:").assert_shows("The next try is on");
    assert!(page.texts("q").iter().all(|words| words.len() > 10), "{page}");
    assert!(!answers(&secured.stranger(&world, DOMAIN)));
    // The other address is where it was.
    ada.get("/staff").assert_ok();
}
