//! Finding things again, as staff and clients do, and as those find nothing to whom nothing was given.

mod histories;
mod narrowing;
mod places;

use std::{
    fs::{self, OpenOptions},
    thread,
    time::Duration,
};

use crate::{
    files::files_below,
    on_both,
    steps::{new_portal, note_form, open_form, share, upload_form},
    world::{Page, Person, Upload, World},
};

on_both! {
    p30_staff_find_what_the_organization_has_and_no_other_organization_does,
    p31_a_sentence_on_page_seven_of_a_pdf_is_found_with_its_page,
    p30_words_inside_every_kind_of_document_are_found_by_whom_it_is_shared_with,
    p31_accents_case_and_plural_do_not_matter_and_the_last_word_may_be_unfinished,
    p32_a_new_name_is_found_and_the_old_one_is_not,
    p40_the_page_works_without_javascript_and_the_fragment_is_a_part_of_it,
    p11_a_portal_of_others_a_missing_one_and_nonsense_get_the_same_answer,
    p12_after_a_revocation_the_next_search_finds_nothing,
    t3_whoever_was_given_nothing_learns_nothing_from_words_beginnings_typos_and_counts,
    t30_after_a_kill_everything_acknowledged_is_found,
    t33_an_index_that_is_gone_is_built_anew_while_the_server_runs,
    t33_a_torn_index_is_built_anew_at_the_next_start,
    p44_reindex_builds_the_index_where_no_server_runs,
    a_deleted_thing_is_gone_at_once_and_comes_back_when_that_is_undone,
    what_lies_in_a_deleted_folder_goes_and_comes_back_with_it,
    many_results_come_in_pages_of_twenty,
    hostile_questions_are_words,
    what_somebody_looks_for_is_kept_nowhere,
    a_search_can_stay_within_one_portal,
}

const PAUSE: Duration = Duration::from_millis(20);
/// P32 says 2 s after the reply; a machine that runs other tests at the same time is given slack.
const TRIES: usize = 1_500;

fn search(person: &Person, query: &str) -> Page {
    let path = if is_staff(person) { "/staff/search" } else { "/search" };
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish();
    let results = person.partial_get(&format!("{path}?{query}"));
    results.assert_ok();
    results
}

fn is_staff(person: &Person) -> bool {
    person.get("/staff").status.is_success()
}

fn names(results: &Page) -> Vec<String> {
    results.texts(".search-hit-name")
}

/// As soon as the index has caught up.
#[track_caller]
fn finds(person: &Person, query: &str, name: &str) -> Page {
    until(person, query, |results| names(results).iter().any(|found| found == name))
}

#[track_caller]
fn loses(person: &Person, query: &str, name: &str) -> Page {
    until(person, query, |results| !names(results).iter().any(|found| found == name))
}

#[track_caller]
fn until(person: &Person, query: &str, met: impl Fn(&Page) -> bool) -> Page {
    let mut results = search(person, query);
    for _ in 0..TRIES {
        if met(&results) {
            return results;
        }
        thread::sleep(PAUSE);
        results = search(person, query);
    }
    panic!("{query:?} never came to what was expected: {results}");
}

/// No hit, no count, no suggestion, and the same words as for something that nobody has.
#[track_caller]
fn finds_nothing(person: &Person, query: &str) {
    let (results, nowhere) = (search(person, query), search(person, "zzzyxqq"));
    assert_eq!(results.text().replace(query, "…"), nowhere.text().replace("zzzyxqq", "…"), "{results}");
    assert_eq!(results.count("[data-search-hit], mark"), 0, "{results}");
}

#[track_caller]
fn add_note(portal: &Page, title: &str, text: &str) {
    note_form(portal, title, text).submit().follow().assert_ok();
}

fn id(portal: &Page) -> String {
    portal.path().rsplit('/').next().unwrap().to_owned()
}

#[track_caller]
fn upload(portal: &Page, uploads: impl IntoIterator<Item = Upload>) {
    upload_form(portal, uploads).submit().follow().assert_ok();
}

#[track_caller]
fn shared_portal(world: &World, name: &str) -> Page {
    let portal = new_portal(&world.ada(), name);
    share(&portal, "carol@acme.test");
    portal
}

