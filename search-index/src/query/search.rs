//! The course of one search.

use anyhow::{Context, Result};
use tantivy::query::{EnableScoring, Query as _, Scorer, TermQuery, TermSetQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument, Term};

use super::Query;
use super::asked::Asked;
use super::closeness::AsTyped;
use super::counting::Counting;
use super::matching::Matching;
use super::ranking::{Best, Ranked};
use super::snippet::Marker;
use super::source::Source;
use super::wanted::Wanted;
use crate::store::{Fields, Generation, Stored, audience_term, id_of};
use crate::{Hit, Hits};

/// With fewer documents than this, a search is made again less strictly.
const FEW: usize = 10;

/// From this many words on it is a question, not a name: some of them may do.
const MANY_WORDS: usize = 5;

/// The share of many words that a document must have: one in this many.
const SOME: usize = 4;

/// Nobody pages further; it bounds what is kept while counting.
const DEEPEST: usize = 10_000;

pub(crate) fn search(generation: &Generation, query: &Query) -> Result<Hits> {
    let asked = Asked::read(query.text);
    if query.audience.is_empty() || asked.wanted.is_empty() {
        return Ok(Hits::default());
    }
    let search = Search { searcher: generation.searcher(), fields: generation.fields(), query, asked };
    search.run()
}

struct Search<'a> {
    searcher: Searcher,
    fields: &'a Fields,
    query: &'a Query<'a>,
    asked: Asked,
}

impl Search<'_> {
    /// As typed; then with slips forgiven; then with some of many words. How
    /// far it goes depends only on what this viewer may find: whether a word
    /// exists elsewhere must not be seen from the results.
    fn run(&self) -> Result<Hits> {
        let words = self.asked.wanted.len();
        let mut as_typed = self.asked.wanted.clone();
        as_typed.iter_mut().for_each(Wanted::forbid_typos);
        let mut wanted = &as_typed;
        let mut best = self.best(wanted, words)?;
        if best.total < FEW && self.asked.wanted.iter().any(Wanted::may_be_mistyped) {
            wanted = &self.asked.wanted;
            best = self.best(wanted, words)?;
        }
        if best.total < FEW && words >= MANY_WORDS {
            wanted = &as_typed;
            best = self.best(wanted, words.div_ceil(SOME))?;
        }
        self.show(best, wanted)
    }

    fn best(&self, wanted: &[Wanted], needed: usize) -> Result<Best> {
        let sources = |list: &[Wanted]| {
            let list = list.iter();
            list.map(|wanted| Source::new(&self.searcher, self.fields, wanted)).collect::<Result<Vec<_>>>()
        };
        let (wanted, unwanted) = (sources(wanted)?, sources(&self.asked.unwanted)?);
        let within = self.within()?;
        let as_typed = AsTyped::new(self.fields, &self.asked);
        let deepest = self.query.offset.saturating_add(self.query.limit).min(DEEPEST);
        let mut best = Best::new(deepest);
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let within = allowed(&within, segment)?;
            let matching = Matching::new(segment, within, &wanted, &unwanted, needed)?;
            self.collect(matching, &as_typed, segment, ordinal as u32, &mut best)?;
        }
        Ok(best)
    }

    fn collect(
        &self,
        matching: Matching,
        as_typed: &AsTyped,
        segment: &SegmentReader,
        ordinal: u32,
        best: &mut Best,
    ) -> Result<()> {
        // Every part has both, so a part's row is its number.
        let changes = segment.fast_fields().i64("changed")?.values;
        let ties = segment.fast_fields().u64("tie")?.values;
        let mut near = as_typed.in_segment(segment)?;
        let mut counting = Counting::new(segment, self.query.moments)?;
        matching.for_each(|found| {
            let changed = changes.get_val(found.first);
            if self.query.only.since.is_some_and(|since| changed < since) {
                return;
            }
            counting.add(found.first, changed);
            let (closeness, shown) = near.judge(found);
            let addresses = [found.first, shown].map(|part| DocAddress::new(ordinal, part));
            best.add(Ranked::new(closeness, found.score, changed, ties.get_val(found.first), addresses));
        });
        counting.add_to(&mut best.counts)
    }

    /// What every document found must be in: the audience first of all.
    fn within(&self) -> Result<Vec<Box<dyn Weight>>> {
        let query = self.query;
        let audience = query
            .audience
            .iter()
            .map(|audience| audience_term(self.fields.audience, query.organization, *audience));
        let scoring = EnableScoring::disabled_from_searcher(&self.searcher);
        let mut within = vec![TermSetQuery::new(audience).weight(scoring)?];
        let only = query.only;
        let portal = only.portal.map(|portal| Term::from_field_bytes(self.fields.portal, &portal));
        let kind = only.kind.map(|kind| Term::from_field_text(self.fields.kind, kind));
        let author = only.author.map(|author| Term::from_field_bytes(self.fields.author, &author));
        for term in [portal, kind, author].into_iter().flatten() {
            within.push(TermQuery::new(term, IndexRecordOption::Basic).weight(scoring)?);
        }
        Ok(within)
    }

    fn show(&self, mut best: Best, wanted: &[Wanted]) -> Result<Hits> {
        let (total, counts) = (best.total, std::mem::take(&mut best.counts));
        let marker = Marker::new(wanted);
        let page = best.into_sorted().into_iter().skip(self.query.offset).take(self.query.limit);
        let hits = page.map(|ranked| self.hit(ranked, &marker)).collect::<Result<_>>()?;
        Ok(Hits { total, hits, counts })
    }

    fn hit(&self, ranked: Ranked, marker: &Marker) -> Result<Hit> {
        let (id, first) = self.stored(ranked.first)?;
        let shown = match ranked.best == ranked.first {
            true => None,
            false => Some(self.stored(ranked.best)?.1),
        };
        let shown = shown.as_ref().unwrap_or(&first);
        Ok(Hit {
            id,
            page: shown.page,
            title: marker.whole(&first.title),
            snippet: marker.snippet(&shown.text),
            portal: first.portal,
            kind: first.kind,
            author: first.author,
            changed: ranked.changed,
        })
    }

    fn stored(&self, address: DocAddress) -> Result<(crate::DocumentId, Stored)> {
        let part: TantivyDocument = self.searcher.doc(address)?;
        let id = id_of(self.fields, &part).context("every part has an id")?;
        Ok((id, Stored::read(self.fields, &part)))
    }
}

fn allowed(within: &[Box<dyn Weight>], segment: &SegmentReader) -> Result<Vec<Box<dyn Scorer>>> {
    let scorers = within.iter().map(|weight| weight.scorer(segment, 1.0));
    Ok(scorers.collect::<tantivy::Result<_>>()?)
}
