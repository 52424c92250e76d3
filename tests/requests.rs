//! Files from clients: folders that take them, requests for them, and that what one client sends is no other
//! client's business.

use std::{
    io::{self, Read},
    sync::mpsc::{Receiver, channel},
    thread,
};

use reqwest::{Method, blocking::Body};

use crate::{
    on_both,
    steps::{new_portal, open_form, share, wait_for_the_queue},
    world::{Form, Page, Person, Upload, World, until},
};

on_both! {
    a_folder_takes_files_from_clients_only_while_staff_let_it,
    p8_what_one_client_sends_no_colleague_meets_until_staff_show_it,
    a_taken_name_tells_nothing_about_what_others_sent,
    p12_revoked_in_the_middle_of_an_upload_nothing_is_kept,
    a_request_is_made_from_one_line_for_each_file,
    p43_a_wrong_request_is_answered_at_its_fields,
    p8_a_request_is_between_staff_and_the_client_who_is_asked,
    slots_fill_up_and_staff_accept_or_ask_again_with_a_reason,
    reminders_come_at_3_and_6_days_and_stop_when_nothing_is_missing,
    no_reminder_comes_once_everything_is_there_and_the_next_does_when_something_is_asked_for_again,
}

mod by_smtp {
    use super::a_reminder_that_waits_for_the_mail_server_stays_unsent_when_everything_has_come_meanwhile;

    crate::on_both! {
        with_smtp =>
        a_reminder_that_waits_for_the_mail_server_stays_unsent_when_everything_has_come_meanwhile,
    }
}

/// Both Carol and Cyril have it, with a folder that takes files.
fn shared_portal(world: &World) -> (Page, String) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Annual accounts");
    share(&portal, "carol@acme.test");
    share(&portal, "cyril@acme.test");
    open_form(&portal, "New folder", "Name").fill("Name", "Inbox").submit().follow().assert_ok();
    let inbox = ada.visit(portal.path()).link("Inbox");
    ada.visit(&inbox).press("Let clients send files here").assert_shows("Clients can send files");
    (ada.visit(portal.path()), inbox)
}

/// The address of a staff page on the client's side.
fn for_clients(address: &str) -> String {
    address.replacen("/staff", "", 1)
}

fn send(person: &Person, folder: &str, name: &str, words: &str) -> Page {
    let page = person.visit(folder);
    // Cyril reads French.
    let label = if page.find_form_with_field("Fichiers").is_some() { "Fichiers" } else { "Files" };
    page.form_with_field(label).attach(label, [Upload::text(name, words)]).submit().follow()
}

fn a_folder_takes_files_from_clients_only_while_staff_let_it(world: World) {
    let (portal, inbox) = shared_portal(&world);
    let (carol, ada) = (world.carol(), world.ada());
    let folder = for_clients(&inbox);
    portal.row("Inbox").assert_shows("Takes files from clients");
    let form = carol.visit(&folder).form_with_button("Upload files");
    send(&carol, &folder, "Contract.txt", "signed").assert_shows("Contract.txt").assert_shows("Sent by you");
    ada.visit(&inbox)
        .row("Contract.txt")
        .assert_shows("From Carol")
        .assert_shows("not shown to other clients");
    // A folder of theirs would have a name that their colleagues read.
    assert_folder_is_refused(&form);
    ada.visit(&inbox).assert_hides("Secret plans");
    // Nobody else's hands are in it: no form in other folders, none for who has not the portal.
    assert!(!carol.visit(&for_clients(portal.path())).has_button("Upload files"));
    for other in [world.dora(), world.eve()] {
        let answer = form.clone().by(&other).attach("Files", [Upload::text("a.txt", "words")]).submit();
        answer.assert_not_found();
    }
    ada.visit(&inbox).press("Take no more files").assert_ok();
    let late = form.attach("Files", [Upload::text("Late.txt", "words")]).submit();
    late.assert_not_found();
    carol.visit(&folder).assert_hides("Late.txt").assert_shows("Contract.txt");
    assert!(!carol.visit(&folder).has_button("Upload files"));
}

/// As `upload.js` sends an empty one that was dropped.
#[track_caller]
fn assert_folder_is_refused(form: &Form) {
    let answer = form.clone().smuggle("empty-folder", "Secret plans").submit();
    answer.assert_status(422).assert_shows("An empty folder has nothing to send.");
}

