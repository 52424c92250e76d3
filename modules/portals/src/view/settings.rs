//! Settings: how the organization looks, and what its public page says.

use portico_kernel::{Name, Problems};
use portico_ui::{
    Brand, Frame, Language, Markup,
    components::{Button, Checked, Choice, Field, Form, PageHeader, breadcrumb, form_actions, page_header},
    html,
};

use crate::{
    looks::{LooksForm, time_zones},
    public_words::PublicWordsForm,
};

fn settings_header(frame: &Frame, title: &str) -> Markup {
    let text = frame.text;
    page_header(&PageHeader {
        title,
        breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("portals-settings"))])),
        ..PageHeader::default()
    })
}

/// `logo`: the part about it, where something draws pictures.
pub fn looks_page(frame: &Frame, form: &LooksForm, problems: &Problems, logo: Option<Markup>) -> Markup {
    let text = frame.text;
    let error = |field: &str| problems.of(field).map(|key| text.say(key));
    let languages =
        Language::ALL.into_iter().map(|language| Choice::new(language.code(), language.own_name())).collect();
    let own_sidebar = if form.own_sidebar.is_empty() { Checked::No } else { Checked::Yes };
    let zones = time_zones(&form.time_zone)
        .into_iter()
        .map(|zone| Choice::new(&zone, zone.replace('_', " ")))
        .collect();
    html! {
        (settings_header(frame, &text.say("portals-looks")))
        (Form::post(&frame.form_token, "/staff/settings/looks").body(html! {
            (Field::text("name", text.say("portals-field-organization")).value(&form.name).required()
                .max_length(Name::LONGEST).autocomplete("organization").error(error("name")))
            div.brand-choice {
                div hx-get="/staff/settings/looks/preview" hx-trigger="input delay:150ms"
                    hx-include="#field-colour, #field-own_sidebar, #field-sidebar" hx-target="#brand-preview" hx-swap="outerHTML" {
                    (Field::colour("colour", text.say("portals-field-colour")).value(&form.colour)
                        .hint(text.say("portals-colour-hint")).error(error("colour")))
                    (Field::checkbox("own_sidebar", text.say("portals-field-own-sidebar"), own_sidebar))
                    (Field::colour("sidebar", text.say("portals-field-sidebar")).value(&form.sidebar)
                        .error(error("sidebar")))
                }
                (brand_preview(frame, &form.brand()))
            }
            (Field::select("language", text.say("portals-field-language"), languages).value(&form.language)
                .hint(text.say("portals-language-hint")).error(error("language")))
            (Field::select("time_zone", text.say("portals-field-time-zone"), zones).value(&form.time_zone)
                .error(error("time_zone")))
            (form_actions(html! { (Button::primary(text.say("portals-save"))) }))
        }))
        @if let Some(logo) = logo { (logo) }
    }
}

