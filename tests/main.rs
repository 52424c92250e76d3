//! Portico as people meet it: every test here talks to a real server process with a real database, over HTTP.
//! `world.rs` builds what surrounds the server; a file for each module says what must be true of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

mod accounts;
mod activity;
mod announcements;
mod approvals;
mod architecture;
mod archival;
mod archives;
mod audience;
mod audit;
mod awaited;
mod backup;
mod bad_input;
mod billing;
mod certificates;
mod clients;
mod dependencies;
mod domains;
mod embeds;
#[allow(dead_code, reason = "one way to give an example is not needed yet")]
mod examples;
mod faults;
mod files;
mod foundation;
mod front;
mod full_disk;
mod kill;
mod limits;
mod live;
mod machines;
mod messages;
mod notifications;
mod offline;
mod operations;
mod outside;
mod overload;
mod pictures;
mod portals;
mod projects;
mod queue;
mod readings;
mod recording;
mod removal;
mod requests;
mod retention;
mod schema;
mod search;
mod seeing;
mod selection;
mod sharing;
mod slow;
#[allow(dead_code, reason = "a vocabulary, from which each test takes what it needs")]
mod steps;
mod stopping;
mod style;
mod templates;
mod texts;
mod traces;
mod trust;
mod uploads;
mod versions;
mod visible;
mod walls;
#[allow(dead_code, reason = "a vocabulary, from which each test takes what it needs")]
mod world;
