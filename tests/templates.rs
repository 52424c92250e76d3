//! Portals that are kept as templates and made again, and how the page of one is arranged for its clients.

use crate::{
    on_both,
    steps::{new_portal, note_form, open_form, share},
    world::{Page, Person, World, until},
};

on_both! {
    a_portal_is_kept_and_used_again_with_two_presses,
    a_template_is_a_snapshot_and_holds_nothing_of_a_client,
    milestones_come_along_on_days_counted_from_the_first,
    requests_come_along_prepared_and_are_asked_of_somebody_later,
    five_hundred_items_are_made_again_in_their_order,
    a_template_is_renamed_deleted_and_brought_back,
    p43_a_name_that_will_not_do_is_answered_at_its_field,
    p11_templates_are_of_one_organization,
    sections_take_the_order_and_the_names_that_staff_give_them,
    hiding_a_section_takes_it_off_the_page_and_nobodys_access_away,
    p11_sections_are_arranged_by_staff_of_the_same_organization,
}

const WEBSITE: &str = "Acme website relaunch";

fn of_client(portal: &Page) -> String {
    portal.path().replacen("/staff", "", 1)
}

/// What the portal or the folder holds, from top to bottom.
fn items(page: &Page) -> Vec<String> {
    page.texts("#items .list .row-name")
}

/// By the portal's menu; ends on the list of templates.
#[track_caller]
fn keep(portal: &Page, name: &str) -> Page {
    let list = portal.press("Save as template").form_with_field("Name").fill("Name", name).submit().follow();
    list.assert_ok().assert_shows(name);
    list
}

#[track_caller]
fn from_template(staff: &Person, template: &str, name: &str) -> Page {
    let dialog = staff.visit("/staff/templates").row(template).press("New portal");
    let form = dialog.form_with_field("Name");
    let portal = form.fill("Name", name).submit().follow();
    portal.assert_ok().assert_shows(name);
    portal
}

fn new_project(staff: &Person, name: &str, starts_on: &str) -> Page {
    let form = staff.visit("/staff/projects").press("New project").form_with_button("Save");
    let project = form.fill("Name", name).fill("Start date", starts_on).submit().follow();
    project.assert_ok();
    project
}

fn add_folder(page: &Page, name: &str) -> Page {
    let page = open_form(page, "New folder", "Name").fill("Name", name).submit().follow();
    page.assert_ok();
    page
}

fn a_portal_is_kept_and_used_again_with_two_presses(world: World) {
    let ada = world.ada();
    let portal = add_folder(&new_portal(&ada, "Pattern"), "Contracts");
    let inside = portal.press("Contracts");
    note_form(&inside, "What is included", "Words of ours.").submit().follow().assert_ok();
    let form = open_form(&portal, "Add link", "Address").fill("Address", "https://staging.example/x");
    form.fill("Title", "Staging").submit().follow();
    note_form(&portal, "Where we are", "At the beginning.").submit().follow().assert_ok();
    ada.visit(portal.path()).row("Where we are").press("Pin to the top").assert_ok();
    keep(&portal, "Bakery");

    let project = new_project(&ada, "Bread and more", "");
    let made = project.press("Bakery");
    made.assert_ok().assert_shows("Bread and more").assert_shows("At the beginning.");
    assert_ne!(made.path(), portal.path());
    assert_eq!(items(&made), ["Contracts", "Staging", "Where we are"]);
    let note = made.press("Contracts").press("What is included");
    note.assert_shows("Words of ours.");
    // Pressed once more, by whoever was late: the same portal, and nothing twice.
    let again = ada.post(&format!("{}/portal/templates/{}", project.path(), id_of(&ada, "Bakery")), &[]);
    again.assert_redirects_to(made.path());
    assert_eq!(items(&ada.visit(made.path())).len(), 3);
    until(|| ada.partial_get("/staff/search?q=staging").text().contains("Bread and more"));
    ada.visit("/staff/settings/audit").assert_shows("Began a portal from a template");
}

fn id_of(staff: &Person, template: &str) -> String {
    let row = staff.visit("/staff/templates").row(template);
    let rename = row.link("Rename");
    rename.split('/').nth(3).unwrap().to_owned()
}

