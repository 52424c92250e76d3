//! Long lists: which part of them is wanted, by words and by page.

use serde::Deserialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Rows on one page.
const PAGE: usize = 50;
/// More than anyone types to find a name.
const LONGEST_QUERY: usize = 200;

/// From the address. A page that is no number is the first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    pub q: String,
    pub page: String,
    /// Whoever was just deleted, so that the page can offer to undo it.
    pub deleted: String,
}

impl Wanted {
    pub fn query(&self) -> String {
        self.q.trim().chars().take(LONGEST_QUERY).collect()
    }

    /// Counted from 1.
    pub fn page(&self) -> usize {
        self.page.parse().ok().filter(|page| *page > 0).unwrap_or(1)
    }

    /// The address of another page of the same list.
    pub fn address(&self, path: &str, page: usize) -> String {
        let query = self.query();
        let mut fields = url::form_urlencoded::Serializer::new(String::new());
        if !query.is_empty() {
            fields.append_pair("q", &query);
        }
        if page > 1 {
            fields.append_pair("page", &page.to_string());
        }
        match fields.finish() {
            fields if fields.is_empty() => path.to_owned(),
            fields => format!("{path}?{fields}"),
        }
    }
}

/// One page of what was wanted.
pub struct Found<T> {
    pub rows: Vec<T>,
    /// How many there are on all pages.
    pub total: usize,
    /// Counted from 1; the last one, if a later one was asked for.
    pub page: usize,
}

impl<T> Found<T> {
    pub fn map<U>(self, rows: impl FnOnce(Vec<T>) -> Vec<U>) -> Found<U> {
        Found { rows: rows(self.rows), total: self.total, page: self.page }
    }

    /// Counted from 1.
    pub fn first(&self) -> usize {
        (self.page - 1) * PAGE + 1
    }

    pub fn last(&self) -> usize {
        self.first() + self.rows.len() - 1
    }

    pub fn previous(&self) -> Option<usize> {
        (self.page > 1).then(|| self.page - 1)
    }

    pub fn next(&self) -> Option<usize> {
        (self.last() < self.total).then(|| self.page + 1)
    }
}

/// Picks a page of `all` by what is to be read of each, its name first. In memory, since neither database folds
/// accents, they disagree about the order of names, and an organization's names are few and short.
pub fn find<T>(all: Vec<T>, wanted: &Wanted, read: impl Fn(&T) -> String) -> Found<T> {
    let words: Vec<String> = folded(&wanted.query()).split_whitespace().map(str::to_owned).collect();
    let mut matching: Vec<(String, T)> = all
        .into_iter()
        .map(|each| (folded(&read(&each)), each))
        .filter(|(text, _)| words.iter().all(|word| text.contains(word)))
        .collect();
    matching.sort_by(|(one, _), (other, _)| one.cmp(other));
    let total = matching.len();
    let page = wanted.page().min(total.div_ceil(PAGE)).max(1);
    let rows = matching.into_iter().skip((page - 1) * PAGE).take(PAGE).map(|(_, each)| each).collect();
    Found { rows, total, page }
}

/// Without case and accents.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(q: &str, page: &str) -> Wanted {
        Wanted { q: q.into(), page: page.into(), ..Default::default() }
    }

    #[test]
    fn names_are_found_without_case_and_accents_and_stand_in_the_order_of_letters() {
        let names = || vec!["Zoe", "Élodie Petit", "emil", "Eva"];
        let found = |q| find(names(), &wanted(q, ""), |name| (*name).to_owned()).rows;
        assert_eq!(found(""), ["Élodie Petit", "emil", "Eva", "Zoe"]);
        assert_eq!(found(" ELODIE  pet"), ["Élodie Petit"]);
        assert!(found("%").is_empty());
    }

    #[test]
    fn five_hundred_names_are_ten_pages() {
        let found =
            |page| find((0..500).map(|n| format!("{n:03}")).collect(), &wanted("", page), String::clone);
        let third = found("3");
        assert_eq!((third.first(), third.last(), third.total), (101, 150, 500));
        assert_eq!((third.previous(), third.next()), (Some(2), Some(4)));
        let beyond = found("99999999999999999999");
        assert_eq!((beyond.page, beyond.previous()), (1, None));
        assert_eq!((found("77").page, found("77").next()), (10, None));
    }

    #[test]
    fn an_address_says_only_what_is_needed() {
        assert_eq!(wanted("", "").address("/staff/clients", 1), "/staff/clients");
        assert_eq!(wanted("a & b", "").address("/staff/clients", 2), "/staff/clients?q=a+%26+b&page=2");
    }
}
