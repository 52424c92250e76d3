//! `portico backup` and `portico restore`.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use portico_adapters::Store;
use portico_kernel::{
    Backend, BackupCounts, BackupProgress, BackupStep, BackupWatch, Clock, RestoreTarget, Restored,
};

use super::kernel;
use crate::environment::Environment;

const MIB: u64 = 1024 * 1024;

/// # Errors
/// In words, also when an object is missing: then the file holds the rest.
pub async fn back_up(environment: &Environment, file: &Path) -> anyhow::Result<()> {
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
    match environment.backup_key()? {
        Some(_) => println!("It is encrypted: keep PORTICO_BACKUP_KEY elsewhere, nothing opens it without."),
        None => println!(
            "Keep it safe: whoever has it has every file, and the secret that opens what is encrypted."
        ),
    }
    refuse_missing(&written.counts)
}

/// # Errors
/// In words, also when the backup was short of an object: then the rest is restored.
pub async fn restore(environment: &Environment, file: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let configuration = environment.configuration(environment.listen)?;
    let into = RestoreTarget { database: configuration.database, objects: environment.outside()?.objects };
    let (keeper, watch) = (environment.clone(), watch(configuration.clock));
    let keep_secret = move |secret| keeper.keep_secret(secret);
    let restored = portico_kernel::restore(file, configuration.backup_key, into, watch, keep_secret).await?;
    forget(&configuration.data.join("search"))?;
    println!("{} ({:.1} s).", origin(&restored), began.elapsed().as_secs_f64());
    println!("Restored {}.", told(&restored.counts));
    println!("The search index is built anew when the server starts.");
    refuse_missing(&restored.counts)
}

/// # Errors
/// In words, also when the backup was short of an object.
pub async fn verify(environment: &Environment, file: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let configuration = environment.configuration(environment.listen)?;
    let scratch = Scratch::make(&configuration.data)?;
    let database = Backend::Sqlite(scratch.0.join("portico.sqlite").to_string_lossy().into_owned());
    let objects = Box::new(Store::folder(&scratch.0.join("objects"))?);
    let watch = watch(configuration.clock);
    let restored =
        portico_kernel::verify(file, configuration.backup_key, RestoreTarget { database, objects }, watch)
            .await?;
    println!("{} ({:.1} s).", origin(&restored), began.elapsed().as_secs_f64());
    println!("{} restores: {}, each the same as it was written.", file.display(), told(&restored.counts));
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
