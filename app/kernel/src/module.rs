//! The one trait by which a module says what it adds, and the kinds of things that can be added.
//! Everything is declared at start; doubles and gaps panic then, not when a page is opened.

use futures_util::future::BoxFuture;
use maud::Markup;
use poem::{Endpoint, EndpointExt, IntoResponse, endpoint::BoxEndpoint, http::Method};
use portico_facts::{CompanyId, EventKind, ItemId, PersonId, PortalId, ProjectId, SubjectId};
use portico_ui::{Frame, Language};
use serde::Serialize;

use crate::{
    access::{Access, Permission},
    awaited::Awaited,
    clock::Instant,
    error::Result,
    event::Event,
    file_keeping::{FileKeeper, StoredBytes},
    followers::Follower,
    happening::Happening,
    limit::Located,
    mail_parts::TakeMailApart,
    name::Name,
    news::{DeliverNews, NewsKind},
    offline::OfflinePart,
    outside::OutgoingMail,
    personal::PersonalData,
    pictures::DrawPicture,
    retention::{ObjectOwner, Purge},
    sight::Sight,
    system::{Kernel, System},
    templates::TemplatePart,
    transaction::{ClientTx, Core, Recorded, Tx},
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

pub(crate) struct RouteAdded {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub body: BodyKind,
    pub endpoint: BoxEndpoint<'static>,
}

/// What a route's body may be, which decides how it can prove its origin (T6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BodyKind {
    /// A small form, read whole before the handler runs.
    Form,
    /// Nothing but the form token.
    Button,
    /// Parts that are read as they come: the handler checks the first one, see `multipart_token`.
    Upload,
    /// Proven by a signature that the handler verifies.
    Signed,
}

impl Additions {
    /// A page or fragment. Paths are poem's: `/portals/:portal`. A GET changes nothing (T6) and
    /// answers HEAD as well.
    pub fn get<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::GET, path, access, BodyKind::Form, endpoint);
    }

    /// A form's target. Verbs are nouns here: `POST /staff/portals/:portal/deletion`.
    pub fn post<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, access, BodyKind::Form, endpoint);
    }

    /// The target of a form that is one button: whatever field it comes with is refused (T16).
    pub fn button<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, access, BodyKind::Button, endpoint);
    }

    /// The target of a form with files. The handler reads the body as it comes, by [`Parts`](crate::Parts), and must
    /// [`prove_origin`](crate::Parts::prove_origin) before it believes anything else.
    pub fn upload<E>(&mut self, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, access, BodyKind::Upload, endpoint);
    }

    /// Where a machine outside tells us something. Its body is read by [`signed_body`](crate::signed_body), and
    /// proves by its signature where it comes from; the handler believes nothing before.
    pub fn webhook<E>(&mut self, path: &'static str, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(Method::POST, path, Access::Public, BodyKind::Signed, endpoint);
    }

    /// A method of a machine's protocol, such as PATCH. It proves its origin by headers; GET, HEAD
    /// and OPTIONS change nothing.
    pub fn on<E>(&mut self, method: Method, path: &'static str, access: Access, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        self.route(method, path, access, BodyKind::Form, endpoint);
    }

    fn route<E>(&mut self, method: Method, path: &'static str, access: Access, body: BodyKind, endpoint: E)
    where
        E: Endpoint + 'static,
        E::Output: IntoResponse,
    {
        let endpoint = endpoint.map_to_response().boxed();
        self.routes.push(RouteAdded { method, path, access, body, endpoint });
    }

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

    /// One that limited members have, too: it shows no more than they see ([`Tx::sees_portal`] and its like).
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

/// An entry in the navigation of staff or of clients.
#[derive(Clone, Copy)]
pub struct Navigation {
    pub access: Access,
    pub href: &'static str,
    /// Another address whose pages belong here, such as `/portals/:portal/messages`.
    pub also: Option<&'static str>,
    /// A message of the catalogues.
    pub label: &'static str,
    pub icon: &'static str,
    /// Entries stand in ascending order.
    pub order: i16,
}

pub type HoldsSomething = fn(&mut ClientTx) -> Result<bool>;

#[derive(Clone, Copy)]
pub(crate) enum Shown {
    Always,
    When(HoldsSomething),
    Counted(Counted),
}

/// What waits behind an entry of the navigation.
#[derive(Clone, Copy)]
pub struct Counted {
    /// Of live updates: what makes it another number.
    pub topic: &'static str,
    /// Answers a partial request with the number alone (`navigation_count` of the interface kit).
    pub href: &'static str,
    pub count: Count,
}

#[derive(Clone, Copy)]
pub enum Count {
    Staff(fn(&mut Tx) -> Result<u64>),
    /// `None` where nothing is behind the entry, so that it does not stand there (P9).
    Client(fn(&mut ClientTx) -> Result<Option<u64>>),
}

/// How much its reader has to see for a section to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Breadth {
    Organization,
    Limit,
}

