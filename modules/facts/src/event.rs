use serde::{Serialize, Serializer};

/// What happened, as `noun.verb` in the past tense. The noun is the kind of the event's subject.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct EventKind(&'static str);

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident = $name:literal;)+) => {
        impl EventKind {
            $($(#[$meta])* pub const $kind: Self = Self($name);)+

            pub const ALL: &[Self] = &[$(Self::$kind),+];
        }
    };
}

kinds! {
    ORGANIZATION_FOUNDED = "organization.founded";
    ORGANIZATION_CHANGED = "organization.changed";
    /// Objects of the store that no row had known for 30 days.
    ORPHANS_DELETED = "organization.orphans-deleted";

    PERSON_ADDED = "person.added";
    PERSON_CHANGED = "person.changed";
    /// An account was set up: this turns the person's dots green (P1).
    PERSON_JOINED = "person.joined";
    /// A member sees no more than what was chosen, or something else than before.
    PERSON_LIMITED = "person.limited";
    PERSON_UNLIMITED = "person.unlimited";
    PERSON_REMOVED = "person.removed";
    PERSON_RESTORED = "person.restored";
    /// What was known of them is gone, but for what the law wants to stay.
    PERSON_ERASED = "person.erased";
    /// Somebody took home what is known of them.
    PERSON_EXPORTED = "person.exported";
    /// Staff see from now on what this client sees.
    SEEING_BEGUN = "person.seeing-begun";
    SEEING_ENDED = "person.seeing-ended";
    PASSWORD_CHANGED = "person.password-changed";
    /// A way of paying, left with the provider of payments.
    PAYMENT_METHOD_SAVED = "person.payment-method-saved";
    PAYMENT_METHOD_REMOVED = "person.payment-method-removed";
    RESET_REQUESTED = "person.reset-requested";
    /// Somebody asked for a mail that lets its reader in.
    SIGN_IN_LINK_REQUESTED = "person.sign-in-link-requested";
    /// By its link or by its code.
    SIGN_IN_LINK_USED = "person.sign-in-link-used";
    /// The password was right, and a code is asked for.
    CODE_ASKED = "person.code-asked";
    /// A new secret for the person's app, which counts once a code has proved it.
    SECOND_STEP_BEGUN = "person.second-step-begun";
    SECOND_STEP_TURNED_ON = "person.second-step-turned-on";
    SECOND_STEP_TURNED_OFF = "person.second-step-turned-off";
    /// Taken away by the owner, or by whoever operates the machine.
    SECOND_STEP_RESET = "person.second-step-reset";
    RECOVERY_CODES_RENEWED = "person.recovery-codes-renewed";
    RECOVERY_CODE_USED = "person.recovery-code-used";
    /// A device is asked to make a key.
    PASSKEY_BEGUN = "person.passkey-begun";
    PASSKEY_ADDED = "person.passkey-added";
    PASSKEY_REMOVED = "person.passkey-removed";
    /// The password was right, and a passkey is asked for.
    PASSKEY_ASKED = "person.passkey-asked";
    /// Two devices seem to hold the same one: its counter went back.
    PASSKEY_CLONED = "person.passkey-cloned";

    SESSION_STARTED = "session.started";
    SESSION_ENDED = "session.ended";

    COMPANY_ADDED = "company.added";
    COMPANY_CHANGED = "company.changed";
    COMPANY_DELETED = "company.deleted";
    COMPANY_RESTORED = "company.restored";
    COMPANY_BILLING_OPENED = "company.billing-opened";
    COMPANY_BILLING_CLOSED = "company.billing-closed";

    PROJECT_ADDED = "project.added";
    PROJECT_CHANGED = "project.changed";
    PROJECT_DELETED = "project.deleted";
    PROJECT_RESTORED = "project.restored";
    MILESTONE_ADDED = "milestone.added";
    MILESTONE_CHANGED = "milestone.changed";
    MILESTONE_COMPLETED = "milestone.completed";
    MILESTONE_DELETED = "milestone.deleted";
    MILESTONE_RESTORED = "milestone.restored";

    PORTAL_ADDED = "portal.added";
    PORTAL_CHANGED = "portal.changed";
    PORTAL_DELETED = "portal.deleted";
    PORTAL_RESTORED = "portal.restored";
    /// Out of the clients' sight.
    PORTAL_ARCHIVED = "portal.archived";
    PORTAL_UNARCHIVED = "portal.unarchived";
    /// What a template holds was put into a portal that was just made.
    PORTAL_FILLED = "portal.filled";
    /// A portal was kept, for others to begin from.
    TEMPLATE_ADDED = "template.added";
    TEMPLATE_CHANGED = "template.changed";
    TEMPLATE_DELETED = "template.deleted";
    TEMPLATE_RESTORED = "template.restored";
    /// This one, and as many as the event says, are gone for good.
    TEMPLATES_PURGED = "template.purged";
    /// Gone for good, 30 days after it was deleted.
    PORTAL_PURGED = "portal.purged";
    /// A client opened the portal's page.
    PORTAL_VIEWED = "portal.viewed";

    /// Several of its items, or all, as one archive.
    PORTAL_DOWNLOADED = "portal.downloaded";
    /// All that somebody sees of it, as a website that opens without a server.
    PORTAL_COPIED = "portal.copied";

    ITEM_ADDED = "item.added";
    ITEM_CHANGED = "item.changed";
    ITEM_DELETED = "item.deleted";
    ITEM_RESTORED = "item.restored";
    /// This item, and as many as the event says, are gone for good.
    ITEMS_PURGED = "item.purged";
    /// Several items of one portal took new places.
    ITEMS_ORDERED = "item.ordered";
    /// A client looked at a file in place, or read a note.
    ITEM_VIEWED = "item.viewed";
    ITEM_DOWNLOADED = "item.downloaded";
    /// A file came again under its name; what is pinned stays shown.
    ITEM_VERSION_ADDED = "item.version-added";
    /// One version stays shown, whatever comes.
    ITEM_VERSION_PINNED = "item.version-pinned";
    ITEM_VERSION_UNPINNED = "item.version-unpinned";
    ITEM_VERSION_DELETED = "item.version-deleted";
    ITEM_VERSION_RESTORED = "item.version-restored";
    ITEM_VERSIONS_PURGED = "item.version-purged";
    /// The text inside a file was read, or could not be.
    ITEM_READ = "item.read";
    /// The small picture of a file was made, or could not be.
    ITEM_DRAWN = "item.drawn";

    /// A client is asked to approve a file.
    APPROVAL_ASKED = "approval.asked";
    APPROVAL_GIVEN = "approval.given";
    APPROVAL_DECLINED = "approval.declined";
    APPROVAL_WITHDRAWN = "approval.withdrawn";
    /// Somebody was sent a mail about a file that they have yet to answer for.
    APPROVAL_REMINDED = "approval.reminded";
    /// A client is asked for files.
    REQUEST_ADDED = "request.added";
    REQUEST_CHANGED = "request.changed";
    /// A file came in for one of the things that it asks for.
    REQUEST_FILLED = "request.filled";
    /// Staff accepted a file.
    REQUEST_ACCEPTED = "request.accepted";
    /// Staff gave a file back and asked again.
    REQUEST_RETURNED = "request.returned";
    REQUEST_REMINDED = "request.reminded";
    REQUEST_COMPLETED = "request.completed";
    REQUEST_WITHDRAWN = "request.withdrawn";

    /// Somebody wrote to a client, or a client to the organization.
    MESSAGE_ADDED = "message.added";
    MESSAGE_EDITED = "message.edited";
    MESSAGE_DELETED = "message.deleted";
    /// Somebody has read up to this message.
    MESSAGE_READ = "message.read";
    /// A client took one of its files home.
    MESSAGE_FILE_DOWNLOADED = "message.file-downloaded";
    /// An answer by mail did not prove whose it was, or came too late. The subject is the conversation, where it named one.
    MESSAGE_MAIL_REFUSED = "message.mail-refused";
    /// A room of chosen people. The subject is the room.
    ROOM_MADE = "message.room-made";
    ROOM_MEMBER_ADDED = "message.member-added";
    /// They see nothing of it any more.
    ROOM_MEMBER_REMOVED = "message.member-removed";
    /// For the pages of one client in a room: something changed there.
    ROOM_STIRRED = "message.stirred";

    /// While it is a draft, nobody but staff learns of it.
    ANNOUNCEMENT_DRAFTED = "announcement.drafted";
    ANNOUNCEMENT_CHANGED = "announcement.draft-changed";
    ANNOUNCEMENT_DISCARDED = "announcement.draft-deleted";
    ANNOUNCEMENT_RECOVERED = "announcement.draft-restored";
    ANNOUNCEMENT_PUBLISHED = "announcement.published";
    /// After it was published.
    ANNOUNCEMENT_EDITED = "announcement.edited";
    ANNOUNCEMENT_DELETED = "announcement.deleted";
    ANNOUNCEMENT_RESTORED = "announcement.restored";
    /// Gone for good, 30 days after it was deleted.
    ANNOUNCEMENT_PURGED = "announcement.purged";
    /// Somebody has read it.
    ANNOUNCEMENT_READ = "announcement.read";

    /// Somebody chose which news come by mail, and when.
    NEWS_CHOSEN = "person.news-chosen";
    /// Somebody followed a mail's way out of mails like it.
    NEWS_STOPPED = "person.news-stopped";
    /// The mail server refused their address for good.
    MAIL_REFUSED = "person.mail-refused";
    /// A mail reached an address that was refused before.
    MAIL_ACCEPTED = "person.mail-accepted";
    /// Lines were put into the lists of whom something concerns.
    NOTIFICATION_ADDED = "notification.added";
    /// Somebody has seen all that stands in their list.
    NOTIFICATIONS_READ = "notification.read";

    GRANT_GIVEN = "grant.given";
    GRANT_REVOKED = "grant.revoked";
    INVITATION_SENT = "invitation.sent";
    /// Somebody with an expired invitation asked for a new one, to the same address.
    INVITATION_REQUESTED = "invitation.requested";
    INVITATION_REVOKED = "invitation.revoked";

    /// The subject is a quote, an invoice or a credit note, of the noun that the kind says.
    INVOICE_DRAFTED = "invoice.drafted";
    INVOICE_CHANGED = "invoice.changed";
    INVOICE_DELETED = "invoice.deleted";
    INVOICE_RESTORED = "invoice.restored";
    INVOICE_ISSUED = "invoice.issued";
    INVOICE_SENT = "invoice.sent";
    /// A client may no longer see it.
    INVOICE_REVOKED = "invoice.revoked";
    /// Somebody fetched it as a file, or the receipt of one of its payments.
    INVOICE_DOWNLOADED = "invoice.downloaded";
    /// A credit note took back all or a part of this invoice.
    INVOICE_CREDITED = "invoice.credited";
    /// Somebody was sent a mail about what is left to pay.
    INVOICE_REMINDED = "invoice.reminded";
    PAYMENT_RECORDED = "invoice.payment-recorded";
    PAYMENT_REMOVED = "invoice.payment-removed";
    PAYMENT_RESTORED = "invoice.payment-restored";
    /// Somebody went to the provider's page.
    PAYMENT_BEGUN = "invoice.payment-begun";
    /// The provider told how far it is.
    PAYMENT_REPORTED = "invoice.payment-reported";
    /// The provider says of it what cannot be of it: somebody has to look into it.
    PAYMENT_MISFIT = "invoice.payment-misfit";
    PAYMENT_MISFIT_SETTLED = "invoice.payment-misfit-settled";
    /// Somebody asked the provider to give money back.
    REFUND_ASKED = "invoice.refund-asked";
    REFUND_REPORTED = "invoice.refund-reported";
    REFUND_RECORDED = "invoice.refund-recorded";
    QUOTE_DRAFTED = "quote.drafted";
    QUOTE_CHANGED = "quote.changed";
    QUOTE_DELETED = "quote.deleted";
    QUOTE_RESTORED = "quote.restored";
    QUOTE_ISSUED = "quote.issued";
    QUOTE_SENT = "quote.sent";
    QUOTE_REVOKED = "quote.revoked";
    QUOTE_DOWNLOADED = "quote.downloaded";
    QUOTE_ACCEPTED = "quote.accepted";
    QUOTE_DECLINED = "quote.declined";
    QUOTE_WITHDRAWN = "quote.withdrawn";
    /// Somebody was sent a mail about a quote that they have yet to answer.
    QUOTE_REMINDED = "quote.reminded";
    /// A project was made of what was accepted.
    QUOTE_FOUNDED = "quote.project-founded";
    /// Other quotes can begin from it, or no more.
    QUOTE_KEPT = "quote.template-kept";
    QUOTE_RELEASED = "quote.template-removed";
    SUBSCRIPTION_DRAFTED = "subscription.drafted";
    SUBSCRIPTION_CHANGED = "subscription.changed";
    SUBSCRIPTION_DELETED = "subscription.deleted";
    SUBSCRIPTION_RESTORED = "subscription.restored";
    SUBSCRIPTION_STARTED = "subscription.started";
    /// A client gets its invoices from now on.
    SUBSCRIPTION_ADDRESSED = "subscription.addressed";
    /// A client gets no more of them.
    SUBSCRIPTION_REVOKED = "subscription.revoked";
    /// A period got its invoice.
    SUBSCRIPTION_INVOICED = "subscription.invoiced";
    SUBSCRIPTION_PAUSED = "subscription.paused";
    SUBSCRIPTION_RESUMED = "subscription.resumed";
    SUBSCRIPTION_CANCELLED = "subscription.cancelled";
    /// Staff must use a second step from now on.
    SECOND_STEP_DEMANDED = "organization.second-step-demanded";
    SECOND_STEP_OPTIONAL = "organization.second-step-optional";
    /// It is called otherwise in its address.
    SLUG_CHANGED = "organization.slug-changed";
    /// Somebody says that this domain is the organization's.
    DOMAIN_CLAIMED = "organization.domain-claimed";
    /// The organization answers there from now on.
    DOMAIN_VERIFIED = "organization.domain-verified";
    DOMAIN_USE_CHANGED = "organization.domain-use-changed";
    DOMAIN_REMOVED = "organization.domain-removed";
    /// It led elsewhere for too long.
    DOMAIN_LOST = "organization.domain-lost";
    /// Address, number formats, tax rates.
    PAYMENTS_CHANGED = "organization.payments-changed";
    BILLING_CHANGED = "organization.billing-changed";
    /// Somebody took a file of the accountant's export home.
    BILLING_EXPORTED = "organization.billing-exported";
    /// Somebody took the audit log home.
    AUDIT_EXPORTED = "organization.audit-exported";
    /// Somebody took home who can see what.
    AUDIENCE_EXPORTED = "organization.audience-exported";
}

impl EventKind {
    /// Somebody looked at something, or took it home: what a page shows as its state stays the same. A look in place is
    /// told apart from a download.
    pub const LOOKS: [Self; 6] = [
        Self::PORTAL_VIEWED,
        Self::ITEM_VIEWED,
        Self::ITEM_DOWNLOADED,
        Self::PORTAL_DOWNLOADED,
        Self::INVOICE_DOWNLOADED,
        Self::QUOTE_DOWNLOADED,
    ];

    pub fn name(self) -> &'static str {
        self.0
    }
}

impl Serialize for EventKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}
