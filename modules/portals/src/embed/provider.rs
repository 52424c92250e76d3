//! The services of which something can be embedded. The list is short on purpose: each learns who looks (T13).

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    Airtable,
    Calendly,
    Canva,
    Figma,
    GoogleDocs,
    GoogleDrive,
    GoogleForms,
    GoogleSheets,
    GoogleSlides,
    Loom,
    Miro,
    Typeform,
    Vimeo,
    Wistia,
    YouTube,
}

/// How much room a frame wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 16 by 9, as videos and slides are.
    Wide,
    /// As tall as the window allows.
    Tall,
}

impl Provider {
    pub const ALL: [Self; 15] = [
        Self::Airtable,
        Self::Calendly,
        Self::Canva,
        Self::Figma,
        Self::GoogleDocs,
        Self::GoogleDrive,
        Self::GoogleForms,
        Self::GoogleSheets,
        Self::GoogleSlides,
        Self::Loom,
        Self::Miro,
        Self::Typeform,
        Self::Vimeo,
        Self::Wistia,
        Self::YouTube,
    ];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Airtable => "airtable",
            Self::Calendly => "calendly",
            Self::Canva => "canva",
            Self::Figma => "figma",
            Self::GoogleDocs => "google-docs",
            Self::GoogleDrive => "google-drive",
            Self::GoogleForms => "google-forms",
            Self::GoogleSheets => "google-sheets",
            Self::GoogleSlides => "google-slides",
            Self::Loom => "loom",
            Self::Miro => "miro",
            Self::Typeform => "typeform",
            Self::Vimeo => "vimeo",
            Self::Wistia => "wistia",
            Self::YouTube => "youtube",
        }
    }

    /// `None` for one that only another version of the program knows.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.name() == name)
    }

    /// As it calls itself, in every language.
    pub fn label(self) -> &'static str {
        match self {
            Self::Airtable => "Airtable",
            Self::Calendly => "Calendly",
            Self::Canva => "Canva",
            Self::Figma => "Figma",
            Self::GoogleDocs => "Google Docs",
            Self::GoogleDrive => "Google Drive",
            Self::GoogleForms => "Google Forms",
            Self::GoogleSheets => "Google Sheets",
            Self::GoogleSlides => "Google Slides",
            Self::Loom => "Loom",
            Self::Miro => "Miro",
            Self::Typeform => "Typeform",
            Self::Vimeo => "Vimeo",
            Self::Wistia => "Wistia",
            Self::YouTube => "YouTube",
        }
    }

    pub fn shape(self) -> Shape {
        match self {
            Self::Canva | Self::GoogleSlides | Self::Loom | Self::Vimeo | Self::Wistia | Self::YouTube => {
                Shape::Wide
            }
            _ => Shape::Tall,
        }
    }

    /// The frame's referrer policy. YouTube plays nothing for whoever does not say where it is shown, and Vimeo and
    /// Wistia not what its owner allowed on some sites only; they learn the host, never the page.
    pub fn referrer_policy(self) -> &'static str {
        match self {
            Self::YouTube | Self::Vimeo | Self::Wistia => "strict-origin-when-cross-origin",
            _ => "no-referrer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_found_again_by_its_name() {
        for provider in Provider::ALL {
            assert_eq!(Provider::from_name(provider.name()), Some(provider));
        }
        assert_eq!(Provider::from_name("myspace"), None);
    }
}
