//! Puts the stylesheets and the scripts together, each in the order of their paths, so that a page
//! asks for one file of each.

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
    join(&assets.join("css"), &out.join("app.css"), slim::slim_css);
    join(&assets.join("js"), &out.join("app.js"), slim::slim);
}

/// Comments and indentation stay in the sources: a first visit has few bytes to spend.
fn join(folder: &Path, target: &Path, slim: fn(&str) -> String) {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let joined: String = files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
        .map(|source| {
            slim(&source)
                + "
"
        })
        .collect();
    fs::write(target, joined).expect("OUT_DIR can be written");
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
