//! `portico organization` and `portico organizations`.

use super::{ADDRESS, PASSWORD, assert_leads_to};
use crate::{
    on_both,
    steps::join,
    world::{Backend, World},
};

on_both! {
    one_more_organization_is_founded_by_a_command,
    what_is_no_organization_is_refused_in_one_line,
}

fn one_more_organization_is_founded_by_a_command(world: World) {
    let arguments = ["organization", "Süd & Partner", "--slug", "Sud", "--owner", "Finn@sud.test"];
    let printed = world.command(&arguments).assert_success();
    let sud = world.stranger_at("sud");
    assert!(printed.contains(&format!("Süd & Partner is at {}\n", sud.origin())), "{printed}");
    assert_eq!(printed.lines().count(), 2, "{printed}");
    let link = printed.lines().find_map(|line| line.split_once("sets up their account at ")).unwrap().1;
    assert!(link.starts_with(&format!("{}/invitations/", sud.origin())), "{link}");

    let listed = world.command(&["organizations"]).assert_success();
    let slugs: Vec<_> = listed.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(slugs, ["studio", "rival", "sud"]);
    assert!(listed.contains(&sud.origin()) && listed.contains("Süd & Partner"), "{listed}");

    for other in [world.stranger(), world.stranger_at("rival")] {
        other.get(&link[sud.origin().len()..]).assert_not_found();
    }
    join(&sud, link, PASSWORD);
    sud.visit("/staff").assert_ok().assert_shows("Süd & Partner");
    let page = sud.visit(ADDRESS);
    page.assert_ok().assert_shows("sud.localhost").assert_hides("Studio Nord").assert_hides("Rival");
    sud.at(&world.stranger()).get("/staff").assert_redirects_to("/sign-in");
    world.ada().at(&sud).get("/staff").assert_redirects_to("/sign-in");
}

fn what_is_no_organization_is_refused_in_one_line(world: World) {
    let said = |name: &str, slug: &str, owner: &str| {
        world.command(&["organization", name, "--slug", slug, "--owner", owner]).assert_failure()
    };
    let taken = "portico: This name is taken. Choose another one.";
    assert_eq!(said("Studio", "studio", "finn@sud.test"), taken);
    assert_eq!(said("Studio", "www", "finn@sud.test"), "portico: This name is reserved. Choose another one.");
    for (name, slug, owner) in
        [("Sud", "a--b", "finn@sud.test"), ("", "sud", "finn@sud.test"), ("Sud", "sud", "finn")]
    {
        let said = said(name, slug, owner);
        assert!(said.starts_with("portico: ") && said.lines().count() == 1, "{said}");
    }
    let german = ["organization", "Sud", "--owner", "finn@sud.test", "--language", "de"];
    assert_eq!(world.command(&german).assert_failure(), "portico: --language is en or fr");
    assert_eq!(world.command(&["organizations"]).assert_success().lines().count(), 3);
    world.command(&["organization", "Staff", "--owner", "finn@sud.test"]).assert_success();
    world.stranger_at("staff-portal").get("/").assert_ok();
    assert_eq!(said("Another", "staff-portal", "finn@sud.test"), taken);
}

#[test]
fn whoever_was_alone_is_found_by_its_old_links_on_sqlite() {
    whoever_was_alone_is_found_by_its_old_links(&World::empty(Backend::Sqlite));
}

#[test]
fn whoever_was_alone_is_found_by_its_old_links_on_postgres() {
    whoever_was_alone_is_found_by_its_old_links(&World::empty(Backend::Postgres));
}

fn whoever_was_alone_is_found_by_its_old_links(world: &World) {
    let (ada, root) = (world.stranger_at(""), world.stranger_at(""));
    let form = ada.visit(&world.setup_link()).form_with_button("Start");
    let form = form.fill("Name", "Atelier").fill("Colour", "#2f6f5e").fill("Email", "ada@atelier.test");
    let form = form.fill("Your name", "Ada Lefèvre");
    form.fill("Password", PASSWORD).fill("Time zone", "Europe/Paris").submit().follow().assert_ok();
    root.visit("/reset").form_with_field("Email").fill("Email", "ada@atelier.test").submit();
    let link = world.mailbox().next_to("ada@atelier.test").link("Choose a new password");
    assert!(link.starts_with(&root.origin()), "{link}");

    let printed = world.command(&["organization", "Second", "--owner", "sam@second.test"]).assert_success();
    let atelier = world.stranger_at("atelier");
    let moved = format!("Atelier moved to {}; links to {} lead there", atelier.origin(), root.origin());
    assert!(printed.lines().any(|line| line == moved), "{printed}");
    for path in ["/", "/sign-in?return=/staff", "/portals/x"] {
        assert_leads_to(&root.get(path), &format!("{}{path}", atelier.origin()));
    }
    root.post("/sign-in", &[]).assert_status(421).assert_hides("Second");
    root.visit(&link).assert_ok().assert_shows("Atelier").assert_hides("Second");
    atelier.sign_in("ada@atelier.test", PASSWORD).assert_signed_in();
    world.stranger_at("second").get("/").assert_ok().assert_shows("Second").assert_hides("Atelier");
}

/// A set-up link that was printed before opens nothing any more.
#[test]
fn the_first_organization_can_be_founded_by_the_command() {
    let world = World::empty(Backend::Sqlite);
    let link = world.setup_link();
    world.command(&["organization", "Atelier", "--owner", "ada@atelier.test"]).assert_success();
    world.stranger_at("").get(&link).assert_not_found();
    world.stranger_at("").get("/").assert_ok().assert_shows("Atelier");
    world.stranger_at("atelier").get("/").assert_ok().assert_shows("Atelier");
}
