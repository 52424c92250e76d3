use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Duration,
};

use diesel::prelude::*;
use futures_util::FutureExt;
use poem::Route;
use portico_facts::{OrganizationId, PersonId};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    access::Organization,
    backup,
    clock::{Clock, Instant},
    configuration::Configuration,
    connection::Db,
    daily,
    database::{Backend, Database},
    error::Result,
    followers,
    guard::{OrganizationRow, hold_person},
    host::PublicUrl,
    internet::Internet,
    jobs::{self, JobRow},
    limit::Limit,
    live::Live,
    outside::{Objects, Outbox, Outside},
    password::Hashing,
    provider::PaymentProvider,
    random::{Randomness, Secret},
    registry::Registry,
    schema::organizations,
    transaction::{Core, Recorded, Tx},
};

/// What panics again and again must not spin.
const AFTER_A_PANIC: Duration = Duration::from_secs(1);

/// The running installation. Cheap to clone.
#[derive(Clone)]
pub struct Kernel(Arc<Parts>);

struct Parts {
    configuration: Configuration,
    database: Database,
    registry: OnceLock<Registry>,
    outside: Outside,
    secret: Secret,
    hashing: Hashing,
    live: Live,
    wakings: watch::Sender<u64>,
    stopping: CancellationToken,
    tasks: TaskTracker,
}

impl Kernel {
    /// Opens the database and brings it to this program's version.
    ///
    /// # Errors
    /// The database does not answer, or a newer program wrote it.
    pub fn open(configuration: Configuration, secret: Secret, outside: Outside) -> anyhow::Result<Self> {
        let kernel = Self::open_as_it_is(configuration, secret, outside)?;
        let applied = kernel.0.database.migrate()?;
        if applied > 0 {
            tracing::info!(applied, "database steps applied");
        }
        Ok(kernel)
    }

    /// Opens the database and leaves it at the version that it has, for whoever only looks at it.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn open_as_it_is(
        configuration: Configuration,
        secret: Secret,
        outside: Outside,
    ) -> anyhow::Result<Self> {
        let database = Database::open(configuration.database.clone())?;
        let live = Live::new(configuration.clock.now());
        let hashing = Hashing::new(configuration.randomness.clone())?;
        Ok(Self(Arc::new(Parts {
            configuration,
            database,
            registry: OnceLock::new(),
            outside,
            secret,
            hashing,
            live,
            wakings: watch::Sender::new(0),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
        })))
    }

    /// Adds the modules and returns the router with every endpoint behind its guard.
    pub fn mount(&self, mut registry: Registry) -> Route {
        let router = registry.router(self);
        assert!(self.0.registry.set(registry).is_ok(), "the modules are mounted once");
        router
    }

    /// Starts what runs behind the requests: live updates, reactions, followers and the queue.
    ///
    /// # Errors
    /// The database's.
    pub async fn start_background(&self) -> Result<()> {
        let on_one_machine = matches!(self.0.database.backend(), Backend::Sqlite(_));
        let names: Vec<_> = self.registry().reactions().iter().map(|reaction| reaction.name).collect();
        let now = self.now();
        self.0
            .database
            .write(move |db| {
                for name in names {
                    followers::start_cursor(db, name)?;
                }
                jobs::sweep(db, now)?;
                if on_one_machine {
                    jobs::release_all(db)?;
                    backup::release(db)?;
                }
                Ok(())
            })
            .await?;
        self.keep_running(followers::broadcast);
        for index in 0..self.registry().reactions().len() {
            self.keep_running(move |kernel| followers::react(kernel, index));
        }
        for index in 0..self.registry().followers().len() {
            self.keep_running(move |kernel| followers::follow(kernel, index));
        }
        self.keep_running(jobs::work);
        self.keep_running(backup::back_up_daily);
        Ok(())
    }

    /// A panic costs one turn, and not all that would have followed until the next start.
    fn keep_running<F>(&self, work: impl Fn(Kernel) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let kernel = self.clone();
        self.0.tasks.spawn(async move {
            while AssertUnwindSafe(work(kernel.clone())).catch_unwind().await.is_err() {
                tokio::time::sleep(AFTER_A_PANIC).await;
            }
        });
    }

    /// Ends event streams and background work; returns when the latter has finished.
    pub async fn stop(&self) {
        self.0.stopping.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    /// Cancelled when the program begins to stop.
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Once this time has passed; false as soon as the program stops.
    pub async fn goes_on_after(&self, time: Duration) -> bool {
        tokio::select! {
            () = self.stopping().cancelled() => false,
            () = tokio::time::sleep(time) => true,
        }
    }

    pub fn now(&self) -> Instant {
        self.0.configuration.clock.now()
    }

    pub fn randomness(&self) -> &Randomness {
        &self.0.configuration.randomness
    }

    pub fn clock(&self) -> &Clock {
        &self.0.configuration.clock
    }

    pub fn configuration(&self) -> &Configuration {
        &self.0.configuration
    }

    pub fn public_url(&self) -> &PublicUrl {
        &self.0.configuration.public_url
    }

    pub fn secret(&self) -> &Secret {
        &self.0.secret
    }

    pub fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }

    pub fn objects(&self) -> &dyn Objects {
        &*self.0.outside.objects
    }

    pub fn outbox(&self) -> &dyn Outbox {
        &*self.0.outside.outbox
    }

    pub fn payments(&self) -> &dyn PaymentProvider {
        &*self.0.outside.payments
    }

    pub fn internet(&self) -> &dyn Internet {
        &*self.0.outside.internet
    }

    /// What the modules added.
    ///
    /// # Panics
    /// Before [`Kernel::mount`].
    pub fn registry(&self) -> &Registry {
        self.0.registry.get().expect("the modules are mounted before anything runs")
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    /// Tells everything that follows the events that there may be new ones.
    pub(crate) fn wake(&self) {
        self.0.wakings.send_modify(|version| *version = version.wrapping_add(1));
    }

    pub(crate) fn wakings(&self) -> watch::Receiver<u64> {
        self.0.wakings.subscribe()
    }

    /// Whether the database answers, for `/readyz`.
    ///
    /// # Errors
    /// The database's.
    pub async fn check(&self) -> Result<()> {
        self.0
            .database
            .read(|db| {
                diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("1")).get_result::<i32>(db)?;
                Ok(())
            })
            .await
    }

    /// All organizations, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn organizations(&self) -> Result<Vec<Organization>> {
        let public_url = self.public_url().clone();
        self.0
            .database
            .read(move |db| {
                let rows: Vec<OrganizationRow> = organizations::table
                    .order(organizations::created_at)
                    .select(OrganizationRow::as_select())
                    .load(db)?;
                let alone = rows.len() == 1;
                Ok(rows.into_iter().map(|row| row.with_address(&public_url, alone)).collect())
            })
            .await
    }

    /// The organization's own hands, for jobs and followers.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is no such organization.
    pub async fn system(&self, organization: OrganizationId) -> Result<System> {
        let all = self.organizations().await?;
        let organization =
            all.into_iter().find(|each| each.id == organization).ok_or(crate::Error::NotFound)?;
        Ok(System { kernel: self.clone(), organization: Arc::new(organization), actor: None })
    }

    pub(crate) async fn claim_jobs(&self, limit: usize, ours: Vec<i64>) -> Result<Vec<JobRow>> {
        let now = self.now();
        let due = self.0.database.read(move |db| jobs::any_due(db, now)).await?;
        if !due {
            return Ok(Vec::new());
        }
        self.0.database.write(move |db| jobs::claim(db, now, limit, &ours)).await
    }

    pub(crate) async fn renew_lease(&self, id: i64, attempt: i32) -> Result<()> {
        let now = self.now();
        self.0.database.write(move |db| jobs::renew(db, now, id, attempt)).await
    }

    pub(crate) async fn settle_job(
        &self,
        row: JobRow,
        began: Instant,
        failure: Option<String>,
    ) -> Result<()> {
        let (now, [chance]) = (self.now(), self.randomness().bytes());
        let again = self.registry().daily_jobs().iter().copied().find(|kind| row.daily && *kind == row.kind);
        self.0
            .database
            .write(move |db| {
                let is_over = jobs::settle(db, now, chance, &row, failure)?;
                match again {
                    Some(kind) if is_over => daily::insert_next(db, began, row.organization_id, kind),
                    _ => Ok(()),
                }
            })
            .await
    }
}

