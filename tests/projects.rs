//! Projects and milestones: what is done for whom, and by when.

use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    a_project_is_added_for_a_client_changed_deleted_and_brought_back,
    bad_input_is_answered_at_its_field_with_everything_kept,
    milestones_are_added_reached_reopened_edited_deleted_and_brought_back,
    milestones_take_the_order_that_staff_give_them,
    an_order_leaves_foreign_milestones_alone,
    a_client_sees_the_milestones_of_their_portal_and_nobody_else_does,
    p12_after_a_revocation_the_milestones_are_gone_at_the_next_request,
    projects_are_told_apart_by_status,
    projects_of_another_organization_stand_nowhere,
    every_form_answers_a_fragment_with_a_fragment,
}

fn add_project(staff: &Person, name: &str) -> Page {
    let form = staff.visit("/staff/projects").press("New project").form_with_button("Save");
    let project = form.fill("Name", name).fill("Client", "Carol Meyer").submit().follow();
    project.assert_ok().assert_shows(name);
    project
}

fn add_milestone(project: &Page, name: &str, due: &str) -> Page {
    let form = project.form_with_button("Add milestone").fill("Milestone", name).fill("Due date", due);
    form.submit().follow()
}

/// Their names, from top to bottom.
fn milestones(project: &Page) -> Vec<String> {
    project.texts("#milestone-list .row-name")
}

fn a_project_is_added_for_a_client_changed_deleted_and_brought_back(world: World) {
    let ada = world.ada();
    let from_client =
        ada.visit("/staff/clients").press("Carol Meyer").press("New project").form_with_button("Save");
    assert!(!from_client.value("Client").is_empty(), "the client is chosen already");
    let project =
        from_client.fill("Name", "Annual report").fill("Start date", "2031-03-01").submit().follow();
    project
        .assert_ok()
        .assert_shows("Annual report")
        .assert_shows("Carol Meyer")
        .assert_shows("From 1 March 2031");
    project.press("Carol Meyer").assert_ok().assert_shows("Annual report");

    let form = project.press("Edit").form_with_button("Save");
    assert_eq!(form.value("Start date"), "2031-03-01");
    let form = form.fill("Name", "The annual report").fill("Status", "Paused").fill("End date", "2031-06-30");
    let changed = form.fill("Client", "No client").submit().follow();
    changed.assert_shows("The annual report").assert_shows("Paused").assert_shows("30 June 2031");

    let list = changed.press("Delete");
    list.assert_shows("“The annual report” was deleted.");
    ada.get(project.path()).assert_not_found();
    list.press("Undo").assert_ok().assert_shows("The annual report");
    ada.get(project.path()).assert_ok();
}

fn bad_input_is_answered_at_its_field_with_everything_kept(world: World) {
    let ada = world.ada();
    let form = ada.visit("/staff/projects/new").form_with_button("Save");
    let form =
        form.fill("Name", "<i>R&D</i>").fill("Start date", "2030-05-02").fill("End date", "2030-05-03");
    let long = "x".repeat(10_000);
    for (field, typed, sentence) in [
        ("Name", "", "Write a name."),
        ("Name", "a\0b", "invisible characters"),
        ("Name", "a\u{2066}b", "invisible characters"),
        ("Name", long.as_str(), "200 characters"),
        ("Start date", "soon", "Choose a day"),
        ("End date", "2030-02-31", "Choose a day"),
        ("End date", "2030-05-01", "not before the start"),
    ] {
        let answer = form.clone().fill(field, typed).submit();
        answer.assert_status(422);
        assert!(answer.field_error(field).contains(sentence), "{field} {typed:?}: {answer}");
        let again = answer.form_with_button("Save");
        for other in ["Name", "Start date", "End date"].into_iter().filter(|other| *other != field) {
            assert_eq!(again.value(other), form.value(other), "beside {field} {typed:?}");
        }
    }
    // T16, and a client who is none: Ben works here, Rita is another organization's.
    assert!(form.clone().smuggle("organization_id", "1").submit().status.is_client_error());
    let rita = world.eve().visit("/staff/clients").link("Rita Santos");
    for nobody in ["x", rita.rsplit('/').next().unwrap()] {
        let answer = ada.post("/staff/projects", &[("name", "Mine"), ("client", nobody)]);
        answer.assert_status(422).assert_hides("Rita");
        assert!(answer.field_error("Client").contains("Choose one of the clients."));
    }
    let project = form.submit().follow();
    project.assert_shows("<i>R&D</i>");
    assert!(!project.source().contains("<i>R"), "what was typed is text, not markup");
}

