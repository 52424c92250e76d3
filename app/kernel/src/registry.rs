//! All that the modules on the list add, and the pages that are made of it.

mod navigation;
mod routing;
mod sections;

use std::collections::HashSet;

use poem::{endpoint::BoxEndpoint, http::Method};
use portico_facts::{PersonId, SubjectId};
use portico_ui::{Catalogue, Pages, texts};
use serde::Serialize;

pub(crate) use self::navigation::Filled;
use crate::{
    access::{Access, Permission, Role},
    awaited::Awaited,
    error::Result,
    file_keeping::{FileKeeper, StoredBytes},
    happening::Happening,
    limit::Located,
    mail_parts::TakeMailApart,
    module::*,
    news::{DeliverNews, NewsKind},
    offline::OfflinePart,
    personal::{self, PersonalData},
    pictures::DrawPicture,
    retention::{ObjectOwner, Purge},
    sight::Sight,
    templates::TemplatePart,
    transaction::{ClientTx, Core},
};

/// Everything that the modules on the list added.
pub struct Registry {
    modules: Vec<&'static str>,
    routes: Vec<RouteLine>,
    endpoints: Vec<(Method, BoxEndpoint<'static>)>,
    added: Additions,
    pages: Pages,
    /// Those that are open to limited members.
    assigned_pages: Pages,
}

/// A route as the walls test reads it.
#[derive(Clone, Serialize)]
pub struct RouteLine {
    pub method: String,
    pub path: &'static str,
    pub access: String,
    pub module: &'static str,
    body: BodyKind,
    #[serde(skip)]
    rule: Access,
}

impl Registry {
    /// Panics on two modules, routes or jobs of the same name, and on texts that clash.
    pub fn build(modules: &[Box<dyn Module>]) -> Self {
        let mut all = Additions::default();
        all.personal_data(personal::OWN);
        let mut registry = Self {
            modules: Vec::new(),
            routes: Vec::new(),
            endpoints: Vec::new(),
            added: Additions::default(),
            pages: Pages::default(),
            assigned_pages: Pages::default(),
        };
        let mut sources: Vec<texts::Source> = texts::SOURCES.into();
        for module in modules {
            let name = module.name();
            assert!(!registry.modules.contains(&name), "module {name} is listed twice");
            registry.modules.push(name);
            sources.extend(module.texts().map(|(language, source)| (name, language, source)));
            let mut added = Additions::default();
            module.register(&mut added);
            for route in added.routes.drain(..) {
                registry.routes.push(RouteLine {
                    method: route.method.to_string(),
                    path: route.path,
                    access: match route.body {
                        BodyKind::Signed => "Signed".to_owned(),
                        BodyKind::Form | BodyKind::Button | BodyKind::Upload => format!("{:?}", route.access),
                    },
                    module: name,
                    body: route.body,
                    rule: route.access,
                });
                registry.endpoints.push((route.method, route.endpoint));
            }
            all.absorb(added);
        }
        Catalogue::build(sources).install();
        all.sort();
        assert_unique("route", registry.routes.iter().map(|r| format!("{} {}", r.method, r.path)));
        assert_unique("job", all.jobs.iter().map(|job| job.kind.to_owned()));
        assert_unique("reaction", all.reactions.iter().map(|reaction| reaction.name.to_owned()));
        assert_unique("sight", all.sights.iter().map(|sight| sight.noun.to_owned()));
        assert_unique("template part", all.template_parts.iter().map(|part| part.name.to_owned()));
        assert_unique("part of a copy", all.offline.iter().map(|part| part.name.to_owned()));
        let kinds = all.offline.iter().flat_map(|part| part.kinds);
        assert_unique("kind of items in a copy", kinds.map(|kind| kind.kind.to_owned()));
        assert_unique("personal data", all.personal.iter().map(|data| data.name.to_owned()));
        assert_unique("awaited noun", all.awaited.iter().map(|awaited| awaited.noun.to_owned()));
        assert_unique("happening", all.happenings.iter().map(|happening| happening.kind.name().to_owned()));
        let named = all.sections.iter().filter_map(|(section, _)| section.named());
        assert_unique("section of a client's portal", named.map(|section| section.name.to_owned()));
        assert_unique("located", all.located.iter().map(|located| located.parameter.to_owned()));
        assert_unique("item kind", all.item_kinds.iter().map(|kind| kind.kind.to_owned()));
        assert!(all.project_founders.len() <= 1, "two modules have projects");
        assert!(all.picture_drawers.len() <= 1, "two modules draw pictures");
        assert!(all.mail_readers.len() <= 1, "two modules read mails");
        assert!(all.file_keepers.len() <= 1, "two modules keep files");
        assert_unique("news", all.news_kinds.iter().map(|kind| kind.key.to_owned()));
        assert!(all.news_deliverers.len() <= 1, "two modules deliver news");
        let pages = registry.routes.iter().filter(|route| route.method == "GET");
        registry.pages = Pages::of(pages.map(|route| route.path), all.sights.iter().map(|sight| sight.noun));
        let assigned = registry.routes.iter().filter(|route| route.method == "GET" && route.is_assigned());
        registry.assigned_pages = Pages::of(assigned.map(|route| route.path), []);
        registry.added = all;
        registry
    }