fn a_template_is_a_snapshot_and_holds_nothing_of_a_client(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Pattern");
    share(&portal, "carol@acme.test");
    note_form(&portal, "Kept", "").submit().follow().assert_ok();
    keep(&portal, "Bakery");
    note_form(&portal, "Too late", "").submit().follow().assert_ok();
    ada.visit(portal.path()).press("Delete");

    let made = from_template(&ada, "Bakery", "Rye and oats");
    assert_eq!(items(&made), ["Kept"]);
    made.assert_hides("carol@acme.test").assert_hides("Carol Meyer");
    carol.get(&of_client(&made)).assert_not_found();
    carol.visit("/").assert_hides("Rye and oats");
    // Whoever gets it finds what came with it.
    share(&made, "carol@acme.test");
    carol.visit(&of_client(&made)).assert_ok().assert_shows("Kept");
    carol.visit("/").assert_hides("Bakery");
    world.dora().get(&of_client(&made)).assert_not_found();
    ada.visit(made.path()).row("carol@acme.test").press("Revoke");
    carol.get(&of_client(&made)).assert_not_found();
}

fn milestones_come_along_on_days_counted_from_the_first(world: World) {
    let ada = world.ada();
    let add = |project: &Page, name: &str, due: &str| {
        let form = ada.visit(project.path()).form_with_button("Add milestone");
        form.fill("Milestone", name).fill("Due date", due).submit().follow().assert_ok();
    };
    let first = new_project(&ada, "First", "2030-03-01");
    add(&first, "Kick-off", "2030-03-04");
    add(&first, "Someday", "");
    add(&first, "Opening", "2030-04-01");
    let portal = first.press("Client portal");
    keep(&portal, "Bakery");

    let second = new_project(&ada, "Second", "2032-02-01");
    second.press("Bakery").assert_ok();
    let milestones = |project: &Page| ada.visit(project.path()).texts("#milestone-list .row-name");
    assert_eq!(milestones(&second), ["Kick-off", "Someday", "Opening"]);
    let page = ada.visit(second.path());
    // 2032 has a 29 February.
    page.row("Kick-off").assert_shows("4 February 2032");
    page.row("Opening").assert_shows("3 March 2032");

    // A project's own are not doubled.
    let third = new_project(&ada, "Third", "2032-02-01");
    add(&third, "Ours", "");
    ada.visit(third.path()).press("Bakery").assert_ok();
    assert_eq!(milestones(&third), ["Ours"]);
    // Without a project there are none.
    from_template(&ada, "Bakery", "Without a project").assert_hides("Kick-off");
}

fn requests_come_along_prepared_and_are_asked_of_somebody_later(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Pattern");
    share(&portal, "carol@acme.test");
    let ask = |page: &Page, title: &str, who: &str| {
        let form = open_form(page, "Request files", "What it is about").fill("What it is about", title);
        let form = form.fill("Files, one line each", "Statements: as PDF\r\nRegister (optional)");
        form.fill("From", who).fill("Wanted by", "2199-12-31").submit().follow().assert_ok();
    };
    ask(&portal, "Year-end papers", "Carol Meyer");
    keep(&portal, "Accounts");
    let made = from_template(&ada, "Accounts", "Next year");
    let prepared = made.row("Prepared requests");
    prepared.assert_shows("Year-end papers").assert_hides("Carol");
    made.press("Ask a client").assert_shows("Nobody");

    share(&made, "dora@globex.test");
    let dialog = ada.visit(made.path()).press("Ask a client");
    let form = dialog.form_with_field("What it is about");
    assert_eq!(form.value("Files, one line each"), "Statements: as PDF\nRegister (optional)");
    let asked = form.fill("From", "Dora Lindt").fill("Wanted by", "2199-12-31").submit().follow();
    asked.assert_ok().assert_shows("Year-end papers").assert_shows("0 of 2");
    assert_eq!(ada.visit(made.path()).count("#prepared-requests[hidden]"), 1);

    // Taken away and brought back.
    let other = from_template(&ada, "Accounts", "The year after");
    let removal = other.row("Prepared requests").form_with_button("Remove");
    removal.submit().follow();
    assert_eq!(ada.visit(other.path()).count("#prepared-requests[hidden]"), 1);
    let restoration = removal.path().replace("/removal", "/restoration");
    world.eve().post(&restoration, &[]).assert_not_found();
    world.eve().post(removal.path(), &[]).assert_not_found();
    ada.post(&restoration, &[]).assert_redirects_to(other.path());
    ada.visit(other.path()).row("Prepared requests").assert_shows("Year-end papers");
}

