//! What is known of a client: it is handed out whole, and it goes for good, everywhere, but for what the law wants to stay.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use serde::Deserialize;
use serde_json::Value;

use super::add;
use crate::{
    archives::unpacked,
    backup::{backed_up, restored},
    billing::{add_line, issued},
    files::files_below,
    on_both,
    steps::{join, new_portal, open_form, share, wait_for_the_queue},
    world::{Form, Page, Person, Upload, World, until},
};

on_both! {
    every_column_that_names_a_person_is_told_of_and_erased_or_kept_on_purpose,
    an_erased_client_is_nowhere_but_where_the_law_wants_them,
    an_index_without_the_erased_is_built_once_an_hour_and_no_wish_for_it_is_lost,
    what_they_sent_can_be_kept_without_their_name,
    what_is_known_of_a_client_comes_as_one_archive,
    p10_what_a_client_was_not_sent_is_not_in_their_archive,
    t18_a_subscription_that_ends_with_its_client_is_told_of,
    nothing_comes_back_of_whoever_is_busy_while_they_are_erased,
    an_erased_client_cannot_be_brought_back_and_their_address_is_free,
    p43_a_wrong_erasure_is_answered_at_its_fields_and_erases_nobody,
    p11_only_owners_and_admins_take_home_or_erase_and_only_their_own_clients,
}

const NAME: &str = "Zelda Quagmire";
const EMAIL: &str = "zelda@quagmire.test";
const FILE: &str = "Bandicootplan.txt";
const BYTES: &str = "the numbat secret of the vault";
const MESSAGE: &str = "Greetings from the potoroo.";

#[derive(Deserialize)]
struct Table {
    table: String,
    columns: Vec<String>,
    fate: Value,
}

fn every_column_that_names_a_person_is_told_of_and_erased_or_kept_on_purpose(world: World) {
    let told: Vec<Table> = serde_json::from_str(&world.command(&["personal-data"]).assert_success()).unwrap();
    let told_columns: BTreeSet<String> = told
        .iter()
        .flat_map(|each| each.columns.iter().map(|column| format!("{}.{column}", each.table)))
        .collect();
    let named = "c.name IN ('person_id', 'actor_id', 'author_id', 'client_id', 'seeing_as', 'email')
        OR c.name LIKE '%\\_by' ESCAPE '\\'";
    let of_people: BTreeSet<String> = world
        .database()
        .texts(
            &format!(
                "SELECT m.name || '.' || c.name AS row FROM sqlite_master m, pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND ({named})
                 UNION SELECT m.name || '.' || f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
                 WHERE m.type = 'table' AND f.\"table\" = 'people' AND f.\"from\" <> 'organization_id'"
            ),
            &format!(
                "SELECT c.table_name || '.' || c.name AS row FROM (
                     SELECT t.table_name::text, k.column_name::text AS name FROM information_schema.tables t
                     JOIN information_schema.columns k USING (table_schema, table_name)
                     WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE') c WHERE {named}
                 UNION SELECT k.conrelid::regclass::text || '.' || a.attname::text FROM pg_constraint k
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                 WHERE k.contype = 'f' AND k.confrelid = 'people'::regclass AND a.attname <> 'organization_id'"
            ),
        )
        .into_iter()
        .collect();
    let untold: Vec<_> = of_people.difference(&told_columns).collect();
    assert!(untold.is_empty(), "no module says what becomes of {untold:?}");
    let gone: Vec<_> = told_columns.difference(&of_people).filter(|column| *column != "people.id").collect();
    assert!(gone.is_empty(), "not in the database: {gone:?}");
    // What stays has a reason in words.
    let kept: Vec<&Value> = told.iter().filter_map(|each| each.fate.get("kept")).collect();
    assert!(!kept.is_empty() && kept.iter().all(|why| why.as_str().is_some_and(|why| !why.is_empty())));
}

/// Invited, joined, sent a file, wrote, and was billed.
fn busy_client(world: &World) -> (Person, Page) {
    let ada = world.ada();
    add(&ada, NAME, EMAIL, "").follow().assert_ok();
    let portal = new_portal(&ada, "Marsupial accounts");
    share(&portal, EMAIL);
    open_form(&portal, "New folder", "Name").fill("Name", "Inbox").submit().follow().assert_ok();
    let inbox = ada.visit(portal.path()).link("Inbox");
    ada.visit(&inbox).press("Let clients send files here").assert_ok();
    let invitation = world.mailbox().next_to(EMAIL).link("Set up your account");
    let zelda = world.stranger();
    join(&zelda, &invitation, "an umbrella for the heron");
    let folder = zelda.visit(&inbox.replacen("/staff", "", 1));
    let form = folder.form_with_field("Files").attach("Files", [Upload::text(FILE, BYTES)]);
    form.submit().follow().assert_shows(FILE);
    let conversation = zelda.visit(&format!("{}/messages", portal.path().replacen("/staff", "", 1)));
    conversation
        .form_with_field("Message")
        .fill("Message", MESSAGE)
        .submit()
        .follow()
        .assert_shows("potoroo");
    issued(&ada, NAME, "120").press("Send").form_with_button("Send").submit().follow().assert_ok();
    (zelda, portal)
}

