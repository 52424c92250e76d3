//! One connection over either database, and the texts of the statements that it has seen.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use diesel::{
    ConnectionResult, PgConnection, QueryResult, SqliteConnection,
    backend::Backend,
    connection::{
        AnsiTransactionManager, CacheSize, Connection, DefaultLoadingMode, Instrumentation,
        InstrumentationEvent, LoadConnection, SimpleConnection,
    },
    expression::QueryMetadata,
    internal::derives::multiconnection::{AstPassHelper, ConnectionSealed, MultiConnectionHelper},
    pg::Pg,
    query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId},
    sql_types::Untyped,
    sqlite::Sqlite,
};

use crate::{
    among::{self, Lengths},
    error::{self, Error},
};

/// What diesel can do with both alike.
#[derive(diesel::MultiConnection)]
pub enum Either {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// A connection to either database. What it cannot express (upserts, batch inserts) goes through
/// [`per_backend!`](crate::per_backend).
///
/// diesel's own [`Either`] writes out the text of a statement three times whenever it is run, although
/// the connection has it prepared; that was two fifths of what a page costs. So this remembers the text of
/// every statement that diesel tells apart by its type, which is what diesel's own cache goes by, and of
/// each length of the lists in it.
pub struct Db {
    either: Either,
    texts: HashMap<TypeId, Texts>,
    /// A statement of this transaction found no room.
    is_full: Arc<AtomicBool>,
}

/// Expands the same diesel code once for each database, for the few statements that the combined
/// connection type does not offer.
#[macro_export]
macro_rules! per_backend {
    ($db:expr, |$connection:ident| $body:expr) => {
        match $db.either() {
            $crate::Either::Postgres($connection) => $body,
            $crate::Either::Sqlite($connection) => $body,
        }
    };
}

impl From<Either> for Db {
    fn from(mut either: Either) -> Self {
        let is_full = Arc::<AtomicBool>::default();
        if let Either::Sqlite(connection) = &mut either {
            connection.set_instrumentation(watch(is_full.clone()));
        }
        Self { either, texts: HashMap::new(), is_full }
    }
}

fn watch(is_full: Arc<AtomicBool>) -> impl Instrumentation {
    move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event
            && matches!(error, diesel::result::Error::DatabaseError(_, details) if error::is_full(details.message()))
        {
            is_full.store(true, Ordering::Relaxed);
        }
    }
}

impl Db {
    pub fn either(&mut self) -> &mut Either {
        &mut self.either
    }

    pub(crate) fn forget_full(&self) {
        self.is_full.store(false, Ordering::Relaxed);
    }

    /// When there is no room, SQLite gives up the whole transaction by itself. What diesel had nested in it, such as a
    /// batch of rows, then ends by missing its savepoint, and says nothing of the disk.
    pub(crate) fn cause_of(&self, error: Error) -> Error {
        if self.is_full.load(Ordering::Relaxed) { Error::StorageFull } else { error }
    }

    /// `id`: of its type, if diesel can tell the statement by it.
    fn written<'q>(&mut self, id: Option<TypeId>, statement: Box<Statement<'q>>) -> QueryResult<Written<'q>> {
        let backend = self.either.backend();
        let text = self.text_of(id, &*statement, &backend)?;
        Ok(Written { statement, text, backend })
    }

    fn text_of(
        &mut self,
        id: Option<TypeId>,
        statement: &Statement,
        backend: &MultiBackend,
    ) -> QueryResult<Arc<Text>> {
        let Some(id) = id else { return Text::of(statement, backend).map(Arc::new) };
        let lengths = match self.texts.get(&id) {
            Some(Texts::One(text)) => return Ok(text.clone()),
            Some(Texts::OfLengths(texts)) => {
                let lengths = among::lengths(statement, backend)?;
                if let Some(text) = texts.get(&lengths) {
                    return Ok(text.clone());
                }
                lengths
            }
            None => among::lengths(statement, backend)?,
        };
        let text = Arc::new(Text::of(statement, backend)?);
        // Of the others, the text can depend on the values.
        if text.is_kept {
            self.remember(id, lengths, &text);
        }
        Ok(text)
    }

    fn remember(&mut self, id: TypeId, lengths: Lengths, text: &Arc<Text>) {
        if lengths.is_empty() {
            self.texts.insert(id, Texts::One(text.clone()));
        } else if let Texts::OfLengths(texts) =
            self.texts.entry(id).or_insert_with(|| Texts::OfLengths(HashMap::new()))
        {
            texts.insert(lengths, text.clone());
        }
    }

    fn run<'c, 'q>(&'c mut self, statement: Written<'q>) -> QueryResult<Cursor<'c, 'q>> {
        Ok(match &mut self.either {
            Either::Postgres(connection) => {
                Cursor::Postgres(LoadConnection::<DefaultLoadingMode>::load(connection, statement)?)
            }
            Either::Sqlite(connection) => {
                Cursor::Sqlite(LoadConnection::<DefaultLoadingMode>::load(connection, statement)?)
            }
        })
    }
}

