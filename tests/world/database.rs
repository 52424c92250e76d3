use std::{
    collections::BTreeMap,
    fmt,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
    sql_query, sql_types::Text,
};

use crate::architecture::root;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// The database of one world, which the server alone writes: a test looks at it to see that nothing changed.
pub enum Database {
    /// The folder that holds the file, whose name is the product's affair.
    Sqlite {
        data: PathBuf,
    },
    Postgres {
        name: String,
    },
}

impl Database {
    /// An empty one. SQLite's is made by the server itself.
    pub fn create(backend: Backend, data: &Path) -> Self {
        match backend {
            Backend::Sqlite => Self::Sqlite { data: data.to_owned() },
            Backend::Postgres => {
                let name = new_name();
                administer(&format!("CREATE DATABASE {name}"));
                Self::Postgres { name }
            }
        }
    }

    pub fn copy_of(template: &str) -> Self {
        let name = new_name();
        administer(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self::Postgres { name }
    }

    /// As the first program made it, with rows made by this SQL, in which `'~4'` is the bytes of an id.
    /// Returns its address: no program has named it yet.
    pub fn at_first_step(&self, rows: &str) -> String {
        let step = |backend: &str, bytes: &str| {
            let path = root().join("migrations").join(backend).join("0001_foundation/up.sql");
            let steps = "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL,
                             run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
                         INSERT INTO __diesel_schema_migrations (version) VALUES ('0001');";
            let bytes = |digit: char| format!("{bytes}{}'", digit.to_string().repeat(32));
            let rows = "0123456789abcdef"
                .chars()
                .fold(rows.to_owned(), |rows, digit| rows.replace(&format!("'~{digit}'"), &bytes(digit)));
            format!("{}{steps}{rows}", fs::read_to_string(path).unwrap())
        };
        match self {
            Self::Sqlite { data } => {
                fs::create_dir_all(data).unwrap();
                let path = data.join("earlier.sqlite").to_str().unwrap().to_owned();
                SqliteConnection::establish(&path).unwrap().batch_execute(&step("sqlite", "X'")).unwrap();
                path
            }
            Self::Postgres { name } => {
                let address = format!("{}/{name}", postgres());
                PgConnection::establish(&address).unwrap().batch_execute(&step("postgres", "'\\x")).unwrap();
                address
            }
        }
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Sqlite { .. } => Vec::new(),
            Self::Postgres { name } => vec![("DATABASE_URL", format!("{}/{name}", postgres()))],
        }
    }

    pub fn backend(&self) -> Backend {
        match self {
            Self::Sqlite { .. } => Backend::Sqlite,
            Self::Postgres { .. } => Backend::Postgres,
        }
    }

    /// One statement, by the same user as the server's; how many rows it changed, or the database's words.
    pub fn execute(&self, statement: &str) -> Result<usize, String> {
        let changed = match self {
            Self::Sqlite { data } => {
                let mut connection =
                    SqliteConnection::establish(sqlite_file(data).to_str().unwrap()).unwrap();
                // As the product opens it.
                let pragmas =
                    "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON";
                connection.batch_execute(pragmas).unwrap();
                sql_query(statement).execute(&mut connection)
            }
            Self::Postgres { name } => {
                let mut connection = PgConnection::establish(&format!("{}/{name}", postgres())).unwrap();
                sql_query(statement).execute(&mut connection)
            }
        };
        changed.map_err(|error| error.to_string())
    }

    /// Nobody else writes until it is dropped. Reading goes on.
    pub fn hold(&self) -> Held {
        match self {
            Self::Sqlite { data } => {
                let mut connection =
                    SqliteConnection::establish(sqlite_file(data).to_str().unwrap()).unwrap();
                connection.batch_execute("PRAGMA busy_timeout = 30000; BEGIN EXCLUSIVE").unwrap();
                Held::Sqlite(connection)
            }
            Self::Postgres { name } => {
                let mut connection = PgConnection::establish(&format!("{}/{name}", postgres())).unwrap();
                let hold =
                    "SET application_name = 'held'; BEGIN; LOCK TABLE events, people IN EXCLUSIVE MODE";
                connection.batch_execute(hold).unwrap();
                Held::Postgres(connection)
            }
        }
    }

    /// A server of PostgreSQL that lets nobody in and throws out whoever is in, but for who [holds](Self::hold) it: what
    /// waits for that one could come to its end before it is thrown out itself.
    pub fn shut(&self) {
        let Self::Postgres { name } = self else { panic!("SQLite is a file") };
        administer(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        administer(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = '{name}' AND application_name <> 'held'"
        ));
    }

