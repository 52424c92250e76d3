//! The guards: the only road to data. A route says what it asks ([`Access`]); the wrapper around
//! every endpoint finds out from host and session who is calling, refuses or goes on, and the
//! handler receives the proof as an argument.

use std::sync::Arc;

use diesel::prelude::*;
use poem::{
    Endpoint, FromRequest, Request, RequestBody, Response,
    endpoint::BoxEndpoint,
    http::{StatusCode, header},
};
use portico_facts::{OrganizationId, PersonId, PortalId, SessionId};
use portico_ui::{Frame, Language, NavigationEntry, OrganizationLook, PersonLook, Text};

use crate::{
    access::{Access, Grants, Organization, Permission, Person, Role},
    answer::{Answer, Reader, RequestId, Visit, answer_errors, wants_json},
    clock::Instant,
    database::Db,
    error::{Error, Result},
    host::{Named, PublicUrl},
    origin,
    outside::Objects,
    random::{Token, TokenHash},
    registry::Registry,
    schema::{grants, organizations, people, portals, sessions},
    system::Kernel,
    transaction::{ClientTx, Core, Recorded, Tx, VisitorTx},
};

/// Who is calling, from where, at whose address.
pub(crate) struct Scope {
    kernel: Kernel,
    organization: Organization,
    person: Option<Person>,
    pub(crate) grants: Grants,
    visit: Visit,
    session_hash: Option<TokenHash>,
}

impl Scope {
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    pub fn person(&self) -> Option<&Person> {
        self.person.as_ref()
    }

    pub fn is_staff(&self) -> bool {
        self.person().is_some_and(|person| person.role.is_staff())
    }

    pub fn session_is_over_by_time(&self) -> bool {
        self.person().is_some_and(|person| self.kernel.now() >= person.session_expires_at)
    }

    /// The same caller as the database knows them now; `None` once the session is over.
    pub async fn renewed(&self) -> Option<Arc<Scope>> {
        let hash = self.session_hash.clone()?;
        let (organization, now) = (self.organization.id, self.kernel.now());
        let found =
            self.kernel.database().read(move |db| find_person(db, organization, &hash, now)).await.ok()??;
        Some(Arc::new(Scope {
            kernel: self.kernel.clone(),
            organization: self.organization.clone(),
            person: Some(found.0),
            grants: found.1,
            visit: self.visit.clone(),
            session_hash: self.session_hash.clone(),
        }))
    }

    /// The person's language, then the browser's wish for someone unknown, then the
    /// organization's.
    fn text(&self) -> Text {
        let chosen = match &self.person {
            Some(person) => person.language,
            None => self.visit.accept_language,
        };
        Text::new(chosen.unwrap_or(self.organization.language))
    }

    fn frame(&self) -> Frame {
        let text = self.text();
        let navigation = match &self.person {
            Some(person) => self.navigation(person.role, text),
            None => Vec::new(),
        };
        Frame {
            text,
            organization: OrganizationLook {
                name: self.organization.name.clone(),
                logo: None,
                brand_href: brand_href(&self.organization),
            },
            person: self
                .person
                .as_ref()
                .map(|person| PersonLook { name: person.name.clone(), email: person.email.clone() }),
            navigation,
            form_token: self.visit.form_token.as_str().to_owned(),
            preview: None,
            live_href: self.person.as_ref().map(|person| match person.role.is_staff() {
                true => "/staff/live".to_owned(),
                false => "/live".to_owned(),
            }),
            path: self.visit.path.clone(),
            toast: None,
        }
    }

    fn navigation(&self, role: Role, text: Text) -> Vec<NavigationEntry> {
        let path = self.visit.path.split('?').next().unwrap_or_default();
        let mut entries: Vec<NavigationEntry> = self
            .kernel
            .registry()
            .navigation(role)
            .map(|entry| NavigationEntry {
                href: entry.href.to_owned(),
                label: text.say(entry.label).into_owned(),
                icon: entry.icon,
                current: false,
                count: None,
            })
            .collect();
        // The longest address that the path begins with is where we are.
        let here = entries
            .iter_mut()
            .filter(|entry| {
                path == entry.href
                    || path.strip_prefix(entry.href.as_str()).is_some_and(|rest| {
                        rest.starts_with('/') && entry.href != "/" && entry.href != "/staff"
                    })
            })
            .max_by_key(|entry| entry.href.len());
        if let Some(entry) = here {
            entry.current = true;
        }
        entries
    }

