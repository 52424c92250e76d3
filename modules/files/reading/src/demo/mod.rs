//! Small real documents for `portico demo` and the tests, all about one imaginary client. The same
//! bytes every time: no clock, no randomness, no file outside the program.

mod correspondence;
mod figures;
mod handbook;
mod helvetica;
mod kickoff;
mod loads;
mod open;
mod package;
mod paper;
mod pictures;
mod proposal;
mod sheets;

pub use correspondence::{colour_proof_eml, house_rules_rtf};
pub use handbook::handbook_pdf;
pub use kickoff::kickoff_pptx;
pub use loads::loads_xlsx;
pub use open::{letter_odt, review_odp, samples_ods};
pub use pictures::{Picture, image_png};
pub use proposal::proposal_docx;

/// Stands on page 7 of [`handbook_pdf`] and nowhere else in it.
pub const HANDBOOK_SENTENCE: &str = "The quarterly retainer covers twelve hours of design work.";

/// "A new home for the catalogue", a client's brief with a table and a script that must not be
/// read.
pub fn brief_html() -> Vec<u8> {
    include_bytes!("texts/brief.html").to_vec()
}

/// Minutes of a workshop, with lists, a table and a quotation.
pub fn minutes_md() -> Vec<u8> {
    include_bytes!("texts/minutes.md").to_vec()
}

/// Eleven rows of hours and euros that add up.
pub fn budget_csv() -> Vec<u8> {
    include_bytes!("texts/budget.csv").to_vec()
}

/// What is in the folder with the logo.
pub fn readme_txt() -> Vec<u8> {
    include_bytes!("texts/readme.txt").to_vec()
}

/// "Cahier des charges – été": French, with accents, in UTF-8.
pub fn cahier_des_charges_txt() -> Vec<u8> {
    include_bytes!("texts/cahier-des-charges.txt").to_vec()
}

pub fn logo_svg() -> Vec<u8> {
    include_bytes!("texts/logo.svg").to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DocumentKind, MediaType, kind_of};

    #[test]
    fn every_demo_document_is_what_its_name_says() {
        let kinds = [
            (handbook_pdf(), "handbook.pdf", Some(DocumentKind::Pdf)),
            (proposal_docx(), "proposal.docx", Some(DocumentKind::Docx)),
            (loads_xlsx(), "loads", Some(DocumentKind::Xlsx)),
            (kickoff_pptx(), "kickoff", Some(DocumentKind::Pptx)),
            (letter_odt(), "letter", Some(DocumentKind::Odt)),
            (samples_ods(), "samples", Some(DocumentKind::Ods)),
            (review_odp(), "review", Some(DocumentKind::Odp)),
            (house_rules_rtf(), "rules", Some(DocumentKind::Rtf)),
            (colour_proof_eml(), "proof", Some(DocumentKind::Mail)),
            (brief_html(), "brief.html", Some(DocumentKind::Html)),
            (minutes_md(), "minutes.md", Some(DocumentKind::Markdown)),
            (budget_csv(), "budget.csv", Some(DocumentKind::Csv)),
            (readme_txt(), "readme.txt", Some(DocumentKind::Text)),
            (cahier_des_charges_txt(), "cahier.txt", Some(DocumentKind::Text)),
            (logo_svg(), "logo.svg", None),
        ];
        for (bytes, name, kind) in kinds {
            assert_eq!(kind_of(&bytes, name), kind, "{name}");
        }
        assert_eq!(MediaType::of(&logo_svg(), "logo.svg"), MediaType::Svg);
        assert_eq!(MediaType::of(&image_png(Picture::Hills, 1), "a"), MediaType::Png);
    }

    #[test]
    fn the_same_bytes_every_time() {
        assert!(handbook_pdf() == handbook_pdf());
        assert!(proposal_docx() == proposal_docx());
        assert!(image_png(Picture::Waves, 3) == image_png(Picture::Waves, 3));
        assert!(image_png(Picture::Waves, 3) != image_png(Picture::Waves, 4));
    }
}
