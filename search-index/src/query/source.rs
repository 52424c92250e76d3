//! The ways one wanted thing can match, and what each is worth.

use anyhow::Result;
use tantivy::query::{ConstScorer, EnableScoring, PhraseQuery, Query, Scorer, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, SegmentReader, Term};

use super::any_of::AnyOf;
use super::expansion::Expansion;
use super::statistics::Statistics;
use super::wanted::{Ending, Wanted, WantedWord};
use crate::store::{Fields, TextFields};
use crate::text::{Form, Typos};

/// What a match is worth beside the word as typed, in the same text.
const BEGINNING: Score = 0.8;
const STEM: Score = 0.7;
const MISTYPED: Score = 0.2;

/// What a title is worth beside a body.
const TITLE: Score = 1.5;

/// All the ways for one wanted thing.
pub(super) struct Source {
    title: Vec<Way>,
    body: Vec<Way>,
}

/// Entries of one field. The scores include what the way is worth.
enum Way {
    Ranked(Box<dyn Weight>, Score),
    Flat(Box<dyn Weight>, Score),
    Expanded(Expansion, Field, Score),
}

impl Source {
    pub fn new(searcher: &Searcher, fields: &Fields, wanted: &Wanted) -> Result<Source> {
        match wanted {
            Wanted::Phrase(words) => {
                let statistics = Statistics::of_each_term(searcher, fields);
                Ok(Source {
                    title: phrase_ways(&statistics, fields.title, words, TITLE)?,
                    body: phrase_ways(&statistics, fields.body, words, 1.0)?,
                })
            }
            Wanted::Word(word) => {
                let mut terms = word_terms(fields.title, word);
                terms.extend(word_terms(fields.body, word));
                let statistics = Statistics::of_one_word(searcher, fields, &terms)?;
                let expansions = Expansions::of(word)?;
                Ok(Source {
                    title: word_ways(&statistics, fields.title, word, &expansions, TITLE)?,
                    body: word_ways(&statistics, fields.body, word, &expansions, 1.0)?,
                })
            }
        }
    }

    pub fn in_titles(&self, segment: &SegmentReader) -> Result<AnyOf> {
        scorers(&self.title, segment)
    }

    pub fn in_bodies(&self, segment: &SegmentReader) -> Result<AnyOf> {
        scorers(&self.body, segment)
    }
}

fn scorers(ways: &[Way], segment: &SegmentReader) -> Result<AnyOf> {
    let scorers = ways.iter().map(|way| way.scorer(segment)).collect::<Result<_>>()?;
    Ok(AnyOf::new(scorers))
}

impl Way {
    fn scorer(&self, segment: &SegmentReader) -> Result<Box<dyn Scorer>> {
        match self {
            Way::Ranked(weight, worth) => Ok(weight.scorer(segment, *worth)?),
            Way::Flat(weight, score) => {
                let scorer = weight.scorer(segment, 1.0)?;
                Ok(Box::new(ConstScorer::new(scorer, *score)))
            }
            Way::Expanded(expansion, field, score) => expansion.scorer(segment, *field, *score),
        }
    }
}

fn word_terms(fields: TextFields, word: &WantedWord) -> Vec<Term> {
    let whole = Term::from_field_text(fields.whole, &word.text);
    let stems = word.stems.iter();
    let stems = stems.map(|(languages, stem)| Term::from_field_text(fields.stems.of(*languages), stem));
    std::iter::once(whole).chain(stems).collect()
}

fn word_ways(
    statistics: &Statistics,
    fields: TextFields,
    word: &WantedWord,
    expansions: &Expansions,
    worth: Score,
) -> Result<Vec<Way>> {
    let mut ways = Vec::new();
    let searcher = statistics.searcher();
    let flat = worth * statistics.rarity();
    for term in word_terms(fields, word) {
        if searcher.doc_freq(&term)? == 0 {
            continue;
        }
        let kind = if term.field() == fields.whole { 1.0 } else { STEM };
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        ways.push(Way::Ranked(weight(statistics, &query)?, worth * kind));
    }
    if let Some(prefix) = &expansions.prefix {
        ways.push(Way::Expanded(prefix.clone(), fields.whole, flat * BEGINNING));
    } else if word.ending == Ending::Unfinished {
        ways.push(short_prefix(statistics, fields, &word.text, flat * BEGINNING)?);
    }
    if let Some(mistyped) = &expansions.mistyped {
        ways.push(Way::Expanded(mistyped.clone(), fields.whole, flat * MISTYPED));
    }
    Ok(ways)
}

/// The automata of a word, made once for both fields.
struct Expansions {
    /// For a prefix longer than those indexed.
    prefix: Option<Expansion>,
    mistyped: Option<Expansion>,
}

impl Expansions {
    fn of(word: &WantedWord) -> Result<Expansions> {
        let unfinished = word.ending == Ending::Unfinished;
        let long = unfinished && word.text.chars().count() > Form::LONGEST_HEAD;
        let mistyped = match word.typos {
            Typos::None => None,
            typos if unfinished => Some(Expansion::prefix(&word.text, typos)?),
            typos => Some(Expansion::whole(&word.text, typos)?),
        };
        Ok(Expansions {
            prefix: match long {
                true => Some(Expansion::prefix(&word.text, Typos::None)?),
                false => None,
            },
            mistyped,
        })
    }
}

fn short_prefix(statistics: &Statistics, fields: TextFields, text: &str, score: Score) -> Result<Way> {
    let term = Term::from_field_text(fields.heads, text);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let scoring = EnableScoring::disabled_from_searcher(statistics.searcher());
    Ok(Way::Flat(query.weight(scoring)?, score))
}

fn phrase_ways(
    statistics: &Statistics,
    fields: TextFields,
    words: &[String],
    worth: Score,
) -> Result<Vec<Way>> {
    let terms = words.iter().map(|word| Term::from_field_text(fields.whole, word)).collect();
    let query = PhraseQuery::new(terms);
    Ok(vec![Way::Ranked(weight(statistics, &query)?, worth)])
}

fn weight(statistics: &Statistics, query: &dyn Query) -> Result<Box<dyn Weight>> {
    let searcher = statistics.searcher();
    let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
    Ok(query.weight(scoring)?)
}
