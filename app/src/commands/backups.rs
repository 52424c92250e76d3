//! `portico backup`, `portico restore` and `portico backups`.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use portico_adapters::Store;
use portico_kernel::{
    Backend, BackupCounts, BackupKeep, BackupPlace, BackupProgress, BackupStep, BackupWatch, Clock,
    Forgotten, RestoreTarget, Restored, ToldBackup, backups,
};

use super::kernel;
use crate::environment::{
    Environment,
    places::{Destination, destination, existing_place, source},
};

const MIB: u64 = 1024 * 1024;

/// # Errors
/// In words, also when an object is missing: then the backup holds the rest.
pub async fn back_up(
    environment: &Environment,
    address: &Path,
    keep: Option<BackupKeep>,
) -> anyhow::Result<()> {
    match destination(address)? {
        Destination::File(_) if keep.is_some() => {
            bail!(
                "what is kept is chosen in a place of several backups: a bucket, or a folder with / at its end"
            )
        }
        Destination::File(file) => write_file(environment, &file).await,
        Destination::Place(place) => grow(environment, &place, keep).await,
    }
}

async fn write_file(environment: &Environment, file: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let kernel = kernel(environment)?;
    let watch = watch(kernel.configuration().clock.clone());
    let written = kernel.back_up(file, watch).await?;
    println!(
        "{} holds {} ({} MiB, {:.1} s).",
        file.display(),
        told(&written.counts),
        written.size.div_ceil(MIB),
        began.elapsed().as_secs_f64()
    );
    say_who_reads_it(environment)?;
    refuse_missing(&written.counts)
}

async fn grow(
    environment: &Environment,
    place: &BackupPlace,
    keep: Option<BackupKeep>,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let kernel = kernel(environment)?;
    let watch = watch(kernel.configuration().clock.clone());
    let grown = kernel.back_up_to(place, keep, watch).await?;
    let (counts, size) = (&grown.backup.counts, grown.backup.size);
    println!("{}@{} holds {}.", place.name(), grown.stamp, told(counts));
    println!("New: {} of {} MiB ({:.1} s).", in_mib(grown.new), in_mib(size), began.elapsed().as_secs_f64());
    if keep.is_some() {
        println!("{}", let_go(&grown.forgotten));
    }
    say_who_reads_it(environment)?;
    refuse_missing(counts)
}

fn say_who_reads_it(environment: &Environment) -> anyhow::Result<()> {
    match environment.backup_key()? {
        Some(_) => println!("It is encrypted: keep PORTICO_BACKUP_KEY elsewhere, nothing opens it without."),
        None => println!(
            "Keep it safe: whoever has it has every file, and the secret that opens what is encrypted."
        ),
    }
    Ok(())
}

fn let_go(forgotten: &Forgotten) -> String {
    let Forgotten { backups, chunks, held_up_by } = forgotten;
    match held_up_by {
        Some(reason) => format!("Older backups stay for now: {reason}."),
        None => format!("Let go of {backups} older backups and {chunks} chunks that none needs any more."),
    }
}

