use quick_xml::escape::escape;

use super::package::{XML, packed};

/// `=` begins a heading, `-` an item, `|` a row of the table; everything else is a paragraph.
const PROPOSAL: &str = include_str!("texts/proposal.txt");

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const PACKAGE_LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="320"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="17213A"/><w:sz w:val="32"/></w:rPr></w:style>"#;

/// "Proposal for the catalogue" as a Word document: headings, paragraphs, a list and a table.
pub fn proposal_docx() -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", format!("{XML}{CONTENT_TYPES}")),
        ("_rels/.rels", format!("{XML}{PACKAGE_LINKS}")),
        ("word/_rels/document.xml.rels", format!("{XML}{DOCUMENT_LINKS}")),
        ("word/styles.xml", format!(r#"{XML}<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>"#)),
        ("word/document.xml", document()),
    ];
    packed(&parts)
}

fn document() -> String {
    let mut body = String::new();
    let mut lines = PROPOSAL.lines().filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        match line.split_at(1) {
            ("=", title) => body.push_str(&styled(title, r#"<w:pStyle w:val="Heading1"/>"#)),
            ("-", item) => {
                body.push_str(&styled(&format!("\u{2013} {}", item.trim()), r#"<w:ind w:left="360"/>"#))
            }
            ("|", row) => {
                let mut rows = table_row(row);
                while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                    rows.push_str(&table_row(&row[1..]));
                }
                body.push_str(&format!(
                    r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr>{rows}</w:tbl>"#
                ));
            }
            _ => body.push_str(&styled(line, "")),
        }
    }
    format!(r#"{XML}<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>"#)
}

fn styled(text: &str, properties: &str) -> String {
    let text = escape(text.trim());
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn table_row(row: &str) -> String {
    let cells: String =
        row.split('|').map(|cell| format!("<w:tc><w:tcPr/>{}</w:tc>", styled(cell, ""))).collect();
    format!("<w:tr>{cells}</w:tr>")
}
