//! The one place where text becomes markup without the template's escaping (T10): Markdown whose raw
//! HTML is shown as it was typed, rendered by comrak and then cleaned by ammonia as if it came from
//! an enemy. Images are turned into links: one from another host would tell that host who reads.

use std::{
    collections::{HashMap, HashSet},
    num::NonZeroUsize,
    sync::{LazyLock, Mutex, PoisonError},
};

use ammonia::{Builder, UrlRelative};
use comrak::{Arena, Options, format_html, nodes::NodeValue, options, parse_document};
use lru::LruCache;
use maud::{Markup, PreEscaped, html};

use crate::{MarkedWords, marking::FOUND, mentions::mentions};

/// Which heading the text stands under, so that its own go on from there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Under {
    PageTitle,
    SectionTitle,
}

/// Every mark of quotation and list nests; nobody means more of them than this, and browsers and
/// parsers slow down.
const DEEPEST_NESTING: usize = 64;

/// What was rendered last. A portal's pinned note is on each of its pages, and would be a tenth of what
/// they cost.
static RENDERED: LazyLock<Mutex<LruCache<(Under, String), String>>> =
    LazyLock::new(|| Mutex::new(LruCache::new(MOST_REMEMBERED)));
const MOST_REMEMBERED: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");
/// In bytes of Markdown: all together are a few megabytes at most.
const LONGEST_REMEMBERED: usize = 16_384;

/// What a person wrote, on a page. htmx keeps its hands off, whatever the cleaning might miss (T10).
pub fn prose(markdown: &str, under: Under, words: &MarkedWords) -> Markup {
    html! { div.prose hx-ignore { (render_marked(markdown, under, words)) } }
}

/// The same where `@` and one of these names stand for a person.
pub fn prose_with_mentions(markdown: &str, under: Under, words: &MarkedWords, names: &[String]) -> Markup {
    if names.is_empty() {
        return prose(markdown, under, words);
    }
    html! { div.prose hx-ignore { (render_anew(markdown, under, words, names)) } }
}

pub fn render(markdown: &str, under: Under) -> Markup {
    let nothing_marked = MarkedWords::default();
    if markdown.len() > LONGEST_REMEMBERED {
        return render_anew(markdown, under, &nothing_marked, &[]);
    }
    let rendered = || RENDERED.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (under, markdown.to_owned());
    if let Some(known) = rendered().get(&key) {
        return PreEscaped(known.clone());
    }
    let new = render_anew(markdown, under, &nothing_marked, &[]);
    rendered().put(key, new.0.clone());
    new
}

/// The same for somebody who may have come from a search.
pub fn render_marked(markdown: &str, under: Under, words: &MarkedWords) -> Markup {
    if words.is_empty() { render(markdown, under) } else { render_anew(markdown, under, words, &[]) }
}

fn render_anew(markdown: &str, under: Under, words: &MarkedWords, names: &[String]) -> Markup {
    let arena = Arena::new();
    let (mut tamed, options) = (tame(markdown), options());
    if !names.is_empty() {
        // Whatever stands for a person already was typed.
        tamed = tamed.replace([PERSON, END_OF_PERSON], "");
    }
    let document = parse_document(&arena, &tamed, &options);
    let lowered = match under {
        Under::PageTitle => 1,
        Under::SectionTitle => 2,
    };
    for node in document.descendants() {
        let value = &mut node.data.borrow_mut().value;
        match value {
            NodeValue::Heading(heading) => heading.level = (heading.level + lowered).min(6),
            NodeValue::Image(image) => {
                let image = std::mem::take(image);
                *value = NodeValue::Link(image);
            }
            NodeValue::Text(text) if needs_stand_in(text) || !words.is_empty() || !names.is_empty() => {
                *text = with_stand_ins(&with_named(text, names), words).into();
            }
            NodeValue::Code(code) => code.literal = with_stand_ins(&code.literal, words),
            NodeValue::CodeBlock(block) => block.literal = with_stand_ins(&block.literal, words),
            NodeValue::HtmlInline(html) => *html = with_stand_ins(html, words),
            NodeValue::HtmlBlock(block) => block.literal = with_stand_ins(&block.literal, words),
            _ => {}
        }
    }
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = format_html(document, &options, &mut html);
    let shown = clean(&html).replace(AMPERSAND, "&amp;").replace(LESS_THAN, "&lt;");
    let shown = if names.is_empty() { shown } else { with_people(&shown) };
    PreEscaped(if words.is_empty() { shown } else { with_marks(&shown) })
}

/// The cleaner takes time in the square of the number of escapes: 100,000 ampersands kept it busy
/// for a minute. Noncharacters (Unicode 23.7, for such uses) stand in for the two characters that
/// text is full of. What takes their places again is an escape, harmless wherever it stands.
const AMPERSAND: char = '\u{FDD0}';
const LESS_THAN: char = '\u{FDD1}';
/// Around a word that is marked: a mark in the Markdown would be text to it.
const MARK: char = '\u{FDD2}';
const END_OF_MARK: char = '\u{FDD3}';
/// Around a person's name.
const PERSON: char = '\u{FDD4}';
const END_OF_PERSON: char = '\u{FDD5}';

