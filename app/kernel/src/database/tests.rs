use diesel::{QueryableByName, insert_into, prelude::*, sql_query, sql_types::Text};

use super::*;
use crate::{error::Error, per_backend};

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    value: String,
}

/// As the database itself tells it, on a connection of the pool.
fn ask(db: &mut Db, question: &str) -> String {
    per_backend!(db, |connection| sql_query(question).get_result::<Told>(connection).unwrap().value)
}

fn pragma(db: &mut Db, name: &str) -> String {
    let column = if name == "busy_timeout" { "timeout" } else { name };
    ask(db, &format!("SELECT CAST({column} AS TEXT) AS value FROM pragma_{name}"))
}

/// T30. The numbers are SQLite's: <https://sqlite.org/pragma.html>, where 2 is FULL.
#[test]
fn t30_a_connection_to_sqlite_keeps_what_it_acknowledges() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portico.sqlite").to_str().unwrap().to_owned();
    let database = Database::open(Backend::Sqlite(path)).unwrap();
    for door in [&database.readers, &database.writers] {
        let mut db = door.connection().unwrap();
        for (name, expected) in [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("recursive_triggers", "1"),
            ("busy_timeout", "5000"),
        ] {
            assert_eq!(pragma(&mut db, name), expected, "{name}");
        }
        let version = ask(&mut db, "SELECT sqlite_version() AS value");
        let numbers: Vec<u32> = version.split('.').map(|number| number.parse().unwrap()).collect();
        assert!(numbers.as_slice() >= &[3, 51, 3][..], "{version}");
    }
}

#[tokio::test]
async fn t30_a_write_holds_the_lock_before_it_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portico.sqlite").to_str().unwrap().to_owned();
    let database = Database::open(Backend::Sqlite(path.clone())).unwrap();
    let begin = move || SqliteConnection::establish(&path).unwrap().batch_execute("BEGIN IMMEDIATE");
    begin().unwrap();
    let beside = begin.clone();
    let refused = database.write(move |_| Ok(beside())).await.unwrap().unwrap_err();
    assert!(refused.to_string().contains("locked"), "{refused}");
    database.read(move |_| Ok(begin())).await.unwrap().unwrap();
}

diesel::table! {
    words (number) {
        number -> BigInt,
        word -> Text,
    }
}

/// Of three kilobytes each.
fn rows(
    numbers: std::ops::Range<i64>,
) -> Vec<(diesel::dsl::Eq<words::number, i64>, diesel::dsl::Eq<words::word, String>)> {
    numbers.map(|number| (words::number.eq(number), words::word.eq("quokka".repeat(500)))).collect()
}

/// T34. SQLite gives a transaction up by itself when there is no more room for it, with all that was nested in it:
/// the writer must be good for the next one, and what is told must be that there is no room.
#[tokio::test]
async fn t34_a_transaction_that_finds_no_room_says_so_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.sqlite").to_str().unwrap().to_owned();
    let database = Database::open(Backend::Sqlite(path)).unwrap();
    let table = "CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT NOT NULL)";
    database.write(|db| Ok(db.batch_execute(table)?)).await.unwrap();
    let room = async |pages: u32| {
        let set = move |db: &mut Db| Ok(db.batch_execute(&format!("PRAGMA max_page_count = {pages}"))?);
        database.write(set).await.unwrap();
    };
    for round in 0..3 {
        room(20).await;
        let one_by_one = database.write(|db| {
            rows(1_000..1_100).into_iter().try_for_each(|row| {
                insert_into(words::table).values(row).execute(db)?;
                Ok(())
            })
        });
        assert!(matches!(one_by_one.await, Err(Error::StorageFull)));
        let at_once = database.write(|db| {
            per_backend!(db, |c| insert_into(words::table).values(&rows(1_000..1_100)).execute(c)?);
            Ok(())
        });
        let refused = at_once.await;
        assert!(matches!(refused, Err(Error::StorageFull)), "{refused:?}");
        room(1_000).await;
        let fits = database.write(move |db| {
            per_backend!(db, |c| insert_into(words::table)
                .values(&rows(round * 5..round * 5 + 5))
                .execute(c)?);
            Ok(())
        });
        fits.await.unwrap();
        let kept: i64 = database.read(|db| Ok(words::table.count().get_result(db)?)).await.unwrap();
        assert_eq!(kept, (round + 1) * 5);
    }
}

/// T32
#[test]
fn t32_a_host_that_vanishes_is_not_waited_for_unless_its_address_says_so() {
    assert_eq!(
        with_patience("postgres://db/portico"),
        "postgres://db/portico?connect_timeout=5&keepalives_idle=5&keepalives_interval=3&keepalives_count=3\
         &tcp_user_timeout=15000"
    );
    let own = "postgres://db/portico?sslmode=require&connect_timeout=60&keepalives_idle=300";
    let with = with_patience(own);
    assert_eq!(
        with.strip_prefix(own),
        Some("&keepalives_interval=3&keepalives_count=3&tcp_user_timeout=15000"),
        "{with}"
    );
}