fn p8_what_one_client_sends_no_colleague_meets_until_staff_show_it(world: World) {
    let (_, inbox) = shared_portal(&world);
    let (carol, cyril, ada) = (world.carol(), world.cyril(), world.ada());
    let folder = for_clients(&inbox);
    let stream = cyril.listen("/live");
    assert_eq!(stream.next().data, "hello");
    send(&carol, &folder, "Payroll.txt", "the secret quokkasalary of everyone").assert_ok();
    send(&carol, &folder, "Second.txt", "words").assert_ok();
    let file = carol.visit(&folder).link("Payroll.txt");
    let found = |person: &Person| person.partial_get("/search?q=quokkasalary").shows("Payroll");
    until(|| found(&carol));
    until(|| ada.partial_get("/staff/search?q=quokkasalary").shows("Payroll"));

    for other in [&cyril, &world.dora()] {
        for below in ["", "/content", "/download"] {
            let nobodys = other.get(&format!("/files/{}{below}", "0".repeat(32)));
            let answer = other.get(&format!("{file}{below}"));
            assert_eq!(answer.assert_not_found().text(), nobodys.text());
        }
        for words in ["quokkasalary", "quokkas", "payroll", "quokkasalery"] {
            other.partial_get(&format!("/search?q={words}")).assert_hides("Payroll").assert_hides("1 result");
        }
    }
    let top = folder.split('?').next().unwrap();
    cyril.visit(&folder).assert_hides("Payroll").assert_hides("Second").assert_hides("Carol");
    cyril.visit(top).row("Inbox").assert_shows("0 élément");
    carol.visit(top).row("Inbox").assert_shows("2 items");
    carol.visit(&file).assert_shows("Second.txt");
    // T4: of all that happened to items, Cyril's page hears only what comes last.
    ada.visit(&inbox).press("Take no more files").assert_ok();
    let heard = std::iter::repeat_with(|| stream.next().data).find(|topics| topics.contains("item")).unwrap();
    let folder_id = folder.split("folder=").last().unwrap();
    assert!(heard.contains(&format!("item:{folder_id}")), "{heard}");

    let on_staff_side = ada.visit(&format!("/staff{file}"));
    on_staff_side.assert_shows("From Carol").press("Show to everyone here").assert_ok();
    cyril.visit(&folder).assert_shows("Payroll.txt").assert_hides("Second");
    cyril.get(&format!("{file}/content")).assert_ok();
    until(|| found(&cyril));
    assert!(!found(&world.dora()));
    ada.visit(&format!("/staff{file}")).press("Show to Carol Meyer only").assert_ok();
    cyril.get(&format!("{file}/content")).assert_not_found();
    assert!(!found(&cyril) && found(&carol));
}

fn a_taken_name_tells_nothing_about_what_others_sent(world: World) {
    let (_, inbox) = shared_portal(&world);
    let folder = for_clients(&inbox);
    send(&world.cyril(), &folder, "Payroll.txt", "of Cyril").assert_ok();
    let listing = send(&world.carol(), &folder, "Payroll.txt", "of Carol");
    listing.assert_hides("(2)");
    // Once more it is a version of her own.
    send(&world.carol(), &folder, "Payroll.txt", "of Carol, corrected").assert_hides("(2)");
    let content = |person: &Person| {
        let file = person.visit(&folder).link("Payroll.txt");
        person.get(&format!("{file}/content")).source()
    };
    assert_eq!(
        (content(&world.carol()), content(&world.cyril())),
        ("of Carol, corrected".into(), "of Cyril".into())
    );
}

/// A body that goes on when it is told to.
struct Paused {
    left: io::Cursor<Vec<u8>>,
    end: Option<io::Cursor<Vec<u8>>>,
    signal: Receiver<()>,
}

impl Read for Paused {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.left.read(buffer)?, self.end.take()) {
            (0, Some(end)) => {
                self.signal.recv().map_err(io::Error::other)?;
                self.left = end;
                self.left.read(buffer)
            }
            (bytes, end) => {
                self.end = end;
                Ok(bytes)
            }
        }
    }
}

