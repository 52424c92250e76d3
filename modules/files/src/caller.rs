//! Whoever asks, staff or a client as their guard proves, for what is the same for both because it is
//! about the organization or about the person alone.

use poem::{FromRequest, Request, RequestBody};
use portico_kernel::{Client, Core, Kernel, Recorded, Result, Side, Staff, Within};
use portico_ui::Text;

#[derive(Clone)]
pub enum Caller {
    Staff(Staff),
    Client(Client),
}

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        match Within::from_request(req, body).await {
            Ok(Within(staff)) => Ok(Self::Staff(staff)),
            Err(_) => Ok(Self::Client(Client::from_request(req, body).await?)),
        }
    }
}

impl Caller {
    pub fn side(&self) -> Side {
        match self {
            Self::Staff(_) => Side::Staff,
            Self::Client(_) => Side::Client,
        }
    }

    pub fn text(&self) -> Text {
        match self {
            Self::Staff(staff) => staff.text(),
            Self::Client(client) => client.text(),
        }
    }

    pub fn kernel(&self) -> &Kernel {
        match self {
            Self::Staff(staff) => staff.kernel(),
            Self::Client(client) => client.kernel(),
        }
    }

    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<T> + Send + 'static,
    {
        match self {
            Self::Staff(staff) => staff.read(move |tx| work(tx)).await,
            Self::Client(client) => client.read(move |tx| work(tx)).await,
        }
    }

    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    {
        match self {
            Self::Staff(staff) => staff.write(move |tx| work(tx)).await,
            Self::Client(client) => client.write(move |tx| work(tx)).await,
        }
    }

    /// What reading leaves behind.
    ///
    /// # Errors
    /// The database's, or what `work` returns; then nothing is written.
    pub async fn write_in_passing<T, F>(&self, work: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Core) -> Result<Recorded<T>> + Send + 'static,
    {
        match self {
            Self::Staff(staff) => staff.write_in_passing(move |tx| work(tx)).await,
            Self::Client(client) => client.write_in_passing(move |tx| work(tx)).await,
        }
    }
}