/// A module's part of a page that another module owns. `None` shows nothing.
pub enum Section {
    StaffHome {
        order: i16,
        render: fn(&mut Tx, &Frame) -> Result<Option<Markup>>,
    },
    StaffProject {
        order: i16,
        render: fn(&mut Tx, &ProjectPlace) -> Result<Option<Markup>>,
    },
    StaffClient {
        order: i16,
        render: fn(&mut Tx, PersonId, &Frame) -> Result<Option<Markup>>,
    },
    StaffCompany {
        order: i16,
        render: fn(&mut Tx, CompanyId, &Frame) -> Result<Option<Markup>>,
    },
    StaffPortal {
        order: i16,
        render: fn(&mut Tx, &PortalPlace) -> Result<Option<Markup>>,
    },
    /// Controls beside "Add note": what else can be added to a folder of a portal.
    StaffPortalTools {
        order: i16,
        render: fn(&mut Tx, &PortalPlace) -> Result<Option<Markup>>,
    },
    ClientHome {
        order: i16,
        render: fn(&mut ClientTx, &Frame) -> Result<Option<Markup>>,
    },
    /// Staff can name it otherwise, move and hide it in each portal ([`SectionPlan`](crate::SectionPlan)).
    ClientPortal {
        /// In the portals' rows: never change it.
        name: &'static str,
        /// A message of the catalogues: what it is called where nobody named it.
        label: &'static str,
        order: i16,
        render: fn(&mut ClientTx, &PortalPlace) -> Result<Option<Markup>>,
    },
    /// What a client can do in the folder that is open.
    ClientPortalTools {
        order: i16,
        render: fn(&mut ClientTx, &PortalPlace) -> Result<Option<Markup>>,
    },
}

pub struct ProjectPlace<'a> {
    pub project: ProjectId,
    pub name: &'a str,
    pub client: Option<PersonId>,
    pub frame: &'a Frame,
}

/// A project that another module asks for.
pub struct ProjectPlan {
    pub name: Name,
    pub client: PersonId,
    /// In their order.
    pub milestones: Vec<Name>,
}

pub type FoundProject = fn(&mut Tx, &ProjectPlan) -> Result<Recorded<ProjectId>>;

#[derive(Clone, Copy)]
pub struct PortalPlace<'a> {
    pub portal: PortalId,
    pub project: Option<ProjectId>,
    /// The folder that is open; `None` at the top.
    pub folder: Option<ItemId>,
    pub frame: &'a Frame,
    /// What staff call this section of a client's page, where they gave it a name.
    pub title: Option<&'a str>,
}

impl PortalPlace<'_> {
    /// For a section without a heading of its own: under the name that staff gave it, if they did.
    pub fn under_its_name(&self, body: Markup) -> Markup {
        match self.title {
            Some(title) => portico_ui::components::section(title, Markup::default(), body),
            None => body,
        }
    }
}

/// A section of a client's portal page, as staff arrange it.
#[derive(Clone, Copy, Debug)]
pub struct NamedSection {
    pub name: &'static str,
    pub label: &'static str,
    /// The place that it has by itself.
    pub order: i16,
}

/// A kind of item that a module other than portals brings, such as a file.
#[derive(Clone, Copy)]
pub struct ItemKind {
    /// As in `items.kind`.
    pub kind: &'static str,
    /// What the listing shows beside the name, for these items of one portal, in one query.
    pub faces: Faces,
}

pub type Faces = fn(&mut Core, &[ItemId], Side, &Frame) -> Result<Vec<ItemFace>>;

/// On whose pages something is shown; addresses differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Staff,
    Client,
}

pub struct ItemFace {
    pub item: ItemId,
    pub href: String,
    /// A name of the icon sprite.
    pub icon: &'static str,
    /// Size and date, or whatever says most.
    pub meta: Markup,
    /// Address of a small picture, if there is one.
    pub thumbnail: Option<String>,
}

/// Where search documents of some kinds come from, and how hits become lines on a page.
#[derive(Clone, Copy)]
pub struct SearchSource {
    pub name: &'static str,
    /// The documents of this source that an event may have changed.
    pub touched: fn(&mut Tx, &Event) -> Result<Vec<SubjectId>>,
    /// The document as it is now; `None` removes it from the index.
    pub document: fn(&mut Tx, SubjectId) -> Result<Option<SearchDocument>>,
    /// The next ids after `after` in ascending order, for building the index anew.
    pub all: fn(&mut Tx, Option<SubjectId>, i64) -> Result<Vec<SubjectId>>,
    /// Hits again through the guard: whoever may not see one gets no line (T3).
    pub staff_lines: fn(&mut Tx, &[SubjectId]) -> Result<Vec<SearchLine>>,
    pub client_lines: fn(&mut ClientTx, &[SubjectId]) -> Result<Vec<SearchLine>>,
}

