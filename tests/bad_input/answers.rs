//! What an answer to bad input must be.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};

use super::{forms::Target, sending::Fields};
use crate::world::{Entry, Page};

/// What is wrong with an answer to `sent`, in which `field` was bad.
pub fn fault(target: &Target, field: &str, sent: &Fields, answer: &Page) -> Option<String> {
    let typed = target.fields.iter().any(|known| known.name == field && known.entry == Entry::Typed);
    match answer.status.as_u16() {
        200..=399 => leads_away(target, answer),
        422 => {
            let form = FormShown::read(&Html::parse_document(&answer.source()));
            technical(answer).or_else(|| form.says_nothing()).or_else(|| form.lost(target, sent))
        }
        status @ 400..=499 if typed => {
            Some(format!("{status}, not answered at the field: {}", shown(answer)))
        }
        400 | 404 | 409 => not_in_words(answer),
        status => Some(format!("{status}: {}", shown(answer))),
    }
}

/// A redirect stays here.
fn leads_away(target: &Target, answer: &Page) -> Option<String> {
    let led = answer.redirect_target()?;
    let home = led.origin().ascii_serialization() == target.person.origin();
    (!home).then(|| format!("leads to {led}"))
}

pub fn not_in_words(answer: &Page) -> Option<String> {
    let in_words =
        answer.header("content-type").starts_with("text/html") && answer.text().split(' ').count() > 3;
    technical(answer).or_else(|| (!in_words).then(|| format!("{} has no words", answer.status)))
}

/// Words of the program's parts, which are nobody's.
fn technical(answer: &Page) -> Option<String> {
    let source = answer.source();
    let words = ["unknown field", "missing field", "duplicate field", "invalid type", "panicked"];
    let words = words.into_iter().find(|words| source.contains(words))?;
    Some(format!("{} says {words:?}: {}", answer.status, shown(answer)))
}

/// The fields of a page by their names, whatever form they are in.
#[derive(Default)]
struct FormShown {
    fields: BTreeMap<String, Vec<FieldShown>>,
    errors: Vec<String>,
    /// Said above the fields, of all that was sent: of a link that is used up.
    notices: usize,
    /// What fields that are marked as wrong name as their description.
    described_by: Vec<String>,
}

struct FieldShown {
    value: Option<String>,
    offered: Vec<String>,
}

impl FormShown {
    fn read(document: &Html) -> Self {
        let mut form = Self::default();
        for element in document.tree.nodes().filter_map(ElementRef::wrap) {
            let tag = element.value();
            let is_group = tag.name() == "fieldset";
            if let (Some(ids), true) =
                (tag.attr("aria-describedby"), is_group || tag.attr("aria-invalid") == Some("true"))
            {
                form.described_by.extend(ids.split(' ').map(str::to_owned));
            }
            if tag.has_class("field-error", scraper::CaseSensitivity::CaseSensitive) {
                form.errors.extend(tag.attr("id").map(str::to_owned));
            }
            let is_notice = tag.has_class("notice-error", scraper::CaseSensitivity::CaseSensitive);
            form.notices += usize::from(is_notice);
            if let (Some(name), Some(field)) = (tag.attr("name"), FieldShown::read(element)) {
                form.fields.entry(name.to_owned()).or_default().push(field);
            }
        }
        form
    }

    /// As the kit writes it: words that the field, or the group that it is in, names as its description.
    fn says_nothing(&self) -> Option<String> {
        let stray = self.errors.iter().find(|error| !self.described_by.contains(error));
        match stray {
            Some(error) => Some(format!("422 says {error} at no field")),
            None => {
                let is_silent = self.errors.is_empty() && self.notices == 0;
                is_silent.then(|| "422 says nothing at a field".to_owned())
            }
        }
    }

    /// Whatever of the form's fields is not there any more, or not as it was typed (P43).
    fn lost(&self, target: &Target, sent: &Fields) -> Option<String> {
        for known in target.fields.iter().filter(|known| known.entry != Entry::Picked) {
            let nothing = Vec::new();
            let there = self.fields.get(&known.name).unwrap_or(&nothing);
            // What is no more to be chosen from is not kept, nor is that nothing was.
            let is_chosen = matches!(known.entry, Entry::Chosen | Entry::Ticked);
            for (_, value) in sent.iter().filter(|(name, _)| *name == known.name) {
                if there.is_empty() && (is_chosen || value.is_empty()) {
                    continue;
                }
                let value = String::from_utf8_lossy(value);
                if !there.iter().any(|field| field.keeps(known.entry, &value)) {
                    let there = there.first().and_then(|field| field.value.as_deref());
                    let there = beginning(there.unwrap_or("(nothing)"));
                    return Some(format!(
                        "422 keeps {there:?} in {:?}, not {:?}",
                        known.name,
                        beginning(&value)
                    ));
                }
            }
        }
        None
    }
}

impl FieldShown {
    fn read(element: ElementRef<'_>) -> Option<Self> {
        let tag = element.value();
        let text = |element: ElementRef<'_>| element.text().collect::<String>();
        let value = tag.attr("value").map(str::to_owned);
        match (tag.name(), tag.attr("type")) {
            ("input", Some("checkbox" | "radio")) => {
                let ticked = tag.attr("checked").is_some();
                Some(Self { value: value.clone().filter(|_| ticked), offered: value.into_iter().collect() })
            }
            ("input", _) => Some(Self { value: value.or(Some(String::new())), offered: Vec::new() }),
            ("textarea", _) => Some(Self { value: Some(text(element)), offered: Vec::new() }),
            ("button", _) => Some(Self { value, offered: Vec::new() }),
            ("select", _) => {
                let inside = element.descendants().filter_map(ElementRef::wrap);
                let options = inside.filter(|inner| inner.value().name() == "option");
                let options: Vec<_> = options
                    .map(|option| {
                        let value = option.attr("value").map_or_else(|| text(option), str::to_owned);
                        (value, option.attr("selected").is_some())
                    })
                    .collect();
                let chosen = options.iter().find(|(_, selected)| *selected).or(options.first());
                Some(Self {
                    value: chosen.map(|(value, _)| value.clone()),
                    offered: options.iter().map(|(value, _)| value.clone()).collect(),
                })
            }
            _ => None,
        }
    }

    fn keeps(&self, entry: Entry, sent: &str) -> bool {
        match entry {
            Entry::Typed => normal(self.value.as_deref().unwrap_or_default()) == normal(sent),
            // Only what is offered can be chosen again.
            Entry::Chosen | Entry::Ticked => {
                !self.offered.iter().any(|offered| offered == sent) || self.value.as_deref() == Some(sent)
            }
            Entry::Secret | Entry::Picked | Entry::Hidden => true,
        }
    }
}

/// HTML, "preprocessing the input stream": a parser never gives back NUL, nor CR.
fn normal(text: &str) -> String {
    text.replace('\0', "\u{fffd}").replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

pub fn shown(answer: &Page) -> String {
    beginning(&answer.text())
}

fn beginning(text: &str) -> String {
    text.chars().take(160).collect()
}
