//! Members whom the owner limits to chosen clients or projects. That they are told nothing by any route is tests/walls.rs.

mod news;

use std::{thread, time::Duration};

use crate::{
    on_both,
    steps::{ask_for_approval, new_portal, note_form, open_form, share, upload_form},
    world::{Line, Page, Person, Upload, World, until},
};

on_both! {
    a_limited_member_with_nothing_chosen_sees_nothing,
    a_chosen_client_is_seen_with_their_projects_and_portals_and_nobody_elses,
    a_chosen_project_is_seen_with_its_client_and_nothing_else_of_theirs,
    p12_a_limit_counts_from_the_very_next_request_and_so_does_its_end,
    p12_what_is_taken_from_the_client_is_taken_from_their_member,
    p12_what_was_on_its_way_when_a_limit_came_is_not_kept,
    whoever_takes_a_portal_from_their_last_client_is_led_to_that_client,
    what_another_client_sent_into_a_shared_portal_is_not_there,
    a_limited_member_shares_with_their_own_clients_alone,
    p33_files_go_in_and_out_within_the_limit,
    milestones_are_looked_after_within_the_limit,
    what_their_clients_write_is_read_and_answered_and_nothing_else,
    their_clients_are_asked_for_files_and_approval_and_nobody_else,
    t3_a_search_finds_what_lies_within_the_limit,
    owners_and_admins_cannot_be_limited,
    p43_a_choice_that_is_none_is_answered_at_its_field_with_the_ticks_kept,
    p40_among_many_clients_one_is_found_with_the_ticks_kept,
    p11_limits_are_there_for_owners_and_admins_of_the_same_organization,
    t4_an_open_page_hears_of_nothing_beyond_the_limit,
    t4_an_open_page_hears_of_no_room,
    nobody_who_is_limited_is_told_of_others_in_lists_and_mails,
    t18_limits_stand_in_the_audit_log,
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

fn p12_a_limit_counts_from_the_very_next_request_and_so_does_its_end(world: World) {
    let (ben, brand) = (world.ben(), portal(&world, BRAND));
    ben.get(brand.path()).assert_ok();
    limit_ben(&world, &["carol@acme.test"]);
    ben.get(brand.path()).assert_not_found();
    limit_ben(&world, &["dora@globex.test"]);
    ben.get(brand.path()).assert_ok();
    let page = page_of_ben(&world);
    page.assert_shows("Carol Meyer").assert_shows("Dora Lindt");
    let form = page.press("Choose what they see").form_with_button("Save");
    form.tick("Everything").submit().follow().assert_ok().assert_hides("Carol Meyer");
    ben.get("/staff/invoices").assert_ok();
    ben.visit("/staff/clients").assert_shows("cyril@acme.test");
}

fn p12_what_is_taken_from_the_client_is_taken_from_their_member(world: World) {
    let (ada, resources) = (world.ada(), portal(&world, RESOURCES));
    let ben = limit_ben(&world, &["carol@acme.test"]);
    ben.get(resources.path()).assert_ok();
    let carol = last_part(&client(&world, "carol@acme.test"));
    let grant = format!("{}/grants/{carol}", resources.path());
    assert!(ada.post(&format!("{grant}/revocation"), &[]).status.is_redirection());
    ben.get(resources.path()).assert_not_found();
    assert!(ada.post(&format!("{grant}/restoration"), &[]).status.is_redirection());
    ben.get(resources.path()).assert_ok();
}

fn p12_what_was_on_its_way_when_a_limit_came_is_not_kept(world: World) {
    let (ada, ben, brand) = (world.ada(), world.ben(), portal(&world, BRAND));
    let part = |name: &str| {
        format!("--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n")
    };
    let begin = format!("{}A letter.\r\n{}the first half", part("letter.txt"), part("plan.txt"));
    let end = " and the second\r\n--X--\r\n";
    let length = begin.len() + end.len();
    let more = format!("Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {length}\r\n");
    let mut upload = Line::open(&ben);
    upload.send(Line::head(&ben, &format!("POST {}/files", brand.path()), &more) + &begin).unwrap();
    // By then it has begun with the plan.
    until(|| ada.visit(brand.path()).shows("letter.txt"));
    let mut note = a_note_half_way(&ben, &brand);
    limit_ben(&world, &["carol@acme.test"]);
    upload.send(end).unwrap();
    assert_eq!(upload.hear().unwrap().status, 404);
    note.send("stoat").unwrap();
    assert_eq!(note.hear().unwrap().status, 404);

    limit_ben(&world, &["dora@globex.test"]);
    ben.get(brand.path()).assert_ok();
    let mut note = a_note_half_way(&ben, &brand);
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Save");
    let label =
        form.labels().into_iter().find(|label| label.contains("dora@globex.test")).unwrap().to_owned();
    form.untick(&label).submit().follow().assert_ok();
    note.send("stoat").unwrap();
    assert_eq!(note.hear().unwrap().status, 404);
    ada.visit(brand.path()).assert_shows("letter.txt").assert_hides("plan.txt").assert_hides("stoat");
}

/// Its last word is missing. Should nobody have looked at who sends it, it is refused when it is complete.
fn a_note_half_way(person: &Person, portal: &Page) -> Line {
    let form = Line::form(person, &format!("{}/notes", portal.path()), "folder=&note=Words.&title=The+stoat");
    let mut line = Line::open(person);
    line.send(form.strip_suffix("stoat").unwrap()).unwrap();
    thread::sleep(Duration::from_millis(300));
    line
}

fn whoever_takes_a_portal_from_their_last_client_is_led_to_that_client(world: World) {
    let (ada, resources) = (world.ada(), portal(&world, RESOURCES));
    let carol = client(&world, "carol@acme.test");
    let ben = limit_ben(&world, &["carol@acme.test"]);
    let grant = format!("{}/grants/{}", resources.path(), last_part(&carol));
    let led = ben.post(&format!("{grant}/revocation"), &[]).follow();
    led.assert_ok().assert_shows("Carol Meyer").assert_hides(RESOURCES);
    assert_eq!(led.path(), carol.path());
    ben.get(resources.path()).assert_not_found();
    assert!(ada.post(&format!("{grant}/restoration"), &[]).status.is_redirection());
    // Nothing is offered that would not be there.
    let panel = ben.partial_post(&format!("{grant}/revocation?place=client"), &[]);
    panel.assert_ok();
    assert!(!panel.source().contains("/restoration"), "{panel}");
    assert!(ada.post(&format!("{grant}/restoration"), &[]).status.is_redirection());
    let panel = ada.partial_post(&format!("{grant}/revocation?place=client"), &[]);
    assert!(panel.source().contains("/restoration"), "{panel}");
}

fn what_another_client_sent_into_a_shared_portal_is_not_there(world: World) {
    let (ada, resources) = (world.ada(), portal(&world, RESOURCES));
    let guides = ada.visit(&resources.link("Guides"));
    let folder = guides.url().query_pairs().find(|(name, _)| name == "folder").unwrap().1.into_owned();
    assert!(ada.post(&format!("/staff/folders/{folder}/uploads"), &[]).status.is_redirection());
    for (person, name) in [(world.dora(), "marmot.txt"), (world.carol(), "heron.txt")] {
        let sent = Upload::text(name, "words");
        let answer = person.upload(&format!("/folders/{folder}/files"), &[], vec![("files", sent)]);
        assert!(answer.status.is_redirection(), "{answer}");
    }
    let here = format!("{}?folder={folder}", resources.path());
    let seen = ada.visit(&here);
    seen.assert_shows("heron.txt").assert_shows("marmot.txt");
    let (marmot, heron) = (seen.link("marmot.txt"), seen.link("heron.txt"));
    let ben = limit_ben(&world, &["carol@acme.test"]);
    ben.visit(&here).assert_ok().assert_shows("heron.txt").assert_hides("marmot.txt").assert_hides("Dora");
    ben.get(&heron).assert_ok().assert_hides("marmot.txt");
    for path in ["", "/content", "/download"] {
        ben.get(&format!("{marmot}{path}")).assert_not_found();
    }
    let item = marmot.rsplit('/').next().unwrap();
    ben.post(&format!("/staff/items/{item}/deletion"), &[]).assert_not_found();
    let selection = format!("{}/selection/deletion", resources.path());
    ben.post(&selection, &[("item", item)]).assert_not_found();
    let done = ben.get(&format!("{}?deleted={item}", resources.path()));
    done.assert_ok().assert_hides("marmot.txt");
    // Shown to everyone it is theirs, too, and whose it was is not told.
    assert!(ada.post(&format!("{marmot}/showing"), &[]).status.is_redirection());
    ben.visit(&here).assert_shows("marmot.txt").assert_hides("Dora");
    ben.get(&marmot).assert_ok().assert_hides("Dora");
    ben.post(&format!("{marmot}/showing/removal"), &[]).assert_not_found();
    ben.get(&marmot).assert_ok();
}

fn a_limited_member_shares_with_their_own_clients_alone(world: World) {
    let dora = last_part(&client(&world, "dora@globex.test"));
    let ben = limit_ben(&world, &["carol@acme.test", "hugo@lefevre.test"]);
    let dialog = ben.visit("/staff/portals").press(WEBSITE).press("Share");
    dialog.assert_shows("Hugo").assert_hides("Dora").assert_hides("Cyril");
    let form = dialog.form_with_button("Send invitation");
    for email in ["dora@globex.test", "nobody@new.test"] {
        let answer = form.clone().fill("Email", email).submit();
        answer.assert_status(422);
        assert!(answer.field_error("Email").contains("whom you see"), "{answer}");
    }
    form.clone().smuggle("person", &dora).submit().assert_status(422);
    let shared = form.fill("Email", "hugo@lefevre.test").submit().follow();
    shared.assert_ok().assert_shows("Hugo Lefèvre");
    world.ada().visit("/staff/clients").assert_hides("nobody@new.test");
    let resources = portal(&world, RESOURCES);
    resources.assert_shows("Dora Lindt");
}

fn p33_files_go_in_and_out_within_the_limit(world: World) {
    let ben = limit_ben(&world, &["carol@acme.test"]);
    let brand = portal(&world, BRAND);
    let website = ben.visit("/staff/portals").press(WEBSITE);
    let file = |name| vec![("files", Upload::text(name, "A cormorant."))];
    assert!(ben.upload(&format!("{}/files", website.path()), &[], file("plan.txt")).status.is_redirection());
    ben.upload(&format!("{}/files", brand.path()), &[], file("plan.txt")).assert_not_found();
    brand.assert_hides("plan.txt");
    let page = ben.visit(&ben.visit(website.path()).link("plan.txt"));
    page.assert_ok().assert_shows("cormorant");
    assert_eq!(ben.get(&format!("{}/download", page.path())).assert_ok().source(), "A cormorant.");
    ben.get(&format!("{}/download", website.path())).assert_ok();
    ben.get(&format!("{}/download", brand.path())).assert_not_found();
    let form = page_of_ben(&world).press("Choose what they see").form_with_button("Save");
    let label = form.labels().into_iter().find(|label| label.contains("carol@acme.test")).unwrap().to_owned();
    form.untick(&label).submit().follow().assert_ok();
    ben.get(page.path()).assert_not_found();
    ben.get(&format!("{}/download", page.path())).assert_not_found();
}

fn milestones_are_looked_after_within_the_limit(world: World) {
    let ben = limit_ben(&world, &["carol@acme.test"]);
    let ada = world.ada();
    let foreign = ada.visit("/staff/projects").press(BRAND);
    let milestone = |page: &Page| {
        let all = page.attributes("form[action^='/staff/milestones/']", "action");
        all.into_iter().find(|action| action.ends_with("/completion")).unwrap()
    };
    ben.post(&milestone(&foreign), &[]).assert_not_found();
    let own = ben.visit("/staff/projects").press(WEBSITE);
    assert!(!own.has_button("Edit"));
    assert!(ben.post(&milestone(&own), &[]).status.is_redirection());
}

fn what_their_clients_write_is_read_and_answered_and_nothing_else(world: World) {
    let resources = portal(&world, RESOURCES);
    let theirs = format!("{}/messages", resources.path().replacen("/staff", "", 1));
    let write = |page: &Page, words: &str| {
        page.form_with_field("Message").fill("Message", words).submit().follow().assert_ok();
    };
    write(&world.dora().visit(&theirs), "The quokka.");
    write(&world.carol().visit(&theirs), "The heron.");
    let ben = limit_ben(&world, &["carol@acme.test"]);
    ben.visit("/staff/messages").assert_shows("The heron.").assert_hides("The quokka.").assert_hides("Dora");
    let page = ben.visit(resources.path());
    page.assert_shows("The heron.").assert_hides("The quokka.");
    let here = format!("{}/messages", resources.path());
    let holders = ben.visit(&here);
    holders.assert_hides("Dora");
    write(&holders.press("Carol Meyer"), "A cormorant, rather.");
    world.carol().visit(&theirs).assert_shows("A cormorant, rather.");
    let dora = last_part(&client(&world, "dora@globex.test"));
    let foreign = format!("{here}/{dora}");
    ben.get(&foreign).assert_not_found();
    ben.upload(&foreign, &[("message", "Hello.")], Vec::new()).assert_not_found();
    ben.post(&format!("{foreign}/reading"), &[("number", "1")]).assert_not_found();
    world.dora().visit(&theirs).assert_hides("cormorant");
}

fn their_clients_are_asked_for_files_and_approval_and_nobody_else(world: World) {
    let resources = portal(&world, RESOURCES);
    let ask = |page: &Page, title: &str, client: &str| {
        let form = open_form(page, "Request files", "What it is about").fill("What it is about", title);
        let form = form.fill("Files, one line each", "A photograph").fill("From", client);
        form.fill("Wanted by", "2100-01-31").submit().follow()
    };
    let of_dora = ask(&resources, "The quokka", "Dora Lindt");
    of_dora.assert_ok().assert_shows("The quokka");
    upload_form(&resources, [Upload::text("Poster.txt", "A draft.")]).submit().follow().assert_ok();
    let poster = world.ada().visit(resources.path()).press("Poster.txt");
    ask_for_approval(&poster, "dora@globex.test").assert_shows("Dora Lindt");

    let ben = limit_ben(&world, &["carol@acme.test"]);
    let page = ben.visit(resources.path());
    page.assert_hides("The quokka");
    ben.visit("/staff").assert_hides("The quokka");
    let own = ask(&page, "The heron", "Carol Meyer");
    own.assert_ok().assert_shows("The heron").assert_shows("Carol Meyer");
    ben.visit(resources.path()).assert_shows("The heron").assert_hides("The quokka");
    page.press("Request files").assert_hides("Dora");
    ben.get(of_dora.path()).assert_not_found();
    for what in ["reminder", "withdrawal"] {
        ben.post(&format!("{}/{what}", of_dora.path()), &[]).assert_not_found();
    }
    let dora = last_part(&client(&world, "dora@globex.test"));
    let fields = [
        ("title", "The stoat"),
        ("wanted", "A photograph"),
        ("person", dora.as_str()),
        ("due_on", "2100-01-31"),
        ("message", ""),
        ("folder", ""),
    ];
    ben.post(&format!("{}/requests", resources.path()), &fields).assert_status(422);

    let file = ben.visit(poster.path());
    file.assert_ok().assert_hides("Dora");
    ask_for_approval(&file, "carol@acme.test").assert_shows("Carol Meyer").assert_hides("Dora");
    ben.post(&format!("{}/approvals", file.path()), &[("person", &dora)]).assert_not_found();
    let withdrawals = world.ada().visit(poster.path()).attributes("form[action$='/withdrawal']", "action");
    assert_eq!(withdrawals.len(), 2, "{withdrawals:?}");
    let answers: Vec<u16> = withdrawals.iter().map(|action| ben.post(action, &[]).status.as_u16()).collect();
    assert!(answers.contains(&404) && answers.contains(&303), "{answers:?}");
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
