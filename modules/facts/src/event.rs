use serde::{Serialize, Serializer};

/// What happened, as `noun.verb` in the past tense. The noun is the kind of the event's subject.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct EventKind(&'static str);

impl EventKind {
    pub const ORGANIZATION_FOUNDED: Self = Self("organization.founded");
    pub const ORGANIZATION_CHANGED: Self = Self("organization.changed");
    /// Objects of the store that no row had known for 30 days.
    pub const ORPHANS_DELETED: Self = Self("organization.orphans-deleted");

    pub const PERSON_ADDED: Self = Self("person.added");
    pub const PERSON_CHANGED: Self = Self("person.changed");
    /// An account was set up: this turns the person's dots green (P1).
    pub const PERSON_JOINED: Self = Self("person.joined");
    pub const PERSON_REMOVED: Self = Self("person.removed");
    pub const PERSON_RESTORED: Self = Self("person.restored");
    pub const PASSWORD_CHANGED: Self = Self("person.password-changed");
    /// A way of paying, left with the provider of payments.
    pub const PAYMENT_METHOD_SAVED: Self = Self("person.payment-method-saved");
    pub const PAYMENT_METHOD_REMOVED: Self = Self("person.payment-method-removed");
    pub const RESET_REQUESTED: Self = Self("person.reset-requested");

    pub const SESSION_STARTED: Self = Self("session.started");
    pub const SESSION_ENDED: Self = Self("session.ended");

    pub const COMPANY_ADDED: Self = Self("company.added");
    pub const COMPANY_CHANGED: Self = Self("company.changed");
    pub const COMPANY_DELETED: Self = Self("company.deleted");
    pub const COMPANY_RESTORED: Self = Self("company.restored");
    pub const COMPANY_BILLING_OPENED: Self = Self("company.billing-opened");
    pub const COMPANY_BILLING_CLOSED: Self = Self("company.billing-closed");

    pub const PROJECT_ADDED: Self = Self("project.added");
    pub const PROJECT_CHANGED: Self = Self("project.changed");
    pub const PROJECT_DELETED: Self = Self("project.deleted");
    pub const PROJECT_RESTORED: Self = Self("project.restored");
    pub const MILESTONE_ADDED: Self = Self("milestone.added");
    pub const MILESTONE_CHANGED: Self = Self("milestone.changed");
    pub const MILESTONE_DELETED: Self = Self("milestone.deleted");
    pub const MILESTONE_RESTORED: Self = Self("milestone.restored");

    pub const PORTAL_ADDED: Self = Self("portal.added");
    pub const PORTAL_CHANGED: Self = Self("portal.changed");
    pub const PORTAL_DELETED: Self = Self("portal.deleted");
    pub const PORTAL_RESTORED: Self = Self("portal.restored");
    /// Gone for good, 30 days after it was deleted.
    pub const PORTAL_PURGED: Self = Self("portal.purged");
    /// A client opened the portal's page.
    pub const PORTAL_VIEWED: Self = Self("portal.viewed");

    /// Several of its items, or all, as one archive.
    pub const PORTAL_DOWNLOADED: Self = Self("portal.downloaded");

    pub const ITEM_ADDED: Self = Self("item.added");
    pub const ITEM_CHANGED: Self = Self("item.changed");
    pub const ITEM_DELETED: Self = Self("item.deleted");
    pub const ITEM_RESTORED: Self = Self("item.restored");
    /// This item, and as many as the event says, are gone for good.
    pub const ITEMS_PURGED: Self = Self("item.purged");
    /// Several items of one portal took new places.
    pub const ITEMS_ORDERED: Self = Self("item.ordered");
    pub const ITEM_DOWNLOADED: Self = Self("item.downloaded");
    /// A file came again under its name; what is pinned stays shown.
    pub const ITEM_VERSION_ADDED: Self = Self("item.version-added");
    /// One version stays shown, whatever comes.
    pub const ITEM_VERSION_PINNED: Self = Self("item.version-pinned");
    pub const ITEM_VERSION_UNPINNED: Self = Self("item.version-unpinned");
    pub const ITEM_VERSION_DELETED: Self = Self("item.version-deleted");
    pub const ITEM_VERSION_RESTORED: Self = Self("item.version-restored");
    pub const ITEM_VERSIONS_PURGED: Self = Self("item.version-purged");
    /// The text inside a file was read, or could not be.
    pub const ITEM_READ: Self = Self("item.read");
    /// The small picture of a file was made, or could not be.
    pub const ITEM_DRAWN: Self = Self("item.drawn");

    /// A client is asked to approve a file.
    pub const APPROVAL_ASKED: Self = Self("approval.asked");
    pub const APPROVAL_GIVEN: Self = Self("approval.given");
    pub const APPROVAL_DECLINED: Self = Self("approval.declined");
    pub const APPROVAL_WITHDRAWN: Self = Self("approval.withdrawn");
    /// A client is asked for files.
    pub const REQUEST_ADDED: Self = Self("request.added");
    pub const REQUEST_CHANGED: Self = Self("request.changed");
    /// A file came in for one of the things that it asks for.
    pub const REQUEST_FILLED: Self = Self("request.filled");
    /// Staff accepted a file.
    pub const REQUEST_ACCEPTED: Self = Self("request.accepted");
    /// Staff gave a file back and asked again.
    pub const REQUEST_RETURNED: Self = Self("request.returned");
    pub const REQUEST_REMINDED: Self = Self("request.reminded");
    pub const REQUEST_COMPLETED: Self = Self("request.completed");
    pub const REQUEST_WITHDRAWN: Self = Self("request.withdrawn");

