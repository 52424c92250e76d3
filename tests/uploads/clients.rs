//! What clients send by the protocol goes where they may put files, and nowhere else.

use super::{Sender, content};
use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    a_client_sends_into_a_folder_in_several_requests,
    what_is_asked_for_arrives_in_several_requests,
    p12_a_folder_that_closes_meanwhile_takes_nothing_more,
    p8_an_upload_has_no_other_place,
}

/// `plan.txt`.
const PLAN: &str = "filename cGxhbi50eHQ=";

fn portal_of(world: &World) -> Page {
    world.ada().visit("/staff/portals").press("Acme website relaunch")
}

/// Which takes files from clients.
fn folder(world: &World) -> String {
    let open = portal_of(world).press("From clients");
    open.url().query_pairs().find(|(name, _)| name == "folder").unwrap().1.into_owned()
}

fn carol_sends(world: &World, endpoint: String) -> Sender {
    let carol = world.carol();
    let portal = carol.visit("/").press("Acme website relaunch");
    Sender { person: carol, endpoint, portal }
}

fn a_client_sends_into_a_folder_in_several_requests(world: World) {
    let sender = carol_sends(&world, format!("/folders/{}/uploads", folder(&world)));
    let bytes = content(300_000);
    let upload = sender.create(PLAN, bytes.len());
    assert!(upload.starts_with("/uploads/"), "{upload}");
    sender.append(&upload, 0, &bytes[..100_000]).assert_status(204);
    assert_eq!(sender.offset(&upload), 100_000);
    sender.append(&upload, 100_000, &bytes[100_000..]).assert_status(204);
    let sent = sender.listing().press("From clients").press("plan.txt");
    let download = sender.person.get(&format!("{}/download", sent.path()));
    assert!(download.assert_ok().body == bytes);
    // Like what is sent in one request, it is between them and staff.
    world.cyril().get(sent.path()).assert_not_found();
}

fn what_is_asked_for_arrives_in_several_requests(world: World) {
    let asked = world.carol().visit("/requests").press("Content for the new website");
    let actions = asked.attributes("form[data-upload]", "action");
    let sender = carol_sends(&world, actions[0].replace("/file", "/uploads"));
    let before = asked.count("form[data-upload]");
    let upload = sender.create(PLAN, 9);
    sender.append(&upload, 0, b"the").assert_status(204);
    assert_eq!(sender.person.visit(asked.path()).texts(".badge"), asked.texts(".badge"));
    sender.append(&upload, 3, b" plan").assert_status(204);
    sender.append(&upload, 8, b".").assert_status(204);
    let after = sender.person.visit(asked.path());
    after.assert_shows("plan.txt");
    // It can be replaced until it is accepted.
    assert_eq!(after.count("form[data-upload]"), before);
    world.ada().visit(&format!("/staff{}", asked.path())).assert_shows("plan.txt");
}

fn p12_a_folder_that_closes_meanwhile_takes_nothing_more(world: World) {
    let folder = folder(&world);
    let sender = carol_sends(&world, format!("/folders/{folder}/uploads"));
    let upload = sender.create(PLAN, 9);
    sender.append(&upload, 0, b"the").assert_status(204);
    world.ada().post(&format!("/staff/folders/{folder}/uploads/removal"), &[]);
    sender.append(&upload, 3, b" plan.").assert_not_found();
    sender.person.send(sender.creation(PLAN, 9)).assert_not_found();
    sender.listing().press("From clients").assert_hides("plan.txt");
}

fn p8_an_upload_has_no_other_place(world: World) {
    let (folder, portal) = (folder(&world), portal_of(&world));
    let staffs = carol_sends(&world, format!("{}/uploads", portal.path()));
    staffs.person.send(staffs.creation(PLAN, 9)).assert_not_found();
    let closed = portal.press("Contracts");
    let (_, closed) = closed.url().query_pairs().find(|(name, _)| name == "folder").unwrap();
    let closed = carol_sends(&world, format!("/folders/{closed}/uploads"));
    closed.person.send(closed.creation(PLAN, 9)).assert_not_found();
    let endpoint = format!("/folders/{folder}/uploads");
    for stranger in [world.dora(), world.eve().at(&world.carol())] {
        let request = stranger.request(reqwest::Method::POST, &endpoint).header("Tus-Resumable", "1.0.0");
        let request = request.header("Sec-Fetch-Site", "same-origin").header("Upload-Length", 9);
        let answer = stranger.send(request);
        assert!(!answer.status.is_success(), "{stranger}: {answer}");
        assert!(!answer.header("location").contains("/uploads/"), "{stranger}: {answer}");
    }
}
