//! Handlers.

pub mod client;
pub mod files;
pub mod mail;
pub mod people;
pub mod rooms;
pub mod staff;

use portico_facts::MessageId;
use portico_kernel::{Answer, Partial, Problems, Registry, Side};
use portico_ui::{MarkedWords, Markup, NavigationCount, Text, components::replace_partial, navigation_count};
use serde::Deserialize;

use crate::{
    message::MessageForm,
    view::{
        TOPIC,
        lists::{list_address, unread_address},
        thread::{Attaching, Composing, Focus, Looking, THREAD},
    },
};

/// What may follow the `?` of a conversation's address: a message, and the words with which a search found it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sought {
    at: String,
    words: String,
}

impl Sought {
    /// What is no message is not looked for.
    fn looking(&self) -> Looking {
        Looking { around: self.at.parse().ok(), words: MarkedWords::new(&self.words) }
    }
}

/// Up to which message somebody has read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadUpTo {
    number: i32,
}

impl Looking {
    fn at(message: MessageId) -> Self {
        Self { around: Some(message), ..Self::default() }
    }
}

impl Composing {
    fn on(registry: &Registry) -> Self {
        let attaching = match registry.file_keeper() {
            Some(_) => Attaching::Files,
            None => Attaching::Nothing,
        };
        Self { attaching, ..Self::default() }
    }

    /// After a message was sent, for the next one.
    fn next(registry: &Registry) -> Self {
        Self { focus: Focus::Here, ..Self::on(registry) }
    }

    fn again(registry: &Registry, input: MessageForm, problems: Problems) -> Self {
        Self { input, problems, ..Self::on(registry) }
    }
}

/// After a dialog changed a message: the messages, and the dialog closes.
fn after_dialog(thread: Markup) -> Answer {
    Answer::fragment(replace_partial(THREAD, thread)).trigger("dialog:close")
}

/// The number beside the navigation's entry, or the page behind it.
fn unread_answer(partial: Partial, text: Text, side: Side, number: u64) -> Answer {
    match partial {
        Partial::Fragment => {
            let count = NavigationCount { number, topic: TOPIC, href: unread_address(side) };
            Answer::fragment(navigation_count(text, &count))
        }
        Partial::Page => Answer::go(partial, list_address(side)),
    }
}
