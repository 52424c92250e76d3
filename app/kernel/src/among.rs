//! `column IN (…)` for a list of values, as a statement that the connection keeps. diesel's own
//! `eq_any` makes a new statement for each length of the list and has it prepared every time, which
//! costs more than running it.

use diesel::{
    backend::Backend,
    expression::{
        AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping,
        is_aggregate::Never,
    },
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{Bool, HasSqlType, IntoNotNullable, SqlType},
};

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

/// The statement is found again by its text.
impl<C, T> QueryId for IsAmong<C, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, T, DB> QueryFragment<DB> for IsAmong<C, T>
where
    DB: Backend + HasSqlType<<C::SqlType as IntoNotNullable>::NotNullable>,
    C: QueryFragment<DB> + Expression,
    C::SqlType: SqlType + IntoNotNullable,
    T: ToSql<<C::SqlType as IntoNotNullable>::NotNullable, DB>,
{
    /// Rounded up to a power of two by repeating the last value, so that a statement is kept with
    /// a handful of texts. One with a very long list is not kept.
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql("1=0");
            return Ok(());
        };
        let mut places = self.values.len();
        if places <= MOST_KEPT {
            places = places.next_power_of_two();
        } else {
            out.unsafe_to_cache_prepared();
        }
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
    use diesel::{debug_query, sqlite::Sqlite};

    use super::*;

    diesel::table! {
        counted (id) { id -> Integer, }
    }

    fn found(among: Vec<i32>) -> Vec<i32> {
        let mut db = SqliteConnection::establish(":memory:").expect("SQLite opens");
        diesel::sql_query("CREATE TABLE counted (id INTEGER PRIMARY KEY)").execute(&mut db).expect("created");
        let rows: Vec<_> = (1..=400).map(|id| counted::id.eq(id)).collect();
        diesel::insert_into(counted::table).values(rows).execute(&mut db).expect("inserted");
        counted::table
            .filter(counted::id.among(among))
            .select(counted::id)
            .order(counted::id)
            .load(&mut db)
            .expect("the statement is valid")
    }

    #[test]
    fn finds_what_is_listed_and_nothing_else() {
        assert_eq!(found(vec![]), Vec::<i32>::new());
        assert_eq!(found(vec![7]), [7]);
        assert_eq!(found(vec![3, 9, 5, 999, 3]), [3, 5, 9]);
        assert_eq!(found((1..=300).collect()), (1..=300).collect::<Vec<_>>());
    }

    #[test]
    fn lists_of_similar_length_share_one_statement() {
        let text = |length: i32| {
            let asked = counted::table.filter(counted::id.among(1..=length));
            debug_query::<Sqlite, _>(&asked).to_string().split(" -- binds").next().map(str::to_owned)
        };
        assert_eq!(text(5), text(8));
        assert_ne!(text(8), text(9));
        assert_ne!(text(299), text(300), "a long one is as long as it is");
    }
}
