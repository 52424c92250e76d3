//! Clients and companies: whom the organization works for.

mod erasing;
mod forgetting;

use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    a_client_is_added_found_changed_deleted_and_brought_back,
    bad_input_is_answered_at_its_field_with_everything_kept,
    an_address_belongs_to_one_person,
    a_client_is_known_by_their_address_without_case,
    p4_a_deleted_client_is_out_at_the_next_request_and_may_sign_in_after_undo,
    a_company_is_not_deleted_while_somebody_belongs_to_it,
    a_long_list_comes_in_pages_of_fifty,
    companies_stand_under_clients_in_the_navigation,
    clients_of_another_organization_stand_nowhere,
    every_form_answers_a_fragment_with_a_fragment,
    what_ends_a_client_stands_apart_at_the_end_of_their_page,
}

fn add(staff: &Person, name: &str, email: &str, company: &str) -> Page {
    let form = staff.visit("/staff/clients").press("New client").form_with_button("Save");
    form.fill("Name", name).fill("Email", email).fill("Company", company).submit()
}

fn a_client_is_added_found_changed_deleted_and_brought_back(world: World) {
    let ada = world.ada();
    let nina = add(&ada, "Nina Ørsted", "Nina@Orsted.test", "Ørsted Bakery").follow();
    nina.assert_ok().assert_shows("Nina Ørsted").assert_shows("nina@orsted.test").assert_shows("Not invited");
    nina.press("Ørsted Bakery").assert_ok().assert_shows("Nina Ørsted");

    for words in ["nina", "NINA", "orsted", "bakery nina"] {
        let found = ada.visit(&format!("/staff/clients?q={}", words.replace(' ', "+")));
        found.assert_shows("Nina Ørsted").assert_hides("carol@acme.test");
    }
    ada.visit("/staff/clients?q=nobody+at+all").assert_shows("Nothing matches");

    let form = nina.press("Edit").form_with_button("Save");
    assert_eq!(form.value("Company"), "Ørsted Bakery");
    let changed =
        form.fill("Name", "Nina Holm").fill("Company", "").fill("Language", "Français").submit().follow();
    changed.assert_ok().assert_shows("Nina Holm").assert_shows("Français").assert_hides("Ørsted Bakery");

    let list = changed.press("Delete");
    list.assert_ok().assert_shows("Nina Holm was deleted").assert_hides("nina@orsted.test");
    ada.get(changed.path()).assert_not_found();
    list.press("Undo").assert_ok().assert_shows("Nina Holm");
    ada.get(list.path()).assert_shows("nina@orsted.test");
    // The address still says who was deleted, but that is no longer true.
    ada.get(&format!("/staff/clients?deleted={}", changed.path().rsplit('/').next().unwrap()))
        .assert_hides("was deleted");
}

fn bad_input_is_answered_at_its_field_with_everything_kept(world: World) {
    let ada = world.ada();
    let long = "é".repeat(10_000);
    let hostile = [
        ("Name", " ", "Write a name."),
        ("Name", long.as_str(), "200 characters"),
        ("Name", "Carol\0", "invisible characters"),
        ("Name", "Carol\u{202e}lorac", "invisible characters"),
        ("Email", "", "address"),
        ("Email", "carol", "address"),
        ("Email", "carol@acme.test\r\nBcc: eve@rival.test", "address"),
        ("Email", long.as_str(), "address"),
        ("Company", "Acme\u{7}", "invisible characters"),
    ];
    let form = ada.visit("/staff/clients/new").form_with_button("Save");
    let form =
        form.fill("Name", "<b>\"Vera\" & Co</b>").fill("Email", "vera@acme.test").fill("Company", "Vera's");
    for (field, typed, sentence) in hostile {
        let answer = form.clone().fill(field, typed).submit();
        answer.assert_status(422);
        let said = answer.field_error(field);
        assert!(said.contains(sentence), "{field} {typed:?}: {said}");
        let again = answer.form_with_button("Save");
        for other in ["Name", "Email", "Company"].into_iter().filter(|other| *other != field) {
            assert_eq!(again.value(other), form.value(other), "beside {field} {typed:?}");
        }
    }
    ada.visit("/staff/clients").assert_hides("vera@acme.test");
    // T16: only the fields of the form may be set.
    assert!(form.clone().smuggle("role", "owner").submit().status.is_client_error());
    let vera = form.submit().follow();
    vera.assert_shows("<b>\"Vera\" & Co</b>");
    assert!(!vera.source().contains("<b>"), "what was typed is text, not markup");
}

