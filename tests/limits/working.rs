//! What limited members do for their clients.

use super::{BRAND, RESOURCES, WEBSITE, client, last_part, limit_ben, page_of_ben, portal};
use crate::{
    on_both,
    steps::{ask_for_approval, open_form, upload_form},
    world::{Page, Upload, World},
};

on_both! {
    what_another_client_sent_into_a_shared_portal_is_not_there,
    a_limited_member_shares_with_their_own_clients_alone,
    p33_files_go_in_and_out_within_the_limit,
    milestones_are_looked_after_within_the_limit,
    what_their_clients_write_is_read_and_answered_and_nothing_else,
    their_clients_are_asked_for_files_and_approval_and_nobody_else,
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
