//! The names of the internet, and what answers there, asked as anybody outside would. `app/adapters` fulfils it.

use std::net::IpAddr;

use futures_util::future::BoxFuture;

pub trait Internet: Send + Sync {
    /// Where a name leads, by the system's resolver.
    fn addresses<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NoAnswer>>;

    /// Which texts a name has in DNS (TXT): none where nobody knows the name.
    fn texts<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Vec<String>, NoAnswer>>;

    /// What a GET of `url` is answered with, if that is short. It is asked of `at` and of nobody else: the name is not
    /// looked up again, no redirect is followed and no proxy is used.
    fn ask<'a>(&'a self, url: &'a str, at: &'a [IpAddr]) -> BoxFuture<'a, Result<String, NoAnswer>>;
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    #[error("nobody knows the name")]
    UnknownName,
    /// Nobody listens there, or they say nothing, or prove with no certificate that it is them.
    #[error("no answer: {0}")]
    Unreachable(String),
    #[error("another answer")]
    Other,
}