    async fn write<T, F>(self: &Arc<Self>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(Core, &Scope) -> Result<Recorded<T>> + Send + 'static,
    {
        let scope = self.clone();
        let value = self
            .kernel
            .database()
            .write(move |db| work(scope.core(db), &scope).map(|Recorded(value)| value))
            .await?;
        self.kernel.wake();
        Ok(value)
    }

    async fn read<T, F>(self: &Arc<Self>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(Core, &Scope) -> Result<T> + Send + 'static,
    {
        let scope = self.clone();
        self.kernel.database().read(move |db| work(scope.core(db), &scope)).await
    }

    fn core<'c>(&'c self, db: &'c mut Db) -> Core<'c> {
        let actor = self.person.as_ref().map(|person| person.id);
        Core::new(db, &self.organization, actor, self.visit.address.as_deref(), self.kernel.now())
    }
}

/// The address of the organization's colours; it changes with them, so that it may be cached.
fn brand_href(organization: &Organization) -> String {
    format!("/brand/{}.css", organization.colour.trim_start_matches('#'))
}

macro_rules! guard {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Arc<Scope>);

        impl $name {
            pub fn organization(&self) -> &Organization {
                &self.0.organization
            }

            pub fn registry(&self) -> &Registry {
                self.0.kernel.registry()
            }

            pub fn kernel(&self) -> &Kernel {
                &self.0.kernel
            }

            pub fn objects(&self) -> &dyn Objects {
                self.0.kernel.objects()
            }

            pub fn text(&self) -> Text {
                self.0.text()
            }

            /// What the page shells and components need to know about this request.
            pub fn frame(&self) -> Frame {
                self.0.frame()
            }

            pub fn now(&self) -> Instant {
                self.0.kernel.now()
            }

            pub fn visit(&self) -> &Visit {
                &self.0.visit
            }

            #[allow(dead_code)]
            pub(crate) fn scope(&self) -> &Arc<Scope> {
                &self.0
            }
        }

        impl<'a> FromRequest<'a> for $name {
            /// Missing where the route's access is of another kind, which is a mistake in the
            /// list of routes, or (for an optional guard) where the caller is somebody else.
            async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
                match req.extensions().get::<$name>() {
                    Some(guard) => Ok(guard.clone()),
                    None => Err(Error::NotFound.into()),
                }
            }
        }
    };
}

guard! {
    /// A staff member with the right that the route asks for.
    Staff
}

guard! {
    /// A signed-in client.
    Client
}

guard! {
    /// Anyone at an organization's address.
    Visitor
}

impl Staff {
    pub fn person(&self) -> &Person {
        self.0.person.as_ref().expect("a staff guard is made from a signed-in person")
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.person().role.may(permission)
    }

    /// A full page in the staff shell.
    pub fn page(&self, title: &str, body: maud::Markup) -> Answer {
        Answer::page(portico_ui::staff_page(&self.frame(), title, body))
    }

    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.0.read(move |core, _| work(&mut Tx(core))).await
    }

    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<Recorded<T>> + Send + 'static,
    {
        self.0.write(move |core, _| work(&mut Tx(core))).await
    }
}

impl Client {
    pub fn person(&self) -> &Person {
        self.0.person.as_ref().expect("a client guard is made from a signed-in person")
    }

    pub fn grants(&self) -> &Grants {
        &self.0.grants
    }

    /// A full page in the client shell.
    pub fn page(&self, title: &str, body: maud::Markup) -> Answer {
        Answer::page(portico_ui::client_page(&self.frame(), title, body))
    }

    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<T> + Send + 'static,
    {
        self.0.read(move |core, scope| work(&mut client_tx(core, scope)?)).await
    }

    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<Recorded<T>> + Send + 'static,
    {
        self.0.write(move |core, scope| work(&mut client_tx(core, scope)?)).await
    }
}

fn client_tx<'c>(core: Core<'c>, scope: &'c Scope) -> Result<ClientTx<'c>> {
    let person = scope.person().ok_or(Error::NotFound)?.id;
    Ok(ClientTx { core, person, grants: &scope.grants })
}

impl Visitor {
    /// Who is signed in, if anyone is.
    pub fn person(&self) -> Option<&Person> {
        self.0.person.as_ref()
    }

