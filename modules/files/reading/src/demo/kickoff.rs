use quick_xml::escape::escape;

use super::package::{XML, packed};

const TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml";
const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NAMESPACES: &str = r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
/// What every tree of shapes begins with.
const TREE: &str =
    r#"<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"#;
const COLOUR_MAP: &str = r#"<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>"#;

const SLIDES: [[&str; 3]; 3] = [
    ["Kick-off", "A new home for the catalogue", "Acme and the studio, in the depot"],
    ["What we heard", "Installers look for a load first", "Nobody reads the letterpress preface"],
    ["Next", "Two directions by Thursday", "One of them set in a single weight"],
];

/// "Kick-off" as a PowerPoint file: three slides on one master.
pub fn kickoff_pptx() -> Vec<u8> {
    let numbers = 1..=SLIDES.len();
    let slide_ids: String =
        numbers.clone().map(|n| format!(r#"<p:sldId id="{}" r:id="rId{}"/>"#, 255 + n, n + 1)).collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types()),
        ("_rels/.rels".to_owned(), links(&[("officeDocument", "ppt/presentation.xml".to_owned())])),
        (
            "ppt/presentation.xml".to_owned(),
            format!(
                r#"{XML}<p:presentation {NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{slide_ids}</p:sldIdLst><p:sldSz cx="9144000" cy="5143500"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>"#
            ),
        ),
        ("ppt/_rels/presentation.xml.rels".to_owned(), presentation_links()),
        (
            "ppt/slideMasters/slideMaster1.xml".to_owned(),
            format!(
                r#"{XML}<p:sldMaster {NAMESPACES}><p:cSld><p:spTree>{TREE}</p:spTree></p:cSld>{COLOUR_MAP}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>"#
            ),
        ),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels".to_owned(),
            links(&[
                ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
                ("theme", "../theme/theme1.xml".to_owned()),
            ]),
        ),
        (
            "ppt/slideLayouts/slideLayout1.xml".to_owned(),
            format!(
                r#"{XML}<p:sldLayout {NAMESPACES}><p:cSld><p:spTree>{TREE}</p:spTree></p:cSld></p:sldLayout>"#
            ),
        ),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels".to_owned(),
            links(&[("slideMaster", "../slideMasters/slideMaster1.xml".to_owned())]),
        ),
        ("ppt/theme/theme1.xml".to_owned(), format!("{XML}{}", include_str!("texts/theme.xml"))),
    ];
    for number in numbers {
        parts.push((format!("ppt/slides/slide{number}.xml"), slide(&SLIDES[number - 1])));
        let layout = links(&[("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned())]);
        parts.push((format!("ppt/slides/_rels/slide{number}.xml.rels"), layout));
    }
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, xml)| (name.as_str(), xml.clone())).collect();
    packed(&parts)
}

fn content_types() -> String {
    let fixed = [
        ("/ppt/presentation.xml", "presentation.main"),
        ("/ppt/slideMasters/slideMaster1.xml", "slideMaster"),
        ("/ppt/slideLayouts/slideLayout1.xml", "slideLayout"),
    ];
    let part =
        |name: &str, kind: &str| format!(r#"<Override PartName="{name}" ContentType="{TYPE}.{kind}+xml"/>"#);
    let fixed: String = fixed.iter().map(|(name, kind)| part(name, kind)).collect();
    let slides: String =
        (1..=SLIDES.len()).map(|number| part(&format!("/ppt/slides/slide{number}.xml"), "slide")).collect();
    format!(
        r#"{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{fixed}<Override PartName="/ppt/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>{slides}</Types>"#
    )
}

fn presentation_links() -> String {
    let mut all = vec![("slideMaster", "slideMasters/slideMaster1.xml".to_owned())];
    all.extend((1..=SLIDES.len()).map(|number| ("slide", format!("slides/slide{number}.xml"))));
    links(&all)
}

/// Relationships named `rId1` and on.
fn links(targets: &[(&str, String)]) -> String {
    let one = |(index, (kind, target)): (usize, &(&str, String))| {
        format!(r#"<Relationship Id="rId{}" Type="{LINK}/{kind}" Target="{target}"/>"#, index + 1)
    };
    let all: String = targets.iter().enumerate().map(one).collect();
    format!(
        r#"{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

fn slide(lines: &[&str; 3]) -> String {
    let boxes: String = lines.iter().enumerate().map(|(place, line)| text_box(place, line)).collect();
    format!(r#"{XML}<p:sld {NAMESPACES}><p:cSld><p:spTree>{TREE}{boxes}</p:spTree></p:cSld></p:sld>"#)
}

/// The first line large, the others below it. Lengths are in English metric units, 360,000 to a
/// centimetre.
fn text_box(place: usize, line: &str) -> String {
    let (top, size) = if place == 0 { (600_000, 4000) } else { (1_500_000 + place * 700_000, 2000) };
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="{}" name="Text {}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="720000" y="{top}"/><a:ext cx="7700000" cy="800000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en-GB" sz="{size}"/><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"#,
        place + 2,
        place + 1,
        escape(line)
    )
}
