//! What is shown follows what the database, or a file, has: no certificate waits for a restart.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use anyhow::Context;
use portico_kernel::{Certificate, CertificateStanding, Kernel, Result};
use rustls::sign::CertifiedKey;

use super::{
    reading::Read,
    shown::{Certificates, Hosts, Shown},
};

/// How soon a host is shown what another machine ordered.
const POLL: Duration = Duration::from_secs(1);

pub async fn follow_table(kernel: Kernel, shown: Arc<Certificates>) {
    loop {
        if let Err(error) = show_table(&kernel, &shown).await {
            tracing::warn!(%error, "the certificates cannot be read");
        }
        if !kernel.goes_on_after(POLL).await {
            return;
        }
    }
}

/// A host's certificate is read when it is another than this machine shows.
///
/// # Errors
/// The database's.
pub async fn show_table(kernel: &Kernel, shown: &Certificates) -> Result<()> {
    let (standings, known) = (kernel.certificate_standings().await?, shown.all());
    let is_new = |standing: &&CertificateStanding| {
        let held = known.get(&standing.host).and_then(Option::as_ref).and_then(|shown| shown.issued_at);
        standing.issued_at.is_some() && standing.issued_at != held
    };
    let wanted: Vec<String> = standings.iter().filter(is_new).map(|standing| standing.host.clone()).collect();
    let found = if wanted.is_empty() { Vec::new() } else { kernel.certificates_of(wanted).await? };
    let mut found: Hosts = found.into_iter().map(|each| (each.host.clone(), opened(&each))).collect();
    let hosts = standings.into_iter().map(|CertificateStanding { host, .. }| {
        let now = found.remove(&host).flatten().or_else(|| known.get(&host).cloned().flatten());
        (host, now)
    });
    shown.replace(hosts.collect());
    Ok(())
}

fn opened(certificate: &Certificate) -> Option<Shown> {
    match Read::parse(certificate.chain.as_bytes(), certificate.key.as_bytes()) {
        Ok(Read { certified, .. }) => {
            Some(Shown { certified: Arc::new(certified), issued_at: Some(certificate.issued_at) })
        }
        Err(error) => {
            tracing::warn!(host = certificate.host, %error, "a certificate cannot be shown");
            None
        }
    }
}

/// A certificate and its key as files, which somebody else renews.
pub struct Files {
    certificate: PathBuf,
    key: PathBuf,
    changed: [Option<SystemTime>; 2],
    /// Of those that could not be taken, and were told of.
    refused: [Option<SystemTime>; 2],
    read: Read,
    certified: Arc<CertifiedKey>,
}

impl Files {
    /// # Errors
    /// What cannot be read, or is no certificate with its key.
    pub fn open(certificate: PathBuf, key: PathBuf) -> anyhow::Result<Self> {
        let changed = [&certificate, &key].map(|file| changed_at(file));
        let chain = std::fs::read(&certificate)
            .with_context(|| format!("TLS_CERTIFICATE: {} cannot be read", certificate.display()))?;
        let secret =
            std::fs::read(&key).with_context(|| format!("TLS_KEY: {} cannot be read", key.display()))?;
        let read = Read::parse(&chain, &secret).context("TLS_CERTIFICATE and TLS_KEY")?;
        let certified = Arc::new(read.certified.clone());
        Ok(Self { certificate, key, changed, refused: changed, read, certified })
    }

    /// Half-written files are read again a second later.
    fn follow(&mut self) {
        let now = [&self.certificate, &self.key].map(|file| changed_at(file));
        if now == self.changed {
            return;
        }
        match Self::open(self.certificate.clone(), self.key.clone()) {
            Ok(files) => {
                *self = files;
                tracing::info!("the certificate was read again");
            }
            Err(_) if now == self.refused => {}
            Err(error) => {
                self.refused = now;
                tracing::warn!(error = format!("{error:#}"), "the former certificate stays");
            }
        }
    }

    fn shown_at(&self, host: &str) -> Option<Shown> {
        let covers = self.read.covers(host);
        covers.then(|| Shown { certified: self.certified.clone(), issued_at: None })
    }
}

fn changed_at(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|about| about.modified()).ok()
}

pub async fn follow_files(kernel: Kernel, shown: Arc<Certificates>, mut files: Files) {
    loop {
        files.follow();
        if let Err(error) = show_files(&kernel, &shown, &files).await {
            tracing::warn!(%error, "the hosts cannot be read");
        }
        if !kernel.goes_on_after(POLL).await {
            return;
        }
    }
}

/// At the hosts that the files name, and no other.
///
/// # Errors
/// The database's.
pub async fn show_files(kernel: &Kernel, shown: &Certificates, files: &Files) -> Result<()> {
    let standings = kernel.certificate_standings().await?;
    let hosts = standings.into_iter().map(|CertificateStanding { host, .. }| {
        let now = files.shown_at(&host);
        (host, now)
    });
    shown.replace(hosts.collect());
    Ok(())
}
