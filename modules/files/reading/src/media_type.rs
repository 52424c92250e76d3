use crate::DocumentKind;
use crate::kind::{ending_of, office_kind_named, office_kind_of};
use crate::opening::Opening;

/// The types a file can be served as: a fixed list, so that a header never carries a stranger's
/// words, decided from content (T11). Everything else is [`MediaType::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaType {
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
    Pdf,
    PlainText,
    Csv,
    Markdown,
    MpegAudio,
    OggAudio,
    Flac,
    Wav,
    Mp4Audio,
    Mp4Video,
    WebmVideo,
    Quicktime,
    Html,
    Svg,
    Xml,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Rtf,
    Mail,
    Zip,
    Unknown,
}

impl MediaType {
    /// Content decides; the name only tells kinds of text apart that look alike. A few kibibytes
    /// of the beginning are enough.
    pub fn of(first_bytes: &[u8], name: &str) -> Self {
        let opening = Opening::of(first_bytes);
        if opening.is_rtf() {
            return Self::Rtf;
        }
        if opening.text().is_some() {
            return of_text(&opening, &ending_of(name));
        }
        if opening.is_pdf() {
            return Self::Pdf;
        }
        if opening.is_zip() {
            let kind = office_kind_of(&opening).or_else(|| office_kind_named(&ending_of(name)));
            return kind.map_or(Self::Zip, of_office);
        }
        match infer::get(opening.bytes()).map(|found| found.mime_type()) {
            Some("image/png") => Self::Png,
            Some("image/jpeg") => Self::Jpeg,
            Some("image/gif") => Self::Gif,
            Some("image/webp") => Self::Webp,
            Some("image/avif") => Self::Avif,
            Some("audio/mpeg") => Self::MpegAudio,
            Some("audio/ogg" | "audio/opus") => Self::OggAudio,
            Some("audio/x-flac") => Self::Flac,
            Some("audio/x-wav") => Self::Wav,
            Some("audio/m4a") => Self::Mp4Audio,
            Some("video/mp4" | "video/x-m4v") => Self::Mp4Video,
            Some("video/webm") => Self::WebmVideo,
            Some("video/quicktime") => Self::Quicktime,
            _ => Self::Unknown,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::PlainText => "text/plain",
            Self::Csv => "text/csv",
            Self::Markdown => "text/markdown",
            Self::MpegAudio => "audio/mpeg",
            Self::OggAudio => "audio/ogg",
            Self::Flac => "audio/flac",
            Self::Wav => "audio/wav",
            Self::Mp4Audio => "audio/mp4",
            Self::Mp4Video => "video/mp4",
            Self::WebmVideo => "video/webm",
            Self::Quicktime => "video/quicktime",
            Self::Html => "text/html",
            Self::Svg => "image/svg+xml",
            Self::Xml => "application/xml",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Rtf => "application/rtf",
            Self::Mail => "message/rfc822",
            Self::Zip => "application/zip",
            Self::Unknown => "application/octet-stream",
        }
    }

    /// Whether a browser may be handed the file to show (P33): nothing of this type runs in the
    /// portal's origin, given `nosniff` and a sandboxing policy around it.
    pub fn may_be_shown_inline(self) -> bool {
        match self {
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp | Self::Avif => true,
            Self::Pdf | Self::PlainText => true,
            Self::MpegAudio | Self::OggAudio | Self::Flac | Self::Wav | Self::Mp4Audio => true,
            Self::Mp4Video | Self::WebmVideo | Self::Quicktime => true,
            Self::Csv | Self::Markdown | Self::Html | Self::Svg | Self::Xml => false,
            Self::Docx | Self::Xlsx | Self::Pptx | Self::Odt | Self::Ods | Self::Odp => false,
            Self::Rtf | Self::Mail | Self::Zip | Self::Unknown => false,
        }
    }
}

/// [`MediaType::of`] as the words of a `Content-Type` header, without a charset.
pub fn media_type_of(first_bytes: &[u8], name: &str) -> &'static str {
    MediaType::of(first_bytes, name).as_str()
}

fn of_office(kind: DocumentKind) -> MediaType {
    match kind {
        DocumentKind::Docx => MediaType::Docx,
        DocumentKind::Xlsx => MediaType::Xlsx,
        DocumentKind::Pptx => MediaType::Pptx,
        DocumentKind::Odt => MediaType::Odt,
        DocumentKind::Ods => MediaType::Ods,
        DocumentKind::Odp => MediaType::Odp,
        _ => MediaType::Zip,
    }
}

fn of_text(opening: &Opening<'_>, ending: &str) -> MediaType {
    match opening.root_element().as_deref() {
        Some("svg") => return MediaType::Svg,
        Some("html") => return MediaType::Html,
        _ if infer::text::is_html(opening.bytes()) => return MediaType::Html,
        _ if opening.is_xml() => return MediaType::Xml,
        _ if opening.is_mail() => return MediaType::Mail,
        _ => {}
    }
    match ending {
        "svg" => MediaType::Svg,
        "html" | "htm" | "xhtml" => MediaType::Html,
        "xml" | "xsl" | "xslt" => MediaType::Xml,
        // Only after markup is ruled out: a page may well quote the header of a PDF.
        _ if opening.is_pdf() => MediaType::Pdf,
        "csv" | "tsv" => MediaType::Csv,
        "md" | "markdown" => MediaType::Markdown,
        _ => MediaType::PlainText,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t11_the_type_comes_from_content() {
        let decided = [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "x.html", "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "x", "image/jpeg"),
            (b"GIF89a\x01\0\x01\0", "x.exe", "image/gif"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "x", "image/webp"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "x.txt", "application/pdf"),
            (b"ID3\x03\0\0\0\0\0\0", "x", "audio/mpeg"),
            (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "x", "video/mp4"),
            (b"hello", "x", "text/plain"),
            (b"{\\rtf1\\ansi hello}", "x.doc", "application/rtf"),
            (b"From: a@b.test\r\nTo: c@d.test\r\n\r\nhello", "x.txt", "message/rfc822"),
            (b"PK\x03\x04............", "x", "application/zip"),
            (b"hello", "x.png", "text/plain"),
            (b"MZ\x90\0\x03\0\0\0", "x.png", "application/octet-stream"),
        ];
        for (bytes, name, media_type) in decided {
            assert_eq!(media_type_of(bytes, name), media_type, "{name}");
        }
    }

    #[test]
    fn p33_what_could_run_is_recognised_and_never_shown_inline() {
        let utf_16: Vec<u8> = "\u{feff}<svg onload='x'/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let hostile = [
            (&b"<svg xmlns='http://www.w3.org/2000/svg'>"[..], "a.png", MediaType::Svg),
            (&utf_16, "a.png", MediaType::Svg),
            (b"<?xml version='1.0'?><!DOCTYPE svg><svg>", "a", MediaType::Svg),
            (b"<!-- --><script>alert(1)</script>", "a.html", MediaType::Html),
            (b"<script>alert(1)</script>", "a.txt", MediaType::Html),
            (b"<!doctype HTML>%PDF-1.7", "a.pdf", MediaType::Html),
            (b"<?xml-stylesheet href='x'?><a/>", "a.xml", MediaType::Xml),
        ];
        for (bytes, name, media_type) in hostile {
            assert_eq!(MediaType::of(bytes, name), media_type, "{name}");
            assert!(!media_type.may_be_shown_inline());
        }
    }
}
