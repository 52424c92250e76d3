//! The fields of the index. Any change here, or in how words are cut and
//! folded, needs a new [`VERSION`]: an index of another version is thrown away.

use tantivy::Term;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::Audience;
use crate::text::{Form, analyzer};

pub(super) const VERSION: u32 = 1;

/// The same text in three forms.
#[derive(Clone, Copy)]
pub(crate) struct TextFields {
    pub whole: Field,
    pub stems: Field,
    pub heads: Field,
}

/// A document is a run of neighbouring tantivy documents, its parts: a page
/// each, or a piece of a long page. `audience`, `portal`, `kind` and `title` are on
/// the first part only, so that a title counts once and a list of what an audience
/// may find has one entry per document; the rest is on all.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub audience: Field,
    pub portal: Field,
    pub kind: Field,
    pub changed: Field,
    /// A number made from the id, to break ties the same way in every index.
    pub tie: Field,
    pub title: TextFields,
    pub body: TextFields,
    /// How many parts of the same document come before this one.
    pub place: Field,
    pub page: Field,
}

impl Fields {
    pub fn schema() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let stored_key = || BytesOptions::default().set_indexed().set_stored();
        let numbers = || NumericOptions::default().set_fast();
        let fields = Fields {
            id: builder.add_bytes_field("id", stored_key()),
            audience: builder.add_bytes_field("audience", BytesOptions::default().set_indexed()),
            portal: builder.add_bytes_field("portal", stored_key()),
            kind: builder.add_text_field("kind", STRING | STORED),
            changed: builder.add_i64_field("changed", numbers()),
            tie: builder.add_u64_field("tie", numbers()),
            title: TextFields {
                whole: builder.add_text_field("title", text(Form::Whole).set_stored()),
                stems: builder.add_text_field("title_stems", text(Form::Stems)),
                heads: builder.add_text_field("title_heads", text(Form::Heads)),
            },
            body: TextFields {
                whole: builder.add_text_field("body", text(Form::Whole).set_stored()),
                stems: builder.add_text_field("body_stems", text(Form::Stems)),
                heads: builder.add_text_field("body_heads", text(Form::Heads)),
            },
            place: builder.add_u64_field("place", FAST),
            page: builder.add_u64_field("page", STORED),
        };
        (builder.build(), fields)
    }
}

pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for form in [Form::Whole, Form::Stems, Form::Heads] {
        manager.register(form.name(), analyzer(form));
    }
    manager
}

fn text(form: Form) -> TextOptions {
    let (record, lengths) = match form {
        Form::Whole => (IndexRecordOption::WithFreqsAndPositions, true),
        Form::Stems => (IndexRecordOption::WithFreqs, true),
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
        Audience::Portal(portal) => {
            bytes.push(b'p');
            bytes.extend(portal);
        }
        Audience::Person(person) => {
            bytes.push(b'h');
            bytes.extend(person);
        }
        Audience::PersonInPortal { person, portal } => {
            bytes.push(b'i');
            bytes.extend(portal);
            bytes.extend(person);
        }
    }
    Term::from_field_bytes(field, &bytes)
}