/// A page with its sidebar, a button and a line of text in the colours that would be derived, in light and in dark.
/// Drawn, because the page's own policy allows no inline styles.
pub fn brand_preview(frame: &Frame, brand: &Brand) -> Markup {
    let css = portico_ui::brand_css(brand);
    let shades = |name: &str| shades_of(&css, Place::Page, name);
    let place = if brand.sidebar.is_some() { Place::Sidebar } else { Place::Page };
    let beside = |name: &str| shades_of(&css, place, name);
    let (ground, surface, ink, soft) =
        (shades("ground"), shades("surface"), shades("ink"), shades("ink-soft"));
    let (accent, on_accent, line) = (shades("accent"), shades("on-accent"), shades("line"));
    let (sidebar, current) = (beside("sunken"), beside("accent-soft"));
    let (current_ink, sidebar_ink) = (beside("accent-ink"), beside("ink-soft"));
    let (name, text) = (&frame.organization.name, frame.text);
    html! {
        svg.brand-preview id="brand-preview" viewBox="0 0 320 248" role="img" aria-label=(text.say("portals-preview")) {
            @for scheme in 0..2 {
                @let y = 124 * scheme;
                rect x="0" y=(y) width="320" height="124" fill=(ground[scheme]) {}
                rect x="0" y=(y) width="96" height="124" fill=(sidebar[scheme]) {}
                rect x="8" y=(y + 40) width="80" height="20" rx="5" fill=(current[scheme]) {}
                text x="14" y=(y + 24) font-size="9" font-weight="600" fill=(sidebar_ink[scheme]) { (shortened(name)) }
                text x="14" y=(y + 53) font-size="9" font-weight="600" fill=(current_ink[scheme]) { (text.say("ui-home")) }
                text x="14" y=(y + 76) font-size="9" fill=(sidebar_ink[scheme]) { (text.say("portals-navigation")) }
                rect x="112" y=(y + 16) width="191" height="91" rx="8"
                    fill=(surface[scheme]) stroke=(line[scheme]) {}
                text x="126" y=(y + 40) font-size="12" font-weight="600" fill=(ink[scheme]) { "Aa Bb 123" }
                text x="126" y=(y + 57) font-size="9" fill=(soft[scheme]) { (text.say("portals-public-page")) }
                rect x="126" y=(y + 68) width="72" height="26" rx="7" fill=(accent[scheme]) {}
                text x="162" y=(y + 85) font-size="10" font-weight="600" text-anchor="middle" fill=(on_accent[scheme]) {
                    (text.say("ui-sign-in"))
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Place {
    Page,
    Sidebar,
}

/// The light and the dark value of a custom property.
fn shades_of<'a>(css: &'a str, place: Place, name: &str) -> [&'a str; 2] {
    let property = format!("--{name}:");
    let selector = match place {
        Place::Page => ":root{",
        Place::Sidebar => ".sidebar{",
    };
    let mut values = css.split(selector).skip(1).map(|rules| {
        let rules = rules.split('}').next().unwrap_or_default();
        let value = rules.split(property.as_str()).nth(1).unwrap_or_default();
        value.split(';').next().unwrap_or_default()
    });
    [values.next().unwrap_or_default(), values.next().unwrap_or_default()]
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(12) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

/// `cover`: the part about it, where something draws pictures.
pub fn public_words_page(
    frame: &Frame,
    form: &PublicWordsForm,
    problems: &Problems,
    cover: Option<Markup>,
) -> Markup {
    let text = frame.text;
    let error = |field: &str| problems.of(field).map(|key| text.say(key));
    html! {
        (settings_header(frame, &text.say("portals-public-page")))
        (Form::post(&frame.form_token, "/staff/settings/public-page").body(html! {
            (Field::text("title", text.say("portals-field-title")).value(&form.title).optional(text)
                .max_length(Name::LONGEST).hint(text.say("portals-title-hint")).error(error("title")))
            (Field::text("headline", text.say("portals-field-headline")).value(&form.headline).optional(text)
                .max_length(Name::LONGEST).hint(text.say("portals-headline-hint")).error(error("headline")))
            (Field::area("words", text.say("portals-field-words")).value(&form.words).optional(text).rows(10)
                .hint(text.say("ui-markdown-hint")).error(error("words")))
            (Field::email("contact_email", text.say("portals-field-contact-email")).value(&form.contact_email)
                .optional(text).autocomplete("off").error(error("contact_email")))
            (Field::text("contact_telephone", text.say("portals-field-contact-telephone"))
                .value(&form.contact_telephone).optional(text).input_mode("tel").error(error("contact_telephone")))
            (Field::area("contact_address", text.say("portals-field-contact-address")).value(&form.contact_address)
                .optional(text).rows(3).error(error("contact_address")))
            (form_actions(html! { (Button::primary(text.say("portals-save"))) }))
        }))
        @if let Some(cover) = cover { (cover) }
    }
}

#[cfg(test)]
mod tests {
    use portico_ui::Colour;

    use super::*;

    #[test]
    fn a_preview_finds_the_light_and_the_dark_shade() {
        let brand = Brand { sidebar: "#10243e".parse().ok(), ..Brand::default() };
        let css = portico_ui::brand_css(&brand);
        for place in [Place::Page, Place::Sidebar] {
            for name in ["ground", "ink", "accent", "accent-soft", "on-accent", "accent-ink"] {
                let [light, dark] = shades_of(&css, place, name);
                assert!(
                    light.parse::<Colour>().is_ok() && dark.parse::<Colour>().is_ok(),
                    "{name}: {light} {dark}"
                );
            }
        }
        assert_eq!(shades_of(&css, Place::Sidebar, "ground")[0], "#10243e");
        assert_eq!(shortened("Études & Fils, architectes"), "Études & Fil…");
    }
}
