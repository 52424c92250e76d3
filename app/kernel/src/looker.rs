//! Who looks at something, as far as a request tells by itself. Whether they may is the guards' business.

use diesel::prelude::*;
use poem::{FromRequest, Request, RequestBody};
use portico_facts::{EventKind, PortalId, SubjectId};

use crate::{clock::Instant, error::Result, schema::events, transaction::ClientTx};

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Looker {
    #[default]
    Person,
    /// It names itself as one. What wants to be taken for a browser is.
    Program,
    /// A browser that fetches ahead of somebody who may never look.
    Prefetch,
}

const PURPOSES: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// In the names of programs. "bot" alone stands in names of telephones, too.
const PROGRAMS: [&str; 13] = [
    "bot/",
    "bot-",
    "crawler",
    "spider",
    "scanner",
    "preview",
    "safelinks",
    "curl/",
    "wget/",
    "python-requests/",
    "python-urllib/",
    "go-http-client/",
    "libwww-perl/",
];

/// Looks of one person at one thing within it are one.
const ONE_LOOK: i64 = 3_600;

impl ClientTx<'_> {
    /// When this client looked at a thing within the last hour, and the data of what was noted then.
    ///
    /// # Errors
    /// The database's.
    pub fn latest_looks(
        &mut self,
        kind: EventKind,
        portal: PortalId,
        thing: impl Into<SubjectId>,
    ) -> Result<Vec<(Instant, String)>> {
        let ((organization, person), since) = (self.sight(), self.now().plus_seconds(-ONE_LOOK));
        Ok(events::table
            .filter(events::organization_id.eq(organization))
            .filter(events::actor_id.eq(person))
            .filter(events::kind.eq(kind.name()))
            .filter(events::portal_id.eq(portal))
            .filter(events::at.gt(since))
            .filter(events::subject_id.eq(thing.into()))
            .select((events::at, events::data))
            .load(self.db())?)
    }
}

impl Looker {
    pub fn of(req: &Request) -> Self {
        Self::who_says(PURPOSES.map(|name| req.header(name)), req.header("user-agent"))
    }

    /// `purposes`: what a request says that it is for.
    fn who_says(purposes: [Option<&str>; PURPOSES.len()], agent: Option<&str>) -> Self {
        let is_ahead = |purpose: &str| {
            let purpose = purpose.to_ascii_lowercase();
            purpose.contains("prefetch") || purpose.contains("preview")
        };
        let agent = agent.unwrap_or_default().to_ascii_lowercase();
        if purposes.into_iter().flatten().any(is_ahead) {
            Self::Prefetch
        } else if PROGRAMS.iter().any(|name| agent.contains(name)) {
            Self::Program
        } else {
            Self::Person
        }
    }
}

impl<'a> FromRequest<'a> for Looker {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self::of(req))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(purpose: &str) -> Looker {
        Looker::who_says([Some(purpose), None, None, None], None)
    }

    fn called(agent: &str) -> Looker {
        Looker::who_says([None; 4], Some(agent))
    }

    #[test]
    fn what_is_fetched_ahead_is_seen_by_nobody() {
        for purpose in ["prefetch", "prefetch;prerender", "Prefetch; anonymous-client-ip", "preview"] {
            assert_eq!(says(purpose), Looker::Prefetch, "{purpose}");
        }
        assert_eq!(says("navigate"), Looker::Person);
        let program_ahead = Looker::who_says([None, Some("prefetch"), None, None], Some("curl/8.1"));
        assert_eq!(program_ahead, Looker::Prefetch);
    }

    #[test]
    fn programs_are_those_that_say_so() {
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Slackbot-LinkExpanding 1.0",
            "curl/8.14.1",
            "python-requests/2.32",
            "BarracudaCentral scanner",
        ] {
            assert_eq!(called(agent), Looker::Program, "{agent}");
        }
        for agent in [
            "",
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus Build/PPR1) AppleWebKit/537.36 Mobile Safari/537.36",
        ] {
            assert_eq!(called(agent), Looker::Person, "{agent}");
        }
        assert_eq!(Looker::who_says([None; 4], None), Looker::Person);
    }
}
