//! Icons from one sprite. The names say what they mean here; `assets/icons/ORIGIN.md` says which
//! Lucide icon is behind each.

use maud::{Markup, html};

use crate::assets::Assets;

/// Decoration beside a word; screen readers skip it.
pub fn icon(name: &'static str) -> Markup {
    debug_assert!(names().any(|known| known == name), "no icon `{name}` in the sprite");
    html! {
        svg.icon viewBox="0 0 24 24" aria-hidden="true" { use href={ (Assets::href("icons/sprite.svg")) "#" (name) } {} }
    }
}

/// Every name that [`icon`] knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    const SPRITE: &str = include_str!("../../../../assets/icons/sprite.svg");
    SPRITE.split("<g id=\"").skip(1).filter_map(|shape| shape.split('"').next())
}

pub fn sample() -> Markup {
    html! {
        ul.sample-icons {
            @for name in names() { li { (icon(name)) " " (name) } }
        }
    }
}
