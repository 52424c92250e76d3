//! Erasing a client for good, which asks for their name.

use portico_kernel::{Instant, Problems, Work};
use serde::{Deserialize, Serialize};

pub const FORGET_MAIL: &str = "clients-forget-mail";

/// As it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ErasureForm {
    pub typed: String,
    pub work: String,
}

impl ErasureForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, name: &str) -> Result<Work, Problems> {
        let mut problems = Problems::default();
        let is_meant = self.typed.trim() == name.trim();
        let typed = problems.keep("typed", is_meant.then_some(()).ok_or("clients-error-erasure-name"));
        let work = problems.keep("work", parse_work(&self.work));
        match (typed, work) {
            (Some(()), Some(work)) => Ok(work),
            _ => Err(problems),
        }
    }
}

fn parse_work(word: &str) -> Result<Work, &'static str> {
    match word {
        "deleted" => Ok(Work::Deleted),
        "kept" => Ok(Work::Kept),
        _ => Err("clients-error-erasure-work"),
    }
}

/// Mails to this address that lie in the folder, and were written until then.
#[derive(Serialize, Deserialize)]
pub struct ForgetMail {
    pub email: String,
    pub erased_at: Instant,
    pub until: Instant,
}

impl ForgetMail {
    /// What was written since somebody else has the address is theirs.
    pub fn until(&self, newcomer_since: Option<Instant>) -> Instant {
        newcomer_since.map_or(self.until, |since| self.until.min(since.max(self.erased_at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(typed: &str, work: &str) -> ErasureForm {
        ErasureForm { typed: typed.to_owned(), work: work.to_owned() }
    }

    #[test]
    fn only_the_whole_name_is_their_name() {
        assert_eq!(form(" Carol Meyer ", "kept").parse("Carol Meyer").ok(), Some(Work::Kept));
        assert_eq!(form("Carol Meyer", "deleted").parse("Carol Meyer").ok(), Some(Work::Deleted));
        for other in ["", "Carol", "carol meyer", "Carol  Meyer", "Carol Meyer\0"] {
            let problems = form(other, "kept").parse("Carol Meyer").err().unwrap_or_default();
            assert_eq!(problems.of("typed"), Some("clients-error-erasure-name"), "{other:?}");
        }
    }

    #[test]
    fn mails_to_somebody_new_of_the_same_address_stay() {
        let at = Instant::from_micros;
        let mail = ForgetMail { email: "carol@acme.test".to_owned(), erased_at: at(10), until: at(90) };
        assert_eq!(mail.until(None), at(90));
        assert_eq!(mail.until(Some(at(40))), at(40));
        assert_eq!(mail.until(Some(at(200))), at(90));
        // Who was there before, under another address.
        assert_eq!(mail.until(Some(at(5))), at(10));
    }

    #[test]
    fn what_becomes_of_their_work_has_to_be_said() {
        for other in ["", "Deleted", "both"] {
            let problems = form("Carol", other).parse("Carol").err().unwrap_or_default();
            assert_eq!(problems.of("work"), Some("clients-error-erasure-work"), "{other:?}");
            assert_eq!(problems.of("typed"), None);
        }
    }
}