fn needs_stand_in(text: &str) -> bool {
    text.contains(['&', '<'])
}

fn with_stand_ins(text: &str, words: &MarkedWords) -> String {
    let text = text.replace('&', "\u{FDD0}").replace('<', "\u{FDD1}");
    if words.is_empty() {
        return text;
    }
    // Whatever stands for a mark already was typed.
    let text = text.replace([MARK, END_OF_MARK], "");
    let (mut marked, mut at) = (String::with_capacity(text.len()), 0);
    for place in words.places(&text) {
        marked.push_str(&text[at..place.start]);
        marked.push(MARK);
        marked.push_str(&text[place.clone()]);
        marked.push(END_OF_MARK);
        at = place.end;
    }
    marked.push_str(&text[at..]);
    marked
}

fn with_named(text: &str, names: &[String]) -> String {
    if names.is_empty() {
        return text.to_owned();
    }
    // As a character reference it comes through the parser.
    let text = text.replace([PERSON, END_OF_PERSON], "");
    let (mut named, mut at) = (String::with_capacity(text.len()), 0);
    for (place, _) in mentions(&text, names) {
        named.push_str(&text[at..place.start]);
        named.push(PERSON);
        named.push_str(&text[place.clone()]);
        named.push(END_OF_PERSON);
        at = place.end;
    }
    named.push_str(&text[at..]);
    named
}

fn with_people(html: &str) -> String {
    html.replace(PERSON, "<span class=\"mention\">").replace(END_OF_PERSON, "</span>")
}

fn with_marks(html: &str) -> String {
    html.replacen(MARK, &format!("<mark id=\"{FOUND}\">"), 1)
        .replace(MARK, "<mark>")
        .replace(END_OF_MARK, "</mark>")
}

/// The words alone, for search.
pub fn plain_text(markdown: &str) -> String {
    let arena = Arena::new();
    let (tamed, options) = (tame(markdown), options());
    let mut text = String::new();
    for node in parse_document(&arena, &tamed, &options).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(block) => text.push_str(&block.literal),
            NodeValue::HtmlInline(html) => text.push_str(html),
            NodeValue::HtmlBlock(block) => text.push_str(&block.literal),
            value if value.block() || matches!(value, NodeValue::SoftBreak | NodeValue::LineBreak) => {
                text.push('\n');
            }
            _ => {}
        }
    }
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn options() -> Options<'static> {
    Options {
        extension: options::Extension {
            strikethrough: true,
            table: true,
            autolink: true,
            ..Default::default()
        },
        // A line break that was typed is one that is seen: people write notes, not source.
        render: options::Render { hardbreaks: true, escape: true, ..Default::default() },
        ..Default::default()
    }
}

/// Cuts the marks at the beginning of a line down to a depth that somebody may mean.
fn tame(markdown: &str) -> String {
    let mut tamed = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let marks =
            line.find(|c: char| !matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t')).unwrap_or(line.len());
        let (front, rest) = line.split_at(marks);
        let deep = front.chars().filter(|c| !c.is_whitespace()).count() > DEEPEST_NESTING;
        // A long line of one mark is a rule, not a nest.
        let rule = rest.trim().is_empty() && !front.contains('>');
        match deep && !rule {
            true => tamed.extend(front.chars().take(DEEPEST_NESTING)),
            false => tamed.push_str(front),
        }
        tamed.push_str(rest);
    }
    tamed
}

