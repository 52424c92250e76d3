//! What a member can be limited to: chosen clients and projects. What follows from it, the kernel's rule says.

use std::collections::BTreeSet;

use portico_facts::{PersonId, ProjectId};
use portico_kernel::Problems;
use serde::Deserialize;

pub const EVERYTHING: &str = "everything";
pub const CHOSEN: &str = "chosen";

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitForm {
    pub sees: String,
    pub client: Vec<String>,
    pub project: Vec<String>,
    /// Words that narrow what there is to choose from.
    pub q: String,
    /// From the button that narrows, and saves nothing.
    pub find: String,
}

/// What a member sees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    Everything,
    Chosen(Chosen),
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chosen {
    pub clients: BTreeSet<PersonId>,
    pub projects: BTreeSet<ProjectId>,
}

impl LimitForm {
    /// What is ticked counts for nothing where they see everything.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn parse(&self) -> Result<Reach, Problems> {
        let mut problems = Problems::default();
        problems.keep("sees", self.reach()).ok_or(problems)
    }

    pub fn is_finding(&self) -> bool {
        !self.find.is_empty()
    }

    /// What is ticked stays in sight, whatever is looked for.
    pub fn finds(&self, label: &str) -> bool {
        label.to_lowercase().contains(&self.q.trim().to_lowercase())
    }

    fn reach(&self) -> Result<Reach, &'static str> {
        match self.sees.as_str() {
            EVERYTHING => Ok(Reach::Everything),
            CHOSEN => {
                let clients: Option<BTreeSet<PersonId>> =
                    self.client.iter().map(|id| id.parse().ok()).collect();
                let projects: Option<BTreeSet<ProjectId>> =
                    self.project.iter().map(|id| id.parse().ok()).collect();
                let unknown = "accounts-limit-unknown";
                Ok(Reach::Chosen(Chosen {
                    clients: clients.ok_or(unknown)?,
                    projects: projects.ok_or(unknown)?,
                }))
            }
            _ => Err("accounts-limit-unclear"),
        }
    }
}

impl Reach {
    pub fn form(&self) -> LimitForm {
        match self {
            Self::Everything => LimitForm { sees: EVERYTHING.to_owned(), ..LimitForm::default() },
            Self::Chosen(chosen) => LimitForm {
                sees: CHOSEN.to_owned(),
                client: chosen.clients.iter().map(PersonId::to_string).collect(),
                project: chosen.projects.iter().map(ProjectId::to_string).collect(),
                ..LimitForm::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(sees: &str, client: &[&str]) -> LimitForm {
        let client = client.iter().map(|id| (*id).to_owned()).collect();
        LimitForm { sees: sees.to_owned(), client, ..LimitForm::default() }
    }

    const SOMEBODY: &str = "0196a0c1d2e374f5a6b7c8d9e0f1a2b3";

    #[test]
    fn nothing_chosen_is_a_limit_and_everything_is_none() {
        assert_eq!(typed("chosen", &[]).parse().unwrap(), Reach::Chosen(Chosen::default()));
        assert_eq!(typed("everything", &[SOMEBODY]).parse().unwrap(), Reach::Everything);
    }

    #[test]
    fn somebody_chosen_twice_is_chosen_once_and_stays_ticked() {
        let reach = typed("chosen", &[SOMEBODY, SOMEBODY]).parse().unwrap();
        assert_eq!(reach.form().client, [SOMEBODY]);
        assert_eq!(reach.form().parse().unwrap(), reach);
    }

    #[test]
    fn a_name_is_found_without_case_and_by_a_part() {
        let form = LimitForm { q: " ÉLO ".to_owned(), ..LimitForm::default() };
        assert!(form.finds("Élodie Petit · e@globex.test") && !form.finds("Carol Meyer"));
        assert!(LimitForm::default().finds("Carol Meyer"));
    }

    #[test]
    fn what_is_no_choice_is_answered_at_the_field() {
        for (form, key) in [
            (typed("", &[]), "accounts-limit-unclear"),
            (typed("all", &[]), "accounts-limit-unclear"),
            (typed("chosen", &["carol"]), "accounts-limit-unknown"),
        ] {
            assert_eq!(form.parse().unwrap_err().of("sees"), Some(key), "{form:?}");
        }
    }
}