fn an_address_belongs_to_one_person(world: World) {
    let ada = world.ada();
    for (email, sentence) in [
        ("CAROL@acme.test", "A client with this address is here already."),
        ("ben@studio.test", "belongs to someone who works here"),
    ] {
        let answer = add(&ada, "Somebody", email, "");
        answer.assert_status(422);
        assert!(answer.field_error("Email").contains(sentence), "{answer}");
    }
    // Another organization's people are no obstacle, and no secret that could leak here.
    add(&ada, "Rita as a client of the studio", "rita@client.test", "").follow().assert_ok();

    let fay = add(&ada, "Fay", "fay@acme.test", "Acme").follow();
    fay.press("Delete");
    let answer = add(&ada, "Gus", "gus@acme.test", "").follow().press("Edit").form_with_button("Save");
    let taken = answer.fill("Email", "fay@acme.test").submit();
    assert!(taken.field_error("Email").contains("deleted"), "{taken}");
    let back = add(&ada, "Fay Reborn", "fay@acme.test", "").follow();
    assert_eq!(back.path(), fay.path(), "the same person, restored");
    back.assert_shows("Fay Reborn").assert_hides("Acme");
}

fn a_client_is_known_by_their_address_without_case(world: World) {
    let ada = world.ada();
    add(&ada, "One", "One@Example.Test", "acme")
        .follow()
        .assert_shows("one@example.test")
        .assert_shows("Acme");
    assert_eq!(ada.visit("/staff/companies?q=acme").count("#companies li"), 1, "no second Acme");
}

fn p4_a_deleted_client_is_out_at_the_next_request_and_may_sign_in_after_undo(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    carol.get("/").assert_ok();
    let list = ada.visit("/staff/clients").press("Carol Meyer").press("Delete");
    list.assert_shows("Carol Meyer was deleted");
    carol.get("/account").assert_redirects_to("/sign-in");
    list.press("Undo");
    world.sign_in("carol@acme.test").get("/account").assert_ok();
}

fn a_company_is_not_deleted_while_somebody_belongs_to_it(world: World) {
    let ada = world.ada();
    let acme = ada.visit("/staff/companies").press("Acme");
    let refused = acme.form_with_button("Delete").submit();
    refused
        .assert_status(409)
        .assert_shows("Carol Meyer, Cyril Dubois")
        .assert_shows("another company first");

    let form = ada.visit("/staff/companies").press("New company").form_with_button("Save");
    let twin = form.clone().fill("Name", "ACME").submit();
    twin.assert_status(422);
    assert!(twin.field_error("Name").contains("here already"));
    let empty = form.fill("Name", "Hollow").submit().follow();
    empty.assert_shows("Nobody belongs to this company yet.");
    let renamed =
        empty.press("Rename").form_with_button("Save").fill("Name", "Hollow & Sons").submit().follow();
    renamed.assert_shows("Hollow & Sons");
    let list = renamed.press("Delete");
    list.assert_shows("Hollow & Sons was deleted.");
    ada.get(renamed.path()).assert_not_found();
    list.press("Undo").assert_ok().assert_shows("Hollow & Sons");
}

