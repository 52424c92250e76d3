//! The icon of an organization without a logo: its initials in its colour, as a document of its own.

use maud::{Markup, html};

use crate::colour::{Brand, icon_colours};
use crate::components::initials;

/// An SVG. Phones that cut it to a circle leave the letters whole.
pub fn app_icon(name: &str, brand: &Brand) -> Markup {
    let (ground, ink) = icon_colours(brand);
    let letters = initials(name);
    let size = if letters.chars().count() > 1 { "26" } else { "34" };
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" {
            rect width="64" height="64" rx="13" fill=(ground) {}
            text x="32" y="32" dy=".36em" text-anchor="middle" fill=(ink) font-size=(size) font-weight="600"
                font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif" {
                (letters)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_escaped_on_the_brand_colour() {
        let svg = app_icon("<b> & Söhne", &Brand::default()).into_string();
        assert!(
            svg.starts_with("<svg xmlns=") && svg.contains("fill=\"#3451b2\"") && svg.contains(">BS<"),
            "{svg}"
        );
    }
}
