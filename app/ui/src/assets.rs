//! Where the browser finds stylesheets, scripts and icons.
//!
//! The server hashes the files once at start and installs how a name becomes an address; until then
//! (in a component's test, say) the names themselves are the addresses.

mod slim;

use std::borrow::Cow;
use std::sync::OnceLock;

pub use slim::{slim, slim_css};

/// From "app.css" to "/assets/app.3f9a.css".
pub type Resolve = dyn Fn(&str) -> Cow<'static, str> + Send + Sync;

static INSTALLED: OnceLock<&'static Resolve> = OnceLock::new();

/// The addresses of what pages load: `app.css`, `htmx.min.js`, `app.js`, `sprite.svg`;
/// staff pages load `staff.js` besides, and those with a form for a passkey `passkeys.js`.
#[derive(Clone, Copy, Debug)]
pub struct Assets;

impl Assets {
    /// The first one stays: several servers in one process serve the same files.
    pub fn install(resolve: &'static Resolve) {
        let _ = INSTALLED.set(resolve);
    }

    pub fn href(name: &str) -> Cow<'static, str> {
        match INSTALLED.get() {
            Some(resolve) => resolve(name),
            None => Cow::Owned(format!("/assets/{name}")),
        }
    }
}
