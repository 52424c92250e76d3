//! Forms as browsers send them: what was taken is the same when it is sent again.

use portico_kernel::parse_form;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    name: String,
    note: Option<String>,
    #[serde(default)]
    order: Vec<u32>,
}

pub fn check(bytes: &[u8]) {
    let Ok(sent) = parse_form::<Sent>(bytes) else { return };
    let again = serde_html_form::to_string(&sent).expect("texts and numbers are a form's own");
    assert_eq!(parse_form::<Sent>(again.as_bytes()).ok(), Some(sent));
}