#[track_caller]
fn rename(world: &World, portal: &Page, from: &str, to: &str) {
    let row = world.ada().visit(portal.path()).row(from);
    open_form(&row, "Rename", "Name").fill("Name", to).submit().follow().assert_ok();
}

fn what_somebody_looks_for_is_kept_nowhere(world: World) {
    for (person, path) in [(world.carol(), "/search"), (world.ada(), "/staff/search")] {
        person.visit(&format!("{path}?q=pomegranate+handbook")).assert_ok();
        person.partial_get(&format!("{path}?q=pomegranate")).assert_ok();
    }
    assert!(!world.database().snapshot(&[]).holds("pomegranate"));
    assert!(!world.server().log().join("\n").contains("pomegranate"));
}

fn p30_staff_find_what_the_organization_has_and_no_other_organization_does(world: World) {
    for (query, name) in [
        ("carol", "Carol"),
        ("acme", "Acme"),
        ("acme relaunch", "Acme website relaunch"),
        ("kick-off", "Kick-off"),
        ("analytics", "Analytics"),
        ("handbook", "Brand handbook.pdf"),
        ("designs", "Designs"),
    ] {
        let results =
            until(&world.ada(), query, |results| names(results).iter().any(|found| found.contains(name)));
        results.assert_hides("Opening night");
        assert!(results.count("mark") > 0, "{query:?} is marked nowhere: {results}");
    }
    for (query, name) in [
        ("relaunch", "Acme website relaunch"),
        ("kick-off", "Kick-off"),
        ("analytics", "Analytics"),
        ("handbook", "Brand handbook.pdf"),
        ("designs", "Designs"),
    ] {
        until(&world.carol(), query, |results| names(results).iter().any(|found| found.contains(name)));
    }
    finds(&world.eve(), "opening night", "Opening night.md");
    ["carol@acme.test", "relaunch", "prototype", "retainer"].iter().for_each(|query| {
        finds_nothing(&world.eve(), query);
    });
    finds_nothing(&world.ada(), "saffron");
}

/// "The quarterly retainer covers twelve hours of design work" stands on page 7 of the demo's handbook.
fn p31_a_sentence_on_page_seven_of_a_pdf_is_found_with_its_page(world: World) {
    let results = until(&world.carol(), "quarterly ret", |results| results.shows("page 7"));
    let hit = results.row("Brand handbook.pdf");
    hit.assert_shows("PDF, page 7").assert_shows("The quarterly retainer covers twelve hours");
    for marked in ["quarterly", "retainer"] {
        assert!(hit.texts("mark").iter().any(|word| word == marked), "{marked} is not marked: {hit}");
    }
    let preview = world.carol().visit(&hit.attributes("a", "href").concat());
    preview.assert_ok().assert_shows("Brand handbook.pdf");
    assert_eq!(preview.attributes("img.file-page", "alt"), ["Page 7 of 40"], "{preview}");
    results.row("Acme website relaunch").assert_shows("Brand handbook.pdf");

    for person in [world.cyril(), world.dora(), world.eve()] {
        for query in ["quarterly ret", "\"quarterly retainer\"", "retainer", "retaner"] {
            finds_nothing(&person, query);
        }
    }
}

fn p30_words_inside_every_kind_of_document_are_found_by_whom_it_is_shared_with(world: World) {
    let inside = [
        ("retainer", "Brand handbook.pdf"),
        ("organised by the load", "Proposal for the catalogue.docx"),
        ("suction", "Load schedule.xlsx"),
        ("letterpress", "Kick-off.pptx"),
        ("embossed", "About the proofs.odt"),
        ("deckle", "Paper samples.ods"),
        ("ligature", "Review of round two.odp"),
        ("hyphenation", "House rules.rtf"),
        ("\"rights cleared\"", "Brief for the catalogue.html"),
        ("\"bracket for a slate roof\"", "Minutes, catalogue workshop.md"),
        ("présentoir", "Cahier des charges – été.txt"),
        ("\"mounting drawings, first forty\"", "Budget.csv"),
        ("densitometer", "Re colour proof.eml"),
        // In the Word document that is attached to it.
        ("organised by the load", "Re colour proof.eml"),
    ];
    for (words, name) in inside {
        finds(&world.carol(), words, name);
        finds(&world.ada(), words, name);
        for person in [world.cyril(), world.dora(), world.eve()] {
            finds_nothing(&person, words);
        }
    }
}

