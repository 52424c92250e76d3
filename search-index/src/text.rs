//! From text to the words it is found by, the same way for what is indexed,
//! what is asked and what is marked in a snippet.

mod analyzer;
mod fold;
mod language;
mod stems;
mod typos;
mod words;

pub(crate) use analyzer::{Form, analyzer};
pub(crate) use language::{Detection, Language, Languages};
pub(crate) use stems::Stems;
pub(crate) use typos::{Typos, within, within_prefix};
pub(crate) use words::{Script, Word, asked_words, head, indexed_words};
