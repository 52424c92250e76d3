//! Notes: read, pinned and written.

use portico_facts::ItemId;
use portico_kernel::{Name, Problems};
use portico_ui::{
    Frame, MarkedWords, Markup, Text,
    components::{Button, Field, Form, form_actions, icon},
    html,
    markdown::{Under, prose},
};

use super::Moments;
use crate::{item::ReadNote, note::NoteForm};

/// At the top of a portal.
pub fn pinned_note(text: Text, note: &ReadNote, moments: &Moments, edit: Option<&str>) -> Markup {
    let changed = text.say_with("portals-changed", &[("when", moments.ago(note.item.changed_at).into())]);
    html! {
        article.note.note-pinned id={ "note-" (note.item.id) } {
            header.note-header {
                (icon("pin"))
                div.note-words {
                    h2 { (note.item.name) }
                    p.field-hint { (changed) }
                }
                @if let Some(edit) = edit {
                    (Button::quiet(text.say("portals-edit")).icon("pencil").small().href(edit))
                }
            }
            (prose(&note.body, Under::SectionTitle, &MarkedWords::default()))
        }
    }
}

/// A note on its own page, under the page's title, with the words of a search marked.
pub fn whole_note(text: Text, note: &ReadNote, words: &MarkedWords) -> Markup {
    html! {
        article.whole-note id={ "note-" (note.item.id) } {
            @if note.body.is_empty() {
                p.quiet { (text.say("portals-note-empty")) }
            } @else {
                (prose(&note.body, Under::PageTitle, words))
            }
        }
    }
}

/// For a new note and for one that exists.
pub struct Editor<'a> {
    pub form: &'a NoteForm,
    pub problems: &'a Problems,
    pub action: String,
    /// Where "Cancel" leads.
    pub back: String,
    /// Where a new note goes; nothing for one that exists.
    pub folder: Option<ItemId>,
}

pub fn editor(frame: &Frame, editor: &Editor) -> Markup {
    let text = frame.text;
    let error = |field: &str| editor.problems.of(field).map(|key| text.say(key));
    Form::post(&frame.form_token, &editor.action).id("note-form").body(html! {
        @if let Some(folder) = editor.folder { input type="hidden" name="folder" value=(folder); }
        (Field::text("title", text.say("portals-field-title")).value(&editor.form.title).required()
            .max_length(Name::LONGEST).autocomplete("off").focus().error(error("title")))
        (Field::area("note", text.say("portals-field-note")).value(&editor.form.note).rows(18)
            .hint(text.say("ui-markdown-hint")).error(error("note")))
        (form_actions(html! {
            (Button::primary(text.say("portals-save")))
            (Button::quiet(text.say("ui-cancel")).href(editor.back.as_str()))
        }))
    })
}
