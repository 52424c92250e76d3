//! Members whom the owner limits to chosen clients or projects. That they are told nothing by any route is tests/walls.rs.

mod changing;
mod choosing;
mod news;
mod working;

use crate::{
    on_both,
    steps::{new_portal, note_form, share},
    world::{Page, Person, World, until},
};

on_both! {
    a_limited_member_with_nothing_chosen_sees_nothing,
    a_chosen_client_is_seen_with_their_projects_and_portals_and_nobody_elses,
    a_chosen_project_is_seen_with_its_client_and_nothing_else_of_theirs,
    t3_a_search_finds_what_lies_within_the_limit,
    t4_an_open_page_hears_of_nothing_beyond_the_limit,
    t4_an_open_page_hears_of_no_room,
    nobody_who_is_limited_is_told_of_others_in_lists_and_mails,
}

const WEBSITE: &str = "Acme website relaunch";
const BRAND: &str = "Globex brand refresh";
const RESOURCES: &str = "Studio resources";
const CHOSEN: &str = "Only chosen clients and projects";
const CLOSED: [&str; 16] = [
    "/staff/announcements",
    "/staff/awaited",
    "/staff/clients/new",
    "/staff/companies",
    "/staff/deleted",
    "/staff/invitations",
    "/staff/invoices",
    "/staff/invoices/new",
    "/staff/portals/new",
    "/staff/projects/new",
    "/staff/quotes",
    "/staff/settings",
    "/staff/subscriptions",
    "/staff/templates",
    "/staff/portals/1",
    "/staff/nothing-like-this",
];

fn page_of_ben(world: &World) -> Page {
    let ada = world.ada();
    ada.visit(&ada.visit("/staff/people").link("Ben Okafor"))
}

/// Ben sees these, and whatever was chosen for him before.
pub fn limit_ben(world: &World, chosen: &[&str]) -> Person {
    let mut form = page_of_ben(world).press("Choose what they see").form_with_button("Save").tick(CHOSEN);
    for words in chosen {
        let label = form.labels().into_iter().find(|label| label.contains(words)).unwrap().to_owned();
        form = form.tick(&label);
    }
    form.submit().follow().assert_ok();
    world.ben()
}

fn portal(world: &World, name: &str) -> Page {
    world.ada().visit("/staff/portals").press(name)
}

fn last_part(page: &Page) -> String {
    page.path().rsplit('/').next().unwrap().to_owned()
}

fn client(world: &World, email: &str) -> Page {
    let ada = world.ada();
    let row = ada.visit("/staff/clients").row(email);
    ada.visit(&row.attributes("a[href^='/staff/clients/']", "href")[0])
}

fn a_limited_member_with_nothing_chosen_sees_nothing(world: World) {
    let ben = limit_ben(&world, &[]);
    page_of_ben(&world).assert_shows("Nothing was chosen");
    for path in ["/staff", "/staff/clients", "/staff/projects", "/staff/portals"] {
        let page = ben.visit(path);
        for words in ["Carol", "Dora", WEBSITE, BRAND, RESOURCES, "Invoices", "Settings"] {
            page.assert_ok().assert_hides(words);
        }
    }
    for path in CLOSED {
        ben.get(path).assert_not_found();
    }
    ben.visit("/").assert_ok();
    // What is their own stays theirs.
    ben.get("/staff/account").assert_ok().assert_shows("ben@studio.test");
}

