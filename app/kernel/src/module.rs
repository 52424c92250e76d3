//! The one trait by which a module says what it adds, and the kinds of things that can be added.
//! Everything is declared at start; doubles and gaps panic then, not when a page is opened.

mod demo;
mod items;
mod jobs;
mod navigation;
mod projects;
mod routes;
mod search;
mod sections;

use portico_ui::Language;

use self::routes::RouteAdded;
pub use self::{
    demo::{Demo, DemoPerson, DemoWorld, MissingInDemo},
    items::{Faces, ItemFace, ItemKind, Side},
    jobs::{Job, JobKind, Reaction, RunJob},
    navigation::{Count, Counted, HoldsSomething, Navigation},
    projects::{FoundProject, ProjectPlan},
    search::{ClosedRooms, Colleagues, Reach, SearchDocument, SearchLine, SearchPage, SearchSource},
    sections::{NamedSection, PortalPlace, ProjectPlace, Section},
};
pub(crate) use self::{navigation::Shown, routes::BodyKind, sections::Breadth};
use crate::{
    access::Permission,
    awaited::Awaited,
    file_keeping::{FileKeeper, StoredBytes},
    followers::Follower,
    happening::Happening,
    limit::Located,
    mail_parts::TakeMailApart,
    news::{DeliverNews, NewsKind},
    offline::OfflinePart,
    outside::OutgoingMail,
    personal::PersonalData,
    pictures::DrawPicture,
    retention::{ObjectOwner, Purge},
    sight::Sight,
    templates::TemplatePart,
};

pub trait Module: Send + Sync {
    /// The crate's last word: `clients`, `portals`.
    fn name(&self) -> &'static str;

    /// Fluent sources, one for each language. Keys begin with the module's name.
    fn texts(&self) -> [(Language, &'static str); 2];

    fn register(&self, add: &mut Additions);
}

/// What one module adds. Its methods are the list of all extension points.
#[derive(Default)]
pub struct Additions {
    pub(crate) routes: Vec<RouteAdded>,
    pub(crate) navigation: Vec<(Navigation, Shown)>,
    pub(crate) sections: Vec<(Section, Breadth)>,
    pub(crate) item_kinds: Vec<ItemKind>,
    pub(crate) search_sources: Vec<SearchSource>,
    pub(crate) colleagues: Vec<Colleagues>,
    pub(crate) closed_rooms: Vec<ClosedRooms>,
    pub(crate) sights: Vec<Sight>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) followers: Vec<Box<dyn Follower>>,
    pub(crate) jobs: Vec<JobKind>,
    pub(crate) daily_jobs: Vec<&'static str>,
    pub(crate) purges: Vec<Purge>,
    pub(crate) object_owners: Vec<ObjectOwner>,
    pub(crate) settings: Vec<SettingsPage>,
    pub(crate) demos: Vec<Demo>,
    pub(crate) closing_demos: Vec<Demo>,
    pub(crate) letters: Vec<LetterSample>,
    pub(crate) project_founders: Vec<FoundProject>,
    pub(crate) picture_drawers: Vec<DrawPicture>,
    pub(crate) mail_readers: Vec<TakeMailApart>,
    pub(crate) file_keepers: Vec<Box<dyn FileKeeper>>,
    pub(crate) stored_bytes: Vec<StoredBytes>,
    pub(crate) news_kinds: Vec<NewsKind>,
    pub(crate) news_deliverers: Vec<DeliverNews>,
    pub(crate) template_parts: Vec<TemplatePart>,
    pub(crate) located: Vec<Located>,
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) happenings: Vec<Happening>,
    pub(crate) personal: Vec<PersonalData>,
    pub(crate) offline: Vec<OfflinePart>,
}

impl Additions {
    pub fn navigation(&mut self, entry: Navigation) {
        self.navigation.push((entry, Shown::Always));
    }

    /// An entry for clients that is only there while something is behind it (P9). `holds_something`
    /// is asked for every page, so it is one statement that ends at the first row.
    pub fn client_navigation(&mut self, entry: Navigation, holds_something: HoldsSomething) {
        self.navigation.push((entry, Shown::When(holds_something)));
    }

    /// An entry with the number of what waits behind it, which open pages fetch again from `counted.href`.
    /// It is asked for every page, so `counted.count` is one statement.
    pub fn counted_navigation(&mut self, entry: Navigation, counted: Counted) {
        self.navigation.push((entry, Shown::Counted(counted)));
    }

    /// Of staff's pages it is on those of whoever sees the whole organization.
    pub fn section(&mut self, section: Section) {
        self.sections.push((section, Breadth::Organization));
    }

    /// One that limited members have, too: it shows no more than they see
    /// ([`Tx::sees_portal`](crate::Tx::sees_portal) and its like).
    pub fn assigned_section(&mut self, section: Section) {
        self.sections.push((section, Breadth::Limit));
    }

    /// How limits find what an address of this module names.
    pub fn located(&mut self, located: Located) {
        self.located.push(located);
    }