fn p12_revoked_in_the_middle_of_an_upload_nothing_is_kept(world: World) {
    let (portal, inbox) = shared_portal(&world);
    let (carol, folder) = (world.carol(), for_clients(&inbox));
    let path = carol.visit(&folder).form_with_button("Upload files").path().to_owned();
    let objects = || {
        let organizations = std::fs::read_dir(world.data().join("objects")).unwrap().map(Result::unwrap);
        let mut names: Vec<_> = organizations
            .flat_map(|organization| std::fs::read_dir(organization.path()).unwrap())
            .map(|object| object.unwrap().path())
            .collect();
        names.sort();
        names
    };
    let before = objects();
    let (go_on, signal) = channel();
    let beginning = b"--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"half.bin\"\r\n\r\n";
    let beginning = [beginning.as_slice(), &vec![b'x'; 6 * 1024 * 1024]].concat();
    let end = io::Cursor::new(b"the end\r\n--X--\r\n".to_vec());
    let body = Paused { left: io::Cursor::new(beginning), end: Some(end), signal };
    let sending = {
        let carol = carol.clone();
        thread::spawn(move || {
            let request = carol.request(Method::POST, &path).header("Sec-Fetch-Site", "same-origin");
            let request = request.header("Content-Type", "multipart/form-data; boundary=X");
            carol.send(request.body(Body::new(body)))
        })
    };
    until(|| objects() != before);
    portal.row("carol@acme.test").press("Revoke").assert_ok();
    go_on.send(()).unwrap();
    sending.join().unwrap().assert_not_found();
    until(|| objects() == before);
    world.ada().visit(&inbox).assert_hides("half.bin");
}

const DAY_TO_COME: &str = "2199-12-31";

fn request_form(portal: &Page, title: &str, wanted: &str) -> Form {
    open_form(portal, "Request files", "What it is about")
        .fill("What it is about", title)
        .fill("Files, one line each", wanted)
        .fill("From", "Carol Meyer")
        .fill("Wanted by", DAY_TO_COME)
}

/// Ends on the request's page for staff.
fn ask_carol(portal: &Page, title: &str, wanted: &str) -> Page {
    let page = request_form(portal, title, wanted).submit().follow();
    page.assert_ok().assert_shows(title);
    page
}

fn a_request_is_made_from_one_line_for_each_file(world: World) {
    let (portal, _) = shared_portal(&world);
    let page = ask_carol(&portal, "Year-end papers", "Statements: as PDF\r\nRegister (optional)");
    page.assert_shows("0 of 2").assert_shows("as PDF").assert_shows("optional");
    let mail = world.mailbox().next_about("carol@acme.test", "Year-end papers");
    for twin in [&mail.text, &mail.html] {
        assert!(twin.contains("Statements (as PDF)") && twin.contains("31 December 2199"), "{twin}");
    }
    let home = world.carol().visit("/");
    home.assert_shows("Waiting for you").assert_shows("Year-end papers").assert_shows("0 of 2");
    let asked = home.row("Year-end papers").press("Send files");
    assert!(mail.link("Send the files").ends_with(asked.path()), "{}", mail.text);
    world.carol().visit(&for_clients(portal.path())).assert_shows("Year-end papers");
    // Withdrawn: it is gone for her, at once.
    page.press("Withdraw").assert_ok();
    world.carol().get(asked.path()).assert_not_found();
    world.carol().visit("/").assert_hides("Year-end papers");
}

fn p43_a_wrong_request_is_answered_at_its_fields(world: World) {
    let (portal, _) = shared_portal(&world);
    let answer = request_form(&portal, "Papers", " \n ").fill("Wanted by", "2020-01-01").submit();
    answer.assert_status(422);
    assert!(answer.field_error("Files, one line each").contains("at least one file"));
    assert!(answer.field_error("Wanted by").contains("today or a later day"));
    assert_eq!(answer.form_with_field("What it is about").value("What it is about"), "Papers");
    // Dora has not got the portal.
    let dora = world.ada().visit("/staff/clients").link("Dora Lindt");
    let dora = dora.rsplit('/').next().unwrap();
    let form = request_form(&portal, "Papers", "Contract");
    let fields = [("title", "Papers"), ("wanted", "Contract"), ("due_on", DAY_TO_COME), ("person", dora)];
    let smuggled = world.ada().post(form.path(), &fields);
    assert!(smuggled.assert_status(422).field_error("From").contains("who has this portal"));
    let reason = ask_carol(&portal, "Papers", "Contract");
    send_for(&world.carol(), &reason, "Contract", "a.txt");
    let page = world.ada().visit(reason.path());
    let unexplained = page.form_with_button("Ask again").fill("What is wrong with it", " ").submit();
    assert!(unexplained.assert_status(422).field_error("What is wrong with it").contains("what is wrong"));
}

