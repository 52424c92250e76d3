//! What lies at Google: of a document the page that its owner shared, or the one that they published.

use url::Url;

use super::{
    Provider,
    frame::{is_id, value},
};

pub fn docs(path: &[&str]) -> Option<(Provider, String)> {
    let [kind, place @ ..] = path else { return None };
    // What stands behind a shared document, and behind a published one.
    let (provider, shared, published) = match *kind {
        "document" => (Provider::GoogleDocs, "preview", "pub?embedded=true"),
        "spreadsheets" => (Provider::GoogleSheets, "preview", "pubhtml?widget=true&headers=false"),
        "presentation" => (Provider::GoogleSlides, "embed", "embed"),
        "forms" => (Provider::GoogleForms, "viewform?embedded=true", "viewform?embedded=true"),
        _ => return None,
    };
    let frame = match without_account(place) {
        ["d", "e", id, ..] if is_file(id) => format!("https://docs.google.com/{kind}/d/e/{id}/{published}"),
        ["d", id, ..] if is_file(id) => format!("https://docs.google.com/{kind}/d/{id}/{shared}"),
        _ => return None,
    };
    Some((provider, frame))
}

/// A file of any kind, or a folder.
pub fn drive(path: &[&str], url: &Url) -> Option<String> {
    let opened = value(url, "id");
    let (kind, id) = match path {
        ["file", place @ ..] => match without_account(place) {
            ["d", id, ..] => ("file", *id),
            _ => return None,
        },
        ["drive", place @ ..] => match without_account(place) {
            ["folders", id] => ("folder", *id),
            _ => return None,
        },
        ["open" | "uc"] => ("file", opened.as_deref()?),
        ["embeddedfolderview"] => ("folder", opened.as_deref()?),
        _ => return None,
    };
    is_file(id).then(|| match kind {
        "file" => format!("https://drive.google.com/file/d/{id}/preview"),
        _ => format!("https://drive.google.com/embeddedfolderview?id={id}#list"),
    })
}

/// Whoever is signed in with several accounts finds the number of one in every address.
fn without_account<'a, 'b>(place: &'a [&'b str]) -> &'a [&'b str] {
    match place {
        ["u", _, rest @ ..] => rest,
        place => place,
    }
}

fn is_file(id: &str) -> bool {
    is_id(id, 10..=120)
}