fn page_of(staff: &Person) -> Page {
    staff.visit("/staff/clients").press(NAME)
}

fn erasure(staff: &Person, work: &str) -> Form {
    let dialog = page_of(staff).press("Erase for good");
    dialog.form_with_button("Erase").fill("Name of the client", NAME).tick(work)
}

/// Until mails that were on their way to somebody erased are looked for again, too: so long a job knows the address.
fn wait_until_forgotten(world: &World) {
    wait_for_the_queue(world);
    world.clock().advance_seconds(16 * 60);
    wait_for_the_queue(world);
}

fn holds(folder: &Path, words: &str) -> bool {
    let stands_in = |bytes: Vec<u8>| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    files_below(folder).iter().any(|name| fs::read(folder.join(name)).is_ok_and(stands_in))
}

fn found(staff: &Person, words: &str) -> bool {
    staff.partial_get(&format!("/staff/search?q={words}")).count(".search-hit-name") > 0
}

/// What was issued is frozen: to whom, and that it was sent to this name.
const KEPT: [&str; 2] = ["billing_documents.buyer", "billing_papers.bytes"];

fn an_erased_client_is_nowhere_but_where_the_law_wants_them(world: World) {
    let (zelda, portal) = busy_client(&world);
    let ada = world.ada();
    for words in ["quagmire", "bandicootplan", "numbat", "potoroo"] {
        until(|| found(&ada, words));
    }
    let stream = zelda.listen("/live");
    assert_eq!(stream.next().data, "hello");
    wait_for_the_queue(&world);
    let before = world.database().at_rest(&[]);
    for canary in [NAME, EMAIL, FILE, MESSAGE] {
        assert!(before.holds(canary), "{canary}");
    }
    assert!(holds(&world.data().join("objects"), BYTES));
    assert!(holds(&world.data().join("mail"), EMAIL));

    let dialog = page_of(&ada).press("Erase for good");
    for said in [
        "1 file that they sent",
        "1 message,",
        "Access to 1 portal",
        "1 issued billing document.",
        "The law wants them kept",
    ] {
        dialog.assert_shows(said);
    }
    erasure(&ada, "Delete them").submit().follow().assert_ok().assert_hides(NAME);

    zelda.get("/account").assert_redirects_to("/sign-in");
    stream.rest();
    zelda.sign_in(EMAIL, "an umbrella for the heron");
    zelda.get("/account").assert_redirects_to("/sign-in");
    wait_until_forgotten(&world);
    let whole = world.database().at_rest(&[]);
    let rest = world.database().at_rest(&KEPT);
    for canary in [NAME, EMAIL, FILE, BYTES, MESSAGE, "quagmire", "numbat", "potoroo", "bandicoot"] {
        assert!(!rest.holds(canary), "{canary} is in a row");
    }
    assert!(whole.holds(NAME), "the invoice says to whom");
    for name in ["objects", "mail"] {
        for canary in [EMAIL, BYTES, MESSAGE] {
            assert!(!holds(&world.data().join(name), canary), "{canary} is in {name}");
        }
    }
    assert!(world.mailbox().all().iter().all(|mail| !mail.is_to(EMAIL)));
    for words in ["bandicootplan", "numbat", "potoroo"] {
        until(|| !found(&ada, words));
    }
    until(|| ["numbat", "potoroo"].iter().all(|words| !holds(&world.data().join("search"), words)));
    ada.visit("/staff/settings/audit").assert_hides(NAME).assert_shows("Deleted person");
    ada.visit(portal.path()).assert_hides(NAME).assert_hides(EMAIL);

    let copy = restored(&backed_up(&world), world.database().backend());
    let there = copy.database().snapshot(&KEPT);
    for canary in [NAME, EMAIL, FILE, BYTES, MESSAGE] {
        assert!(!there.holds(canary), "{canary} is in the backup");
    }
    assert!(!holds(&copy.data().join("objects"), BYTES));
}

