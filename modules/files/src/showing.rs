//! What a browser may be handed to show in place, and under which policy (P33, T11). The type was
//! decided from the content when the file arrived; names and browsers' claims count for nothing.

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const POWERPOINT: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const OPEN_TEXT: &str = "application/vnd.oasis.opendocument.text";
const OPEN_SHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";
const OPEN_SLIDES: &str = "application/vnd.oasis.opendocument.presentation";

/// How a file can be seen without leaving the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Showing {
    Picture,
    Pdf,
    Text,
    Audio,
    Video,
    /// Only downloaded. SVG, HTML and XML are here: they can run.
    Nothing,
}

impl Showing {
    pub fn of(media_type: &str) -> Self {
        match media_type {
            "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif" => Self::Picture,
            "application/pdf" => Self::Pdf,
            "text/plain" | "text/csv" | "text/markdown" => Self::Text,
            "audio/mpeg" | "audio/ogg" | "audio/flac" | "audio/wav" | "audio/mp4" => Self::Audio,
            "video/mp4" | "video/webm" | "video/quicktime" => Self::Video,
            _ => Self::Nothing,
        }
    }

    /// The `Content-Type` to send. What can run goes out as bytes without meaning.
    pub fn content_type(self, media_type: &str) -> &str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Nothing if can_run(media_type) => "application/octet-stream",
            _ => media_type,
        }
    }

    /// The policy around the content itself. It may stand in a frame of ours, load nothing and,
    /// sandboxed, run nothing; the style is what a browser puts around a bare picture. Chromium's
    /// own viewer for PDF does not start inside a sandbox, and scripts in a PDF never reach the
    /// origin.
    pub fn policy(self) -> &'static str {
        match self {
            Self::Pdf => {
                "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
            }
            _ => {
                "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; \
                 frame-ancestors 'self'"
            }
        }
    }
}

/// A mail too: some browsers open it as a web archive.
fn can_run(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "image/svg+xml" | "application/xml" | "message/rfc822")
}

/// The sprite's picture for a type.
pub fn icon_of(media_type: &str) -> &'static str {
    match media_type {
        "text/csv" | EXCEL | OPEN_SHEET => "file-sheet",
        "text/html" | "application/xml" => "file-code",
        "application/zip" => "file-archive",
        "application/pdf" | "application/rtf" | WORD | OPEN_TEXT => "file-text",
        "message/rfc822" => "mail",
        _ => match media_type.split('/').next() {
            Some("image") => "file-image",
            Some("audio") => "file-audio",
            Some("video") => "file-video",
            Some("text") => "file-text",
            _ => "file",
        },
    }
}

/// The name of a type in the catalogues.
pub fn type_key(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "files-type-pdf",
        WORD => "files-type-word",
        OPEN_TEXT | "application/rtf" => "files-type-document",
        EXCEL | OPEN_SHEET | "text/csv" => "files-type-table",
        POWERPOINT | OPEN_SLIDES => "files-type-presentation",
        "message/rfc822" => "files-type-mail",
        "application/zip" => "files-type-archive",
        "text/html" => "files-type-web-page",
        "application/xml" => "files-type-data",
        _ => match media_type.split('/').next() {
            Some("image") => "files-type-image",
            Some("audio") => "files-type-audio",
            Some("video") => "files-type-video",
            Some("text") => "files-type-text",
            _ => "files-type-other",
        },
    }
}

#[cfg(test)]
mod tests {
    use portico_reading::MediaType;

    use super::*;

    #[test]
    fn p33_what_can_run_is_never_shown_and_never_sent_as_itself() {
        for media_type in [MediaType::Svg, MediaType::Html, MediaType::Xml, MediaType::Mail] {
            let showing = Showing::of(media_type.as_str());
            assert_eq!(showing, Showing::Nothing);
            assert_eq!(showing.content_type(media_type.as_str()), "application/octet-stream");
        }
    }

    #[test]
    fn only_what_the_reader_of_types_allows_is_shown_as_itself() {
        for media_type in
            [MediaType::Png, MediaType::Avif, MediaType::Pdf, MediaType::Flac, MediaType::Quicktime]
        {
            assert!(media_type.may_be_shown_inline());
            let showing = Showing::of(media_type.as_str());
            assert!(showing != Showing::Nothing && showing != Showing::Text, "{media_type:?}");
            assert_eq!(showing.content_type(media_type.as_str()), media_type.as_str());
        }
        assert_eq!(Showing::of("text/csv").content_type("text/csv"), "text/plain; charset=utf-8");
        for unknown in ["", "image/svg+xml", "text/xml", "application/xhtml+xml", "image/", "video/evil"] {
            assert_eq!(Showing::of(unknown), Showing::Nothing, "{unknown}");
        }
    }

    #[test]
    fn every_document_of_an_office_program_has_a_name_and_an_icon() {
        let kinds = [
            (MediaType::Docx, "file-text", "files-type-word"),
            (MediaType::Xlsx, "file-sheet", "files-type-table"),
            (MediaType::Pptx, "file", "files-type-presentation"),
            (MediaType::Odt, "file-text", "files-type-document"),
            (MediaType::Ods, "file-sheet", "files-type-table"),
            (MediaType::Odp, "file", "files-type-presentation"),
            (MediaType::Rtf, "file-text", "files-type-document"),
            (MediaType::Mail, "mail", "files-type-mail"),
        ];
        for (media_type, icon, key) in kinds {
            assert_eq!((icon_of(media_type.as_str()), type_key(media_type.as_str())), (icon, key));
        }
    }

    #[test]
    fn everything_but_a_pdf_is_sandboxed() {
        for showing in [Showing::Picture, Showing::Text, Showing::Audio, Showing::Video, Showing::Nothing] {
            assert!(showing.policy().starts_with("sandbox;"));
        }
        assert!(Showing::Pdf.policy().starts_with("default-src 'none';"));
    }
}
