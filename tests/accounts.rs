//! The ways in and the keys to them: set-up, sign-in, invitations, resets, sessions and passwords.

mod authenticator;
mod cookies;
mod device;
mod floods;
mod languages;
mod limits;
mod links;
mod passkeys;
mod passwords;
mod proofs;
mod replies;
mod returning;
mod second_step;
mod sessions;
mod setting_up;

use std::collections::BTreeMap;

use crate::{
    steps::{new_portal, share},
    world::{Page, Person, World},
};

const PASSWORD: &str = "an umbrella for the heron";
const ANOTHER_PASSWORD: &str = "seven lamps along a quay";

/// The link in the mail to someone new, with whom a portal of this name was shared.
#[track_caller]
fn invitation(world: &World, email: &str, portal: &str) -> String {
    share(&new_portal(&world.ada(), portal), email);
    world.mailbox().next_to(email).link("Set up your account")
}

/// The link in the mail to someone who says that the password is forgotten.
#[track_caller]
fn reset(world: &World, email: &str) -> String {
    ask_for_reset(&world.stranger(), email).assert_ok();
    world.mailbox().next_about(email, "A new password").link("Choose a new password")
}

/// The link in the mail to someone who would rather not type a password.
#[track_caller]
fn sign_in_link(world: &World, email: &str) -> String {
    world.stranger().post("/sign-in/link", &[("email", email)]);
    world.mailbox().next_about(email, "Sign in at").link("Sign in")
}

#[track_caller]
pub fn ask_for_reset(person: &Person, email: &str) -> Page {
    person.visit("/reset").form_with_button("Send link").fill("Email", email).submit()
}

/// On the page behind an invitation or a reset.
#[track_caller]
fn choose_password(person: &Person, link: &str, password: &str) -> Page {
    person.visit(link).form_with_field("Password").fill("Password", password).submit()
}

/// All that an answer tells: status, headers and body, but for what is drawn anew each time and what was typed.
fn told(answer: &Page, typed: &str) -> (u16, BTreeMap<String, String>, String) {
    const MOVING: [&str; 4] = ["date", "set-cookie", "x-request-id", "content-length"];
    let headers = answer.headers.iter().filter(|(name, _)| !MOVING.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status.as_u16(), headers.collect(), without_tokens(&answer.source().replace(typed, "(typed)")))
}

/// A token of 256 bits is 43 characters long.
fn without_tokens(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    words.map(|word| if word.len() >= 43 { "(token)" } else { word }).collect()
}
