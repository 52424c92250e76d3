//! The mail that lets its reader in. Link and code are derived again from the job when it is sent, as those of the
//! other mails are.

use futures_util::{FutureExt, future::BoxFuture};
use portico_facts::OrganizationId;
use portico_kernel::{EmailAddress, Instant, Job, Organization, OutgoingMail, Result, Secret, System, Token};
use portico_ui::{Language, Text, mail::Letter};
use serde::{Deserialize, Serialize};

use crate::{
    letters::send,
    mail_code::MailCode,
    sign_in_links::{self, NewLink},
    store,
};

pub const SIGN_IN_LINK: &str = "accounts-sign-in-link";

#[derive(Serialize, Deserialize)]
pub struct LinkAsked {
    /// As it was typed; perhaps nobody's. The reply was the same (P5).
    pub email: String,
    /// Of the browser that asked, in hexadecimal.
    pub browser: String,
    pub return_to: Option<String>,
    /// When the quarter of an hour began. Nothing in what an earlier program put into the queue.
    #[serde(default)]
    pub asked_at: Option<Instant>,
}

impl LinkAsked {
    /// A mail that waited as long as that would bring a link that has run out, or end one that has not.
    fn is_over(&self, now: Instant) -> bool {
        self.asked_at.is_some_and(|at| now >= at.plus_seconds(sign_in_links::SECONDS))
    }
}

/// Whoever has no password yet has an invitation, and gets nothing else.
pub fn send_link(system: System, job: Job) -> BoxFuture<'static, Result<()>> {
    async move {
        let asked: LinkAsked = job.payload()?;
        if asked.is_over(system.kernel().now()) {
            return Ok(());
        }
        let Ok(email) = EmailAddress::parse(&asked.email) else { return Ok(()) };
        let Ok(browser) = hex::decode(&asked.browser) else { return Ok(()) };
        let token = link_token(system.kernel().secret(), system.organization().id, job.id, &asked);
        let code = MailCode::of(&token);
        let secret = system.kernel().secret().clone();
        let (stored, shown) = (token.clone(), code.in_groups());
        let found = system
            .write(move |tx| {
                let account = store::held_account(tx, &email)?;
                let Some(account) = account.filter(|account| account.password.is_some()) else {
                    return Ok(tx.unchanged(None));
                };
                let new = NewLink {
                    person: account.person,
                    email: email.as_str(),
                    token: &stored,
                    browser: &browser,
                    code: &code,
                    return_to: asked.return_to.as_deref(),
                };
                sign_in_links::issue(tx, &secret, &new)?;
                let person = store::find_person(tx, account.person)?;
                Ok(tx.unchanged(Some(person)))
            })
            .await?;
        let Some(person) = found else { return Ok(()) };
        let organization = system.organization();
        let language = organization.language_for(person.language.as_deref());
        let href = format!("{}/sign-in/link/{}", organization.address, token.reveal());
        let letter = letter(Text::new(language), organization, &person.name, href, &shown);
        send(&system, language, &person.email, &letter, "sign-in-link", job.id).await
    }
    .boxed()
}

/// The browser's part is drawn anew for each request: a database that was restored gives the same numbers to other jobs.
fn link_token(secret: &Secret, organization: OrganizationId, job: i64, asked: &LinkAsked) -> Token {
    let (organization, job) = (organization.bytes(), job.to_be_bytes());
    let parts: [&[u8]; 5] =
        [b"sign-in link", &organization, &job, asked.email.as_bytes(), asked.browser.as_bytes()];
    secret.token(&parts)
}

fn letter(text: Text, organization: &Organization, name: &str, href: String, code: &str) -> Letter {
    let about = [("organization", organization.name.as_str().into())];
    Letter {
        title: text.say_with("accounts-mail-link-title", &about),
        greeting: text.say_with("accounts-mail-greeting", &[("name", name.into())]),
        paragraphs: vec![
            text.say_with("accounts-mail-link-words", &about),
            text.say_with("accounts-mail-link-code", &[("code", code.into())]),
        ],
        button: Some((text.say("accounts-mail-link-button").into_owned(), href)),
        footer: text.say("accounts-mail-link-footer").into_owned(),
    }
}

pub fn sample(organization: &Organization, language: Language) -> OutgoingMail {
    let href = format!("{}/sign-in/link/sample", organization.address);
    let letter = letter(Text::new(language), organization, "Carol", href, "7KQM-W2HD");
    organization.mail(language, "carol@acme.test", &letter, "localhost", "<sample@localhost>".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

    fn asked(email: &str, browser: &str) -> LinkAsked {
        let (email, browser) = (email.to_owned(), browser.to_owned());
        LinkAsked { email, browser, return_to: None, asked_at: Some(NOW) }
    }

    #[test]
    fn t8_a_number_that_a_restore_gives_again_gives_no_token_again() {
        let secret = Secret::from_bytes([3; 32]);
        let token = |asked: &LinkAsked| link_token(&secret, OrganizationId::from_bytes([1; 16]), 7, asked);
        let first = token(&asked("mallory@acme.test", "aa"));
        assert!(first == token(&asked("mallory@acme.test", "aa")), "the same mail after a crash");
        assert!(first != token(&asked("carol@acme.test", "aa")));
        assert!(first != token(&asked("mallory@acme.test", "bb")));
    }

    #[test]
    fn a_mail_that_waited_for_a_quarter_of_an_hour_is_not_sent() {
        let asked = asked("carol@acme.test", "aa");
        assert!(!asked.is_over(NOW) && !asked.is_over(NOW.plus_seconds(sign_in_links::SECONDS - 1)));
        assert!(asked.is_over(NOW.plus_seconds(sign_in_links::SECONDS)));
        let earlier: LinkAsked =
            serde_json::from_str(r#"{"email":"carol@acme.test","browser":"aa","return_to":null}"#).unwrap();
        assert!(!earlier.is_over(NOW));
    }
}
