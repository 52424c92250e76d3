//! How owners and admins choose what a member sees.

use super::{CHOSEN, client, last_part, limit_ben, page_of_ben};
use crate::{on_both, world::World};

on_both! {
    owners_and_admins_cannot_be_limited,
    p43_a_choice_that_is_none_is_answered_at_its_field_with_the_ticks_kept,
    p40_among_many_clients_one_is_found_with_the_ticks_kept,
    p11_limits_are_there_for_owners_and_admins_of_the_same_organization,
    t18_limits_stand_in_the_audit_log,
}

fn owners_and_admins_cannot_be_limited(world: World) {
    let ada = world.ada();
    let own = ada.visit(&ada.visit("/staff/people").link("Ada Berg"));
    own.assert_hides("Choose what they see");
    ada.get(&format!("{}/limit", own.path())).assert_not_found();
    ada.post(&format!("{}/limit", own.path()), &[("sees", "chosen")]).assert_not_found();

    let ben = limit_ben(&world, &["carol@acme.test"]);
    let page = page_of_ben(&world);
    let limit = format!("{}/limit", page.path());
    assert!(ada.post(page.path(), &[("role", "admin")]).status.is_redirection());
    ben.get("/staff/invoices").assert_ok();
    ada.get(&limit).assert_not_found();
    // As it was, once they are a member again.
    assert!(ada.post(page.path(), &[("role", "member")]).status.is_redirection());
    ben.get("/staff/invoices").assert_not_found();
    ada.get(&limit).assert_ok();
}

fn p43_a_choice_that_is_none_is_answered_at_its_field_with_the_ticks_kept(world: World) {
    let rita = {
        let eve = world.eve();
        let row = eve.visit("/staff/clients").row("rita@client.test");
        let href = row.attributes("a[href^='/staff/clients/']", "href").remove(0);
        href.rsplit('/').next().unwrap().to_owned()
    };
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Save").tick(CHOSEN);
    let carol = form.labels().into_iter().find(|label| label.contains("carol@acme.test")).unwrap().to_owned();
    let form = form.tick(&carol);
    // Foreign, nonexistent, and nothing of the kind.
    for odd in [rita.as_str(), "0196a0c1d2e374f5a6b7c8d9e0f1a2b3", "carol", ""] {
        let answer = form.clone().smuggle("client", odd).submit();
        answer.assert_status(422).assert_shows("not there any more");
        assert_eq!(answer.form_with_button("Save").value(&carol), "true");
    }
    assert!(form.clone().smuggle("role", "owner").submit().status.is_client_error());
    world.ben().get("/staff/invoices").assert_ok();
    // The same one a thousand times is one.
    let id = last_part(&client(&world, "carol@acme.test"));
    let many = (0..1_000).fold(form, |form, _| form.smuggle("client", &id));
    many.submit().follow().assert_ok().assert_shows("Only Carol Meyer");
}

fn p40_among_many_clients_one_is_found_with_the_ticks_kept(world: World) {
    let ada = world.ada();
    for number in 10..30 {
        let (name, email) = (format!("Number {number}"), format!("number{number}@many.test"));
        let form = ada.visit("/staff/clients/new").form_with_button("Save");
        form.fill("Name", &name).fill("Email", &email).submit().follow().assert_ok();
    }
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Find").tick(CHOSEN);
    let form = form.tick("Number 11 · number11@many.test").fill("Find a client or a project", " NUMBER 2");
    let found = form.submit();
    found.assert_ok().assert_hides("Number 10").assert_hides("Carol Meyer");
    let form = found.form_with_button("Save");
    assert_eq!(form.value("Number 11 · number11@many.test"), "true");
    world.ben().get("/staff/invoices").assert_ok();
    form.tick("Number 25 · number25@many.test").submit().follow().assert_ok();
    let clients = world.ben().visit("/staff/clients");
    clients
        .assert_shows("Number 11")
        .assert_shows("Number 25")
        .assert_hides("Number 24")
        .assert_hides("Carol");
}

fn p11_limits_are_there_for_owners_and_admins_of_the_same_organization(world: World) {
    let path = format!("{}/limit", page_of_ben(&world).path());
    let eve = world.eve();
    for person in [world.carol(), world.dora(), eve.clone()] {
        person.get(&path).assert_not_found();
        person.post(&path, &[("sees", "chosen")]).assert_not_found();
    }
    world.ben().get(&path).assert_status(403);
    world.ben().post(&path, &[("sees", "everything")]).assert_status(403);
    world.ben().get("/staff/invoices").assert_ok();
}

fn t18_limits_stand_in_the_audit_log(world: World) {
    let ada = world.ada();
    limit_ben(&world, &["carol@acme.test"]);
    ada.visit("/staff/settings/audit").assert_shows("Limited a member to chosen clients and projects");
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Save");
    form.clone().tick("Everything").submit().follow().assert_ok();
    ada.visit("/staff/settings/audit").assert_shows("Let a member see everything");
    // The same once more is no change.
    let count = |words: &str| ada.visit("/staff/settings/audit").source().matches(words).count();
    let told = count("Let a member see everything");
    form.tick("Everything").submit().follow().assert_ok();
    assert_eq!(count("Let a member see everything"), told);
}
