//! T33: the folder is disposable, and never half of one thing.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

fn two_notes() -> World {
    world(vec![note(1, "bridge", ""), note(2, "tunnel", "")])
}

/// Closes the index, does something to its folder, opens it again.
fn reopened_after(world: World, harm: impl Fn(&Path)) -> World {
    let World { index, folder } = world;
    drop(index);
    harm(folder.path());
    let index = Index::open(folder.path()).expect("a folder that can be emptied");
    World { index, folder }
}

fn assert_begun_anew(world: World) {
    assert_eq!(world.index.last_event(), None);
    assert_eq!(world.found("bridge "), NOTHING);
    world.index.apply(puts(vec![note(3, "bridge", "")]), 9).expect("a working index");
    let world = reopened_after(world, |_| ());
    assert_eq!(world.index.last_event(), Some(9));
    assert_eq!(world.found("bridge "), [3]);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found.sort();
    found
}

/// The files of an index, without the locks, which are empty.
fn written(folder: &Path) -> Vec<PathBuf> {
    let full = |path: &PathBuf| fs::metadata(path).is_ok_and(|data| data.len() > 0);
    files(folder).into_iter().filter(full).collect()
}

#[test]
fn documents_and_last_event_survive_reopening() {
    let world = reopened_after(two_notes(), |_| ());
    assert_eq!(world.index.last_event(), Some(1));
    assert_eq!(world.found("bridge "), [1]);
    world.index.apply(Vec::new(), 2).expect("a working index");
    let world = reopened_after(world, |_| ());
    assert_eq!(world.index.last_event(), Some(2));
    assert_eq!(world.found("tunnel "), [2]);
}

#[test]
fn a_new_index_has_seen_no_event() {
    let folder = TempDir::new().expect("a temporary folder");
    let index = Index::open(&folder.path().join("not/yet/there")).expect("a new index");
    assert_eq!(index.last_event(), None);
}

#[test]
fn replacing_and_deleting_leave_nothing_behind() {
    let world = two_notes();
    let replaced = pdf(1, "ferry", &["over the river", "and back"]);
    world.index.apply(puts(vec![replaced]), 2).expect("a working index");
    assert_eq!(world.found("bridge "), NOTHING);
    assert_eq!(world.found("ferry "), [1]);
    assert_eq!(world.found("back "), [1]);
    let deleted = vec![Change::Delete(DocumentId([1; 16])), Change::Delete(DocumentId([9; 16]))];
    world.index.apply(deleted, 3).expect("a working index");
    assert_eq!(world.found("ferry "), NOTHING);
    assert_eq!(world.found("back "), NOTHING);
    assert_eq!(world.found("tunnel "), [2]);
}

#[test]
fn changes_of_one_document_in_one_commit_follow_their_order() {
    let world = two_notes();
    let changes = vec![
        Change::Put(note(1, "ferry", "")),
        Change::Delete(DocumentId([1; 16])),
        Change::Put(note(1, "plane", "")),
        Change::Put(note(2, "train", "")),
        Change::Delete(DocumentId([2; 16])),
    ];
    world.index.apply(changes, 2).expect("a working index");
    assert_eq!(world.found("ferry "), NOTHING);
    assert_eq!(world.found("plane "), [1]);
    assert_eq!(world.found("train "), NOTHING);
}

#[test]
fn clearing_forgets_everything() {
    let world = two_notes();
    world.index.clear().expect("a working index");
    assert_begun_anew(world);
}

#[test]
fn one_index_per_folder_and_process() {
    let world = two_notes();
    let error = Index::open(world.folder.path()).err().expect("a taken folder");
    assert!(error.to_string().contains("in use by another process"), "{error}");
    assert_eq!(world.found("bridge "), [1]);
}

#[test]
fn a_deleted_folder_begins_anew() {
    assert_begun_anew(reopened_after(two_notes(), |folder| {
        fs::remove_dir_all(folder).expect("a folder");
    }));
}

#[test]
fn another_version_begins_anew() {
    assert_begun_anew(reopened_after(two_notes(), |folder| {
        let marker = folder.join("current.json");
        let text = fs::read_to_string(&marker).expect("a marker");
        let other = text.replace("\"version\":", "\"version\":9");
        assert_ne!(other, text);
        fs::write(&marker, other).expect("a disk");
    }));
}

#[test]
fn any_missing_file_begins_anew() {
    for place in 0..written(two_notes().folder.path()).len() {
        let world = reopened_after(two_notes(), |folder| {
            fs::remove_file(&written(folder)[place]).expect("a file");
        });
        assert_begun_anew_or_whole(world);
    }
}

#[test]
fn any_file_cut_short_begins_anew() {
    for place in 0..written(two_notes().folder.path()).len() {
        for keep in [0, 1, 2] {
            let world = reopened_after(two_notes(), |folder| {
                let path = &written(folder)[place];
                let bytes = fs::read(path).expect("a file");
                fs::write(path, &bytes[..bytes.len() * keep / 3]).expect("a disk");
            });
            assert_begun_anew_or_whole(world);
        }
    }
}

#[test]
fn garbage_in_any_file_begins_anew() {
    for place in 0..written(two_notes().folder.path()).len() {
        let world = reopened_after(two_notes(), |folder| {
            let path = &written(folder)[place];
            let mut bytes = fs::read(path).expect("a file");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            fs::write(path, bytes).expect("a disk");
        });
        assert_begun_anew_or_whole(world);
    }
}

/// A file that tantivy can do without leaves the index whole; nothing may leave
/// it in between.
fn assert_begun_anew_or_whole(world: World) {
    match world.index.last_event() {
        Some(event) => {
            assert_eq!(event, 1);
            assert_eq!(world.found("bridge "), [1]);
            assert_eq!(world.found("tunnel "), [2]);
        }
        None => assert_begun_anew(world),
    }
}

#[test]
fn a_folder_full_of_other_things_begins_anew() {
    assert_begun_anew(reopened_after(two_notes(), |folder| {
        fs::write(folder.join("current.json"), "{\"version\":2,\"generation\":77}").expect("a disk");
        fs::create_dir_all(folder.join("77/meta.json")).expect("a disk");
        fs::write(folder.join("meta.json"), [0; 100]).expect("a disk");
    }));
}
