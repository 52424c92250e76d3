//! What a limit changes at once when it comes, becomes another or ends.

use std::{thread, time::Duration};

use super::{BRAND, RESOURCES, client, last_part, limit_ben, page_of_ben, portal};
use crate::{
    on_both,
    world::{Line, Page, Person, World, until},
};

on_both! {
    p12_a_limit_counts_from_the_very_next_request_and_so_does_its_end,
    p12_what_is_taken_from_the_client_is_taken_from_their_member,
    p12_what_was_on_its_way_when_a_limit_came_is_not_kept,
    whoever_takes_a_portal_from_their_last_client_is_led_to_that_client,
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