/// How many clients are erased, and how much each of them does meanwhile.
const BUSY: usize = 5;
const AT_ONCE: usize = 20;

/// Messages, files, and sign-ins from elsewhere.
fn busy_request(forms: &[Form; 2], stranger: &Person, email: &str, number: usize) -> Page {
    match number % 5 {
        0 | 1 => forms[0].submit(),
        2 | 3 => forms[1].submit(),
        _ => stranger.post("/sign-in", &[("email", email), ("password", "an umbrella for the heron")]),
    }
}

/// On PostgreSQL two transactions see the person at once: whichever comes second has to know of the first.
fn nothing_comes_back_of_whoever_is_busy_while_they_are_erased(world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Marsupial accounts");
    open_form(&portal, "New folder", "Name").fill("Name", "Inbox").submit().follow().assert_ok();
    let inbox = ada.visit(portal.path()).link("Inbox");
    ada.visit(&inbox).press("Let clients send files here").assert_ok();
    for round in 0..BUSY {
        let (name, email) = (format!("{NAME} {round}"), format!("zelda{round}@quagmire.test"));
        add(&ada, &name, &email, "").follow().assert_ok();
        share(&ada.visit(portal.path()), &email);
        let invitation = world.mailbox().next_to(&email).link("Set up your account");
        let zelda = world.stranger();
        join(&zelda, &invitation, "an umbrella for the heron");
        let conversation = zelda.visit(&format!("{}/messages", portal.path().replacen("/staff", "", 1)));
        let folder = zelda.visit(&inbox.replacen("/staff", "", 1));
        let forms = [
            conversation.form_with_field("Message").fill("Message", MESSAGE),
            folder.form_with_field("Files").attach("Files", [Upload::text(FILE, BYTES)]),
        ];
        let dialog = ada.visit("/staff/clients").press(&name).press("Erase for good");
        let erasure = dialog.form_with_button("Erase").fill("Name of the client", &name).tick("Delete them");

        let done = AtomicUsize::new(0);
        thread::scope(|scope| {
            let requests: Vec<_> = (0..AT_ONCE)
                .map(|number| {
                    let (stranger, forms, email, done) = (world.stranger(), &forms, &email, &done);
                    scope.spawn(move || {
                        let answer = busy_request(forms, &stranger, email, number);
                        done.fetch_add(1, Ordering::Relaxed);
                        answer
                    })
                })
                .collect();
            // Each round at another moment.
            until(|| done.load(Ordering::Relaxed) >= round * 3);
            erasure.submit().follow().assert_ok().assert_hides(&name);
            for request in requests {
                let answer = request.join().unwrap();
                assert_ne!(answer.status.as_u16(), 500, "{answer}");
            }
        });
        zelda.get("/account").assert_redirects_to("/sign-in");
    }
    wait_until_forgotten(&world);
    let rest = world.database().at_rest(&[]);
    for canary in [NAME, "quagmire", FILE, BYTES, MESSAGE] {
        assert!(!rest.holds(canary), "{canary} is in a row");
    }
    assert!(!holds(&world.data().join("objects"), BYTES));
    for table in ["sessions", "sign_ins", "proofs", "sent_items"] {
        let left = format!(
            "SELECT '{table}' AS row FROM {table} t JOIN erased e
             ON e.organization_id = t.organization_id AND e.subject_id = t.person_id"
        );
        assert!(world.database().texts(&left, &left).is_empty(), "{table}");
    }
}

fn an_index_without_the_erased_is_built_once_an_hour_and_no_wish_for_it_is_lost(world: World) {
    let ada = world.ada();
    let wish = world.data().join("search").join("rebuild-after-erasure");
    add(&ada, NAME, EMAIL, "").follow().assert_ok();
    until(|| found(&ada, "quagmire"));
    // As a machine leaves it that crashed after an erasure.
    fs::write(&wish, "").unwrap();
    until(|| !wish.exists());
    erasure(&ada, "Delete them").submit().follow().assert_ok();
    until(|| wish.exists());
    add(&ada, "Wilma Wobbegong", "wilma@wobbegong.test", "").follow().assert_ok();
    until(|| found(&ada, "wobbegong"));
    assert!(wish.exists(), "the last one is not an hour old");
    world.clock().advance_seconds(3_601);
    until(|| !wish.exists());
    until(|| !holds(&world.data().join("search"), "quagmire"));
    assert!(found(&ada, "wobbegong"));
}

