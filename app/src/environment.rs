//! Configuration by the environment. Everything is listed by `portico serve --help`.

mod certificates;
pub mod places;
mod secrets;

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use portico_adapters::{MailFolder, Outdoors, Smtp, Store, Watched};
use portico_kernel::{
    Backend, BackupKey, Clock, Configuration, InboundMail, Objects, Outbox, Outside, ProviderKeys, PublicUrl,
    Randomness, Registry,
};
use portico_stripe::Stripe;
use portico_telemetry::Traces;

use crate::{
    certificates::{CertificatesBy, Secured},
    modules::modules,
    operations::Operations,
    server::MetricsToken,
};

#[derive(Args, Clone)]
pub struct Environment {
    /// Address and port to listen on
    #[arg(long, env = "PORTICO_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,

    /// Where HTTPS is answered, such as 0.0.0.0:443, when nothing stands between Portico and the internet. PORTICO_LISTEN,
    /// then 0.0.0.0:80, only leads there and answers whoever issues certificates
    #[arg(long, env = "PORTICO_LISTEN_TLS", value_name = "ADDRESS:PORT")]
    listen_tls: Option<SocketAddr>,

    /// A file with a certificate of your own and those that lead to it (PEM), read again when it changes; otherwise Portico
    /// asks ACME_DIRECTORY for certificates
    #[arg(long, env = "TLS_CERTIFICATE", value_name = "FILE")]
    tls_certificate: Option<PathBuf>,

    /// The file of its key (PEM)
    #[arg(long, env = "TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,

    /// Who issues certificates (RFC 8555), whose terms you accept by PORTICO_LISTEN_TLS [default: Let's Encrypt]
    #[arg(long, env = "ACME_DIRECTORY", value_name = "URL")]
    acme_directory: Option<String>,

    /// Where they write to when something is wrong with a certificate
    #[arg(long, env = "ACME_EMAIL", value_name = "ADDRESS")]
    acme_email: Option<String>,

    /// A file with the certificate (PEM) by which ACME_DIRECTORY proves itself, where it is not known everywhere
    #[arg(long, env = "ACME_ROOT", value_name = "FILE")]
    acme_root: Option<PathBuf>,

    /// The address that people type, such as https://portal.example; organizations live at
    /// <slug>.<its host> [default: http://localhost with the port of PORTICO_LISTEN]
    #[arg(long, env = "PORTICO_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,

    /// Folder of the embedded default: database, files, mail, search index
    #[arg(long, env = "PORTICO_DATA", default_value = "data", value_name = "FOLDER")]
    data: PathBuf,

    /// postgres://… ; otherwise SQLite in PORTICO_DATA
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,

    /// file:///path or s3://bucket?endpoint=…&region=… with AWS_ACCESS_KEY_ID and
    /// AWS_SECRET_ACCESS_KEY; otherwise a folder in PORTICO_DATA
    #[arg(long, env = "STORAGE_URL", value_name = "URL")]
    storage_url: Option<String>,

    /// smtp://user:password@host:587 ; otherwise mail goes to files in PORTICO_DATA/mail, which
    /// owners read under Settings
    #[arg(long, env = "SMTP_URL", hide_env_values = true, value_name = "URL")]
    smtp_url: Option<String>,

    /// Reverse proxies whose X-Forwarded-For is believed, separated by commas
    #[arg(long, env = "PORTICO_TRUSTED_PROXIES", value_delimiter = ',', value_name = "ADDRESSES")]
    trusted_proxies: Vec<IpAddr>,

    /// Stripe's secret key, for organizations that have entered none of their own under Settings
    #[arg(long, env = "STRIPE_SECRET_KEY", hide_env_values = true, value_name = "KEY")]
    stripe_secret_key: Option<String>,

    /// What Stripe signs its events with; needed together with STRIPE_SECRET_KEY
    #[arg(long, env = "STRIPE_WEBHOOK_SECRET", hide_env_values = true, value_name = "SECRET")]
    stripe_webhook_secret: Option<String>,

    /// Another address than Stripe's own
    #[arg(long, env = "STRIPE_API_BASE", value_name = "URL")]
    stripe_api_base: Option<String>,

    /// A folder in which the server leaves a backup of everything each day, made anew where it is missing; with a slash
    /// at its end, or as s3://bucket/place?endpoint=…&region=…, each day adds only what is new
    #[arg(long, env = "PORTICO_BACKUP", value_name = "PLACE")]
    backup: Option<PathBuf>,

    /// How many of its backups the server keeps in PORTICO_BACKUP
    #[arg(long, env = "PORTICO_BACKUP_KEEP", default_value = "7", value_name = "NUMBER")]
    backup_keep: NonZeroUsize,

