//! The kernel: what every module stands on. It holds the walls (guards, transactions, the origin
//! check), the record of what happened (events, jobs, live updates) and the one trait by which a
//! module says what it adds. It knows no module and renders no page of its own; it should change
//! rarely.

mod access;
mod among;
mod answer;
mod backup;
mod clock;
mod configuration;
mod connection;
mod daily;
mod database;
mod day;
mod disposition;
mod email_address;
mod error;
mod event;
mod export;
mod followers;
mod form;
mod frame_origin;
mod guard;
mod host;
mod installation;
mod item_tree;
mod jobs;
mod live;
mod looks;
mod module;
mod name;
mod names;
mod origin;
mod outside;
mod part_headers;
mod parts;
mod password;
mod pictures;
mod provider;
mod random;
mod registry;
mod retention;
mod schema;
mod sent;
mod settings;
mod sight;
mod system;
mod transaction;
mod visibility;

pub use access::{Access, Grants, Organization, Permission, Person, Role};
pub use among::{Among, IsAmong};
pub use answer::{
    Answer, ClientAddress, Partial, Reader, RequestId, ReturnTo, Visit, answer_errors, wants_json,
};
pub use backup::{
    BackedUp, BackupCounts, BackupProgress, BackupStep, BackupWatch, RestoreTarget, Restored, restore, verify,
};
pub use clock::{Clock, Instant};
pub use configuration::Configuration;
pub use connection::{Db, Either};
pub use database::{Backend, schema_version};
pub use day::{parse_day, stored_day};
pub use disposition::Disposition;
pub use email_address::EmailAddress;
pub use error::{Error, FieldError, Result};
pub use event::{Event, NewEvent};
pub use export::csv_rows;
pub use followers::Follower;
pub use form::{Form, Problems, parse_form, problem, signed_body};
pub use frame_origin::FrameOrigin;
pub use guard::{Client, Staff, Telling, Viewer, Visitor};
pub use host::PublicUrl;
pub use installation::{SetupToken, foundation};
pub use item_tree::{NewItem, PlacedItem, place_item};
pub use jobs::{JobRow, NewJob};
pub use live::{live_for_client, live_for_staff};
pub use looks::Logo;
pub use module::*;
pub use name::{Name, parse_words};
pub use names::{NamedPortal, Names};
pub use outside::{
    ListedObject, ObjectWriter, Objects, Outbox, OutgoingMail, Outside, PAUSE, ResumableWriter, StoredObject,
    Unfinished,
};
pub use parts::{BrokenBody, MOST_DISCARDED, Part, Parts};
pub use password::{Hashing, PasswordHash};
pub use pictures::{DrawPicture, DrawnPicture, NoPicture, PictureFinish, WantedPicture};
pub use provider::*;
pub use random::{FormToken, Randomness, Secret, Token, TokenHash};
pub use registry::{Registry, RouteLine};
pub use retention::{KEPT_DAYS, ObjectOwner, Purge};
pub use schema::{
    events, granted_portals, grants, items, organizations, people, portals, sent_items, sessions,
};
pub use sent::{Sent, Shown, sent_by};
pub use sight::{Reason, Seen, Sight, Viewers, viewers_of};
pub use system::{Kernel, System};
pub use transaction::{ClientTx, Core, Recorded, Tx, VisitorTx};
pub use visibility::{client_items, client_items_in, each, granted, shown_items};