fn what_they_sent_can_be_kept_without_their_name(world: World) {
    let (_, portal) = busy_client(&world);
    let ada = world.ada();
    erasure(&ada, "Keep them without their name").submit().follow().assert_ok();
    let inbox = ada.visit(&ada.visit(portal.path()).link("Inbox"));
    inbox.assert_shows(FILE).assert_hides("Zelda");
    wait_until_forgotten(&world);
    let rest = world.database().at_rest(&KEPT);
    assert!(rest.holds(MESSAGE) && !rest.holds(NAME) && !rest.holds(EMAIL));
    assert!(holds(&world.data().join("objects"), BYTES));
}

fn what_is_known_of_a_client_comes_as_one_archive(world: World) {
    busy_client(&world);
    let ada = world.ada();
    let download = ada.get(&page_of(&ada).link("Export this person’s data"));
    assert_eq!(download.assert_ok().header("content-type"), "application/zip");
    let files = unpacked(&download);
    let json = |name: &str| serde_json::from_slice::<Value>(&files[name]).unwrap();
    assert_eq!(json("person.json")["people"][0]["name"], NAME);
    assert_eq!(json("person.json")["people"][0]["email"], EMAIL);
    assert_eq!(json("messages.json")["messages"][0]["words"], MESSAGE);
    assert_eq!(json("files.json")["items"][0]["name"], FILE);
    assert_eq!(json("portals.json")["grants"].as_array().unwrap().len(), 1);
    assert_eq!(json("billing.json")["billing_documents"][0]["kind"], "invoice");
    let activity = json("activity.json");
    assert!(activity["events"].as_array().unwrap().iter().any(|row| row["kind"] == "item.added"));
    let file = |name: &str| files.iter().find(|(path, _)| path.starts_with("files/") && path.ends_with(name));
    assert_eq!(file(FILE).unwrap().1, BYTES.as_bytes());
    assert!(file(".pdf").unwrap().1.starts_with(b"%PDF-"), "the invoice");
    let all = files.values().flatten().copied().collect::<Vec<u8>>();
    let all = String::from_utf8_lossy(&all);
    for secret in ["password_hash", "token_hash", "argon2", "carol@acme.test"] {
        assert!(!all.contains(secret), "{secret}");
    }
    ada.visit("/staff/settings/audit").assert_shows("Exported a person’s data");
}

