//! What an answer to bad input must be.

use scraper::{Html, Selector};

use super::{forms::Target, sending::Fields};
use crate::world::{Entry, Page};

/// What is wrong with an answer to `sent`, in which `field` was bad.
pub fn fault(target: &Target, field: &str, sent: &Fields, answer: &Page) -> Option<String> {
    let typed = target.fields.iter().any(|known| known.name == field && known.entry == Entry::Typed);
    match answer.status.as_u16() {
        200..=399 => leads_away(target, answer),
        422 => not_in_words(answer).or_else(|| nothing_at_a_field(answer)).or_else(|| lost(target, sent, answer)),
        status @ 400..=499 if typed => Some(format!("{status}, not answered at the field: {}", shown(answer))),
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
    let text = answer.text();
    let is_page = answer.header("content-type").starts_with("text/html") && text.split(' ').count() > 3;
    let technical = ["unknown field", "missing field", "duplicate field", "invalid type", "panicked", "SQL"];
    let leak = technical.iter().find(|words| text.contains(**words));
    match leak {
        Some(words) => Some(format!("{} says {words:?}: {}", answer.status, shown(answer))),
        None if !is_page => Some(format!("{} has no words: {}", answer.status, shown(answer))),
        None => None,
    }
}

/// As the kit writes it: words that the field, or the group that it is in, names as its description.
fn nothing_at_a_field(answer: &Page) -> Option<String> {
    let document = Html::parse_document(&answer.source());
    let described = Selector::parse("[aria-describedby]").unwrap();
    let errors = Selector::parse(".field-error[id]").unwrap();
    let names = |id: &str| {
        document.select(&described).any(|element| {
            let marked = element.attr("aria-invalid") == Some("true") || element.value().name() == "fieldset";
            marked && element.attr("aria-describedby").unwrap().split(' ').any(|named| named == id)
        })
    };
    let mut said = document.select(&errors).peekable();
    if said.peek().is_none() {
        return Some(format!("422 says nothing at a field: {}", shown(answer)));
    }
    let stray = said.find(|error| !names(error.attr("id").unwrap()))?;
    Some(format!("422 says {:?} at no field", stray.text().collect::<String>()))
}

/// Whatever of the form's other fields is not there any more, or not as it was typed (P43).
fn lost(target: &Target, sent: &Fields, answer: &Page) -> Option<String> {
    let forms = answer.forms();
    let holds = |form: &&crate::world::Form| {
        let names = form.fields();
        form.posts().is_some() && sent.iter().all(|(name, _)| names.iter().any(|field| field.name == *name))
    };
    let Some(form) = forms.iter().find(holds) else {
        return Some("422 shows no form with these fields".to_owned());
    };
    let fields = form.fields();
    for known in &target.fields {
        let sent_here: Vec<_> = sent.iter().filter(|(name, _)| *name == known.name).collect();
        let there: Vec<_> = fields.iter().filter(|field| field.name == known.name).collect();
        let kept = |value: &[u8]| match known.entry {
            Entry::Typed => there.iter().any(|field| normal(field.value.as_deref()) == normal(Some(&text(value)))),
            // Only what is offered can be chosen again.
            Entry::Chosen | Entry::Ticked => {
                let offered = there.iter().any(|field| field.offered.iter().any(|offer| *offer == text(value)));
                !offered || there.iter().any(|field| field.value.as_deref() == Some(text(value).as_str()))
            }
            Entry::Secret | Entry::Picked | Entry::Hidden => true,
        };
        if let Some((_, value)) = sent_here.into_iter().find(|(_, value)| !kept(value)) {
            let there = there.first().and_then(|field| field.value.as_deref()).unwrap_or("(nothing)");
            let (there, typed) = (beginning(there), beginning(&text(value)));
            return Some(format!("422 keeps {there:?} in {:?}, not {typed:?}", known.name));
        }
    }
    None
}

/// As the program reads it.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// HTML, "preprocessing the input stream": a parser never gives back NUL, nor CR.
fn normal(text: Option<&str>) -> String {
    let text = text.unwrap_or_default().replace('\0', "\u{fffd}");
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

pub fn shown(answer: &Page) -> String {
    beginning(&answer.text())
}

fn beginning(text: &str) -> String {
    text.chars().take(160).collect()
}
