//! Settings: how the organization looks, and what its public page says.

use portico_kernel::{Name, Problems};
use portico_ui::{
    Brand, Colour, Frame, Language, Markup,
    components::{Button, Choice, Field, Form, PageHeader, breadcrumb, form_actions, page_header},
    html,
};

use crate::looks::{LooksForm, PublicWordsForm, time_zones};

fn settings_header(frame: &Frame, title: &str) -> Markup {
    let text = frame.text;
    page_header(&PageHeader {
        title,
        breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("portals-settings"))])),
        ..PageHeader::default()
    })
}

pub fn looks_page(frame: &Frame, form: &LooksForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let error = |field: &str| problems.of(field).map(|key| text.say(key));
    let languages =
        Language::ALL.into_iter().map(|language| Choice::new(language.code(), language.own_name())).collect();
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
                div hx-get="/staff/settings/looks/preview" hx-trigger="input from:#field-colour delay:150ms"
                    hx-include="#field-colour" hx-target="#brand-preview" hx-swap="outerHTML" {
                    (Field::colour("colour", text.say("portals-field-colour")).value(&form.colour)
                        .hint(text.say("portals-colour-hint")).error(error("colour")))
                }
                (brand_preview(frame, form.colour.parse().unwrap_or(Brand::default().accent)))
            }
            (Field::select("language", text.say("portals-field-language"), languages).value(&form.language)
                .hint(text.say("portals-language-hint")).error(error("language")))
            (Field::select("time_zone", text.say("portals-field-time-zone"), zones).value(&form.time_zone)
                .error(error("time_zone")))
            (form_actions(html! { (Button::primary(text.say("portals-save"))) }))
        }))
    }
}

/// A button and a line of text in the colours that would be derived, in light and in dark. Drawn,
/// because the page's own policy allows no inline styles.
pub fn brand_preview(frame: &Frame, colour: Colour) -> Markup {
    let css = portico_ui::brand_css(&Brand::new(colour));
    let shades = |name: &str| shades_of(&css, name);
    let (ground, ink, soft) = (shades("ground"), shades("ink"), shades("accent-soft"));
    let (accent, on_accent, accent_ink) = (shades("accent"), shades("on-accent"), shades("accent-ink"));
    let (name, sign_in) = (&frame.organization.name, frame.text.say("ui-sign-in"));
    html! {
        svg.brand-preview id="brand-preview" viewBox="0 0 320 96" role="img" aria-label=(frame.text.say("portals-preview")) {
            @for scheme in 0..2 {
                @let x = 160 * scheme;
                rect x=(x) y="0" width="160" height="96" fill=(ground[scheme]) {}
                rect x=(x) y="0" width="160" height="34" fill=(soft[scheme]) {}
                text x=(x + 14) y="22" font-size="11" font-weight="600" fill=(accent_ink[scheme]) { (shortened(name)) }
                rect x=(x + 14) y="48" width="68" height="26" rx="7" fill=(accent[scheme]) {}
                text x=(x + 48) y="65" font-size="10" font-weight="600" text-anchor="middle" fill=(on_accent[scheme]) { (sign_in) }
                text x=(x + 94) y="65" font-size="10" fill=(ink[scheme]) { "Aa Bb 123" }
            }
        }
    }
}

/// The light and the dark value of a custom property.
fn shades_of<'a>(css: &'a str, name: &str) -> [&'a str; 2] {
    let property = format!("--{name}:");
    let mut values =
        css.split(property.as_str()).skip(1).map(|rest| rest.split(';').next().unwrap_or_default());
    [values.next().unwrap_or_default(), values.next().unwrap_or_default()]
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(18) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

pub fn public_words_page(frame: &Frame, form: &PublicWordsForm, problems: &Problems) -> Markup {
    let text = frame.text;
    let error = |field: &str| problems.of(field).map(|key| text.say(key));
    html! {
        (settings_header(frame, &text.say("portals-public-page")))
        (Form::post(&frame.form_token, "/staff/settings/public-page").body(html! {
            (Field::text("headline", text.say("portals-field-headline")).value(&form.headline).optional(text)
                .max_length(Name::LONGEST).hint(text.say("portals-headline-hint")).error(error("headline")))
            (Field::area("words", text.say("portals-field-words")).value(&form.words).optional(text).rows(10)
                .hint(text.say("ui-markdown-hint")).error(error("words")))
            (form_actions(html! { (Button::primary(text.say("portals-save"))) }))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_finds_the_light_and_the_dark_shade() {
        let css = portico_ui::brand_css(&Brand::default());
        for name in ["ground", "ink", "accent", "accent-soft", "on-accent", "accent-ink"] {
            let [light, dark] = shades_of(&css, name);
            assert!(
                light.parse::<Colour>().is_ok() && dark.parse::<Colour>().is_ok(),
                "{name}: {light} {dark}"
            );
        }
        assert_eq!(shortened("Études & Fils, architectes"), "Études & Fils, arc…");
    }
}
