//! Invariant 1: without its line in the list of modules, a module is gone, and everything else works.

use std::collections::{BTreeSet, VecDeque};

use crate::world::{Backend, Page, Person, Route, World};

macro_rules! without {
    ($($module:ident),+) => {
        $(
            mod $module {
                use super::{Backend, leaves_no_trace};

                #[test]
                fn on_sqlite() {
                    leaves_no_trace(Backend::Sqlite, stringify!($module));
                }

                #[test]
                fn on_postgres() {
                    leaves_no_trace(Backend::Postgres, stringify!($module));
                }
            }
        )+

        #[test]
        fn every_module_is_taken_out_once() {
            let listed: BTreeSet<_> = Route::all().into_iter().map(|route| route.module).collect();
            // Without accounts nobody can sign in to see what is left; operations say that the server is ready.
            let tried = [$(stringify!($module)),+, "accounts", "operations"].map(str::to_owned);
            assert_eq!(listed, BTreeSet::from(tried));
        }
    };
}

without!(
    clients,
    projects,
    portals,
    sharing,
    files,
    billing,
    messages,
    announcements,
    notifications,
    activity,
    audience,
    audit,
    domains,
    search
);

impl Route {
    /// One that opens without an id, and ends.
    fn is_page_of(&self, side: &str) -> bool {
        let is_page = !self.path.contains([':', '*']) && !self.path.ends_with("/live");
        self.method == "GET" && self.access.starts_with(side) && is_page
    }
}

fn leaves_no_trace(backend: Backend, module: &'static str) {
    let world = World::without(backend, module);
    let (gone, left): (Vec<_>, Vec<_>) = Route::all().into_iter().partition(|route| route.module == module);
    let is_gone = |path: &str| {
        gone.iter().any(|route| route.values_in(path).is_some())
            && !left.iter().any(|route| route.values_in(path).is_some())
    };
    for (person, home) in [(world.stranger(), "/"), (world.carol(), "/"), (world.ada(), "/staff")] {
        let side = if home == "/staff" { "Staff" } else { "Client" };
        let entrances = left.iter().filter(|route| route.is_page_of(side)).map(|route| route.path.clone());
        walk(&person, entrances.chain([home.to_owned()]), is_gone);
    }
    let log = world.server().log();
    let failed: Vec<_> =
        log.iter().filter(|line| line.contains("ERROR") || line.contains("panicked")).collect();
    assert!(failed.is_empty(), "without {module}: {failed:#?}");
}

/// Opens everything that can be reached by links; every page must open, and none may lead to what is gone.
fn walk(person: &Person, entrances: impl Iterator<Item = String>, is_gone: impl Fn(&str) -> bool) {
    let mut ahead: VecDeque<_> = entrances.map(|path| (path, None)).collect();
    let mut met: BTreeSet<String> = ahead.iter().map(|(path, _)| path.clone()).collect();
    while let Some((path, from)) = ahead.pop_front() {
        if is_gone(&path) {
            // The portals make both homes, to which the organization's name leads on every page.
            let is_home = path == "/" || path == "/staff";
            assert!(from.is_none() || is_home, "{person} is led from {from:?} to {path}");
            person.get(&path).assert_not_found();
            continue;
        }
        let page = person.get(&path);
        assert!(
            !page.status.is_client_error() && !page.status.is_server_error(),
            "{person} goes from {from:?} to {path}: {page}"
        );
        // Mails and files in their sandbox lead where they will.
        let is_ours = !page.header("content-security-policy").contains("sandbox");
        let is_markup = is_ours && page.header("content-type").starts_with("text/html");
        for address in if is_markup { addresses(&page) } else { Vec::new() } {
            if met.insert(address.clone()) {
                ahead.push_back((address, Some(path.clone())));
            }
        }
        let actions = page.attributes("form[method=post]", "action");
        for action in actions.iter().filter(|_| is_markup) {
            assert!(!is_gone(action), "{person} can send a form to {action} from {}", page.path());
        }
    }
}

/// Paths of this server that a browser may ask for from this page.
fn addresses(page: &Page) -> Vec<String> {
    let all = [("a[href]", "href"), ("[hx-get]", "hx-get"), ("[data-live-href]", "data-live-href")];
    let found = all.into_iter().flat_map(|(css, name)| page.attributes(css, name));
    let paths = found.filter_map(|address| page.url().join(&address).ok());
    paths
        .filter(|url| url.origin() == page.url().origin() && !url.path().ends_with("/live"))
        .map(|url| url.path().to_owned())
        .collect()
}
