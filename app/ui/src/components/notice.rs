//! A sentence above the fold that must not be missed.

use maud::{Markup, html};

use super::icon;
use crate::texts::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Information,
    Good,
    Warning,
    /// Something failed: read out at once.
    Error,
}

pub fn notice(kind: NoticeKind, words: &str) -> Markup {
    notice_with(kind, html! { p { (words) } })
}

/// With more than a sentence in it: a list of errors, a button.
pub fn notice_with(kind: NoticeKind, body: Markup) -> Markup {
    let (class, icon_name) = match kind {
        NoticeKind::Information => ("notice", "info"),
        NoticeKind::Good => ("notice notice-good", "check-circle"),
        NoticeKind::Warning => ("notice notice-warning", "alert"),
        NoticeKind::Error => ("notice notice-error", "alert"),
    };
    html! {
        div class=(class) role=[(kind == NoticeKind::Error).then_some("alert")] {
            (icon(icon_name))
            div.notice-body { (body) }
        }
    }
}

/// Where mail is not sent: where it lies, and `page`, where the reader may look at it.
pub fn mail_stays(text: Text, page: Option<&str>) -> Markup {
    html! {
        (text.say("ui-mail-stays")) " "
        @match page {
            Some(page) => { a href=(page) { (text.say("ui-mail-stays-open")) } }
            None => { (text.say("ui-mail-stays-ask")) }
        }
    }
}

pub fn sample() -> Markup {
    html! {
        div.stack {
            (notice(NoticeKind::Information, "1 person will gain these 14 items."))
            (notice(NoticeKind::Good, "The invitation was sent."))
            (notice(NoticeKind::Warning, "This invitation expired on 23 November 2026."))
            (notice(NoticeKind::Error, "The file is larger than 2 GB. Choose a smaller one."))
        }
    }
}
