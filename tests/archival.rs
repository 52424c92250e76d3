//! An archived portal is nowhere for clients, and comes back as it was.

use crate::{
    on_both,
    steps::{new_portal, note_form, share, wait_for_the_queue},
    world::{Page, Person, World, until},
};

on_both! {
    archiving_warns_and_moves_a_portal_to_the_end_of_the_list,
    p10_an_archived_portal_is_absent_everywhere_and_comes_back,
    p10_nobody_is_mailed_about_an_archived_portal,
    p13_p15_what_staff_are_told_of_an_archived_portal_is_what_clients_find,
    p11_archiving_is_for_staff_of_the_same_organization,
}

const WEBSITE: &str = "Acme website relaunch";

fn website(world: &World) -> Page {
    world.ada().visit("/staff/portals").press(WEBSITE)
}

/// By its menu and the dialog that warns.
#[track_caller]
fn archive(staff: &Person, portal: &Page) -> Page {
    let dialog = staff.visit(portal.path()).press("Archive");
    let archived = dialog.form_with_button("Archive").submit().follow();
    archived.assert_ok().assert_shows("clients see nothing of this portal");
    archived
}

fn of_client(portal: &Page) -> String {
    portal.path().replacen("/staff", "", 1)
}

fn names(list: &Page, css: &str) -> Vec<String> {
    list.texts(&format!("{css} .row-name"))
}

fn archiving_warns_and_moves_a_portal_to_the_end_of_the_list(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    let dialog = portal.press("Archive");
    dialog.assert_shows("Archive “Autumn campaign”").assert_shows("Nobody has it at the moment");
    share(&portal, "carol@acme.test");
    let dialog = portal.press("Archive");
    dialog.assert_shows("1 client has it now").assert_shows("Nothing is deleted");
    ada.visit("/staff").assert_shows("Autumn campaign");

    let archived = archive(&ada, &portal);
    assert_eq!(archived.path(), portal.path());
    assert!(!archived.has_link("Archive"));
    let list = ada.visit("/staff/portals");
    assert_eq!(names(&list, "main > .section"), ["Autumn campaign"]);
    assert!(!names(&list, "main > .list").contains(&"Autumn campaign".to_owned()));
    assert_eq!(list.texts("main > .section h2"), ["Archived"]);
    // Staff go on with it, and find it.
    note_form(&archived, "Afterwards", "").submit().follow().assert_ok().assert_shows("Afterwards");
    ada.post(&format!("{}/archival", portal.path()), &[]).assert_redirects_to(portal.path());

    let back = ada.visit(portal.path()).press("Bring back");
    back.assert_ok().assert_hides("clients see nothing of this portal");
    assert!(names(&ada.visit("/staff/portals"), "main > .list").contains(&"Autumn campaign".to_owned()));
    let log = ada.visit("/staff/settings/audit");
    log.assert_shows("Archived a portal: Autumn campaign");
    log.assert_shows("Brought a portal back from the archive: Autumn campaign");

    // What is deleted while it is archived comes back as archived.
    archive(&ada, &portal).press("Delete").press("Undo").assert_shows("clients see nothing of this portal");
}

/// Everything of the portal that a client meets, by its address.
fn places(carol: &Person) -> Vec<String> {
    let portal = carol.visit("/").press(WEBSITE);
    let path = portal.path();
    let mut places = vec![path.to_owned(), format!("{path}/items"), format!("{path}/messages")];
    for name in ["Meeting notes", "Where we are", "A tour of the menus", "Brand handbook.pdf"] {
        let shown = carol.visit(path);
        if shown.has_link(name) {
            places.push(shown.link(name));
        }
    }
    places.push(format!("{path}/download"));
    assert!(places.len() > 5, "{places:?}");
    places
}

/// What Carol looks for, and what of the portal she finds by it.
const FOUND: [(&str, &str); 4] = [
    ("relaunch", WEBSITE),
    ("handbook", "Brand handbook.pdf"),
    ("kick-off", "Kick-off"),
    ("menus", "A tour of the menus"),
];

