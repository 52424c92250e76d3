//! Places in a copy, of which other people's machines make paths: nothing in them leads out of the folder, means a device,
//! or hides another, whatever the case of its letters (T11). Nor does a stranger's page run beside the others: a browser
//! lets any page in the folder load the scripts that hold all words, and they may be of more than its writer was given.

use std::collections::{HashMap, HashSet};

/// What Windows refuses in a name, and what parts one.
const REFUSED: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
/// What Windows takes for a device, whatever its ending.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
/// Of a name without its ending, in bytes: paths are short enough for every system.
const LONGEST: usize = 120;
const LONGEST_ENDING: usize = 20;
/// As what browsers run scripts that stand in a file, beside all sorts of HTML and XML. They go by the ending alone.
const RUNNING: [&str; 13] =
    ["svg", "svgz", "xht", "mht", "xsl", "xslt", "xbl", "xul", "rdf", "rss", "atom", "mml", "webarchive"];
/// After which it is read as words.
const HARMLESS_ENDING: &str = ".txt";

/// A file of the copy, at its top or in one folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfflinePath(String);

impl OfflinePath {
    pub fn first_page() -> Self {
        Self::fixed("index.html")
    }

    /// Of the organization, where it has one.
    pub fn logo() -> Self {
        Self::fixed("assets/logo.webp")
    }

    /// One that no thing's name decides.
    pub(super) fn fixed(path: &str) -> Self {
        Self(path.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its address on a page (RFC 3986, section 2).
    pub fn seen_from(&self, page: &Self) -> String {
        let mut address = page.up().to_owned();
        for byte in self.0.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                    address.push(char::from(byte));
                }
                _ => address.push_str(&format!("%{byte:02X}")),
            }
        }
        address
    }

    /// From this page to the top.
    pub fn up(&self) -> &'static str {
        if self.0.contains('/') { "../" } else { "" }
    }
}

/// What is given out already, without regard to case.
#[derive(Default)]
pub struct Names {
    given: HashSet<String>,
    /// With which number the next of the same name is tried.
    numbers: HashMap<String, u64>,
}

impl Names {
    pub fn give(&mut self, folder: &str, name: &str, ending: Option<&str>) -> OfflinePath {
        let is_page = ending.is_some();
        let name = plain(name);
        let (stem, ending) = match (ending, name.rfind('.')) {
            (Some(ending), _) => (name.as_str(), ending),
            (None, Some(dot)) if dot > 0 && is_ending(&name[dot + 1..]) => name.split_at(dot),
            (None, _) => (name.as_str(), ""),
        };
        let stem = harmless(stem);
        let runs = !is_page && runs_in_browsers(&format!("{stem}{ending}"));
        let ending = format!("{ending}{}", if runs { HARMLESS_ENDING } else { "" });
        let wanted = format!("{folder}/{stem}{ending}");
        if self.given.insert(folded(&wanted)) {
            return OfflinePath(wanted);
        }
        let number = self.numbers.entry(folded(&wanted)).or_insert(2);
        loop {
            let numbered = format!("{folder}/{stem} ({number}){ending}");
            *number += 1;
            if self.given.insert(folded(&numbered)) {
                return OfflinePath(numbered);
            }
        }
    }
}

/// The same for names that some system takes for one: "ß" is "SS" to a Mac.
fn folded(path: &str) -> String {
    path.to_uppercase().to_lowercase()
}

fn runs_in_browsers(name: &str) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    let ending = ending.to_ascii_lowercase();
    ending.contains("htm") || ending.contains("xml") || RUNNING.contains(&ending.as_str())
}