fn a_chosen_client_is_seen_with_their_projects_and_portals_and_nobody_elses(world: World) {
    let foreign =
        [portal(&world, BRAND), client(&world, "dora@globex.test"), client(&world, "cyril@acme.test")];
    let ben = limit_ben(&world, &["carol@acme.test"]);
    ben.visit("/staff/clients").assert_shows("Carol Meyer").assert_hides("Cyril").assert_hides("Dora");
    ben.visit("/staff/projects").assert_shows(WEBSITE).assert_hides(BRAND).assert_hides("Lindqvist");
    let portals = ben.visit("/staff/portals");
    portals.assert_shows(WEBSITE).assert_shows(RESOURCES).assert_hides(BRAND);
    let row = portals.row(RESOURCES);
    assert!(row.shows("1 client"), "Dora has it, too, which is not for him to know: {row}");
    ben.visit("/staff").assert_shows(WEBSITE).assert_hides(BRAND).assert_hides("Dora");

    let website = portals.press(WEBSITE);
    website.assert_shows("Where we are").assert_shows("carol@acme.test").assert_hides("ines@acme.test");
    let noted = note_form(&website, "From Ben", "The marzipan heron.").submit().follow();
    noted.assert_ok().assert_shows("From Ben");
    let resources = portals.press(RESOURCES);
    resources.assert_ok().assert_shows("Carol Meyer").assert_hides("Dora");
    let carol = ben.visit("/staff/clients").press("Carol Meyer");
    carol.assert_ok().assert_shows(WEBSITE).assert_shows(RESOURCES);
    assert!(!carol.has_button("Delete"));

    for page in &foreign {
        ben.get(page.path()).assert_not_found();
    }
    let brand = foreign[0].path();
    for path in ["items", "notes/new", "grants", "sharing", "download", "settings", "name"] {
        ben.get(&format!("{brand}/{path}")).assert_not_found();
    }
    ben.post(&format!("{brand}/notes"), &[("title", "A"), ("note", "B")]).assert_not_found();
    // Not even with one id that is theirs.
    let (mine, dora) = (website.path(), last_part(&foreign[1]));
    ben.post(&format!("{mine}/grants/{dora}/revocation"), &[]).assert_not_found();
    // Two pages that are theirs and yet are of those who see everything.
    ben.get(&format!("{mine}/settings")).assert_not_found();
    ben.post(&format!("{mine}/deletion"), &[]).assert_not_found();
    portal(&world, WEBSITE).assert_ok();
}

fn a_chosen_project_is_seen_with_its_client_and_nothing_else_of_theirs(world: World) {
    let ben = limit_ben(&world, &[WEBSITE]);
    let (website, resources) = (portal(&world, WEBSITE), portal(&world, RESOURCES));
    ben.visit("/staff/projects").assert_shows(WEBSITE).assert_hides(BRAND);
    ben.get(website.path()).assert_ok();
    ben.get(resources.path()).assert_not_found();
    let clients = ben.visit("/staff/clients");
    clients.assert_shows("Carol Meyer").assert_hides("Cyril");
    clients.press("Carol Meyer").assert_ok().assert_shows(WEBSITE).assert_hides(RESOURCES);
}

fn t3_a_search_finds_what_lies_within_the_limit(world: World) {
    let (ada, brand, resources) = (world.ada(), portal(&world, BRAND), portal(&world, RESOURCES));
    note_form(&brand, "A marmot", "The xylophone of others.").submit().follow().assert_ok();
    note_form(&resources, "A stoat", "The xylophone of ours.").submit().follow().assert_ok();
    let theirs = format!("{}/messages", resources.path().replacen("/staff", "", 1));
    let played = [(world.dora(), "A quokka plays the tuba."), (world.carol(), "A heron plays the viola.")];
    for (person, words) in played {
        let page = person.visit(&theirs);
        page.form_with_field("Message").fill("Message", words).submit().follow().assert_ok();
    }
    for (word, title) in [("xylophone", "A marmot"), ("xylophone", "A stoat"), ("quokka", "the tuba")] {
        until(|| ada.visit(&format!("/staff/search?q={word}")).shows(title));
    }
    let ben = limit_ben(&world, &["carol@acme.test"]);
    until(|| ben.visit("/staff/search?q=heron").shows("the viola"));
    let found = ben.visit("/staff/search?q=xylophone");
    found.assert_shows("A stoat").assert_hides("A marmot").assert_hides(BRAND);
    ben.visit("/staff/search?q=quokka").assert_hides("the tuba").assert_hides("Dora");
    ben.visit("/staff/search?q=xyloph").assert_shows("A stoat").assert_hides("A marmot");
    ben.visit("/staff/search?q=globex").assert_ok().assert_hides("Dora").assert_hides(BRAND);
    let narrowed = format!("/staff/search?q=xylophone&portal={}", last_part(&brand));
    ben.get(&narrowed).assert_not_found();
    // Before the index hears of anything.
    let carol = last_part(&client(&world, "carol@acme.test"));
    let grant = format!("{}/grants/{carol}", resources.path());
    assert!(ada.post(&format!("{grant}/revocation"), &[]).status.is_redirection());
    ben.visit("/staff/search?q=xylophone").assert_hides("A stoat");
}

