//! Invariant 3: a change and its event are written together, or neither is.

use crate::{
    on_both,
    steps::{new_portal, note_form, share, upload_form},
    world::{Backend, Form, Upload, World},
};

on_both! {
    without_its_event_no_change_is_kept,
    without_its_change_no_event_is_kept,
    t31_without_the_mail_that_it_causes_no_change_is_kept,
}

/// Nothing is written into this table any more.
fn refuse_rows(world: &World, table: &str) {
    let statements: &[&str] = match world.database().backend() {
        Backend::Sqlite => {
            &["CREATE TRIGGER refusal BEFORE INSERT ON ~ BEGIN SELECT RAISE(ABORT, 'not one more'); END"]
        }
        Backend::Postgres => &[
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN RAISE EXCEPTION ''not one more''; END'",
            "CREATE TRIGGER refusal BEFORE INSERT ON ~ FOR EACH ROW EXECUTE FUNCTION refuse()",
        ],
    };
    for statement in statements {
        world.database().execute(&statement.replace('~', table)).unwrap();
    }
}

fn allow_rows(world: &World, table: &str) {
    let statement = match world.database().backend() {
        Backend::Sqlite => "DROP TRIGGER refusal",
        Backend::Postgres => "DROP TRIGGER refusal ON ~",
    };
    world.database().execute(&statement.replace('~', table)).unwrap();
}

/// What only the queue writes, and the kernel's own bookkeeping behind the events.
const BEHIND: [&str; 2] = ["jobs.*", "cursors.*"];

/// Each fails while rows of `table` are refused, leaves nothing, and works afterwards.
fn assert_all_or_nothing(world: &World, table: &str, changes: &[Form]) {
    let before = world.database().at_rest(&BEHIND);
    refuse_rows(world, table);
    for change in changes {
        let refused = change.submit();
        assert!(refused.status.is_server_error(), "{}: {refused}", change.path());
    }
    let left = before.changes_until(&world.database().at_rest(&BEHIND));
    assert!(left.is_none(), "{}", left.unwrap());

    allow_rows(world, table);
    for change in changes {
        let done = change.submit();
        // Asking for a reset is answered on the spot.
        let is_done =
            if change.path() == "/reset" { done.status == 200 } else { done.status.is_redirection() };
        assert!(is_done, "{}: {done}", change.path());
    }
    let left = before.changes_until(&world.database().at_rest(&BEHIND));
    assert!(left.is_some(), "nothing was written");
}

fn without_its_event_no_change_is_kept(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "dora@globex.test");
    let changes = [
        note_form(&portal, "A note", "Words."),
        upload_form(&portal, [Upload::text("plan.txt", "Words.")]),
        ada.visit("/staff/portals")
            .press("New portal")
            .form_with_field("Name")
            .fill("Name", "Winter campaign"),
        ada.visit("/staff/companies").press("New company").form_with_field("Name").fill("Name", "Heron"),
        portal.press("Share").form_with_button("Send invitation").fill("Email", "zoe@acme.test"),
        ada.visit(portal.path()).row("dora@globex.test").form_with_button("Revoke"),
        world.carol().visit("/account").form_with_field("Name").fill("Name", "Carol Heron"),
    ];
    assert_all_or_nothing(&world, "events", &changes);
}

fn without_its_change_no_event_is_kept(world: World) {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let notes = ["One", "Two"].map(|title| note_form(&portal, title, "Words."));
    assert_all_or_nothing(&world, "notes", &notes);
}

fn t31_without_the_mail_that_it_causes_no_change_is_kept(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    let changes = [
        portal.press("Share").form_with_button("Send invitation").fill("Email", "zoe@acme.test"),
        upload_form(&portal, [Upload::text("plan.txt", "Words.")]),
        world.stranger().visit("/reset").form_with_field("Email").fill("Email", "carol@acme.test"),
    ];
    assert_all_or_nothing(&world, "jobs", &changes);
}
