//! Whether Portico faces the internet itself, and whose certificates it shows then.

use anyhow::{Context, bail};
use portico_kernel::PublicUrl;
use url::Url;

use super::Environment;
use crate::certificates::{Authority, CertificatesBy, LETS_ENCRYPT, Secured};

impl Environment {
    /// `None` behind a reverse proxy, which sees to TLS.
    ///
    /// # Errors
    /// Variables that contradict each other, in words.
    pub fn secured(&self, public_url: &PublicUrl) -> anyhow::Result<Option<Secured>> {
        let named = [
            ("TLS_CERTIFICATE", self.tls_certificate.is_some()),
            ("TLS_KEY", self.tls_key.is_some()),
            ("ACME_DIRECTORY", self.acme_directory.is_some()),
            ("ACME_EMAIL", self.acme_email.is_some()),
            ("ACME_ROOT", self.acme_root.is_some()),
        ];
        let Some(listen) = self.listen_tls else {
            return match named.into_iter().find(|(_, is_there)| *is_there) {
                Some((name, _)) => bail!("{name} needs PORTICO_LISTEN_TLS"),
                None => Ok(None),
            };
        };
        if !public_url.is_https() || !public_url.has_names_below() {
            bail!("PORTICO_LISTEN_TLS needs a PORTICO_PUBLIC_URL such as https://portal.example");
        }
        Ok(Some(Secured { listen, by: self.certificates_by()? }))
    }

    fn certificates_by(&self) -> anyhow::Result<CertificatesBy> {
        let is_about_an_authority =
            self.acme_directory.is_some() || self.acme_email.is_some() || self.acme_root.is_some();
        match (&self.tls_certificate, &self.tls_key) {
            (Some(_), Some(_)) if is_about_an_authority => {
                bail!("TLS_CERTIFICATE and ACME_… exclude each other: take one of them away")
            }
            (Some(certificate), Some(key)) => {
                Ok(CertificatesBy::Files { certificate: certificate.clone(), key: key.clone() })
            }
            (Some(_), None) => bail!("TLS_CERTIFICATE needs TLS_KEY"),
            (None, Some(_)) => bail!("TLS_KEY needs TLS_CERTIFICATE"),
            (None, None) => self.authority().map(CertificatesBy::Authority),
        }
    }

    fn authority(&self) -> anyhow::Result<Authority> {
        let directory = self.acme_directory.as_deref().unwrap_or(LETS_ENCRYPT);
        let url = Url::parse(directory).context("ACME_DIRECTORY")?;
        if url.scheme() != "https" {
            bail!("ACME_DIRECTORY is an address that begins with https://");
        }
        let email = self.acme_email.clone().filter(|email| !email.is_empty());
        Ok(Authority { directory: directory.to_owned(), email, root: self.acme_root.clone() })
    }
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

    fn secured(public_url: &str, arguments: &[&str]) -> Result<Option<Secured>, String> {
        let arguments = Arguments::parse_from(std::iter::once(&"portico").chain(arguments));
        let public_url = PublicUrl::parse(public_url).unwrap();
        arguments.environment.secured(&public_url).map_err(|error| error.to_string())
    }

    const PORT: &str = "--listen-tls=0.0.0.0:443";

    #[test]
    fn without_an_address_for_it_tls_is_a_proxys() {
        assert!(secured("https://portal.example", &[]).unwrap().is_none());
        let told = secured("https://portal.example", &["--acme-email=ada@studio.test"]);
        assert_eq!(told.err().unwrap(), "ACME_EMAIL needs PORTICO_LISTEN_TLS");
    }

    #[test]
    fn certificates_are_asked_of_an_authority_or_come_from_files() {
        let by = |arguments: &[&str]| secured("https://portal.example", arguments).unwrap().unwrap().by;
        let CertificatesBy::Authority(authority) = by(&[PORT]) else { panic!("it comes from files") };
        assert_eq!(authority.directory, LETS_ENCRYPT);
        let files = by(&[PORT, "--tls-certificate=chain.pem", "--tls-key=key.pem"]);
        assert!(matches!(files, CertificatesBy::Files { .. }));
    }

    #[test]
    fn what_contradicts_itself_is_refused_in_words() {
        let contradictions: [(&str, &[&str]); 7] = [
            ("http://localhost:8080", &[PORT]),
            ("https://203.0.113.5", &[PORT]),
            ("https://portal.example", &[PORT, "--tls-key=key.pem"]),
            ("https://portal.example", &[PORT, "--tls-certificate=chain.pem"]),
            ("https://portal.example", &[PORT, "--acme-directory=http://authority.example"]),
            ("https://portal.example", &[PORT, "--acme-directory=nowhere"]),
            (
                "https://portal.example",
                &[PORT, "--tls-certificate=chain.pem", "--tls-key=key.pem", "--acme-email=ada@studio.test"],
            ),
        ];
        for (public_url, arguments) in contradictions {
            assert!(secured(public_url, arguments).is_err(), "{arguments:?}");
        }
    }
}