fn t4_an_open_page_hears_of_nothing_beyond_the_limit(world: World) {
    let (ben, brand) = (world.ben(), portal(&world, BRAND));
    let begun_before = ben.listen("/staff/live");
    limit_ben(&world, &["carol@acme.test"]);
    let begun_since = ben.listen("/staff/live");
    let foreign = last_part(&brand);
    note_form(&brand, "Of others", "Words.").submit().follow().assert_ok();
    let ada = world.ada();
    let fresh = new_portal(&ada, "Made since");
    share(&fresh, "carol@acme.test");
    note_form(&fresh, "Of ours", "Words.").submit().follow().assert_ok();
    let ours = format!("portal:{}", last_part(&fresh));
    for stream in [begun_before, begun_since] {
        loop {
            let event = stream.next();
            assert!(!event.data.contains(&foreign), "{event:?}");
            if event.data.contains(&ours) {
                break;
            }
        }
    }
}

fn t4_an_open_page_hears_of_no_room(world: World) {
    let (ada, website) = (world.ada(), portal(&world, WEBSITE));
    let ben = limit_ben(&world, &["carol@acme.test"]);
    let stream = ben.listen("/staff/live");
    let form = ada.visit("/staff/messages").press("New room").form_with_field("Name");
    let form = form.fill("Name", "Quiet corner").tick("Carol Meyer carol@acme.test");
    let room = form.submit().follow();
    room.form_with_field("Message").fill("Message", "The quokka.").submit().follow().assert_ok();
    note_form(&website, "Of ours", "Words.").submit().follow().assert_ok();
    let (room, ours) = (last_part(&room), format!("portal:{}", last_part(&website)));
    loop {
        let event = stream.next();
        assert!(!event.data.contains(&room), "{event:?}");
        if event.data.contains(&ours) {
            break;
        }
    }
}

fn nobody_who_is_limited_is_told_of_others_in_lists_and_mails(world: World) {
    let (ben, brand) = (world.ben(), portal(&world, BRAND));
    let write = |page: &Page, words: &str| {
        page.form_with_field("Message").fill("Message", words).submit().follow().assert_ok();
    };
    let conversation = ben.visit(&format!("{}/messages", brand.path())).press("Dora Lindt");
    write(&conversation, "Good morning.");
    limit_ben(&world, &["carol@acme.test"]);
    ben.get(conversation.path()).assert_not_found();
    ben.visit("/staff/messages").assert_ok().assert_hides("Good morning.").assert_hides("Dora");
    for email in ["ada@studio.test", "ben@studio.test"] {
        world.mailbox().so_far_to(email);
    }
    // He alone wrote in it; now it is the owner's to answer.
    let theirs = format!("{}/messages", brand.path().replacen("/staff", "", 1));
    write(&world.dora().visit(&theirs), "The quokka.");
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_to("ada@studio.test");
    assert!(mail.text.contains("The quokka."), "{}", mail.text);
    assert!(world.mailbox().so_far_to("ben@studio.test").is_empty());
}
