use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use portico_kernel::Instant;
use rustls::{
    ServerConfig,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

/// What is shown at which host. A name that is not in it gets no answer: a stranger's word is no reason to look for anything.
#[derive(Default)]
pub struct Certificates(RwLock<Hosts>);

/// Of every host at which somebody is answered: `None` where there is no certificate yet.
pub type Hosts = HashMap<String, Option<Shown>>;

#[derive(Clone)]
pub struct Shown {
    pub certified: Arc<CertifiedKey>,
    /// When this machine's database had it.
    pub issued_at: Option<Instant>,
}

impl Certificates {
    pub fn replace(&self, hosts: Hosts) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = hosts;
    }

    pub fn all(&self) -> Hosts {
        self.hosts().clone()
    }

    /// Whether somebody is answered at this host, if only once there is a certificate.
    pub fn knows(&self, host: &str) -> bool {
        self.hosts().contains_key(host)
    }

    fn find(&self, host: &str) -> Option<Arc<CertifiedKey>> {
        let hosts = self.hosts();
        hosts.get(&host.to_ascii_lowercase())?.as_ref().map(|shown| shown.certified.clone())
    }

    fn hosts(&self) -> RwLockReadGuard<'_, Hosts> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Without any key (T15).
impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificates")
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.find(hello.server_name()?)
    }
}

/// HTTP/1.1 alone, as behind a proxy.
///
/// # Errors
/// None that could be mended: the cryptography lacks what TLS needs.
pub fn server_configuration(shown: Arc<Certificates>) -> anyhow::Result<Arc<ServerConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut configuration = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(shown);
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(configuration))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_known_is_not_shown_anything() {
        let certificates = Certificates::default();
        certificates.replace(Hosts::from([("portal.example".to_owned(), None)]));
        assert!(certificates.knows("portal.example") && certificates.find("portal.example").is_none());
        for stranger in ["", "example", "studio.portal.example", "portal.example."] {
            assert!(!certificates.knows(stranger) && certificates.find(stranger).is_none(), "{stranger}");
        }
        assert_eq!(format!("{certificates:?}"), "Certificates");
    }
}
