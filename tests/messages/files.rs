//! Files in messages: how they come and go, whom they reach, and that they go with their message.

use super::{message, shared_portal, theirs, with, write};
use crate::{
    on_both,
    retention::{set_limit, used},
    world::{Page, Upload, World, until},
};

on_both! {
    files_come_with_words_or_alone_and_reach_both_sides,
    p11_a_file_is_nobodys_but_of_those_in_the_conversation,
    p12_after_a_revocation_no_file_comes_or_goes,
    a_deleted_message_takes_its_files_along,
    t30_files_of_a_module_that_is_taken_out_stay_until_it_is_back,
    p33_what_could_run_is_only_downloaded,
    t11_names_are_data_and_too_many_files_are_refused,
    t11_files_in_messages_take_up_the_organizations_room,
    p43_refused_words_stay_and_say_that_files_are_chosen_again,
    p30_a_message_is_found_by_the_names_of_its_files,
}

#[track_caller]
fn send(conversation: &Page, words: &str, files: impl IntoIterator<Item = Upload>) -> Page {
    conversation.form_with_field("Message").fill("Message", words).attach("Files", files).submit()
}

/// Where the files of a conversation's messages are, in their order.
fn files(conversation: &Page) -> Vec<String> {
    conversation.attributes(".message-files a", "href")
}

fn objects(world: &World) -> usize {
    let objects = world.data().join("objects");
    let mut folders = vec![objects];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => count += 1,
            }
        }
    }
    count
}

fn files_come_with_words_or_alone_and_reach_both_sides(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let both = [Upload::text("hours.txt", "Nine to five."), Upload::text("empty.txt", "")];
    let page = send(&carol.visit(&theirs(&portal)), "Enclosed.", both).follow();
    page.assert_ok().assert_shows("Enclosed.").assert_shows("hours.txt").assert_shows("empty.txt");
    let of_carol = files(&page);
    assert_eq!(of_carol.len(), 2);
    let file = carol.get(&of_carol[0]);
    assert_eq!(file.assert_ok().source(), "Nine to five.");
    assert!(file.header("content-disposition").contains("hours.txt"), "{file}");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(carol.get(&of_carol[1]).assert_ok().source(), "");
    // T18
    world.ada().visit("/staff/settings/audit").assert_shows("Downloaded a file of a message");

    let of_ada = files(&with(&ada, &portal, "Carol Meyer"));
    assert_eq!(ada.get(&of_ada[0]).assert_ok().source(), "Nine to five.");
    let answer = send(&with(&ada, &portal, "Carol Meyer"), "", [Upload::text("plan.txt", "A plan.")]);
    answer.follow().assert_ok().assert_shows("plan.txt");
    assert_eq!(files(&carol.visit(&theirs(&portal))).len(), 3);
    for list in [ada.visit("/staff/messages"), carol.visit("/messages")] {
        list.row("Annual accounts").assert_shows("Ada Berg: Files");
    }
    // In place, as htmx sends it.
    let form = carol
        .visit(&theirs(&portal))
        .form_with_field("Message")
        .attach("Files", [Upload::text("b.txt", "b")]);
    form.partial().submit().assert_ok().assert_shows("b.txt");
    // Neither words nor a file.
    let nothing = send(&carol.visit(&theirs(&portal)), "", []);
    assert!(nothing.assert_status(422).field_error("Message").contains("Write something first."));
}

fn p11_a_file_is_nobodys_but_of_those_in_the_conversation(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol, cyril, eve) = (world.ada(), world.carol(), world.cyril(), world.eve());
    let page =
        send(&carol.visit(&theirs(&portal)), "", [Upload::text("quokkasalary.txt", "Secret.")]).follow();
    let of_carol = files(&page).remove(0);
    let of_ada = files(&with(&ada, &portal, "Carol Meyer")).remove(0);
    let id = of_carol.rsplit('/').nth(1).unwrap();
    for other in [&cyril, &world.dora(), &eve] {
        let nobodys = other.get(&of_carol.replace(id, &"0".repeat(32)));
        let answer = other.get(&of_carol);
        assert_eq!(answer.assert_not_found().text(), nobodys.text());
        other.get(&of_ada).assert_not_found();
    }
    cyril.visit(&theirs(&portal)).assert_hides("quokka");
    // Under another message, and in another conversation, it is not there either.
    let form = cyril.visit(&theirs(&portal)).form_with_field("Message").fill("Message", "Bonjour");
    let of_cyril = form.attach("Fichiers", [Upload::text("a.txt", "a")]).submit().follow();
    let own = files(&of_cyril).remove(0);
    cyril.get(&own).assert_ok();
    cyril.get(&own.replace(own.rsplit('/').nth(1).unwrap(), id)).assert_not_found();
    let foreign = with(&ada, &portal, "Cyril Dubois").path().to_owned();
    let conversation = with(&ada, &portal, "Carol Meyer").path().to_owned();
    ada.get(&of_ada.replace(&conversation, &foreign)).assert_not_found();
    let form =
        cyril.visit(&theirs(&portal)).form_with_field("Message").attach("Fichiers", [Upload::text("x", "x")]);
    form.by(&world.dora()).submit().assert_not_found();
    assert_eq!(world.stranger().get(&of_carol).redirect_target().unwrap().path(), "/sign-in");
}

