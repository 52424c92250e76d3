//! Handlers, for staff and clients alike: the same pages in two shells.

pub mod choices;
pub mod list;
pub mod unsubscribe;

use poem::{FromRequest, Request, RequestBody};
use portico_kernel::{
    Answer, Client, Core, NewsKind, Organization, Person, Recorded, Registry, Result, Staff,
};
use portico_ui::{Frame, Markup};

use crate::happening::{CLIENTS, Places, STAFF};

/// Whoever is signed in, of either kind.
pub enum Member {
    Staff(Staff),
    Client(Client),
}

impl<'a> FromRequest<'a> for Member {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        match Staff::from_request(req, body).await {
            Ok(staff) => Ok(Member::Staff(staff)),
            Err(_) => Client::from_request(req, body).await.map(Member::Client),
        }
    }
}

impl Member {
    fn places(&self) -> Places {
        match self {
            Member::Staff(_) => STAFF,
            Member::Client(_) => CLIENTS,
        }
    }

    fn person(&self) -> &Person {
        match self {
            Member::Staff(staff) => staff.person(),
            Member::Client(client) => client.person(),
        }
    }

    fn organization(&self) -> &Organization {
        match self {
            Member::Staff(staff) => staff.organization(),
            Member::Client(client) => client.organization(),
        }
    }

    fn registry(&self) -> &Registry {
        match self {
            Member::Staff(staff) => staff.registry(),
            Member::Client(client) => client.registry(),
        }
    }

    fn frame(&self) -> Frame {
        match self {
            Member::Staff(staff) => staff.frame(),
            Member::Client(client) => client.frame(),
        }
    }

    fn page(&self, title: &str, body: Markup) -> Answer {
        match self {
            Member::Staff(staff) => staff.page(title, body),
            Member::Client(client) => client.page(title, body),
        }
    }

    /// The kinds of news that can reach them.
    fn kinds(&self) -> Vec<NewsKind> {
        let all = self.registry().news_kinds().iter().copied();
        all.filter(|kind| match self {
            Member::Staff(_) => kind.readers.include_staff(),
            Member::Client(_) => kind.readers.include_clients(),
        })
        .collect()
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match self {
            Member::Staff(staff) => staff.read(|tx| work(tx)).await,
            Member::Client(client) => client.read(|tx| work(tx)).await,
        }
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    ) -> Result<T> {
        match self {
            Member::Staff(staff) => staff.write(|tx| work(tx)).await,
            Member::Client(client) => client.write(|tx| work(tx)).await,
        }
    }
}
