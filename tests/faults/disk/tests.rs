use super::*;

/// As `faults.c` writes it.
fn noted(entries: &[(&str, &str, &str)]) -> Vec<u8> {
    let entry = |(head, first, second): &(&str, &str, &str)| {
        format!("{head} {} {}\n{first}{second}", first.len(), second.len())
    };
    entries.iter().map(entry).collect::<String>().into_bytes()
}

fn left(entries: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut disk = Disk::default();
    disk.replay(&noted(entries));
    disk.lose_power(None);
    let folder = tempfile::tempdir().unwrap();
    disk.write(folder.path());
    // What is written is what is read again.
    let names =
        Disk::read(folder.path()).durable.into_keys().filter(|name| folder.path().join(name).is_file());
    let read = |name: PathBuf| {
        let bytes = fs::read_to_string(folder.path().join(&name)).unwrap();
        (name.to_str().unwrap().to_owned(), bytes)
    };
    names.map(read).collect()
}

fn pair(name: &str, bytes: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), bytes.to_owned())]
}

#[test]
fn what_was_not_synced_is_gone_and_what_was_is_there() {
    let begun = [("C 0", "a", ""), ("W 0", "a", "first")];
    assert!(left(&begun).is_empty());
    let synced = [&begun[..], &[("S 0", "a", ""), ("W 5", "a", " second"), ("T 2", "a", "")]].concat();
    assert_eq!(left(&synced), pair("a", "first"));
    let twice = [&synced[..], &[("S 0", "a", "")]].concat();
    assert_eq!(left(&twice), pair("a", "fi"));
    // Its name alone.
    assert_eq!(left(&[&begun[..], &[("S 0", "", "")]].concat()), pair("a", ""));
}

#[test]
fn a_new_name_is_there_when_its_folder_was_synced() {
    let renamed = [("C 0", "a", ""), ("W 0", "a", "x"), ("S 0", "a", ""), ("R 0", "a", "b")];
    assert_eq!(left(&renamed), pair("a", "x"));
    assert_eq!(left(&[&renamed[..], &[("S 0", "", "")]].concat()), pair("b", "x"));
    let in_a_folder = [("M 0", "f", ""), ("C 0", "f/a", ""), ("S 0", "f/a", "")];
    assert!(left(&in_a_folder).is_empty());
    assert_eq!(left(&[&in_a_folder[..], &[("S 0", "", "")]].concat()), pair("f/a", ""));
    let removed = [&renamed[..], &[("U 0", "b", "")]].concat();
    assert_eq!(left(&removed), pair("a", "x"));
    // A rename that nobody noted, and that its folder's listing shows.
    let around = [("C 7", "a", ""), ("S 0", "a", ""), ("E 7", "b", ""), ("S 0", "", "")];
    assert_eq!(left(&around), pair("b", ""));
}

#[test]
fn an_entry_that_breaks_off_is_none() {
    let whole = noted(&[("C 0", "a", ""), ("S 0", "a", "")]);
    let mut disk = Disk::default();
    let torn = noted(&[("W 0", "a", "words")]);
    disk.replay(&[&whole[..], &torn[..torn.len() - 1]].concat());
    disk.lose_power(Some(&mut Chance::of(1)));
    assert_eq!(disk.files[0].durable, b"");
}
