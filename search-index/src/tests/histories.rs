//! T33: whatever happened in whatever order, an index that followed it answers like one built from
//! what is left.

use std::collections::BTreeMap;

use super::*;

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn words(&mut self, most: usize) -> String {
        let count = self.below(most);
        (0..count).map(|_| *self.one_of(&WORDS)).collect::<Vec<_>>().join(" ")
    }
}

const WORDS: [&str; 12] = [
    "bridge",
    "bridges",
    "steel",
    "steal",
    "the",
    "report",
    "reports",
    "Verträge",
    "sociétés",
    "facturas",
    "2026",
    "語彙",
];
const QUESTIONS: [&str; 12] = [
    "bridge ",
    "br",
    "brigde ",
    "steel bridge",
    "\"steel bridge\"",
    "report -steel",
    "vertrag ",
    "societe",
    "20",
    "bridge steel report facturas 2026 ",
    "語",
    "the steel",
];
const AUDIENCES: [&[Audience]; 3] = [&[Audience::Staff], &[ACME], &[GLOBEX, CAROL]];

fn document(dice: &mut Dice, id: u8) -> Document {
    let pages = (0..dice.below(4)).map(|_| dice.words(9)).collect::<Vec<_>>();
    let pages = pages.iter().map(String::as_str).collect::<Vec<_>>();
    let (portal, audience) = *dice.one_of(&[
        (Some([11; 16]), ACME),
        (Some([12; 16]), GLOBEX),
        (None, CAROL),
        (None, Audience::Staff),
    ]);
    Document {
        portal,
        audience: vec![Audience::Staff, audience],
        kind: (*dice.one_of(&["note", "file"])).to_owned(),
        author: *dice.one_of(&[None, Some([31; 16]), Some([32; 16])]),
        changed: dice.below(5) as i64,
        ..pdf(id, &dice.words(4), &pages)
    }
}

/// Hits by id, with their titles and what else is known of them; and how they are spread.
type Answer = (Vec<(u8, String, String)>, crate::Counts);

/// Everything but the order of documents that are equal in all that counts: how rare a word is
/// depends on what was deleted and is still on the disk.
fn answers(index: &Index) -> Vec<Answer> {
    let mut answers = Vec::new();
    for text in QUESTIONS {
        for audience in AUDIENCES {
            let query = Query { moments: &[1, 3], limit: 100, ..by(audience, text) };
            let hits = index.search(&query).expect("a readable index");
            let hit = |hit: &Hit| {
                (
                    hit.id.0[0],
                    bracketed(&hit.title),
                    format!("{:?} {:?} {:?}", hit.portal, hit.author, hit.changed),
                )
            };
            let mut found: Vec<_> = hits.hits.iter().map(hit).collect();
            found.sort();
            assert_eq!(found.len(), hits.total);
            answers.push((found, hits.counts));
        }
    }
    answers
}

#[test]
fn after_any_history_the_followed_index_equals_a_rebuilt_one() {
    for seed in 0..6 {
        let dice = &mut Dice(seed);
        let (followed, mut left) = (world(Vec::new()), BTreeMap::new());
        let mut index = followed.index;
        for event in 2..25 {
            let mut changes = Vec::new();
            for _ in 0..1 + dice.below(4) {
                let id = dice.below(25) as u8;
                if dice.below(4) == 0 {
                    left.remove(&id);
                    changes.push(Change::Delete(DocumentId([id; 16])));
                } else {
                    let document = document(dice, id);
                    left.insert(id, document.clone());
                    changes.push(Change::Put(document));
                }
            }
            index.apply(changes, event).expect("a working index");
            // A restart, as after a crash: what was acknowledged is there.
            if dice.below(10) == 0 {
                drop(index);
                index = Index::open(followed.folder.path()).expect("an index");
                assert_eq!(index.last_event(), Some(event));
            }
        }
        let rebuilt = world(left.into_values().collect());
        assert_eq!(answers(&index), answers(&rebuilt.index), "history {seed}");
    }
}
