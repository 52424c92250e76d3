//! A page weighs little (look.md): what every page loads stays within its part of the first visit.

use std::fs;
use std::path::{Path, PathBuf};

use portico_ui::{Brand, assets, brand_css};

/// 130 KiB for everything, less 30 KiB for the page itself, before compression.
const BUDGET: usize = 100 * 1024;

#[test]
fn what_every_page_loads_stays_within_its_budget() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let styles: usize =
        files(&root.join("css"), "css").iter().map(|path| assets::slim_css(&read(path)).len()).sum();
    // The others are loaded where they are needed.
    let of_everyone =
        |path: &&PathBuf| !["js/staff", "js/passkeys"].iter().any(|part| path.starts_with(root.join(part)));
    let scripts: usize = files(&root.join("js"), "js")
        .iter()
        .filter(of_everyone)
        .map(|path| assets::slim(&read(path)).len())
        .sum();
    // htmx comes with the first dialog or change.
    let pictures: usize =
        ["icons/sprite.svg", "icons/favicon.svg"].iter().map(|name| read(&root.join(name)).len()).sum();
    let brand = brand_css(&Brand::default()).len();
    let total = styles + scripts + pictures + brand;
    assert!(
        total <= BUDGET,
        "{total} bytes: styles {styles}, scripts {scripts}, pictures {pictures}, brand {brand}"
    );
}

#[test]
fn nothing_is_loaded_from_another_host() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    for path in files(&root.join("css"), "css").iter().chain(&files(&root.join("js"), "js")) {
        let source = assets::slim(&read(path));
        assert!(!source.contains("http://") && !source.contains("https://"), "{}", path.display());
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        match path.is_dir() {
            true => found.extend(files(&path, extension)),
            false if path.extension().is_some_and(|end| end == extension) => found.push(path),
            false => {}
        }
    }
    found
}
