//! One connection over either database, and the texts of the statements that it has seen.

use std::{any::TypeId, collections::HashMap, sync::Arc};

use diesel::{
    ConnectionResult, PgConnection, QueryResult, SqliteConnection,
    backend::Backend,
    connection::{
        AnsiTransactionManager, CacheSize, Connection, Instrumentation, LoadConnection, SimpleConnection,
    },
    expression::QueryMetadata,
    internal::derives::multiconnection::{AstPassHelper, ConnectionSealed},
    query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId},
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
/// every statement that diesel tells apart by its type, which is what diesel's own cache goes by.
pub struct Db {
    either: Either,
    texts: HashMap<TypeId, Arc<Text>>,
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
    fn from(either: Either) -> Self {
        Self { either, texts: HashMap::new() }
    }
}

impl Db {
    pub fn either(&mut self) -> &mut Either {
        &mut self.either
    }

    fn text_of<T>(&mut self, statement: &T) -> QueryResult<Arc<Text>>
    where
        T: QueryFragment<MultiBackend> + QueryId,
    {
        let id = T::query_id();
        if let Some(text) = id.and_then(|id| self.texts.get(&id)) {
            return Ok(text.clone());
        }
        let text = Arc::new(Text::of(statement, &self.either)?);
        // Of the others, the text can depend on the values.
        if let Some(id) = id
            && text.is_kept
        {
            self.texts.insert(id, text.clone());
        }
        Ok(text)
    }
}

struct Text {
    sql: String,
    /// Whether the connection may keep it prepared.
    is_kept: bool,
}

type Builder = <MultiBackend as Backend>::QueryBuilder;

impl Text {
    fn of(statement: &impl QueryFragment<MultiBackend>, either: &Either) -> QueryResult<Self> {
        let (backend, mut builder) = match either {
            Either::Postgres(_) => {
                (MultiBackend::Postgres(Default::default()), Builder::Postgres(Default::default()))
            }
            Either::Sqlite(_) => {
                (MultiBackend::Sqlite(Default::default()), Builder::Sqlite(Default::default()))
            }
        };
        statement.to_sql(&mut builder, &backend)?;
        Ok(Self { sql: builder.finish(), is_kept: statement.is_safe_to_cache_prepared(&backend)? })
    }
}

/// A statement with its text at hand: only its values are gathered from it.
struct Written<T> {
    statement: T,
    text: Arc<Text>,
}

impl<T: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Written<T> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        if pass.bind_collector().is_some() || pass.debug_binds().is_some() {
            return self.statement.walk_ast(pass);
        }
        pass.push_sql(&self.text.sql);
        if !self.text.is_kept {
            pass.unsafe_to_cache_prepared();
        }
        Ok(())
    }
}

impl<T: QueryId> QueryId for Written<T> {
    type QueryId = T::QueryId;
    const HAS_STATIC_QUERY_ID: bool = T::HAS_STATIC_QUERY_ID;
}

impl<T: Query> Query for Written<T> {
    type SqlType = T::SqlType;
}

impl ConnectionSealed for Db {}

impl SimpleConnection for Db {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.either.batch_execute(query)
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
        let text = self.text_of(source)?;
        self.either.execute_returning_count(&Written { statement: source, text })
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
    type Cursor<'conn, 'query> = <Either as LoadConnection>::Cursor<'conn, 'query>;
    type Row<'conn, 'query> = <Either as LoadConnection>::Row<'conn, 'query>;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<MultiBackend> + QueryId + 'query,
        MultiBackend: QueryMetadata<T::SqlType>,
    {
        let text = self.text_of(&source)?;
        LoadConnection::load(&mut self.either, Written { statement: source, text })
    }
}
