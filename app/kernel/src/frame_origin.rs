//! Another site that one page of ours shows in a frame. The page's policy names it, so it must not be able to say
//! anything else there.

use std::fmt;

use url::Url;

/// `https` and a host in lower-case ASCII: nothing that ends a source, a directive or a header (CSP Level 3,
/// section 2.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameOrigin(String);

impl FrameOrigin {
    /// Of what a frame is to show. `None` for whatever is not at the usual port of a plain name, by `https`.
    pub fn of(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok()?;
        let is_bare = url.port().is_none() && url.username().is_empty() && url.password().is_none();
        let host = url.host_str().filter(|_| url.scheme() == "https" && is_bare)?;
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
        (!host.is_empty() && host.bytes().all(is_plain)).then(|| Self(format!("https://{host}")))
    }
}

impl fmt::Display for FrameOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_name_and_nothing_else() {
        let origin = FrameOrigin::of("https://www.loom.com/embed/1?a=b;c#d").unwrap();
        assert_eq!(origin.to_string(), "https://www.loom.com");
        for address in [
            "",
            "www.loom.com",
            "http://www.loom.com/",
            "https://www.loom.com:8443/",
            "https://loom@evil.test/",
            "https://*.evil.test/",
            "https://a;script-src.test/",
            "https://a'self'.test/",
            "https://[::1]/",
            "data:text/html,x",
        ] {
            assert_eq!(FrameOrigin::of(address), None, "{address}");
        }
    }
}