fn p12_after_a_revocation_no_file_comes_or_goes(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let page = send(&carol.visit(&theirs(&portal)), "Here.", [Upload::text("hours.txt", "Nine.")]).follow();
    let late = page
        .form_with_field("Message")
        .fill("Message", "Late.")
        .attach("Files", [Upload::text("l.txt", "l")]);
    let of_ada = with(&ada, &portal, "Carol Meyer");
    let late_of_ada = of_ada.form_with_field("Message").attach("Files", [Upload::text("m.txt", "m")]);
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    let before = objects(&world);
    carol.get(&files(&page)[0]).assert_not_found();
    late.submit().assert_not_found();
    late_of_ada.submit().assert_status(409);
    assert_eq!(objects(&world), before);
    ada.get(&files(&of_ada)[0]).assert_ok();
}

/// With this module taken out from the next start on; with all of them for an empty name.
fn restart_without(world: &mut World, module: &str) {
    let index = world.data().join("search");
    let server = world.server_mut();
    server.set("PORTICO_TEST_WITHOUT", module);
    server.stop();
    std::fs::remove_dir_all(index).unwrap();
    server.launch();
    server.wait_until_ready();
}

fn t30_files_of_a_module_that_is_taken_out_stay_until_it_is_back(mut world: World) {
    let portal = shared_portal(&world);
    let conversation = world.carol().visit(&theirs(&portal));
    let page = send(&conversation, "Enclosed.", [Upload::text("hours.txt", "Nine.")]).follow();
    let file = files(&page).remove(0);
    world.clock().advance(1);
    until(|| world.database().snapshot(&[]).holds("files messages"));

    restart_without(&mut world, "messages");
    world.clock().advance(40);
    let ada = world.sign_in("ada@studio.test");
    until(|| ada.visit("/staff/settings/storage").shows("1 object in the storage belongs to no file."));

    restart_without(&mut world, "");
    world.clock().advance(1);
    let ada = world.sign_in("ada@studio.test");
    until(|| ada.visit("/staff/settings/storage").shows("Every file was where it should be"));
    assert_eq!(world.sign_in("carol@acme.test").get(&file).assert_ok().source(), "Nine.");
}

fn a_deleted_message_takes_its_files_along(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    let before = objects(&world);
    let page =
        send(&carol.visit(&theirs(&portal)), "Enclosed.", [Upload::text("quokka.txt", "Nine.")]).follow();
    assert_eq!(objects(&world), before + 1);
    let of_ada = files(&with(&ada, &portal, "Carol Meyer")).remove(0);
    let dialog = message(&carol, &page, "Enclosed.").press("Delete");
    dialog.form_with_button("Delete").submit().follow().assert_ok().assert_hides("quokka");
    carol.get(&files(&page)[0]).assert_not_found();
    ada.get(&of_ada).assert_not_found();
    until(|| objects(&world) == before);
    // And with its portal.
    send(&carol.visit(&theirs(&portal)), "Again.", [Upload::text("wombat.txt", "Ten.")]).follow().assert_ok();
    ada.post(&format!("{}/deletion", portal.path()), &[]).follow().assert_ok();
    world.clock().advance(31);
    until(|| !world.database().snapshot(&["events.*", "jobs.*"]).holds("wombat.txt"));
    until(|| objects(&world) <= before);
}

