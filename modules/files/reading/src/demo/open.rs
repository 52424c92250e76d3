use quick_xml::escape::escape;

use super::package::{XML, packed};

const TYPE: &str = "application/vnd.oasis.opendocument";
const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3""#;
/// A sheet of 28 by 15.75 centimetres for slides to lie on.
const MASTER: &str = r#"<office:automatic-styles><style:page-layout style:name="Wide"><style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Plain" style:page-layout-name="Wide"/></office:master-styles>"#;

const LETTER: [&str; 4] = [
    "About the proofs",
    "The embossed cover came back from the printer on Tuesday, and the doorway is too deep by a hair.",
    "We propose to soften the plate and to print the spine again. Nothing about the date changes.",
    "With kind regards, Ben",
];

const SAMPLES: [[&str; 3]; 5] = [
    ["Paper", "Weight (g)", "What we think of it"],
    ["Munken Pure", "120", "takes ink evenly, slightly warm"],
    ["Colorplan Pale Grey", "270", "for the cover, folds without cracking"],
    ["Somerset Satin", "300", "a deckle edge on two sides"],
    ["Gmund Cotton", "600", "too stiff for a folder"],
];

const REVIEW: [[&str; 2]; 2] = [
    ["Round two", "The ligature in the word mark stays"],
    ["Still open", "Whether page numbers stand inside or outside"],
];

/// "About the proofs" as an OpenDocument text.
pub fn letter_odt() -> Vec<u8> {
    let [heading, paragraphs @ ..] = LETTER;
    let paragraphs: String = paragraphs.iter().map(|line| paragraph(line)).collect();
    let heading = format!(r#"<text:h text:outline-level="1">{}</text:h>"#, escape(heading));
    document("text", format!("<office:text>{heading}{paragraphs}</office:text>"))
}

/// "Paper samples" as an OpenDocument spreadsheet.
pub fn samples_ods() -> Vec<u8> {
    let rows: String = SAMPLES.iter().map(row).collect();
    let table = format!(r#"<table:table table:name="Samples">{rows}</table:table>"#);
    document("spreadsheet", format!("<office:spreadsheet>{table}</office:spreadsheet>"))
}

/// "Review of round two" as an OpenDocument presentation.
pub fn review_odp() -> Vec<u8> {
    let slides: String = REVIEW.iter().map(slide).collect();
    document("presentation", format!("<office:presentation>{slides}</office:presentation>"))
}

fn document(kind: &str, body: String) -> Vec<u8> {
    let media_type = format!("{TYPE}.{kind}");
    let entry = |path: &str, media_type: &str| {
        format!(r#"<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media_type}"/>"#)
    };
    let entries =
        [entry("/", &media_type), entry("content.xml", "text/xml"), entry("styles.xml", "text/xml")];
    let manifest = format!(
        r#"{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">{}</manifest:manifest>"#,
        entries.concat()
    );
    let content = format!(
        "{XML}<office:document-content {NAMESPACES}><office:body>{body}</office:body></office:document-content>"
    );
    let styles = format!("{XML}<office:document-styles {NAMESPACES}>{MASTER}</office:document-styles>");
    packed(&[
        ("mimetype", media_type),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
        ("styles.xml", styles),
    ])
}

fn paragraph(line: &str) -> String {
    format!("<text:p>{}</text:p>", escape(line))
}

fn row(cells: &[&str; 3]) -> String {
    let cell = |cell: &&str| match cell.parse::<u32>() {
        Ok(number) => format!(
            r#"<table:table-cell office:value-type="float" office:value="{number}">{}</table:table-cell>"#,
            paragraph(cell)
        ),
        Err(_) => {
            format!(r#"<table:table-cell office:value-type="string">{}</table:table-cell>"#, paragraph(cell))
        }
    };
    let cells: String = cells.iter().map(cell).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

fn slide([title, line]: &[&str; 2]) -> String {
    let frame = |top: &str, line: &str| {
        format!(
            r#"<draw:frame svg:x="2cm" svg:y="{top}" svg:width="24cm" svg:height="3cm"><draw:text-box>{}</draw:text-box></draw:frame>"#,
            paragraph(line)
        )
    };
    format!(
        r#"<draw:page draw:name="{}" draw:master-page-name="Plain">{}{}</draw:page>"#,
        escape(*title),
        frame("2cm", title),
        frame("7cm", line)
    )
}
