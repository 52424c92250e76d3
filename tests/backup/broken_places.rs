//! T35: a place of backups that is broken, away, encrypted or another's: told in words, and nothing is restored.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    campaign, path,
    places::{archive, chunks, grown, manifests},
};
use crate::{
    files::files_below,
    world::{Backend, World},
};

const KEY: &str = "an umbrella for the heron, and one for its key";

/// The largest file below a folder, which is a piece of the poster.
fn largest(folder: &Path) -> PathBuf {
    let files = files_below(folder).into_iter().map(|name| folder.join(name));
    files.max_by_key(|file| fs::metadata(file).unwrap().len()).unwrap()
}

#[test]
fn t35_whatever_is_broken_in_a_place_is_told_and_nothing_is_restored() {
    let world = World::start(Backend::Sqlite);
    let place = archive(&world);
    campaign(&world);
    grown(&world, &place, &[]);
    let data = path(&world, "fresh");
    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("PORTICO_DATA", data.to_str().unwrap());
    let assert_refused = |address: &str, words: &str| {
        for arguments in [&["restore"][..], &["backup", "--verify"]] {
            let said = surroundings.run(&[arguments, &[address]].concat()).assert_failure();
            assert!(said.contains(words) && said.lines().count() == 1, "{words}: {said}");
            assert!(files_below(&data).is_empty(), "{:?}", files_below(&data));
        }
    };
    let folder = Path::new(&place);
    let poster = largest(&folder.join("chunks"));
    let manifest = largest(&folder.join("backups"));
    let (piece, whole) = (fs::read(&poster).unwrap(), fs::read(&manifest).unwrap());
    let mut all =
        files_below(&folder.join("chunks")).into_iter().map(|name| folder.join("chunks").join(name));
    let another = all.find(|chunk| *chunk != poster).unwrap();

    let mut changed = piece.clone();
    changed[piece.len() / 2] ^= 1;
    for broken in [changed, piece[..piece.len() - 1].to_vec(), fs::read(&another).unwrap(), Vec::new()] {
        fs::write(&poster, broken).unwrap();
        assert_refused(&place, "is damaged");
    }
    fs::remove_file(&poster).unwrap();
    assert_refused(&place, "is missing");
    let said = surroundings.run(&["backups", &place]).assert_failure();
    assert_eq!(said, "portico: 1 backup cannot be restored");
    // The next backup notices, and heals it.
    assert!(grown(&world, &place, &[]).new > 2.6);
    assert_refused(&format!("{place}@2001"), "cannot be opened");
    for name in manifests(&place) {
        fs::remove_file(folder.join("backups").join(name)).unwrap();
    }

    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (bytes, words) in [
        (&whole[..whole.len() - 1], "torn"),
        (&whole[..whole.len() / 2], "torn"),
        (&whole[..0], "no backup of Portico"),
        (&[b'x'; 300][..], "no backup of Portico"),
    ] {
        fs::write(&manifest, bytes).unwrap();
        assert_refused(&place, words);
    }
    fs::write(&manifest, &flipped).unwrap();
    assert_refused(&place, "cannot be restored");
    // One that was taken for a file holds nothing by itself.
    fs::write(&manifest, &whole).unwrap();
    assert_refused(manifest.to_str().unwrap(), "only names what lies beside it");
    let name = manifest.file_name().unwrap().to_str().unwrap();
    let later = manifest.with_file_name(format!("2099{}", &name[4..]));
    fs::rename(&manifest, &later).unwrap();
    assert_refused(&place, "of another time");
    fs::rename(&later, &manifest).unwrap();
    surroundings.run(&["backup", "--verify", &place]).assert_success();

    let nowhere = path(&world, "nowhere");
    assert_refused(&format!("{}/", nowhere.display()), "is no folder");
    assert!(!nowhere.exists());
}

#[test]
fn t35_an_encrypted_place_opens_with_its_key_alone_and_belongs_to_one_installation() {
    let mut world = World::start(Backend::Sqlite);
    campaign(&world);
    let place = archive(&world);
    world.server_mut().set("PORTICO_BACKUP_KEY", KEY);
    let first = grown(&world, &place, &[]);
    assert!(first.said.contains("It is encrypted") && !first.said.contains(KEY), "{}", first.said);
    assert!(grown(&world, &place, &[]).new < 0.5);
    for name in files_below(Path::new(&place)) {
        let bytes = fs::read(Path::new(&place).join(&name)).unwrap();
        for words in [&b"quokkas"[..], b"organizations", b"Winter campaign"] {
            assert!(!bytes.windows(words.len()).any(|window| window == words), "{name}");
        }
    }

    let mut other = World::empty(Backend::Sqlite);
    other.server_mut().stop();
    for (key, words) in [("", "it is encrypted"), ("another umbrella for the heron", "is not the key")] {
        other.server_mut().set("PORTICO_BACKUP_KEY", key);
        let said = other.command(&["restore", &place]).assert_failure();
        assert!(said.contains(words) && said.lines().count() == 1, "{said}");
    }
    other.server_mut().set("PORTICO_BACKUP_KEY", KEY);
    let said = other.command(&["backup", &place]).assert_failure();
    assert_eq!(said, format!("portico: {place} holds backups of another installation: choose another place"));
    other.command(&["restore", &place]).assert_success();
    // It is the same one now, and has it all in common.
    assert!(grown(&other, &place, &[]).new < 1.0);

    // With another key nothing of the earlier ones is used, or lost.
    other.server_mut().set("PORTICO_BACKUP_KEY", "another umbrella for the heron");
    let moved = grown(&other, &place, &["--keep", "1"]);
    assert!(moved.new > 2.6, "{}", moved.said);
    assert!(manifests(&place).len() == 1 && !chunks(&place).is_empty(), "{}", moved.said);
    other.command(&["backup", "--verify", &place]).assert_success();
}

#[test]
fn t35_a_place_that_is_away_is_told_and_nothing_hangs() {
    let mut world = World::start(Backend::Sqlite);
    world.server_mut().set("AWS_ACCESS_KEY_ID", "portico-tests");
    world.server_mut().set("AWS_SECRET_ACCESS_KEY", "a-secret-of-the-portico-tests");
    let away = "s3://archive/portico?endpoint=http://127.0.0.1:1&region=us-east-1";
    for (arguments, words) in [
        (["backup", away], "s3://archive/portico cannot be written to"),
        (["restore", away], "s3://archive/portico cannot be listed"),
        (["backups", away], "s3://archive/portico cannot be listed"),
    ] {
        let said = world.command(&arguments).assert_failure();
        assert!(said.contains(words) && said.lines().count() == 1, "{said}");
    }
    for (wrong, words) in [
        ("s3://archive/a b?region=x", "is no place in a bucket"),
        ("s3://archive?colour=red", "has no \"colour\""),
    ] {
        let said = world.command(&["backup", wrong]).assert_failure();
        assert!(said.contains(words) && said.lines().count() == 1, "{said}");
    }
}
