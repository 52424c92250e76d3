//! Who is calling: found from host and session, for one request.

use std::{collections::BTreeMap, sync::Arc};

use diesel::prelude::*;
use portico_facts::{OrganizationId, PersonId};
use portico_ui::{Frame, Language, LogoGround, LogoShape, NavigationEntry, PersonLook, PreviewBanner, Text};

use super::caller::{Caller, find_caller, find_grants, find_seen, hold_person};
use crate::{
    access::{Grants, Organization, Person, Role},
    addresses::{self, DomainUse},
    answer::Visit,
    clock::Instant,
    connection::Db,
    error::{Error, Result},
    host::{Named, PublicUrl},
    limit::Limit,
    looks::Logo,
    module::Side,
    random::{Token, TokenHash},
    registry::Filled,
    schema::organizations,
    system::Kernel,
    transaction::{ClientTx, Core, Recorded, Tx},
};

/// Who is calling, from where, at whose address.
#[derive(Clone)]
pub(crate) struct Scope {
    pub(super) kernel: Kernel,
    pub(super) organization: Organization,
    pub(super) person: Option<Person>,
    pub(super) onlooker: Option<Person>,
    pub(super) grants: Grants,
    /// What a limited member sees.
    pub(super) limit: Option<Limit>,
    /// What the address of a limited member's request names, for whatever it writes.
    named: BTreeMap<String, String>,
    /// The entries of the navigation that have something behind them (P9).
    filled: Vec<Filled>,
    pub(super) visit: Visit,
    /// Whatever happens later may be missing from what is answered.
    pub(crate) asked_at: Instant,
    pub(super) session_hash: Option<TokenHash>,
}

impl Scope {
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    pub fn person(&self) -> Option<&Person> {
        self.person.as_ref()
    }

    /// Nothing of staff's is open to them but setting up a second step.
    pub fn owes_second_step(&self) -> bool {
        self.person().is_some_and(|person| person.owes_second_step(&self.organization))
    }

    /// The same request through a client's eyes, with whoever looks behind them: it reads, and writes nothing (P13).
    ///
    /// # Errors
    /// [`Error::NotFound`] for whoever is no client, or was removed.
    pub(super) async fn through_the_eyes_of(self: &Arc<Self>, client: PersonId) -> Result<Arc<Scope>> {
        let (onlooker, organization) = (self.person.clone().ok_or(Error::NotFound)?, self.organization.id);
        let behind = onlooker.clone();
        let seen = self.kernel.database().read(move |db| {
            let person = find_seen(db, organization, client, &behind)?.ok_or(Error::NotFound)?;
            Ok((person, find_grants(db, organization, client)?))
        });
        let (person, grants) = seen.await?;
        Ok(Arc::new(Scope {
            kernel: self.kernel.clone(),
            organization: self.organization.clone(),
            person: Some(person),
            onlooker: Some(onlooker),
            grants,
            limit: None,
            named: BTreeMap::new(),
            filled: Vec::new(),
            visit: self.visit.clone(),
            asked_at: self.asked_at,
            session_hash: None,
        }))
    }

    /// The same request, which writes nothing but what lies with all of this within the limit.
    pub(super) fn naming(&self, named: BTreeMap<String, String>) -> Arc<Scope> {
        Arc::new(Scope { named, ..self.clone() })
    }

    /// The person's language, or the organization's. Only where there is none the browser is asked.
    pub(super) fn text(&self) -> Text {
        self.text_of(self.person.as_ref())
    }

    fn text_of(&self, person: Option<&Person>) -> Text {
        let chosen = person.and_then(|person| person.language);
        Text::new(chosen.unwrap_or(self.organization.language))
    }

    pub(super) fn frame(&self) -> Frame {
        let text = self.text();
        // Whoever still owes a second step is shown no way that would only lead back.
        let person = self.person().filter(|_| !self.owes_second_step());
        let navigation = person.map(|person| self.navigation(person, text)).unwrap_or_default();
        Frame {
            text,
            organization: self.organization.look(),
            person: person
                .map(|person| PersonLook { name: person.name.clone(), email: person.email.clone() }),
            navigation,
            pages: match &self.limit {
                Some(_) => self.kernel.registry().assigned_pages(),
                None => self.kernel.registry().pages(),
            },
            form_token: self.visit.form_token.as_str().to_owned(),
            preview: self.preview(),
            live_href: person.map(|person| {
                let stream = if person.role.is_staff() { "/staff/live" } else { "/live" };
                let seen_as = self.onlooker.as_ref().map(|_| format!("&seen_as={}", person.id));
                format!("{stream}?since={}{}", self.asked_at.micros(), seen_as.unwrap_or_default())
            }),
            path: self.visit.path.clone(),
            toast: None,
        }
    }

    fn preview(&self) -> Option<PreviewBanner> {
        let (onlooker, person) = (self.onlooker.as_ref()?, self.person()?);
        Some(PreviewBanner { text: self.text_of(Some(onlooker)), person_name: person.name.clone() })
    }

