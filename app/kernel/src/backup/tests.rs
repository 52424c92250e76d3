use std::fs::File;

use diesel::connection::SimpleConnection;

use super::{contents::Head, progress::nobody, *};

/// A database at the first step of all, with these rows in it, and the folder that it is in.
fn first(rows: &str) -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let mut db = connect(&sqlite(&folder, "first")).unwrap();
    bring_to(&mut db, &["0001".to_owned()]).unwrap();
    db.batch_execute(&format!("PRAGMA foreign_keys = OFF; {rows}")).unwrap();
    (folder, db)
}

fn sqlite(folder: &tempfile::TempDir, name: &str) -> Backend {
    Backend::Sqlite(folder.path().join(name).to_str().unwrap().to_owned())
}

fn written(folder: &tempfile::TempDir, db: &mut Db) -> Contents {
    let path = folder.path().join("portico.backup");
    let mut archive = ArchiveWriter::begin(File::create(&path).unwrap()).unwrap();
    let (steps, program) = (vec!["0001".to_owned()], "0.0.1".to_owned());
    let head = Head { format: contents::FORMAT, steps, program, written_at: Instant::from_micros(0) };
    archive.json(Kind::Head, &head).unwrap();
    archive.frame(Kind::Secret, &[7; 32]).unwrap();
    let counts = snapshot::write_rows(db, &mut archive, &mut nobody()).unwrap();
    archive.json(Kind::Counts, &counts).unwrap();
    archive.end().unwrap();
    Contents::of(Source::File(path), None, &mut nobody()).unwrap()
}

fn lines(db: &mut Db, question: &str) -> Vec<String> {
    catalogue::lines(db, question).unwrap()
}

/// The folder has the greater id, so that the item within it comes first.
const STUDIO: &str = "
    INSERT INTO organizations (id, slug, name, colour, language, time_zone, headline, created_at)
        VALUES (X'01', 'studio', 'Studio', '#336699', 'en', 'UTC', 'Hier entsteht Großes', 5);
    INSERT INTO portals (organization_id, id, name, created_at) VALUES (X'01', X'02', '', -5);
    INSERT INTO items
        (organization_id, id, portal_id, folder_id, kind, name, position, created_at, changed_at)
        VALUES (X'01', X'0a', X'02', X'0b', 'note', 'Within', 1, 5, 5),
               (X'01', X'0b', X'02', NULL, 'folder', 'Above', 1, 5, 5);
    INSERT INTO notes (organization_id, item_id, body, pinned) VALUES (X'01', X'0a', 'it''s', TRUE);
    INSERT INTO events (organization_id, kind, at, data) VALUES (X'01', 'item.added', 5, '{}');
    INSERT INTO jobs (id, organization_id, kind, payload, created_at, run_at, attempts)
        VALUES (41, X'01', 'files-read', '{}', 5, 5, 0);
    DELETE FROM jobs;";

#[test]
fn t35_the_file_of_an_older_program_is_restored_and_brought_to_this_ones_steps() {
    let (folder, mut db) = first(STUDIO);
    let contents = written(&folder, &mut db);
    let mut restored = open_empty(&sqlite(&folder, "restored"), &contents).unwrap();
    let counts = loading::load(
        &mut restored,
        &mut *contents.archive(Wanted::Rows).unwrap(),
        contents.counts.rows,
        &mut nobody(),
    )
    .unwrap();
    assert_eq!(counts, contents.counts);
    let fingerprints = fingerprint::of_database(&mut restored).unwrap();
    assert_eq!(fingerprints, fingerprint::of_database(&mut db).unwrap());
    assert_eq!(fingerprints, fingerprint::of_archive(&mut *contents.archive(Wanted::Rows).unwrap()).unwrap());
    let counters = "SELECT name || ' ' || seq AS line FROM sqlite_sequence ORDER BY name";
    assert_eq!(lines(&mut restored, counters), ["events 1", "jobs 41"]);
    drop(restored);

    finish(&sqlite(&folder, "restored"), contents, counts).unwrap();
    let mut restored = connect(&sqlite(&folder, "restored")).unwrap();
    // Steps of later have found what they change.
    assert_eq!(lines(&mut restored, "SELECT title AS line FROM organizations"), ["Hier entsteht Großes"]);
    assert_eq!(lines(&mut restored, "SELECT hex(pinned_in) AS line FROM notes"), ["02"]);
    let refused = loading::refuse_used(&mut restored).unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
}

#[test]
fn t35_rows_that_lead_nowhere_are_refused_and_none_is_left() {
    let (folder, mut db) =
        first("INSERT INTO portals (organization_id, id, name, created_at) VALUES (X'01', X'02', 'Lost', 5)");
    let contents = written(&folder, &mut db);
    let mut restored = open_empty(&sqlite(&folder, "restored"), &contents).unwrap();
    let refused = loading::load(
        &mut restored,
        &mut *contents.archive(Wanted::Rows).unwrap(),
        contents.counts.rows,
        &mut nobody(),
    )
    .unwrap_err()
    .to_string();
    assert_eq!(refused, "rows lead to others that are not there: portals to organizations");
    assert_eq!(lines(&mut restored, "SELECT CAST(COUNT(*) AS TEXT) AS line FROM portals"), ["0"]);
}

/// What keeps an issued invoice as it is stands again when its rows are there.
#[test]
fn t35_what_was_frozen_is_frozen_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut db = connect(&sqlite(&folder, "today")).unwrap();
    bring_to(&mut db, &known_steps().unwrap()).unwrap();
    let triggers = "SELECT name || sql AS line FROM sqlite_master WHERE type = 'trigger' ORDER BY name";
    let before = lines(&mut db, triggers);
    let tables = catalogue::tables(&mut db).unwrap();
    let keepers = keepers::Keepers::take_away(&mut db, &tables).unwrap();
    assert!(lines(&mut db, triggers).is_empty());
    keepers.put_back(&mut db).unwrap();
    assert!(before.len() > 10);
    assert_eq!(lines(&mut db, triggers), before);
}
