//! Where backups lie: one file, or a place where each adds what is new, which is a bucket or a folder with a slash at its
//! end.

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use portico_adapters::Store;
use portico_kernel::{BackupPlace, BackupSource, DailyBackup, DailyTarget, is_backup_time};
use url::Url;

use super::Environment;

/// What somebody means who names where a backup goes to.
pub enum Destination {
    File(PathBuf),
    Place(BackupPlace),
}

/// # Errors
/// An address that cannot be used, in words.
pub fn destination(address: &Path) -> anyhow::Result<Destination> {
    if is_place(address) || address.is_dir() {
        return made(address).map(Destination::Place);
    }
    Ok(Destination::File(address.to_owned()))
}

/// Of a backup that is there, with `@` and a time behind it where it is not the newest of a place.
///
/// # Errors
/// In words: a folder that is not there, or an address that cannot be used.
pub fn source(address: &Path) -> anyhow::Result<BackupSource> {
    let (place_at, at) = split_time(address);
    if is_place(&place_at) || place_at.is_dir() {
        return Ok(BackupSource::Place(existing_place(&place_at)?, at));
    }
    Ok(BackupSource::File(address.to_owned()))
}

/// # Errors
/// As [`source`].
pub fn existing_place(address: &Path) -> anyhow::Result<BackupPlace> {
    let folder = folder_of(address)?;
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("{} is no folder", folder.display());
    }
    place(address)
}

/// `STORAGE_URL` is spelt in the same way.
fn is_place(address: &Path) -> bool {
    let words = address.to_string_lossy();
    words.starts_with("s3://") || words.starts_with("file://") || words.ends_with('/')
}

/// `None` for a bucket.
fn folder_of(address: &Path) -> anyhow::Result<Option<PathBuf>> {
    let words = address.to_string_lossy();
    if words.starts_with("s3://") {
        return Ok(None);
    }
    if !words.starts_with("file://") {
        return Ok(Some(address.to_owned()));
    }
    let url = Url::parse(&words).with_context(|| format!("{words} is no address"))?;
    let folder = url.to_file_path().map_err(|()| anyhow::anyhow!("{words} has no path"))?;
    Ok(Some(folder))
}

fn place(address: &Path) -> anyhow::Result<BackupPlace> {
    let name = name_of(&address.to_string_lossy());
    let Some(folder) = folder_of(address)? else {
        let words = address.to_str().context("the address of a bucket has other characters")?;
        let (store, prefix) = Store::bucket_below(words).with_context(|| name.clone())?;
        return Ok(BackupPlace::new(Box::new(store), prefix, name));
    };
    Ok(BackupPlace::new(Box::new(Store::folder(&folder)?), String::new(), name))
}

/// Makes a folder that is missing, readable by its owner alone: a backup holds the installation's secret.
fn made(address: &Path) -> anyhow::Result<BackupPlace> {
    if let Some(folder) = folder_of(address)? {
        for part in ["chunks", "backups", "marks"] {
            let part = folder.join(part);
            let mut folders = DirBuilder::new();
            let made = folders.recursive(true).mode(0o700).create(&part);
            made.with_context(|| format!("{} cannot be made", part.display()))?;
        }
    }
    place(address)
}

/// Without what stands behind the question mark: nobody wants to read it in each sentence.
fn name_of(address: &str) -> String {
    address.split('?').next().unwrap_or(address).to_owned()
}

fn split_time(address: &Path) -> (PathBuf, Option<String>) {
    let split = address.to_str().and_then(|words| words.rsplit_once('@'));
    match split.filter(|(_, time)| is_backup_time(time)) {
        Some((place, time)) => (PathBuf::from(place), Some(time.to_owned())),
        None => (address.to_owned(), None),
    }
}

impl Environment {
    pub(super) fn daily_backup(&self) -> Option<DailyBackup> {
        let address = self.backup.clone().filter(|address| !address.as_os_str().is_empty())?;
        let target = match is_place(&address) {
            true => DailyTarget::Place(Arc::new(move || made(&address))),
            false => DailyTarget::Folder(address),
        };
        Some(DailyBackup { target, keep: self.backup_keep })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_or_a_folder_with_a_slash_is_a_place_and_anything_else_a_file() {
        for place in
            ["s3://archive", "s3://archive/portico?region=x", "file:///var/backups", "backups/", "/a/b/"]
        {
            assert!(is_place(Path::new(place)), "{place}");
        }
        for file in ["monday.portico", "/var/backups/monday", "s3.portico", "s3:/archive"] {
            assert!(!is_place(Path::new(file)), "{file}");
        }
        assert_eq!(name_of("s3://archive/portico?endpoint=http://x"), "s3://archive/portico");
    }

    #[test]
    fn a_time_stands_behind_the_last_at_and_a_host_does_not() {
        let split = |address: &str| {
            let (place, time) = split_time(Path::new(address));
            (place.to_string_lossy().into_owned(), time)
        };
        let time = Some("20261128-2230".to_owned());
        assert_eq!(split("backups/@20261128-2230"), ("backups/".to_owned(), time.clone()));
        assert_eq!(
            split("s3://a?endpoint=http://h:1@20261128-2230"),
            ("s3://a?endpoint=http://h:1".to_owned(), time)
        );
        for whole in ["me@home.portico", "s3://a?endpoint=http://me@h", "backups/@2026"] {
            assert_eq!(split(whole), (whole.to_owned(), None));
        }
    }
}
