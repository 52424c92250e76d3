//! P31: a hit leads to where it was found, with the words marked there.

use crate::{
    on_both,
    world::{Upload, World},
};

use super::{add_note, finds, search, shared_portal, upload};

on_both! {
    p31_a_note_opens_with_the_words_marked,
    p31_the_words_in_an_address_are_text_and_nothing_else,
    p31_a_file_is_told_the_page_and_the_words,
}

fn p31_a_note_opens_with_the_words_marked(world: World) {
    let portal = shared_portal(&world, "Autumn");
    add_note(
        &portal,
        "Sweets",
        "We order **marzipans** & nougat.\n\nThe marzipans come in [boxes](https://a.test).",
    );
    finds(&world.carol(), "marzipan", "Sweets");
    for person in [world.carol(), world.ada()] {
        // An ending and a slip away from what stands there.
        for query in ["marzipan box", "marzipna"] {
            let href = search(&person, query).row("Sweets").attributes("a", "href").concat();
            assert!(href.ends_with("#found"), "{href}");
            let note = person.visit(&href);
            note.assert_ok().assert_shows("We order marzipans & nougat.");
            assert!(note.texts("mark").iter().filter(|word| *word == "marzipans").count() == 2, "{note}");
            assert_eq!(note.texts("#found"), ["marzipans"]);
        }
    }
    let unmarked =
        world.carol().visit(&search(&world.carol(), "sweets").row("Sweets").attributes("a", "href").concat());
    assert_eq!(unmarked.count("mark"), 0);
    for person in [world.cyril(), world.dora(), world.eve()] {
        super::finds_nothing(&person, "marzipan");
    }
}

fn p31_the_words_in_an_address_are_text_and_nothing_else(world: World) {
    let portal = shared_portal(&world, "Autumn");
    add_note(&portal, "Sweets", "A <b>bold</b> claim & more");
    let href = finds(&world.carol(), "bold claim", "Sweets").row("Sweets").attributes("a", "href").concat();
    let path = href.split('?').next().unwrap();
    for words in
        ["%3Cscript%3Ealert(1)%3C/script%3E", "b%20%26amp%3B%20%22", "%EF%B7%90%EF%B7%92", "&words=b"]
    {
        let note = world.carol().get(&format!("{path}?words={words}"));
        if note.status.is_success() {
            note.assert_shows("A <b>bold</b> claim & more");
            assert_eq!(note.count(".prose script"), 0, "{words}");
        }
    }
}

fn p31_a_file_is_told_the_page_and_the_words(world: World) {
    let portal = shared_portal(&world, "Autumn");
    upload(&portal, [Upload::text("sweets.txt", "We order marzipans, and marzipans only.")]);
    let file =
        finds(&world.carol(), "marzipans", "sweets.txt").row("sweets.txt").attributes("a", "href").concat();
    assert!(file.ends_with("?words=marzipans#found"), "{file}");
    world.carol().visit(&file).assert_ok().assert_shows("We order marzipans");
    let page_seven = finds(&world.carol(), "quarterly ret", "Brand handbook.pdf").row("Brand handbook.pdf");
    let href = page_seven.attributes("a", "href").concat();
    let (_, place) = href.split_once('?').unwrap();
    assert!(
        ["page=7&words=quarterly+retainer", "page=7&words=retainer+quarterly"].contains(&place),
        "{href}"
    );
}
