use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::Deserialize;

use super::{
    Backend, Database, database,
    server::{Surroundings, program},
    shared_folder,
};

/// The demo, made once for each backend and build of the program, and copied for every world.
pub struct Fixture {
    backend: Backend,
    folder: PathBuf,
    /// Of the build and the day: the demo's dates are told from today.
    mark: String,
    /// Held until it was copied: a run with another build makes it anew.
    _lock: File,
}

/// A person as `portico demo --json` prints them.
#[derive(Clone, Deserialize)]
pub struct SignIn {
    pub name: String,
    pub email: String,
    pub password: String,
    pub organization: String,
}

#[derive(Deserialize)]
struct Demo {
    people: Vec<SignIn>,
}

impl Fixture {
    pub fn of(backend: Backend) -> Self {
        let folder = shared_folder().join(format!("fixture-{backend:?}").to_lowercase());
        fs::create_dir_all(&folder).unwrap();
        let lock = File::create(folder.join("lock")).unwrap();
        lock.lock().unwrap();
        let fixture = Self { backend, folder, mark: mark_of_build(), _lock: lock };
        if !fixture.is_made() {
            fixture.make();
        }
        fixture
    }

    pub fn people(&self) -> Vec<SignIn> {
        read_people(&fs::read_to_string(self.folder.join("demo.json")).unwrap())
    }

    pub fn copy_to(&self, data: &Path) -> Database {
        copy_folder(&self.data(), data);
        match self.backend {
            Backend::Sqlite => Database::create(Backend::Sqlite, data),
            Backend::Postgres => Database::copy_of(&self.template()),
        }
    }

    fn is_made(&self) -> bool {
        let marked = fs::read_to_string(self.folder.join("mark")).is_ok_and(|mark| mark == self.mark);
        marked && (self.backend == Backend::Sqlite || database::exists(&self.template()))
    }

    fn make(&self) {
        let _ = fs::remove_file(self.folder.join("mark"));
        let _ = fs::remove_dir_all(self.data());
        let mut surroundings = Surroundings::new(&self.data(), &self.folder.join("clock"));
        if self.backend == Backend::Postgres {
            let template = self.template();
            database::recreate(&template);
            surroundings.set("DATABASE_URL", format!("{}/{template}", database::postgres()));
        }
        let printed = surroundings.run(&["demo", "--json"]).assert_success();
        // Or every world builds its search index anew.
        surroundings.run(&["reindex"]).assert_success();
        fs::write(self.folder.join("demo.json"), printed).unwrap();
        fs::write(self.folder.join("mark"), &self.mark).unwrap();
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Work trees and profiles share nothing, though the cluster may outlive one of them.
    fn template(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.folder.hash(&mut hasher);
        format!("fixture_{:x}", hasher.finish())
    }
}

/// Runs the demo where it cannot be copied from.
pub fn fill(surroundings: &Surroundings) -> Vec<SignIn> {
    read_people(&surroundings.run(&["demo", "--json"]).assert_success())
}

fn read_people(json: &str) -> Vec<SignIn> {
    let demo: Demo =
        serde_json::from_str(json).unwrap_or_else(|error| panic!("portico demo --json: {error}: {json}"));
    demo.people
}

fn mark_of_build() -> String {
    let built = fs::metadata(program()).unwrap();
    let days = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() / 86_400;
    format!("{:?} {} {days}", built.modified().unwrap(), built.len())
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