    pub fn routes(&self) -> &[RouteLine] {
        &self.routes
    }

    pub fn modules(&self) -> &[&'static str] {
        &self.modules
    }

    pub(crate) fn pages(&self) -> Pages {
        self.pages.clone()
    }

    /// What a limited member is led to.
    pub(crate) fn assigned_pages(&self) -> Pages {
        self.assigned_pages.clone()
    }

    pub(crate) fn located(&self) -> &[Located] {
        &self.added.located
    }

    pub(crate) fn job(&self, kind: &str) -> Option<RunJob> {
        self.added.jobs.iter().find(|job| job.kind == kind).map(|job| job.run)
    }

    pub(crate) fn daily_jobs(&self) -> &[&'static str] {
        &self.added.daily_jobs
    }

    pub(crate) fn purges(&self) -> &[Purge] {
        &self.added.purges
    }

    pub fn object_owners(&self) -> &[ObjectOwner] {
        &self.added.object_owners
    }

    pub(crate) fn reactions(&self) -> &[Reaction] {
        &self.added.reactions
    }

    pub(crate) fn followers(&self) -> &[Box<dyn crate::Follower>] {
        &self.added.followers
    }

    pub fn demos(&self) -> impl Iterator<Item = &Demo> {
        self.added.demos.iter().chain(&self.added.closing_demos)
    }

    pub fn letters(&self) -> &[LetterSample] {
        &self.added.letters
    }

    /// `None` where no module has projects.
    pub fn project_founder(&self) -> Option<FoundProject> {
        self.added.project_founders.first().copied()
    }

    /// `None` where no module draws pictures anew.
    pub fn picture_drawer(&self) -> Option<DrawPicture> {
        self.added.picture_drawers.first().copied()
    }

    /// `None` where no module reads mails that came in.
    pub fn mail_reader(&self) -> Option<TakeMailApart> {
        self.added.mail_readers.first().copied()
    }

    /// `None` where no module keeps files.
    pub fn file_keeper(&self) -> Option<&dyn FileKeeper> {
        self.added.file_keepers.first().map(|keeper| &**keeper)
    }

    pub(crate) fn all_stored_bytes(&self) -> &[StoredBytes] {
        &self.added.stored_bytes
    }

    pub fn news_kinds(&self) -> &[NewsKind] {
        &self.added.news_kinds
    }

    /// `None` where news come at once.
    pub(crate) fn news_deliverer(&self) -> Option<DeliverNews> {
        self.added.news_deliverers.first().copied()
    }

    pub fn template_parts(&self) -> &[TemplatePart] {
        &self.added.template_parts
    }

    pub fn awaited(&self) -> &[Awaited] {
        &self.added.awaited
    }

