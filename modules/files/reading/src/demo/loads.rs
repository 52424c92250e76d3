use quick_xml::escape::escape;

use super::package::{XML, packed};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const PACKAGE_LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK_LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Loads" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

/// Name, load in kilograms, wall, and what a tester wrote.
const HOOKS: [[&str; 4]; 6] = [
    ["Hook", "Load (kg)", "Wall", "Tensile test"],
    ["Heron", "12", "Plaster", "held for nine hours"],
    ["Egret", "25", "Brick", "held for a week"],
    ["Bittern", "40", "Concrete", "bent at 58 kg"],
    ["Wagtail", "4", "Glass", "suction only, not for bathrooms"],
    ["Osprey", "65", "Concrete", "the anchor gave way before the hook"],
];

/// "Load schedule" as an Excel workbook with one sheet.
pub fn loads_xlsx() -> Vec<u8> {
    let rows: String = HOOKS.iter().map(row).collect();
    let sheet = format!(r#"{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
    packed(&[
        ("[Content_Types].xml", format!("{XML}{CONTENT_TYPES}")),
        ("_rels/.rels", format!("{XML}{PACKAGE_LINKS}")),
        ("xl/workbook.xml", format!("{XML}{WORKBOOK}")),
        ("xl/_rels/workbook.xml.rels", format!("{XML}{WORKBOOK_LINKS}")),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn row(cells: &[&str; 4]) -> String {
    let cells: String = cells.iter().map(|cell| value(cell)).collect();
    format!("<row>{cells}</row>")
}

fn value(cell: &str) -> String {
    match cell.parse::<u32>() {
        Ok(number) => format!("<c><v>{number}</v></c>"),
        Err(_) => format!(r#"<c t="inlineStr"><is><t>{}</t></is></c>"#, escape(cell)),
    }
}
