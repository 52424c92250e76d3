//! The mail about announcements that are new to somebody.

use portico_facts::AnnouncementId;
use portico_kernel::{Organization, OutgoingMail};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
    markdown::plain_text,
};

use crate::{
    store::LetterFacts,
    view::client::{LIST, address},
};

/// Announcements that a mail quotes; the others are counted.
const QUOTED: usize = 5;
/// Of each, in characters.
const LONGEST: usize = 1_000;

pub fn letter(facts: &LetterFacts, organization: &Organization, text: Text) -> Letter {
    let count = facts.announcements.len();
    let first = facts.announcements.first().map(|(_, title, _)| title.as_str()).unwrap_or_default();
    let names = [
        ("count", count.into()),
        ("title", first.into()),
        ("organization", organization.name.as_str().into()),
    ];
    let mut paragraphs = vec![text.say_with("announcements-mail-opening", &names)];
    paragraphs.extend(facts.announcements.iter().take(QUOTED).map(|(_, title, words)| quoted(title, words)));
    if count > QUOTED {
        paragraphs.push(text.say_with("announcements-mail-more", &[("count", (count - QUOTED).into())]));
    }
    let place = match facts.announcements.as_slice() {
        [(id, ..)] => address(*id),
        _ => LIST.to_owned(),
    };
    Letter {
        title: text.say_with("announcements-mail-title", &names),
        greeting: greeting(text, &facts.to_name),
        paragraphs,
        button: Some((
            text.say("announcements-mail-read").into_owned(),
            format!("{}{place}", organization.address),
        )),
        footer: text.say_with("announcements-mail-footer", &names),
    }
}

fn quoted(title: &str, words: &str) -> String {
    let words = plain_text(words);
    match words.char_indices().nth(LONGEST) {
        None => format!("{title}\n{words}"),
        Some((end, _)) => format!("{title}\n{}…", &words[..end]),
    }
}

/// Pictures are taken without an installation.
pub fn sample(organization: &Organization, language: Language) -> OutgoingMail {
    let id = AnnouncementId::from_bytes([0x19; 16]);
    let facts = LetterFacts {
        to: "carol@acme.test".to_owned(),
        to_name: "Carol Jones".to_owned(),
        language: None,
        announcements: vec![(
            id,
            "We are closed between the years".to_owned(),
            "From **24 December** to 1 January nobody is at the studio.".to_owned(),
        )],
    };
    let letter = letter(&facts, organization, Text::new(language));
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, &facts.to, &letter, "example.test", id)
}