    pub fn happenings(&self) -> &[Happening] {
        &self.added.happenings
    }

    /// The kernel's own part first.
    pub fn personal_data(&self) -> &[PersonalData] {
        &self.added.personal
    }

    /// In the order of the first page.
    pub fn offline_parts(&self) -> &[OfflinePart] {
        &self.added.offline
    }

    /// Those of a client's portal page that can be arranged, in the order that they have by themselves.
    pub fn portal_sections(&self) -> impl Iterator<Item = NamedSection> {
        self.added.sections.iter().filter_map(|(section, _)| section.named())
    }

    pub fn settings(&self, role: Role) -> impl Iterator<Item = &SettingsPage> {
        self.added.settings.iter().filter(move |page| role.may(page.permission))
    }

    pub fn search_sources(&self) -> &[SearchSource] {
        &self.added.search_sources
    }

    pub fn sights(&self) -> &[Sight] {
        &self.added.sights
    }

    /// Those of whom this client may see what is addressed to them, at this moment.
    ///
    /// # Errors
    /// A module's.
    pub fn colleagues(&self, tx: &mut ClientTx) -> Result<Vec<PersonId>> {
        let mut people = Vec::new();
        for of_module in &self.added.colleagues {
            people.extend(of_module(tx)?);
        }
        Ok(people)
    }

    /// The rooms of chosen people in which whoever acts is, at this moment.
    ///
    /// # Errors
    /// A module's.
    pub fn closed_rooms(&self, tx: &mut Core, side: Side) -> Result<Vec<SubjectId>> {
        let mut rooms = Vec::new();
        for of_module in &self.added.closed_rooms {
            rooms.extend(of_module(tx, side)?);
        }
        Ok(rooms)
    }
}

impl Additions {
    fn absorb(&mut self, more: Additions) {
        self.navigation.extend(more.navigation);
        self.sections.extend(more.sections);
        self.item_kinds.extend(more.item_kinds);
        self.search_sources.extend(more.search_sources);
        self.colleagues.extend(more.colleagues);
        self.closed_rooms.extend(more.closed_rooms);
        self.sights.extend(more.sights);
        self.reactions.extend(more.reactions);
        self.followers.extend(more.followers);
        self.jobs.extend(more.jobs);
        self.daily_jobs.extend(more.daily_jobs);
        self.purges.extend(more.purges);
        self.object_owners.extend(more.object_owners);
        self.settings.extend(more.settings);
        self.demos.extend(more.demos);
        self.closing_demos.extend(more.closing_demos);
        self.letters.extend(more.letters);
        self.project_founders.extend(more.project_founders);
        self.picture_drawers.extend(more.picture_drawers);
        self.mail_readers.extend(more.mail_readers);
        self.file_keepers.extend(more.file_keepers);
        self.stored_bytes.extend(more.stored_bytes);
        self.news_kinds.extend(more.news_kinds);
        self.news_deliverers.extend(more.news_deliverers);
        self.template_parts.extend(more.template_parts);
        self.located.extend(more.located);
        self.awaited.extend(more.awaited);
        self.happenings.extend(more.happenings);
        self.personal.extend(more.personal);
        self.offline.extend(more.offline);
    }

    fn sort(&mut self) {
        self.navigation.sort_by_key(|(entry, _)| entry.order);
        self.sections.sort_by_key(|(section, _)| section.order());
        self.offline.sort_by_key(|part| part.order);
        // What the organization decides, and after it the machine room.
        self.settings.sort_by_key(|page| page.permission == Permission::Operate);
    }
}

impl RouteLine {
    /// Whether limited members have it.
    fn is_assigned(&self) -> bool {
        matches!(
            self.rule,
            Access::Open | Access::Public | Access::Staff(Permission::Enter | Permission::Assigned)
        )
    }
}

fn assert_unique(what: &str, names: impl Iterator<Item = String>) {
    let mut seen = HashSet::new();
    for name in names {
        assert!(seen.insert(name.clone()), "{what} {name} is registered twice");
    }
}