fn five_hundred_items_are_made_again_in_their_order(world: World) {
    let ada = world.ada();
    let portal = add_folder(&new_portal(&ada, "Pattern"), "Notes");
    let inside = portal.press("Notes");
    let (first, folder) = (note_form(&inside, "Note 0", "Words."), inside.url().query().unwrap().to_owned());
    first.submit().follow().assert_ok();
    let folder = folder.trim_start_matches("folder=");
    for number in 1..500 {
        let title = format!("Note {number}");
        let fields = [("title", title.as_str()), ("note", "Words."), ("folder", folder)];
        assert!(ada.post(&format!("{}/notes", portal.path()), &fields).status.is_redirection());
    }
    keep(&portal, "Large");
    let of_items = "SELECT CAST(count(*) AS TEXT) AS row FROM events WHERE kind LIKE 'item.%'";
    let before = world.database().texts(of_items, of_items);
    let made = from_template(&ada, "Large", "Large again");
    // That the portal was filled is one event: its statements are as many for one item as for all.
    assert_eq!(world.database().texts(of_items, of_items), before);
    let expected: Vec<String> = (0..500).map(|number| format!("Note {number}")).collect();
    assert_eq!(items(&made.press("Notes")), expected);
}

fn a_template_is_renamed_deleted_and_brought_back(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Pattern");
    let list = keep(&portal, "Bakery");
    let form = list.row("Bakery").press("Rename").form_with_field("Name");
    let list = form.fill("Name", "Brewery").submit().follow();
    list.assert_shows("Brewery").assert_hides("Bakery");
    let stale = list.row("Brewery").press("New portal").form_with_field("Name").fill("Name", "Too late");
    let deleted = list.row("Brewery").press("Delete");
    assert!(!deleted.texts(".row-name").contains(&"Brewery".to_owned()), "{deleted}");
    let answer = stale.submit();
    answer.assert_status(422);
    assert!(answer.field_error("Template").contains("not there any more"), "{answer}");
    assert_eq!(answer.form_with_field("Name").value("Name"), "Too late");
    deleted.press("Undo").row("Brewery").assert_shows("Saved");
    from_template(&ada, "Brewery", "In time");
}

fn p43_a_name_that_will_not_do_is_answered_at_its_field(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Pattern");
    keep(&portal, "Bakery");
    let form = ada.visit(portal.path()).press("Save as template").form_with_field("Name");
    let long = "é".repeat(201);
    for (name, sentence) in [
        ("", "Write a name."),
        ("bakery", "already a template"),
        (long.as_str(), "200 characters"),
        ("a\0b", "invisible"),
    ] {
        let answer = form.clone().fill("Name", name).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Name").contains(sentence), "{name:?}: {answer}");
    }
    let list = keep(&portal, "<b>bold</b>");
    list.assert_shows("<b>bold</b>");
    from_template(&ada, "<b>bold</b>", "Hostile");
    assert!(form.smuggle("portal", "x").submit().status.is_client_error());
}

fn p11_templates_are_of_one_organization(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    let portal = new_portal(&ada, "Pattern");
    keep(&portal, "Bakery");
    let template = id_of(&ada, "Bakery");
    eve.visit("/staff/templates").assert_hides("Bakery");
    eve.get(&format!("/staff/templates/{template}/name")).assert_not_found();
    for what in ["deletion", "restoration"] {
        eve.post(&format!("/staff/templates/{template}/{what}"), &[]).assert_not_found();
    }
    eve.post(&format!("{}/templates", portal.path()), &[("name", "Ours now")]).assert_not_found();
    let fields = [("name", "Ours"), ("project", ""), ("template", template.as_str())];
    eve.post("/staff/portals", &fields).assert_status(422);
    world.carol().get("/staff/templates").assert_not_found();
    ada.visit("/staff/templates").assert_shows("Bakery").assert_hides("Ours now");
}

fn website(world: &World) -> Page {
    world.ada().visit("/staff/portals").press(WEBSITE)
}

fn arrangement(world: &World) -> Page {
    website(world).press("Sections")
}

