//! The world around one server: its database, files, mail, clock, and the people who use it.
//!
//! A test takes a world of its own, so tests run in parallel, under `cargo test` and under nextest.

mod authority;
mod clock;
mod database;
mod event_stream;
mod fixture;
mod form;
mod line;
mod mailbox;
mod object_store;
mod page;
mod passage;
mod person;
mod reading;
mod route;
mod server;
mod smtp_trap;
mod stripe;

use std::{
    collections::HashMap,
    fs,
    io::{self, Write as _},
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use tempfile::TempDir;

pub use authority::Authority;
pub use clock::{Clock, HOUR};
pub use database::{Backend, Database};
pub use event_stream::EventStream;
pub use form::{Encoding, Entry, Field, Form, Upload};
pub use line::{Heard, Line};
pub use mailbox::{Mail, Mailbox};
pub use object_store::{free_port, venv};
pub use page::Page;
pub use passage::Passage;
pub use person::Person;
pub use route::Route;

use fixture::{Fixture, SignIn};
use object_store::ObjectStore;
use server::Surroundings;
pub use server::{LISTEN_TLS, Server, program};
use smtp_trap::SmtpTrap;
pub use stripe::{SECRET_KEY, Stripe, WEBHOOK_SECRET};

/// Shows every named function, which takes a [`World`] with the demo in it, as two tests: `sqlite::name` and
/// `postgres::name`. Once per file; a function left out of the list is dead code, which `make lint` refuses. With
/// another world than the usual one: `on_both! { with_stripe => name }`.
#[macro_export]
macro_rules! on_both {
    ($make:ident => $($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name($crate::world::World::$make($crate::world::Backend::Sqlite)); })+
        }
        mod postgres {
            $(#[test] fn $name() { super::$name($crate::world::World::$make($crate::world::Backend::Postgres)); })+
        }
    };
    ($($name:ident),+ $(,)?) => { $crate::on_both! { start => $($name),+ } };
}

/// What the demo's organization of Ada, Ben, Carol, Cyril and Dora is called in addresses.
pub const STUDIO: &str = "studio";
/// Eve's.
pub const RIVAL: &str = "rival";

pub struct World {
    // Dropped from top to bottom: the server stops before what it stands on goes.
    server: Server,
    database: Database,
    object_store: Option<ObjectStore>,
    smtp_trap: Option<SmtpTrap>,
    stripe: Option<Stripe>,
    mailbox: Mailbox,
    clock: Clock,
    people: Vec<SignIn>,
    signed_in: Mutex<HashMap<String, Person>>,
    secrets: Arc<Secrets>,
    folder: TempDir,
}

/// What must never stand in a log.
#[derive(Default)]
pub struct Secrets(Mutex<Vec<String>>);

impl Secrets {
    pub fn keep(&self, secret: &str) {
        // Shorter words would be found by chance.
        if secret.len() >= 10 {
            self.0.lock().unwrap().push(secret.to_owned());
        }
    }

    fn first_in<'a>(&self, lines: &'a [String]) -> Option<&'a String> {
        let secrets = self.0.lock().unwrap();
        lines.iter().find(|line| secrets.iter().any(|secret| line.contains(secret)))
    }
}

