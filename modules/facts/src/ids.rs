//! Ids are 16-byte UUIDs (version 7, so they sort by creation), one type per noun so that a
//! portal's id can never be handed to something that wants a person's. Both databases store
//! the plain bytes: diesel's own UUID type exists for one of them only.

use std::{fmt, str::FromStr};

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    serialize::{self, Output, ToSql},
    sql_types::Binary,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

macro_rules! id {
    ($($name:ident)+) => {$(
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Binary)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            pub const fn bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl<DB: Backend> ToSql<Binary, DB> for $name
        where
            [u8]: ToSql<Binary, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <[u8] as ToSql<Binary, DB>>::to_sql(self.0.as_bytes(), out)
            }
        }

        impl<DB: Backend> FromSql<Binary, DB> for $name
        where
            Vec<u8>: FromSql<Binary, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let bytes = <Vec<u8> as FromSql<Binary, DB>>::from_sql(bytes)?;
                Ok(Self(Uuid::from_slice(&bytes)?))
            }
        }
    )+};
}

id! {
    OrganizationId
    PersonId
    SessionId
    PasskeyId
    CompanyId
    ProjectId
    MilestoneId
    PortalId
    TemplateId
    ItemId
    VersionId
    ApprovalId
    InvitationId
    FileRequestId
    RequestSlotId
    PreparedRequestId
    ConversationId
    MessageId
    MessageFileId
    RoomId
    AnnouncementId
    DocumentId
    LineId
    TaxId
    PaymentId
    UploadId
    SubjectId
}

macro_rules! subject {
    ($($name:ident)+) => {$(
        impl From<$name> for SubjectId {
            fn from(id: $name) -> Self {
                SubjectId(id.0)
            }
        }

        impl From<SubjectId> for $name {
            fn from(id: SubjectId) -> Self {
                $name(id.0)
            }
        }
    )+};
}

// What an event or a search document is about is named by its kind and this untyped id; the
// module that owns the kind turns it back into its own.
subject!(
    OrganizationId PersonId SessionId CompanyId ProjectId MilestoneId PortalId ItemId ApprovalId InvitationId
    FileRequestId DocumentId MessageId AnnouncementId TemplateId RoomId
);