fn send_for(client: &Person, request: &Page, title: &str, name: &str) -> Page {
    let asked = client.visit(&for_clients(request.path()));
    let form = asked.row(title).form_with_button("Upload file");
    let page = form.attach("File", [Upload::text(name, name)]).submit().follow();
    page.assert_ok();
    page
}

fn p8_a_request_is_between_staff_and_the_client_who_is_asked(world: World) {
    let (portal, _) = shared_portal(&world);
    let request = ask_carol(&portal, "Quokka papers", "Payroll");
    let (carol, cyril) = (world.carol(), world.cyril());
    let address = for_clients(request.path());
    let form = carol.visit(&address).form_with_button("Upload file");
    send_for(&carol, &request, "Payroll", "Payroll.txt").assert_shows("1 of 1");
    for other in [&cyril, &world.dora(), &world.eve()] {
        other.get(&address).assert_not_found();
        form.clone().by(other).attach("File", [Upload::text("a.txt", "words")]).submit().assert_not_found();
    }
    world.eve().get(request.path()).assert_not_found();
    carol.get(request.path()).assert_not_found();
    for page in ["/", "/requests", &for_clients(portal.path())] {
        cyril.visit(page).assert_hides("Quokka").assert_hides("Payroll");
    }
    world.dora().visit("/").assert_hides("Quokka").assert_hides("Payroll");
    let folder = for_clients(&world.ada().visit(portal.path()).link("From clients"));
    cyril.visit(&folder).assert_hides("Payroll");
    carol.visit(&folder).assert_shows("Payroll.txt");
    world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    carol.get(&address).assert_not_found();
    form.attach("File", [Upload::text("a.txt", "words")]).submit().assert_not_found();
}

fn slots_fill_up_and_staff_accept_or_ask_again_with_a_reason(world: World) {
    let (portal, _) = shared_portal(&world);
    let request = ask_carol(&portal, "Papers", "Statements\r\nPayroll\r\nRegister (optional)");
    let (carol, ada) = (world.carol(), world.ada());
    world.mailbox().next_about("carol@acme.test", "Papers");
    let slot = carol.visit(&for_clients(request.path())).row("Statements");
    assert_folder_is_refused(&slot.form_with_button("Upload file"));
    send_for(&carol, &request, "Statements", "Statements.txt").assert_shows("1 of 3");
    ada.visit(request.path()).assert_shows("1 of 3").assert_shows("1 file to look at");
    ada.visit("/staff").assert_shows("1 file to look at");
    send_for(&carol, &request, "Payroll", "Payroll.txt").assert_shows("everything has come");
    carol.visit("/").assert_hides("Papers");

    let look = ada.visit(request.path());
    let stale = look.row("Payroll").form_with_button("Accept");
    let again = look.row("Payroll").form_with_button("Ask again");
    again
        .fill("What is wrong with it", "The last page is missing.")
        .submit()
        .follow()
        .assert_shows("Asked again");
    let mail = world.mailbox().next_about("carol@acme.test", "Please send it again");
    assert!(
        mail.text.contains("The last page is missing.") && mail.text.contains("Payroll"),
        "{}",
        mail.text
    );
    carol.visit("/").assert_shows("Papers");
    carol.visit(&for_clients(request.path())).row("Payroll").assert_shows("The last page is missing.");
    // Under the same name it is another version, which nobody has looked at.
    send_for(&carol, &request, "Payroll", "Payroll.txt").assert_hides("last page is missing");
    // What was looked at is not what is there now.
    stale.submit().assert_status(409).assert_shows("Another file has come");

    ada.visit(request.path()).row("Payroll").press("Accept").assert_hides("Complete");
    let closed = ada.visit(request.path()).row("Statements").press("Accept");
    closed.assert_shows("Complete");
    assert!(!closed.has_button("Accept") && !closed.has_button("Withdraw"), "{closed}");
    let thanks = carol.visit(&for_clients(request.path()));
    assert!(!thanks.assert_shows("Thank you, everything is there").has_button("Upload file"), "{thanks}");
}

