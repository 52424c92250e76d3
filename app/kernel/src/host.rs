//! Organizations are told apart by host: `<slug>.<public host>` or a domain of their own.

use anyhow::{Context, bail};
use url::Url;

/// The configured address of the installation. Every address we write is built from it (T7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    scheme: String,
    /// Host with port, as a browser sends it.
    host: String,
    /// Where plain HTTP is answered, if only to lead on, where TLS is ours.
    plain_port: Option<u16>,
}

/// What a request's `Host` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// The public host itself: fine while there is one organization only.
    Installation,
    Slug(String),
    /// Perhaps an organization's own domain, without the port.
    Domain(String),
    /// Nothing that could be an organization's, such as another port.
    Nobody,
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
        Ok(Self { scheme: url.scheme().to_owned(), host, plain_port: None })
    }

    /// For an installation that faces the internet itself. `listened` is the port of plain HTTP: at another than the usual
    /// one for https, nobody else leads to it.
    pub fn facing_the_internet(self, listened: u16) -> Self {
        let plain_port = if self.port().is_some() { listened } else { 80 };
        Self { plain_port: Some(plain_port), ..self }
    }

    /// Whether TLS is ours, and not a reverse proxy's.
    pub fn faces_the_internet(&self) -> bool {
        self.plain_port.is_some()
    }

    /// Where a domain proves that it leads here: in the open where TLS is ours, since there is no certificate before it did.
    pub fn proof_root(&self, domain: &str) -> String {
        match self.plain_port {
            None => self.of_domain(domain),
            Some(80) => format!("http://{domain}"),
            Some(port) => format!("http://{domain}:{port}"),
        }
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

    /// A domain of its own is reached as the installation is: by the same scheme, at the same port.
    pub fn of_domain(&self, domain: &str) -> String {
        let port = self.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{domain}{port}", self.scheme)
    }

    /// Whether organizations can be told apart by names below it.
    pub fn has_names_below(&self) -> bool {
        !self.is_bare_address()
    }

    /// The host of an organization, without the port: where its own domain leads.
    pub fn host_of_slug(&self, slug: &str) -> String {
        if self.is_bare_address() {
            return self.host_name().to_owned();
        }
        format!("{slug}.{}", self.host_name())
    }

    /// Whether this name is the installation's own, or below it.
    pub fn owns_name(&self, name: &str) -> bool {
        let own = self.host_name();
        name == own || name.strip_suffix(own).is_some_and(|front| front.ends_with('.'))
    }

    /// Whether a request with this `Host` comes to the installation's own, or to a name below it.
    pub fn owns_host(&self, host: &str) -> bool {
        matches!(self.named_by(host), Named::Installation | Named::Slug(_))
    }

    /// The name without the port: what mail comes from.
    pub fn host_name(&self) -> &str {
        self.host.split(':').next().unwrap_or(&self.host)
    }

    /// A numeric address has no subdomains.
    fn is_bare_address(&self) -> bool {
        self.host.starts_with('[') || self.host_name().parse::<std::net::Ipv4Addr>().is_ok()
    }

    fn port(&self) -> Option<&str> {
        let (_, port) = self.host.rsplit_once(':')?;
        port.bytes().all(|byte| byte.is_ascii_digit()).then_some(port)
    }

    pub(crate) fn named_by(&self, host: &str) -> Named {
        let host = host.to_ascii_lowercase();
        if host == self.host {
            return Named::Installation;
        }
        match host.strip_suffix(&self.host).and_then(|front| front.strip_suffix('.')) {
            Some(slug) if !slug.is_empty() && !slug.contains('.') => Named::Slug(slug.to_owned()),
            Some(_) => Named::Nobody,
            None => match self.without_port(&host) {
                Some(domain) if is_name(domain) => Named::Domain(domain.to_owned()),
                _ => Named::Nobody,
            },
        }
    }

    fn without_port<'h>(&self, host: &'h str) -> Option<&'h str> {
        match self.port() {
            Some(port) => host.strip_suffix(port)?.strip_suffix(':'),
            None => Some(host),
        }
    }
}

