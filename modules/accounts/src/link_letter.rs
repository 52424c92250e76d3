//! The mail that lets its reader in. Link and code are derived again from the job's id when it is sent, as those of the
//! other mails are.

use futures_util::{FutureExt, future::BoxFuture};
use portico_kernel::{EmailAddress, Job, Kernel, Organization, OutgoingMail, Result, System, Token};
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
}

/// Whoever has no password yet has an invitation, and gets nothing else.
pub fn send_link(system: System, job: Job) -> BoxFuture<'static, Result<()>> {
    async move {
        let asked: LinkAsked = job.payload()?;
        let Ok(email) = EmailAddress::parse(&asked.email) else { return Ok(()) };
        let Ok(browser) = hex::decode(&asked.browser) else { return Ok(()) };
        let token = link_token(system.kernel(), system.organization(), job.id);
        let code = MailCode::of(&token);
        let secret = system.kernel().secret().clone();
        let (stored, shown) = (token.clone(), code.in_groups());
        let found = system
            .write(move |tx| {
                let account = store::find_account(tx, &email)?;
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

fn link_token(kernel: &Kernel, organization: &Organization, job: i64) -> Token {
    let parts: [&[u8]; 3] = [b"sign-in link", &organization.id.bytes(), &job.to_be_bytes()];
    kernel.secret().token(&parts)
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
