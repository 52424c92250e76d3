//! When somebody has a kind of news.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Timing {
    AtOnce,
    Daily,
    Never,
}

impl Timing {
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Never];

    pub fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Never => "never",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|timing| timing.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::AtOnce => "notifications-at-once",
            Self::Daily => "notifications-daily",
            Self::Never => "notifications-never",
        }
    }
}
