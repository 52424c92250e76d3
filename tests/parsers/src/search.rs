//! Search: no text is an error, nobody finds what is not theirs, and what is found is shown as it was written.

use portico_search_index::{Audience, Change, Document, DocumentId, Index, Only, Page, Piece, Query};
use tempfile::TempDir;

const STUDIO: [u8; 16] = [1; 16];
const RIVAL: [u8; 16] = [2; 16];
const ACME: Audience = Audience::Portal([11; 16]);
const TITLES: [&str; 2] = ["Annual report: été 2026", "日本語 bridge & \"tunnel\""];

thread_local! {
    static WORLD: World = World::new();
}

struct World {
    index: Index,
    /// Removed with it.
    _folder: TempDir,
}

impl World {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let index = Index::open(folder.path()).expect("a new index");
        let theirs = [document(1, TITLES[0]), document(2, TITLES[1])];
        let others = [
            Document { audience: vec![Audience::Staff], ..document(3, TITLES[0]) },
            Document { organization: RIVAL, ..document(4, TITLES[1]) },
        ];
        let changes = theirs.into_iter().chain(others).map(Change::Put).collect();
        index.apply(changes, 1).expect("an empty disk");
        Self { index, _folder: folder }
    }
}

fn document(id: u8, title: &str) -> Document {
    Document {
        id: DocumentId([id; 16]),
        organization: STUDIO,
        audience: vec![ACME],
        portal: None,
        kind: "note".to_owned(),
        author: None,
        title: title.to_owned(),
        pages: vec![Page { number: None, text: format!("{title}. What was agreed, and le devis signé.") }],
        changed: 0,
    }
}

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let query = Query {
        organization: STUDIO,
        audience: &[ACME],
        text: &text,
        only: Only::default(),
        moments: &[],
        limit: 20,
        offset: 0,
    };
    let hits = WORLD.with(|world| world.index.search(&query)).expect("no text is an error");
    assert_eq!(hits.total, hits.hits.len());
    for hit in hits.hits {
        let place = usize::from(hit.id.0[0]) - 1;
        let title: String = hit.title.iter().map(written).collect();
        assert_eq!(TITLES.get(place).copied(), Some(title.as_str()), "{text:?} finds what is not theirs");
    }
}

fn written(piece: &Piece) -> &str {
    let (Piece::Plain(text) | Piece::Marked(text)) = piece;
    text
}
