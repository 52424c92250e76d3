//! What whoever runs the installation has of it: metrics, the doctor, backups by the clock, and what a package brings.

mod exposition;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    on_both,
    steps::{new_portal, note_form},
    world::{Backend, Page, Person, World, until},
};

on_both! {
    t15_metrics_are_there_for_whoever_has_the_token_and_tell_of_nobody,
    t35_the_server_backs_itself_up_every_day_and_keeps_the_newest,
    t35_an_encrypted_backup_opens_with_its_key_alone,
    the_doctor_finds_nothing_broken_and_leaves_nothing_behind,
}

pub const TOKEN: &str = "9f86d081884c7d659a2feaa0";
const KEY: &str = "an umbrella for the heron, and one for its key";

pub fn restart(world: &mut World, variables: &[(&'static str, &str)]) {
    world.server_mut().stop();
    for (name, value) in variables {
        world.server_mut().set(name, *value);
    }
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
}

pub fn metrics(person: &Person, authorization: &str) -> Page {
    let request = person.request(reqwest::Method::GET, "/metrics");
    person.send(request.header("Authorization", authorization))
}

fn t15_metrics_are_there_for_whoever_has_the_token_and_tell_of_nobody(mut world: World) {
    let right = format!("Bearer {TOKEN}");
    metrics(&world.stranger(), &right).assert_not_found();

    restart(&mut world, &[("PORTICO_METRICS_TOKEN", TOKEN)]);
    let stranger = world.stranger();
    stranger.get("/metrics").assert_not_found();
    world.ada().get("/metrics").assert_not_found();
    let longer = format!("{right}0");
    for wrong in
        ["", "Bearer", "Bearer ", &right[..right.len() - 1], &longer, TOKEN, "Basic 9f86d081884c7d659a2feaa0"]
    {
        metrics(&stranger, wrong).assert_not_found();
    }

    world.ada().visit("/staff/portals").assert_ok();
    let listening = world.carol().listen("/live");
    let told = metrics(&stranger, &right);
    drop(listening);
    let text = told.assert_ok().source();
    assert!(told.header("content-type").starts_with("application/openmetrics-text; version=1.0.0"));
    assert_eq!(told.header("cache-control"), "no-store");
    for beginning in [
        "portico_requests_total{route=\"staff\",status=\"2xx\"} ",
        "portico_request_duration_seconds_bucket{route=\"staff\",status=\"2xx\",le=\"+Inf\"} ",
        "portico_jobs_waiting ",
        "portico_oldest_job_age_seconds ",
        "portico_event_streams ",
        "portico_database_waiting{purpose=\"read\"} ",
        "process_resident_memory_bytes ",
    ] {
        assert!(text.lines().any(|line| line.starts_with(beginning)), "no {beginning} in\n{text}");
    }
    assert!(text.lines().any(|line| line == "portico_database_up 1"), "{text}");
    assert!(text.ends_with("# EOF\n"), "{text}");
    let families = exposition::read(&text);
    for family in [
        "portico_build",
        "portico_object_store_calls",
        "portico_mails",
        "portico_database_connections",
        "process_cpu_seconds",
        "process_start_time_seconds",
        "process_max_fds",
    ] {
        assert!(families.contains(family), "no {family} in\n{text}");
    }
    let older = stranger.request(reqwest::Method::GET, "/metrics").header("Authorization", &right);
    let older = stranger.send(older.header("Accept", "text/plain;version=0.0.4"));
    assert!(older.assert_ok().header("content-type").starts_with("text/plain; version=0.0.4"));
    assert!(older.source().contains("\n# TYPE portico_requests_total counter\n"), "{}", older.source());
    for private in ["studio", "rival", "ada", "carol", "acme", TOKEN] {
        assert!(!text.contains(private), "{private} in\n{text}");
    }
}

fn backups_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

fn settings(world: &World) -> Page {
    world.ada().visit("/staff/settings/backups")
}

fn t35_the_server_backs_itself_up_every_day_and_keeps_the_newest(mut world: World) {
    settings(&world).assert_shows("No backup was made yet.").assert_shows("makes none by itself");
    let folder = world.data().with_file_name("backups");
    restart(
        &mut world,
        &[
            ("PORTICO_BACKUP", folder.to_str().unwrap()),
            ("PORTICO_BACKUP_KEEP", "2"),
            ("PORTICO_BACKUP_KEY", KEY),
        ],
    );
    let is_whole = |name: &String| name.ends_with(".backup");
    until(|| settings(&world).shows("Last backup"));
    let first = backups_in(&folder);
    assert!(first.len() == 1 && first.iter().all(is_whole), "{first:?}");
    settings(&world).assert_shows("keeps the newest 2").assert_hides("is not encrypted");
    // Somebody else's file is nobody's to remove.
    fs::write(folder.join("holiday.backup"), "mine").unwrap();
    for _ in 0..2 {
        let before = backups_in(&folder);
        world.clock().advance(1);
        until(|| backups_in(&folder).iter().any(|name| is_whole(name) && !before.contains(name)));
    }
    until(|| backups_in(&folder).len() == 3);
    let left = backups_in(&folder);
    assert!(left.contains(&"holiday.backup".to_owned()) && !left.contains(&first[0]), "{left:?}");
    let newest = folder.join(left.last().unwrap());
    world.command(&["backup", "--verify", newest.to_str().unwrap()]).assert_success();
    world.ben().get("/staff/settings/backups").assert_status(403);
}

fn path(world: &World, name: &str) -> PathBuf {
    world.data().with_file_name(name)
}

fn t35_an_encrypted_backup_opens_with_its_key_alone(mut world: World) {
    let portal = new_portal(&world.ada(), "Winter campaign");
    note_form(&portal, "Recap", "The quokkas agreed.").submit().follow().assert_ok();
    world.server_mut().set("PORTICO_BACKUP_KEY", KEY);
    let file = path(&world, "portico.backup");
    let file = file.to_str().unwrap();
    let said = world.command(&["backup", file]).assert_success();
    assert!(said.contains("It is encrypted") && !said.contains(KEY), "{said}");
    let bytes = fs::read(file).unwrap();
    let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    assert!(!holds(b"quokkas") && !holds(b"organizations") && !holds(b"portico backup"));

    let mut other = World::empty(world.database().backend());
    other.server_mut().stop();
    let refused = [
        ("", "it is encrypted"),
        ("another umbrella for the heron", "is not the key that it was written with"),
        ("short", "fewer than 20 characters"),
    ];
    for (key, words) in refused {
        other.server_mut().set("PORTICO_BACKUP_KEY", key);
        let said = other.command(&["restore", file]).assert_failure();
        assert!(said.contains(words) && said.lines().count() == 1, "{said}");
    }
    other.server_mut().set("PORTICO_BACKUP_KEY", KEY);
    for length in [bytes.len() - 1, bytes.len() / 2, 48, 20] {
        let torn = path(&other, "torn.backup");
        fs::write(&torn, &bytes[..length]).unwrap();
        let said = other.command(&["restore", torn.to_str().unwrap()]).assert_failure();
        assert!(said.contains("it is torn") || said.contains("it is damaged"), "{length}: {said}");
    }
    other.command(&["backup", "--verify", file]).assert_success();
    other.command(&["restore", file]).assert_success();
    other.server_mut().launch();
    other.server_mut().wait_until_ready();
    let ada = other.stranger_at("studio");
    ada.sign_in("ada@studio.test", world.password_of("ada@studio.test")).assert_signed_in();
    ada.visit("/staff/portals").press("Winter campaign").assert_shows("Recap");
}

fn findings(printed: &[u8]) -> Vec<Value> {
    let told: Value = serde_json::from_slice(printed).unwrap();
    told["findings"].as_array().unwrap().clone()
}

fn the_doctor_finds_nothing_broken_and_leaves_nothing_behind(world: World) {
    let before = world.database().at_rest(&[]);
    let printed = world.command(&["doctor", "--json"]).assert_success();
    let findings = findings(printed.as_bytes());
    for check in
        ["database", "rows", "clock", "objects", "search", "disk", "mail", "address", "backup", "files"]
    {
        assert!(findings.iter().any(|finding| finding["check"] == check), "no {check} in {printed}");
    }
    for finding in &findings {
        assert_ne!(finding["state"], "broken", "{printed}");
        let is_advised = finding["advice"].as_str().is_some_and(|advice| advice.ends_with('.'));
        assert_eq!(is_advised, finding["state"] != "good", "{finding}");
    }
    let answers = |check: &str| findings.iter().find(|each| each["check"] == check).unwrap()["state"].clone();
    assert_eq!([answers("address"), answers("objects"), answers("rows")], ["good", "good", "good"]);
    let left = before.changes_until(&world.database().at_rest(&[]));
    assert!(left.is_none(), "{}", left.unwrap());
    let probes = fs::read_dir(world.data().join("objects/portico-doctor")).into_iter().flatten();
    assert_eq!(probes.count(), 0);

    let lines = world.command(&["doctor"]).assert_success();
    assert!(
        lines.lines().any(|line| line.starts_with("backup      look at this: none was made yet")),
        "{lines}"
    );
}

#[test]
fn t15_the_doctor_says_what_is_broken_and_no_secret() {
    let world = World::start(Backend::Sqlite);
    let mut surroundings = world.server().surroundings().clone();
    // Nobody listens there.
    surroundings.set("SMTP_URL", "smtp://portico:opensesame@127.0.0.1:1");
    surroundings.set("STORAGE_URL", "s3://portico?endpoint=http://127.0.0.1:1&region=us-east-1");
    surroundings.set("AWS_ACCESS_KEY_ID", "portico");
    surroundings.set("AWS_SECRET_ACCESS_KEY", "opensesame");
    let printed = surroundings.run(&["doctor", "--json"]);
    let told = String::from_utf8(printed.output.stdout.clone()).unwrap();
    let broken: Vec<_> = findings(told.as_bytes())
        .into_iter()
        .filter(|finding| finding["state"] == "broken")
        .map(|finding| finding["check"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(broken, ["objects", "mail"], "{told}");
    assert!(!told.contains("opensesame"), "{told}");
    assert_eq!(printed.assert_failure(), "portico: 2 things are broken");
}

#[test]
fn a_database_that_is_older_or_away_is_broken_and_stays_as_it_is() {
    let world = World::start(Backend::Sqlite);
    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("DATABASE_URL", "postgres://portico:opensesame@127.0.0.1:1/portico");
    let printed = surroundings.run(&["doctor"]);
    let told = String::from_utf8(printed.output.stdout.clone()).unwrap();
    assert!(told.lines().any(|line| line.starts_with("database    broken: ")), "{told}");
    assert!(!told.contains("opensesame"), "{told}");
    assert_eq!(printed.assert_failure(), "portico: 1 thing is broken");

    let file = path(&world, "empty.sqlite");
    surroundings.set("DATABASE_URL", file.to_str().unwrap());
    let printed = surroundings.run(&["doctor"]);
    let told = String::from_utf8(printed.output.stdout.clone()).unwrap();
    assert!(told.contains("steps of this program") && told.contains("`portico migrate`"), "{told}");
    printed.assert_failure();
    surroundings.run(&["migrate"]).assert_success();
    surroundings.run(&["doctor"]).assert_success();
}

#[test]
fn what_could_be_guessed_is_no_key_and_no_token() {
    let world = World::empty(Backend::Sqlite);
    for name in ["PORTICO_BACKUP_KEY", "PORTICO_METRICS_TOKEN"] {
        let mut surroundings = world.server().surroundings().clone();
        surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
        surroundings.set(name, "hunter2");
        let said = surroundings.run(&["serve"]).assert_failure();
        assert!(said.contains(name) && said.contains("20 characters") && !said.contains("hunter2"), "{said}");
    }
    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
    surroundings.set("PORTICO_INBOUND_MAIL", "reply@portal.example");
    surroundings.set("PORTICO_INBOUND_SECRET", "hunter2");
    let said = surroundings.run(&["serve"]).assert_failure();
    assert!(said.contains("PORTICO_INBOUND_SECRET: it has fewer than 16"), "{said}");
    assert!(!said.contains("PORTICO_INBOUND_MAIL") && !said.contains("hunter2"), "{said}");
    let help = world.command(&["serve", "--help"]).assert_success();
    for name in ["PORTICO_BACKUP", "PORTICO_BACKUP_KEEP", "PORTICO_BACKUP_KEY", "PORTICO_METRICS_TOKEN"] {
        assert!(help.contains(name), "no {name} in\n{help}");
    }
}

#[test]
fn a_package_gets_completions_and_a_manual_of_every_command() {
    let world = World::empty(Backend::Sqlite);
    for shell in ["bash", "zsh", "fish"] {
        let script = world.command(&["completions", shell]).assert_success();
        assert!(script.contains("portico") && script.contains("reindex"), "{shell}:\n{script}");
    }
    let manual = world.command(&["manual"]).assert_success();
    assert!(manual.contains(".TH portico") && manual.contains("doctor"), "{manual}");
    for command in ["serve", "migrate", "demo", "backup", "backups", "restore", "reindex", "doctor", "owner"]
    {
        let page = world.command(&["manual", command]).assert_success();
        assert!(page.contains(&format!(".TH portico-{command}")), "{page}");
    }
    assert!(world.command(&["manual", "serve"]).assert_success().contains("PORTICO_LISTEN"));
    for command in ["routes", "nothing"] {
        let said = world.command(&["manual", command]).assert_failure();
        assert_eq!(said, format!("portico: there is no command {command:?}"));
    }
}
