//! The components, one file each, every one with a `sample()` that the developers' page shows and a
//! test renders.

pub mod avatar;
pub mod badge;
pub mod breadcrumb;
pub mod button;
pub mod card;
pub mod cover;
pub mod dialog;
pub mod dot;
pub mod empty_state;
pub mod field;
pub mod form;
pub mod icon;
pub mod item_row;
pub mod menu;
pub mod milestone_track;
pub mod note;
pub mod notice;
pub mod page_header;
pub mod pagination;
pub mod people;
pub mod portal_card;
pub mod progress;
pub mod reorder;
pub mod search_box;
pub mod search_chips;
pub mod search_hit;
pub mod stat;
pub mod table;
pub mod tabs;
pub mod toast;
pub mod upload;

pub use avatar::{avatar, avatar_stack, initials, organization_mark};
pub use badge::{Tone, badge, badge_accent};
pub use breadcrumb::breadcrumb;
pub use button::Button;
pub use card::{broken_section, card, section, section_with_id, titled_card};
pub use cover::{cover, wide_cover};
pub use dialog::{DIALOG_TARGET, cancel, dialog, dialog_form};
pub use dot::{Dot, dot};
pub use empty_state::{empty_state, quiet_line};
pub use field::{Checked, Choice, Field};
pub use form::{Form, TOKEN_FIELD, button_form, form, form_actions, token_field, viewing};
pub use icon::icon;
pub use item_row::{Row, RowOpens, list, list_raised, row, row_icon, row_thumbnail};
pub use menu::{button_menu, menu, menu_dialog, menu_divider, menu_form, menu_link};
pub use milestone_track::{Milestone, MilestoneState, milestone_track, plain_milestone_track};
pub use note::{Note, NotePlace, note};
pub use notice::{NoticeKind, mail_stays, notice, notice_with};
pub use page_header::{PageHeader, page_header};
pub use pagination::pagination;
pub use people::{PersonChoice, person_cell, person_choices, person_row};
pub use portal_card::{PortalCard, portal_card, portal_grid};
pub use progress::{meter, progress};
pub use reorder::{ReorderRow, reorder_list, reorder_row};
pub use search_box::{search_box, search_box_within, search_trigger};
pub use search_chips::{Chip, ChipGroup, search_chips};
pub use search_hit::{Piece, SearchHit, no_search_results, search_group, search_hit, search_results};
pub use stat::{Stat, stats};
pub use table::{Align, Column, table};
pub use tabs::{Tab, switch, tabs};
pub use toast::{Undo, replace_partial, toast, toast_partial, toast_with};
pub use upload::{send_form, send_one_form, upload_form};

use maud::Markup;

/// Every component by name.
pub fn samples() -> Vec<(&'static str, Markup)> {
    vec![
        ("avatar", avatar::sample()),
        ("badge", badge::sample()),
        ("breadcrumb", breadcrumb::sample()),
        ("button", button::sample()),
        ("card", card::sample()),
        ("cover", cover::sample()),
        ("dialog", dialog::sample()),
        ("dot", dot::sample()),
        ("empty_state", empty_state::sample()),
        ("field", field::sample()),
        ("form", form::sample()),
        ("icon", icon::sample()),
        ("item_row", item_row::sample()),
        ("menu", menu::sample()),
        ("milestone_track", milestone_track::sample()),
        ("note", note::sample()),
        ("notice", notice::sample()),
        ("page_header", page_header::sample()),
        ("pagination", pagination::sample()),
        ("people", people::sample()),
        ("portal_card", portal_card::sample()),
        ("progress", progress::sample()),
        ("reorder", reorder::sample()),
        ("search_box", search_box::sample()),
        ("search_chips", search_chips::sample()),
        ("search_hit", search_hit::sample()),
        ("stat", stat::sample()),
        ("table", table::sample()),
        ("tabs", tabs::sample()),
        ("toast", toast::sample()),
        ("upload", upload::sample()),
    ]
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn every_component_renders_its_sample() {
        for (name, markup) in samples() {
            assert!(markup.0.contains('<'), "{name} renders nothing");
        }
    }

    #[test]
    fn no_component_breaks_the_content_security_policy() {
        for (name, markup) in samples() {
            for forbidden in [" style=", "<style", "<script", " onclick=", "hx-on", "javascript:", "js:"] {
                assert!(!markup.0.contains(forbidden), "{name} contains {forbidden}");
            }
        }
    }
}
