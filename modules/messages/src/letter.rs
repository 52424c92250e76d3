//! The mail about what is new to somebody in one conversation.

use portico_facts::{PersonId, PortalId};
use portico_kernel::{Organization, OutgoingMail, Side};
use portico_ui::{
    Language, Text,
    mail::{Letter, greeting},
    markdown::plain_text,
};

use crate::{
    conversation::{Place, Where},
    store::LetterFacts,
    view::LATEST,
};

/// Messages that a mail quotes; the others are counted.
const QUOTED: usize = 5;
/// Of each, in characters.
const LONGEST: usize = 600;

pub fn letter(facts: &LetterFacts, organization: &Organization, text: Text) -> Letter {
    let count = facts.messages.len();
    let names = [
        ("count", count.into()),
        ("portal", facts.portal.as_str().into()),
        ("organization", organization.name.as_str().into()),
    ];
    let mut paragraphs = vec![text.say_with("messages-mail-opening", &names)];
    paragraphs.extend(facts.messages.iter().take(QUOTED).map(|message| quoted(text, message)));
    if count > QUOTED {
        paragraphs.push(text.say_with("messages-mail-more", &[("count", (count - QUOTED).into())]));
    }
    if facts.takes_answers {
        let by_mail = match facts.place {
            Where::Conversation(_) => "messages-mail-by-mail",
            // Whoever answers a mail of one person answers all of them.
            Where::Room(_) => "messages-mail-by-mail-room",
        };
        paragraphs.push(text.say_with(by_mail, &[("room", facts.portal.as_str().into())]));
    }
    Letter {
        title: text.say_with("messages-mail-title", &names),
        greeting: greeting(text, &facts.to_name),
        paragraphs,
        button: Some((
            text.say("messages-mail-answer").into_owned(),
            format!("{}{}#{LATEST}", organization.address, facts.place.address(facts.side)),
        )),
        footer: text.say_with("messages-mail-footer", &names),
    }
}

fn quoted(text: Text, (author, words): &(String, String)) -> String {
    let mut words = match words.is_empty() {
        true => text.say("messages-only-files").into_owned(),
        false => plain_text(words),
    };
    if let Some((end, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(end);
        words.push('…');
    }
    text.say_with("messages-mail-quoted", &[("author", author.into()), ("words", words.into())])
}

/// Pictures are taken without an installation.
pub fn sample(organization: &Organization, language: Language) -> OutgoingMail {
    let facts = LetterFacts {
        to: "carol@acme.test".to_owned(),
        to_name: "Carol Jones".to_owned(),
        language: None,
        side: Side::Client,
        place: Place { portal: PortalId::from_bytes([0x19; 16]), client: PersonId::from_bytes([0x19; 16]) }
            .into(),
        portal: "Acme website relaunch".to_owned(),
        messages: vec![
            ("Ada Lovelace".to_owned(), "The new footer is on the staging site.".to_owned()),
            ("Ada Lovelace".to_owned(), "Could you check the **opening hours** by Friday?".to_owned()),
        ],
        takes_answers: true,
    };
    let letter = letter(&facts, organization, Text::new(language));
    let id = "<sample@example.test>".to_owned();
    organization.mail(language, &facts.to, &letter, "example.test", id)
}
