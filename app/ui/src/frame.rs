//! What every page needs to know about whose place this is and who is looking.

use std::{collections::BTreeSet, fmt::Display, sync::Arc};

use maud::Markup;

use crate::{assets::Assets, texts::Text};

/// The routes of this installation's pages, such as `/staff/clients/:person`. A link to another
/// module's page asks here first: that module may have been left out.
#[derive(Clone, Default)]
pub struct Pages {
    routes: Arc<BTreeSet<&'static str>>,
    /// Of what it can be said who sees it.
    seen: Arc<[&'static str]>,
}

impl Pages {
    pub fn of(
        routes: impl IntoIterator<Item = &'static str>,
        seen: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        Self { routes: Arc::new(routes.into_iter().collect()), seen: seen.into_iter().collect() }
    }

    /// The route itself, where there is such a page.
    pub fn find(&self, route: &str) -> Option<&'static str> {
        self.routes.get(route).copied()
    }
}

/// Made once per request by the server, and borrowed by whatever renders a page or a fragment.
pub struct Frame {
    pub text: Text,
    pub organization: OrganizationLook,
    /// `None` while signed out.
    pub person: Option<PersonLook>,
    pub navigation: Vec<NavigationEntry>,
    pub pages: Pages,
    /// Goes into every form as its first field, see `components::form`.
    pub form_token: String,
    /// Staff are looking with a client's eyes.
    pub preview: Option<PreviewBanner>,
    /// Address of the event stream, when this page should listen to it.
    pub live_href: Option<String>,
    /// Path and query of this page.
    pub path: String,
    /// Toasts that a redirect left behind, see `components::toast`.
    pub toast: Option<Markup>,
}

impl Frame {
    /// The address of one of another module's pages, such as `/staff/clients/` and an id, if there
    /// are such pages.
    pub fn address(&self, before: &str, id: impl Display) -> Option<String> {
        let is_there = self.pages.routes.iter().any(|route| {
            let after = route.strip_prefix(before).unwrap_or_default();
            after.starts_with(':') && !after.contains('/')
        });
        is_there.then(|| format!("{before}{id}"))
    }

    /// All that waits behind entries of the navigation, which the tab's title says, too.
    pub fn waiting(&self) -> u64 {
        self.navigation.iter().filter_map(|entry| entry.count).map(|count| count.number).sum()
    }

    /// Where staff are told who can see a thing, and why, if there are modules that ask and answer (P15).
    pub fn audience(&self, noun: &str, id: impl Display) -> Option<String> {
        self.about_seen("/staff/audience", noun, id)
    }

    /// Where staff are told who opened a thing, and who did not.
    pub fn activity(&self, noun: &str, id: impl Display) -> Option<String> {
        self.about_seen("/staff/activity", noun, id)
    }

    fn about_seen(&self, pages: &str, noun: &str, id: impl Display) -> Option<String> {
        let route = self.pages.find(&format!("{pages}/:noun/:thing"));
        route.filter(|_| self.pages.seen.contains(&noun)).map(|_| format!("{pages}/{noun}/{id}"))
    }
}

pub struct OrganizationLook {
    pub name: String,
    pub logo: Option<LogoLook>,
    /// Where [`crate::brand_css`] of this organization is served.
    pub brand_href: String,
    pub app: AppLook,
}

impl OrganizationLook {
    /// The kit's own look, for pages of an organization that is not there yet.
    pub fn of_nobody(name: &str) -> OrganizationLook {
        OrganizationLook {
            name: name.to_owned(),
            logo: None,
            brand_href: Assets::href("css/app.css").into_owned(),
            app: AppLook { icon: Assets::href("icons/favicon.svg").into_owned(), ..AppLook::default() },
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoLook {
    pub href: String,
    pub ground: LogoGround,
    pub shape: LogoShape,
}

/// A picture across a page, in two sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverLook {
    pub small: String,
    pub large: String,
    pub focus: Focus,
}

/// The place in a picture that stays seen however it is cut, in percent from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    pub x: u8,
    pub y: u8,
}

/// On what a logo can be seen that lets its ground through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogoGround {
    #[default]
    Any,
    Light,
    Dark,
}

/// A wide logo nearly always has the organization's name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoShape {
    Compact,
    Wide,
}

/// What stands for the organization in a tab and on a phone's home screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppLook {
    pub icon: String,
    /// A PNG, for phones that know nothing else.
    pub touch_icon: Option<String>,
    pub manifest: Option<&'static str>,
}

impl LogoGround {
    pub fn name(self) -> &'static str {
        match self {
            LogoGround::Any => "any",
            LogoGround::Light => "light",
            LogoGround::Dark => "dark",
        }
    }

    /// The inverse of [`LogoGround::name`]; whatever else it says is no reason to hide a logo.
    pub fn from_name(name: &str) -> LogoGround {
        match name {
            "light" => LogoGround::Light,
            "dark" => LogoGround::Dark,
            _ => LogoGround::Any,
        }
    }
}

pub struct PersonLook {
    pub name: String,
    pub email: String,
}

pub struct NavigationEntry {
    pub href: String,
    pub label: String,
    /// A name from `components::icon`.
    pub icon: &'static str,
    pub current: bool,
    pub count: Option<NavigationCount>,
}

/// What waits behind an entry; zero shows nothing. It is fetched again when something of its topic happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavigationCount {
    pub number: u64,
    pub topic: &'static str,
    /// Answers with [`navigation_count`](crate::navigation_count) alone.
    pub href: &'static str,
}

impl NavigationCount {
    /// More than this is told as "and more": each page counts no further.
    pub const HIGHEST: u64 = 9;
}

pub struct PreviewBanner {
    /// The language of whoever looks.
    pub text: Text,
    pub person_name: String,
}