fn p10_an_archived_portal_is_absent_everywhere_and_comes_back(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let places = places(&carol);
    let portal = website(&world);
    let finds = |(query, name): (&str, &str)| {
        let results = carol.partial_get(&format!("/search?q={query}"));
        results.texts(".search-hit-name").iter().any(|found| found == name)
    };
    let has_everything = || {
        carol.visit("/requests").assert_shows("Content for the new website");
        carol.visit("/messages").assert_shows(WEBSITE);
        until(|| FOUND.into_iter().all(finds));
    };
    has_everything();

    archive(&ada, &portal);
    for place in &places {
        carol.get(place).assert_not_found();
        for other in [world.cyril(), world.dora(), world.eve().at(&carol)] {
            assert!(!other.get(place).status.is_success(), "{other} {place}");
        }
    }
    for page in ["/", "/requests", "/messages"] {
        let page = carol.get(page);
        assert!(!page.shows(WEBSITE) && !page.shows("Content for the new website"), "{page}");
    }
    for found in FOUND {
        assert!(!finds(found), "{found:?}");
    }
    carol.partial_post(&format!("{}/views", of_client(&portal)), &[]).assert_not_found();
    // The client's other portals stay.
    carol.visit("/").assert_shows("Studio resources");

    website(&world).press("Bring back").assert_ok();
    for place in &places {
        let page = carol.get(place);
        assert!(page.status.is_success() || page.status.is_redirection(), "{place}: {page}");
    }
    has_everything();
}

fn p10_nobody_is_mailed_about_an_archived_portal(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test, zoe@acme.test");
    let invitation = world.mailbox().next_to("zoe@acme.test").link("Set up your account");
    world.mailbox().next_to("carol@acme.test");
    wait_for_the_queue(&world);
    let before = world.mailbox().all().len();

    let archived = archive(&ada, &portal);
    let dialog = ada.get(&format!("{}/sharing", portal.path()));
    dialog.assert_status(409).assert_shows("Bring it back before you share it");
    ada.post(&format!("{}/sharing", portal.path()), &[("email", "dora@globex.test")]).assert_status(409);
    archived.row("zoe@acme.test").form_with_button("Resend").submit().assert_status(409);
    ada.get(&format!("{}/requests/new", portal.path())).assert_hides("Carol Meyer");
    wait_for_the_queue(&world);
    assert_eq!(world.mailbox().all().len(), before);

    // Grants stay: whoever accepts meanwhile finds the portal once it is back.
    world.stranger().visit(&invitation).assert_ok();
    let back = ada.visit(portal.path()).press("Bring back");
    back.row("carol@acme.test").assert_shows("Joined");
    back.row("zoe@acme.test").assert_shows("Invited");
    world.carol().visit("/").assert_shows("Autumn campaign");
}

fn p13_p15_what_staff_are_told_of_an_archived_portal_is_what_clients_find(world: World) {
    let ada = world.ada();
    let portal = website(&world);
    let of_portal = portal.press("Who can see this, and why?");
    let of_item = portal.row("A tour of the menus").press("Who can see this?");
    assert!(of_portal.shows("Carol Meyer") && of_item.shows("Carol Meyer"));

    archive(&ada, &portal);
    let told = ada.visit(of_portal.path());
    told.assert_shows("Nobody but your team: it was archived on").assert_hides("carol@acme.test");
    let told = ada.visit(of_item.path());
    told.assert_shows("Nobody but your team: its portal was archived on").assert_hides("carol@acme.test");

    let onlooker = world.sign_in("ada@studio.test");
    let holders = onlooker.visit(portal.path()).row("carol@acme.test");
    let seen = holders.press("See as client");
    assert_eq!(seen.path(), "/");
    assert!(!seen.texts("main").concat().contains(WEBSITE), "{seen}");
    onlooker.get(&of_client(&portal)).assert_not_found();
}

fn p11_archiving_is_for_staff_of_the_same_organization(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    for other in [world.carol(), world.dora(), world.eve(), world.eve().at(&world.ada()), world.stranger()] {
        for path in ["archival", "archival/removal"] {
            let answer = other.post(&format!("{}/{path}", portal.path()), &[]);
            assert!(!answer.status.is_success(), "{other} {path}: {answer}");
        }
        assert!(!other.get(&format!("{}/archival", portal.path())).status.is_success(), "{other}");
    }
    world.carol().visit("/").assert_shows("Autumn campaign");
    // A member of the staff may.
    archive(&world.ben(), &portal);
    world.carol().visit("/").assert_hides("Autumn campaign");
}