/// What a world is made of, where it differs from the usual one.
#[derive(Clone, Copy)]
struct Plan {
    backend: Backend,
    content: Content,
    objects: Objects,
    mail: MailBy,
    payments: Payments,
    /// A module to take out of the list.
    without: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Demo,
    Nothing,
    /// What the first program left, and these rows in it.
    FirstStep(&'static str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Objects {
    Folder,
    S3,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Payments {
    Off,
    Stripe,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MailBy {
    Folder,
    Smtp,
}

impl World {
    /// With the demo's two organizations in it.
    pub fn start(backend: Backend) -> Self {
        Self::build(Plan::usual(backend))
    }

    /// A fresh installation, not yet set up: see [`World::setup_link`].
    pub fn empty(backend: Backend) -> Self {
        Self::build(Plan { content: Content::Nothing, ..Plan::usual(backend) })
    }

    /// What the first program ever left behind, with rows made by this SQL in it, served by today's.
    pub fn left_by_the_first(backend: Backend, rows: &'static str) -> Self {
        Self::build(Plan { content: Content::FirstStep(rows), ..Plan::usual(backend) })
    }

    /// The demo, with its files in an S3-compatible store.
    pub fn with_s3(backend: Backend) -> Self {
        Self::build(Plan { objects: Objects::S3, ..Plan::usual(backend) })
    }

    /// The demo, sending its mail to an SMTP server, from which [`World::mailbox`] reads.
    pub fn with_smtp(backend: Backend) -> Self {
        Self::build(Plan { mail: MailBy::Smtp, ..Plan::usual(backend) })
    }

    /// The demo, with its files in an S3-compatible store and sending its mail to an SMTP server: nothing but its index and
    /// its secret lies in a folder of the machine.
    pub fn with_s3_and_smtp(backend: Backend) -> Self {
        Self::build(Plan { objects: Objects::S3, mail: MailBy::Smtp, ..Plan::usual(backend) })
    }

    /// The demo, with the keys of a fake Stripe in its environment.
    pub fn with_stripe(backend: Backend) -> Self {
        Self::build(Plan { payments: Payments::Stripe, ..Plan::usual(backend) })
    }

    /// The demo of the whole product, served by one whose list of modules lacks one line.
    pub fn without(backend: Backend, module: &'static str) -> Self {
        Self::build(Plan { without: Some(module), ..Plan::usual(backend) })
    }

    fn build(plan: Plan) -> Self {
        let folder = tempfile::Builder::new().prefix("portico-world-").tempdir().unwrap();
        let data = folder.path().join("data");
        let secrets = Arc::new(Secrets::default());
        let object_store = (plan.objects == Objects::S3).then(ObjectStore::start);
        let mut surroundings = Surroundings::new(&data, &folder.path().join("clock"));
        if let Some(store) = &object_store {
            surroundings.set_all(store.environment());
            secrets.keep(object_store::SECRET_KEY);
        }

        let (database, people) = match (plan.content, &object_store) {
            (Content::Nothing, _) => (Database::create(plan.backend, &data), Vec::new()),
            (Content::FirstStep(rows), _) => {
                let database = Database::create(plan.backend, &data);
                surroundings.set("DATABASE_URL", database.at_first_step(rows));
                (database, Vec::new())
            }
            (Content::Demo, None) => {
                let fixture = Fixture::of(plan.backend);
                (fixture.copy_to(&data), fixture.people())
            }
            (Content::Demo, Some(_)) => {
                let database = Database::create(plan.backend, &data);
                surroundings.set_all(database.environment());
                (database, fixture::fill(&surroundings))
            }
        };
        surroundings.set_all(database.environment());
        if let Some(module) = plan.without {
            // The index was made with every module; what is left makes its own.
            fs::remove_dir_all(data.join("search")).unwrap();
            surroundings.set("PORTICO_TEST_WITHOUT", module);
        }
        people.iter().for_each(|person| secrets.keep(&person.password));

        let smtp_trap = (plan.mail == MailBy::Smtp).then(|| SmtpTrap::start(&folder.path().join("smtp")));
        let letters = match &smtp_trap {
            Some(trap) => {
                surroundings.set("SMTP_URL", trap.address());
                trap.folder().to_owned()
            }
            None => data.join("mail"),
        };
        let stripe = (plan.payments == Payments::Stripe).then(Stripe::start);
        if let Some(stripe) = &stripe {
            surroundings.set_all(stripe.environment());
            [stripe::SECRET_KEY, stripe::WEBHOOK_SECRET].into_iter().for_each(|key| secrets.keep(key));
        }
        let clock = Clock::new(folder.path().join("clock"));
        let mailbox = Mailbox::new(letters, secrets.clone());
        let server = Server::start(surroundings, secrets.clone());
        let signed_in = Mutex::default();
        Self {
            server,
            database,
            object_store,
            smtp_trap,
            stripe,
            mailbox,
            clock,
            people,
            signed_in,
            secrets,
            folder,
        }
    }

    /// Owner of the studio.
    pub fn ada(&self) -> Person {
        self.signed_in("ada@studio.test")
    }

    /// Member of the studio's staff.
    pub fn ben(&self) -> Person {
        self.signed_in("ben@studio.test")
    }

    /// Client at Acme.
    pub fn carol(&self) -> Person {
        self.signed_in("carol@acme.test")
    }

    /// Carol's colleague.
    pub fn cyril(&self) -> Person {
        self.signed_in("cyril@acme.test")
    }

    /// Client of another portal.
    pub fn dora(&self) -> Person {
        self.signed_in("dora@globex.test")
    }

    /// Owner of another organization.
    pub fn eve(&self) -> Person {
        self.signed_in("eve@rival.test")
    }

    /// Nobody in particular, at the studio's address, with no cookie.
    pub fn stranger(&self) -> Person {
        self.stranger_at(STUDIO)
    }

    /// The same at another organization's address; an empty name is the installation's own.
    pub fn stranger_at(&self, organization: &str) -> Person {
        Person::stranger(&self.server.origin(organization), "a stranger", self.secrets.clone())
    }

    /// The same at a domain of an organization's own.
    pub fn stranger_at_domain(&self, domain: &str) -> Person {
        let origin = url::Url::parse(&format!("http://{domain}:{}", self.server.port())).unwrap();
        Person::stranger(&origin, "a stranger", self.secrets.clone())
    }

    /// The same at any name in https, where the certificate in this PEM is believed.
    pub fn stranger_securely(&self, host: &str, port: u16, root: &str) -> Person {
        let origin = url::Url::parse(&format!("https://{host}:{port}")).unwrap();
        Person::stranger(&origin, "a stranger", self.secrets.clone()).trusting(root)
    }

    /// Whoever looks this name up finds this address from now on, as by an entry of DNS.
    pub fn lead(&self, name: &str, address: &str) {
        let file = fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("hosts"));
        writeln!(file.unwrap(), "{address} {name}").unwrap();
    }

    /// And this text at the name (TXT).
    pub fn say_text(&self, name: &str, text: &str) {
        self.lead(&format!("{name} {text}"), "TXT");
    }

    /// Whoever looks a name up finds nothing any more.
    pub fn lead_nowhere(&self) {
        fs::write(self.folder.path().join("hosts"), "").unwrap();
    }

    /// The person of the demo with this address, signed in once per world.
    pub fn signed_in(&self, email: &str) -> Person {
        let mut signed_in = self.signed_in.lock().unwrap();
        signed_in.entry(email.to_owned()).or_insert_with(|| self.sign_in(email)).clone()
    }

    /// The same person in a browser of its own: one more session.
    pub fn sign_in(&self, email: &str) -> Person {
        let known = self.people.iter().find(|person| person.email == email);
        let SignIn { organization, password, name, .. } =
            known.unwrap_or_else(|| panic!("{email} is not in the demo"));
        let person = Person::stranger(&self.server.origin(organization), name, self.secrets.clone());
        person.sign_in(email, password).assert_signed_in();
        person
    }

    /// What `portico demo` printed for this address.
    pub fn password_of(&self, email: &str) -> &str {
        &self.people.iter().find(|person| person.email == email).unwrap().password
    }

    pub fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }

    /// Where mail goes in a world made by [`World::with_smtp`].
    pub fn smtp_trap(&mut self) -> &mut SmtpTrap {
        self.smtp_trap.as_mut().unwrap()
    }

    /// What a world made by [`World::with_stripe`] pays by.
    pub fn stripe(&self) -> &Stripe {
        self.stripe.as_ref().unwrap()
    }

    /// Where files go in a world made by [`World::with_s3`].
    pub fn bucket(&self) -> &ObjectStore {
        self.object_store.as_ref().unwrap()
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn database(&self) -> &Database {
        &self.database
    }

    pub fn server(&self) -> &Server {
        &self.server
    }

    pub fn server_mut(&mut self) -> &mut Server {
        &mut self.server
    }

    /// One more on the same database, files and `secret`, with a folder of its own. Whoever is [at it](Person::by_way_of)
    /// finds the same addresses there.
    pub fn another_machine(&self) -> Server {
        let data = self.folder.path().join("another-machine");
        fs::create_dir_all(&data).unwrap();
        fs::copy(self.data().join("secret"), data.join("secret")).unwrap();
        let mut surroundings = self.server.surroundings().clone();
        surroundings.set("PORTICO_DATA", data.to_str().unwrap());
        surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
        if self.server.faces_the_internet() {
            surroundings.set(LISTEN_TLS, "127.0.0.1:0");
        }
        if self.object_store.is_none() {
            surroundings.set("STORAGE_URL", format!("file://{}", self.data().join("objects").display()));
        }
        let mut other = Server::start(surroundings, self.secrets.clone());
        if !self.server.faces_the_internet() {
            other.set("PORTICO_PUBLIC_URL", format!("http://localhost:{}", self.server.port()));
        }
        other
    }

    /// `PORTICO_DATA`.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// The one-time address that the server printed, since no organization exists yet.
    pub fn setup_link(&self) -> String {
        let link = self.server.setup_link();
        reading::query_values(&link).for_each(|token| self.secrets.keep(&token));
        link
    }

    /// Runs another command of the program on this world's data, and returns what it printed.
    pub fn command(&self, arguments: &[&str]) -> server::Printed {
        self.server.surroundings().run(arguments)
    }
}

impl Plan {
    fn usual(backend: Backend) -> Self {
        Self {
            backend,
            content: Content::Demo,
            objects: Objects::Folder,
            mail: MailBy::Folder,
            payments: Payments::Off,
            without: None,
        }
    }
}

/// Where the tests keep what they make once for many worlds: the fixture.
fn shared_folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Printed also by a test that passes, whose `println!` nobody gets to see. On a line of its own: the runner may be
/// in the middle of one.
pub fn tell(line: &str) {
    io::stdout().write_all(format!("\n{line}\n").as_bytes()).unwrap();
}

/// Waits for what a job or a reaction brings about; tries, not a bound on time.
#[track_caller]
pub fn until(reached: impl Fn() -> bool) {
    for _ in 0..3_000 {
        if reached() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("it never came to that");
}
