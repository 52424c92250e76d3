//! The shape of the workspace, as ARCHITECTURE.md promises it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// Of a dependency inside the workspace.
    path: Option<String>,
}

/// What a module may stand on.
const FOUNDATION: [&str; 3] = ["portico-kernel", "portico-ui", "portico-facts"];

#[test]
fn a_module_depends_on_the_foundation_and_never_on_another_module() {
    let modules = root().join("modules");
    let mut seen = BTreeSet::new();
    for package in workspace() {
        let folder = Path::new(&package.manifest_path).parent().unwrap();
        // A crate nested in a module is that module's own.
        let Ok(inside) = folder.strip_prefix(&modules) else { continue };
        let module = modules.join(inside.components().next().unwrap());
        seen.insert(package.name.clone());
        for dependency in package.dependencies {
            let Some(path) = dependency.path else { continue };
            let its_own = Path::new(&path).starts_with(&module);
            let index = package.name == "portico-search" && dependency.name == "portico-search-index";
            assert!(
                FOUNDATION.contains(&dependency.name.as_str()) || its_own || index,
                "{} depends on {}: a module knows the kernel, ui and facts, never another module",
                package.name,
                dependency.name,
            );
        }
    }
    assert!(
        seen.contains("portico-accounts") && seen.contains("portico-search"),
        "the modules are not where they were"
    );
}

#[test]
fn facts_and_the_interface_kit_know_no_kernel_and_the_kernel_knows_no_module() {
    let allowed = |name: &str| -> &[&str] {
        match name {
            "portico-facts" => &[],
            "portico-ui" => &["portico-facts"],
            "portico-kernel" => &["portico-facts", "portico-ui"],
            "portico-adapters" => &["portico-kernel", "portico-facts"],
            _ => &[],
        }
    };
    for package in workspace() {
        if !matches!(
            package.name.as_str(),
            "portico-facts" | "portico-ui" | "portico-kernel" | "portico-adapters"
        ) {
            continue;
        }
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let expected = allowed(&package.name).contains(&dependency.name.as_str());
            assert!(expected, "{} depends on {}", package.name, dependency.name);
        }
    }
}

#[test]
fn only_the_search_index_uses_tantivy() {
    let users: Vec<_> = workspace()
        .into_iter()
        .filter(|package| package.dependencies.iter().any(|dependency| dependency.name == "tantivy"))
        .map(|package| package.name)
        .collect();
    assert_eq!(users, ["portico-search-index"]);
}

/// What lets words into a page as they are (T10).
const UNESCAPED: [&str; 3] = ["PreEscaped", "fn render_to", "content_type(\"text/html"];

/// Where that is done, and why nobody's words get through there.
const ALLOWED: [(&str, &str); 5] = [
    ("app/ui/src/markdown.rs", "the one door for words of people: what comes out was cleaned"),
    ("app/ui/src/components/icon.rs", "an icon of the sprite, drawn once by `html!`"),
    ("app/ui/src/mail.rs", "a constant: the colours of mail in the dark"),
    ("app/kernel/src/answer.rs", "the body is `Markup`, or made of it in the same line"),
    ("app/src/operations/pages.rs", "a mail that was sent, in a frame that runs nothing"),
];

/// poem's `Html`, which takes any text, is refused by clippy.toml.
#[test]
fn t10_nothing_but_cleaned_markdown_and_words_of_ours_reaches_a_page_unescaped() {
    let lets_through = |file: &PathBuf| {
        let source = fs::read_to_string(file).unwrap();
        UNESCAPED.iter().any(|door| source.contains(door))
    };
    let found: BTreeSet<_> = sources().into_iter().filter(lets_through).collect();
    let allowed: BTreeSet<_> = ALLOWED.iter().map(|(file, _)| root().join(file)).collect();
    assert_eq!(found, allowed);
}

/// Of what the program is made of.
fn sources() -> Vec<PathBuf> {
    let mut folders: Vec<_> = ["app", "modules", "search-index"].map(|folder| root().join(folder)).into();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (inside, beside): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        folders.extend(inside);
        files.extend(beside.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs")));
    }
    assert!(files.len() > 200, "only {} files of source", files.len());
    files
}

fn workspace() -> Vec<Package> {
    let mut cargo = Command::new(env!("CARGO"));
    let cargo = cargo.args(["metadata", "--no-deps", "--offline", "--format-version=1"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<Metadata>(&output.stdout).unwrap().packages
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
