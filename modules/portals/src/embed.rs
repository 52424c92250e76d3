//! Embeds: a page of a known service, in a frame. What somebody pastes is only read, never fetched (T13), and none of it
//! reaches the frame as it was: the frame's address is made anew of the ids in it.

mod frame;
mod google;
mod provider;

use portico_kernel::{Name, Problems};
use serde::Deserialize;
use url::Url;

use self::frame::{frame_of, page_of};
pub use self::provider::{Provider, Shape};

/// In characters, with the markup around the address.
const LONGEST_PASTED: usize = 2_000;

/// Says what can be embedded.
const UNKNOWN: &str = "portals-embed-unknown";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbedForm {
    pub title: String,
    pub address: String,
    /// Where it goes; nothing at the top of the portal. Says nothing for an embed that exists.
    #[serde(default)]
    pub folder: String,
}

pub struct Embed {
    pub title: Name,
    pub source: Source,
}

/// Where an embed comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub provider: Provider,
    /// What the frame shows, at the provider.
    pub frame: String,
    /// Where the same opens outside of the portal.
    pub page: String,
}

impl Source {
    /// # Errors
    /// The key of the sentence that says what to change.
    pub fn parse(pasted: &str) -> Result<Self, &'static str> {
        let pasted = pasted.trim();
        if pasted.is_empty() {
            return Err("portals-address-missing");
        }
        if pasted.chars().count() > LONGEST_PASTED {
            return Err("portals-address-too-long");
        }
        let url = address_in(pasted).and_then(|address| plain_url(&address)).ok_or(UNKNOWN)?;
        let (provider, frame) = frame_of(&url).ok_or(UNKNOWN)?;
        Ok(Self { provider, frame, page: page_of(&url) })
    }
}

impl EmbedForm {
    /// An embed without a title is called after its provider.
    ///
    /// # Errors
    /// What to say at which field.
    pub fn parse(&self) -> Result<Embed, Problems> {
        let mut problems = Problems::default();
        let source = problems.keep("address", Source::parse(&self.address));
        let title = match (self.title.trim(), &source) {
            ("", Some(source)) => problems.keep("title", Name::parse(source.provider.label())),
            ("", None) => None,
            (typed, _) => problems.keep("title", Name::parse(typed)),
        };
        match (title, source) {
            (Some(title), Some(source)) => Ok(Embed { title, source }),
            _ => Err(problems),
        }
    }
}

/// By itself, or of the first frame in the markup that a service gives away to be pasted.
fn address_in(pasted: &str) -> Option<String> {
    if !pasted.starts_with('<') {
        return Some(pasted.to_owned());
    }
    // Of the same length, byte by byte.
    let lower = pasted.to_ascii_lowercase();
    let tag = lower.find("<iframe")?;
    let stands_alone = |at: usize| lower[..at].ends_with(char::is_whitespace);
    let name = lower[tag..].match_indices("src=").map(|(at, _)| tag + at).find(|at| stands_alone(*at))?;
    let mut rest = pasted[name + "src=".len()..].chars();
    let quote = rest.next().filter(|mark| matches!(mark, '"' | '\''))?;
    let source = rest.as_str().split(quote).next()?.replace("&amp;", "&");
    // Older markup leaves the scheme to the page around it.
    Some(if source.starts_with("//") { format!("https:{source}") } else { source })
}

/// At a host's usual port and in nobody's name. Without a scheme it is `https`, as in any address bar.
fn plain_url(address: &str) -> Option<Url> {
    // The parser would drop line breaks and tabs in the middle.
    if address.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let url = Url::parse(&whole).ok()?;
    let is_nobodys = url.username().is_empty() && url.password().is_none();
    (url.scheme() == "https" && url.port().is_none() && is_nobodys).then_some(url)
}

#[cfg(test)]
mod tests;
