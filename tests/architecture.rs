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

#[test]
fn the_server_parses_no_document_in_its_own_process() {
    let holding = |words: &'static str| {
        let holds = move |file: &PathBuf| fs::read_to_string(file).unwrap().contains(words);
        sources().into_iter().filter(holds).collect::<BTreeSet<_>>()
    };
    let in_the_open = BTreeSet::from([root().join("modules/files/reading/src/lib.rs")]);
    assert_eq!(holding("in_this_process("), in_the_open);
    // The page of mails that went out parses what we wrote ourselves.
    let parsing_mails = [
        "modules/files/reading/src/mail.rs",
        "modules/files/reading/src/formats/mail.rs",
        "app/src/operations/pages.rs",
    ];
    assert_eq!(holding("MessageParser"), BTreeSet::from(parsing_mails.map(|file| root().join(file))));
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

/// Types that are a secret, or hold one under a name of its own (T15).
const SECRETS: [&str; 14] = [
    "AppSecret",
    "BackupKey",
    "Environment",
    "FormToken",
    "InboundMail",
    "MetricsToken",
    "NewPassword",
    "PasswordHash",
    "ProviderKeys",
    "RecoveryCode",
    "ReplyToken",
    "Secret",
    "Token",
    "TokenHash",
];

/// What a field with a secret in it is called, or a part of it.
const HELD_AS: [&str; 7] = ["password", "secret", "token", "webhook", "cookie", "code", "recovery"];

/// What is called so, and why it may be printed.
const NO_SECRETS: [(&str, &str); 1] =
    [("KnownKeys", "the last four letters, which the page of settings shows")];

/// A `Debug` would put it into a log or an error sooner or later. What holds one of these cannot derive it either:
/// that would not compile.
#[test]
fn t15_what_is_secret_cannot_be_printed() {
    let mut seen = BTreeSet::new();
    for file in sources() {
        let source = fs::read_to_string(&file).unwrap();
        for Struct { name, attributes, fields } in structs(&source) {
            let is_secret = SECRETS.contains(&name);
            let held = fields
                .iter()
                .find(|field| HELD_AS.iter().any(|word| field.split('_').any(|part| part == *word)));
            if NO_SECRETS.iter().any(|(other, _)| *other == name) || !(is_secret || held.is_some()) {
                continue;
            }
            assert!(!attributes.contains("Debug"), "{name} in {} can be printed: {held:?}", file.display());
            seen.insert(name.to_owned());
        }
        for name in SECRETS {
            assert!(
                !source.contains(&format!("Debug for {name} ")),
                "{name} can be printed: {}",
                file.display()
            );
        }
    }
    for name in SECRETS.into_iter().chain(["SignIn", "SetupForm", "KeysForm"]) {
        assert!(seen.contains(name), "{name} is not found any more");
    }
}

struct Struct<'a> {
    name: &'a str,
    /// What stands above it, without comments.
    attributes: String,
    /// Their names.
    fields: Vec<&'a str>,
}

/// As rustfmt writes them.
fn structs(source: &str) -> Vec<Struct<'_>> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let found = lines.iter().enumerate().filter_map(|(place, line)| {
        let begin = line.strip_prefix("struct ").or_else(|| {
            let (before, after) = line.split_once(" struct ")?;
            before.starts_with("pub").then_some(after)
        })?;
        let name = begin.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
        let above = lines[..place]
            .iter()
            .rev()
            .take_while(|line| !line.is_empty() && !line.ends_with(['}', ';', '{']));
        let attributes = above.filter(|line| !line.starts_with("//")).copied().collect();
        let inside = lines[place + 1..].iter().take_while(|line| !line.starts_with('}'));
        let inside = inside.take(if line.ends_with('{') { usize::MAX } else { 0 });
        let fields =
            inside.filter(|line| !line.starts_with(['/', '#'])).filter_map(|line| line.split_once(": "));
        let fields = fields.filter_map(|(name, _)| name.split(' ').next_back()).collect();
        Some(Struct { name, attributes, fields })
    });
    found.collect()
}

/// Of what the program is made of.
pub fn sources() -> Vec<PathBuf> {
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
