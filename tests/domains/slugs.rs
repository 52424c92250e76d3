//! The name in the address, and that the one before leads there.

use super::{ADDRESS, PASSWORD, assert_leads_to, change_slug};
use crate::{
    on_both,
    steps::{join, share},
    world::{Person, World},
};

on_both! {
    the_owner_changes_the_name_in_the_address_and_old_links_lead_there,
    everybody_signs_in_once_more_at_the_new_address,
    mails_name_the_new_address,
    nobody_takes_a_name_that_was_anothers_within_a_year,
    nobody_keeps_more_than_five_former_names,
    p43_what_is_no_name_is_answered_at_its_field,
    only_the_owner_decides_where_the_portal_is,
}

fn signed_in_at(world: &World, slug: &str, email: &str) -> Person {
    let person = world.stranger_at(slug);
    person.sign_in(email, world.password_of(email)).assert_signed_in();
    person
}

fn the_owner_changes_the_name_in_the_address_and_old_links_lead_there(world: World) {
    let (ada, old) = (world.ada(), world.stranger());
    share(&ada.visit("/staff/portals").press("Acme website relaunch"), "zoe@acme.test");
    let link = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    let form = ada.visit(ADDRESS).form_with_field("Name in the address");
    let form = form.fill("Name in the address", " Atelier ").fill("Type studio to confirm", "studio");
    let new = world.stranger_at("atelier");

    let answer = form.submit();
    answer.assert_ok().assert_shows(&format!("From now on the portal is at {}.", new.origin()));
    assert_eq!(answer.link("Open the new address"), format!("{}{ADDRESS}", new.origin()));
    for path in [
        "/",
        "/sign-in",
        "/nothing-here",
        "/account?a=b",
        "/portals/x/y?z",
        "/staff",
        "/manifest.webmanifest",
    ] {
        for page in [old.get(path), old.head(path), ada.get(path)] {
            assert_leads_to(&page, &format!("{}{path}", new.origin()));
        }
    }
    let fragment = old.partial_get("/account");
    assert_eq!(fragment.assert_ok().header("hx-redirect"), format!("{}/", new.origin()));
    for page in
        [old.post("/sign-in", &[("email", "carol@acme.test"), ("password", "x")]), ada.post(ADDRESS, &[])]
    {
        page.assert_status(421).assert_shows("This portal has moved").assert_shows(&new.origin());
        assert_eq!(page.link("Open the new address"), new.origin());
    }
    old.get("/healthz").assert_ok();

    // Her link is of the former address.
    assert!(link.starts_with(&old.origin()), "{link}");
    join(&new, &link, PASSWORD).assert_shows("Acme website relaunch");
}

fn everybody_signs_in_once_more_at_the_new_address(world: World) {
    let carol = world.carol();
    change_slug(&world.ada(), "studio", "atelier").assert_ok();
    world.stranger_at("atelier").get("/account").assert_redirects_to("/sign-in");
    // No browser sends them there; whoever did would be who they are, since the organization is the same.
    carol.at(&world.stranger_at("atelier")).get("/account").assert_ok();
    carol.at(&world.eve()).get("/account").assert_redirects_to("/sign-in");
    signed_in_at(&world, "atelier", "carol@acme.test")
        .visit("/")
        .assert_ok()
        .assert_shows("Acme website relaunch");
}

fn mails_name_the_new_address(world: World) {
    change_slug(&world.ada(), "studio", "atelier").assert_ok();
    let ada = signed_in_at(&world, "atelier", "ada@studio.test");
    share(&ada.visit("/staff/portals").press("Acme website relaunch"), "zed@acme.test");
    let mail = world.mailbox().next_to("zed@acme.test");
    assert!(mail.link("Set up your account").starts_with(&ada.origin()), "{}", mail.html);
    assert!(!mail.html.contains("studio.localhost"), "{}", mail.html);
    ada.visit("/staff/settings/audit").assert_shows("Changed the portal’s address");
}

