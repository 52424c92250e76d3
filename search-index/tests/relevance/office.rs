//! A collection of our own, so that relevance is measured wherever the tests run: the texts of the demo, its handbook
//! page by page, and the questions of `office.judgements`.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result};

use crate::collection::{Abstract, Collection, Question};

const FILES: [&str; 6] =
    ["brief.html", "budget.csv", "cahier-des-charges.txt", "minutes.md", "proposal.txt", "readme.txt"];

pub fn collection() -> Result<Collection> {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../modules/files/reading/src/demo/texts");
    let read = |name: &str| fs::read_to_string(texts.join(name)).with_context(|| name.to_owned());
    let mut titled = pages(&read("handbook.txt")?);
    for name in FILES {
        titled.push((name.to_owned(), without_tags(&read(name)?)));
    }
    let numbers: HashMap<String, u64> = titled.iter().map(|(title, _)| title.clone()).zip(1..).collect();
    let lines = include_str!("office.judgements").lines();
    let judged = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let questions = judged.map(|line| question(line, &numbers).with_context(|| line.to_owned()));
    let questions = questions.collect::<Result<_>>()?;
    let abstracts =
        titled.into_iter().zip(1..).map(|((title, text), number)| Abstract { number, title, text });
    Ok(Collection { abstracts: abstracts.collect(), questions })
}

/// By `# Chapter | Title | picture`.
fn pages(handbook: &str) -> Vec<(String, String)> {
    let pages = handbook.split("# ").filter_map(|page| page.split_once('\n'));
    let titled = pages.filter_map(|(head, text)| Some((head.split(" | ").nth(1)?, text)));
    titled.map(|(title, text)| (title.to_owned(), text.to_owned())).collect()
}

fn without_tags(text: &str) -> String {
    let pieces = text.split('<').map(|piece| match piece.split_once('>') {
        Some((tag, rest)) if !tag.starts_with("style") && !tag.starts_with("script") => rest,
        Some(_) => "",
        None => piece,
    });
    pieces.collect::<Vec<_>>().join(" ")
}

/// `words = Title 3, Other title 1`; a comma may stand in a title, a digit does not end one.
fn question(line: &str, numbers: &HashMap<String, u64>) -> Result<Question> {
    let (words, mut judgements) = line.split_once(" = ").context("no judgement")?;
    let mut gains = HashMap::new();
    while !judgements.is_empty() {
        let end = judgements.find(|letter: char| letter.is_ascii_digit()).context("no grade")?;
        let title = judgements[..end].trim();
        let number = numbers.get(title).with_context(|| format!("no document is called {title:?}"))?;
        gains.insert(*number, judgements[end..=end].parse()?);
        judgements = judgements[end + 1..].trim_start_matches(", ");
    }
    Ok(Question { text: words.to_owned(), gains })
}