fn milestones_are_added_reached_reopened_edited_deleted_and_brought_back(world: World) {
    let ada = world.ada();
    let project = add_project(&ada, "Annual report");
    project.assert_shows("Add the first one.");
    let wrong =
        project.form_with_button("Add milestone").fill("Milestone", "Print").fill("Due date", "x").submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Due date").contains("Choose a day"));
    assert_eq!(wrong.form_with_button("Add milestone").value("Milestone"), "Print");

    add_milestone(&project, "Layout", "2031-04-05");
    let page = add_milestone(&project, "Print", "");
    page.assert_shows("Due 5 April 2031").assert_shows("No due date");
    assert_eq!(page.texts(".milestone-track .milestone-state")[0], "Now · 5 April 2031");

    let reached = page.row("Due 5 April 2031").press("Complete");
    reached.assert_ok().assert_shows("Reached");
    assert_eq!(reached.attributes(".milestone-track [aria-current=step]", "class").len(), 1);
    assert_eq!(reached.texts(".milestone-track .milestone-name"), ["Layout", "Print"]);
    let reopened = reached.row("Reached").press("Reopen");
    reopened.assert_shows("Due 5 April 2031");

    let edited = reopened.row("No due date").press("Edit").form_with_button("Save");
    let edited = edited.fill("Name", "Print run").fill("Due date", "2031-05-01").submit().follow();
    edited.assert_shows("Print run").assert_shows("Due 1 May 2031");

    let without = edited.row("Due 1 May 2031").press("Delete");
    without.assert_shows("“Print run” was deleted.");
    assert_eq!(milestones(&without), ["Layout"]);
    assert_eq!(milestones(&without.press("Undo")), ["Layout", "Print run"]);
}

fn milestones_take_the_order_that_staff_give_them(world: World) {
    let ada = world.ada();
    let project = add_project(&ada, "Annual report");
    for name in ["One", "Two", "Three"] {
        add_milestone(&project, name, "");
    }
    let page = ada.visit(project.path());
    assert_eq!(milestones(&page), ["One", "Two", "Three"]);
    assert_eq!(milestones(&page.press("Move Three up")), ["One", "Three", "Two"]);
    assert_eq!(milestones(&ada.visit(project.path()).press("Move One down")), ["Three", "One", "Two"]);
    assert!(!ada.visit(project.path()).has_button("Move Three up"), "it is the first");

    let keys = page.attributes("[data-reorder-key]", "data-reorder-key");
    let order: Vec<_> = keys.iter().rev().map(|key| ("order", key.as_str())).collect();
    let address = page.attributes("[data-reorder-href]", "data-reorder-href").remove(0);
    ada.partial_post(&address, &order).assert_status(204);
    assert_eq!(milestones(&ada.visit(project.path())), ["Three", "Two", "One"]);
    // What is left out comes last, what is unknown is left out.
    ada.post(&address, &[("order", &keys[1]), ("order", "nonsense")]);
    assert_eq!(milestones(&ada.visit(project.path())), ["Two", "Three", "One"]);
}

fn an_order_leaves_foreign_milestones_alone(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let page = ada.visit("/staff/projects").press("Acme website relaunch");
    let before = milestones(&page);
    let keys = page.attributes("[data-reorder-key]", "data-reorder-key");
    let order: Vec<_> = keys.iter().rev().map(|key| ("order", key.as_str())).collect();
    let eves = eve.visit("/staff/projects").press("Santos packaging");
    let address = eves.attributes("[data-reorder-href]", "data-reorder-href").remove(0);
    eve.partial_post(&address, &order);
    eve.post(&format!("/staff/milestones/{}/move-down", keys[0]), &[]).assert_not_found();
    eve.post(&format!("/staff/milestones/{}/completion", keys[2]), &[]).assert_not_found();
    assert_eq!(milestones(&ada.visit(page.path())), before);
    assert_eq!(milestones(&eve.visit(eves.path())), ["Samples", "Final artwork", "Delivery"]);
}

