//! Puts the stylesheets and the scripts together, each in the order of their paths, so that a page
//! asks for one file of each; the scripts that only staff need stand apart, and so do those of passkeys.

#[path = "ui/src/assets/slim.rs"]
mod slim;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    let assets = Path::new("../assets");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo:rerun-if-changed=../assets");
    let mut scripts = files_below(&assets.join("js"));
    let for_staff = scripts.extract_if(.., |path| path.starts_with("../assets/js/staff")).collect();
    let for_passkeys = scripts.extract_if(.., |path| path.starts_with("../assets/js/passkeys")).collect();
    join(files_below(&assets.join("css")), &out.join("app.css"), slim::slim_css);
    join(scripts, &out.join("app.js"), slim::slim);
    join(for_staff, &out.join("staff.js"), slim::slim);
    join(for_passkeys, &out.join("passkeys.js"), slim::slim);
}

/// Comments and indentation stay in the sources: a first visit has few bytes to spend.
fn join(files: Vec<PathBuf>, target: &Path, slim: fn(&str) -> String) {
    let joined: String = files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
        .map(|source| slim(&source) + "\n")
        .collect();
    fs::write(target, joined).expect("OUT_DIR can be written");
}

/// In the order of their paths.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "css" || extension == "js") {
            files.push(path);
        }
    }
}
