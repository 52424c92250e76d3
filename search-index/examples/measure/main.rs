//! Times of searches and changes on made-up documents.
//!
//! `cargo run --release -p portico-search-index --example measure -- 100000`
//! (`fill FOLDER NUMBER`, then `search FOLDER`, to ask one index several times;
//! `CLASS` for one class of questions)

mod made_up;
mod timing;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use made_up::{GRANTS, Maker, STUDIO};
use portico_search_index::{Audience, Change, Index, Only, Query};
use timing::Times;

/// Asks this program to fill an index and end, so that the memory it took is not
/// counted to the one that searches.
const FILL: &str = "fill";
const SEARCH: &str = "search";

const ROUNDS: usize = 200;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [FILL, folder, count] => fill(&Index::open(Path::new(folder))?, count.parse()?),
        [SEARCH, folder] => search_made_up(Path::new(folder)),
        [count] => made_up_documents(count.parse()?),
        _ => bail!("how many documents?"),
    }
}

fn made_up_documents(count: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let itself = std::env::current_exe()?;
    let filling = Command::new(itself).arg(FILL).arg(folder.path()).arg(count.to_string()).status()?;
    ensure!(filling.success(), "filling failed");
    search_made_up(folder.path())
}

fn fill(index: &Index, count: usize) -> Result<()> {
    let started = Instant::now();
    let mut maker = Maker::new(1);
    let mut rebuild = index.rebuild()?;
    for first in (0..count).step_by(1_000) {
        let last = (first + 1_000).min(count);
        rebuild.put((first..last).map(|number| maker.document(number)).collect())?;
    }
    rebuild.finish(1)?;
    let seconds = started.elapsed().as_secs_f64();
    println!("{count} documents in {seconds:.1} s, {:.0}/s", count as f64 / seconds);
    println!("memory after filling: {} KiB", memory());
    Ok(())
}

fn search_made_up(folder: &Path) -> Result<()> {
    println!("memory before: {} KiB", memory());
    let started = Instant::now();
    let index = Index::open(folder)?;
    println!("opened in {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    println!("memory after opening: {} KiB", memory());
    searches(&index, "staff", &[Audience::Staff], None)?;
    let grants: Vec<Audience> = (0..GRANTS).map(made_up::portal).map(Audience::Portal).collect();
    searches(&index, "one grant", &grants[..1], None)?;
    searches(&index, "50 grants", &grants, None)?;
    searches(&index, "one portal of 50", &grants, Some(made_up::portal(3)))?;
    println!("memory after searching: {} KiB", memory());
    changes(&index)?;
    println!("memory after changes: {} KiB", memory());
    searches(&index, "staff, after changes", &[Audience::Staff], None)
}

fn changes(index: &Index) -> Result<()> {
    let mut maker = Maker::new(2);
    let mut times = Times::default();
    for event in 0..100 {
        let document = maker.document(event * 7);
        times.measure(|| index.apply(vec![Change::Put(document)], event as i64))?;
    }
    times.print("one change");
    Ok(())
}

type Question = fn(&mut Maker) -> String;

const CLASSES: [(&str, Question); 8] = [
    ("one word", |maker| format!("{} ", maker.word())),
    ("three words", |maker| format!("{} {} {} ", maker.word(), maker.word(), maker.word())),
    ("prefix of 1", |maker| maker.word().chars().take(1).collect()),
    ("prefix of 3", |maker| maker.word().chars().take(3).collect()),
    ("prefix of 5", |maker| maker.rare_word().chars().take(5).collect()),
    ("slip", |maker| format!("{} ", made_up::mistyped(&maker.rare_word()))),
    ("phrase", |maker| format!("\"{}\"", maker.phrase())),
    ("no hit", |maker| format!("{}zqxjk ", maker.word())),
];

fn searches(index: &Index, viewer: &str, audience: &[Audience], portal: Option<[u8; 16]>) -> Result<()> {
    println!("\n{viewer}");
    let only = std::env::var("CLASS").unwrap_or_default();
    for (name, question) in CLASSES.into_iter().filter(|(name, _)| name.starts_with(&only)) {
        let mut maker = Maker::new(3);
        let mut times = Times::default();
        let mut found = 0;
        for _ in 0..ROUNDS {
            let text = question(&mut maker);
            let query = Query {
                organization: STUDIO,
                audience,
                text: &text,
                only: Only { portal, ..Only::default() },
                moments: &[0],
                limit: 20,
                offset: 0,
            };
            found += times.measure(|| index.search(&query))?.total;
        }
        times.print(&format!("{name:12} (on average {:6} found)", found / ROUNDS));
    }
    Ok(())
}

/// Resident memory of this process, without the mapped files.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("RssAnon"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
