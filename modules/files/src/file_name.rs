//! Names that a browser sends are data: shown, escaped and offered for download, never a path on
//! this machine (T11).

use std::fmt;

/// The longest name, in characters, as for items of every kind.
const LONGEST: usize = 200;
/// What is after the last dot of a name that is cut stays, up to this many characters.
const LONGEST_ENDING: usize = 20;
/// Folders below the open one; whatever lies deeper comes into the last of these.
const DEEPEST: usize = 20;

/// One name without separators, control characters and marks that turn text around.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileName(String);

impl FileName {
    /// Takes any text and makes the nearest name of it. `/` and `\` become `-` between what they
    /// separate, with `.` and `..` left out; control characters become spaces; characters that
    /// override the direction of text go; a name longer than 200 characters is cut before its
    /// ending. Nothing at all becomes "file".
    pub fn from_client(given: &str) -> Self {
        let parts: Vec<String> = given
            .split(['/', '\\'])
            .map(printable)
            .filter(|part| !part.chars().all(|letter| letter == '.'))
            .collect();
        // Twice, since what is left of one that was cut may have another ending.
        let name = shortened(&shortened(&parts.join("-"), ""), "");
        // Of one that was cut dots may be left alone.
        match name.chars().all(|letter| letter == '.') {
            true => Self("file".to_owned()),
            false => Self(name),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// "Plan.pdf" as "Plan (2).pdf", for the second of this name in a folder.
    pub fn numbered(&self, number: usize) -> Self {
        Self(shortened(&self.0, &format!(" ({number})")))
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name with the folders above it, as the picker for folders tells it: `Photos/2026/1.jpg`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClientPath {
    pub folders: Vec<FileName>,
    pub name: FileName,
}

impl ClientPath {
    pub fn from_client(given: &str) -> Self {
        let (above, name) = given.rsplit_once('/').unwrap_or(("", given));
        Self { folders: folders_in(above), name: FileName::from_client(name) }
    }

    /// A file that lies directly in the open folder, whatever its name looks like.
    pub fn here(name: &str) -> Self {
        Self { folders: Vec::new(), name: FileName::from_client(name) }
    }
}

/// The names in a path of folders alone: `Photos/2026`.
pub fn folders_in(path: &str) -> Vec<FileName> {
    path.split('/')
        .map(str::trim)
        .filter(|folder| !folder.chars().all(|letter| letter == '.'))
        .take(DEEPEST)
        .map(FileName::from_client)
        .collect()
}

/// Reads back as the same path.
impl fmt::Display for ClientPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.folders.iter().try_for_each(|folder| write!(f, "{folder}/"))?;
        write!(f, "{}", self.name)
    }
}

/// Single spaces in place of white space and control characters, and none at either end.
fn printable(part: &str) -> String {
    let words: String = part
        .chars()
        .filter(|letter| !turns_text_around(*letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The overrides and isolates by which "exe.fdp" reads as "pdf.exe" (Unicode TR 36, 2.10.5).
fn turns_text_around(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `added` goes before the ending, and the stem gives way to both.
fn shortened(name: &str, added: &str) -> String {
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if dot > 0 && name[dot..].chars().count() <= LONGEST_ENDING => name.split_at(dot),
        _ => (name, ""),
    };
    let room = LONGEST - added.chars().count() - ending.chars().count();
    let stem: String = stem.chars().take(room).collect();
    format!("{}{added}{ending}", stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(given: &str) -> String {
        FileName::from_client(given).to_string()
    }

    #[test]
    fn usual_names_stay_as_they_are() {
        for name in
            ["Plan.pdf", "été à la forêt.txt", "a..b", ".htaccess", "契約 v2.docx", "مخطط.pdf", "no ending"]
        {
            assert_eq!(named(name), name);
        }
    }

    #[test]
    fn t11_a_name_is_never_a_path() {
        assert_eq!(named("a/b.txt"), "a-b.txt");
        assert_eq!(named("../../etc/passwd"), "etc-passwd");
        assert_eq!(named("C:\\temp\\x.doc"), "C:-temp-x.doc");
        for nothing in ["", "  ", ".", "..", "../..", "/", "\\", "\u{0}\u{1}", "\u{202e}"] {
            assert_eq!(named(nothing), "file", "{nothing:?}");
        }
        assert_eq!(named(&(".".repeat(230) + &"a".repeat(25))), "file");
    }

    #[test]
    fn control_and_direction_characters_go() {
        assert_eq!(named("a\r\nb\u{0}c\t.txt"), "a b c.txt");
        assert_eq!(named("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(named("\u{2066}x\u{2069}.png"), "x.png");
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_ending() {
        let cut = named(&format!("{}.pdf", "ä".repeat(300)));
        assert_eq!(cut, format!("{}.pdf", "ä".repeat(196)));
        assert_eq!(named(&"x".repeat(300)), "x".repeat(200));
        assert_eq!(named(&format!("x.{}", "y".repeat(300))).chars().count(), 200);
        // What is cut once is not cut again, whatever looks like an ending by then.
        let once = named(&format!("{} .{}", "x".repeat(190), "y".repeat(30)));
        assert_eq!(named(&once), once);
    }

    #[test]
    fn the_second_of_a_name_gets_a_number_before_the_ending() {
        let second = |name: &str| FileName::from_client(name).numbered(2).to_string();
        assert_eq!(second("Plan.pdf"), "Plan (2).pdf");
        assert_eq!(second("README"), "README (2)");
        assert_eq!(second(".htaccess"), ".htaccess (2)");
        assert_eq!(second(&format!("{}.pdf", "x".repeat(196))), format!("{} (2).pdf", "x".repeat(192)));
    }

    #[test]
    fn folders_come_from_the_slashes_of_a_relative_path() {
        let path = ClientPath::from_client("Photos/./../2026/a\\b.jpg");
        let folders: Vec<_> = path.folders.iter().map(FileName::as_str).collect();
        assert_eq!((folders.as_slice(), path.name.as_str()), (&["Photos", "2026"][..], "a-b.jpg"));
        assert_eq!(ClientPath::from_client("plain.txt"), ClientPath::here("plain.txt"));
        assert_eq!(ClientPath::from_client(&"x/".repeat(500)).folders.len(), DEEPEST);
        assert_eq!(ClientPath::from_client("a/b/").name.as_str(), "file");
    }
}