fn companies_stand_under_clients_in_the_navigation(world: World) {
    let here = |page: &Page| page.attributes("#navigation a[aria-current=page]", "href");
    let companies = world.ada().visit("/staff/companies");
    assert_eq!(here(&companies), ["/staff/clients"]);
    assert_eq!(here(&companies.press("Acme")), ["/staff/clients"]);
    assert_eq!(here(&world.ada().visit("/staff")), ["/staff"]);
}

fn a_long_list_comes_in_pages_of_fifty(world: World) {
    let ada = world.ada();
    for number in 0..60 {
        let (name, email) = (format!("Zed {number:02}"), format!("zed{number}@many.test"));
        ada.post("/staff/clients", &[("name", &name), ("email", &email)]).assert_status(303);
    }
    let first = ada.visit("/staff/clients?q=zed");
    assert_eq!(first.count("#clients li.row"), 50);
    first.assert_shows("1 to 50 of 60").assert_shows("Zed 49").assert_hides("Zed 50");
    let second = first.press("Next");
    assert_eq!(second.count("#clients li.row"), 10);
    second.assert_shows("51 to 60 of 60").assert_shows("Zed 59");
}

fn clients_of_another_organization_stand_nowhere(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    ada.visit("/staff/clients").assert_shows("carol@acme.test").assert_hides("rita@client.test");
    let eves = eve.visit("/staff/clients");
    eves.assert_shows("rita@client.test").assert_hides("carol@acme.test");
    eve.visit("/staff/companies").assert_hides("Acme");
    let carol = ada.visit("/staff/clients").link("Carol Meyer");
    eve.get(&carol).assert_not_found();
    eve.post(&format!("{carol}/deletion"), &[]).assert_not_found();
    // Neither the tool of a suggestion nor an undo tells a foreign name.
    eve.visit(&format!("/staff/clients?deleted={}", carol.rsplit('/').next().unwrap())).assert_hides("Carol");
    eve.visit("/staff/clients/new").assert_hides("Globex");
}

fn every_form_answers_a_fragment_with_a_fragment(world: World) {
    let ada = world.ada();
    let is_fragment = |page: &Page| assert!(!page.source().to_lowercase().contains("<!doctype"), "{page}");
    let dialog = ada.partial_get("/staff/clients/new");
    is_fragment(&dialog);
    let form = dialog.form_with_button("Save").partial();
    let wrong = form.clone().fill("Name", "Xenia").fill("Email", "x").submit();
    wrong.assert_status(422);
    is_fragment(&wrong);
    let added = form.fill("Name", "Xenia").fill("Email", "xenia@acme.test").submit();
    let xenia = added.follow();
    let edited = ada.partial_get(&format!("{}/edit", xenia.path())).form_with_button("Save").partial();
    let answer = edited.fill("Name", "Xenia Two").submit();
    is_fragment(&answer);
    answer.assert_ok().assert_shows("Xenia Two");
    assert_eq!(answer.header("HX-Trigger"), "dialog:close");
    is_fragment(&ada.partial_get("/staff/clients?q=xenia"));
    is_fragment(&ada.partial_get(xenia.path()));
}

fn what_ends_a_client_stands_apart_at_the_end_of_their_page(world: World) {
    let page = |staff: &Person| staff.visit("/staff/clients").press("Carol Meyer");
    let end = |page: &Page| page.texts("main section").pop().unwrap();
    let (adas, bens) = (page(&world.ada()), page(&world.ben()));
    for page in [&adas, &bens] {
        let header = page.texts("#client-header").remove(0);
        assert!(
            header.contains("Edit") && !header.contains("Delete") && !header.contains("Erase"),
            "{header}"
        );
        assert!(end(page).starts_with("Delete"), "{}", end(page));
    }
    assert!(end(&adas).contains("Erase for good") && !end(&bens).contains("Erase"));
    // A change replaces the header alone, and so nothing of it stands there twice.
    let fragment = world.ada().partial_get(adas.path());
    assert_eq!((fragment.count("#client-header"), fragment.count("section")), (1, 0));
}
