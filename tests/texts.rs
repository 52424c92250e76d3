//! The catalogues: every text is there in both languages, and none lies around unused.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use crate::architecture::root;

/// Messages of one file: their keys, and the variables that each takes.
type Messages = BTreeMap<String, BTreeSet<String>>;

#[test]
fn english_and_french_say_the_same_things_with_the_same_variables() {
    let files = files_with_ending(root(), "ftl");
    let english: Vec<_> = files.iter().filter(|file| file.ends_with("en.ftl")).collect();
    assert!(!english.is_empty(), "no catalogue was found");
    for english in english {
        let french = english.with_file_name("fr.ftl");
        assert!(french.is_file(), "{} has no French twin", english.display());
        let (english_messages, french_messages) = (read(english), read(&french));
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        let differing: Vec<_> =
            keys(&english_messages).symmetric_difference(&keys(&french_messages)).cloned().collect();
        assert!(differing.is_empty(), "only in one of {} and fr.ftl: {differing:?}", english.display());
        for (key, variables) in &english_messages {
            assert_eq!(&french_messages[key], variables, "variables of {key} in {}", french.display());
        }
    }
}

#[test]
fn every_key_in_the_source_is_in_a_catalogue_and_every_key_in_a_catalogue_is_in_the_source() {
    let catalogued: BTreeSet<String> =
        files_with_ending(root(), "ftl").iter().flat_map(|file| read(file).into_keys()).collect();
    let sources: Vec<(PathBuf, String)> = files_with_ending(root(), "rs")
        .into_iter()
        .filter(|file| !file.starts_with(root().join("tests")))
        .map(|file| (file.clone(), fs::read_to_string(file).unwrap()))
        .collect();

    let mut missing = Vec::new();
    for (file, source) in &sources {
        let said = ["say(\"", "say_with(\""].iter().flat_map(|call| source.split(call).skip(1));
        let keys = said.filter_map(|rest| rest.split('"').next());
        missing.extend(
            keys.filter(|key| !catalogued.contains(*key)).map(|key| format!("{key} in {}", file.display())),
        );
    }
    assert!(missing.is_empty(), "said, but in no catalogue: {missing:#?}");

    // A key may reach `say` through a table or a function, so its quoted name anywhere counts.
    let composed: Vec<_> = sources.iter().flat_map(|(_, source)| composed_keys(source)).collect();
    let is_used = |key: &String| {
        let named = format!("\"{key}\"");
        sources.iter().any(|(_, source)| source.contains(&named))
            || composed.iter().any(|(start, end)| key.starts_with(start) && key.ends_with(end))
    };
    let unused: Vec<_> = catalogued.iter().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "in a catalogue, but never said: {unused:#?}");
}

/// Keys made by `say(&format!("ui-month-{}", …))`: what stands before and after the braces.
fn composed_keys(source: &str) -> impl Iterator<Item = (&str, &str)> {
    source.split("format!(\"").skip(1).filter_map(|rest| {
        let (start, rest) = rest.split('"').next()?.split_once('{')?;
        let (_, end) = rest.rsplit_once('}')?;
        start.contains('-').then_some((start, end))
    })
}

fn read(file: &Path) -> Messages {
    let source = fs::read_to_string(file).unwrap();
    let resource =
        parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
    let mut messages = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut variables = BTreeSet::new();
        message.value.iter().for_each(|pattern| gather(pattern, &mut variables));
        let twice = messages.insert(message.id.name.clone(), variables);
        assert!(twice.is_none(), "{} stands twice in {}", message.id.name, file.display());
    }
    messages
}

fn gather(pattern: &Pattern<String>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => gather_inline(inline, variables),
            Expression::Select { selector, variants } => {
                gather_inline(selector, variables);
                variants.iter().for_each(|variant| gather(&variant.value, variables));
            }
        }
    }
}

fn gather_inline(inline: &InlineExpression<String>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| gather_inline(argument, variables));
        }
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inner) => gather_inline(inner, variables),
            Expression::Select { selector, .. } => gather_inline(selector, variables),
        },
        _ => {}
    }
}

fn files_with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir()
            && !name.starts_with('.')
            && !matches!(&*name, "target" | "node_modules" | "data" | "pictures")
        {
            files.extend(files_with_ending(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}
