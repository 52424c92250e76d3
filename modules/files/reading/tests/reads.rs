//! Each kind gives its words, through the real child.

#![allow(clippy::unwrap_used)]

mod support;

use portico_reading::{DocumentKind, Limits, demo};
use support::{docx_of, read, read_within};

/// Words apart by single spaces, however a format breaks its lines.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn p31_a_pdf_gives_each_page_with_its_number() {
    let reading = read(DocumentKind::Pdf, &demo::handbook_pdf()).await.unwrap();
    let numbers: Vec<_> = reading.pages.iter().map(|page| page.number).collect();
    assert_eq!(numbers, (1..=40).map(Some).collect::<Vec<_>>());
    let with_sentence: Vec<_> = reading
        .pages
        .iter()
        .filter(|page| words(&page.text).contains(demo::HANDBOOK_SENTENCE))
        .map(|page| page.number)
        .collect();
    assert_eq!(with_sentence, [Some(7)]);
    assert!(!reading.truncated);
}

#[tokio::test]
async fn p30_every_other_kind_gives_one_page_of_words() {
    let expected = [
        (DocumentKind::Docx, demo::proposal_docx(), "organised by the load an object can bear"),
        (DocumentKind::Docx, demo::proposal_docx(), "Draft and proof\n4\nTwelve pages"),
        (DocumentKind::Xlsx, demo::loads_xlsx(), "Loads\nHook Load (kg) Wall Tensile test\nHeron 12 Plaster"),
        (DocumentKind::Pptx, demo::kickoff_pptx(), "What we heard\nInstallers look for a load first"),
        (DocumentKind::Odt, demo::letter_odt(), "About the proofs\nThe embossed cover"),
        (DocumentKind::Ods, demo::samples_ods(), "Somerset Satin\n300\na deckle edge on two sides"),
        (DocumentKind::Odp, demo::review_odp(), "Round two\nThe ligature in the word mark stays"),
        (
            DocumentKind::Rtf,
            demo::house_rules_rtf(),
            "Names keep their letters: François, Łódź, and in Cyrillic Москва.",
        ),
        (DocumentKind::Rtf, demo::house_rules_rtf(), "Prices and loads are always figures."),
        (
            DocumentKind::Mail,
            demo::colour_proof_eml(),
            "Re: colour proof – second try\nCarol carol@acme.test\nAda",
        ),
        (DocumentKind::Mail, demo::colour_proof_eml(), "two points too cold. The rest is lovely – the moss"),
        (DocumentKind::Mail, demo::colour_proof_eml(), "Proposal.docx\nProposal for the catalogue"),
        (DocumentKind::Html, demo::brief_html(), "Brief: a new home for the catalogue"),
        (DocumentKind::Html, demo::brief_html(), "prints four thousand catalogues every spring"),
        (DocumentKind::Html, demo::brief_html(), "the tax of the visitor’s country"),
        (DocumentKind::Html, demo::brief_html(), "Product list 212 rows"),
        (DocumentKind::Markdown, demo::minutes_md(), "opens with the load a hook can bear, not"),
        (DocumentKind::Markdown, demo::minutes_md(), "differ between two lists; Cyril"),
        (DocumentKind::Csv, demo::budget_csv(), "Search by load, width and wall Development 20"),
        (DocumentKind::Text, demo::readme_txt(), "Send one sample before the whole run"),
        (DocumentKind::Text, demo::cahier_des_charges_txt(), "Cahier des charges – été"),
    ];
    for (kind, bytes, sentence) in expected {
        let reading = read(kind, &bytes).await.unwrap();
        assert_eq!(reading.pages.len(), 1);
        assert_eq!(reading.pages[0].number, None);
        assert!(reading.text().contains(sentence), "{kind}: {}", reading.text());
    }
}

#[tokio::test]
async fn scripts_styles_and_markup_are_not_words() {
    let page = b"<title>A &amp; B</title><style>p { color: red }</style><script>if (a < b) { }
        </script><p>One<b>two</b><br>three<!-- four --><iframe>five</iframe><p>six";
    let reading = read(DocumentKind::Html, page).await.unwrap();
    assert_eq!(reading.text(), "A & B\nOnetwo\nthree\nsix");
}

#[tokio::test]
async fn word_parts_are_read_without_deletions_and_fallbacks() {
    let body = "<w:document xmlns:w='w' xmlns:mc='m'><w:p><w:t>caf&#233; &amp; bar</w:t><w:tab/>\
        <w:delText>gone</w:delText><mc:Fallback><w:t>twice</w:t></mc:Fallback><w:t>end</w:t></w:p>\
        <w:p><w:t>next</w:t></w:p></w:document>";
    let reading = read(DocumentKind::Docx, &docx_of(body.as_bytes())).await.unwrap();
    assert_eq!(reading.text(), "café & bar end\nnext");
}

#[tokio::test]
async fn a_page_in_latin_1_is_read_by_what_it_declares() {
    let page = b"<meta charset=iso-8859-2><p>\xb9koda";
    let reading = read(DocumentKind::Html, page).await.unwrap();
    assert_eq!(reading.text(), "škoda");
}

#[tokio::test]
async fn a_long_text_is_cut_and_says_so() {
    let limits = Limits { text_bytes: 1000, ..Limits::default() };
    for (kind, bytes) in [
        (DocumentKind::Pdf, demo::handbook_pdf()),
        (DocumentKind::Docx, demo::proposal_docx()),
        (DocumentKind::Text, "word ".repeat(100_000).into_bytes()),
    ] {
        let reading = read_within(limits, kind, &bytes).await.unwrap();
        assert!(reading.truncated, "{kind}");
        assert!(reading.text().len() <= 1000 && reading.text().len() > 500, "{kind}");
    }
}
