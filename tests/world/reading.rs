//! Reading a page as a person does: by the names that a screen reader would say.

use scraper::{ElementRef, Html, Node, Selector};

pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("not a selector: {css}: {error}"))
}

/// The words of an element, without what is hidden from people, in single spaces.
pub fn words(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    gather(element, &mut words, Controls::Included);
    single_spaced(&words)
}

pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Controls {
    Included,
    Left,
}

fn gather(element: ElementRef<'_>, words: &mut String, controls: Controls) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(tag) => {
                let inner = ElementRef::wrap(child).unwrap();
                let unheard = tag.attr("aria-hidden") == Some("true")
                    || tag.attr("hidden").is_some()
                    || matches!(tag.name(), "script" | "style" | "template");
                let control = matches!(tag.name(), "input" | "select" | "textarea" | "button");
                if unheard || (control && controls == Controls::Left) {
                    continue;
                }
                // Letters may change their looks inside of a word; anything else stands apart.
                let inline = matches!(tag.name(), "mark" | "b" | "i" | "em" | "bdi" | "abbr");
                if !inline {
                    words.push(' ');
                }
                match tag.attr("alt") {
                    Some(alt) if tag.name() == "img" => words.push_str(alt),
                    _ => gather(inner, words, controls),
                }
                if !inline {
                    words.push(' ');
                }
            }
            _ => {}
        }
    }
}

/// What assistive technology calls a link, a button or a field.
pub fn accessible_name(document: &Html, element: ElementRef<'_>) -> String {
    if let Some(ids) = element.attr("aria-labelledby") {
        return words_by_id(document, ids);
    }
    if let Some(label) = element.attr("aria-label") {
        return single_spaced(label);
    }
    let name = match element.value().name() {
        "input" if matches!(element.attr("type"), Some("submit" | "button" | "reset")) => {
            single_spaced(element.attr("value").unwrap_or("Submit"))
        }
        "input" | "select" | "textarea" => label_of(document, element),
        _ => words(element),
    };
    if name.is_empty() { single_spaced(element.attr("title").unwrap_or_default()) } else { name }
}

fn label_of(document: &Html, field: ElementRef<'_>) -> String {
    let wrapping =
        field.ancestors().filter_map(ElementRef::wrap).find(|ancestor| ancestor.value().name() == "label");
    let label = wrapping.or_else(|| {
        let id = field.attr("id")?;
        document.select(&selector("label[for]")).find(|label| label.attr("for") == Some(id))
    });
    let mut name = String::new();
    if let Some(label) = label {
        gather(label, &mut name, Controls::Left);
    }
    single_spaced(&name)
}

/// The words of the elements with these ids, in their order.
pub fn words_by_id(document: &Html, ids: &str) -> String {
    let named = |id: &str| document.select(&selector("[id]")).find(|element| element.attr("id") == Some(id));
    let texts: Vec<String> = ids.split_whitespace().filter_map(named).map(words).collect();
    texts.join(" ")
}

/// The values in an address's query, such as the token of a set-up link.
pub fn query_values(address: &str) -> impl Iterator<Item = String> {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().map(|(_, value)| value.into_owned()).collect::<Vec<_>>().into_iter()
}
