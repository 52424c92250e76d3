//! An accepted quote becomes a project, with a milestone for each section of what was accepted.

use std::{collections::BTreeSet, thread};

use super::{
    number,
    quotes::{draft, of_client, sent},
};
use crate::{
    on_both,
    steps::share,
    world::{Page, World},
};

on_both! {
    an_accepted_quote_becomes_a_project_with_a_milestone_for_each_section,
    a_quote_of_a_project_and_one_that_nobody_accepted_become_none,
    of_many_presses_at_once_one_quote_becomes_one_invoice_and_one_project,
}

#[track_caller]
fn add_section_line(draft: &Page, section: &str, description: &str) -> Page {
    let form = draft.form_with_button("Add line").fill("Description", description).fill("Unit price", "100");
    form.fill("Tax", "VAT 20 %").fill("Section", section).submit().follow()
}

fn an_accepted_quote_becomes_a_project_with_a_milestone_for_each_section(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let written = draft(&ada, "Carol Meyer").form_with_field("Introduction");
    let written = written.fill("Introduction", "# A new shop\n\nAs we said.").submit().follow();
    let written = add_section_line(&written, "Design", "Sketches");
    let written = add_section_line(&written, "Build", "Shelves");
    let written = add_section_line(&written, "Design", "Colours");
    let quote = written.press("Send").form_with_button("Send").submit().follow();
    // "Extras" holds nothing but an option, which is not chosen.
    carol.visit(&of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let before = ada.visit(quote.path()).press("Make invoice");

    let project = ada.visit(quote.path()).press("Make project");
    assert!(project.path().starts_with("/staff/projects/"), "{}", project.path());
    project.assert_shows("A new shop").assert_shows("Carol Meyer").assert_shows(&number(&quote));
    assert_eq!(project.texts("#milestone-list .row-name"), ["Design", "Build"]);
    let again = ada.post(&format!("{}/project", quote.path()), &[]).follow();
    assert_eq!(again.path(), project.path(), "one project of one quote");
    let known = ada.visit(quote.path());
    assert!(known.has_link("A new shop") && !known.has_button("Make project"));
    assert_eq!(ada.visit(before.path()).form_with_field("Project").value("Project"), {
        project.path().rsplit('/').next().unwrap()
    });

    // P14: on the project's portal Carol sees her quote, and Cyril, who has the portal too, does not.
    let portal = project.press("Client portal");
    for email in ["carol@acme.test", "cyril@acme.test"] {
        share(&portal, email);
    }
    let at_carols = portal.path().replace("/staff", "");
    carol.visit(&at_carols).assert_shows(&number(&quote));
    world.cyril().visit(&at_carols).assert_hides(&number(&quote));
    world.dora().get(&at_carols).assert_not_found();
    world.eve().get(project.path()).assert_not_found();
}

fn a_quote_of_a_project_and_one_that_nobody_accepted_become_none(world: World) {
    let ada = world.ada();
    let open = sent(&ada, "Carol Meyer");
    assert!(!open.has_button("Make project"));
    ada.post(&format!("{}/project", open.path()), &[]).assert_status(409);
    let form = draft(&ada, "Carol Meyer").form_with_field("Introduction");
    let quote = form.fill("Project", "Acme website relaunch").submit().follow();
    let quote = quote.press("Send").form_with_button("Send").submit().follow();
    world.carol().visit(&of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let quote = ada.visit(quote.path());
    assert!(!quote.has_button("Make project"));
    let asked = ada.post(&format!("{}/project", quote.path()), &[]).follow();
    asked.assert_shows("Acme website relaunch");
    // Nothing was made on the way.
    assert_eq!(ada.visit("/staff/projects").text().matches("Acme website relaunch").count(), 1);
}

fn of_many_presses_at_once_one_quote_becomes_one_invoice_and_one_project(world: World) {
    let ada = world.ada();
    let form = draft(&ada, "Carol Meyer").form_with_field("Introduction");
    let quote = form.fill("Introduction", "# A new lighthouse").submit().follow();
    let quote = quote.press("Send").form_with_button("Send").submit().follow();
    world.carol().visit(&of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let drafts = || ada.visit("/staff/invoices?which=drafts").count("#invoices a.row-name");
    let before = drafts();
    for button in ["Make invoice", "Make project"] {
        let form = ada.visit(quote.path()).form_with_button(button);
        let made: BTreeSet<String> = thread::scope(|scope| {
            let windows: Vec<_> = (0..8).map(|_| scope.spawn(|| form.submit())).collect();
            let answers = windows.into_iter().map(|window| window.join().unwrap());
            answers.map(|answer| answer.assert_status(303).follow().path().to_owned()).collect()
        });
        assert_eq!(made.len(), 1, "{button}: {made:?}");
    }
    assert_eq!(drafts(), before + 1);
    assert_eq!(ada.visit("/staff/projects").text().matches("A new lighthouse").count(), 1);
}
