//! A note: a heading, who wrote it when, and its words.

use maud::{Markup, html};

use super::icon;

#[derive(Default)]
pub struct Note<'a> {
    pub id: Option<String>,
    pub title: &'a str,
    /// "Ada, 23 November 2026".
    pub byline: &'a str,
    /// Sanitized HTML.
    pub words: Markup,
    pub place: NotePlace,
    pub actions: Option<Markup>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotePlace {
    #[default]
    Among,
    /// At the top, where nobody misses it.
    Pinned,
}

pub fn note(note: &Note<'_>) -> Markup {
    html! {
        article.note.note-pinned[note.place == NotePlace::Pinned] id=[&note.id] {
            header.note-header {
                (icon(if note.place == NotePlace::Pinned { "pin" } else { "note" }))
                div.note-words {
                    // Pinned it stands right under the page's heading, otherwise in a section.
                    @match note.place {
                        NotePlace::Pinned => h2 { (note.title) },
                        NotePlace::Among => h3 { (note.title) },
                    }
                    p.field-hint { (note.byline) }
                }
                @if let Some(actions) = &note.actions { div.row-actions { (actions) } }
            }
            div.prose hx-ignore { (note.words) }
        }
    }
}

pub fn sample() -> Markup {
    note(&Note {
        title: "Kick-off recap",
        byline: "Ada, 23 November 2026",
        words: html! { p { "We agreed on " strong { "three" } " milestones." } },
        place: NotePlace::Pinned,
        ..Note::default()
    })
}