    /// Somebody wrote to a client, or a client to the organization.
    pub const MESSAGE_ADDED: Self = Self("message.added");
    pub const MESSAGE_EDITED: Self = Self("message.edited");
    pub const MESSAGE_DELETED: Self = Self("message.deleted");
    /// Somebody has read up to this message.
    pub const MESSAGE_READ: Self = Self("message.read");

    pub const GRANT_GIVEN: Self = Self("grant.given");
    pub const GRANT_REVOKED: Self = Self("grant.revoked");
    pub const INVITATION_SENT: Self = Self("invitation.sent");
    /// Somebody with an expired invitation asked for a new one, to the same address.
    pub const INVITATION_REQUESTED: Self = Self("invitation.requested");
    pub const INVITATION_REVOKED: Self = Self("invitation.revoked");

    /// The subject is a quote, an invoice or a credit note, of the noun that the kind says.
    pub const INVOICE_DRAFTED: Self = Self("invoice.drafted");
    pub const INVOICE_CHANGED: Self = Self("invoice.changed");
    pub const INVOICE_DELETED: Self = Self("invoice.deleted");
    pub const INVOICE_RESTORED: Self = Self("invoice.restored");
    pub const INVOICE_ISSUED: Self = Self("invoice.issued");
    pub const INVOICE_SENT: Self = Self("invoice.sent");
    /// A client may no longer see it.
    pub const INVOICE_REVOKED: Self = Self("invoice.revoked");
    /// Somebody fetched it as a file, or the receipt of one of its payments.
    pub const INVOICE_DOWNLOADED: Self = Self("invoice.downloaded");
    /// A credit note took back all or a part of this invoice.
    pub const INVOICE_CREDITED: Self = Self("invoice.credited");
    /// Somebody was sent a mail about what is left to pay.
    pub const INVOICE_REMINDED: Self = Self("invoice.reminded");
    pub const PAYMENT_RECORDED: Self = Self("invoice.payment-recorded");
    pub const PAYMENT_REMOVED: Self = Self("invoice.payment-removed");
    pub const PAYMENT_RESTORED: Self = Self("invoice.payment-restored");
    /// Somebody went to the provider's page.
    pub const PAYMENT_BEGUN: Self = Self("invoice.payment-begun");
    /// The provider told how far it is.
    pub const PAYMENT_REPORTED: Self = Self("invoice.payment-reported");
    /// The provider says of it what cannot be of it: somebody has to look into it.
    pub const PAYMENT_MISFIT: Self = Self("invoice.payment-misfit");
    pub const PAYMENT_MISFIT_SETTLED: Self = Self("invoice.payment-misfit-settled");
    /// Somebody asked the provider to give money back.
    pub const REFUND_ASKED: Self = Self("invoice.refund-asked");
    pub const REFUND_REPORTED: Self = Self("invoice.refund-reported");
    pub const REFUND_RECORDED: Self = Self("invoice.refund-recorded");
    pub const QUOTE_DRAFTED: Self = Self("quote.drafted");
    pub const QUOTE_CHANGED: Self = Self("quote.changed");
    pub const QUOTE_DELETED: Self = Self("quote.deleted");
    pub const QUOTE_RESTORED: Self = Self("quote.restored");
    pub const QUOTE_ISSUED: Self = Self("quote.issued");
    pub const QUOTE_SENT: Self = Self("quote.sent");
    pub const QUOTE_REVOKED: Self = Self("quote.revoked");
    pub const QUOTE_DOWNLOADED: Self = Self("quote.downloaded");
    pub const QUOTE_ACCEPTED: Self = Self("quote.accepted");
    pub const QUOTE_DECLINED: Self = Self("quote.declined");
    pub const QUOTE_WITHDRAWN: Self = Self("quote.withdrawn");
    /// A project was made of what was accepted.
    pub const QUOTE_FOUNDED: Self = Self("quote.project-founded");
    /// Other quotes can begin from it, or no more.
    pub const QUOTE_KEPT: Self = Self("quote.template-kept");
    pub const QUOTE_RELEASED: Self = Self("quote.template-removed");
    pub const SUBSCRIPTION_DRAFTED: Self = Self("subscription.drafted");
    pub const SUBSCRIPTION_CHANGED: Self = Self("subscription.changed");
    pub const SUBSCRIPTION_DELETED: Self = Self("subscription.deleted");
    pub const SUBSCRIPTION_RESTORED: Self = Self("subscription.restored");
    pub const SUBSCRIPTION_STARTED: Self = Self("subscription.started");
    /// A client gets its invoices from now on.
    pub const SUBSCRIPTION_ADDRESSED: Self = Self("subscription.addressed");
    /// A client gets no more of them.
    pub const SUBSCRIPTION_REVOKED: Self = Self("subscription.revoked");
    /// A period got its invoice.
    pub const SUBSCRIPTION_INVOICED: Self = Self("subscription.invoiced");
    pub const SUBSCRIPTION_PAUSED: Self = Self("subscription.paused");
    pub const SUBSCRIPTION_RESUMED: Self = Self("subscription.resumed");
    pub const SUBSCRIPTION_CANCELLED: Self = Self("subscription.cancelled");
    /// Address, number formats, tax rates.
    pub const PAYMENTS_CHANGED: Self = Self("organization.payments-changed");
    pub const BILLING_CHANGED: Self = Self("organization.billing-changed");
    /// Somebody took a file of the accountant's export home.
    pub const BILLING_EXPORTED: Self = Self("organization.billing-exported");
    /// Somebody took the audit log home.
    pub const AUDIT_EXPORTED: Self = Self("organization.audit-exported");

    pub fn name(self) -> &'static str {
        self.0
    }
}

impl Serialize for EventKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}
