//! What a file says about the words inside it: that they are being read, or could not be.

use std::io::Write;

use crate::{
    on_both,
    steps::{new_portal, share, upload_form},
    world::{Page, Upload, World, until},
};

on_both! {
    t12_what_could_not_be_read_says_so_to_staff,
    p32_what_is_being_read_says_so,
}

/// As Office wraps a document that has a password: a compound file (MS-CFB, section 2.2) with a stream of this name
/// (MS-OFFCRYPTO, section 2.3.4.4).
fn with_a_password() -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// Whose password is nobody's: neither entry fits an empty one (ISO 32000-1, section 7.6.3).
fn pdf_with_a_password() -> Vec<u8> {
    let (entry, id) = ("5a".repeat(32), "5a".repeat(16));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>".to_owned(),
        format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{entry}> /U <{entry}> >>"),
    ];
    let (mut pdf, mut places) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, object) in (1..).zip(objects) {
        places += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let place = pdf.len();
    let trailer = format!("<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<{id}> <{id}>] >>");
    pdf += &format!("xref\n0 5\n{places}trailer\n{trailer}\nstartxref\n{place}\n%%EOF\n");
    pdf.into_bytes()
}

/// Half a megabyte that unpacks to 512.
fn that_explodes() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let spaces = vec![b' '; 1 << 20];
    (0..512).for_each(|_| archive.write_all(&spaces).unwrap());
    archive.finish().unwrap().into_inner()
}

fn with(portal: &Page, name: &str, bytes: Vec<u8>) -> Page {
    let listing = upload_form(portal, [Upload::new(name, "application/octet-stream", bytes)]);
    let listing = listing.submit().follow();
    listing.assert_ok();
    listing
}

fn t12_what_could_not_be_read_says_so_to_staff(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    let proposal = ada.visit("/staff/portals").press("Acme website relaunch").press("Contracts");
    let proposal = ada.get(&format!("{}/download", proposal.link("Proposal for the catalogue.docx"))).body;
    for (name, bytes, reason) in [
        ("Salaries.docx", with_a_password(), "the document asks for a password"),
        ("Salaries.pdf", pdf_with_a_password(), "the document asks for a password"),
        ("Torn.docx", proposal[..proposal.len() / 2].to_vec(), "the document is damaged"),
        ("Bomb.docx", that_explodes(), "the document is too large"),
    ] {
        let listing = with(&portal, name, bytes.clone());
        let row = || ada.visit(listing.path()).row(name);
        until(|| row().shows("text could not be read"));
        let file = ada.visit(&listing.link(name));
        file.assert_ok().assert_shows(&format!("The text inside could not be read: {reason}."));
        assert!(ada.get(&format!("{}/download", file.path())).body == bytes, "{name} is kept as it came");

        // To its reader that is no news: it opens as any other file.
        let for_carol = |address: &str| carol.visit(&address.replace("/staff", ""));
        for_carol(listing.path()).row(name).assert_hides("could not be read");
        for_carol(file.path()).assert_ok().assert_hides("could not be read");
    }
}

fn p32_what_is_being_read_says_so(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let portal = new_portal(&ada, "Autumn campaign");
    share(&portal, "carol@acme.test");
    for (name, words) in
        [("Plan.txt", "The heron waits by the weir."), ("Plan.rtf", r"{\rtf1 The heron flies.}")]
    {
        let listing = with(&portal, name, words.into());
        let row = || ada.visit(listing.path()).row(name);
        until(|| !row().shows("reading the text"));
        let file = ada.visit(&listing.link(name));
        file.assert_shows("The heron").assert_hides("is being read");

        // As it stands while its turn has not come.
        let again = format!("UPDATE file_versions SET reading = 'pending' WHERE size = {}", words.len());
        assert_eq!(world.database().execute(&again), Ok(1));
        row().assert_shows("reading the text");
        let said = "The text inside is being read. Until then the file is found by its name only.";
        ada.visit(file.path()).assert_shows(said);
        carol.visit(&listing.path().replace("/staff", "")).row(name).assert_shows("reading the text");
    }
}