    /// A full page in the signed-out shell.
    pub fn page(&self, title: &str, body: maud::Markup) -> Answer {
        Answer::page(portico_ui::signed_out_page(&self.frame(), title, body))
    }

    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut VisitorTx) -> Result<T> + Send + 'static,
    {
        self.0.read(move |core, _| work(&mut VisitorTx(core))).await
    }

    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut VisitorTx) -> Result<Recorded<T>> + Send + 'static,
    {
        self.0.write(move |core, _| work(&mut VisitorTx(core))).await
    }
}

/// A client looking at one portal that is granted to them, from `:portal` in the path. Without
/// the grant there is no viewer, only a 404 (P11).
#[derive(Clone)]
pub struct Viewer {
    pub client: Client,
    pub portal: PortalId,
}

impl<'a> FromRequest<'a> for Viewer {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let client = Client::from_request(req, body).await?;
        let portal = req.raw_path_param("portal").and_then(|text| text.parse().ok());
        match portal {
            Some(portal) if client.grants().hold(portal) => Ok(Viewer { client, portal }),
            _ => Err(Error::NotFound.into()),
        }
    }
}

/// Around every endpoint: host, session, access and origin, in this order.
pub(crate) struct Guarded {
    kernel: Kernel,
    access: Access,
    endpoint: BoxEndpoint<'static>,
}

impl Guarded {
    pub fn new(kernel: Kernel, access: Access, endpoint: BoxEndpoint<'static>) -> Self {
        Self { kernel, access, endpoint }
    }
}

impl Endpoint for Guarded {
    type Output = Response;

    async fn call(&self, mut req: Request) -> poem::Result<Response> {
        let public_url = self.kernel.public_url();
        let visit = Visit::of(&req, public_url);
        if self.access == Access::Open {
            origin::check(&mut req, public_url, &public_url.root()).await?;
            req.extensions_mut().insert(self.kernel.clone());
            req.extensions_mut().insert(visit.clone());
            let mut response = self.endpoint.call(req).await?;
            visit.remember_form(&mut response);
            return Ok(response);
        }
        let request_id = req.extensions().get::<RequestId>().cloned().unwrap_or_default();
        let scope = Arc::new(resolve(&self.kernel, visit).await?);
        let wants_json = wants_json(&req);
        let mut response = match self.answer(&scope, req).await {
            Ok(response) => response,
            Err(error) => {
                let frame = scope.frame();
                let reader = Reader {
                    text: frame.text,
                    frame: Some(&frame),
                    partial: scope.visit.partial,
                    wants_json,
                };
                answer_errors(error, &reader, &request_id.0)
            }
        };
        scope.visit.remember_form(&mut response);
        Ok(response)
    }
}

impl Guarded {
    async fn answer(&self, scope: &Arc<Scope>, mut req: Request) -> poem::Result<Response> {
        match (self.access, scope.person()) {
            (Access::Open | Access::Public, _) => {}
            (Access::Client | Access::Staff(_), None) => return Ok(to_sign_in(&scope.visit)),
            (Access::Client, Some(person)) if !person.role.is_staff() => {}
            (Access::Staff(permission), Some(person)) if person.role.is_staff() => {
                if !person.role.may(permission) {
                    return Err(Error::Forbidden.into());
                }
            }
            _ => return Err(Error::NotFound.into()),
        }
        let extensions = req.extensions_mut();
        extensions.insert(Visitor(scope.clone()));
        match scope.person() {
            Some(person) if person.role.is_staff() => {
                extensions.insert(Staff(scope.clone()));
            }
            Some(_) => {
                extensions.insert(Client(scope.clone()));
            }
            None => {}
        }
        origin::check(&mut req, self.kernel.public_url(), &scope.organization.address).await?;
        self.endpoint.call(req).await
    }
}

/// A whole page is sent to sign-in and comes back afterwards; a fragment takes its page along,
/// so that a sign-in form is never swapped into one (P6).
fn to_sign_in(visit: &Visit) -> Response {
    let back = if visit.partial { visit.current_page.as_deref() } else { Some(visit.path.as_str()) };
    let address = match back {
        Some(path) if path != "/" => {
            let query: String =
                url::form_urlencoded::Serializer::new(String::new()).append_pair("return", path).finish();
            format!("/sign-in?{query}")
        }
        _ => "/sign-in".to_owned(),
    };
    if visit.partial {
        Response::builder().status(StatusCode::OK).header("HX-Redirect", address).finish()
    } else {
        Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, address).finish()
    }
}

