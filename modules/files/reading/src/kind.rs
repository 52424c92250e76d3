use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::opening::Opening;

/// The kinds of document that have a reader in `formats/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Rtf,
    Html,
    Markdown,
    Text,
    Csv,
    Mail,
}

impl DocumentKind {
    pub const ALL: [Self; 13] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Rtf,
        Self::Html,
        Self::Markdown,
        Self::Text,
        Self::Csv,
        Self::Mail,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Rtf => "rtf",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Mail => "mail",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no such kind of document")]
pub struct NoSuchKind;

impl FromStr for DocumentKind {
    type Err = NoSuchKind;

    fn from_str(name: &str) -> Result<Self, NoSuchKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or(NoSuchKind)
    }
}

/// Which reader suits a file, from its content first and its name second; `None` when there is
/// none. A few kibibytes of the beginning are enough.
pub fn kind_of(first_bytes: &[u8], name: &str) -> Option<DocumentKind> {
    let opening = Opening::of(first_bytes);
    let ending = ending_of(name);
    // A page about PDF may quote its header; a PDF never begins as markup.
    if opening.is_pdf() && opening.root_element().is_none() {
        return Some(DocumentKind::Pdf);
    }
    if opening.is_rtf() {
        return Some(DocumentKind::Rtf);
    }
    if opening.is_zip() {
        return office_kind_of(&opening).or_else(|| office_kind_named(&ending));
    }
    // A document of Office with a password is wrapped in this; its reader tells the two apart.
    if opening.is_compound_file() {
        return office_kind_named(&ending);
    }
    kind_of_text(&opening, &ending)
}

/// What an archive shows itself to be.
pub(crate) fn office_kind_of(opening: &Opening<'_>) -> Option<DocumentKind> {
    let declared = [
        ("text", DocumentKind::Odt),
        ("spreadsheet", DocumentKind::Ods),
        ("presentation", DocumentKind::Odp),
    ];
    if let Some((_, kind)) = declared.into_iter().find(|(of, _)| opening.is_opendocument(of)) {
        return Some(kind);
    }
    // Each of Microsoft's kinds keeps its parts in a folder of its own, beside a few that every
    // archive of that family has.
    let begins = |beginning: &str| opening.entry_names().any(|name| name.starts_with(beginning.as_bytes()));
    if !["[Content_Types].xml", "_rels/", "docProps/"].into_iter().any(begins) {
        return None;
    }
    let folders = [("word/", DocumentKind::Docx), ("xl/", DocumentKind::Xlsx), ("ppt/", DocumentKind::Pptx)];
    folders.into_iter().find(|(folder, _)| begins(folder)).map(|(_, kind)| kind)
}

/// For archives whose first parts do not say, and those wrapped by a password.
pub(crate) fn office_kind_named(ending: &str) -> Option<DocumentKind> {
    use DocumentKind::{Docx, Odp, Ods, Odt, Pptx, Xlsx};
    [Docx, Xlsx, Pptx, Odt, Ods, Odp].into_iter().find(|kind| kind.as_str() == ending)
}

/// The part after the last dot, in lower case.
pub(crate) fn ending_of(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}

fn kind_of_text(opening: &Opening<'_>, ending: &str) -> Option<DocumentKind> {
    let text = opening.text()?;
    match opening.root_element().as_deref() {
        Some("html" | "head" | "body" | "title" | "meta") => return Some(DocumentKind::Html),
        Some("svg") => return None,
        _ if opening.is_xml() => return None,
        _ if opening.is_mail() => return Some(DocumentKind::Mail),
        _ => {}
    }
    match ending {
        "html" | "htm" | "xhtml" => Some(DocumentKind::Html),
        "md" | "markdown" => Some(DocumentKind::Markdown),
        "csv" | "tsv" => Some(DocumentKind::Csv),
        // Text only on the outside: read as such, their markup would drown their words.
        "svg" | "xml" | "mbox" | "ps" => None,
        _ if text.starts_with("%!PS") => None,
        _ => Some(DocumentKind::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name_does() {
        let decided = [
            (&b"%PDF-1.7 ..."[..], "holiday.txt", Some(DocumentKind::Pdf)),
            (b"\n\n<!DOCTYPE html><p>hi", "notes.md", Some(DocumentKind::Html)),
            (b"<?xml version='1.0'?><!-- x --><html>", "page", Some(DocumentKind::Html)),
            (b"<html><p>A PDF begins with %PDF-1.7", "page", Some(DocumentKind::Html)),
            (b"# Title", "Notes.MD", Some(DocumentKind::Markdown)),
            (b"a;b\n1;2", "budget.csv", Some(DocumentKind::Csv)),
            (b"plain words", "README", Some(DocumentKind::Text)),
            (b"plain words", "report.pdf", Some(DocumentKind::Text)),
            (b"\xff\xfeh\0i\0", "windows.txt", Some(DocumentKind::Text)),
            (b"<svg onload='alert(1)'>", "logo.txt", None),
            (b"{\\rtf1 words}", "letter.txt", Some(DocumentKind::Rtf)),
            (b"From: a@b\nSubject: c\n\nd", "letter.txt", Some(DocumentKind::Mail)),
            (b"From: here on, words", "letter.txt", Some(DocumentKind::Text)),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "picture.txt", None),
            (b"PK\x03\x04............", "archive.zip", None),
            (b"PK\x03\x04............", "proposal.docx", Some(DocumentKind::Docx)),
            (b"PK\x03\x04............", "budget.xlsx", Some(DocumentKind::Xlsx)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "secret.pptx", Some(DocumentKind::Pptx)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.doc", None),
        ];
        for (bytes, name, kind) in decided {
            assert_eq!(kind_of(bytes, name), kind, "{name}");
        }
    }

    #[test]
    fn every_kind_is_found_again_by_its_name() {
        for kind in DocumentKind::ALL {
            assert_eq!(kind.to_string().parse::<DocumentKind>().ok(), Some(kind));
        }
    }
}