    pub fn open(&self) {
        let Self::Postgres { name } = self else { panic!("SQLite is a file") };
        administer(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    }

    /// A snapshot once jobs and followers have caught up.
    #[track_caller]
    pub fn at_rest(&self, but: &[&str]) -> Snapshot {
        let mut earlier = self.snapshot(but);
        for _ in 0..200 {
            thread::sleep(Duration::from_millis(300));
            let later = self.snapshot(but);
            if earlier == later {
                return later;
            }
            earlier = later;
        }
        panic!("the database never comes to rest");
    }

    /// The column `row` of what the statement finds, which is written once for each database.
    pub fn texts(&self, on_sqlite: &str, on_postgres: &str) -> Vec<String> {
        let rows: Vec<Row> = match self {
            Self::Sqlite { data } => {
                let file = sqlite_file(data);
                let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
                connection.batch_execute("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000").unwrap();
                sql_query(on_sqlite).load(&mut connection).unwrap()
            }
            Self::Postgres { name } => {
                let mut connection = PgConnection::establish(&format!("{}/{name}", postgres())).unwrap();
                sql_query(on_postgres).load(&mut connection).unwrap()
            }
        };
        rows.into_iter().map(|found| found.row).collect()
    }

    /// Every row of every table, but for the columns that `but` names as `table.column`, or `table.*`.
    pub fn snapshot(&self, but: &[&str]) -> Snapshot {
        match self {
            Self::Sqlite { data } => {
                let mut connection =
                    SqliteConnection::establish(sqlite_file(data).to_str().unwrap()).unwrap();
                connection.batch_execute("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000").unwrap();
                let columns: Vec<Column> = sql_query(
                    "SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m, pragma_table_info(m.name) c
                     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid",
                )
                .load(&mut connection)
                .unwrap();
                read(columns, but, |table, columns| {
                    let quoted: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
                    let row = quoted.join(" || ', ' || ");
                    sql_query(format!("SELECT {row} AS row FROM {table} ORDER BY 1"))
                        .load(&mut connection)
                        .unwrap()
                })
            }
            Self::Postgres { name } => {
                let mut connection = PgConnection::establish(&format!("{}/{name}", postgres())).unwrap();
                let columns: Vec<Column> = sql_query(
                    "SELECT table_name::text, column_name::text FROM information_schema.columns
                     WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
                )
                .load(&mut connection)
                .unwrap();
                read(columns, but, |table, columns| {
                    let row = columns.join(", ");
                    sql_query(format!("SELECT ROW({row})::text AS row FROM {table} ORDER BY 1"))
                        .load(&mut connection)
                        .unwrap()
                })
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Of a failed test the cluster keeps it: a second panic would end the other tests too.
        if let (Self::Postgres { name }, false) = (self, thread::panicking()) {
            administer(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// A connection in whose way everybody else is.
pub enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Tables and their rows, as text.
#[derive(PartialEq, Eq)]
pub struct Snapshot(BTreeMap<String, Vec<String>>);

impl Snapshot {
    /// `None` when nothing changed.
    pub fn changes_until(&self, later: &Self) -> Option<Changes> {
        let mut changes = Vec::new();
        for (table, rows) in &later.0 {
            let before = self.0.get(table).map(Vec::as_slice).unwrap_or_default();
            changes.extend(
                rows.iter().filter(|row| !before.contains(row)).map(|row| format!("+ {table}: {row}")),
            );
            changes.extend(
                before.iter().filter(|row| !rows.contains(row)).map(|row| format!("- {table}: {row}")),
            );
        }
        (!changes.is_empty()).then_some(Changes(changes))
    }

    /// Whether this stands in any row; bytes are written as hexadecimal digits, in whatever case.
    pub fn holds(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.values().flatten().any(|row| row.to_lowercase().contains(&text))
    }
}

pub struct Changes(Vec<String>);

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .take(20)
            .try_for_each(|line| writeln!(f, "{}", line.chars().take(300).collect::<String>()))
    }
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

fn read(columns: Vec<Column>, but: &[&str], mut rows: impl FnMut(&str, &[String]) -> Vec<Row>) -> Snapshot {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Column { table_name, column_name } in columns {
        let left_out = but.contains(&format!("{table_name}.*").as_str())
            || but.contains(&format!("{table_name}.{column_name}").as_str());
        if !left_out {
            tables.entry(table_name).or_default().push(format!("\"{column_name}\""));
        }
    }
    let read = |(table, columns): (String, Vec<String>)| {
        let rows = rows(&table, &columns).into_iter().map(|row| row.row).collect();
        (table, rows)
    };
    Snapshot(tables.into_iter().map(read).collect())
}

/// The one file in the folder that says it is a SQLite database.
fn sqlite_file(data: &Path) -> PathBuf {
    let files = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut found = files.filter(|path| fs::read(path).unwrap().starts_with(b"SQLite format 3\0"));
    found.next().unwrap_or_else(|| panic!("no SQLite database in {}", data.display()))
}

fn new_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("world_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

fn administer(statement: &str) {
    let mut connection = PgConnection::establish(&format!("{}/postgres", postgres())).unwrap();
    connection.batch_execute(statement).unwrap();
}

/// The address of the cluster that all tests share, which `tests/postgres` starts for the first of them. The lock on
/// its list of users is let go when this process ends; after the last one a watchdog stops the cluster.
pub fn postgres() -> &'static str {
    static ADDRESS: OnceLock<(String, File)> = OnceLock::new();
    let (address, _lock) = ADDRESS.get_or_init(|| {
        let lock = File::open(ask("lock")).unwrap();
        lock.lock_shared().unwrap();
        (ask("address"), lock)
    });
    address
}

fn ask(what: &str) -> String {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("postgres");
    let answer = Command::new(program).arg(what).output().unwrap();
    assert!(answer.status.success(), "tests/postgres {what}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap().trim().to_owned()
}

/// Empty, whatever was there under this name.
pub fn recreate(name: &str) {
    administer(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    administer(&format!("CREATE DATABASE {name}"));
}

pub fn exists(name: &str) -> bool {
    PgConnection::establish(&format!("{}/{name}", postgres())).is_ok()
}