    /// Encrypts backups, and opens them again: 20 characters or more, kept somewhere else than the backups
    #[arg(long, env = "PORTICO_BACKUP_KEY", hide_env_values = true, value_name = "KEY")]
    backup_key: Option<String>,

    /// Opens /metrics to whoever sends it as a bearer token: 20 characters or more; without it there is no such page
    #[arg(long, env = "PORTICO_METRICS_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    metrics_token: Option<String>,

    /// Where a collector of OpenTelemetry takes traces over HTTP, such as http://127.0.0.1:4318; without it nothing is traced
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", hide_env_values = true, value_name = "URL")]
    otlp_endpoint: Option<String>,

    /// Where answers to mails come in, such as reply@portal.example; mails then say so. All that comes to it, with
    /// anything behind a + after its name, goes to `portico open-mail` or to /webhooks/mail
    #[arg(long, env = "PORTICO_INBOUND_MAIL", value_name = "ADDRESS")]
    inbound_mail: Option<String>,

    /// What proves that a mail at /webhooks/mail is from your mail server: sent as a bearer, or the key of
    /// Portico-Signature
    #[arg(long, env = "PORTICO_INBOUND_SECRET", hide_env_values = true, value_name = "SECRET")]
    inbound_secret: Option<String>,

    /// For tests: a file with seconds to add to the clock
    #[arg(long, env = "PORTICO_TEST_CLOCK", hide = true)]
    test_clock: Option<PathBuf>,

    /// For tests: a module to leave out, as if its line were not in the list
    #[arg(long, env = "PORTICO_TEST_WITHOUT", hide = true)]
    test_without: Option<String>,

    /// For tests: a file of addresses and the names that lead there, in place of the system's resolver
    #[arg(long, env = "PORTICO_TEST_HOSTS", hide = true)]
    test_hosts: Option<PathBuf>,
}

const KNOWN: &[&str] = &[
    "PORTICO_LISTEN",
    "PORTICO_LISTEN_TLS",
    "PORTICO_PUBLIC_URL",
    "PORTICO_DATA",
    "PORTICO_TRUSTED_PROXIES",
    "PORTICO_BACKUP",
    "PORTICO_BACKUP_KEEP",
    "PORTICO_BACKUP_KEY",
    "PORTICO_METRICS_TOKEN",
    "PORTICO_INBOUND_MAIL",
    "PORTICO_INBOUND_SECRET",
    "PORTICO_TEST_CLOCK",
    "PORTICO_TEST_WITHOUT",
    "PORTICO_TEST_HOSTS",
];

/// A misspelt variable would otherwise be silently without effect.
///
/// # Errors
/// Names the unknown variable and the nearest known one.
pub fn refuse_unknown_variables() -> anyhow::Result<()> {
    for (name, _) in std::env::vars_os() {
        let Some(name) = name.to_str().filter(|name| name.starts_with("PORTICO_")) else { continue };
        if !KNOWN.contains(&name) {
            let nearest = KNOWN.iter().min_by_key(|known| strsim::damerau_levenshtein(name, known));
            bail!("{name} is unknown: did you mean {}?", nearest.unwrap_or(&KNOWN[0]));
        }
    }
    Ok(())
}

impl Environment {
    /// # Errors
    /// An address that cannot be used, in words.
    pub fn configuration(&self, bound: SocketAddr) -> anyhow::Result<Configuration> {
        let public_url = match &self.public_url {
            Some(url) => PublicUrl::parse(url).context("PORTICO_PUBLIC_URL")?,
            None => PublicUrl::parse(&format!("http://localhost:{}", bound.port()))?,
        };
        let secured = self.secured(&public_url)?;
        let public_url = match secured {
            Some(_) => public_url.facing_the_internet(bound.port()),
            None => public_url,
        };
        let data = self.data_folder()?;
        let database = match &self.database_url {
            Some(url) => Backend::from_url(url),
            None => Backend::Sqlite(data.join("portico.sqlite").to_string_lossy().into_owned()),
        };
        let clock = match &self.test_clock {
            Some(file) => Clock::Shifted(file.clone()),
            None => Clock::System,
        };
        Ok(Configuration {
            listen: bound,
            public_url,
            orders_certificates: matches!(secured, Some(Secured { by: CertificatesBy::Authority(_), .. })),
            data,
            database,
            clock,
            randomness: Randomness::of_the_system(),
            trusted_proxies: self.trusted_proxies.clone(),
            provider_keys: self.provider_keys()?,
            backup_key: self.backup_key()?,
            daily_backup: self.daily_backup(),
            inbound: self.inbound()?,
        })
    }

    /// # Errors
    /// For one that could be guessed.
    pub fn backup_key(&self) -> anyhow::Result<Option<BackupKey>> {
        let given = self.backup_key.as_deref().filter(|key| !key.is_empty());
        given.map(BackupKey::parse).transpose().context("PORTICO_BACKUP_KEY")
    }

