use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use portico_kernel::{Internet, NoAnswer};
use url::Url;

use crate::dns;

/// For either question: whoever pressed the button is told within five seconds (T32).
const PATIENCE: Duration = Duration::from_secs(2);
/// In bytes; what is longer is another answer.
const LONGEST_ANSWER: usize = 1024;

/// Names by the system's resolver.
pub struct Outdoors {
    hosts: Option<PathBuf>,
}

impl Outdoors {
    /// `hosts`: a file of lines such as `127.0.0.1 portal.acme.test` and `TXT _portico.portal.acme.test words`, in place of the
    /// resolver. For tests.
    pub fn new(hosts: Option<PathBuf>) -> Self {
        Self { hosts }
    }
}

impl Internet for Outdoors {
    fn addresses<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NoAnswer>> {
        async move {
            let found = match &self.hosts {
                Some(file) => listed(file, name),
                None => looked_up(name).await?,
            };
            if found.is_empty() { Err(NoAnswer::UnknownName) } else { Ok(found) }
        }
        .boxed()
    }

    fn texts<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Vec<String>, NoAnswer>> {
        async move {
            match &self.hosts {
                Some(file) => Ok(listed_texts(file, name)),
                None => texts(name).await,
            }
        }
        .boxed()
    }

    fn ask<'a>(&'a self, url: &'a str, at: &'a [IpAddr]) -> BoxFuture<'a, Result<String, NoAnswer>> {
        async move {
            tokio::time::timeout(PATIENCE, answer(url, at.to_vec()))
                .await
                .map_err(|_| NoAnswer::Unreachable("it took too long".to_owned()))?
        }
        .boxed()
    }
}

async fn looked_up(name: &str) -> Result<Vec<IpAddr>, NoAnswer> {
    match tokio::time::timeout(PATIENCE, tokio::net::lookup_host((name, 0))).await {
        Ok(Ok(found)) => Ok(found.map(|address| address.ip()).collect()),
        Ok(Err(_)) => Err(NoAnswer::UnknownName),
        Err(_) => Err(NoAnswer::Unreachable("the resolver took too long".to_owned())),
    }
}

async fn texts(name: &str) -> Result<Vec<String>, NoAnswer> {
    let resolver =
        dns::resolver().ok_or_else(|| NoAnswer::Unreachable("this machine knows no resolver".to_owned()))?;
    match tokio::time::timeout(PATIENCE, dns::texts(resolver, name)).await {
        Ok(Ok(dns::Answer::Texts(texts))) => Ok(texts),
        Ok(Ok(dns::Answer::NoSuchName)) => Ok(Vec::new()),
        Ok(Err(error)) => Err(NoAnswer::Unreachable(format!("{error:#}"))),
        Err(_) => Err(NoAnswer::Unreachable("the resolver took too long".to_owned())),
    }
}

fn listed_texts(file: &Path, name: &str) -> Vec<String> {
    let lines = std::fs::read_to_string(file).unwrap_or_default();
    let entries = lines.lines().filter_map(|line| line.strip_prefix("TXT ")?.split_once(' '));
    entries.filter(|(listed, _)| *listed == name).map(|(_, text)| text.to_owned()).collect()
}

fn listed(file: &Path, name: &str) -> Vec<IpAddr> {
    let lines = std::fs::read_to_string(file).unwrap_or_default();
    let entries = lines.lines().filter_map(|line| line.split_once(' '));
    let of_this_name = entries.filter(|(_, listed)| *listed == name);
    of_this_name.filter_map(|(address, _)| address.parse().ok()).collect()
}

/// The name is looked up by nobody a second time, so that it cannot lead elsewhere meanwhile. The port is the URL's.
fn client_for(url: &Url, at: &[IpAddr]) -> Result<reqwest::Client, NoAnswer> {
    // reqwest takes what the process has; an error says that it has one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let name = url.host_str().ok_or(NoAnswer::Other)?;
    let addresses: Vec<SocketAddr> = at.iter().map(|address| SocketAddr::new(*address, 0)).collect();
    reqwest::Client::builder()
        .resolve_to_addrs(name, &addresses)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(unreachable)
}

async fn answer(url: &str, at: Vec<IpAddr>) -> Result<String, NoAnswer> {
    let url = Url::parse(url).map_err(|_| NoAnswer::Other)?;
    let asked = url.clone();
    // It reads and parses the certificates of the system's authorities, which would hold up other requests.
    let client = tokio::task::spawn_blocking(move || client_for(&asked, &at)).await;
    let client = client.map_err(|_| NoAnswer::Other)??;
    let mut response = client.get(url).send().await.map_err(unreachable)?;
    if !response.status().is_success() {
        return Err(NoAnswer::Other);
    }
    let mut body = Vec::new();
    while let Some(bytes) = response.chunk().await.map_err(unreachable)? {
        if body.len() + bytes.len() > LONGEST_ANSWER {
            return Err(NoAnswer::Other);
        }
        body.extend_from_slice(&bytes);
    }
    String::from_utf8(body).map_err(|_| NoAnswer::Other)
}

fn unreachable(error: reqwest::Error) -> NoAnswer {
    NoAnswer::Unreachable(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_hosts_says_each_text_of_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hosts");
        let lines = "127.0.0.1 a.test\nTXT a.test one\nTXT b.test two\nTXT a.test of three words\nTXT\n";
        std::fs::write(&file, lines).unwrap();
        assert_eq!(listed_texts(&file, "a.test"), ["one", "of three words"]);
        assert_eq!(listed_texts(&file, "b.test"), ["two"]);
        assert!(listed_texts(&file, "c.test").is_empty());
        assert_eq!(listed(&file, "a.test").len(), 1);
    }

    #[test]
    fn a_file_of_hosts_names_each_address_of_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hosts");
        std::fs::write(&file, "127.0.0.1 a.test\n::1 a.test\n10.0.0.1 b.test\nnonsense\nx y\n").unwrap();
        let addresses = |name: &str| listed(&file, name).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(addresses("a.test"), ["127.0.0.1", "::1"]);
        assert_eq!(addresses("b.test"), ["10.0.0.1"]);
        assert!(addresses("c.test").is_empty() && addresses("y").is_empty());
    }
}
