//! What can be found, as the modules hand it in.

/// The id a module gave the thing; what comes back in a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub [u8; 16]);

/// Who may find a document, and as whom a viewer looks. Every audience is
/// indexed together with the document's organization: the staff of one
/// organization never share a term with the staff of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Every staff member of the organization.
    Staff,
    /// Whoever currently holds a grant on any portal.
    Clients,
    /// Whoever currently holds a grant on this portal.
    Portal([u8; 16]),
    /// One person, for what is addressed to them alone.
    Person([u8; 16]),
    /// Whoever may read over this person's shoulder.
    ColleagueOf([u8; 16]),
    /// One person, as long as they hold a grant on this portal.
    PersonInPortal { person: [u8; 16], portal: [u8; 16] },
    /// Whoever is in this room.
    Room([u8; 16]),
}

/// One thing to be found. A document with an empty `audience` is found by
/// nobody.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: DocumentId,
    pub organization: [u8; 16],
    pub audience: Vec<Audience>,
    /// The portal it lies in, for narrowing a search to that portal; it gives
    /// nobody the right to find it.
    pub portal: Option<[u8; 16]>,
    /// "note", "file", "project", ...: the caller's own word, compared exactly.
    pub kind: String,
    /// The person who added it, for narrowing a search to that person's things.
    pub author: Option<[u8; 16]>,
    pub title: String,
    /// In reading order. The caller caps the amount of text.
    pub pages: Vec<Page>,
    /// Microseconds since the Unix epoch; of two equally good hits the later
    /// one comes first.
    pub changed: i64,
}

/// A page of text. What has no pages is one `Page` without a number.
#[derive(Clone, Debug)]
pub struct Page {
    pub number: Option<u32>,
    pub text: String,
}

/// What happened to a document; `Put` replaces whatever had its id.
#[derive(Clone, Debug)]
pub enum Change {
    Put(Document),
    Delete(DocumentId),
}
