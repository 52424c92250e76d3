//! A project: a piece of work for a client.

use jiff::civil::Date;
use portico_facts::{PersonId, ProjectId};
use portico_kernel::{Name, Problems, parse_day};
use portico_ui::components::Tone;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Active,
    Planned,
    Paused,
    Done,
}

impl Status {
    /// In the order of lists: what is being worked on first.
    pub const ALL: [Status; 4] = [Status::Active, Status::Planned, Status::Paused, Status::Done];

    /// As stored and sent by forms.
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Planned => "planned",
            Status::Paused => "paused",
            Status::Done => "done",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// The text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Status::Active => "projects-status-active",
            Status::Planned => "projects-status-planned",
            Status::Paused => "projects-status-paused",
            Status::Done => "projects-status-done",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Status::Active => Tone::Good,
            Status::Paused => Tone::Waiting,
            Status::Planned | Status::Done => Tone::Neutral,
        }
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProjectForm {
    pub name: String,
    pub client: String,
    pub status: String,
    pub starts_on: String,
    pub ends_on: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct ProjectDetails {
    pub name: Name,
    pub client: Option<PersonId>,
    pub status: Status,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
}

impl ProjectForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<ProjectDetails, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let client = problems.keep("client", parse_client(&self.client));
        let status = problems.keep("status", parse_status(&self.status));
        let starts_on = problems.keep("starts_on", parse_day(&self.starts_on));
        let ends_on = problems.keep("ends_on", parse_day(&self.ends_on));
        if let (Some(Some(first)), Some(Some(last))) = (starts_on, ends_on)
            && last < first
        {
            problems.add("ends_on", "projects-error-ends-before-start");
            return Err(problems);
        }
        match (name, client, status, starts_on, ends_on) {
            (Some(name), Some(client), Some(status), Some(starts_on), Some(ends_on)) => {
                Ok(ProjectDetails { name, client, status, starts_on, ends_on })
            }
            _ => Err(problems),
        }
    }
}

fn parse_client(text: &str) -> Result<Option<PersonId>, &'static str> {
    match text {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "projects-error-client"),
    }
}

fn parse_status(text: &str) -> Result<Status, &'static str> {
    match text {
        "" => Ok(Status::Active),
        name => Status::from_name(name).ok_or("projects-error-status"),
    }
}

/// As the pages show it.
pub struct Project {
    pub id: ProjectId,
    pub name: String,
    pub client: Option<(PersonId, String)>,
    pub status: Status,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
}

impl Project {
    /// The form as it stands before anything is typed into it.
    pub fn form(&self) -> ProjectForm {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        ProjectForm {
            name: self.name.clone(),
            client: self.client.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default(),
            status: self.status.name().to_owned(),
            starts_on: day(self.starts_on),
            ends_on: day(self.ends_on),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(starts_on: &str, ends_on: &str) -> ProjectForm {
        ProjectForm {
            name: "Relaunch".into(),
            starts_on: starts_on.into(),
            ends_on: ends_on.into(),
            ..ProjectForm::default()
        }
    }

    #[test]
    fn a_project_ends_no_earlier_than_it_starts() {
        let problems = form("2026-11-24", "2026-11-23").parse().err().unwrap_or_default();
        assert_eq!(problems.of("ends_on"), Some("projects-error-ends-before-start"));
        for (starts_on, ends_on) in
            [("2026-11-23", "2026-11-23"), ("", "2026-11-23"), ("2026-11-23", ""), ("", "")]
        {
            assert!(form(starts_on, ends_on).parse().is_ok());
        }
    }

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let form = ProjectForm {
            name: "\0".into(),
            client: "carol".into(),
            status: "late".into(),
            starts_on: "soon".into(),
            ends_on: "2026-02-30".into(),
        };
        let problems = form.parse().err().unwrap_or_default();
        assert_eq!(problems.of("name"), Some("ui-name-characters"));
        assert_eq!(problems.of("client"), Some("projects-error-client"));
        assert_eq!(problems.of("status"), Some("projects-error-status"));
        assert_eq!(problems.of("starts_on"), Some("ui-error-day"));
        assert_eq!(problems.of("ends_on"), Some("ui-error-day"));
    }

    #[test]
    fn every_status_is_read_back_by_its_name() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.name()), Some(status));
        }
        assert_eq!(Status::from_name("Active"), None);
    }
}