/// An organization acting by itself: jobs, followers, the demo. Only the kernel makes one.
#[derive(Clone)]
pub struct System {
    kernel: Kernel,
    organization: Arc<Organization>,
    actor: Option<PersonId>,
}

impl System {
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    /// The same, with a person's name under what it does (the demo, answers by mail). Its writes hold that person, and know
    /// what a limited member sees, as those of a guard do.
    pub fn acting_as(mut self, person: PersonId) -> Self {
        self.actor = Some(person);
        self
    }

    /// # Errors
    /// The database's, or what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        let this = self.clone();
        self.kernel.database().read(move |db| work(&mut this.transaction(db))).await
    }

    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) for an actor who was removed, the database's, or what `work` returns; then
    /// nothing is written.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<Recorded<T>> + Send + 'static,
    {
        let this = self.clone();
        let value = self
            .kernel
            .database()
            .write(move |db| {
                let limit = this.hold_actor(db)?;
                let mut tx = Tx(this.transaction(db).0.within(limit.as_ref()));
                work(&mut tx).map(|Recorded(value)| value)
            })
            .await?;
        self.kernel.wake();
        Ok(value)
    }

    pub(crate) async fn reaction<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.write(move |tx| Ok(Recorded(work(tx)?))).await
    }

    /// Until the transaction ends. `None` for whoever sees the whole organization.
    fn hold_actor(&self, db: &mut Db) -> Result<Option<Limit>> {
        let Some(person) = self.actor else { return Ok(None) };
        match hold_person(db, self.organization.id, person)? {
            true => Limit::find(db, self.organization.id, person).map(Some),
            false => Ok(None),
        }
    }

    fn transaction<'c>(&'c self, db: &'c mut Db) -> Tx<'c> {
        Tx(Core::new(db, &self.organization, self.actor, None, &self.kernel))
    }
}