fn p10_what_a_client_was_not_sent_is_not_in_their_archive(world: World) {
    busy_client(&world);
    let ada = world.ada();
    let sent =
        |price: &str| issued(&ada, NAME, price).press("Send").form_with_button("Send").submit().follow();
    let paid = sent("4711").press("Record payment").form_with_button("Record payment");
    paid.fill("Amount", "4711").fill("Remarks", "The kultarr pays late").submit().follow().assert_ok();
    issued(&ada, NAME, "815").assert_ok();
    let revocation = sent("816").attributes("form[action$='/revocation']", "action").remove(0);
    ada.post(&revocation, &[]);
    let draft = ada.visit("/staff/subscriptions").press("New subscription").form_with_field("Every");
    let draft = draft.fill("Name", "Quokka care").fill("Client", NAME).fill("Every", "1");
    draft.fill("Unit of time", "weeks").submit().follow().assert_shows("Draft");
    let project = page_of(&ada).press("New project").form_with_button("Save");
    project.fill("Name", "Plans about the bilby").submit().follow().assert_ok();

    let files = unpacked(&ada.get(&page_of(&ada).link("Export this person’s data")));
    let json = |name: &str| serde_json::from_slice::<Value>(&files[name]).unwrap();
    let billing = json("billing.json");
    let mut sums: Vec<i64> = billing["billing_documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["gross"].as_i64().unwrap())
        .collect();
    sums.sort_unstable();
    assert_eq!(sums, [12_000, 471_100], "neither what was not sent nor what was taken back");
    assert_eq!(files.keys().filter(|path| path.ends_with(".pdf")).count(), 2);
    let payments = billing["billing_payments"].as_array().unwrap();
    assert_eq!((payments.len(), &payments[0]["amount"]), (1, &Value::from(471_100)));
    assert!(!billing.to_string().contains("kultarr"), "what staff wrote is theirs");
    assert_eq!(billing["billing_subscriptions"], Value::Array(Vec::new()), "a draft");
    assert_eq!(json("projects.json")["projects"], Value::Array(Vec::new()), "a project without a portal");
}

fn t18_a_subscription_that_ends_with_its_client_is_told_of(world: World) {
    busy_client(&world);
    let ada = world.ada();
    let form = ada.visit("/staff/subscriptions").press("New subscription").form_with_field("Every");
    let form = form.fill("Name", "Quokka care").fill("Client", NAME).fill("Every", "1");
    let draft = form.fill("Unit of time", "weeks").submit().follow();
    let care = add_line(&draft, ["Updates", "1", "10", "", "No tax"]).press("Start subscription");
    care.assert_shows("Running");
    wait_for_the_queue(&world);
    let dialog = page_of(&ada).press("Erase for good");
    dialog.assert_shows("1 running or paused subscription").assert_hides("ended subscription");
    erasure(&ada, "Delete them").submit().follow().assert_ok();
    let ended = "SELECT kind AS row FROM events WHERE kind = 'subscription.cancelled'";
    assert_eq!(world.database().texts(ended, ended), ["subscription.cancelled"]);
    ada.get(care.path()).assert_not_found();
}

fn an_erased_client_cannot_be_brought_back_and_their_address_is_free(world: World) {
    busy_client(&world);
    let ada = world.ada();
    let address = page_of(&ada).path().to_owned();
    let (again, archive) = (erasure(&ada, "Delete them"), format!("{address}/person.zip"));
    let restoration = ada.visit("/staff/clients").press(NAME).press("Delete").form_with_button("Undo");
    restoration.submit().follow().assert_shows(NAME);
    again.submit().follow().assert_ok();
    again.submit().assert_not_found();
    restoration.submit().assert_not_found();
    let dialog = format!("{address}/erasure");
    for gone in [&address, &archive, &dialog] {
        ada.get(gone).assert_not_found();
    }
    // Mails to the address went by then, and none that comes now does.
    wait_for_the_queue(&world);

    let new = add(&ada, "Somebody new", EMAIL, "").follow();
    assert_ne!(new.path(), address, "nobody comes back");
    new.assert_shows("Somebody new").assert_shows("Not invited").assert_hides("Marsupial accounts");
    let portal = new_portal(&ada, "Fresh start");
    share(&portal, EMAIL);
    let invitation = world.mailbox().next_to(EMAIL).link("Set up your account");
    let person = world.stranger();
    join(&person, &invitation, "another heron under a parasol")
        .assert_shows("Fresh start")
        .assert_hides("Marsupial accounts");
    assert_eq!(person.visit("/").count("nav a[href='/billing']"), 0, "the invoice is not theirs");
}

fn p43_a_wrong_erasure_is_answered_at_its_fields_and_erases_nobody(world: World) {
    let ada = world.ada();
    // Never invited, never joined.
    add(&ada, NAME, EMAIL, "").follow().assert_ok();
    let form = page_of(&ada).press("Erase for good").form_with_button("Erase");
    let long = "é".repeat(10_000);
    for typed in ["", "Zelda", "zelda quagmire", "<b>Zelda</b>", long.as_str()] {
        let answer = form.clone().fill("Name of the client", typed).tick("Delete them").submit();
        answer.assert_status(422);
        assert!(answer.field_error("Name of the client").contains("exactly"), "{typed}");
        assert_eq!(answer.form_with_button("Erase").value("Name of the client"), typed);
    }
    form.clone().fill("Name of the client", NAME).submit().assert_status(422);
    page_of(&ada).assert_ok();
    erasure(&ada, "Delete them").submit().follow().assert_ok().assert_hides(NAME);
    wait_until_forgotten(&world);
    assert!(!world.database().at_rest(&[]).holds(EMAIL));
}

fn p11_only_owners_and_admins_take_home_or_erase_and_only_their_own_clients(world: World) {
    let (ada, ben, eve) = (world.ada(), world.ben(), world.eve());
    let carol = ada.visit("/staff/clients").press("Carol Meyer");
    assert!(carol.has_link("Erase for good") && carol.has_link("Export this person’s data"));
    let form = carol.press("Erase for good").form_with_button("Erase");
    let form = form.fill("Name of the client", "Carol Meyer").tick("Delete them");
    ben.visit(carol.path()).assert_ok().assert_hides("Erase for good").assert_hides("Export this person");
    for below in ["erasure", "person.zip"] {
        let address = format!("{}/{below}", carol.path());
        assert!(ben.get(&address).status.is_client_error());
        for foreigner in [&eve, &world.cyril(), &world.dora(), &world.stranger()] {
            assert!(!foreigner.get(&address).status.is_success());
        }
        let nobodys = format!("/staff/clients/{}/{below}", "0".repeat(32));
        assert_eq!(eve.get(&address).text(), eve.get(&nobodys).text());
    }
    for foreigner in [&ben, &eve, &world.cyril()] {
        assert!(form.clone().by(foreigner).submit().status.is_client_error());
    }
    world.carol().visit("/account").assert_ok();
    ada.visit(carol.path()).assert_shows("Carol Meyer");
}
