//! Embeds on their own page.

use portico_ui::{
    Frame, Markup, Text,
    components::{Button, PageHeader, button_form, icon, page_header},
    html,
};

use super::staff_portal::client_places;
use crate::{
    embed::{Shape, Source},
    folder::Folder,
    item::ReadEmbed,
    store::client::ClientPortal,
};

/// A frame may run its own scripts and forms in its own origin, which is never ours. It may neither navigate the page
/// around it nor start a download.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation";

/// Whether whoever looks wants the provider to learn of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    Given,
    NotGiven,
}

/// `here`: the address of the page.
pub fn whole_embed(text: Text, embed: &ReadEmbed, here: &str, consent: Consent) -> Markup {
    html! {
        div.stack id={ "embed-" (embed.item.id) } {
            @match consent {
                Consent::NotGiven => (poster(text, embed, here)),
                Consent::Given => {
                    (embed_frame(&embed.item.name, &embed.source))
                    p { (outside(text, &embed.source)) }
                }
            }
        }
    }
}

/// In place of the frame, of our own: not even a picture comes from the provider.
fn poster(text: Text, embed: &ReadEmbed, here: &str) -> Markup {
    let provider = [("provider", embed.source.provider.label().into())];
    html! {
        div.embed-poster {
            (icon("embed"))
            p.field-hint { (embed.source.provider.label()) }
            p.embed-title { (embed.item.name) }
            p.embed-consent { (text.say_with("portals-embed-consent", &provider)) }
            div.embed-choice {
                (Button::primary(text.say_with("portals-embed-load", &provider)).href(format!("{here}?shown=yes")))
                (outside(text, &embed.source))
            }
        }
    }
}

fn embed_frame(title: &str, source: &Source) -> Markup {
    html! {
        div.embed-frame.embed-tall[source.provider.shape() == Shape::Tall] {
            iframe src=(source.frame) title=(title) sandbox=(SANDBOX) allow="fullscreen" loading="lazy"
                referrerpolicy=(source.provider.referrer_policy()) {}
        }
    }
}

fn outside(text: Text, source: &Source) -> Button {
    let provider = [("provider", source.provider.label().into())];
    Button::quiet(text.say_with("portals-embed-open", &provider)).new_tab(source.page.as_str())
}

/// The top of its page for staff. `way` leads to the folder that it lies in.
pub fn staff_header(frame: &Frame, embed: &ReadEmbed, way: Markup, changed: String) -> Markup {
    let text = frame.text;
    page_header(&PageHeader {
        title: &embed.item.name,
        breadcrumb: Some(way),
        detail: Some(html! { (text.say_with("portals-changed", &[("when", changed.into())])) }),
        actions: Some(actions(frame, embed)),
    })
}

fn actions(frame: &Frame, embed: &ReadEmbed) -> Markup {
    let (text, id) = (frame.text, embed.item.id);
    html! {
        (Button::primary(text.say("portals-edit")).icon("pencil").href(format!("/staff/embeds/{id}/edit")))
        (button_form(&frame.form_token, &format!("/staff/items/{id}/deletion"),
            Button::secondary(text.say("portals-delete")).icon("trash")))
        @if let Some(audience) = frame.audience("item", id) {
            (Button::quiet(text.say("ui-audience")).icon("eye").dialog(audience))
        }
    }
}

pub fn client_embed(
    frame: &Frame,
    portal: &ClientPortal,
    path: &[Folder],
    embed: &ReadEmbed,
    changed: String,
    consent: Consent,
) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &embed.item.name,
            breadcrumb: Some(client_places(text, portal.id, &portal.name, path)),
            detail: Some(html! { (text.say_with("portals-changed", &[("when", changed.into())])) }),
            actions: None,
        }))
        (whole_embed(text, embed, &format!("/embeds/{}", embed.item.id), consent))
    }
}
