//! The tokenizers tantivy indexes with.

use std::collections::HashMap;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use super::{Language, Languages, Stems, Word, head, indexed_words};

/// What of a word goes into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The folded word.
    Whole,
    Stems(Languages),
    /// Its first one, two and three letters: a prefix this short would
    /// otherwise expand to a large part of the dictionary.
    Heads,
}

impl Form {
    pub fn name(self) -> &'static str {
        match self {
            Form::Whole => "whole",
            Form::Stems(Languages::One(Language::English)) => "stems_english",
            Form::Stems(Languages::One(Language::French)) => "stems_french",
            Form::Stems(Languages::One(Language::German)) => "stems_german",
            Form::Stems(Languages::One(Language::Spanish)) => "stems_spanish",
            Form::Stems(Languages::Each) => "stems",
            Form::Heads => "heads",
        }
    }

    /// The longest prefix that [`Form::Heads`] holds, in letters.
    pub const LONGEST_HEAD: usize = 3;
}

/// Words whose stems are remembered while writing.
const MOST_KNOWN: usize = 5_000;

pub(crate) fn analyzer(form: Form) -> TextAnalyzer {
    TextAnalyzer::from(FormTokenizer { form, stems: Stems::new(), known: HashMap::new() })
}

#[derive(Clone)]
struct FormTokenizer {
    form: Form,
    stems: Stems,
    /// Stems found before: most words of a text are few, and stemming is slow.
    known: HashMap<String, Vec<String>>,
}

impl FormTokenizer {
    fn stems_of(&mut self, word: &str, languages: Languages) -> Vec<String> {
        if let Some(stems) = self.known.get(word) {
            return stems.clone();
        }
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        let stems = self.stems.of(word, languages);
        self.known.insert(word.to_owned(), stems.clone());
        stems
    }

    fn push(&mut self, position: usize, word: Word, tokens: &mut Vec<Token>) {
        let mut add = |text: String| {
            tokens.push(Token {
                offset_from: word.range.start,
                offset_to: word.range.end,
                position,
                text,
                position_length: 1,
            });
        };
        match self.form {
            Form::Whole => add(word.text.clone()),
            Form::Stems(languages) => self.stems_of(&word.text, languages).into_iter().for_each(add),
            Form::Heads => {
                let letters = word.text.chars().count().min(Form::LONGEST_HEAD);
                (1..=letters).for_each(|count| add(head(&word.text, count).to_owned()));
            }
        }
    }
}

impl Tokenizer for FormTokenizer {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens = Vec::new();
        for (position, word) in indexed_words(text).into_iter().enumerate() {
            self.push(position, word, &mut tokens);
        }
        Tokens { rest: tokens.into_iter(), token: Token::default() }
    }
}

struct Tokens {
    rest: std::vec::IntoIter<Token>,
    token: Token,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        match self.rest.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
