//! Icons from one sprite. The names say what they mean here; `assets/icons/ORIGIN.md` says which
//! Lucide icon is behind each.

use std::{collections::HashMap, sync::LazyLock};

use maud::{Markup, PreEscaped, html};

use crate::assets::Assets;

/// Decoration beside a word; screen readers skip it. Drawn once, at the first use ([`Assets::install`] comes before): a
/// page has dozens.
pub fn icon(name: &'static str) -> PreEscaped<&'static str> {
    static DRAWN: LazyLock<HashMap<&str, Markup>> =
        LazyLock::new(|| names().map(|name| (name, draw(name))).collect());
    let drawn = DRAWN.get(name);
    debug_assert!(drawn.is_some(), "no icon `{name}` in the sprite");
    PreEscaped(drawn.map_or("", |drawn| &drawn.0))
}

fn draw(name: &str) -> Markup {
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
        ul.portal-grid role="list" {
            @for name in names() { li.cluster { (icon(name)) (name) } }
        }
    }
}