type Cursor<'c, 'q> = <Either as LoadConnection>::Cursor<'c, 'q>;

impl Either {
    fn backend(&self) -> MultiBackend {
        match self {
            Either::Postgres(_) => MultiBackend::Postgres(Default::default()),
            Either::Sqlite(_) => MultiBackend::Sqlite(Default::default()),
        }
    }
}

/// Of the statements of one type, which have no lists in them or all as many.
enum Texts {
    One(Arc<Text>),
    OfLengths(HashMap<Lengths, Arc<Text>>),
}

struct Text {
    sql: String,
    /// Whether the connection may keep it prepared.
    is_kept: bool,
}

type Builder = <MultiBackend as Backend>::QueryBuilder;

impl Text {
    fn of(statement: &Statement, backend: &MultiBackend) -> QueryResult<Self> {
        let mut builder = match backend {
            MultiBackend::Postgres(_) => Builder::Postgres(Default::default()),
            MultiBackend::Sqlite(_) => Builder::Sqlite(Default::default()),
        };
        statement.to_sql(&mut builder, backend)?;
        Ok(Self { sql: builder.finish(), is_kept: statement.is_safe_to_cache_prepared(backend)? })
    }
}

/// Any statement.
pub(crate) type Statement<'q> = dyn QueryFragment<MultiBackend> + 'q;

/// A statement with its text at hand: only its values are gathered from it. One type for all of them, so
/// that what diesel does with a statement is compiled once.
struct Written<'q> {
    statement: Box<Statement<'q>>,
    text: Arc<Text>,
    backend: MultiBackend,
}

type Values<'b> = <MultiBackend as Backend>::BindCollector<'b>;

/// What either connection asks of a statement. diesel's derive has the same with the text written out anew
/// for every question.
macro_rules! written_for {
    ($variant:ident, $connection:ty, $backend:ty) => {
        impl QueryFragment<$backend> for Written<'_> {
            fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, $backend>) -> QueryResult<()> {
                pass.push_sql(&self.text.sql);
                if !self.text.is_kept {
                    pass.unsafe_to_cache_prepared();
                }
                if let Some((collector, lookup)) = pass.bind_collector() {
                    let mut values = Values::$variant(Default::default());
                    let lookup = <$connection>::to_any(lookup);
                    self.statement.collect_binds(&mut values, lookup, &self.backend)?;
                    if let Values::$variant(values) = values {
                        *collector = values;
                    }
                }
                if let Some((formatter, _)) = pass.debug_binds() {
                    let pass = AstPass::<MultiBackend>::collect_debug_binds_pass(formatter, &self.backend);
                    self.statement.walk_ast(pass)?;
                }
                Ok(())
            }
        }
    };
}
written_for!(Postgres, PgConnection, Pg);
written_for!(Sqlite, SqliteConnection, Sqlite);

/// The connection finds what it has prepared by the text.
impl QueryId for Written<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// The rows' types are with whoever reads them.
impl Query for Written<'_> {
    type SqlType = Untyped;
}

impl ConnectionSealed for Db {}

impl SimpleConnection for Db {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        let backend = self.either.backend();
        match &mut self.either {
            // Before all that a page asks: kept like any other statement, or SQLite would compile it each time. A
            // `COMMIT` stays with diesel, which looks there for what a full disk has rolled back.
            Either::Sqlite(connection) if query == "BEGIN" => {
                let text = Arc::new(Text { sql: query.to_owned(), is_kept: true });
                let statement = Written { statement: Box::new(()), text, backend };
                connection.execute_returning_count(&statement).map(drop)
            }
            either => either.batch_execute(query),
        }
    }
}

impl Connection for Db {
    type Backend = MultiBackend;
    type TransactionManager = AnsiTransactionManager;

    fn establish(url: &str) -> ConnectionResult<Self> {
        Either::establish(url).map(Self::from)
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<MultiBackend> + QueryId,
    {
        let statement = self.written(T::query_id(), Box::new(source))?;
        per_backend!(self, |connection| connection.execute_returning_count(&statement))
    }

    fn transaction_state(&mut self) -> &mut AnsiTransactionManager {
        per_backend!(self, |connection| connection.transaction_state())
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.either.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.either.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.either.set_prepared_statement_cache_size(size);
    }
}

impl LoadConnection for Db {
    type Cursor<'conn, 'query> = Cursor<'conn, 'query>;
    type Row<'conn, 'query> = <Either as LoadConnection>::Row<'conn, 'query>;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<MultiBackend> + QueryId + 'query,
        MultiBackend: QueryMetadata<T::SqlType>,
    {
        let statement = self.written(T::query_id(), Box::new(source))?;
        self.run(statement)
    }
}
