//! Who sees one thing: what its module says of it, of people who can sign in.

use std::collections::BTreeMap;

use portico_facts::{PersonId, SubjectId};
use portico_kernel::{Instant, Reason, Role, Seen};

/// Somebody who can sign in, or could if they set up an account.
#[derive(Clone, Debug)]
pub struct Someone {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub joined_at: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Sees,
    /// Will, with an account.
    Awaited,
    /// Might be expected to, and does not.
    Shut,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub someone: Someone,
    pub standing: Standing,
    pub why: String,
}

#[derive(Clone, Debug)]
pub struct Audience {
    pub subject: SubjectId,
    pub kind: String,
    pub name: String,
    pub portal: Option<String>,
    pub href: String,
    pub hidden: Option<String>,
    /// By name.
    lines: Vec<Line>,
}

impl Someone {
    /// What somebody sees who is let see it.
    pub fn standing(&self) -> Standing {
        match self.joined_at {
            Some(_) => Standing::Sees,
            None => Standing::Awaited,
        }
    }
}

impl Audience {
    /// `clients`: those that are left of everybody who is meant.
    pub fn of(seen: Seen, clients: &BTreeMap<PersonId, Someone>) -> Self {
        let Seen { subject, kind, name, portal, href, hidden, by, not_by } = seen;
        let line = |reason: Reason, standing: fn(&Someone) -> Standing| {
            let someone = clients.get(&reason.person)?.clone();
            Some(Line { standing: standing(&someone), someone, why: reason.words })
        };
        let seeing = by.into_iter().filter_map(|reason| line(reason, Someone::standing));
        let shut = not_by.into_iter().filter_map(|reason| line(reason, |_| Standing::Shut));
        let mut lines: Vec<Line> = seeing.chain(shut).collect();
        lines.sort_by_cached_key(|line| (line.someone.name.to_lowercase(), line.someone.id));
        Self { subject, kind, name, portal, href, hidden, lines }
    }

    pub fn standing(&self, standing: Standing) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.standing == standing).collect()
    }

    /// Those who see it, or will.
    pub fn viewers(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.standing != Standing::Shut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn someone(number: u8, name: &str, joined_at: Option<Instant>) -> (PersonId, Someone) {
        let id = PersonId::from_bytes([number; 16]);
        (id, Someone { id, name: name.into(), email: String::new(), role: Role::Client, joined_at })
    }

    fn reason(number: u8) -> Reason {
        Reason { person: PersonId::from_bytes([number; 16]), words: format!("reason {number}") }
    }

    #[test]
    fn only_who_has_an_account_sees_a_thing_and_who_is_gone_is_not_told_of() {
        let joined = Some(Instant::from_micros(1));
        let clients = [someone(1, "zoe", joined), someone(2, "Ida", None), someone(3, "ann", joined)];
        let seen = Seen {
            subject: SubjectId::from_bytes([9; 16]),
            kind: "portal".into(),
            name: "Website".into(),
            portal: None,
            href: "/".into(),
            hidden: None,
            by: vec![reason(1), reason(2), reason(4)],
            not_by: vec![reason(3)],
        };
        let audience = Audience::of(seen, &clients.into_iter().collect());
        let names = |standing| -> Vec<&str> {
            audience.standing(standing).into_iter().map(|line| line.someone.name.as_str()).collect()
        };
        assert_eq!(names(Standing::Sees), ["zoe"]);
        assert_eq!(names(Standing::Awaited), ["Ida"]);
        assert_eq!(names(Standing::Shut), ["ann"]);
        let told: Vec<&str> = audience.viewers().map(|line| line.why.as_str()).collect();
        assert_eq!(told, ["reason 2", "reason 1"]);
    }
}
