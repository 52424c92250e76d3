//! What the server itself takes while it has documents read (T12): the most that its memory grows beyond what it was,
//! without the process that reads.

use std::{io::Write, time::Duration};

use anyhow::{Result, bail};
use bytes::Bytes;
use tokio::time::sleep;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::Office;
use crate::{
    corpus::Corpus,
    portico::Portico,
    process::Process,
    table::{Limit, Row, Unit},
    visitor,
};

const MOST: f64 = 50.0;
const MIB: usize = 1 << 20;
/// Of the PDF: as much text as is kept of one document, and pictures, which make it large.
const PAGES: usize = 2_000;
const PICTURES: usize = 150 * MIB;
/// Twice what is taken of an archive.
const AIR: usize = 128 * MIB;
/// Each is compared with all before it.
const ATTRIBUTES: usize = 1_000_000;

const SETTLING: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(50);
const TRIES: usize = 6_000;

pub async fn measure(portico: &Portico, office: &Office) -> Result<Vec<Row>> {
    let server = portico.serve()?;
    office.carol.at(&server).page(&server, &format!("/portals/{}", office.portal)).await?;
    let documents = [
        ("a PDF of 150 MiB", "large.pdf", pdf()),
        ("an archive that explodes", "bomb.docx", vec![bomb()?.into()]),
        ("a page that takes for ever", "slow.html", vec![slow_page().into()]),
    ];
    let mut rows = Vec::new();
    for (what, name, pieces) in documents {
        sleep(SETTLING).await;
        let before = server.resident()?;
        let ada = office.ada.at(&server);
        let file = ada.upload_pieces(&server, &office.archive, name, &pieces).await?;
        server.forget_highest()?;
        wait_until_read(&server, office, &file).await?;
        let growth = Unit::Mebibytes.of(server.highest_resident()? - before);
        rows.push(Row::new(format!("growth of memory, reading {what}"), growth).limit(Limit::AtMost(MOST)));
    }
    Ok(rows)
}

async fn wait_until_read(server: &Process, office: &Office, file: &str) -> Result<()> {
    let (ada, page) = (office.ada.at(server), format!("/staff/files/{file}"));
    for _ in 0..TRIES {
        if !ada.page(server, &page).await?.contains("The text inside is being read.") {
            return Ok(());
        }
        sleep(PAUSE).await;
    }
    bail!("a document was never read")
}

/// With pages of plain text, and streams between them that no page shows.
fn pdf() -> Vec<Bytes> {
    let (corpus, noise) = (Corpus::new(), visitor::piece());
    let mut file = Pdf::default();
    let kids: Vec<_> = (0..PAGES).map(|page| format!("{} 0 R", 4 + 3 * page)).collect();
    file.add(b"%PDF-1.7\n".to_vec());
    file.object(1, "<</Type/Catalog/Pages 2 0 R>>", None);
    file.object(2, &format!("<</Type/Pages/Count {PAGES}/Kids[{}]>>", kids.join(" ")), None);
    file.object(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", None);
    for page in 0..PAGES {
        let (number, content) = (4 + 3 * page, 5 + 3 * page);
        let resources = "/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>";
        file.object(number, &format!("<</Type/Page{resources}/Contents {content} 0 R>>"), None);
        let lines = (0..3).map(|line| corpus.document(3 * page + line).body);
        let lines: Vec<_> = lines.map(|line| format!("({line}) Tj 0 -14 Td")).collect();
        let text = format!("BT /F 9 Tf 40 800 Td {} ET", lines.join(" "));
        file.object(content, &format!("<</Length {}>>", text.len()), Some(text.into()));
        let picture = noise.slice(..PICTURES / PAGES);
        file.object(content + 1, &format!("<</Length {}>>", picture.len()), Some(picture));
    }
    file.end()
}

#[derive(Default)]
struct Pdf {
    pieces: Vec<Bytes>,
    length: usize,
    places: Vec<usize>,
}

impl Pdf {
    fn add(&mut self, piece: impl Into<Bytes>) {
        let piece = piece.into();
        self.length += piece.len();
        self.pieces.push(piece);
    }

    /// Numbers are given in order.
    fn object(&mut self, number: usize, dictionary: &str, stream: Option<Bytes>) {
        self.places.push(self.length);
        self.add(format!("{number} 0 obj\n{dictionary}\n"));
        if let Some(stream) = stream {
            self.add("stream\n");
            self.add(stream);
            self.add("\nendstream\n");
        }
        self.add("endobj\n");
    }

    fn end(mut self) -> Vec<Bytes> {
        let (begin, count) = (self.length, self.places.len() + 1);
        let places: String = self.places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
        let head = format!("xref\n0 {count}\n0000000000 65535 f \n{places}");
        self.add(format!("{head}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n"));
        self.pieces
    }
}

fn bomb() -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default())?;
    let air = vec![b' '; MIB];
    for _ in 0..AIR / MIB {
        archive.write_all(&air)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn slow_page() -> String {
    let attributes: String = (0..ATTRIBUTES).map(|number| format!(" a{number}")).collect();
    format!("<!doctype html><p{attributes}>")
}
