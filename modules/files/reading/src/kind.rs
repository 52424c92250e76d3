use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::opening::Opening;

/// The kinds of document that have a reader, each in a file of `formats/` of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    Pdf,
    Docx,
    Html,
    Markdown,
    Text,
    Csv,
}

impl DocumentKind {
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Docx, Self::Html, Self::Markdown, Self::Text, Self::Csv];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Csv => "csv",
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
    if opening.is_zip() {
        let is_docx = ending == "docx" || infer::doc::is_docx(opening.bytes());
        return is_docx.then_some(DocumentKind::Docx);
    }
    // A Word document with a password is wrapped in this; its reader tells the two apart.
    if opening.is_compound_file() {
        return (ending == "docx").then_some(DocumentKind::Docx);
    }
    kind_of_text(&opening, &ending)
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
        _ => {}
    }
    match ending {
        "html" | "htm" | "xhtml" => Some(DocumentKind::Html),
        "md" | "markdown" => Some(DocumentKind::Markdown),
        "csv" | "tsv" => Some(DocumentKind::Csv),
        // Text only on the outside: read as such, their markup would drown their words.
        "svg" | "xml" | "rtf" | "eml" | "mbox" | "ps" => None,
        _ if text.starts_with("{\\rtf") || text.starts_with("%!PS") => None,
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
            (b"{\\rtf1 words}", "letter.txt", None),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "picture.txt", None),
            (b"PK\x03\x04............", "archive.zip", None),
            (b"PK\x03\x04............", "proposal.docx", Some(DocumentKind::Docx)),
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
