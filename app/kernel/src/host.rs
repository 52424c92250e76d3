//! Organizations are told apart by host: `<slug>.<public host>` or a domain of their own.

use anyhow::{Context, bail};
use url::Url;

/// The configured address of the installation. Every address we write is built from it (T7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    scheme: String,
    /// Host with port, as a browser sends it.
    host: String,
}

/// What a request's `Host` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// The public host itself: fine while there is one organization only.
    Installation,
    Slug(String),
    /// Perhaps an organization's own domain.
    Domain(String),
}

impl PublicUrl {
    /// # Errors
    /// Anything but `http` or `https` with a host and nothing behind it, and plain HTTP for
    /// anything but this very machine: session cookies would travel in the open (T5).
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let url = Url::parse(text).with_context(|| format!("{text:?} is not an address"))?;
        let host = url.host_str().context("the public address needs a host")?;
        if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
            bail!("the public address is a scheme and a host, nothing more");
        }
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(host) => {}
            "http" => bail!("{text} would send sessions in the open: use https (a reverse proxy may add it)"),
            other => bail!("{other:?} is no scheme for a website"),
        }
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Self { scheme: url.scheme().to_owned(), host })
    }

    pub fn is_https(&self) -> bool {
        self.scheme == "https"
    }

    /// The installation's own address, without a slash at the end.
    pub fn root(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    pub fn of_slug(&self, slug: &str) -> String {
        if self.is_bare_address() {
            return self.root();
        }
        format!("{}://{slug}.{}", self.scheme, self.host)
    }

    pub fn of_domain(&self, domain: &str) -> String {
        format!("{}://{domain}", self.scheme)
    }

    /// The name without the port: what mail comes from.
    pub fn host_name(&self) -> &str {
        self.host.split(':').next().unwrap_or(&self.host)
    }

    /// A numeric address has no subdomains.
    fn is_bare_address(&self) -> bool {
        self.host.starts_with("127.") || self.host.starts_with('[')
    }

    pub(crate) fn named_by(&self, host: &str) -> Named {
        let host = host.to_ascii_lowercase();
        if host == self.host {
            return Named::Installation;
        }
        match host.strip_suffix(&self.host).and_then(|front| front.strip_suffix('.')) {
            Some(slug) if !slug.contains('.') => Named::Slug(slug.to_owned()),
            _ => Named::Domain(host),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_names_an_organization_by_its_first_label() {
        let public = PublicUrl::parse("http://localhost:8080").unwrap();
        assert_eq!(public.named_by("localhost:8080"), Named::Installation);
        assert_eq!(public.named_by("Studio.localhost:8080"), Named::Slug("studio".into()));
        assert_eq!(public.named_by("a.b.localhost:8080"), Named::Domain("a.b.localhost:8080".into()));
        assert_eq!(public.named_by("evillocalhost:8080"), Named::Domain("evillocalhost:8080".into()));
        assert_eq!(public.named_by("localhost:9"), Named::Domain("localhost:9".into()));
        assert_eq!(public.of_slug("studio"), "http://studio.localhost:8080");
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(PublicUrl::parse("http://portal.example").is_err());
        assert!(PublicUrl::parse("https://portal.example").is_ok());
        assert!(PublicUrl::parse("https://portal.example/path").is_err());
        assert!(PublicUrl::parse("ftp://portal.example").is_err());
        assert!(PublicUrl::parse("portal").is_err());
    }
}
