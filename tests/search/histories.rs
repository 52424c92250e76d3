//! T33: whatever people do in whatever order, the index that followed them answers like the one that
//! is built from what is left.

use crate::{
    on_both,
    world::{Page, Person, Upload, World},
};

use super::{add_note, finds, names, rename, search, shared_portal, upload};

on_both! {
    t33_after_any_history_the_followed_index_answers_like_a_new_one,
}

const WORDS: [&str; 6] = ["marzipan", "nougat", "retainers", "Verträge", "sociétés", "quay"];
const QUESTIONS: [&str; 9] = [
    "marzipan",
    "nou",
    "retainer",
    "vertrag",
    "societe",
    "\"quay nougat\"",
    "marzipan -quay",
    "nougta",
    "autumn",
];

/// Numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

fn t33_after_any_history_the_followed_index_answers_like_a_new_one(world: World) {
    let dice = &mut Dice(7);
    let portals = [shared_portal(&world, "Autumn marzipan"), shared_portal(&world, "Winter")];
    let mut there: Vec<(usize, String)> = Vec::new();
    for number in 0..24 {
        let place = dice.below(portals.len());
        match (dice.below(5), there.len()) {
            (0, 1..) => {
                let (place, name) = there.swap_remove(dice.below(there.len()));
                let is_undone = dice.below(2) == 0;
                delete(&world, &portals[place], &name, is_undone);
                if is_undone {
                    there.push((place, name));
                }
            }
            (1, 1..) => {
                let chosen = dice.below(there.len());
                let (place, name) = &mut there[chosen];
                let renamed = format!("{} {number}", dice.words(2));
                rename(&world, &portals[*place], name, &renamed);
                *name = renamed;
            }
            (2, _) => {
                let name = format!("{}-{number}.txt", dice.words(1));
                upload(&portals[place], [Upload::text(&name, &dice.words(6))]);
                there.push((place, name));
            }
            _ => {
                let name = format!("{} {number}", dice.words(2));
                add_note(&portals[place], &name, &dice.words(6));
                there.push((place, name));
            }
        }
    }
    upload(&portals[0], [Upload::text("the-last.txt", "xylophonium")]);
    finds(&world.carol(), "xylophonium", "the-last.txt");

    let people = [world.ada(), world.carol(), world.cyril(), world.dora(), world.eve()];
    let followed = people.each_ref().map(answers);
    assert!(!followed[1][0].0.is_empty(), "Carol finds what is left");
    assert!(followed[2..].iter().flatten().all(|(found, _)| found.is_empty()), "the others find nothing");
    world.command(&["reindex"]).assert_success();
    assert_eq!(people.each_ref().map(answers), followed);
}

/// The names, in the order of the alphabet, and the chips.
fn answers(person: &Person) -> Vec<(Vec<String>, Vec<String>)> {
    let answer = |question: &&str| {
        let results = search(person, question);
        let mut found = names(&results);
        found.sort();
        (found, results.texts(".chip"))
    };
    QUESTIONS.iter().map(answer).collect()
}

fn delete(world: &World, portal: &Page, name: &str, is_undone: bool) {
    let row = world.ada().visit(portal.path()).row(name);
    let deleted = row.form_with_button("Delete").submit().follow();
    deleted.assert_ok();
    if is_undone {
        deleted.form_with_button("Undo").submit().follow().assert_ok();
    }
}