fn p31_accents_case_and_plural_do_not_matter_and_the_last_word_may_be_unfinished(world: World) {
    let portal = shared_portal(&world, "Vitrine");
    add_note(&portal, "Compte rendu", "La façade de l’hôtel sera repeinte en été, avec des éléphants.");
    finds(&world.carol(), "façade", "Compte rendu");
    for query in
        ["facade", "FAÇADE", "hotel", "éléphant", "elephants", "elepha", "fac", "hotel ete", "éléphans"]
    {
        // The demo's French file, once it is read, holds some of these words too.
        let found = names(&search(&world.carol(), query));
        assert!(found.iter().any(|name| name == "Compte rendu"), "{query}: {found:?}");
    }
    assert_eq!(search(&world.carol(), "facade").row("Compte rendu").texts("mark"), ["façade"]);
    ["facade", "elephants"].iter().for_each(|query| {
        [world.cyril(), world.dora(), world.eve()].iter().for_each(|person| finds_nothing(person, query));
    });
}

fn p32_a_new_name_is_found_and_the_old_one_is_not(world: World) {
    let portal = shared_portal(&world, "Autumn campaign");
    add_note(&portal, "Marzipan", "Words.");
    finds(&world.carol(), "marzipan", "Marzipan");
    rename(&world, &portal, "Marzipan", "Nougat");
    finds(&world.carol(), "nougat", "Nougat");
    finds_nothing(&world.carol(), "marzipan");
    finds_nothing(&world.ada(), "marzipan");
    upload(&portal, [Upload::text("turrón.txt", "almonds and honey")]);
    finds(&world.carol(), "turron", "turrón.txt");
    finds(&world.carol(), "almond honey", "turrón.txt");
    for person in [world.cyril(), world.dora(), world.eve()] {
        ["nougat", "turron", "almonds"].iter().for_each(|query| finds_nothing(&person, query));
    }
}

fn p40_the_page_works_without_javascript_and_the_fragment_is_a_part_of_it(world: World) {
    finds(&world.carol(), "kick-off", "Kick-off");
    let page = world.carol().visit("/search");
    page.assert_ok().assert_shows("Type a few letters");
    let found = page.form_with_field("Search").fill("Search", "kick-off").submit();
    found.assert_ok().assert_shows("Acme website relaunch");
    assert!(found.title().contains("kick-off"), "{}", found.title());
    assert_eq!(found.form_with_field("Search").value("Search"), "kick-off");
    let fragment = search(&world.carol(), "kick-off");
    assert_eq!(fragment.count("#results"), 1);
    assert_eq!(fragment.count("form, header, main"), 0);
    assert!(found.source().contains(&fragment.source()), "{found}");
}

fn p11_a_portal_of_others_a_missing_one_and_nonsense_get_the_same_answer(world: World) {
    let portal = new_portal(&world.ada(), "Not for Carol");
    let id = id(&portal);
    let missing = "0".repeat(32);
    for id in [id.as_str(), &missing, "nonsense"] {
        for query in ["", "carol"] {
            let path = format!("/search?q={query}&portal={id}");
            world.carol().get(&path).assert_not_found().assert_hides("Not for Carol");
            world.carol().partial_get(&path).assert_not_found();
            world.eve().get(&format!("/staff{path}")).assert_not_found();
        }
    }
    let narrowed = format!("/staff/search?q=carol&portal={id}");
    let found = (0..TRIES).any(|_| {
        thread::sleep(PAUSE);
        world.ada().get(&narrowed).assert_ok().shows("Not for Carol")
    });
    assert!(found, "staff find their own portal by narrowing to it");
    world.carol().get("/staff/search?q=x").assert_not_found();
    world.ada().get("/search?q=x").assert_not_found();
    world.stranger().get("/search?q=x").assert_redirects_to("/sign-in");
}

fn p12_after_a_revocation_the_next_search_finds_nothing(world: World) {
    let portal = shared_portal(&world, "Autumn campaign");
    add_note(&portal, "Marzipan", "The word is quetzalcoatl.");
    finds(&world.carol(), "quetzalcoatl", "Marzipan");
    let row = world.ada().visit(portal.path()).row("carol@acme.test");
    row.form_with_button("Revoke").submit().follow().assert_ok();
    for query in ["quetzalcoatl", "quetzal", "quetzalcoatk", "marzipan", "\"autumn campaign\""] {
        finds_nothing(&world.carol(), query);
    }
    finds(&world.ada(), "quetzalcoatl", "Marzipan");
    share(&world.ada().visit(portal.path()), "carol@acme.test");
    assert_eq!(names(&search(&world.carol(), "quetzalcoatl")), ["Marzipan"]);
}

