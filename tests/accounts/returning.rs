//! P6: what an expired session meets, and the way back.

use reqwest::Method;

use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    p6_a_fragment_asked_for_too_late_takes_its_whole_page_to_sign_in_and_back,
    p6_a_page_asked_for_too_late_is_found_again_after_signing_in,
    p6_a_form_sent_too_late_leads_back_to_a_page_that_exists,
    p6_signing_in_leads_nowhere_but_home_or_back,
    p6_a_return_that_no_header_can_hold_leads_somewhere,
    p7_signed_out_there_are_only_the_public_page_and_the_ways_in,
}

fn fragment(person: &Person, method: Method, path: &str, page: &str) -> Page {
    let request = person.request(method, path).header("HX-Request", "true").header("HX-Current-URL", page);
    person.send(request.header("Sec-Fetch-Site", "same-origin"))
}

/// From sign-in, as the person that the world knows under this address.
#[track_caller]
fn sign_in_at(person: &Person, world: &World, target: &str, email: &str) -> Page {
    let form = person.visit(target).form_with_button("Sign in");
    form.fill("Email", email).fill("Password", world.password_of(email)).submit()
}

fn p6_a_fragment_asked_for_too_late_takes_its_whole_page_to_sign_in_and_back(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let portal = carol.visit("/").attributes("main a[href^='/portals/']", "href").remove(0);
    world.clock().advance(91);
    let (items, portal) = (format!("{portal}/items"), format!("{portal}?folder=&x=%26"));
    for (email, method, path, page) in [
        ("carol@acme.test", Method::GET, items.as_str(), portal.as_str()),
        ("carol@acme.test", Method::POST, "/account", "/account"),
        ("ada@studio.test", Method::GET, "/staff/search?q=a", "/staff/clients?q=carol"),
        ("ada@studio.test", Method::POST, "/staff/clients", "/staff/clients?q=carol"),
    ] {
        let person = carol.with_the_same_cookies();
        let answer = fragment(&person, method, path, person.address(page).as_str());
        assert_eq!(answer.count("form, input"), 0, "a sign-in form inside of a page: {answer}");
        let target = answer.header("hx-redirect").to_owned();
        assert!(target.starts_with("/sign-in?"), "{answer}");
        let back = sign_in_at(&person, &world, &target, email);
        back.assert_redirects_to(page);
        back.follow().assert_ok();
    }
    // A page of another site can claim what it likes: only the path of it is believed.
    let answer = fragment(&world.stranger(), Method::GET, "/account", "https://evil.test/portals?x=1");
    let target = answer.redirect_target().unwrap();
    assert_eq!(target.path(), "/sign-in");
    assert!(!target.as_str().contains("evil"), "{target}");
}

fn p6_a_page_asked_for_too_late_is_found_again_after_signing_in(world: World) {
    let carol = world.sign_in("carol@acme.test");
    world.clock().advance(91);
    for (browser, address, email) in [
        (carol, "/search?q=caf%C3%A9", "carol@acme.test"),
        (world.stranger(), "/staff/clients?q=a&page=1", "ada@studio.test"),
    ] {
        let answer = browser.get(address);
        answer.assert_status(303).assert_redirects_to("/sign-in").assert_hides("<form");
        let target = answer.redirect_target().unwrap();
        // A mistake in between loses nothing.
        let form = browser.visit(target.as_str()).form_with_button("Sign in").fill("Email", email);
        let wrong = form.fill("Password", "not my password").submit();
        let form = wrong.assert_status(422).form_with_button("Sign in");
        assert_eq!(form.value("Email"), email);
        let back = form.fill("Password", world.password_of(email)).submit();
        back.assert_redirects_to(address);
        back.follow().assert_ok();
        // Whoever is signed in already goes straight on.
        browser.get(target.as_str()).assert_redirects_to(address);
    }
}

fn p6_a_form_sent_too_late_leads_back_to_a_page_that_exists(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let form = carol.visit("/account").form_with_field("Current password");
    world.clock().advance(91);
    let refused = form.submit();
    refused.assert_redirects_to("/sign-in");
    let target = refused.redirect_target().unwrap();
    sign_in_at(&carol, &world, target.as_str(), "carol@acme.test").follow().assert_ok();
}

fn p6_signing_in_leads_nowhere_but_home_or_back(world: World) {
    let hostile = [
        "//evil.test",
        "//evil.test/portals",
        "https://evil.test",
        "http:evil.test",
        "javascript:alert(1)",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "\t//evil.test",
        " //evil.test",
        "/\r\nLocation: https://evil.test",
        "evil.test",
        "@evil.test",
        "?x",
        "",
        "/sign-in",
        "/sign-out",
    ];
    for back in hostile {
        let browser = world.stranger();
        let fields = [
            ("email", "carol@acme.test"),
            ("password", world.password_of("carol@acme.test")),
            ("return", back),
        ];
        let answer = browser.post("/sign-in", &fields);
        assert_eq!(answer.redirect_target().unwrap(), browser.address("/"), "{back:?}");
        // The same by the address, for whoever is signed in already.
        assert_eq!(
            browser.get(&sign_in_and_return_to(back)).redirect_target().unwrap(),
            browser.address("/"),
            "{back:?}"
        );
    }
}

fn p6_a_return_that_no_header_can_hold_leads_somewhere(world: World) {
    for back in ["/\0/evil.test", "/caf\u{e9}", "/\u{202e}", "/\u{1}", "/\u{7f}"] {
        let browser = world.stranger();
        let fields = [
            ("email", "carol@acme.test"),
            ("password", world.password_of("carol@acme.test")),
            ("return", back),
        ];
        for answer in [browser.post("/sign-in", &fields), browser.get(&sign_in_and_return_to(back))] {
            let target = answer.redirect_target();
            let target = target.unwrap_or_else(|| panic!("{back:?} leads to an empty page: {answer}"));
            assert_eq!(target.origin(), answer.url().origin(), "{back:?}");
        }
    }
}

fn sign_in_and_return_to(back: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("return", back).finish();
    format!("/sign-in?{query}")
}

fn p7_signed_out_there_are_only_the_public_page_and_the_ways_in(world: World) {
    let stranger = world.stranger();
    for address in ["/", "/sign-in", "/reset"] {
        let page = stranger.get(address);
        page.assert_ok().assert_hides("carol@acme.test").assert_hides("Acme");
        assert_eq!(page.count("nav, form[action='/sign-out']"), 0, "{page}");
    }
    for address in
        ["/account", "/search?q=a", "/staff", "/staff/people", "/staff/settings", "/live", "/staff/live"]
    {
        stranger.get(address).assert_redirects_to("/sign-in").assert_hides("Acme");
    }
}
