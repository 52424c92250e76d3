//! The organization's looks where there is no page: colours, logo, icons, and how it is installed on a phone.

use poem::{
    Response, handler,
    http::{HeaderValue, header},
    web::Path,
};
use portico_kernel::{Answer, Error, Organization, Result, Visitor};
use portico_ui::{app_icon, brand_css};
use serde_json::{Value, json};

use crate::store::{covers, pictures};

/// For what has an address that changes with it.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For what has an address that stays.
const ASKED_ANEW: &str = "public, no-cache";

/// Colours and the icon of an organization without a logo, at addresses that change with what they lead to: any other
/// is nobody's. And the logo for mails, whose address stays.
#[handler]
pub async fn file(visitor: Visitor, Path(file): Path<String>) -> Result<Answer> {
    let organization = visitor.organization();
    let address = format!("/brand/{file}");
    if address == organization.brand_href() {
        return Ok(sent("text/css; charset=utf-8", FOR_EVER, brand_css(&organization.brand())));
    }
    if address == organization.icon_href() {
        let icon = app_icon(&organization.name, &organization.brand()).into_string();
        return Ok(sent("image/svg+xml", FOR_EVER, icon));
    }
    match (&organization.logo, file.as_str()) {
        (Some(logo), "logo.png") => {
            let version = logo.version.clone();
            let png = visitor.read(move |tx| pictures::size(tx, &version, "logo.png")).await?;
            // A mail is read on pages of others.
            let by_others = HeaderValue::from_static("cross-origin");
            Ok(sent("image/png", ASKED_ANEW, png).header("cross-origin-resource-policy", by_others))
        }
        _ => Err(Error::NotFound),
    }
}

/// A size of the logo or of the cover that are shown now.
#[handler]
pub async fn picture(visitor: Visitor, Path((version, name)): Path<(String, String)>) -> Result<Answer> {
    let is_logo = visitor.organization().logo.as_ref().is_some_and(|logo| logo.version == version);
    let (kind, asked) = (kind_of(&name), name);
    let bytes = visitor.read(move |tx| match is_logo || covers::is_shown(tx, &version)? {
        true => pictures::size(tx, &version, &asked),
        false => Err(Error::NotFound),
    });
    Ok(sent(kind, FOR_EVER, bytes.await?))
}

/// Sizes are of these two kinds, see `picture.rs`.
fn kind_of(name: &str) -> &'static str {
    if name.ends_with(".webp") { "image/webp" } else { "image/png" }
}

/// What a phone installs (W3C Web Application Manifest).
#[handler]
pub async fn manifest(visitor: Visitor) -> Result<Answer> {
    let organization = visitor.organization();
    let manifest = json!({
        "id": "/",
        "name": organization.name,
        "short_name": organization.name,
        "lang": organization.language.code(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": organization.brand().accent.to_string(),
        "icons": app_icons(organization),
    });
    Ok(sent("application/manifest+json", ASKED_ANEW, manifest.to_string()))
}

fn app_icons(organization: &Organization) -> Vec<Value> {
    let Some(logo) = &organization.logo else {
        let purposes = "any maskable";
        return vec![
            json!({ "src": organization.icon_href(), "sizes": "any", "type": "image/svg+xml", "purpose": purposes }),
        ];
    };
    [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"), ("icon-maskable-512.png", "512x512", "maskable")]
        .into_iter()
        .map(|(name, sizes, purpose)| {
            json!({ "src": logo.href(name), "sizes": sizes, "type": "image/png", "purpose": purpose })
        })
        .collect()
}

fn sent(kind: &'static str, caching: &'static str, body: impl Into<poem::Body>) -> Answer {
    let response = Response::builder().content_type(kind).body(body);
    Answer::from(response).header(header::CACHE_CONTROL.as_str(), HeaderValue::from_static(caching))
}