    fn navigation(&self, person: &Person, text: Text) -> Vec<NavigationEntry> {
        let path = self.visit.path.split('?').next().unwrap_or_default();
        let added: Vec<_> = self.kernel.registry().navigation(person, &self.filled).collect();
        // The longest address that the path begins with is where we are.
        let here = added
            .iter()
            .flat_map(|(entry, _)| {
                [Some(entry.href), entry.also].into_iter().flatten().map(|at| (at, entry.href))
            })
            .filter_map(|(at, href)| Some((parts_in_common(path, at)?, href)))
            .max_by_key(|(parts, _)| *parts)
            .map(|(_, href)| href);
        added
            .iter()
            .map(|(entry, count)| NavigationEntry {
                href: entry.href.to_owned(),
                label: text.say(entry.label).into_owned(),
                icon: entry.icon,
                current: here == Some(entry.href),
                count: *count,
            })
            .collect()
    }

    /// # Errors
    /// [`Error::OnlySeen`] for whoever looks through somebody's eyes.
    pub(super) fn must_act(&self) -> Result<()> {
        match (&self.onlooker, &self.person) {
            (Some(_), Some(person)) => Err(Error::OnlySeen { name: person.name.clone() }),
            _ => Ok(()),
        }
    }

    pub(super) async fn write<T, F>(self: &Arc<Self>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(Core, &Scope) -> Result<Recorded<T>> + Send + 'static,
    {
        self.must_act()?;
        let scope = self.clone();
        let value = self
            .kernel
            .database()
            .write(move |db| {
                let limit = scope.hold_caller(db)?;
                work(scope.core(db).within(limit.as_ref()), &scope).map(|Recorded(value)| value)
            })
            .await?;
        self.kernel.wake();
        Ok(value)
    }

    /// Until the transaction ends. What a limited member sees is read as it is by now, and what the address names is looked
    /// at once more: a body may have been long on its way.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what lies beyond their limit, and for whoever was removed or limited since they asked.
    fn hold_caller(&self, db: &mut Db) -> Result<Option<Limit>> {
        let Some(person) = self.person() else { return Ok(None) };
        let is_limited = hold_person(db, self.organization.id, person.id)?;
        if self.limit.is_none() {
            // They asked for what is not there for them any more.
            return if is_limited { Err(Error::NotFound) } else { Ok(None) };
        }
        let limit = Limit::find(db, self.organization.id, person.id)?;
        let mut tx = Tx(self.core(db).within(Some(&limit)));
        for (parameter, value) in &self.named {
            if !tx.sees_named(parameter, value, self.kernel.registry().located())? {
                return Err(Error::NotFound);
            }
        }
        Ok(Some(limit))
    }

    pub(super) async fn write_in_passing<T, F>(self: &Arc<Self>, work: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(Core, &Scope) -> Result<Recorded<T>> + Send + 'static,
    {
        if self.onlooker.is_some() {
            return Ok(None);
        }
        match self.write(work).await {
            Err(Error::StorageFull) => {
                tracing::error!("what somebody read could not be noted: the disk is full");
                Ok(None)
            }
            outcome => outcome.map(Some),
        }
    }

    pub(super) async fn read<T, F>(self: &Arc<Self>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(Core, &Scope) -> Result<T> + Send + 'static,
    {
        let scope = self.clone();
        self.kernel.database().read(move |db| work(scope.core(db), &scope)).await
    }

    fn core<'c>(&'c self, db: &'c mut Db) -> Core<'c> {
        let actor = self.person.as_ref().map(|person| person.id);
        let onlooker = self.onlooker.as_ref().map(|person| person.id);
        Core::new(db, &self.organization, actor, self.visit.address.as_deref(), &self.kernel)
            .seen_by(onlooker)
            .within(self.limit.as_ref())
    }
}

/// How many parts an entry's address has (`/portals/:portal/messages` has three), if this path lies there or below it.
/// Below a home lies everything, so that it is only there itself.
fn parts_in_common(path: &str, at: &str) -> Option<usize> {
    if path == at {
        return Some(at.matches('/').count());
    }
    let mut of_path = path.split('/');
    let lies_below = !matches!(at, "/" | "/staff")
        && at.split('/').all(|part| of_path.next().is_some_and(|own| own == part || part.starts_with(':')));
    lies_below.then(|| at.matches('/').count())
}

/// Finds out who is calling and goes on with that. What `then` reads first it reads in the same trip to the database.
///
/// # Errors
/// [`Error::UnknownHost`] or [`Error::Moved`], or the database's.
pub(super) async fn resolve<N, A>(kernel: &Kernel, visit: Visit, side: Side, then: N) -> Result<A::Output>
where
    N: FnOnce(Arc<Scope>) -> A + Send + 'static,
    A: Future<Output: Send> + Send + 'static,
{
    let found_by = kernel.clone();
    kernel
        .database()
        .read_and_go_on(move |db| find(db, found_by, visit, side), |scope| then(Arc::new(scope)))
        .await
}

fn find(db: &mut Db, kernel: Kernel, visit: Visit, side: Side) -> Result<Scope> {
    let public_url = kernel.public_url();
    let session_hash = visit.session.as_ref().map(|token| token.hash(SESSION));
    let now = kernel.now();
    let organization = find_organization(db, public_url, &visit)?;
    let Caller { person, onlooker, grants, limit } = match &session_hash {
        Some(hash) => find_caller(db, &organization, hash, side, now)?,
        None => Caller::default(),
    };
    let filled = match &person {
        // A fragment has no navigation.
        Some(person) if !visit.partial => {
            let seen_by = onlooker.as_ref().map(|person| person.id);
            let core = Core::new(db, &organization, Some(person.id), None, &kernel)
                .seen_by(seen_by)
                .within(limit.as_ref());
            match person.role {
                Role::Client => {
                    let mut tx = ClientTx { core, person: person.id, grants: &grants };
                    kernel.registry().client_navigation(&mut tx)?
                }
                Role::Owner | Role::Admin | Role::Member => {
                    kernel.registry().staff_navigation(person, &mut Tx(core))?
                }
            }
        }
        _ => Vec::new(),
    };
    let (asked_at, named) = (now, BTreeMap::new());
    Ok(Scope {
        kernel,
        organization,
        person,
        onlooker,
        grants,
        limit,
        named,
        filled,
        visit,
        asked_at,
        session_hash,
    })
}

/// The purpose under which session tokens are hashed.
const SESSION: &str = "session";

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
    sidebar: Option<String>,
    logo: Option<String>,
    logo_ground: String,
    logo_is_wide: bool,
    demands_second_step: bool,
    domain_use: String,
}

impl OrganizationRow {
    fn domain_use(&self) -> DomainUse {
        DomainUse::from_name(&self.domain_use).unwrap_or(DomainUse::Beside)
    }

    /// With the address that its links name.
    pub fn with_address(self, public_url: &PublicUrl, alone: bool) -> Organization {
        let address = match &self.domain {
            Some(domain) if self.domain_use() != DomainUse::Beside => public_url.of_domain(domain),
            _ if alone => public_url.root(),
            _ => public_url.of_slug(&self.slug),
        };
        let shape = if self.logo_is_wide { LogoShape::Wide } else { LogoShape::Compact };
        let ground = LogoGround::from_name(&self.logo_ground);
        Organization {
            id: self.id,
            slug: self.slug,
            name: self.name,
            colour: self.colour,
            language: Language::from_code(&self.language).unwrap_or_default(),
            time_zone: self.time_zone,
            sidebar: self.sidebar,
            logo: self.logo.map(|version| Logo { version, ground, shape }),
            address,
            demands_second_step: self.demands_second_step,
        }
    }
}

/// An unknown host is refused (T7): the answer is a 421, not somebody's page.
fn find_organization(db: &mut Db, public_url: &PublicUrl, visit: &Visit) -> Result<Organization> {
    let named = public_url.named_by(&visit.host);
    let all = organizations::table.select(OrganizationRow::as_select());
    let mut rows: Vec<OrganizationRow> = match &named {
        Named::Slug(slug) => all.filter(organizations::slug.eq(slug)).load(db)?,
        Named::Domain(domain) => all.filter(organizations::domain.eq(domain)).load(db)?,
        Named::Installation => all.limit(2).load(db)?,
        Named::Nobody => return Err(Error::UnknownHost),
    };
    let found = rows.pop().filter(|_| rows.is_empty());
    let Some(row) = found else {
        let former = addresses::find_former(db, &named)?.ok_or(Error::UnknownHost)?;
        return Err(moved(&former.with_address(public_url, false), visit));
    };
    let reached_at = match &named {
        Named::Slug(slug) => public_url.of_slug(slug),
        Named::Domain(domain) => public_url.of_domain(domain),
        Named::Installation | Named::Nobody => public_url.root(),
    };
    let is_elsewhere = row.domain_use() == DomainUse::Only && row.domain.is_some();
    let mut organization = row.with_address(public_url, named == Named::Installation);
    if is_elsewhere && !matches!(named, Named::Domain(_)) {
        return Err(moved(&organization, visit));
    }
    // What is sent proves that it comes from the address at which it arrives (T6).
    organization.address = reached_at;
    Ok(organization)
}

/// A fragment's page is opened there as a whole.
fn moved(organization: &Organization, visit: &Visit) -> Error {
    let address = organization.address.clone();
    let path = match (visit.partial, &visit.current_page) {
        (false, _) => visit.path.as_str(),
        (true, Some(page)) => page.as_str(),
        (true, None) => "/",
    };
    Error::Moved { target: format!("{address}{path}"), address }
}
