//! Several items of a listing at once.

use crate::{
    on_both,
    steps::{new_portal, upload_form},
    world::{Page, Person, Upload, World},
};

on_both! {
    several_items_move_at_once_and_back,
    several_items_are_deleted_at_once_and_brought_back,
    a_folder_does_not_move_into_itself,
    only_items_of_the_portal_are_taken,
    nothing_selected_is_said_so,
}

/// With a folder and three files.
fn portal(ada: &Person) -> Page {
    let portal = new_portal(ada, "Autumn campaign");
    portal.press("New folder").form_with_field("Name").fill("Name", "Photos").submit();
    let files = ["a.txt", "b.txt", "c.txt"].map(|name| Upload::text(name, name));
    upload_form(&portal, files).submit().follow()
}

fn names(listing: &Page) -> Vec<String> {
    listing.texts("#items .row-name")
}

fn items(listing: &Page, wanted: &[&str]) -> String {
    let (names, ids) = (names(listing), listing.attributes("#items .select-box", "value"));
    let of = |name: &&str| format!("item={}", ids[names.iter().position(|each| each == name).unwrap()]);
    wanted.iter().map(of).collect::<Vec<_>>().join("&")
}

fn dialog(ada: &Person, listing: &Page, wanted: &[&str]) -> Page {
    ada.visit(&format!("{}/selection/folder?{}", listing.path(), items(listing, wanted)))
}

fn several_items_move_at_once_and_back(world: World) {
    let ada = world.ada();
    let listing = portal(&ada);
    let dialog = dialog(&ada, &listing, &["a.txt", "c.txt"]);
    let after = dialog.assert_shows("Move 2 items").form_with_field("Folder").fill("Folder", "Photos");
    let after = after.submit().follow();
    assert_eq!(names(&after), ["Photos", "b.txt"]);
    after.assert_shows("2 items were moved.");
    assert_eq!(names(&after.press("Photos")), ["a.txt", "c.txt"]);
    let back = after.press("Undo").follow();
    assert_eq!(names(&back).len(), 4, "{:?}", names(&back));
    assert!(names(&back.press("Photos")).is_empty());
}

fn several_items_are_deleted_at_once_and_brought_back(world: World) {
    let ada = world.ada();
    let listing = portal(&ada);
    let chosen = items(&listing, &["Photos", "b.txt"]);
    let fields: Vec<_> = chosen.split('&').map(|field| field.split_once('=').unwrap()).collect();
    let after = ada.post(&format!("{}/selection/deletion", listing.path()), &fields).follow();
    assert_eq!(names(&after), ["a.txt", "c.txt"]);
    after.assert_shows("2 items were deleted.");
    let mut back = names(&after.press("Undo").follow());
    back.sort();
    assert_eq!(back, ["Photos", "a.txt", "b.txt", "c.txt"]);
}

fn a_folder_does_not_move_into_itself(world: World) {
    let ada = world.ada();
    let listing = portal(&ada);
    let photos = items(&listing, &["Photos"]).replace("item=", "");
    let dialog = dialog(&ada, &listing, &["Photos", "a.txt"]);
    let refused = dialog.form_with_field("Folder").smuggle("folder", &photos);
    // The form has the field once already: as a hostile program would, by its own request.
    let fields = [("item", photos.as_str()), ("folder", photos.as_str())];
    ada.post(refused.path(), &fields).assert_status(422);
    assert_eq!(names(&ada.visit(listing.path())).len(), 4);
}

fn only_items_of_the_portal_are_taken(world: World) {
    let ada = world.ada();
    let listing = portal(&ada);
    let other = new_portal(&ada, "Other");
    let chosen = items(&listing, &["a.txt"]).replace("item=", "");
    let item = ("item", chosen.as_str());
    ada.post(&format!("{}/selection/folder", other.path()), &[item, ("folder", "")]).assert_not_found();
    ada.post(&format!("{}/selection/deletion", other.path()), &[item]).assert_not_found();
    assert_eq!(names(&ada.visit(listing.path())).len(), 4);
}

fn nothing_selected_is_said_so(world: World) {
    let ada = world.ada();
    let listing = portal(&ada);
    let answer = ada.get(&format!("{}/selection/folder", listing.path()));
    answer.assert_status(409).assert_shows("Select at least one item.");
}
