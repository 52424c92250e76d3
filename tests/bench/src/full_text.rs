//! The peers of searching, each set up as well as it can be: ranked, with marked titles and
//! snippets, and looking into the portals of one client alone.

mod fts5;
mod postgres;

use diesel::{
    QueryableByName,
    sql_types::{BigInt, Text as SqlText},
};

pub use self::{fts5::Fts5, postgres::Postgres};

#[derive(QueryableByName)]
pub struct Found {
    #[diesel(sql_type = BigInt)]
    pub _number: i64,
    #[diesel(sql_type = SqlText)]
    pub _title: String,
    #[diesel(sql_type = SqlText)]
    pub _snippet: String,
}
