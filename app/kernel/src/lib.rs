//! The kernel: what every module stands on. It holds the walls (guards, transactions, the origin
//! check), the record of what happened (events, jobs, live updates) and the one trait by which a
//! module says what it adds. It knows no module and renders no page of its own; it should change
//! rarely.

mod access;
mod addresses;
mod among;
mod answer;
mod awaited;
mod backup;
mod bearer;
mod certificates;
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
mod file_keeping;
mod followers;
mod form;
mod frame_origin;
mod gauges;
mod guard;
mod happening;
mod host;
mod inbound;
mod inspection;
mod installation;
mod internet;
mod item_tree;
mod jobs;
mod limit;
mod live;
mod looker;
mod looks;
mod mail_parts;
mod module;
mod name;
mod names;
mod news;
mod offline;
mod origin;
mod outside;
mod part_headers;
mod parts;
mod password;
mod personal;
mod pictures;
mod provider;
mod random;
mod refusal;
mod registry;
mod retention;
mod schema;
mod section_plan;
mod sent;
mod settings;
mod sight;
mod slug;
mod system;
mod templates;
mod traced;
mod transaction;
mod visibility;
pub mod zip;

pub use access::{Access, Grants, Organization, Permission, Person, Role};
pub use addresses::{DomainUse, SlugTaken};
pub use among::{Among, IsAmong};
pub use answer::{
    Answer, ClientAddress, Cookies, Partial, Reader, RequestId, ReturnTo, Visit, answer_errors, wants_json,
};
pub use awaited::{Awaited, AwaitedLine};
pub use backup::{
    BackedUp, BackupCounts, BackupKeep, BackupKey, BackupPlace, BackupProgress, BackupRecord, BackupSource,
    BackupStep, BackupWatch, DailyBackup, DailyTarget, Forgotten, Grown, KeptBackup, LastBackup,
    RestoreTarget, Restored, ToldBackup, backups, is_backup_time, restore, verify,
};
pub use bearer::bearer;
pub use certificates::{Certificate, CertificateStanding, CertificateTimes};
pub use clock::{Clock, Instant};
pub use configuration::Configuration;
pub use connection::{Db, Either};
pub use database::{Backend, MOST_READING, schema_version};
pub use day::{parse_day, stored_day};
pub use disposition::Disposition;
pub use email_address::EmailAddress;
pub use error::{Error, FieldError, Result};
pub use event::{Event, NewEvent};
pub use export::csv_rows;
pub use file_keeping::{ArrivedFile, ArrivingFile, FileBytes, FileKeeper, KeptFile, NotKept, StoredBytes};
pub use followers::Follower;
pub use form::{Form, Problems, parse_form, problem, signed_body};
pub use frame_origin::FrameOrigin;
pub use gauges::{Backlog, DatabaseQueues, Gauges, Pool};
pub use guard::{Client, Member, Staff, Telling, Viewer, Visitor, Within};
pub use happening::Happening;
pub use host::PublicUrl;
pub use inbound::{InboundMail, MailProof};
pub use installation::{SetupToken, foundation};
pub use internet::{Internet, NoAnswer};
pub use item_tree::{NewItem, PlacedItem, place_item};
pub use jobs::{JobRow, NewJob};
pub use limit::{Located, Whereabouts};
pub use live::{live_for_client, live_for_staff};
pub use looker::Looker;
pub use looks::Logo;
pub use mail_parts::{MailParts, NoMail, TakeMailApart};
pub use module::*;
pub use name::{Name, parse_words};
pub use names::{NamedPortal, Names};
pub use news::{DeliverNews, News, NewsKind, NewsMail, Readers, compose_for_reader};
pub use offline::{
    MakeBytes, OfflineBytes, OfflineCopy, OfflineEyes, OfflineItem, OfflineKind, OfflinePage, OfflinePart,
    OfflinePath, OfflinePlan, OfflineTx, OfflineWords,
};
pub use outside::{
    ListedObject, MailRefused, ObjectWriter, Objects, Outbox, OutgoingMail, Outside, PAUSE, ResumableWriter,
    StoredObject, Unfinished,
};
pub use parts::{BrokenBody, Part, Parts};
pub use password::{Hashing, PasswordHash};
pub use personal::{
    ERASED_ADDRESS, Erasure, Fate, NOBODYS, PersonalBytes, PersonalCount, PersonalData, PersonalObject,
    PersonalTable, THEIR_OWN, Work, for_person,
};
pub use pictures::{DrawPicture, DrawnPicture, NoPicture, PictureFinish, WantedPicture};
pub use provider::*;
pub use random::{FormToken, Randomness, Secret, Token, TokenHash};
pub use refusal::Refusal;
pub use registry::{Registry, RouteLine};
pub use retention::{KEPT_DAYS, ObjectOwner, Purge};
pub use schema::{
    events, granted_portals, grants, items, organizations, people, portals, sent_items, sessions,
};
pub use section_plan::{SectionPlan, SectionStep, section_title};
pub use sent::{Sent, Shown, sent_by};
pub use sight::{Reason, Seen, Sight, Viewers, viewers_of};
pub use slug::Slug;
pub use system::{Kernel, System};
pub use templates::{KeptPart, TemplatePart, TemplatePlace};
pub use traced::{RequestSpan, TRACED, method_name, traced, went_wrong};
pub use transaction::{ClientTx, Core, Recorded, Tx, VisitorTx};
pub use visibility::{client_items, client_items_in, each, granted, shown_items};
