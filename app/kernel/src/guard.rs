//! The guards: the only road to data. A route says what it asks ([`Access`](crate::Access)); the
//! wrapper around every endpoint finds out from host and session who is calling, refuses or goes
//! on, and the handler receives the proof as an argument.

mod caller;
mod entrance;
mod member;
mod scope;
mod subscriber;
mod within;

use std::sync::Arc;

use poem::{FromRequest, Request, RequestBody};
use portico_facts::{PersonId, PortalId};
use portico_ui::{Frame, Text};

pub(crate) use self::{
    caller::hold_person,
    entrance::Guarded,
    scope::{OrganizationRow, Scope},
    subscriber::Subscriber,
};
pub use self::{member::Member, within::Within};
use crate::{
    access::{Grants, Organization, Permission, Person},
    answer::{Answer, Visit},
    clock::Instant,
    error::{Error, Result},
    limit::Limit,
    outside::Objects,
    registry::Registry,
    system::Kernel,
    transaction::{ClientTx, Core, Recorded, Tx, VisitorTx},
};

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

            /// Missing where the route's access is of another kind, which is a mistake in the
            /// list of routes, or (for an optional guard) where the caller is somebody else.
            fn proven_by(req: &Request) -> Result<Self> {
                req.extensions().get::<$name>().cloned().ok_or(Error::NotFound)
            }
        }

        impl<'a> FromRequest<'a> for $name {
            /// Whoever only sees is refused before a form or a file is read.
            async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
                let guard = Self::proven_by(req)?;
                if !req.method().is_safe() {
                    guard.0.must_act()?;
                }
                Ok(guard)
            }
        }
    };
}

guard! {
    /// A staff member with the right that the route asks for, who sees the whole organization. To limited members it is
    /// refused, so that what nobody has thought about is closed to them: see [`Within`].
    Staff
}

guard! {
    /// A signed-in client, or staff who see as one: they read, and change nothing (P13).
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

    /// Nothing is open to them but the pages on which they set it up.
    pub fn owes_second_step(&self) -> bool {
        self.0.owes_second_step()
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.person().role.may(permission)
    }

    /// The portals and the clients that a limited member sees; `None` for whoever sees the whole organization.
    pub fn limit(&self) -> Option<(Vec<PortalId>, Vec<PersonId>)> {
        self.0.limit.as_ref().map(Limit::portals_and_clients)
    }

    /// What to say of a mail that was just written where none is sent: that it stays here, and for the owner where.
    /// `None` where a mail server takes it.
    pub fn mail_stays(&self) -> Option<maud::Markup> {
        self.kernel().outbox().keeps().then(|| {
            let page = self.registry().pages().find("/staff/settings/mail");
            let page = page.filter(|_| self.may(Permission::Operate));
            portico_ui::components::mail_stays(self.text(), page)
        })
    }

    /// What a client sees of one portal, for staff who may work; a copy of it is made of that. The session stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] for whoever is no client of the organization, and for a portal that is not granted to them.
    pub async fn as_seen_by(&self, client: PersonId, portal: PortalId) -> Result<Viewer> {
        Client(self.0.through_the_eyes_of(client).await?).viewer(portal)
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

    /// What reading leaves behind, such as a line in the audit log. `None` where the disk is full: reading goes on (T34).
    ///
    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write_in_passing<T, F>(&self, work: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<Recorded<T>> + Send + 'static,
    {
        self.0.write_in_passing(move |core, _| work(&mut Tx(core))).await
    }
}

impl Client {
    pub fn person(&self) -> &Person {
        self.0.person.as_ref().expect("a client guard is made from a signed-in person")
    }

    pub fn grants(&self) -> &Grants {
        &self.0.grants
    }

    /// For an upload, whose handler looks nothing up before the first part of the body has proved its origin; all
    /// others take a [`Viewer`].
    ///
    /// # Errors
    /// [`Error::NotFound`] for a portal that is not granted to them.
    pub fn viewer(&self, portal: PortalId) -> Result<Viewer> {
        match self.grants().hold(portal) {
            true => Ok(Viewer { client: self.clone(), portal }),
            false => Err(Error::NotFound),
        }
    }

    /// By staff who see as this client: what is a secret even to them is not shown (P13).
    pub fn is_only_seen(&self) -> bool {
        self.0.must_act().is_err()
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
        self.0.read(move |core, scope| work(&mut client_tx(core, scope, &scope.grants)?)).await
    }

    /// # Errors
    /// [`Error::OnlySeen`], the database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<Recorded<T>> + Send + 'static,
    {
        self.0.write(move |core, scope| work(&mut client_tx(core, scope, &scope.grants)?)).await
    }

    /// What reading leaves behind: as [`Staff::write_in_passing`], and nothing by whoever only sees.
    ///
    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write_in_passing<T, F>(&self, work: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<Recorded<T>> + Send + 'static,
    {
        self.0.write_in_passing(move |core, scope| work(&mut client_tx(core, scope, &scope.grants)?)).await
    }
}

fn client_tx<'c>(core: Core<'c>, scope: &Scope, grants: &'c Grants) -> Result<ClientTx<'c>> {
    let person = scope.person().ok_or(Error::NotFound)?.id;
    Ok(ClientTx { core, person, grants })
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

impl Viewer {
    /// Sees this portal and none of the client's others.
    ///
    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<T> + Send + 'static,
    {
        let grants = Grants::of(vec![self.portal]);
        self.client.0.read(move |core, scope| work(&mut client_tx(core, scope, &grants)?)).await
    }

    /// # Errors
    /// [`Error::OnlySeen`], the database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<Recorded<T>> + Send + 'static,
    {
        let grants = Grants::of(vec![self.portal]);
        self.client.0.write(move |core, scope| work(&mut client_tx(core, scope, &grants)?)).await
    }

    /// As [`Client::write_in_passing`].
    ///
    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write_in_passing<T, F>(&self, work: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut ClientTx) -> Result<Recorded<T>> + Send + 'static,
    {
        let grants = Grants::of(vec![self.portal]);
        self.client.0.write_in_passing(move |core, scope| work(&mut client_tx(core, scope, &grants)?)).await
    }

    fn of(client: Client, req: &Request) -> Result<Self> {
        let portal = req.raw_path_param("portal").and_then(|text| text.parse().ok());
        client.viewer(portal.ok_or(Error::NotFound)?)
    }
}

impl<'a> FromRequest<'a> for Viewer {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let client = Client::from_request(req, body).await?;
        Ok(Self::of(client, req)?)
    }
}

/// A viewer, or a client, whose page tells that they looked at it, by a form that a script sends. Unlike others it comes
/// through from whoever only sees, and counts for nothing: what it tells is written in passing.
pub struct Telling<G = Viewer>(pub G);

impl<'a> FromRequest<'a> for Telling<Viewer> {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let client = Client::proven_by(req)?;
        Ok(Self(Viewer::of(client, req)?))
    }
}

impl<'a> FromRequest<'a> for Telling<Client> {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(Client::proven_by(req)?))
    }
}
