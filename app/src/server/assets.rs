//! Stylesheets, scripts and icons, inside the binary, at addresses that change with their content
//! and may therefore be cached for ever.

use std::{borrow::Cow, io::Write, sync::OnceLock};

use flate2::{Compression, write::GzEncoder};
use poem::{
    Request, Response, handler,
    http::{StatusCode, header},
};
use sha2::{Digest, Sha256};

const FILES: [(&str, &str, &[u8]); 7] = [
    ("css/app.css", "text/css; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/app.css"))),
    ("js/app.js", "text/javascript; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/app.js"))),
    ("js/staff.js", "text/javascript; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/staff.js"))),
    (
        "js/passkeys.js",
        "text/javascript; charset=utf-8",
        include_bytes!(concat!(env!("OUT_DIR"), "/passkeys.js")),
    ),
    (
        "vendor/htmx-4.0.1/htmx.min.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../../assets/vendor/htmx-4.0.1/htmx.min.js"),
    ),
    ("icons/sprite.svg", "image/svg+xml", include_bytes!("../../../assets/icons/sprite.svg")),
    ("icons/favicon.svg", "image/svg+xml", include_bytes!("../../../assets/icons/favicon.svg")),
];

const FOLDER: &str = "/assets/";

struct Asset {
    name: &'static str,
    address: String,
    kind: &'static str,
    plain: &'static [u8],
    gzip: Vec<u8>,
}

pub struct Assets(Vec<Asset>);

impl Assets {
    fn all() -> &'static Assets {
        static ALL: OnceLock<Assets> = OnceLock::new();
        ALL.get_or_init(|| Assets(FILES.map(|(name, kind, plain)| Asset::new(name, kind, plain)).into()))
    }

    /// Tells the interface kit where each file lives.
    pub fn install() {
        portico_ui::Assets::install(&|name| match Self::all().0.iter().find(|asset| asset.name == name) {
            Some(asset) => Cow::Borrowed(&asset.address),
            None => Cow::Owned(format!("{FOLDER}{name}")),
        });
    }
}

impl Asset {
    fn new(name: &'static str, kind: &'static str, plain: &'static [u8]) -> Self {
        let hash = hex::encode(&Sha256::digest(plain)[..6]);
        let last = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default();
        Self { name, address: format!("{FOLDER}{stem}.{hash}.{extension}"), kind, plain, gzip }
    }
}

/// `GET /assets/:file`
#[handler]
pub fn show_asset(req: &Request) -> poem::Result<Response> {
    let wanted = req.raw_path_param("file").unwrap_or_default();
    let is_wanted = |asset: &&Asset| asset.address.strip_prefix(FOLDER) == Some(wanted);
    let Some(asset) = Assets::all().0.iter().find(is_wanted) else {
        return Err(portico_kernel::Error::NotFound.into());
    };
    let builder = Response::builder()
        .status(StatusCode::OK)
        .content_type(asset.kind)
        .header(header::VARY, "accept-encoding")
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(match super::compression::accepted(req.headers()) {
        super::compression::Accepted::Gzip if !asset.gzip.is_empty() => {
            builder.header(header::CONTENT_ENCODING, "gzip").body(asset.gzip.clone())
        }
        _ => builder.body(asset.plain),
    })
}
