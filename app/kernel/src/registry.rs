use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use maud::Markup;
use poem::{
    Endpoint, EndpointExt, Route, RouteMethod,
    endpoint::{BoxEndpoint, make},
    error::MethodNotAllowedError,
    http::Method,
};
use portico_facts::{CompanyId, ItemId, PersonId, SubjectId};
use portico_ui::{Catalogue, Frame, NavigationCount, Pages, Text, texts};
use serde::Serialize;

use crate::{
    access::{Access, Permission, Person, Role},
    awaited::Awaited,
    error::{Error, Result},
    file_keeping::{FileKeeper, StoredBytes},
    guard::Guarded,
    happening::Happening,
    limit::Located,
    mail_parts::TakeMailApart,
    module::*,
    news::{DeliverNews, NewsKind},
    offline::OfflinePart,
    personal::{self, PersonalData},
    pictures::DrawPicture,
    retention::{ObjectOwner, Purge},
    section_plan::SectionPlan,
    sight::Sight,
    system::Kernel,
    templates::TemplatePart,
    traced::name_request,
    transaction::{ClientTx, Core, Tx},
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

/// An entry of the navigation that is only there, or has a number, because of what is behind it.
#[derive(Clone)]
pub(crate) struct Filled {
    href: &'static str,
    count: Option<NavigationCount>,
}

impl Filled {
    fn counted(entry: &Navigation, counted: &Counted, number: u64) -> Self {
        let count = NavigationCount { number, topic: counted.topic, href: counted.href };
        Self { href: entry.href, count: Some(count) }
    }
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

    /// One poem route for every address, each endpoint behind its guard. What has no route is
    /// answered by a guard too, in the words and the looks of the organization.
    pub(crate) fn router(&mut self, kernel: &Kernel) -> Route {
        let mut by_path: BTreeMap<&'static str, (RouteMethod, Vec<Method>)> = BTreeMap::new();
        for (line, (method, endpoint)) in self.routes.iter().zip(std::mem::take(&mut self.endpoints)) {
            let guarded = Arc::new(Guarded::new(kernel.clone(), (line.rule, line.body), endpoint));
            let (mut methods, mut allowed) = by_path.remove(line.path).unwrap_or_default();
            if method == Method::GET {
                methods = methods.head(guarded.clone().map_to_response());
                allowed.push(Method::HEAD);
            }
            allowed.push(method.clone());
            methods = methods.method(method, guarded);
            by_path.insert(line.path, (methods, allowed));
        }
        let nothing = make(|_| async { Err::<(), poem::Error>(Error::NotFound.into()) }).map_to_response();
        let nowhere = Guarded::new(kernel.clone(), (Access::Public, BodyKind::Form), nothing.boxed());
        let nowhere = Arc::new(nowhere);
        let mut router = Route::new().at("/:unknown", nowhere.clone()).at("/:unknown/*rest", nowhere);
        for (path, (methods, allowed)) in by_path {
            let allowed = allowed.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
            let methods = methods.around(move |methods, req| {
                name_request(&req, path);
                let allowed = allowed.clone();
                async move {
                    methods.call(req).await.map_err(|error| match error.is::<MethodNotAllowedError>() {
                        true => Error::MethodNotAllowed { allowed }.into(),
                        false => error,
                    })
                }
            });
            router = router.at(path, methods);
        }
        router
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

    /// `filled`: what [`Registry::client_navigation`] or [`Registry::staff_navigation`] found for this person.
    pub(crate) fn navigation(
        &self,
        person: &Person,
        filled: &[Filled],
    ) -> impl Iterator<Item = (&Navigation, Option<NavigationCount>)> {
        let entries = self.added.navigation.iter().filter(move |(entry, shown)| {
            let is_for_them = match entry.access {
                Access::Staff(permission) => person.may(permission),
                Access::Client => person.role == Role::Client,
                Access::Open | Access::Public => true,
            };
            let found = filled.iter().any(|filled| filled.href == entry.href);
            is_for_them && (matches!(shown, Shown::Always) || found)
        });
        entries.map(|(entry, _)| {
            let found = filled.iter().find(|filled| filled.href == entry.href);
            (entry, found.and_then(|filled| filled.count))
        })
    }

    /// Those entries that stand in a client's navigation because something is behind them.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn client_navigation(&self, tx: &mut ClientTx) -> Result<Vec<Filled>> {
        let mut filled = Vec::new();
        for (entry, shown) in &self.added.navigation {
            match shown {
                Shown::When(holds_something) if holds_something(tx)? => {
                    filled.push(Filled { href: entry.href, count: None });
                }
                Shown::Counted(counted) => {
                    if let Count::Client(count) = counted.count
                        && let Some(number) = count(tx)?
                    {
                        filled.push(Filled::counted(entry, counted, number));
                    }
                }
                Shown::Always | Shown::When(_) => {}
            }
        }
        Ok(filled)
    }

    /// Those entries of staff's navigation that have a number.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn staff_navigation(&self, person: &Person, tx: &mut Tx) -> Result<Vec<Filled>> {
        let mut filled = Vec::new();
        for (entry, shown) in &self.added.navigation {
            if let Shown::Counted(counted) = shown
                && let (Count::Staff(count), Access::Staff(permission)) = (counted.count, entry.access)
                && person.may(permission)
            {
                filled.push(Filled::counted(entry, counted, count(tx)?));
            }
        }
        Ok(filled)
    }

    /// What the kinds' owners say about these items, in one query for each kind.
    ///
    /// # Errors
    /// The database's.
    pub fn item_faces(
        &self,
        tx: &mut Core,
        items: &[(ItemId, String)],
        side: Side,
        frame: &Frame,
    ) -> Result<BTreeMap<ItemId, ItemFace>> {
        let mut faces = BTreeMap::new();
        for kind in &self.added.item_kinds {
            let ids: Vec<ItemId> =
                items.iter().filter(|(_, of)| of == kind.kind).map(|(id, _)| *id).collect();
            if !ids.is_empty() {
                let of_kind = (kind.faces)(tx, &ids, side, frame)?;
                faces.extend(of_kind.into_iter().map(|face| (face.item, face)));
            }
        }
        Ok(faces)
    }

    pub fn staff_home(&self, tx: &mut Tx, frame: &Frame) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(frame.text, needed, |section| match section {
            Section::StaffHome { render, .. } => Some(render(tx, frame)),
            _ => None,
        })
    }

    pub fn staff_project(&self, tx: &mut Tx, place: &ProjectPlace) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(place.frame.text, needed, |section| match section {
            Section::StaffProject { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    pub fn staff_client(&self, tx: &mut Tx, person: PersonId, frame: &Frame) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(frame.text, needed, |section| match section {
            Section::StaffClient { render, .. } => Some(render(tx, person, frame)),
            _ => None,
        })
    }

    pub fn staff_company(&self, tx: &mut Tx, company: CompanyId, frame: &Frame) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(frame.text, needed, |section| match section {
            Section::StaffCompany { render, .. } => Some(render(tx, company, frame)),
            _ => None,
        })
    }

    pub fn staff_portal(&self, tx: &mut Tx, place: &PortalPlace) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(place.frame.text, needed, |section| match section {
            Section::StaffPortal { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    pub fn staff_portal_tools(&self, tx: &mut Tx, place: &PortalPlace) -> Vec<Markup> {
        let needed = Breadth::of(tx);
        self.sections(place.frame.text, needed, |section| match section {
            Section::StaffPortalTools { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    pub fn client_home(&self, tx: &mut ClientTx, frame: &Frame) -> Vec<Markup> {
        self.sections(frame.text, Breadth::Organization, |section| match section {
            Section::ClientHome { render, .. } => Some(render(tx, frame)),
            _ => None,
        })
    }

    /// By their names, in the order that they have by themselves; without what the plan hides.
    pub fn client_portal(
        &self,
        tx: &mut ClientTx,
        place: &PortalPlace,
        plan: &SectionPlan,
    ) -> Vec<(&'static str, Markup)> {
        let mut rendered = Vec::new();
        for (section, _) in &self.added.sections {
            if let Section::ClientPortal { name, render, .. } = section
                && !plan.hides(name)
            {
                let place = PortalPlace { title: plan.title(name), ..*place };
                let markup = unbroken(place.frame.text, render(tx, &place));
                rendered.extend(markup.map(|markup| (*name, markup)));
            }
        }
        rendered
    }

    pub fn client_portal_tools(&self, tx: &mut ClientTx, place: &PortalPlace) -> Vec<Markup> {
        self.sections(place.frame.text, Breadth::Organization, |section| match section {
            Section::ClientPortalTools { render, .. } => Some(render(tx, place)),
            _ => None,
        })
    }

    fn sections(
        &self,
        text: Text,
        needed: Breadth,
        mut render: impl FnMut(&Section) -> Option<Result<Option<Markup>>>,
    ) -> Vec<Markup> {
        let shown = self.added.sections.iter().filter(|(_, breadth)| breadth.reaches(needed));
        shown.filter_map(|(section, _)| unbroken(text, render(section)?)).collect()
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

impl Breadth {
    fn of(tx: &Tx) -> Self {
        if tx.is_limited() { Self::Limit } else { Self::Organization }
    }

    fn reaches(self, needed: Self) -> bool {
        needed == Self::Organization || self == Self::Limit
    }
}

impl Section {
    fn named(&self) -> Option<NamedSection> {
        match *self {
            Section::ClientPortal { name, label, order, .. } => Some(NamedSection { name, label, order }),
            _ => None,
        }
    }

    fn order(&self) -> i16 {
        match self {
            Section::StaffHome { order, .. }
            | Section::StaffProject { order, .. }
            | Section::StaffClient { order, .. }
            | Section::StaffCompany { order, .. }
            | Section::StaffPortal { order, .. }
            | Section::StaffPortalTools { order, .. }
            | Section::ClientHome { order, .. }
            | Section::ClientPortal { order, .. }
            | Section::ClientPortalTools { order, .. } => *order,
        }
    }
}

/// A section that fails becomes one quiet block and a log line, not a broken page.
fn unbroken(text: Text, rendered: Result<Option<Markup>>) -> Option<Markup> {
    match rendered {
        Ok(markup) => markup,
        Err(error) => {
            tracing::error!(%error, "a section of a page failed");
            Some(portico_ui::components::broken_section(text))
        }
    }
}

fn assert_unique(what: &str, names: impl Iterator<Item = String>) {
    let mut seen = HashSet::new();
    for name in names {
        assert!(seen.insert(name.clone()), "{what} {name} is registered twice");
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
