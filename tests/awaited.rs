//! Whom staff wait for, and the reminder that a button sends.

use crate::{
    billing, on_both,
    steps::{ask_for_approval, new_portal, open_form, share, upload_form, wait_for_the_queue},
    world::{Page, Person, Upload, World},
};

on_both! {
    everything_that_waits_for_a_client_stands_in_one_list_until_it_is_done,
    a_reminder_is_one_mail_a_day_in_the_readers_language,
    whoever_is_reminded_by_hand_is_not_reminded_by_the_clock_on_the_same_day,
    a_pressed_reminder_comes_whatever_its_reader_chose_and_the_clocks_own_does_not,
    p12_after_a_revocation_nobody_is_waited_for_or_reminded,
    p11_reminding_is_for_staff_of_the_same_organization,
}

const AWAITED: &str = "/staff/awaited";

fn awaited(staff: &Person) -> Page {
    staff.visit(AWAITED)
}

fn shared_portal(world: &World) -> Page {
    let portal = new_portal(&world.ada(), "Autumn campaign");
    share(&portal, "carol@acme.test");
    world.ada().visit(portal.path())
}

fn ask_for_files(portal: &Page, title: &str) -> Page {
    let form = open_form(portal, "Request files", "What it is about").fill("What it is about", title);
    let form = form.fill("Files, one line each", "Statements").fill("From", "Carol Meyer");
    let request = form.fill("Wanted by", "2199-12-31").submit().follow();
    request.assert_ok();
    request
}

fn everything_that_waits_for_a_client_stands_in_one_list_until_it_is_done(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = shared_portal(&world);
    let request = ask_for_files(&portal, "Year-end papers");
    let upload = upload_form(&portal, [Upload::text("Poster.txt", "words")]).submit().follow();
    let file = upload.press("Poster.txt");
    ask_for_approval(&file, "carol@acme.test").assert_ok();
    share(&portal, "zoe@acme.test");
    let invoice = billing::issued(&ada, "Carol Meyer", "40");
    let number = billing::number(&invoice);
    // Nobody was sent it, so nobody is waited for.
    awaited(&ada).assert_hides(&number);
    invoice.press("Send").form_with_button("Send").submit().follow().assert_ok();

    let list = awaited(&ada);
    list.row("Year-end papers").assert_shows("Carol Meyer").assert_shows("since");
    list.row("Poster.txt").assert_shows("Carol Meyer").assert_shows("Waiting for approval");
    list.row(&number).assert_shows("Carol Meyer").assert_shows("Waiting for payment");
    list.row("zoe@acme.test").assert_shows("not here yet");
    assert!(ada.visit("/staff").texts("h2").contains(&"Waiting for clients".to_owned()));
    assert!(ada.partial_get(AWAITED).count("#awaited li") <= 8, "a home has room for few");
    for stranger in [world.eve(), world.carol()] {
        let page = stranger.get(AWAITED);
        page.assert_hides("Year-end papers").assert_hides("Poster.txt").assert_hides(&number);
    }

    carol.visit(&file.path().replace("/staff", "")).form_with_button("Approve").submit().follow();
    request.press("Withdraw");
    let list = awaited(&ada);
    list.assert_hides("Poster.txt").assert_hides("Year-end papers").assert_shows(&number);
}

fn a_reminder_is_one_mail_a_day_in_the_readers_language(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    // Cyril reads French.
    share(&portal, "cyril@acme.test");
    let upload = upload_form(&portal, [Upload::text("Affiche.txt", "mots")]).submit().follow();
    ask_for_approval(&upload.press("Affiche.txt"), "cyril@acme.test").assert_ok();
    world.mailbox().next_about("cyril@acme.test", "Affiche.txt");

    let row = awaited(&ada).row("Affiche.txt");
    row.assert_hides("Reminded");
    let remind = row.form_with_button("Remind");
    remind.clone().partial().submit().assert_ok().assert_shows("Reminded");
    let mail = world.mailbox().next_about("cyril@acme.test", "Rappel");
    assert!(mail.subject.contains("Affiche.txt"), "{}", mail.subject);
    let row = awaited(&ada).row("Affiche.txt");
    row.assert_shows("Reminded");
    assert!(!row.has_button("Remind"));
    // From a page that was open before.
    remind.submit().assert_status(409).assert_shows("today already");
    wait_for_the_queue(&world);
    let late = world.mailbox().so_far_to("cyril@acme.test");
    assert!(!late.iter().any(|mail| mail.subject.contains("Rappel")), "{}", late.len());

    world.clock().advance(1);
    let row = awaited(&world.sign_in("ada@studio.test")).row("Affiche.txt");
    row.assert_shows("Reminded");
    row.form_with_button("Remind").submit().follow().assert_ok();
    world.mailbox().next_about("cyril@acme.test", "Rappel");
}

