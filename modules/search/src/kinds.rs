//! What a document can be, as the modules call it and as people do.

#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The word of `SearchDocument`.
    pub name: &'static str,
    /// Text keys: "Note", "Notes".
    pub one: &'static str,
    pub many: &'static str,
}

static KINDS: [Kind; 15] = [
    Kind { name: "file", one: "search-kind-file", many: "search-files" },
    Kind { name: "note", one: "search-kind-note", many: "search-notes" },
    Kind { name: "link", one: "search-kind-link", many: "search-links" },
    Kind { name: "embed", one: "search-kind-embed", many: "search-embeds" },
    Kind { name: "folder", one: "search-kind-folder", many: "search-folders" },
    Kind { name: "message", one: "search-kind-message", many: "search-messages" },
    Kind { name: "announcement", one: "search-kind-announcement", many: "search-announcements" },
    Kind { name: "portal", one: "search-kind-portal", many: "search-portals" },
    Kind { name: "project", one: "search-kind-project", many: "search-projects" },
    Kind { name: "client", one: "search-kind-client", many: "search-clients" },
    Kind { name: "company", one: "search-kind-company", many: "search-companies" },
    Kind { name: "quote", one: "search-kind-quote", many: "search-quotes" },
    Kind { name: "invoice", one: "search-kind-invoice", many: "search-invoices" },
    Kind { name: "credit-note", one: "search-kind-credit-note", many: "search-credit-notes" },
    Kind { name: "subscription", one: "search-kind-subscription", many: "search-subscriptions" },
];

pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