fn t3_whoever_was_given_nothing_learns_nothing_from_words_beginnings_typos_and_counts(world: World) {
    let portal = shared_portal(&world, "Xylophonium");
    add_note(&portal, "Kaleidoscopix", "Zarathustrian wisdom.");
    upload(&portal, [Upload::text("Quixotherm.txt", "The bandersnatchery opens at noon.")]);
    let canaries = [
        ("xylophonium", "Xylophonium"),
        ("kaleidoscopix", "Kaleidoscopix"),
        ("zarathustrian", "Kaleidoscopix"),
        ("quixotherm", "Quixotherm.txt"),
        ("bandersnatchery", "Quixotherm.txt"),
    ];
    for (canary, name) in canaries {
        finds(&world.carol(), canary, name);
        finds(&world.ben(), canary, name);
        let typo = format!("{}x{}", &canary[..5], &canary[6..]);
        assert_eq!(names(&search(&world.carol(), &typo)), [name], "{typo}");
        for person in [world.cyril(), world.dora(), world.eve()] {
            for query in [canary, &canary[..3], &canary[..7], typo.as_str()] {
                let results = search(&person, query);
                assert!(!names(&results).contains(&name.to_owned()), "{query}: {results}");
                results.assert_hides(name);
            }
            finds_nothing(&person, canary);
            finds_nothing(&person, &typo);
        }
    }
}

fn t30_after_a_kill_everything_acknowledged_is_found(mut world: World) {
    let portal = shared_portal(&world, "Autumn campaign");
    let mut words = Vec::new();
    for round in 0..3 {
        for number in 0..=round {
            let word = format!("marzipan{round}x{number}");
            add_note(&portal, &word, "Words.");
            words.push(word);
        }
        world.server_mut().kill();
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
    }
    for word in words {
        finds(&world.carol(), &word, &word);
        finds_nothing(&world.cyril(), &word);
    }
}

/// T33, and the same for `portico reindex`.
fn t33_an_index_that_is_gone_is_built_anew_while_the_server_runs(world: World) {
    finds(&world.carol(), "kick-off", "Kick-off");
    let about_acme = || {
        let mut found = names(&finds(&world.ada(), "acme", "Acme website relaunch"));
        found.sort();
        found
    };
    let before = about_acme();
    // At once, whatever is being written in it.
    fs::rename(world.data().join("search"), world.data().join("gone")).unwrap();
    add_note(&shared_portal(&world, "Autumn campaign"), "Marzipan", "Words.");
    finds(&world.carol(), "marzipan", "Marzipan");
    assert_eq!(about_acme(), before);

    let said = world.command(&["reindex"]).assert_success();
    assert!(said.contains("100 % of the search index are built."), "{said}");
    assert_eq!(names(&search(&world.carol(), "marzipan")), ["Marzipan"]);
    assert_eq!(about_acme(), before);
    finds_nothing(&world.cyril(), "marzipan");
}

fn t33_a_torn_index_is_built_anew_at_the_next_start(mut world: World) {
    finds(&world.carol(), "kick-off", "Kick-off");
    world.server_mut().kill();
    let index = world.data().join("search");
    let files = files_below(&index);
    assert!(!files.is_empty());
    for name in files {
        let file = OpenOptions::new().write(true).open(index.join(name)).unwrap();
        file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    }
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    finds(&world.carol(), "kick-off", "Kick-off");
    finds_nothing(&world.cyril(), "kick-off");
    add_note(&shared_portal(&world, "Autumn campaign"), "Marzipan", "Words.");
    finds(&world.carol(), "marzipan", "Marzipan");
}

fn p44_reindex_builds_the_index_where_no_server_runs(mut world: World) {
    finds(&world.carol(), "kick-off", "Kick-off");
    world.server_mut().kill();
    fs::remove_dir_all(world.data().join("search")).unwrap();
    let said = world.command(&["reindex"]).assert_success();
    assert!(said.contains("100 % of the search index are built."), "{said}");
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    finds(&world.carol(), "kick-off", "Kick-off");
    finds_nothing(&world.cyril(), "kick-off");
}