fn nobody_takes_a_name_that_was_anothers_within_a_year(world: World) {
    let taken = "This name is taken. Choose another one.";
    let eve = world.eve();
    assert_eq!(
        change_slug(&eve, "rival", "studio").assert_status(422).field_error("Name in the address"),
        taken
    );
    change_slug(&world.ada(), "studio", "atelier").assert_ok();
    for slug in ["studio", "atelier", " STUDIO "] {
        let answer = change_slug(&eve, "rival", slug);
        assert_eq!(answer.assert_status(422).field_error("Name in the address"), taken, "{slug}");
    }
    // It is their own, at once.
    let ada = signed_in_at(&world, "atelier", "ada@studio.test");
    change_slug(&ada, "atelier", "studio").assert_ok();
    world.stranger().get("/").assert_ok().assert_shows("Studio Nord");
    let back = world.stranger_at("atelier").get("/sign-in");
    assert_leads_to(&back, &format!("{}/sign-in", world.stranger().origin()));

    world.clock().advance(364);
    let eve = world.sign_in("eve@rival.test");
    change_slug(&eve, "rival", "atelier").assert_status(422);
    world.clock().advance(2);
    change_slug(&eve, "rival", "atelier").assert_ok();
    let there = world.stranger_at("atelier").get("/");
    there.assert_ok().assert_shows("Rival & Co").assert_hides("Studio Nord");
    let left = world.stranger_at("rival").get("/");
    assert_leads_to(&left, &format!("{}/", world.stranger_at("atelier").origin()));
}

fn nobody_keeps_more_than_five_former_names(world: World) {
    let ada_at = |slug: &str| world.ada().at(&world.stranger_at(slug));
    let names = ["studio", "studio-1", "studio-2", "studio-3", "studio-4", "studio-5"];
    for pair in names.windows(2) {
        change_slug(&ada_at(pair[0]), pair[0], pair[1]).assert_ok();
    }
    let refused = change_slug(&ada_at("studio-5"), "studio-5", "studio-6");
    let error = refused.assert_status(422).field_error("Name in the address");
    assert!(error.starts_with("Five former names are kept"), "{error}");
    // One of them is free to go back to, in place of another.
    change_slug(&ada_at("studio-5"), "studio-5", "studio-2").assert_ok();
    change_slug(&ada_at("studio-2"), "studio-2", "studio-6").assert_status(422);
    world.eve().get(ADDRESS).assert_ok();
    change_slug(&world.eve(), "rival", "quay").assert_ok();
    world.clock().advance(366);
    change_slug(&signed_in_at(&world, "studio-2", "ada@studio.test"), "studio-2", "studio-6").assert_ok();
}

fn p43_what_is_no_name_is_answered_at_its_field(world: World) {
    let ada = world.ada();
    let letters =
        "Use 1 to 40 letters a to z, digits and single dashes, with no dash at the beginning or the end.";
    let reserved = "This name is reserved. Choose another one.";
    let long = "a".repeat(41);
    for (typed, sentence) in [
        ("", letters),
        ("   ", letters),
        ("-a", letters),
        ("a--b", letters),
        ("a.b", letters),
        ("été", letters),
        ("xn--bcher-kva", letters),
        ("<b>x</b>", letters),
        (&long, letters),
        ("www", reserved),
        ("Staff", reserved),
    ] {
        let answer = change_slug(&ada, "studio", typed);
        assert_eq!(answer.assert_status(422).field_error("Name in the address"), sentence, "{typed}");
        assert_eq!(answer.form_with_field("Name in the address").value("Name in the address"), typed);
    }
    let confirm = "Type studio to confirm";
    for typed in ["", "Studio Nord", "rival"] {
        let answer = change_slug(&ada, typed, "atelier");
        assert_eq!(answer.assert_status(422).field_error(confirm), "Type the name that the address has now.");
        assert_eq!(answer.form_with_field(confirm).value(confirm), typed);
    }
    change_slug(&ada, "studio", "studio").assert_redirects_to(ADDRESS);
    ada.post(ADDRESS, &[("slug", "a"), ("current", "studio"), ("domain", "evil.test")]).assert_status(400);
    world.stranger().get("/").assert_ok();
}

fn only_the_owner_decides_where_the_portal_is(world: World) {
    let all = ["", "/domain", "/domain/check", "/domain/use", "/domain/removal"]
        .map(|end| format!("{ADDRESS}{end}"));
    world.ben().get(ADDRESS).assert_status(403);
    world.carol().get(ADDRESS).assert_not_found();
    world.stranger().get(ADDRESS).assert_redirects_to("/sign-in");
    for path in &all {
        world.ben().post(path, &[]).assert_status(403);
        world.carol().post(path, &[]).assert_not_found();
        world.stranger().post(path, &[]).assert_redirects_to("/sign-in");
    }
    world.eve().visit(ADDRESS).assert_ok().assert_hides("studio.localhost");
}
