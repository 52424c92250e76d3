//! The fields of the index. Any change here, or in how words are cut and
//! folded, needs a new [`VERSION`]: an index of another version is thrown away.

use tantivy::Term;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::Audience;
use crate::text::{Form, Language, Languages, analyzer};

pub(super) const VERSION: u32 = 4;

/// The same text in three forms.
#[derive(Clone, Copy)]
pub(crate) struct TextFields {
    pub whole: Field,
    pub stems: StemFields,
    pub heads: Field,
}

impl TextFields {
    /// Whether its lengths count for the score.
    pub fn ranks_by(&self, field: Field) -> bool {
        field == self.whole || Languages::every().any(|languages| self.stems.of(languages) == field)
    }
}

/// A text is in one of them: that of its language, or the one for texts whose
/// language is not known, with the stems of every language.
#[derive(Clone, Copy)]
pub(crate) struct StemFields {
    of_languages: [Field; Language::ALL.len()],
    of_each: Field,
}

impl StemFields {
    pub fn of(&self, languages: Languages) -> Field {
        match languages {
            Languages::One(language) => self.of_languages[language as usize],
            Languages::Each => self.of_each,
        }
    }
}

/// A document is a run of neighbouring tantivy documents, its parts: a page
/// each, or a piece of a long page. What is known of the document as a whole is on
/// the first part only, so that a title counts once and a list of what an audience
/// may find has one entry per document; `id`, `changed`, `tie` and what is known of
/// a part are on all.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub audience: Field,
    pub portal: Field,
    pub kind: Field,
    pub author: Field,
    pub changed: Field,
    /// A number made from the id, to break ties the same way in every index.
    pub tie: Field,
    pub title: TextFields,
    /// The words of the title as one term, with and without a file's ending.
    pub name: Field,
    pub body: TextFields,
    /// How many parts of the same document come before this one.
    pub place: Field,
    pub page: Field,
}

impl Fields {
    pub fn schema() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let key = || BytesOptions::default().set_indexed();
        let numbers = || NumericOptions::default().set_fast();
        let fields = Fields {
            id: builder.add_bytes_field("id", key().set_stored()),
            audience: builder.add_bytes_field("audience", key()),
            portal: builder.add_bytes_field("portal", key().set_stored().set_fast()),
            kind: builder.add_text_field("kind", STRING | STORED | FAST),
            author: builder.add_bytes_field("author", key().set_stored().set_fast()),
            changed: builder.add_i64_field("changed", numbers()),
            tie: builder.add_u64_field("tie", numbers()),
            title: text_fields(&mut builder, "title"),
            name: builder.add_text_field("name", STRING),
            body: text_fields(&mut builder, "body"),
            place: builder.add_u64_field("place", FAST),
            page: builder.add_u64_field("page", STORED),
        };
        (builder.build(), fields)
    }
}

pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for form in Languages::every().map(Form::Stems).chain([Form::Whole, Form::Heads]) {
        manager.register(form.name(), analyzer(form));
    }
    manager
}

fn text_fields(builder: &mut SchemaBuilder, name: &str) -> TextFields {
    let mut add = |form: Form, options: TextOptions| {
        builder.add_text_field(&format!("{name}_{}", form.name()), options)
    };
    let mut stems = |languages| add(Form::Stems(languages), text(Form::Stems(languages)));
    TextFields {
        stems: StemFields {
            of_languages: Language::ALL.map(|language| stems(Languages::One(language))),
            of_each: stems(Languages::Each),
        },
        whole: add(Form::Whole, text(Form::Whole).set_stored()),
        heads: add(Form::Heads, text(Form::Heads)),
    }
}

fn text(form: Form) -> TextOptions {
    let (record, lengths) = match form {
        Form::Whole => (IndexRecordOption::WithFreqsAndPositions, true),
        Form::Stems(_) => (IndexRecordOption::WithFreqs, true),
        Form::Heads => (IndexRecordOption::Basic, false),
    };
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(form.name())
        .set_index_option(record)
        .set_fieldnorms(lengths);
    TextOptions::default().set_indexing_options(indexing)
}

/// The organization is part of the term, so no query can name an audience
/// without naming whose.
pub(crate) fn audience_term(field: Field, organization: [u8; 16], audience: Audience) -> Term {
    let mut bytes = organization.to_vec();
    match audience {
        Audience::Staff => bytes.push(b's'),
        Audience::Clients => bytes.push(b'a'),
        Audience::Portal(portal) => {
            bytes.push(b'p');
            bytes.extend(portal);
        }
        Audience::Person(person) => {
            bytes.push(b'h');
            bytes.extend(person);
        }
        Audience::ColleagueOf(person) => {
            bytes.push(b'c');
            bytes.extend(person);
        }
        Audience::PersonInPortal { person, portal } => {
            bytes.push(b'i');
            bytes.extend(portal);
            bytes.extend(person);
        }
        Audience::Room(room) => {
            bytes.push(b'r');
            bytes.extend(room);
        }
    }
    Term::from_field_bytes(field, &bytes)
}
