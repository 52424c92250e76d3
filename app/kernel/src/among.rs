//! `column IN (…)` for a list of values, as a statement that the connection keeps. diesel's own
//! `eq_any` makes a new statement for each length of the list and has it prepared every time, which
//! costs more than running it.

use std::cell::RefCell;

use diesel::{
    expression::{
        AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping,
        is_aggregate::Never,
    },
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{Bool, HasSqlType, IntoNotNullable, SqlType},
};

use crate::connection::{MultiBackend, Statement};

/// The longest list of which the connection keeps the statement.
const MOST_KEPT: usize = 256;

pub trait Among: Expression + Sized {
    /// Whether the column holds one of `values`. With none of them, nothing is among them.
    fn among<T>(self, values: impl IntoIterator<Item = T>) -> IsAmong<Self, T> {
        IsAmong { column: self, values: values.into_iter().collect() }
    }
}

impl<C: Column> Among for C {}

/// Made by [`Among::among`].
pub struct IsAmong<C, T> {
    column: C,
    values: Vec<T>,
}

impl<C, T> Expression for IsAmong<C, T>
where
    C: Expression,
    C::SqlType: TypedExpressionType,
{
    type SqlType = Bool;
}

impl<C, T, S> SelectableExpression<S> for IsAmong<C, T> where Self: AppearsOnTable<S> {}

impl<C, T, S> AppearsOnTable<S> for IsAmong<C, T>
where
    C: AppearsOnTable<S>,
    Self: Expression,
{
}

impl<C, T> ValidGrouping<()> for IsAmong<C, T> {
    type IsAggregate = Never;
}

impl<C: QueryId, T> QueryId for IsAmong<C, T> {
    type QueryId = IsAmong<C::QueryId, ()>;
}

/// The places in each list of a statement: beside the statement's type, its text depends on them alone.
pub(crate) type Lengths = Vec<usize>;

thread_local! {
    /// Filled while [`lengths`] walks through a statement: diesel lets nothing else out of a walk.
    static LENGTHS: RefCell<Option<Lengths>> = const { RefCell::new(None) };
}

pub(crate) fn lengths(statement: &Statement, backend: &MultiBackend) -> QueryResult<Lengths> {
    LENGTHS.set(Some(Lengths::new()));
    // The walk that writes nothing.
    let walked = statement.is_noop(backend);
    let found = LENGTHS.take().unwrap_or_default();
    walked.map(|_| found)
}

/// For our own connection alone, which knows of the lengths. Another would take two statements that
/// differ in nothing else for the same.
impl<C, T> QueryFragment<MultiBackend> for IsAmong<C, T>
where
    MultiBackend: HasSqlType<<C::SqlType as IntoNotNullable>::NotNullable>,
    C: QueryFragment<MultiBackend> + Expression,
    C::SqlType: SqlType + IntoNotNullable,
    T: ToSql<<C::SqlType as IntoNotNullable>::NotNullable, MultiBackend>,
{
    /// Rounded up to a power of two by repeating the last value, so that a statement is kept with
    /// a handful of texts. One with a very long list is not kept.
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let mut places = self.values.len();
        if places <= MOST_KEPT {
            places = if places == 0 { 0 } else { places.next_power_of_two() };
        } else {
            out.unsafe_to_cache_prepared();
        }
        LENGTHS.with_borrow_mut(|lengths| lengths.as_mut().map(|lengths| lengths.push(places)));
        let Some(last) = self.values.last() else {
            out.push_sql("1=0");
            return Ok(());
        };
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        for (place, value) in self.values.iter().chain(std::iter::repeat(last)).take(places).enumerate() {
            if place > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<<C::SqlType as IntoNotNullable>::NotNullable, T>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::{Db, connection::Either};

    diesel::table! {
        counted (id) { id -> Integer, }
    }

    fn numbers() -> Db {
        let mut sqlite = SqliteConnection::establish(":memory:").expect("SQLite opens");
        sqlite.batch_execute("CREATE TABLE counted (id INTEGER PRIMARY KEY)").expect("created");
        let rows: Vec<_> = (1..=400).map(|id| counted::id.eq(id)).collect();
        diesel::insert_into(counted::table).values(rows).execute(&mut sqlite).expect("inserted");
        Either::Sqlite(sqlite).into()
    }

    fn found(db: &mut Db, among: impl IntoIterator<Item = i32>) -> Vec<i32> {
        let asked = counted::table.filter(counted::id.among(among)).select(counted::id);
        asked.order(counted::id).load(db).expect("the statement is valid")
    }

    #[test]
    fn finds_what_is_listed_and_nothing_else_whatever_was_asked_before() {
        let db = &mut numbers();
        for _ in 0..2 {
            assert!(found(db, []).is_empty());
            assert_eq!(found(db, [7]), [7]);
            assert_eq!(found(db, [3, 9, 5, 999, 3]), [3, 5, 9]);
            for length in [5, 200, 257, 300, 301] {
                assert_eq!(found(db, 1..=length), (1..=length).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn two_lists_of_one_statement_are_told_apart() {
        let db = &mut numbers();
        let mut both = |some: Vec<i32>, others: Vec<i32>| -> Vec<i32> {
            let asked = counted::table.filter(counted::id.among(some).and(counted::id.among(others)));
            asked.select(counted::id).order(counted::id).load(db).expect("the statement is valid")
        };
        assert_eq!(both(vec![1, 2], vec![1, 2, 3, 4]), [1, 2]);
        assert_eq!(both(vec![1, 2, 3, 4], vec![2, 9]), [2]);
        assert!(both(vec![1, 2, 3, 4], vec![]).is_empty());
    }

    #[test]
    fn lists_of_similar_length_share_one_statement() {
        let lengths = |length: i32| {
            let asked = counted::table.filter(counted::id.among(1..=length));
            lengths(&asked, &MultiBackend::Sqlite(Default::default())).expect("it can be walked")
        };
        assert_eq!(lengths(5), lengths(8));
        assert_ne!(lengths(8), lengths(9));
        assert_ne!(lengths(299), lengths(300), "a long one is as long as it is");
    }
}