fn reminders_come_at_3_and_6_days_and_stop_when_nothing_is_missing(world: World) {
    let (portal, _) = shared_portal(&world);
    let (carol, ada) = (world.carol(), world.ada());
    let open = ask_carol(&portal, "Left open", "Statements");
    let filled = ask_carol(&portal, "Filled", "Statements");
    let withdrawn = ask_carol(&portal, "Withdrawn", "Statements");
    for title in ["Left open", "Filled", "Withdrawn"] {
        world.mailbox().next_about("carol@acme.test", title);
    }
    send_for(&carol, &filled, "Statements", "a.txt");
    ada.visit(withdrawn.path()).press("Withdraw").assert_ok();
    let reminded = || reminders_so_far(&world);
    reminded();
    world.clock().advance_seconds(3 * 86_400 - 600);
    assert_eq!(reminded(), [""; 0]);
    world.clock().advance_seconds(600);
    let first = world.mailbox().next_to("carol@acme.test");
    assert_eq!(first.subject, "Still missing: Left open");
    assert_eq!(reminded(), [""; 0]);
    ada.visit(open.path()).press("Remind").assert_ok();
    world.mailbox().next_about("carol@acme.test", "Still missing: Left open");
    world.clock().advance(3);
    world.mailbox().next_about("carol@acme.test", "Still missing: Left open");
    assert_eq!(reminded(), [""; 0]);

    // Revoked between the request and its reminder.
    ask_carol(&ada.visit(portal.path()), "Revoked", "Statements");
    world.mailbox().next_about("carol@acme.test", "Revoked");
    ada.visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    world.clock().advance(3);
    assert_eq!(reminded(), [""; 0]);
}

/// The subjects of what Carol was sent, once all that is due by the clock is done.
fn reminders_so_far(world: &World) -> Vec<String> {
    wait_for_the_queue(world);
    let mut subjects: Vec<_> =
        world.mailbox().so_far_to("carol@acme.test").into_iter().map(|mail| mail.subject).collect();
    subjects.sort();
    subjects
}

fn no_reminder_comes_once_everything_is_there_and_the_next_does_when_something_is_asked_for_again(
    world: World,
) {
    let (portal, _) = shared_portal(&world);
    let (carol, ada) = (world.carol(), world.ada());
    let [before, between, again] =
        ["Sent before", "Sent between", "Given back"].map(|title| ask_carol(&portal, title, "Statements"));
    reminders_so_far(&world);
    world.clock().advance_seconds(3 * 86_400 - 600);
    send_for(&carol, &before, "Statements", "a.txt");
    send_for(&carol, &again, "Statements", "b.txt");
    world.clock().advance_seconds(600);
    assert_eq!(reminders_so_far(&world), ["Still missing: Sent between"]);

    // Looked at or not: it is no more the client's turn.
    ada.visit(before.path()).row("Statements").press("Accept").assert_shows("Complete");
    send_for(&carol, &between, "Statements", "c.txt");
    let page = ada.visit(again.path()).row("Statements").form_with_button("Ask again");
    page.fill("What is wrong with it", "A page is missing.").submit().follow().assert_ok();
    assert_eq!(reminders_so_far(&world), ["Please send it again: Statements"]);
    world.clock().advance(3);
    assert_eq!(reminders_so_far(&world), ["Still missing: Given back"]);
    world.clock().advance(3);
    assert_eq!(reminders_so_far(&world), [""; 0]);
}

fn a_reminder_that_waits_for_the_mail_server_stays_unsent_when_everything_has_come_meanwhile(
    mut world: World,
) {
    let (portal, _) = shared_portal(&world);
    let filled = ask_carol(&portal, "Filled", "Statements");
    ask_carol(&portal, "Left open", "Statements");
    reminders_so_far(&world);
    world.smtp_trap().close();
    world.clock().advance(3);
    let queue = || world.ada().visit("/staff/settings/queue").text();
    until(|| queue().matches("Will be tried again").count() == 2);
    send_for(&world.carol(), &filled, "Statements", "a.txt");
    world.smtp_trap().open();
    // Beyond every pause between two attempts.
    world.clock().advance(1);
    assert_eq!(reminders_so_far(&world), ["Still missing: Left open"]);
}
