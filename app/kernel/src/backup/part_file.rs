//! A file that has its name only once it is whole.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// Gone when it is dropped before it was kept.
pub(super) struct PartFile {
    part: PathBuf,
    whole: PathBuf,
    is_kept: bool,
}

impl PartFile {
    /// Readable by its owner alone: a backup holds the installation's secret.
    pub fn create(whole: &Path) -> anyhow::Result<(Self, File)> {
        let mut part = OsString::from(whole);
        part.push(".part");
        let part = PathBuf::from(part);
        // What an earlier try left, or somebody laid there to read along, keeps neither its mode nor its readers.
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be replaced", part.display()));
            }
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let file = options.open(&part).with_context(|| format!("{} cannot be written", part.display()))?;
        Ok((Self { part, whole: whole.to_owned(), is_kept: false }, file))
    }

    /// Durable under its name when this returns.
    pub fn keep(mut self, file: &File) -> anyhow::Result<()> {
        file.sync_all()?;
        fs::rename(&self.part, &self.whole)?;
        self.is_kept = true;
        let folder = self.whole.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = fs::remove_file(&self.part)
        {
            tracing::warn!(%error, "a half-written backup could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_given_up_leaves_what_was_there_before_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let whole = folder.path().join("portico.backup");
        fs::write(&whole, "yesterday").unwrap();
        drop(PartFile::create(&whole).unwrap());
        assert_eq!(fs::read(&whole).unwrap(), b"yesterday");

        let part = folder.path().join("portico.backup.part");
        fs::write(&part, "left by another try").unwrap();
        fs::set_permissions(&part, fs::Permissions::from_mode(0o666)).unwrap();
        let (part, file) = PartFile::create(&whole).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        part.keep(&file).unwrap();
        assert_eq!(fs::read(&whole).unwrap(), b"");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
