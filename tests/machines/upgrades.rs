//! What a newer program does to the tables while an older one still serves: nothing that the older one would miss.

use std::{fs, path::PathBuf};

use crate::{
    architecture::root,
    steps::{new_portal, note_form, share, upload_form},
    world::{Backend, Upload, World, until},
};

/// The last step before two machines were promised to run different programs for a while.
const BEFORE: &str = "0152";

/// Why whoever reads and writes the tables as they were would fail after this statement.
fn breaks(statement: &str) -> Option<&'static str> {
    let words = statement.split_whitespace().map(str::to_uppercase).collect::<Vec<_>>().join(" ");
    let has = |what: &str| words.contains(what);
    let adds_what_none_writes = has("ALTER TABLE") && has("ADD COLUMN") && has("NOT NULL") && !has("DEFAULT");
    [
        (has("DROP TABLE"), "a table goes"),
        (has("DROP VIEW"), "a view goes"),
        (has("DROP COLUMN"), "a column goes"),
        (has("ALTER TABLE") && has(" RENAME "), "a name goes"),
        (has("SET NOT NULL"), "a column must be filled by those who do not fill it"),
        (has("ALTER COLUMN") && has(" TYPE "), "a column becomes of another type"),
        (adds_what_none_writes, "a column is added that those who do not know it cannot leave out"),
    ]
    .into_iter()
    .find_map(|(is_so, why)| is_so.then_some(why))
}

/// Without what follows `--`.
fn statements(source: &str) -> Vec<String> {
    let code = source.lines().map(|line| line.split("--").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n").split(';').map(str::to_owned).collect()
}

/// SQLite has one machine, which is stopped for it.
#[test]
fn steps_since_the_first_of_several_machines_leave_everything_where_an_older_program_finds_it() {
    let folder = root().join("migrations/postgres");
    let mut steps: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|step| step.unwrap().path()).collect();
    steps.sort();
    assert!(!steps.is_empty());
    for step in steps {
        let name = step.file_name().unwrap().to_str().unwrap();
        if name.split('_').next().unwrap() <= BEFORE {
            continue;
        }
        for statement in statements(&fs::read_to_string(step.join("up.sql")).unwrap()) {
            let why = breaks(&statement);
            assert!(why.is_none(), "{name}: {}: {statement}", why.unwrap_or_default());
        }
    }
}

#[test]
fn what_an_older_program_would_miss_is_told() {
    for (statement, is_told) in [
        ("DROP TABLE files", true),
        ("ALTER TABLE notes\n  DROP COLUMN pinned", true),
        ("alter table file_pages rename to item_pages", true),
        ("ALTER TABLE notes ADD COLUMN mood TEXT NOT NULL", true),
        ("ALTER TABLE notes ALTER COLUMN mood TYPE INTEGER", true),
        ("ALTER TABLE notes ALTER COLUMN mood SET NOT NULL", true),
        ("ALTER TABLE notes ADD COLUMN mood TEXT NOT NULL DEFAULT ''", false),
        ("ALTER TABLE notes ADD COLUMN mood TEXT", false),
        ("CREATE TABLE moods (id BYTEA NOT NULL)", false),
        ("DROP INDEX notes_by_mood", false),
    ] {
        assert_eq!(breaks(statement).is_some(), is_told, "{statement}");
    }
    assert_eq!(statements("SELECT 1; -- DROP TABLE notes;\nSELECT 2"), ["SELECT 1", " \nSELECT 2"]);
}

/// T35: the other half, that no older program starts on it.
#[test]
fn t35_a_machine_goes_on_while_a_newer_program_has_taken_its_steps_on_postgres() {
    let world = World::start(Backend::Postgres);
    let other = world.another_machine();
    let (ada, there) = (world.ada(), world.carol().by_way_of(&other));
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    note_form(&portal, "Before", "Words.").submit().follow().assert_ok();

    let mut steps: Vec<String> =
        ["people", "sessions", "portals", "grants", "items", "notes", "events", "jobs"]
            .iter()
            .map(|table| format!("ALTER TABLE {table} ADD COLUMN to_come TEXT NOT NULL DEFAULT ''"))
            .collect();
    steps.push(
        "CREATE TABLE things_to_come (organization_id BYTEA NOT NULL REFERENCES organizations (id),
             id BYTEA NOT NULL, PRIMARY KEY (organization_id, id))"
            .to_owned(),
    );
    steps.push("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')".to_owned());
    for step in &steps {
        world.database().execute(step).unwrap();
    }

    let path = portal.path().replace("/staff", "");
    there.get(&path).assert_ok().assert_shows("Before");
    note_form(&portal, "Afterwards", "The marzipan heron.").submit().follow().assert_ok();
    upload_form(&portal, [Upload::text("plan.txt", "A cormorant.")]).submit().follow().assert_ok();
    there.get(&path).assert_ok().assert_shows("Afterwards").assert_shows("plan.txt");
    until(|| super::finds(&there, "marzipan", "Afterwards") && super::finds(&there, "cormorant", "plan.txt"));
    world.sign_in("carol@acme.test").get("/account").assert_ok();

    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
    let said = surroundings.run(&["serve"]).assert_failure();
    assert!(said.contains("newer program (step 9999)"), "{said}");
}