fn a_deleted_thing_is_gone_at_once_and_comes_back_when_that_is_undone(world: World) {
    let portal = shared_portal(&world, "Autumn campaign");
    add_note(&portal, "Marzipan", "Words.");
    finds(&world.carol(), "marzipan", "Marzipan");
    let row = world.ada().visit(portal.path()).row("Marzipan");
    let deleted = row.form_with_button("Delete").submit().follow();
    finds_nothing(&world.carol(), "marzipan");
    finds_nothing(&world.ada(), "marzipan");
    deleted.form_with_button("Undo").submit().follow().assert_ok();
    finds(&world.carol(), "marzipan", "Marzipan");
    loses(&world.cyril(), "marzipan", "Marzipan");
}

fn what_lies_in_a_deleted_folder_goes_and_comes_back_with_it(world: World) {
    let portal = shared_portal(&world, "Autumn campaign");
    let sweets = open_form(&portal, "New folder", "Name").fill("Name", "Sweets").submit().follow();
    add_note(&sweets.press("Sweets"), "Marzipan", "Words.");
    upload(&sweets.press("Sweets"), [Upload::text("marzipan.txt", "sweet")]);
    let find_both = || ["Marzipan", "marzipan.txt"].map(|name| finds(&world.carol(), "marzipan", name));
    find_both();
    let row = world.ada().visit(portal.path()).row("Sweets");
    let deleted = row.form_with_button("Delete").submit().follow();
    finds_nothing(&world.carol(), "marzipan");
    finds_nothing(&world.ada(), "marzipan");
    deleted.form_with_button("Undo").submit().follow().assert_ok();
    find_both();
}

fn many_results_come_in_pages_of_twenty(world: World) {
    let portal = shared_portal(&world, "Autumn campaign");
    upload(&portal, (0..45).map(|number| Upload::text(&format!("marzipan-{number:02}.txt"), "sweet")));
    let first = until(&world.carol(), "marzipan", |results| results.shows("45 results"));
    assert_eq!(names(&first).len(), 21, "twenty and the way on: {first}");
    let second = world.carol().visit(&first.row("More results").attributes("a", "href").concat());
    second.assert_ok().assert_shows("21 to 40 of 45");
    let third = second.press("Next");
    third.assert_shows("41 to 45 of 45");
    let mut all: Vec<_> = [first, second, third].iter().flat_map(names).collect();
    all.retain(|name| name != "More results");
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 45);
    world.carol().get("/search?q=marzipan&page=99999999999999999999").assert_ok();
    world.carol().get("/search?q=marzipan&page=-1").assert_ok().assert_shows("45 results");
}

fn hostile_questions_are_words(world: World) {
    finds(&world.carol(), "kick-off", "Kick-off");
    let long = "x".repeat(10_000);
    for query in [
        "<script>alert(1)</script>",
        "\" OR kind:file OR \"",
        "title:*",
        "*",
        "-",
        "\"",
        "+-&|!(){}[]^~?:\\/",
        "\0",
        "\u{202e}foo\u{2066}",
        "🦩",
        "'; DROP TABLE items; --",
        "kick-off AND NOT",
        &long,
    ] {
        for person in [world.carol(), world.ada()] {
            let results = search(&person, query);
            assert_eq!(results.count("script"), 0, "{query:?}: {results}");
            assert!(results.source().len() < 50_000, "{query:?}: {results}");
        }
    }
    assert!(names(&search(&world.carol(), "Kick-off")).contains(&"Kick-off".to_owned()));
}

fn a_search_can_stay_within_one_portal(world: World) {
    let here = shared_portal(&world, "Here");
    let there = shared_portal(&world, "There");
    add_note(&here, "Marzipan one", "Words.");
    add_note(&there, "Marzipan two", "Words.");
    finds(&world.carol(), "marzipan", "Marzipan one");
    finds(&world.carol(), "marzipan", "Marzipan two");
    let page = world.carol().visit(&format!("/search?portal={}", id(&here)));
    let found = page.form_with_field("Search").fill("Search", "marzipan").submit();
    assert_eq!(names(&found), ["Marzipan one"]);
    found.assert_shows("1 result");
    assert_eq!(names(&found.press("No longer only: Here")).len(), 2);
}
