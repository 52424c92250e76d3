//! How an organization looks, as every page and mail needs it. Whatever is cached has an address that changes with it, so
//! that it may be kept for ever; the portals module answers there.

use portico_ui::{
    AppLook, Brand, Colour, LogoGround, LogoLook, LogoShape, OrganizationLook, components::initials,
};

use crate::access::Organization;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Changes with the picture.
    pub version: String,
    pub ground: LogoGround,
    pub shape: LogoShape,
}

/// For a colour that cannot be read; the settings page lets none in.
const NEUTRAL: Colour = Colour { red: 0x4b, green: 0x55, blue: 0x63 };

impl Organization {
    pub fn brand(&self) -> Brand {
        let sidebar = self.sidebar.as_ref().and_then(|colour| colour.parse().ok());
        Brand { accent: self.colour.parse().unwrap_or(NEUTRAL), sidebar }
    }

    pub fn look(&self) -> OrganizationLook {
        OrganizationLook {
            name: self.name.clone(),
            logo: self.logo.as_ref().map(|logo| LogoLook {
                href: logo.href("logo.webp"),
                ground: logo.ground,
                shape: logo.shape,
            }),
            brand_href: self.brand_href(),
            app: AppLook {
                icon: self.icon_href(),
                touch_icon: self.logo.as_ref().map(|logo| logo.href("icon-180.png")),
                manifest: Some("/manifest.webmanifest"),
            },
        }
    }

    /// Where the stylesheet with the organization's colours is.
    pub fn brand_href(&self) -> String {
        let digits = |colour: &str| colour.trim_start_matches('#').to_owned();
        match &self.sidebar {
            None => format!("/brand/{}.css", digits(&self.colour)),
            Some(sidebar) => format!("/brand/{}-{}.css", digits(&self.colour), digits(sidebar)),
        }
    }

    /// The icon in a tab: of the logo, or the initials in the organization's colour.
    pub fn icon_href(&self) -> String {
        match &self.logo {
            Some(logo) => logo.href("icon-64.png"),
            None => {
                let letters = hex::encode(initials(&self.name));
                format!("/brand/icon-{letters}-{}.svg", self.colour.trim_start_matches('#'))
            }
        }
    }
}

impl Logo {
    /// Where a size of it is.
    pub fn href(&self, name: &str) -> String {
        format!("/brand/{}/{name}", self.version)
    }
}
