//! Portico's interface kit: texts, colours, page shells, components and the layout of mail. It does
//! no I/O and knows neither poem nor a database: everything here is a function from values to markup.

mod app_icon;
pub mod assets;
pub mod colour;
pub mod components;
pub mod frame;
pub mod mail;
pub mod markdown;
pub mod marking;
mod mentions;
mod offline;
pub mod shell;
pub mod texts;

pub use app_icon::app_icon;
pub use assets::Assets;
pub use colour::{Brand, Colour, brand_css};
pub use frame::{
    AppLook, CoverLook, Focus, Frame, LogoGround, LogoLook, LogoShape, NavigationCount, NavigationEntry,
    OrganizationLook, Pages, PersonLook, PreviewBanner,
};
pub use marking::MarkedWords;
pub use maud::{self, Markup, Render, html};
pub use mentions::mentions;
pub use offline::{
    OFFLINE_SCRIPT, OfflineFrame, OfflineLine, offline_list, offline_page, offline_search, offline_stylesheet,
};
pub use shell::{
    PlainMessage, PublicPage, client_page, navigation_count, plain_message, plain_message_page, public_page,
    signed_out_page, staff_page,
};
pub use texts::{Catalogue, Language, Text, Value};
