//! Tiles: the grid that files and folders can be seen in.

use maud::{Markup, html};

use super::icon;

pub struct Tile<'a> {
    pub id: Option<String>,
    pub name: &'a str,
    pub href: &'a str,
    /// Address of a picture of it; without one, `icon` is drawn large.
    pub thumbnail: Option<&'a str>,
    pub icon: &'static str,
    pub detail: Option<&'a str>,
    pub actions: Option<Markup>,
}

pub fn tile(tile: &Tile<'_>) -> Markup {
    html! {
        li.tile id=[&tile.id] {
            a.tile-link href=(tile.href) {
                span.tile-picture {
                    @match tile.thumbnail {
                        Some(href) => img src=(href) alt="" loading="lazy" decoding="async";,
                        None => (icon(tile.icon)),
                    }
                }
                span.tile-name { (tile.name) }
            }
            @if let Some(detail) = tile.detail { span.tile-detail { (detail) } }
            @if let Some(actions) = &tile.actions { div.tile-actions { (actions) } }
        }
    }
}

pub fn tile_grid(tiles: Markup) -> Markup {
    html! { ul.tile-grid role="list" { (tiles) } }
}

pub fn sample() -> Markup {
    let file = |name, icon| Tile {
        id: None,
        name,
        href: "#",
        thumbnail: None,
        icon,
        detail: Some("1.2 MB"),
        actions: None,
    };
    tile_grid(html! {
        (tile(&file("Photographs", "folder")))
        (tile(&file("Homepage draft.pdf", "file-text")))
        (tile(&file("a-very-long-file-name-that-nobody-would-type-but-cameras-do-20261123-0001.jpeg", "file-image")))
    })
}
