//! Markdown: whatever is written, the page that it becomes holds no script, no handler of events, nothing that htmx
//! listens to and no address but of the web and of mail. Another parser reads the page than the one that cleaned it.

use portico_ui::{
    MarkedWords,
    markdown::{Under, plain_text, prose_with_mentions, render, render_marked},
    marking::FOUND,
};
use scraper::{Html, Selector};
use url::Url;

/// Elements, with the attributes that each may have.
const ALLOWED: [(&str, &[&str]); 25] = [
    ("html", &[]),
    ("p", &[]),
    ("br", &[]),
    ("hr", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("strong", &[]),
    ("em", &[]),
    ("del", &[]),
    ("code", &[]),
    ("pre", &[]),
    ("blockquote", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("a", &["href", "rel", "title"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["align"]),
    ("td", &["align"]),
];
/// Around a word that was looked for, and a person.
const OURS: [(&str, &str, &str); 2] = [("mark", "id", FOUND), ("span", "class", "mention")];

const BEGINNING: &str = "<div class=\"prose\" hx-ignore>";

/// The first line is what was looked for, and whom a message may name.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_page(&render(&text, Under::PageTitle).0);
    let (first, written) = text.split_once('\n').unwrap_or(("", &*text));
    let words = MarkedWords::new(first);
    check_page(&render_marked(written, Under::SectionTitle, &words).0);
    if !first.is_empty() {
        let page = prose_with_mentions(written, Under::SectionTitle, &words, &[first.to_owned()]).0;
        let inside = page.strip_prefix(BEGINNING).and_then(|page| page.strip_suffix("</div>"));
        check_page(inside.expect("what people write is marked as theirs"));
    }
    let _ = plain_text(&text);
}

fn check_page(page: &str) {
    let every = Selector::parse("*").expect("a selector of CSS");
    for element in Html::parse_fragment(page).select(&every) {
        let name = element.value().name();
        for (attribute, value) in element.value().attrs() {
            let is_ours = OURS.contains(&(name, attribute, value));
            assert!(is_ours || may_have(name, attribute), "{name} has {attribute}={value:?} in {page}");
            if attribute == "href" {
                assert!(leads_to_the_web(value), "{value:?} in {page}");
            }
        }
        let is_known = ALLOWED.iter().any(|(allowed, _)| *allowed == name);
        assert!(is_known || OURS.iter().any(|(allowed, ..)| *allowed == name), "{name} in {page}");
    }
}

fn may_have(name: &str, attribute: &str) -> bool {
    ALLOWED.iter().any(|(allowed, attributes)| *allowed == name && attributes.contains(&attribute))
}

/// As a browser reads it.
fn leads_to_the_web(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}