async fn resolve(kernel: &Kernel, visit: Visit) -> Result<Scope> {
    let public_url = kernel.public_url().clone();
    let named = public_url.named_by(&visit.host);
    let session_hash = visit.session.as_ref().map(|token| token.hash(SESSION));
    let now = kernel.now();
    let hash = session_hash.clone();
    let (organization, found) = kernel
        .database()
        .read(move |db| {
            let organization = find_organization(db, &public_url, named)?;
            let found = match hash {
                Some(hash) => find_person(db, organization.id, &hash, now)?,
                None => None,
            };
            Ok((organization, found))
        })
        .await?;
    let (person, grants) = found.map_or((None, Grants::default()), |(person, grants)| (Some(person), grants));
    Ok(Scope { kernel: kernel.clone(), organization, person, grants, visit, session_hash })
}

/// The purpose under which session tokens are hashed.
pub(crate) const SESSION: &str = "session";

impl Token {
    /// The hash under which a session's row is found.
    pub fn session_hash(&self) -> TokenHash {
        self.hash(SESSION)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organizations)]
pub(crate) struct OrganizationRow {
    id: OrganizationId,
    slug: String,
    domain: Option<String>,
    name: String,
    colour: String,
    language: String,
    time_zone: String,
}

impl OrganizationRow {
    pub fn with_address(self, public_url: &PublicUrl, alone: bool) -> Organization {
        let address = match &self.domain {
            Some(domain) => public_url.of_domain(domain),
            None if alone => public_url.root(),
            None => public_url.of_slug(&self.slug),
        };
        Organization {
            id: self.id,
            slug: self.slug,
            name: self.name,
            colour: self.colour,
            language: Language::from_code(&self.language).unwrap_or_default(),
            time_zone: self.time_zone,
            address,
        }
    }
}

/// An unknown host is refused (T7): the answer is a 421, not somebody's page.
fn find_organization(db: &mut Db, public_url: &PublicUrl, named: Named) -> Result<Organization> {
    let all = organizations::table.select(OrganizationRow::as_select());
    let (mut rows, reached_at_slug) = match &named {
        Named::Slug(slug) => (all.filter(organizations::slug.eq(slug)).load(db)?, true),
        Named::Domain(domain) => (all.filter(organizations::domain.eq(domain)).load(db)?, false),
        Named::Installation => (all.limit(2).load(db)?, false),
    };
    match (rows.pop(), rows.is_empty()) {
        (Some(row), true) => {
            let mut organization = row.with_address(public_url, named == Named::Installation);
            if reached_at_slug {
                organization.address = public_url.of_slug(&organization.slug);
            }
            Ok(organization)
        }
        _ => Err(Error::UnknownHost),
    }
}

fn find_person(
    db: &mut Db,
    organization: OrganizationId,
    session: &TokenHash,
    now: Instant,
) -> Result<Option<(Person, Grants)>> {
    type Row = (PersonId, String, String, String, Option<String>, SessionId, Instant);
    let row: Option<Row> = sessions::table
        .inner_join(people::table.on(
            people::organization_id.eq(sessions::organization_id).and(people::id.eq(sessions::person_id)),
        ))
        .filter(sessions::token_hash.eq(session.bytes()))
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(people::removed_at.is_null())
        .select((
            people::id,
            people::role,
            people::name,
            people::email,
            people::language,
            sessions::id,
            sessions::expires_at,
        ))
        .first(db)
        .optional()?;
    let Some((id, role, name, email, language, session, session_expires_at)) = row else {
        return Ok(None);
    };
    let person = Person {
        id,
        role: Role::from_name(&role)?,
        name,
        email,
        language: language.as_deref().and_then(Language::from_code),
        session,
        session_expires_at,
    };
    let grants = match person.role {
        Role::Client => find_grants(db, organization, id)?,
        _ => Grants::default(),
    };
    Ok(Some((person, grants)))
}

fn find_grants(db: &mut Db, organization: OrganizationId, person: PersonId) -> Result<Grants> {
    let portals: Vec<PortalId> =
        grants::table
            .inner_join(portals::table.on(
                portals::organization_id.eq(grants::organization_id).and(portals::id.eq(grants::portal_id)),
            ))
            .filter(grants::organization_id.eq(organization))
            .filter(grants::person_id.eq(person))
            .filter(grants::revoked_at.is_null())
            .filter(portals::deleted_at.is_null())
            .select(portals::id)
            .load(db)?;
    Ok(Grants::of(portals))
}