/// With one digit behind the point, and never 0 for something.
fn in_mib(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(MIB);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// # Errors
/// The place's; a backup that cannot be read has its reason in its line.
pub async fn list(environment: &Environment, address: &Path) -> anyhow::Result<()> {
    let place = existing_place(address)?;
    let found = backups(&place, environment.backup_key()?).await?;
    if found.is_empty() {
        bail!("{} holds no backup", place.name());
    }
    println!("{:<20} {:>12}  {:<12} STATE", "BACKUP", "MIB", "PORTICO");
    for backup in &found {
        println!("{:<20} {}", backup.stamp, state(&backup.told));
    }
    match found.iter().filter(|backup| backup.told.is_err()).count() {
        0 => Ok(()),
        1 => bail!("1 backup cannot be restored"),
        many => bail!("{many} backups cannot be restored"),
    }
}

fn state(told: &Result<ToldBackup, String>) -> String {
    match told {
        Ok(ToldBackup { size, program, missing: 0, .. }) => {
            format!("{:>12}  {program:<12} whole", in_mib(*size))
        }
        Ok(ToldBackup { size, program, missing, .. }) => {
            format!(
                "{:>12}  {program:<12} without {missing} objects that the store did not have",
                in_mib(*size)
            )
        }
        Err(reason) => format!("{:>12}  {:<12} broken: {reason}", "", ""),
    }
}

/// # Errors
/// In words, also when the backup was short of an object: then the rest is restored.
pub async fn restore(environment: &Environment, address: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let from = source(address)?;
    let configuration = environment.configuration(environment.listen)?;
    let into = RestoreTarget { database: configuration.database, objects: environment.outside()?.objects };
    let (keeper, watch) = (environment.clone(), watch(configuration.clock));
    let keep_secret = move |secret| keeper.keep_secret(secret);
    let restored = portico_kernel::restore(from, configuration.backup_key, into, watch, keep_secret).await?;
    forget(&configuration.data.join("search"))?;
    println!("{} ({:.1} s).", origin(&restored), began.elapsed().as_secs_f64());
    println!("Restored {}.", told(&restored.counts));
    println!("The search index is built anew when the server starts.");
    refuse_missing(&restored.counts)
}

/// # Errors
/// In words, also when the backup was short of an object.
pub async fn verify(environment: &Environment, address: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let from = source(address)?;
    let configuration = environment.configuration(environment.listen)?;
    let scratch = Scratch::make(&configuration.data)?;
    let database = Backend::Sqlite(scratch.0.join("portico.sqlite").to_string_lossy().into_owned());
    let objects = Box::new(Store::folder(&scratch.0.join("objects"))?);
    let watch = watch(configuration.clock);
    let restored =
        portico_kernel::verify(from, configuration.backup_key, RestoreTarget { database, objects }, watch)
            .await?;
    println!("{} ({:.1} s).", origin(&restored), began.elapsed().as_secs_f64());
    println!("{} restores: {}, each the same as it was written.", address.display(), told(&restored.counts));
    refuse_missing(&restored.counts)
}

/// Beside what is printed at the end, which a script may read.
fn watch(clock: Clock) -> BackupWatch {
    BackupWatch::new(clock, |progress| eprintln!("{}", so_far(progress)))
}

fn so_far(progress: BackupProgress) -> String {
    let BackupProgress { step, done, of } = progress;
    let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
    let what = match step {
        BackupStep::Check => "MiB of the file checked",
        BackupStep::Rows => "rows",
        BackupStep::Objects => "objects",
    };
    format!("{done}{of} {what} so far.")
}

/// A folder beside what it is about, where there is room for as much. Gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn make(data: &Path) -> anyhow::Result<Self> {
        let folder = data.join(format!("verify-{}", std::process::id()));
        // Of a try that was killed, when its number comes again, as it does in a container.
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(data)?;
        let mut folders = fs::DirBuilder::new();
        folders
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} could not be removed: {error}", self.0.display());
        }
    }
}

/// What an earlier database left there knows nothing of this one.
fn forget(index: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(index) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", index.display()))
        }
        _ => Ok(()),
    }
}

/// From when a file is, and of which program.
fn origin(restored: &Restored) -> String {
    let Restored { program, step, written_at, .. } = restored;
    let written = written_at.in_zone("UTC").strftime("%Y-%m-%d %H:%M UTC");
    format!("Written on {written} by Portico {program}, at step {step}")
}

fn told(counts: &BackupCounts) -> String {
    let BackupCounts { tables, rows, objects, .. } = counts;
    format!("{tables} tables, {rows} rows and {objects} objects")
}

/// Said at the end: what is there is there all the same.
fn refuse_missing(counts: &BackupCounts) -> anyhow::Result<()> {
    match counts.missing {
        0 => Ok(()),
        1 => bail!("1 object that a file needs was not in the store and is not in the backup"),
        many => bail!("{many} objects that files need were not in the store and are not in the backup"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_that_is_new_is_not_nothing() {
        assert_eq!([0, 1, MIB, MIB + 1, 25 * MIB].map(in_mib), ["0.0", "0.1", "1.0", "1.1", "25.0"]);
    }

    #[test]
    fn what_holds_up_the_older_ones_is_said_instead_of_what_went() {
        let gone = Forgotten { backups: 2, chunks: 30, held_up_by: None };
        assert!(let_go(&gone).contains("2 older backups and 30 chunks"));
        let held = Forgotten { held_up_by: Some("another is being made".to_owned()), ..Forgotten::default() };
        assert_eq!(let_go(&held), "Older backups stay for now: another is being made.");
    }
}
