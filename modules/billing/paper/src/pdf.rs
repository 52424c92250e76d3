//! The file itself: PDF/A-3a and PDF/UA-1, which krilla checks while it writes.

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    embed::{AssociationKind, EmbeddedFile, MimeType},
    error::KrillaError,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
};

use crate::{
    cii,
    face::printable,
    flow::{Flow, HEIGHT, Mark, WIDTH},
    invoice::Invoice,
    layout::lay_out,
    metadata::with_factur_x,
    paper::{Colour, Day, Paper},
    structure::Structure,
};

/// The name that Factur-X 1.0 asks for.
const DATA: &str = "factur-x.xml";

#[derive(Debug, thiserror::Error)]
pub enum Undrawable {
    #[error("the document is no PDF/A: {0}")]
    Pdf(KrillaError),
    #[error("the file has no metadata where they were written")]
    Metadata,
    #[error("the invoice's data could not be written: {0}")]
    Data(#[from] std::io::Error),
}

/// # Errors
/// [`Undrawable`], which no input is known to bring about.
pub fn draw(paper: &Paper, invoice: Option<&Invoice>) -> Result<Vec<u8>, Undrawable> {
    let Flow { pages, mut structure, .. } = lay_out(paper);
    let mut document = Document::new_with(settings());
    for marks in pages {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).expect("A4 is a size");
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            draw_mark(&mut surface, &mut structure, mark);
        }
        surface.finish();
        page.finish();
    }
    let title = printable(&paper.title).replace('\n', " ");
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.set_tag_tree(structure.tree(paper.language));
    document.set_metadata(
        Metadata::new()
            .title(title)
            .authors(vec![printable(&paper.seller.name)])
            .creator("Portico".to_owned())
            .language(paper.language.to_owned())
            .creation_date(moment(paper.day)),
    );
    let Some(invoice) = invoice else { return document.finish().map_err(Undrawable::Pdf) };
    let file = EmbeddedFile {
        path: DATA.to_owned(),
        mime_type: MimeType::new("text/xml"),
        description: Some("Factur-X".to_owned()),
        association_kind: AssociationKind::Alternative,
        data: cii::written(invoice)?.into(),
        modification_date: Some(moment(paper.day)),
        compress: Some(true),
        location: None,
    };
    // Only a second file of this name would be refused.
    let _ = document.embed_file(file);
    let bytes = document.finish().map_err(Undrawable::Pdf)?;
    with_factur_x(bytes, DATA).ok_or(Undrawable::Metadata)
}

fn settings() -> SerializeSettings {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("PDF/A-3 and PDF/UA-1 are both of PDF 1.7");
    SerializeSettings { configuration, ..SerializeSettings::default() }
}

/// Midnight in Greenwich: documents know days.
fn moment(day: Day) -> DateTime {
    DateTime::new(day.year).month(day.month).day(day.day).hour(0).minute(0).second(0).utc_offset_hour(0)
}

fn draw_mark(surface: &mut Surface, structure: &mut Structure, mark: Mark) {
    match mark {
        Mark::Words { run, style, x, y, part } => {
            let tag = match part {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
            };
            let drawn = surface.start_tagged(tag);
            surface.set_fill(Some(fill(style.colour)));
            let at = Point::from_xy(x, y);
            surface.draw_glyphs(at, &run.glyphs, style.weight.font(), &run.text, style.size, false);
            surface.end_tagged();
            if let Some(part) = part {
                structure.mark(part, drawn);
            }
        }
        Mark::Picture { image, x, y, width, height } => {
            let Some(size) = Size::from_wh(width, height) else { return };
            surface.push_transform(&Transform::from_translate(x, y));
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.draw_image(image, size);
            surface.end_tagged();
            surface.pop();
        }
        Mark::Bar { x, y, width, height, colour } => {
            let mut path = PathBuilder::new();
            if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
                path.push_rect(rectangle);
            }
            let Some(path) = path.finish() else { return };
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.set_fill(Some(fill(colour)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: rgb::Color::new(colour.red, colour.green, colour.blue).into(), ..Fill::default() }
}
