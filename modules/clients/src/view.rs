//! Fragments.

pub mod clients;
pub mod companies;
pub mod erasing;

use maud::{Markup, html};
use portico_kernel::problem;
use portico_ui::{
    Text,
    components::{Tab, icon, pagination, tabs},
};

use crate::listing::{Found, Wanted};

/// The two lists of this module, one beside the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Clients,
    Companies,
}

impl List {
    fn path(self) -> &'static str {
        match self {
            List::Clients => "/staff/clients",
            List::Companies => "/staff/companies",
        }
    }

    fn title(self) -> &'static str {
        match self {
            List::Clients => "clients-clients",
            List::Companies => "clients-companies",
        }
    }
}

fn list_tabs(text: Text, current: List) -> Markup {
    let (clients, companies) = (text.say(List::Clients.title()), text.say(List::Companies.title()));
    let tab = |list: List, label| Tab { href: list.path(), label, current: list == current, count: None };
    tabs(&text.say("clients-lists"), &[tab(List::Clients, &clients), tab(List::Companies, &companies)])
}

/// Narrows the list below it, `target`, while typing; a form that searches without JavaScript.
fn filter(text: Text, path: &str, target: &str, placeholder: &str, wanted: &Wanted) -> Markup {
    html! {
        search.list-filter {
            form.search-box action=(path) method="get" {
                (icon("search"))
                input.search-input type="search" name="q" value=(wanted.query()) aria-label=(text.say("ui-search"))
                    placeholder=(placeholder) autocomplete="off" spellcheck="false" autocapitalize="none"
                    enterkeyhint="search" hx-get=(path) hx-target=(target) hx-swap="outerHTML"
                    hx-trigger="input changed delay:150ms" hx-sync="this:replace" hx-replace-url="true";
                button.visually-hidden type="submit" { (text.say("ui-search")) }
            }
        }
    }
}

/// Leads to the other pages of a list, if there are any.
fn other_pages<T>(text: Text, path: &str, found: &Found<T>, wanted: &Wanted) -> Markup {
    let address = |page| wanted.address(path, page);
    let place = text.say_with(
        "clients-place",
        &[("first", found.first().into()), ("last", found.last().into()), ("total", found.total.into())],
    );
    let (previous, next) = (found.previous().map(address), found.next().map(address));
    html! {
        @if previous.is_some() || next.is_some() {
            (pagination(text, previous.as_deref(), next.as_deref(), &place))
        }
    }
}