    pub fn item_kind(&mut self, kind: ItemKind) {
        self.item_kinds.push(kind);
    }

    pub fn search_source(&mut self, source: SearchSource) {
        self.search_sources.push(source);
    }

    /// Of whom a client finds what is marked [`SearchDocument::for_colleagues`].
    pub fn colleagues(&mut self, colleagues: Colleagues) {
        self.colleagues.push(colleagues);
    }

    /// Who finds what is marked [`Reach::Room`].
    pub fn closed_rooms(&mut self, closed_rooms: ClosedRooms) {
        self.closed_rooms.push(closed_rooms);
    }

    /// Who can see things of one kind, and why (P15).
    pub fn sight(&mut self, sight: Sight) {
        self.sights.push(sight);
    }

    /// A change that follows from an event, made once, in a transaction of its own.
    pub fn reaction(&mut self, reaction: Reaction) {
        self.reactions.push(reaction);
    }

    /// A derived view that keeps its own place in the events, such as the search index.
    pub fn follower(&mut self, follower: impl Follower + 'static) {
        self.followers.push(Box::new(follower));
    }

    pub fn job(&mut self, kind: JobKind) {
        self.jobs.push(kind);
    }

    /// A job that runs once a day for each organization, the first time at once. Its payload is
    /// `null`. A day that was missed is not made up for: the job looks at what is due by now.
    pub fn daily(&mut self, kind: JobKind) {
        self.daily_jobs.push(kind.kind);
        self.job(kind);
    }

    /// Rows that go before the items or the portal that they belong to.
    pub fn purge(&mut self, purge: Purge) {
        self.purges.push(purge);
    }

    /// Rows that hold keys of the object store.
    pub fn object_owner(&mut self, owner: ObjectOwner) {
        self.object_owners.push(owner);
    }

    pub fn settings(&mut self, page: SettingsPage) {
        self.settings.push(page);
    }

    /// Fills an empty installation for `portico demo`, after the modules earlier in the list.
    pub fn demo(&mut self, demo: Demo) {
        self.demos.push(demo);
    }

    /// The same, after all modules' demos: what needs everyone to be there.
    pub fn closing_demo(&mut self, demo: Demo) {
        self.closing_demos.push(demo);
    }

    /// How a project is made for a module that knows of a piece of work but has no projects, such as
    /// billing of an accepted quote. One module at most has them.
    pub fn project_founder(&mut self, found: FoundProject) {
        self.project_founders.push(found);
    }

    /// How a picture is drawn anew for a module that takes one, such as a logo. One module at most does it.
    pub fn picture_drawer(&mut self, draw: DrawPicture) {
        self.picture_drawers.push(draw);
    }

    /// How a mail that came in is taken apart for a module that makes something of it. One module at most does it.
    pub fn mail_reader(&mut self, take_apart: TakeMailApart) {
        self.mail_readers.push(take_apart);
    }

    /// How files in things of other modules come in and go out, such as those in messages. One module at most does it.
    pub fn file_keeper(&mut self, keeper: impl FileKeeper + 'static) {
        self.file_keepers.push(Box::new(keeper));
    }

    /// How much room this module's own objects take up, in bytes, which counts against the organization's.
    pub fn stored_bytes(&mut self, stored_bytes: StoredBytes) {
        self.stored_bytes.push(stored_bytes);
    }

    /// A kind of mail that its readers can have at once, once a day, or never. Its job ends with
    /// [`System::tell`](crate::System::tell). What they cannot turn off (invitations, resets, invoices) is none.
    pub fn news(&mut self, kind: NewsKind) {
        self.news_kinds.push(kind);
    }

    /// Who brings news to their readers as these chose. One module at most does it; without it they come at once.
    pub fn news_deliverer(&mut self, deliver: DeliverNews) {
        self.news_deliverers.push(deliver);
    }

    /// What of a portal goes into a template, and comes out of one.
    pub fn template_part(&mut self, part: TemplatePart) {
        self.template_parts.push(part);
    }

    /// What waits for clients, on the staff's home.
    pub fn awaited(&mut self, awaited: Awaited) {
        self.awaited.push(awaited);
    }

    /// What clients are told of what happened in their portals.
    pub fn happening(&mut self, happening: Happening) {
        self.happenings.push(happening);
    }

    /// What this module knows of a person: it is handed out to them on request, and goes when they are erased.
    pub fn personal_data(&mut self, data: PersonalData) {
        self.personal.push(data);
    }

    /// What this module has of a portal, in a copy that opens without a server.
    pub fn offline_part(&mut self, part: OfflinePart) {
        self.offline.push(part);
    }

    /// An example of a mail that this module sends, for the pictures.
    pub fn letter(&mut self, sample: LetterSample) {
        self.letters.push(sample);
    }
}

/// A page under "Settings".
#[derive(Clone, Copy)]
pub struct SettingsPage {
    pub href: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub icon: &'static str,
    pub permission: Permission,
}

pub struct LetterSample {
    pub name: &'static str,
    pub compose: fn(&crate::Organization, Language) -> OutgoingMail,
}