/// Of letters, digits, dashes and the dots between: neither a port nor a dot at the end, which other programs take for the
/// same host and browsers for another.
fn is_name(host: &str) -> bool {
    let is_of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    !host.is_empty() && !host.ends_with('.') && host.bytes().all(is_of_a_name)
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
        assert_eq!(public.named_by("a.b.localhost:8080"), Named::Nobody);
        assert_eq!(public.named_by(".localhost:8080"), Named::Nobody);
        assert_eq!(public.named_by("evillocalhost:8080"), Named::Domain("evillocalhost".into()));
        assert_eq!(public.named_by("localhost:9"), Named::Nobody);
        assert_eq!(public.named_by("localhost"), Named::Nobody);
        assert_eq!(public.of_slug("studio"), "http://studio.localhost:8080");
    }

    #[test]
    fn a_domain_of_its_own_is_reached_at_the_installations_port() {
        let here = PublicUrl::parse("http://localhost:8080").unwrap();
        assert_eq!(here.named_by("Portal.Acme.test:8080"), Named::Domain("portal.acme.test".into()));
        assert_eq!(here.of_domain("portal.acme.test"), "http://portal.acme.test:8080");
        let away = PublicUrl::parse("https://portal.example").unwrap();
        assert_eq!(away.named_by("portal.acme.test"), Named::Domain("portal.acme.test".into()));
        assert_eq!(away.of_domain("portal.acme.test"), "https://portal.acme.test");
        assert_eq!(away.host_of_slug("studio"), "studio.portal.example");
        for host in [
            "portal.acme.test:8443",
            "portal.acme.test.",
            "studio.portal.example.",
            "studio.portal.example:443",
            "portal.acme.test,studio.portal.example",
            "user@portal.acme.test",
            " portal.acme.test",
            "[::1]",
            "",
        ] {
            assert_eq!(away.named_by(host), Named::Nobody, "{host}");
        }
    }

    #[test]
    fn what_is_below_the_installations_name_is_its_own() {
        let public = PublicUrl::parse("https://portal.example").unwrap();
        for own in ["portal.example", "studio.portal.example", "a.b.portal.example"] {
            assert!(public.owns_name(own), "{own}");
        }
        for other in ["example", "notportal.example", "portal.example.test", ""] {
            assert!(!public.owns_name(other), "{other}");
        }
        assert!(public.owns_host("Studio.portal.example") && public.owns_host("portal.example"));
        assert!(!public.owns_host("portal.acme.test") && !public.owns_host("a.b.portal.example"));
    }

    #[test]
    fn a_numeric_address_has_no_names_below() {
        for bare in ["http://127.0.0.1:8080", "https://203.0.113.5", "http://[::1]:8080"] {
            let public = PublicUrl::parse(bare).unwrap();
            assert!(!public.has_names_below(), "{bare}");
            assert_eq!(public.of_slug("studio"), bare);
        }
        assert!(PublicUrl::parse("http://localhost:8080").unwrap().has_names_below());
    }

    #[test]
    fn a_domain_proves_itself_in_the_open_where_tls_is_ours() {
        let proxied = PublicUrl::parse("https://portal.example").unwrap();
        assert_eq!(proxied.proof_root("portal.acme.test"), "https://portal.acme.test");
        let facing = proxied.clone().facing_the_internet(8080);
        assert!(facing.faces_the_internet() && !proxied.faces_the_internet());
        assert_eq!(facing.proof_root("portal.acme.test"), "http://portal.acme.test");
        assert_eq!(facing.of_domain("portal.acme.test"), "https://portal.acme.test");
        let elsewhere = PublicUrl::parse("https://portal.example:8443").unwrap().facing_the_internet(8080);
        assert_eq!(elsewhere.proof_root("portal.acme.test"), "http://portal.acme.test:8080");
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
