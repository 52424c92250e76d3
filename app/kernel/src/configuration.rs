use std::{net::SocketAddr, path::PathBuf};

use crate::{
    backup::{BackupKey, DailyBackup},
    clock::Clock,
    database::Backend,
    host::PublicUrl,
    inbound::InboundMail,
    provider::ProviderKeys,
    random::Randomness,
};

/// What the environment decided, read and checked once at start (`portico serve --help` lists it).
#[derive(Clone)]
pub struct Configuration {
    pub listen: SocketAddr,
    pub public_url: PublicUrl,
    /// Whether certificates are asked of an authority, and stand in the database.
    pub orders_certificates: bool,
    /// The folder of the embedded default, and of the search index in any case.
    pub data: PathBuf,
    pub database: Backend,
    pub clock: Clock,
    pub randomness: Randomness,
    /// Addresses of reverse proxies whose `Forwarded` headers are believed (T7).
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// For organizations that have entered none of their own.
    pub provider_keys: Option<ProviderKeys>,
    /// What backups are encrypted with.
    pub backup_key: Option<BackupKey>,
    /// Where the server backs itself up every day.
    pub daily_backup: Option<DailyBackup>,
    /// Where answers to mails come in, if anywhere.
    pub inbound: Option<InboundMail>,
}
