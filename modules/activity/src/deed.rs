//! What one event says of somebody who looked.

use portico_facts::EventKind;
use portico_kernel::Event;
use serde_json::Value;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    OpenedPortal,
    Looked,
    Downloaded,
    /// Several things at once, or a folder.
    Archived,
    DownloadedPaper,
}

/// What the event's data remember.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Details {
    pub version: Option<i64>,
    /// It called itself a program, and does not count as somebody who opened the thing.
    pub by_program: bool,
    archive: bool,
}

impl Details {
    pub fn read(data: &str) -> Self {
        let data: Value = serde_json::from_str(data).unwrap_or_default();
        Self {
            version: data["version"].as_i64(),
            by_program: data["program"] == true,
            archive: data["archive"] == true,
        }
    }
}

impl Deed {
    /// `None` for what is no look.
    pub fn of(event: &Event, details: &Details) -> Option<Self> {
        let kind = EventKind::LOOKS.into_iter().find(|kind| event.is(*kind))?;
        Some(Self::of_kind(kind, details))
    }

    fn of_kind(kind: EventKind, details: &Details) -> Self {
        if kind == EventKind::PORTAL_VIEWED {
            Self::OpenedPortal
        } else if kind == EventKind::ITEM_VIEWED {
            Self::Looked
        } else if kind == EventKind::PORTAL_DOWNLOADED || details.archive {
            Self::Archived
        } else if kind == EventKind::ITEM_DOWNLOADED {
            Self::Downloaded
        } else {
            Self::DownloadedPaper
        }
    }

    /// The key of its text.
    pub fn words(self) -> &'static str {
        match self {
            Self::OpenedPortal => "activity-opened-portal",
            Self::Looked => "activity-looked",
            Self::Downloaded => "activity-downloaded",
            Self::Archived => "activity-archived",
            Self::DownloadedPaper => "activity-downloaded-paper",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_what_the_data_say_and_nothing_of_older_ones() {
        let of_file = Details::read(r#"{"kind":"file","name":"Plan.pdf","version":2}"#);
        assert_eq!((of_file.version, of_file.by_program), (Some(2), false));
        assert!(Details::read(r#"{"program":true,"version":2}"#).by_program);
        for nothing in ["null", "", "[]", r#"{"name":"program","program":"true"}"#] {
            assert_eq!(Details::read(nothing), Details::default(), "{nothing}");
        }
    }

    #[test]
    fn a_look_in_place_and_a_download_are_told_apart() {
        let of = |kind, data| Deed::of_kind(kind, &Details::read(data));
        assert_eq!(of(EventKind::ITEM_VIEWED, "{}"), Deed::Looked);
        assert_eq!(of(EventKind::ITEM_DOWNLOADED, "{}"), Deed::Downloaded);
        assert_eq!(of(EventKind::ITEM_DOWNLOADED, r#"{"archive":true}"#), Deed::Archived);
        assert_eq!(of(EventKind::PORTAL_DOWNLOADED, "{}"), Deed::Archived);
        assert_eq!(of(EventKind::QUOTE_DOWNLOADED, "null"), Deed::DownloadedPaper);
        assert_eq!(of(EventKind::PORTAL_VIEWED, "null"), Deed::OpenedPortal);
    }
}