    /// # Errors
    /// For one that could be guessed.
    fn metrics_token(&self) -> anyhow::Result<Option<MetricsToken>> {
        let given = self.metrics_token.as_deref().filter(|token| !token.is_empty());
        given.map(MetricsToken::parse).transpose().context("PORTICO_METRICS_TOKEN")
    }

    /// `None` where nobody wants any. Needs a tokio runtime.
    ///
    /// # Errors
    /// For an address that cannot be used, which is not repeated, since it may hold a password.
    pub fn traces(&self) -> anyhow::Result<Option<Traces>> {
        let given = self.otlp_endpoint.as_deref().filter(|address| !address.is_empty());
        let traces = given.map(|address| Traces::to(address, env!("CARGO_PKG_VERSION")));
        traces.transpose().context("OTEL_EXPORTER_OTLP_ENDPOINT")
    }

    /// A secret for an address that nobody writes to is a mistake.
    fn inbound(&self) -> anyhow::Result<Option<InboundMail>> {
        let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
        match (given(&self.inbound_mail), given(&self.inbound_secret)) {
            (None, None) => Ok(None),
            (None, Some(_)) => bail!("PORTICO_INBOUND_SECRET needs PORTICO_INBOUND_MAIL"),
            (Some(address), secret) => {
                let inbound = InboundMail::parse(&address, portico_messages::LONGEST_TOKEN)
                    .map_err(|wrong| anyhow::anyhow!("PORTICO_INBOUND_MAIL: {wrong}"))?;
                let Some(secret) = secret else { return Ok(Some(inbound)) };
                let inbound = inbound.with_secret(&secret);
                inbound.map(Some).map_err(|wrong| anyhow::anyhow!("PORTICO_INBOUND_SECRET: {wrong}"))
            }
        }
    }

    /// Events that nobody can verify are worth nothing, so one key alone is a mistake (T14).
    fn provider_keys(&self) -> anyhow::Result<Option<ProviderKeys>> {
        let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
        match (given(&self.stripe_secret_key), given(&self.stripe_webhook_secret)) {
            (None, None) => Ok(None),
            (Some(secret), Some(webhook)) => Ok(Some(ProviderKeys { secret, webhook, account: None })),
            (Some(_), None) => bail!("STRIPE_SECRET_KEY needs STRIPE_WEBHOOK_SECRET"),
            (None, Some(_)) => bail!("STRIPE_WEBHOOK_SECRET needs STRIPE_SECRET_KEY"),
        }
    }

    pub fn has_mail_server(&self) -> bool {
        self.smtp_url.is_some()
    }

    pub fn backs_up_daily(&self) -> bool {
        self.daily_backup().is_some()
    }

    /// Every module with what it adds; `index` is the folder of the search index.
    pub fn registry(&self, index: &Path) -> anyhow::Result<Registry> {
        let operations = Operations { mail: self.mail_folder()?, metrics: self.metrics_token()? };
        let mut modules = modules(index, operations);
        modules.retain(|module| Some(module.name()) != self.test_without.as_deref());
        Ok(Registry::build(&modules))
    }

    fn data_folder(&self) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("PORTICO_DATA: {} cannot be made", self.data.display()))?;
        Ok(std::fs::canonicalize(&self.data)?)
    }

    pub fn outside(&self) -> anyhow::Result<Outside> {
        Ok(Outside {
            outbox: Box::new(Watched(self.outbox()?)),
            objects: Box::new(Watched(self.objects()?)),
            payments: Box::new(Stripe::new(self.stripe_api_base.clone().filter(|url| !url.is_empty()))),
            internet: Box::new(Outdoors::new(self.test_hosts.clone())),
        })
    }

    fn objects(&self) -> anyhow::Result<Box<dyn Objects>> {
        let store = match &self.storage_url {
            Some(url) => Store::from_url(url)?,
            None => Store::folder(&self.data_folder()?.join("objects"))?,
        };
        Ok(Box::new(store))
    }

    /// The folder of mails, where there is no mail server.
    fn mail_folder(&self) -> anyhow::Result<Option<PathBuf>> {
        Ok(match self.smtp_url {
            Some(_) => None,
            None => Some(self.data_folder()?.join("mail")),
        })
    }

    fn outbox(&self) -> anyhow::Result<Box<dyn Outbox>> {
        Ok(match (&self.smtp_url, self.mail_folder()?) {
            (Some(url), _) => Box::new(Smtp::from_url(url)?),
            (None, Some(folder)) => Box::new(MailFolder::open(folder)?),
            (None, None) => bail!("there is nowhere to send mail"),
        })
    }
}
