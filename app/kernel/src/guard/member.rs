//! The guard of pages that staff and clients share.

use poem::{FromRequest, Request, RequestBody};
use portico_ui::Frame;

use super::{Client, Staff, within};
use crate::{
    access::{Organization, Person},
    answer::{Answer, Visit},
    clock::Instant,
    error::Result,
    module::Side,
    registry::Registry,
    system::Kernel,
    transaction::{Core, Recorded},
};

/// Whoever is signed in, of either kind: for pages that are the same in both shells.
pub enum Member {
    Staff(Staff),
    Client(Client),
}

impl<'a> FromRequest<'a> for Member {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        // What is one's own is a limited member's, too.
        if let Some(staff) = within::limited(req) {
            return Ok(Member::Staff(staff));
        }
        match Staff::from_request(req, body).await {
            Ok(staff) => Ok(Member::Staff(staff)),
            Err(_) => Client::from_request(req, body).await.map(Member::Client),
        }
    }
}

impl Member {
    /// On whose pages they are.
    pub fn side(&self) -> Side {
        match self {
            Member::Staff(_) => Side::Staff,
            Member::Client(_) => Side::Client,
        }
    }

    pub fn person(&self) -> &Person {
        match self {
            Member::Staff(staff) => staff.person(),
            Member::Client(client) => client.person(),
        }
    }

    pub fn visit(&self) -> &Visit {
        match self {
            Member::Staff(staff) => staff.visit(),
            Member::Client(client) => client.visit(),
        }
    }

    pub fn kernel(&self) -> &Kernel {
        match self {
            Member::Staff(staff) => staff.kernel(),
            Member::Client(client) => client.kernel(),
        }
    }

    pub fn registry(&self) -> &Registry {
        self.kernel().registry()
    }

    pub fn now(&self) -> Instant {
        self.kernel().now()
    }

    pub fn organization(&self) -> &Organization {
        match self {
            Member::Staff(staff) => staff.organization(),
            Member::Client(client) => client.organization(),
        }
    }

    /// As [`Staff::owes_second_step`]; a client never does.
    pub fn owes_second_step(&self) -> bool {
        match self {
            Member::Staff(staff) => staff.owes_second_step(),
            Member::Client(_) => false,
        }
    }

    /// As [`Client::is_only_seen`]; staff never are.
    pub fn is_only_seen(&self) -> bool {
        match self {
            Member::Staff(_) => false,
            Member::Client(client) => client.is_only_seen(),
        }
    }

    pub fn frame(&self) -> Frame {
        match self {
            Member::Staff(staff) => staff.frame(),
            Member::Client(client) => client.frame(),
        }
    }

    /// A full page in their shell.
    pub fn page(&self, title: &str, body: maud::Markup) -> Answer {
        match self {
            Member::Staff(staff) => staff.page(title, body),
            Member::Client(client) => client.page(title, body),
        }
    }

    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match self {
            Member::Staff(staff) => staff.read(|tx| work(tx)).await,
            Member::Client(client) => client.read(|tx| work(tx)).await,
        }
    }

    /// # Errors
    /// Those of [`Client::write`].
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    ) -> Result<T> {
        match self {
            Member::Staff(staff) => staff.write(|tx| work(tx)).await,
            Member::Client(client) => client.write(|tx| work(tx)).await,
        }
    }
}