/// "Messages" stands in the navigation, too.
fn section(page: &Page, name: &str) -> Page {
    page.part("#portal-sections").row(name)
}

fn sections_take_the_order_and_the_names_that_staff_give_them(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let page = arrangement(&world);
    page.assert_shows("Hiding a section is no protection");
    let names = page.texts("#portal-sections .row-name");
    assert_eq!(names, ["Milestones", "File requests", "Items", "Billing", "Subscriptions", "Messages"]);
    let client = of_client(&website(&world));

    // By the script's request, the items first.
    let address = page.attributes("[data-reorder-href]", "data-reorder-href").remove(0);
    ada.partial_post(&address, &[("order", "items"), ("order", "nonsense"), ("order", "items")])
        .assert_status(204);
    assert_eq!(arrangement(&world).texts("#portal-sections .row-name")[0], "Items");
    let place =
        |page: &Page, css: &str| page.source().find(css).unwrap_or_else(|| panic!("no {css}: {page}"));
    let shown = carol.visit(&client);
    assert!(place(&shown, "id=\"items\"") < place(&shown, "id=\"portal-messages\""));

    // By the buttons of a browser without scripts.
    let page = arrangement(&world);
    let page = page.row("Items").press("Move Items down");
    assert_eq!(page.texts("#portal-sections .row-name")[1], "Items");

    let form = section(&page, "Messages").press("Rename").form_with_field("Name");
    let answer = form.clone().fill("Name", &"n".repeat(201)).submit();
    answer.assert_status(422);
    assert!(answer.field_error("Name").contains("200 characters"));
    form.clone().fill("Name", "Ask <us>").submit().follow().assert_shows("Ask <us>").assert_shows("Messages");
    assert!(carol.visit(&client).texts("h2").contains(&"Ask <us>".to_owned()));
    carol.partial_get(&format!("{client}/messages/latest")).assert_shows("Ask <us>");
    form.fill("Name", "").submit().follow().assert_hides("Ask <us>");
    assert!(!carol.visit(&client).texts("h2").contains(&"Ask <us>".to_owned()));

    let form = arrangement(&world).row("Items").press("Rename").form_with_field("Name");
    form.fill("Name", "What we made").submit().follow().assert_ok();
    assert!(carol.visit(&client).texts("#items h2").contains(&"What we made".to_owned()));
    assert!(carol.partial_get(&format!("{client}/items")).texts("h2").contains(&"What we made".to_owned()));
    // Another portal keeps its own.
    world.dora().visit("/").press("Globex brand refresh").assert_hides("What we made");
}

fn hiding_a_section_takes_it_off_the_page_and_nobodys_access_away(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let client = of_client(&website(&world));
    let folder = carol.visit(&client).link("Meeting notes");
    for name in ["Items", "Messages"] {
        let hidden = section(&arrangement(&world), name).press("Hide");
        section(&hidden, name).assert_shows("Hidden");
    }
    let shown = carol.visit(&client);
    assert_eq!((shown.count("#items"), shown.count("#portal-messages")), (0, 0), "{shown}");
    carol.visit(&folder).assert_ok().assert_shows("Kick-off");
    carol.visit(&format!("{client}/messages")).assert_ok();
    ada.visit(website(&world).path()).assert_shows("Meeting notes");

    arrangement(&world).row("Items").press("Show").assert_ok();
    carol.visit(&client).assert_shows("Meeting notes");
}

fn p11_sections_are_arranged_by_staff_of_the_same_organization(world: World) {
    let portal = website(&world);
    let here = format!("{}/sections", portal.path());
    for person in [world.eve(), world.carol()] {
        person.get(&here).assert_not_found();
        person.post(&format!("{here}/order"), &[("order", "items")]).assert_not_found();
        for what in ["hiding", "hiding/removal", "place/earlier", "place/later"] {
            person.post(&format!("{here}/items/{what}"), &[]).assert_not_found();
        }
        person.post(&format!("{here}/items/name"), &[("name", "Ours")]).assert_not_found();
    }
    let ada = world.ada();
    ada.get(&format!("{here}/nonsense/name")).assert_not_found();
    ada.post(&format!("{here}/nonsense/hiding"), &[]).assert_not_found();
    ada.visit(&here).assert_hides("Ours").assert_hides("Hidden");
}