fn whoever_is_reminded_by_hand_is_not_reminded_by_the_clock_on_the_same_day(world: World) {
    let portal = shared_portal(&world);
    ask_for_files(&portal, "Year-end papers");
    world.mailbox().next_about("carol@acme.test", "Year-end papers");
    world.clock().advance_seconds(3 * 86_400 - 3_600);
    let ada = world.sign_in("ada@studio.test");
    awaited(&ada).row("Year-end papers").form_with_button("Remind").submit().follow().assert_ok();
    world.mailbox().next_about("carol@acme.test", "Year-end papers");
    // The clock's own is due an hour later, and the next three days after.
    world.clock().advance_seconds(2 * 3_600);
    wait_for_the_queue(&world);
    let about = |world: &World| {
        let mails = world.mailbox().so_far_to("carol@acme.test");
        mails.iter().filter(|mail| mail.subject.contains("Year-end papers")).count()
    };
    assert_eq!(about(&world), 0);
    world.clock().advance(3);
    world.mailbox().next_about("carol@acme.test", "Year-end papers");
}

fn a_pressed_reminder_comes_whatever_its_reader_chose_and_the_clocks_own_does_not(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let form = carol.visit("/account/notifications").form_with_field("Time of the daily mail");
    let kinds = ["Requests for files", "Files to approve"];
    let form = kinds.into_iter().fold(form, |form, kind| form.fill(kind, "Never"));
    form.submit().follow().assert_ok();
    let portal = shared_portal(&world);
    ask_for_files(&portal, "Year-end papers");
    let upload = upload_form(&portal, [Upload::text("Poster.txt", "words")]).submit().follow();
    ask_for_approval(&upload.press("Poster.txt"), "carol@acme.test").assert_ok();
    let titles = ["Year-end papers", "Poster.txt"];
    let about_them = || {
        wait_for_the_queue(&world);
        let mails = world.mailbox().so_far_to("carol@acme.test");
        mails.iter().filter(|mail| titles.iter().any(|title| mail.subject.contains(title))).count()
    };
    assert_eq!(about_them(), 0);
    for title in titles {
        awaited(&ada).row(title).form_with_button("Remind").submit().follow().assert_ok();
        world.mailbox().next_about("carol@acme.test", title);
    }
    // The clock's own, three days after it was asked for.
    world.clock().advance(4);
    assert_eq!(about_them(), 0);
}

fn p12_after_a_revocation_nobody_is_waited_for_or_reminded(world: World) {
    let ada = world.ada();
    let portal = shared_portal(&world);
    let request = ask_for_files(&portal, "Year-end papers");
    let remind = awaited(&ada).row("Year-end papers").form_with_button("Remind");
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke");
    awaited(&ada).assert_hides("Year-end papers");
    // Withdrawn, it is no conflict with anybody's day: nothing is sent, nothing is written down.
    request.press("Withdraw");
    remind.submit().assert_status(409);
    let rows = "SELECT CAST(count(*) AS TEXT) AS row FROM reminders";
    assert_eq!(world.database().texts(rows, rows), ["0"]);
}

fn p11_reminding_is_for_staff_of_the_same_organization(world: World) {
    let portal = shared_portal(&world);
    ask_for_files(&portal, "Year-end papers");
    let remind = awaited(&world.ada()).row("Year-end papers").form_with_button("Remind");
    for person in [world.eve(), world.carol(), world.stranger()] {
        let answer = person.post(remind.path(), &[]);
        assert!(answer.status == 404 || answer.redirect_target().is_some_and(|to| to.path() == "/sign-in"));
    }
    let nonsense = remind.path().replace("/request/", "/nonsense/");
    world.ada().post(&nonsense, &[]).assert_not_found();
    // A thing of another kind is none of these.
    world.ada().post(&remind.path().replace("/request/", "/invoice/"), &[]).assert_not_found();
    world.ada().post(&remind.path().replace("/request/", "/invitation/"), &[]).assert_not_found();
    let rows = "SELECT CAST(count(*) AS TEXT) AS row FROM reminders";
    assert_eq!(world.database().texts(rows, rows), ["0"]);
}
