//! Narrowing to a portal, a kind, a person or a while, as links with counts; T3 for all of them.

use crate::{
    on_both,
    steps::{new_portal, share},
    world::{Page, Person, Upload, World},
};

use super::{add_note, finds, finds_nothing, id, loses, names, search, shared_portal, until, upload};

on_both! {
    t3_chips_count_what_the_viewer_may_see_at_the_moment_of_asking,
    each_chip_leaves_as_many_as_it_says_and_is_taken_away_again,
    what_is_recent_is_told_by_the_clock,
    p40_a_chosen_chip_stays_while_somebody_types,
    p11_nobody_learns_a_name_by_narrowing_to_a_person,
    a_chip_that_leaves_everything_or_nothing_is_not_offered,
}

/// What stands on the chips that are offered, such as "Notes 2".
fn chips(results: &Page) -> Vec<String> {
    results.texts(".chip:not(.chip-chosen)")
}

#[track_caller]
fn assert_offers(results: &Page, expected: &[&str]) {
    let offered = chips(results);
    for chip in expected {
        assert!(offered.contains(&(*chip).to_owned()), "{chip:?} is not among {offered:?}");
    }
}

fn press(person: &Person, results: &Page, chip: &str) -> Page {
    let place = results.texts(".chip").iter().position(|text| text.contains(chip));
    let place = place.unwrap_or_else(|| panic!("no chip {chip:?}: {results}"));
    let page = person.visit(&results.attributes(".chip", "href")[place]);
    page.assert_ok();
    page
}

/// Ada wrote two notes in two portals, Ben uploaded two files in the first one.
fn marzipan(world: &World) -> (Page, Page) {
    let (autumn, winter) = (shared_portal(world, "Autumn"), shared_portal(world, "Winter"));
    add_note(&autumn, "Marzipan one", "Words.");
    add_note(&winter, "Marzipan two", "Words.");
    let for_ben = world.ben().visit(autumn.path());
    upload(&for_ben, ["marzipan-3.txt", "marzipan-4.txt"].map(|name| Upload::text(name, "sweet")));
    until(&world.carol(), "marzipan", |results| results.shows("4 results"));
    (autumn, winter)
}

fn t3_chips_count_what_the_viewer_may_see_at_the_moment_of_asking(world: World) {
    let (autumn, _) = marzipan(&world);
    let hidden = new_portal(&world.ada(), "Unshared");
    add_note(&hidden, "Marzipan hidden", "Words.");
    until(&world.ada(), "marzipan", |results| results.shows("5 results"));
    let mine = search(&world.carol(), "marzipan");
    assert_offers(&mine, &["Autumn 3", "Winter 1", "Notes 2", "Files 2", "Ada Berg 2", "Ben Okafor 2"]);
    mine.assert_hides("Unshared");
    assert_offers(&search(&world.ada(), "marzipan"), &["Autumn 3", "Unshared 1", "Notes 3", "Ada Berg 3"]);
    [world.cyril(), world.dora(), world.eve()].iter().for_each(|person| finds_nothing(person, "marzipan"));

    // A new grant counts at once, and so does its end.
    share(&world.ada().visit(hidden.path()), "carol@acme.test");
    assert_offers(&search(&world.carol(), "marzipan"), &["Autumn 3", "Unshared 1", "Notes 3", "Ada Berg 3"]);
    let row = world.ada().visit(autumn.path()).row("carol@acme.test");
    row.form_with_button("Revoke").submit().follow().assert_ok();
    let left = search(&world.carol(), "marzipan");
    assert_offers(&left, &["Unshared 1", "Winter 1"]);
    left.assert_shows("2 results").assert_hides("Autumn").assert_hides("Ben Okafor").assert_hides("Files");
    finds_nothing(&world.carol(), "marzipan-3");
}

