//! The way to it from a client's portal.

use maud::{Markup, html};
use portico_kernel::{ClientTx, PortalPlace, Result};
use portico_ui::components::Button;

pub fn client_tool(_: &mut ClientTx, place: &PortalPlace) -> Result<Option<Markup>> {
    let href = format!("/portals/{}/activity", place.portal);
    let label = place.frame.text.say("activity-what-happened");
    let way = html! { (Button::quiet(label).icon("history").href(href)) };
    Ok(Some(way).filter(|_| place.folder.is_none()))
}
