//! What messages have in a copy of a portal that opens without a server: for staff every conversation about it, for a client
//! their own (P10), with their files.

use std::{collections::HashMap, sync::Arc};

use maud::{Markup, html};
use portico_facts::MessageFileId;
use portico_kernel::{
    OfflineBytes, OfflineCopy, OfflinePage, OfflinePart, OfflinePath, OfflineTx, OfflineWords, Result,
};
use portico_ui::{
    MarkedWords, OfflineLine, Text,
    components::section,
    markdown::{Under, plain_text, prose_with_mentions},
    offline_list,
};

use crate::{
    message::Message,
    store::{self, Conversation},
    visibility,
};

/// Messages on one page.
const ON_A_PAGE: i32 = 100;

pub fn part() -> OfflinePart {
    OfflinePart { name: "messages", order: 30, kinds: &[], gather }
}

fn gather(tx: &mut OfflineTx<'_, '_>, copy: &mut OfflineCopy) -> Result<()> {
    let (portal, text) = (copy.plan.portal, copy.text);
    let conversations: Vec<(Conversation, String)> = match tx {
        OfflineTx::Staff(tx) => store::conversations_with_names(tx, portal)?,
        OfflineTx::Client(tx) => {
            let entered = visibility::entered_conversation(tx, portal)?;
            entered.conversation.map(|conversation| (conversation, entered.client)).into_iter().collect()
        }
    };
    if conversations.is_empty() {
        return Ok(());
    }
    let paths = Arc::new(add_files(tx, copy, &conversations)?);
    let zone: Arc<str> = tx.core().organization_profile().time_zone.as_str().into();
    let mut links = Vec::new();
    for (conversation, client) in &conversations {
        let pages = (conversation.last_number - 1).max(0) / ON_A_PAGE + 1;
        for number in 1..=pages {
            let title = match pages {
                1 => client.clone(),
                _ => format!("{client} ({number} / {pages})"),
            };
            let path = copy.place("messages", &title, Some(".html"));
            links.push((title.clone(), path.seen_from(&OfflinePath::first_page())));
            let look = Look { text, zone: zone.clone(), page: path.clone(), files: paths.clone() };
            let (conversation, last) = (*conversation, number * ON_A_PAGE);
            copy.page(OfflinePage { path, title, above: Vec::new() }, move |tx| {
                if let OfflineTx::Client(tx) = tx {
                    visibility::entered_conversation(tx, portal)?;
                }
                let messages =
                    store::messages_between(tx.core(), conversation.id, last - ON_A_PAGE + 1, last)?;
                Ok(look.words(&messages))
            });
        }
    }
    let lines: Vec<OfflineLine> = links
        .iter()
        .map(|(name, href)| OfflineLine { name, href: Some(href.as_str()), detail: "" })
        .collect();
    copy.on_first_page(section(&text.say("messages-messages"), html! {}, offline_list(&lines)), "");
    Ok(())
}

/// Where each file of these conversations is in the copy.
fn add_files(
    tx: &mut OfflineTx<'_, '_>,
    copy: &mut OfflineCopy,
    conversations: &[(Conversation, String)],
) -> Result<HashMap<MessageFileId, OfflinePath>> {
    let ids: Vec<_> = conversations.iter().map(|(conversation, _)| conversation.id).collect();
    let mut paths = HashMap::new();
    for (id, name, key, size) in store::files_of_conversations(tx.core(), &ids)? {
        let path = copy.place("message-files", &name, None);
        copy.file(path.clone(), Some(name), OfflineBytes::Stored { key, size });
        paths.insert(id, path);
    }
    Ok(paths)
}

/// What a page of messages needs beside them.
struct Look {
    text: Text,
    zone: Arc<str>,
    page: OfflinePath,
    files: Arc<HashMap<MessageFileId, OfflinePath>>,
}

impl Look {
    fn words(&self, messages: &[Message]) -> OfflineWords {
        let words = messages.iter().map(|message| plain_text(&message.words)).collect::<Vec<_>>().join("\n");
        OfflineWords { body: html! { @for message in messages { (self.message(message)) } }, words }
    }

    fn message(&self, message: &Message) -> Markup {
        let written = self.text.moment(message.written_at.in_zone(&self.zone));
        html! {
            article.offline-message {
                p.offline-quiet { b { (message.author_name) } " · " (written) }
                @if message.deleted_at.is_some() {
                    p.offline-quiet { (self.text.say("messages-offline-deleted")) }
                } @else {
                    (prose_with_mentions(&message.words, Under::PageTitle, &MarkedWords::default(), &message.mentions))
                    @for file in &message.files {
                        @if let Some(path) = self.files.get(&file.id) {
                            p { a href=(path.seen_from(&self.page)) { (file.name) } }
                        }
                    }
                }
            }
        }
    }
}
