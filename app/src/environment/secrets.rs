//! What must be known to nobody: the installation's own secret, and whatever the environment holds of others.

use std::{
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use portico_kernel::{Randomness, Secret};
use url::Url;

use super::Environment;

impl Environment {
    /// `text` without whatever it repeats of passwords, keys and tokens.
    pub fn without_secrets(&self, text: &str) -> String {
        let addresses = [&self.database_url, &self.storage_url, &self.smtp_url, &self.otlp_endpoint]
            .map(Option::as_deref);
        let passwords = addresses.into_iter().flatten().filter_map(|address| {
            let address = Url::parse(address).ok()?;
            address.password().map(str::to_owned)
        });
        let whole = [
            &self.database_url,
            &self.smtp_url,
            &self.stripe_secret_key,
            &self.stripe_webhook_secret,
            &self.backup_key,
            &self.metrics_token,
            &self.inbound_secret,
        ];
        let all = whole.into_iter().flatten().cloned().chain(passwords);
        // A shorter one would be found by chance.
        all.filter(|secret| secret.len() >= 4)
            .fold(text.to_owned(), |text, secret| text.replace(&secret, "…"))
    }

    /// Made at the first start, readable by its owner only.
    pub fn secret(&self, randomness: &Randomness) -> anyhow::Result<Secret> {
        let folder = self.data_folder()?;
        let path = folder.join("secret");
        if let Some(kept) = kept(&path)? {
            return Ok(kept);
        }
        // Of two first starts at once the later finds what the earlier made. Where a file system knows no locks, the later one's
        // holds.
        let turn = std::fs::File::open(&folder)?;
        turn.lock().ok();
        if let Some(kept) = kept(&path)? {
            return Ok(kept);
        }
        let bytes = randomness.bytes();
        // Under its own name from the beginning, a first start that is cut off would leave one that stays damaged.
        std::fs::rename(lay_beside(&folder, &bytes)?, path)?;
        turn.sync_all()?;
        Ok(Secret::from_bytes(bytes))
    }

    /// Puts the secret of a backup in the place of what a start without anybody in it has made. That one is kept as
    /// `secret.former`: where the database was named by mistake, it is what opens the right one.
    pub fn keep_secret(&self, bytes: [u8; 32]) -> anyhow::Result<()> {
        let folder = self.data_folder()?;
        let beside = lay_beside(&folder, &bytes)?;
        let own = folder.join("secret");
        if own.exists() {
            std::fs::rename(&own, folder.join("secret.former"))?;
        }
        std::fs::rename(&beside, own)?;
        Ok(std::fs::File::open(&folder)?.sync_all()?)
    }
}

/// `None` where there was no start yet. One that cannot be read is there all the same, and must not be replaced.
fn kept(path: &Path) -> anyhow::Result<Option<Secret>> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let bytes = <[u8; 32]>::try_from(bytes);
            let bytes = bytes.map_err(|_| anyhow::anyhow!("{} is damaged", path.display()))?;
            Ok(Some(Secret::from_bytes(bytes)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Whole and durable, under a name at which nobody looks.
fn lay_beside(folder: &Path, bytes: &[u8; 32]) -> anyhow::Result<PathBuf> {
    let beside = folder.join("secret.part");
    let _ = std::fs::remove_file(&beside);
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(beside)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        environment: Environment,
    }

    #[test]
    fn t30_a_first_start_that_is_cut_off_leaves_no_damaged_secret() {
        let folder = tempfile::tempdir().unwrap();
        let data = format!("--data={}", folder.path().display());
        let environment = Arguments::parse_from(["portico", data.as_str()]).environment;
        // As far as the one that died had come.
        std::fs::write(folder.path().join("secret.part"), "half").unwrap();
        environment.secret(&Randomness::from_source(|bytes| bytes.fill(7))).unwrap();
        assert!(!folder.path().join("secret.part").exists());
        // The next start finds it, whatever it would have drawn.
        environment.secret(&Randomness::from_source(|bytes| bytes.fill(8))).unwrap();
        assert_eq!(std::fs::read(folder.path().join("secret")).unwrap(), [7; 32]);
    }

    #[test]
    fn t30_programs_that_start_for_the_first_time_at_once_have_one_secret() {
        let folder = tempfile::tempdir().unwrap();
        let data = format!("--data={}", folder.path().display());
        let starts: Vec<_> = (1..=8_u8)
            .map(|number| {
                let environment = Arguments::parse_from(["portico", data.as_str()]).environment;
                std::thread::spawn(move || {
                    let randomness = Randomness::from_source(move |bytes| {
                        // As long as another needs to come to the same place.
                        std::thread::sleep(std::time::Duration::from_millis(20));
                        bytes.fill(number);
                    });
                    environment.secret(&randomness).unwrap().token(&[b"same"]).reveal()
                })
            })
            .collect();
        let made: std::collections::BTreeSet<String> =
            starts.into_iter().map(|start| start.join().unwrap()).collect();
        assert_eq!(made.len(), 1, "some would not open what others sealed");
        let kept = <[u8; 32]>::try_from(std::fs::read(folder.path().join("secret")).unwrap()).unwrap();
        assert!(made.contains(&Secret::from_bytes(kept).token(&[b"same"]).reveal()));
    }

    #[test]
    fn t15_what_a_check_says_repeats_no_secret() {
        let environment = Arguments::parse_from([
            "portico",
            "--database-url=postgres://portico:opensesame@db/portico",
            "--backup-key=correct horse battery staple",
            "--inbound-secret=what the mail server knows",
        ])
        .environment;
        for words in [
            "postgres://portico:opensesame@db/portico is away",
            "the password opensesame is wrong",
            "correct horse battery staple is no key",
            "what the mail server knows is no secret",
        ] {
            let told = environment.without_secrets(words);
            assert!(told.contains('…') && !told.contains("sesame") && !told.contains("staple"), "{told}");
            assert!(!told.contains("server"), "{told}");
        }
        assert_eq!(environment.without_secrets("nothing of the kind"), "nothing of the kind");
    }
}
