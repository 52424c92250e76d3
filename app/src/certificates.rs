//! Certificates where Portico faces the internet itself: for exactly the hosts at which it answers, from an authority or from
//! files, shown by whichever machine is asked.

mod following;
mod ordering;
mod reading;
mod shown;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use portico_kernel::Kernel;

pub use self::shown::{Certificates, server_configuration};

/// <https://letsencrypt.org/docs/acme-protocol-updates>
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// Where TLS is answered, and by which certificates.
pub struct Secured {
    pub listen: SocketAddr,
    pub by: CertificatesBy,
}

#[derive(Clone)]
pub enum CertificatesBy {
    Authority(Authority),
    Files { certificate: PathBuf, key: PathBuf },
}

/// Who issues certificates by RFC 8555.
#[derive(Clone)]
pub struct Authority {
    pub directory: String,
    pub email: Option<String>,
    /// What it proves itself with, where that is not known everywhere.
    pub root: Option<PathBuf>,
}

/// Keeps them true from now on, until the program stops.
///
/// # Errors
/// The database's, and files that hold no certificate: whoever starts the program sees it then.
pub async fn start(kernel: &Kernel, by: CertificatesBy) -> anyhow::Result<Arc<Certificates>> {
    let shown = Arc::new(Certificates::default());
    match by {
        CertificatesBy::Authority(authority) => {
            following::show_table(kernel, &shown).await?;
            tokio::spawn(following::follow_table(kernel.clone(), shown.clone()));
            tokio::spawn(ordering::order_what_is_due(kernel.clone(), authority));
        }
        CertificatesBy::Files { certificate, key } => {
            let files = following::Files::open(certificate, key)?;
            following::show_files(kernel, &shown, &files).await?;
            tokio::spawn(following::follow_files(kernel.clone(), shown.clone(), files));
        }
    }
    Ok(shown)
}