fn a_client_sees_the_milestones_of_their_portal_and_nobody_else_does(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let home = carol.visit("/");
    let portal = home.link("Acme website relaunch");
    carol.visit(&portal).assert_shows("Content inventory").assert_shows("Launch");

    let project = ada.visit("/staff/projects").press("Acme website relaunch");
    add_milestone(&project, "Secret garden party", "2031-01-01");
    let track = carol.partial_get(&format!("{portal}/milestones"));
    track.assert_ok().assert_shows("Secret garden party").assert_shows("1 January 2031");
    carol.get(&format!("{portal}/milestones")).assert_redirects_to(&portal);

    for other in [world.dora(), world.eve().at(&ada)] {
        other.partial_get(&format!("{portal}/milestones")).assert_hides("Secret garden party");
        other.visit("/").assert_hides("Secret garden party");
    }
    world.dora().partial_get(&format!("{portal}/milestones")).assert_not_found();

    ada.visit(project.path()).press("Delete");
    carol.visit(&portal).assert_ok().assert_hides("Secret garden party");
}

fn p12_after_a_revocation_the_milestones_are_gone_at_the_next_request(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = carol.visit("/").link("Acme website relaunch");
    let track = format!("{portal}/milestones");
    carol.partial_get(&track).assert_shows("Launch");
    let client = ada.visit("/staff/clients").link("Carol Meyer");
    while ada.visit(&client).has_button("Revoke") {
        ada.visit(&client).press("Revoke").assert_ok();
    }
    carol.partial_get(&track).assert_not_found();
}

fn projects_are_told_apart_by_status(world: World) {
    let ada = world.ada();
    let all = ada.visit("/staff/projects");
    all.assert_shows("Acme website relaunch")
        .assert_shows("Lindqvist online shop")
        .assert_shows("2 of 5 milestones");
    let done = ada.visit("/staff/projects?status=done");
    done.assert_shows("Lindqvist online shop").assert_hides("Acme website relaunch");
    let nonsense = ada.visit("/staff/projects?status=%3Cscript%3E&page=-7");
    nonsense.assert_ok().assert_shows("Acme website relaunch").assert_hides("<script>");
}

fn projects_of_another_organization_stand_nowhere(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let link = ada.visit("/staff/projects").link("Acme website relaunch");
    eve.visit("/staff/projects").assert_shows("Santos packaging").assert_hides("Acme");
    for address in
        [link.clone(), format!("{link}/edit"), format!("{link}/milestones"), format!("{link}/track")]
    {
        eve.get(&address).assert_not_found();
    }
    eve.post(&format!("{link}/milestones"), &[("name", "Mine")]).assert_not_found();
    eve.post(&link, &[("name", "Mine")]).assert_not_found();
    eve.visit("/staff/projects/new").assert_hides("Carol");
}

fn every_form_answers_a_fragment_with_a_fragment(world: World) {
    let ada = world.ada();
    let is_fragment = |page: &Page| assert!(!page.source().to_lowercase().contains("<!doctype"), "{page}");
    let project = add_project(&ada, "Annual report");
    let section = project.form_with_button("Add milestone").partial().fill("Milestone", "Layout").submit();
    section.assert_ok().assert_shows("Layout");
    is_fragment(&section);
    let wrong = project.form_with_button("Add milestone").partial().submit();
    wrong.assert_status(422);
    is_fragment(&wrong);
    let reached = section.row("No due date").form_with_button("Complete").partial().submit();
    reached.assert_ok().assert_shows("Reached");
    is_fragment(&reached);
    let deleted = reached.row("Reached").form_with_button("Delete").partial().submit();
    deleted.assert_shows("“Layout” was deleted.");
    is_fragment(&deleted);
    let edited = ada.partial_get(&format!("{}/edit", project.path())).form_with_button("Save").partial();
    let answer = edited.fill("Status", "Done").submit();
    answer.assert_ok().assert_shows("Done");
    assert_eq!(answer.header("HX-Trigger"), "dialog:close");
    for fragment in ["", "/milestones", "/track"] {
        is_fragment(&ada.partial_get(&format!("{}{fragment}", project.path())));
    }
}