pub type Colleagues = fn(&mut ClientTx) -> Result<Vec<PersonId>>;

/// The rooms in which whoever acts is at this moment, on this side.
pub type ClosedRooms = fn(&mut Core, Side) -> Result<Vec<SubjectId>>;

pub struct SearchDocument {
    /// `note`, `link`, `embed`, `folder`, `file`, `message`, `announcement`, `portal`, `project`, `client`, `company`
    pub kind: &'static str,
    pub title: String,
    pub pages: Vec<SearchPage>,
    /// Clients with a grant for this portal find it.
    pub portal: Option<PortalId>,
    /// The clients to whom it is addressed. With a portal: of those with a grant for it, only these
    /// find it, and only while they hold the grant.
    pub people: Vec<PersonId>,
    /// Also those find it who may, at the moment of asking, see what is addressed to these people.
    pub for_colleagues: bool,
    pub reach: Reach,
    pub changed: Instant,
}

/// Which clients find a document beside those whom its portal and its people name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    NoFurther,
    /// Those with a grant for one of these, wherever it lies.
    Portals(Vec<PortalId>),
    /// Those with any grant.
    EveryPortal,
    /// Those who are in this room, and nobody else: neither who has its portal nor other staff.
    Room(SubjectId),
}

pub struct SearchPage {
    pub number: Option<u32>,
    pub text: String,
}

pub struct SearchLine {
    pub subject: SubjectId,
    /// Without a place in it: the search page adds `?page=7&words=quarterly+retainer` where it knows
    /// them, and `MarkedWords` of the interface kit marks such words in a text.
    pub href: String,
    pub icon: &'static str,
    /// Where it was found: the portal's name.
    pub place: Option<String>,
}

pub struct Reaction {
    /// Names its cursor: never change it.
    pub name: &'static str,
    pub kinds: &'static [EventKind],
    pub react: fn(&mut Tx, &Event) -> Result<()>,
}

pub struct JobKind {
    pub kind: &'static str,
    pub run: RunJob,
}

pub type RunJob = fn(System, Job) -> BoxFuture<'static, Result<()>>;

/// A job that is being run. Running it twice must do no harm.
pub struct Job {
    pub id: i64,
    /// JSON, as it was enqueued.
    pub payload: String,
}

impl Job {
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) when the payload is of another shape.
    pub fn payload<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_str(&self.payload).map_err(anyhow::Error::from)?)
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

pub struct Demo {
    pub fill: for<'a> fn(&'a mut DemoWorld) -> BoxFuture<'a, Result<()>>,
}

/// What the modules' demos hand on to each other.
pub struct DemoWorld {
    pub kernel: Kernel,
    remembered: std::collections::BTreeMap<String, SubjectId>,
    people: Vec<DemoPerson>,
}

/// What a demo builds upon, and nobody made: its module is not in the list.
#[derive(Debug, thiserror::Error)]
#[error("the demo has no {0:?}")]
pub struct MissingInDemo(String);

/// Sign-in data of the demo, printed when it is done.
#[derive(Serialize)]
pub struct DemoPerson {
    pub name: String,
    pub role: &'static str,
    pub email: String,
    pub password: String,
    /// The slug.
    pub organization: String,
}

impl DemoWorld {
    pub fn new(kernel: Kernel) -> Self {
        Self { kernel, remembered: Default::default(), people: Vec::new() }
    }

    /// Names are `organization/noun/name`, such as `studio/person/carol@acme.test`.
    pub fn remember(&mut self, name: impl Into<String>, id: impl Into<SubjectId>) {
        self.remembered.insert(name.into(), id.into());
    }

    pub fn present(&mut self, person: DemoPerson) {
        self.people.push(person);
    }

    pub fn people(&self) -> &[DemoPerson] {
        &self.people
    }

    /// # Errors
    /// [`MissingInDemo`] when no earlier module made it.
    pub fn recall<Id: From<SubjectId>>(&self, name: &str) -> Result<Id> {
        match self.remembered.get(name) {
            Some(id) => Ok((*id).into()),
            None => Err(anyhow::Error::new(MissingInDemo(name.to_owned())).into()),
        }
    }

    /// Acts for the organization with this slug, as the named person of it.
    ///
    /// # Errors
    /// When either is missing.
    pub async fn acting_for(&self, slug: &str, email: &str) -> Result<System> {
        let person: PersonId = self.recall(&format!("{slug}/person/{email}"))?;
        let organization = self.recall(&format!("{slug}/organization"))?;
        Ok(self.kernel.system(organization).await?.acting_as(person))
    }
}

pub struct LetterSample {
    pub name: &'static str,
    pub compose: fn(&crate::Organization, Language) -> OutgoingMail,
}