fn clean(html: &str) -> String {
    let tags = [
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    Builder::empty()
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("th", HashSet::from(["align"])),
            ("td", HashSet::from(["align"])),
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(markdown: &str) -> String {
        render(markdown, Under::SectionTitle).0
    }

    #[test]
    fn what_people_write_looks_as_they_mean_it() {
        assert_eq!(
            html("Hello **world**\nnext line"),
            "<p>Hello <strong>world</strong><br>\nnext line</p>\n"
        );
        assert_eq!(html("# Plan\n\n- a\n- b"), "<h3>Plan</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
        assert_eq!(render("# Plan", Under::PageTitle).0, "<h2>Plan</h2>\n");
        assert_eq!(html("a < b & c"), "<p>a &lt; b &amp; c</p>\n");
        assert!(html("| a | b |\n|---|--:|\n| 1 | 2 |").contains(r#"<td align="right">2</td>"#));
    }

    #[test]
    fn links_lead_to_the_web_and_tell_it_nothing() {
        let rel = r#"rel="noopener noreferrer nofollow""#;
        assert_eq!(html("[x](https://a.test/)"), format!("<p><a href=\"https://a.test/\" {rel}>x</a></p>\n"));
        assert!(html("https://a.test/b").contains(r#"href="https://a.test/b""#));
        for bad in [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java&#10;script:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "[x](file:///etc/passwd)",
            "[x](//evil.test)",
            "[x](/staff)",
            "<javascript:alert(1)>",
        ] {
            assert!(!html(bad).contains("href=\""), "{bad} became {}", html(bad));
        }
    }

    #[test]
    fn raw_html_is_shown_and_never_run() {
        for raw in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<a href=\"javascript:alert(1)\" onclick=x>y</a>",
            "<b hx-get=/sign-out hx-trigger=load>x</b>",
            "<iframe src=//evil.test></iframe>",
            "<style>*{display:none}</style>",
            "<form action=/sign-out><button>x",
            "</div></main><h1>",
            "<!-- <script> -->",
        ] {
            let shown = html(raw);
            assert!(shown.contains("&lt;"), "{raw} became {shown}");
            let tags: Vec<&str> = shown
                .split('<')
                .skip(1)
                .map(|tag| tag.split([' ', '>', '/']).find(|s| !s.is_empty()).unwrap_or(""))
                .collect();
            assert!(tags.iter().all(|tag| ["p", "br", "a", "del"].contains(tag)), "{raw} became {shown}");
        }
    }

    #[test]
    fn an_image_becomes_a_link_that_nobody_follows_by_reading() {
        for image in ["![chart](https://tracker.test/p.png)", "![a][1]\n\n[1]: https://tracker.test/p.png"] {
            assert!(!html(image).contains("<img"), "{}", html(image));
            assert!(html(image).contains(r#"<a href="https://tracker.test/p.png""#));
        }
        assert_eq!(
            html("![x](data:image/png;base64,AAAA)"),
            "<p><a rel=\"noopener noreferrer nofollow\">x</a></p>\n"
        );
    }

    #[test]
    fn nothing_makes_it_slow_or_deep() {
        for mark in [
            ">", "> ", "- ", "* ", "[", "(", "*", "_", "**a ", "`", "<", "![", "|", "\\", "&", "1. ", "<a>",
            "~~",
        ] {
            let hostile = mark.repeat(100_000 / mark.len());
            let shown = html(&hostile);
            assert!(shown.len() < 4_000_000, "{mark:?} grew to {}", shown.len());
            plain_text(&hostile);
        }
        let stairs: String = (0..400).map(|n| format!("{}- x\n", "  ".repeat(n))).collect();
        html(&stairs);
    }

    #[test]
    fn the_words_of_a_search_are_marked_and_nothing_else_changes() {
        let marked =
            |markdown: &str| render_marked(markdown, Under::PageTitle, &MarkedWords::new("plan b")).0;
        assert_eq!(
            marked("The **plan**: a & b < c, `b`, [b](https://b.test/plan)"),
            "<p>The <strong><mark id=\"found\">plan</mark></strong>: a &amp; <mark>b</mark> &lt; c, \
             <code><mark>b</mark></code>, <a href=\"https://b.test/plan\" rel=\"noopener noreferrer nofollow\">\
             <mark>b</mark></a></p>\n"
        );
        assert_eq!(marked("a <b>"), "<p>a &lt;<mark id=\"found\">b</mark>&gt;</p>\n");
        assert_eq!(marked("\u{FDD2}x\u{FDD3}"), "<p>x</p>\n");
    }

    #[test]
    fn people_are_marked_and_what_is_typed_around_them_stays_text() {
        let names = ["Ada Berg".to_owned(), "O'Neil & <b>".to_owned()];
        let shown = |markdown: &str, words: &str| {
            render_anew(markdown, Under::PageTitle, &MarkedWords::new(words), &names).0
        };
        let ada = "<span class=\"mention\">@Ada Berg</span>";
        assert_eq!(
            shown("**@Ada Berg**, `@Ada Berg`", ""),
            format!("<p><strong>{ada}</strong>, <code>@Ada Berg</code></p>\n")
        );
        assert_eq!(shown("@Ada Berger <i>", ""), "<p>@Ada Berger &lt;i&gt;</p>\n");
        let marked = "<p><span class=\"mention\">@<mark id=\"found\">Ada</mark> Berg</span></p>\n";
        assert_eq!(shown("@Ada Berg", "ada"), marked);
        for typed in
            ["\u{FDD4}x\u{FDD5}", "`\u{FDD4}x`", "&#xFDD4;x", "[x](https://a.test/\u{FDD4})", "<i \u{FDD4}>"]
        {
            assert!(!shown(typed, "").contains("mention"), "{}", shown(typed, ""));
        }
    }

    #[test]
    fn the_words_alone_are_for_search() {
        let text = plain_text(
            "# Kick-off\n\nWe **agreed** on [the plan](https://a.test).\n- one\n- `two`\n\n<b>three</b>",
        );
        assert_eq!(text, "Kick-off\nWe agreed on the plan.\none\ntwo\n<b>three</b>");
    }
}
