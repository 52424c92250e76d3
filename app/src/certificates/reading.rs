use anyhow::Context;
use portico_kernel::{CertificateTimes, Instant};
use rustls::{
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    sign::CertifiedKey,
};
use x509_parser::{certificate::X509Certificate, extensions::GeneralName, prelude::FromDer};

/// A certificate with its key, and what it says of itself.
pub struct Read {
    pub certified: CertifiedKey,
    pub times: CertificateTimes,
    names: Vec<String>,
}

impl Read {
    /// Both in PEM; the first certificate is the server's own.
    ///
    /// # Errors
    /// What is neither, or a key to another certificate.
    pub fn parse(chain: &[u8], key: &[u8]) -> anyhow::Result<Self> {
        let chain = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<Vec<_>, _>>()
            .context("the certificate is no PEM")?;
        let own = chain.first().context("there is no certificate in it")?;
        let (times, names) = said(own)?;
        let key = PrivateKeyDer::from_pem_slice(key).context("the key is no PEM")?;
        let provider = rustls::crypto::ring::default_provider();
        let certified = CertifiedKey::from_der(chain, key, &provider).context("the key does not fit")?;
        Ok(Self { certified, times, names })
    }

    pub fn covers(&self, host: &str) -> bool {
        self.names.iter().any(|name| name_covers(name, host))
    }
}

fn said(der: &[u8]) -> anyhow::Result<(CertificateTimes, Vec<String>)> {
    let (_, certificate) =
        X509Certificate::from_der(der).map_err(|_| anyhow::anyhow!("the certificate cannot be read"))?;
    let validity = certificate.validity();
    let [not_before, not_after] = [validity.not_before, validity.not_after]
        .map(|time| Instant::from_micros(0).plus_seconds(time.timestamp()));
    let named = certificate.subject_alternative_name().ok().flatten();
    let names = named.iter().flat_map(|named| &named.value.general_names).filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(name.to_ascii_lowercase()),
        _ => None,
    });
    Ok((CertificateTimes { not_before, not_after }, names.collect()))
}

/// RFC 6125, section 6.4.3: a star stands for one label, and alone in it.
fn name_covers(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(below) => host.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest == below),
        None => name == host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_label() {
        assert!(name_covers("portal.example", "portal.example"));
        assert!(name_covers("*.portal.example", "studio.portal.example"));
        for host in ["portal.example", "a.b.portal.example", ".portal.example", "notportal.example", ""] {
            assert!(!name_covers("*.portal.example", host), "{host}");
        }
        assert!(!name_covers("portal.example", "studio.portal.example"));
    }

    #[test]
    fn what_is_no_certificate_is_refused_in_words() {
        let hollow = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for chain in ["", "nonsense", hollow] {
            assert!(Read::parse(chain.as_bytes(), b"").is_err(), "{chain}");
        }
    }
}