fn p33_what_could_run_is_only_downloaded(world: World) {
    let portal = shared_portal(&world);
    let carol = world.carol();
    let hostile = "<script>alert(1)</script>";
    let both = [
        Upload::new("page.html", "text/html", format!("<!doctype html><html><body>{hostile}</body></html>")),
        Upload::new(
            "x.svg",
            "image/svg+xml",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{hostile}</svg>"),
        ),
    ];
    let page = send(&carol.visit(&theirs(&portal)), "", both).follow();
    for file in files(&page) {
        let file = carol.get(&file);
        assert!(file.assert_ok().header("content-disposition").starts_with("attachment"), "{file}");
        assert_eq!(file.header("content-type"), "application/octet-stream");
        assert!(file.header("content-security-policy").contains("sandbox"), "{file}");
    }
}

fn t11_names_are_data_and_too_many_files_are_refused(world: World) {
    let portal = shared_portal(&world);
    let carol = world.carol();
    let names =
        ["../../etc/passwd", "<img src=x onerror=alert(1)>.txt", "a\u{202e}fdp.exe", &"x".repeat(300)];
    let hostile = names.map(|name| Upload::text(name, "x"));
    let page = send(&carol.visit(&theirs(&portal)), "", hostile).follow();
    page.assert_ok().assert_shows("etc-passwd").assert_shows("<img src=x onerror=alert(1)>.txt");
    assert_eq!(page.count(".message-files img"), 0);
    page.assert_hides("\u{202e}").assert_hides(&"x".repeat(201));
    let before = objects(&world);
    let many = (0..21).map(|number| Upload::text(&format!("{number}.txt"), "x"));
    let refused = send(&carol.visit(&theirs(&portal)), "All of them.", many);
    assert!(refused.assert_status(422).field_error("Files").contains("too many files"), "{refused}");
    // Clients may have no place in the portal for them.
    refused.assert_hides("into the portal");
    assert_eq!(refused.form_with_field("Message").value("Message"), "All of them.");
    until(|| objects(&world) == before);
}

fn t11_files_in_messages_take_up_the_organizations_room(world: World) {
    let portal = shared_portal(&world);
    let carol = world.carol();
    let limit = used(&world).div_ceil(1_000_000) + 4;
    set_limit(&world, limit);
    let large = || [Upload::new("large.bin", "application/octet-stream", vec![7; 2_500_000])];
    send(&carol.visit(&theirs(&portal)), "One.", large()).follow().assert_ok();
    assert!(used(&world) >= 2_500_000);
    let refused = send(&carol.visit(&theirs(&portal)), "Two.", large());
    assert!(refused.assert_status(422).field_error("Files").contains("no room"), "{refused}");
    assert_eq!(refused.form_with_field("Message").value("Message"), "Two.");
    carol.visit(&theirs(&portal)).assert_hides("Two.");
}

fn p43_refused_words_stay_and_say_that_files_are_chosen_again(world: World) {
    let portal = shared_portal(&world);
    let before = objects(&world);
    let long = "é".repeat(10_001);
    for page in [world.carol().visit(&theirs(&portal)), with(&world.ada(), &portal, "Carol Meyer")] {
        let refused = send(&page, &long, [Upload::text("a.txt", "a")]);
        assert!(refused.assert_status(422).field_error("Message").contains("at most 10,000"), "{refused}");
        assert!(refused.field_error("Files").contains("Choose them again."), "{refused}");
        assert_eq!(refused.form_with_field("Message").value("Message"), long);
    }
    assert_eq!(objects(&world), before);
    // T16
    let carol = world.carol();
    let page = carol.visit(&theirs(&portal));
    let file = || vec![("files", Upload::text("a.txt", "a"))];
    for fields in [&[("author", "x")][..], &[("message", "a"), ("message", "b")]] {
        carol.upload(page.path(), fields, file()).assert_status(400);
    }
    assert_eq!(write(&page, "Words alone.").count(".message-files"), 0);
}

fn p30_a_message_is_found_by_the_names_of_its_files(world: World) {
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    send(&carol.visit(&theirs(&portal)), "", [Upload::text("quokkasalary.txt", "Nine.")])
        .follow()
        .assert_ok();
    for (person, path) in [(&ada, "/staff/search"), (&carol, "/search")] {
        until(|| person.partial_get(&format!("{path}?q=quokkasalary")).shows("Annual accounts"));
    }
    world.cyril().partial_get("/search?q=quokkasalary").assert_hides("Annual accounts");
}