/// Without what no name needs: marks that turn the direction of writing could make one look like another.
fn plain(name: &str) -> String {
    let turns = |letter: char| {
        matches!(
            letter,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
    };
    let kept = name.chars().filter(|letter| !letter.is_control() && !turns(*letter));
    let kept: String = kept.map(|letter| if REFUSED.contains(&letter) { '_' } else { letter }).collect();
    kept.trim().trim_end_matches(['.', ' ']).to_owned()
}

fn is_ending(ending: &str) -> bool {
    ending.len() <= LONGEST_ENDING && ending.chars().all(char::is_alphanumeric)
}

fn harmless(stem: &str) -> String {
    let end = stem.char_indices().map(|(start, letter)| start + letter.len_utf8());
    let end = end.take_while(|end| *end <= LONGEST).last().unwrap_or_default();
    let stem = stem[..end].trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ']);
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_port = |port: &str| {
        let number = first.strip_prefix(port);
        number.is_some_and(|number| number.chars().count() == 1 && number.chars().all(char::is_numeric))
    };
    match stem.is_empty() || DEVICES.contains(&first.as_str()) || is_port("COM") || is_port("LPT") {
        true => format!("_{stem}"),
        false => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(names: &[&str]) -> Vec<String> {
        let mut given = Names::default();
        names.iter().map(|name| given.give("files", name, None).as_str().to_owned()).collect()
    }

    #[test]
    fn t11_a_name_leads_nowhere_and_means_no_device() {
        let names =
            ["..", "../../etc/passwd", "CON", "nul.txt", "COM1.log", "C:\\a\0b", "", ".hidden", "a. "];
        assert_eq!(
            given(&names),
            [
                "files/_",
                "files/_.._etc_passwd",
                "files/_CON",
                "files/_nul.txt",
                "files/_COM1.log",
                "files/C__ab",
                "files/_ (2)",
                "files/hidden",
                "files/a"
            ]
        );
    }

    #[test]
    fn the_same_name_twice_is_two_whatever_its_case() {
        assert_eq!(
            given(&["Plan.pdf", "plan.PDF", "Plan.pdf", "É.txt", "é.txt"]),
            ["files/Plan.pdf", "files/plan (2).PDF", "files/Plan (3).pdf", "files/É.txt", "files/é (2).txt"]
        );
    }

    #[test]
    fn letters_that_are_two_in_capitals_hide_nothing() {
        assert_eq!(given(&["Straße.pdf", "STRASSE.pdf"]), ["files/Straße.pdf", "files/STRASSE (2).pdf"]);
    }

    #[test]
    fn of_many_with_one_name_each_is_numbered_at_once() {
        let many = vec!["image.png"; 20_000];
        let given = given(&many);
        assert_eq!(given.first().map(String::as_str), Some("files/image.png"));
        assert_eq!(given.last().map(String::as_str), Some("files/image (20000).png"));
    }

    #[test]
    fn t11_what_a_browser_would_run_is_words() {
        let long = format!("{}.html", "n".repeat(115));
        let (cut, kept) = (format!("{long}{}", "x".repeat(30)), format!("files/{long}.txt"));
        let names = [
            "a.html",
            "A.HTM",
            "a.svg",
            "a.xhtml",
            "invoice.xml",
            "a.pdf",
            ".html",
            "html",
            "a.html.",
            cut.as_str(),
        ];
        let expected = [
            "files/a.html.txt",
            "files/A.HTM.txt",
            "files/a.svg.txt",
            "files/a.xhtml.txt",
            "files/invoice.xml.txt",
            "files/a.pdf",
            "files/html",
            "files/html (2)",
            "files/a (2).html.txt",
            kept.as_str(),
        ];
        assert_eq!(given(&names), expected);
        let page = Names::default().give("notes", "a", Some(".html"));
        assert_eq!(page.as_str(), "notes/a.html");
    }

    #[test]
    fn a_long_name_is_cut_between_letters_and_keeps_its_ending() {
        let long = format!("{}.pdf", "é".repeat(300));
        assert_eq!(given(&[&long]), [format!("files/{}.pdf", "é".repeat(60))]);
    }

    #[test]
    fn marks_of_direction_are_gone() {
        assert_eq!(given(&["in\u{202e}fdp.exe"]), ["files/infdp.exe"]);
    }

    #[test]
    fn addresses_are_relative_and_encoded() {
        let mut names = Names::default();
        let file = names.give("files", "100 % #1 Été?.pdf", None);
        assert_eq!(file.seen_from(&OfflinePath::first_page()), "files/100%20%25%20%231%20%C3%89t%C3%A9_.pdf");
        let page = names.give("notes", "a", Some(".html"));
        assert_eq!(page.seen_from(&file), "../notes/a.html");
    }
}