fn each_chip_leaves_as_many_as_it_says_and_is_taken_away_again(world: World) {
    let (autumn, _) = marzipan(&world);
    for person in [world.carol(), world.ada()] {
        let all = search(&person, "marzipan");
        for (chip, left) in [
            ("Autumn", vec!["Marzipan one", "marzipan-3.txt", "marzipan-4.txt"]),
            ("Notes", vec!["Marzipan one", "Marzipan two"]),
            ("Ben Okafor", vec!["marzipan-3.txt", "marzipan-4.txt"]),
        ] {
            let narrowed = press(&person, &all, chip);
            let mut found = names(&narrowed);
            found.sort();
            assert_eq!(found, left, "{chip}");
            narrowed.assert_shows(&format!("{} results", left.len()));
            assert_eq!(narrowed.texts(".chip-chosen .chip-name"), [chip]);
            let widened = press(&person, &narrowed, &format!("No longer only: {chip}"));
            assert_eq!(names(&widened).len(), 4);
        }
        let notes = press(&person, &all, "Notes");
        assert_offers(&notes, &["Autumn 1", "Winter 1"]);
        let both = press(&person, &notes, "Autumn");
        assert_eq!(names(&both), ["Marzipan one"]);
        assert_eq!(both.texts(".chip-chosen .chip-name"), ["Autumn", "Notes"]);
    }
    let nothing = world.carol().get(&format!("/search?q=zzzyxqq&kind=note&portal={}", id(&autumn)));
    nothing.assert_ok().assert_shows("Nothing was found");
    assert_eq!(nothing.texts(".chip-chosen .chip-name"), ["Autumn", "Notes"]);
    assert!(nothing.link("Search everywhere").ends_with("/search?q=zzzyxqq"), "{nothing}");
}

fn what_is_recent_is_told_by_the_clock(world: World) {
    let portal = shared_portal(&world, "Autumn");
    add_note(&portal, "Marzipan of old", "Words.");
    finds(&world.carol(), "marzipan", "Marzipan of old");
    world.clock().advance(20);
    add_note(&portal, "Marzipan of late", "Words.");
    let all = finds(&world.carol(), "marzipan", "Marzipan of late");
    assert_offers(&all, &["In the last 7 days 1"]);
    assert!(!all.shows("In the last 30 days"), "it would leave everything: {all}");
    assert_eq!(names(&press(&world.carol(), &all, "In the last 7 days")), ["Marzipan of late"]);
    world.clock().advance(20);
    let later = search(&world.carol(), "marzipan");
    assert_offers(&later, &["In the last 30 days 1"]);
    assert_eq!(names(&later), ["Marzipan of late", "Marzipan of old"], "the later of two equals first");
}

fn p40_a_chosen_chip_stays_while_somebody_types(world: World) {
    let (autumn, _) = marzipan(&world);
    let notes = press(&world.carol(), &search(&world.carol(), "marzipan"), "Notes");
    let form = notes.form_with_field("Search");
    assert_eq!(names(&form.fill("Search", "marzipan two").submit()), ["Marzipan two"]);
    // A script asks here with what is typed.
    assert_eq!(notes.attributes("main form[data-search]", "data-search-href"), ["/search?kind=note"]);
    let narrowed = world.carol().get(&format!("/search?portal={}&kind=file&since=week", id(&autumn)));
    let asked = narrowed.attributes("main form[data-search]", "data-search-href").concat();
    assert_eq!(asked, format!("/search?portal={}&kind=file&since=week", id(&autumn)));
}

/// By an id that she may have from elsewhere.
fn p11_nobody_learns_a_name_by_narrowing_to_a_person(world: World) {
    marzipan(&world);
    let clients = world.ada().visit("/staff/clients");
    let cyril = clients.row("cyril@acme.test").attributes("a", "href").concat();
    let cyril = cyril.rsplit('/').next().unwrap().to_owned();
    for by in [cyril.as_str(), &"0".repeat(32)] {
        let page = world.carol().get(&format!("/search?q=marzipan&by={by}"));
        page.assert_ok().assert_shows("Nothing was found").assert_shows("One person").assert_hides("Cyril");
    }
    world.carol().get("/search?q=marzipan&by=nonsense").assert_not_found();
    world
        .carol()
        .get("/search?q=marzipan&kind=nonsense&since=nonsense")
        .assert_ok()
        .assert_shows("4 results");
}

fn a_chip_that_leaves_everything_or_nothing_is_not_offered(world: World) {
    let portal = shared_portal(&world, "Autumn");
    add_note(&portal, "Nougat", "Words.");
    let only = finds(&world.carol(), "nougat", "Nougat");
    assert_eq!(chips(&only), Vec::<String>::new());
    add_note(&portal, "Nougat again", "Words.");
    let two = finds(&world.carol(), "nougat", "Nougat again");
    assert_eq!(chips(&two), Vec::<String>::new());
    // Deleted, it counts no more, even before the index hears of it.
    let row = world.ada().visit(portal.path()).row("Nougat again");
    row.form_with_button("Delete").submit().follow().assert_ok();
    search(&world.carol(), "nougat").assert_shows("1 result");
    loses(&world.carol(), "nougat", "Nougat again");
}
