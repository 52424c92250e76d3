use std::process::Command;

use serde::Deserialize;

use super::program;

/// A route as `portico routes --json` prints it.
#[derive(Deserialize)]
pub struct Route {
    pub method: String,
    pub path: String,
    pub access: String,
    pub module: String,
    /// `form`, `button`, `upload` or `signed`, for what is no GET.
    pub body: String,
}

impl Route {
    pub fn all() -> Vec<Self> {
        let printed = Command::new(program()).args(["routes", "--json"]).env_clear().output().unwrap();
        serde_json::from_slice(&printed.stdout).unwrap()
    }

    /// The values of the parameters in an address of this route.
    pub fn values_in<'a>(&self, path: &'a str) -> Option<Vec<&'a str>> {
        let mut values = Vec::new();
        let mut rest = path.split('/');
        for part in self.path.split('/') {
            if part.starts_with('*') {
                return Some(values);
            }
            let given = rest.next()?;
            if part.starts_with(':') {
                values.push(given);
            } else if part != given {
                return None;
            }
        }
        rest.next().is_none().then_some(values)
    }
}
