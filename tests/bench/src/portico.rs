//! The product: an installation with the demo in it, and its server.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{process::Process, settings, visitor::Visitor};

pub struct Portico {
    folder: PathBuf,
    /// Besides what every installation of the bench has.
    environment: Vec<(&'static str, String)>,
    people: Vec<Value>,
}

impl Portico {
    /// A new installation with what `portico demo` makes.
    pub fn fill(folder: &Path, environment: &[(&'static str, String)]) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let environment = environment.to_vec();
        let mut portico = Self { folder: folder.to_owned(), environment, people: Vec::new() };
        let printed = portico.command()?.args(["demo", "--json"]).output()?;
        ensure!(printed.status.success(), "portico demo: {}", String::from_utf8_lossy(&printed.stderr));
        let demo: Value = serde_json::from_slice(&printed.stdout)?;
        portico.people = demo["people"].as_array().context("portico demo names its people")?.clone();
        Ok(portico)
    }

    /// Another machine of the same installation, whose rows and objects are where `environment` says.
    pub fn another_machine(&self, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder.join("data"))?;
        fs::copy(self.folder.join("data").join("secret"), folder.join("data").join("secret"))?;
        let (environment, people) = (self.environment.clone(), self.people.clone());
        Ok(Self { folder: folder.to_owned(), environment, people })
    }

    pub fn serve(&self) -> Result<Process> {
        self.serve_with(&[])
    }

    /// With this besides.
    pub fn serve_with(&self, more: &[(&'static str, String)]) -> Result<Process> {
        let log = File::options().create(true).append(true).open(self.folder.join("log"))?;
        let mut command = self.command()?;
        command.envs(more.iter().map(|(name, value)| (name, value)));
        Process::start(command.arg("serve").stderr(log))
    }

    /// Builds the search index anew from the rows; no server may run.
    pub fn reindex(&self) -> Result<()> {
        let printed = self.command()?.arg("reindex").output()?;
        ensure!(printed.status.success(), "portico reindex: {}", String::from_utf8_lossy(&printed.stderr));
        Ok(())
    }

    pub async fn sign_in(&self, server: &Process, email: &str) -> Result<Visitor> {
        self.sign_in_at(server, "studio", email).await
    }

    /// Of the organization that this is the slug of.
    pub async fn sign_in_at(&self, server: &Process, slug: &str, email: &str) -> Result<Visitor> {
        Visitor::sign_in(server, slug, email, self.password_of(email)?).await
    }

    pub fn password_of(&self, email: &str) -> Result<&str> {
        let person = self.people.iter().find(|person| person["email"] == email);
        let password = person.and_then(|person| person["password"].as_str());
        password.with_context(|| format!("{email} is not in the demo"))
    }

    /// Where its rows are.
    pub fn database(&self) -> PathBuf {
        self.folder.join("data").join("portico.sqlite")
    }

    /// Nothing of the developer's own environment reaches it.
    fn command(&self) -> Result<Command> {
        let program = settings::program_folder()?.join("portico");
        ensure!(program.is_file(), "{} is missing: make bench builds it", program.display());
        let mut command = Command::new(program);
        command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("PORTICO_DATA", self.folder.join("data")).env("PORTICO_LISTEN", "127.0.0.1:0");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }
}
