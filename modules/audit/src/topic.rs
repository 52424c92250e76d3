//! What the log can be narrowed to, and the kinds of events that belong to it.

use portico_facts::EventKind;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    SignIns,
    People,
    Sharing,
    Portals,
    Files,
    Messages,
    Billing,
    Settings,
}

impl Topic {
    pub const ALL: [Self; 8] = [
        Self::SignIns,
        Self::People,
        Self::Sharing,
        Self::Portals,
        Self::Files,
        Self::Messages,
        Self::Billing,
        Self::Settings,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::SignIns => "sign-ins",
            Self::People => "people",
            Self::Sharing => "sharing",
            Self::Portals => "portals",
            Self::Files => "files",
            Self::Messages => "messages",
            Self::Billing => "billing",
            Self::Settings => "settings",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// What machines do by themselves, such as reading the text of a file, is in none of them.
    pub fn kinds(self) -> &'static [EventKind] {
        match self {
            Self::SignIns => SIGN_INS,
            Self::People => PEOPLE,
            Self::Sharing => SHARING,
            Self::Portals => PORTALS,
            Self::Files => FILES,
            Self::Messages => MESSAGES,
            Self::Billing => BILLING,
            Self::Settings => SETTINGS,
        }
    }
}

const SIGN_INS: &[EventKind] = &[
    EventKind::SESSION_STARTED,
    EventKind::SESSION_ENDED,
    EventKind::PASSWORD_CHANGED,
    EventKind::RESET_REQUESTED,
    EventKind::PERSON_JOINED,
];

const PEOPLE: &[EventKind] = &[
    EventKind::PERSON_ADDED,
    EventKind::PERSON_CHANGED,
    EventKind::PERSON_REMOVED,
    EventKind::PERSON_RESTORED,
    EventKind::COMPANY_ADDED,
    EventKind::COMPANY_CHANGED,
    EventKind::COMPANY_DELETED,
    EventKind::COMPANY_RESTORED,
    EventKind::COMPANY_BILLING_OPENED,
    EventKind::COMPANY_BILLING_CLOSED,
];

const SHARING: &[EventKind] = &[
    EventKind::GRANT_GIVEN,
    EventKind::GRANT_REVOKED,
    EventKind::INVITATION_SENT,
    EventKind::INVITATION_REQUESTED,
    EventKind::INVITATION_REVOKED,
];

const PORTALS: &[EventKind] = &[
    EventKind::PROJECT_ADDED,
    EventKind::PROJECT_CHANGED,
    EventKind::PROJECT_DELETED,
    EventKind::PROJECT_RESTORED,
    EventKind::MILESTONE_ADDED,
    EventKind::MILESTONE_CHANGED,
    EventKind::MILESTONE_DELETED,
    EventKind::MILESTONE_RESTORED,
    EventKind::PORTAL_ADDED,
    EventKind::PORTAL_CHANGED,
    EventKind::PORTAL_DELETED,
    EventKind::PORTAL_RESTORED,
    EventKind::PORTAL_PURGED,
    EventKind::PORTAL_VIEWED,
    EventKind::PORTAL_DOWNLOADED,
];

const FILES: &[EventKind] = &[
    EventKind::ITEM_ADDED,
    EventKind::ITEM_CHANGED,
    EventKind::ITEM_DELETED,
    EventKind::ITEM_RESTORED,
    EventKind::ITEMS_PURGED,
    EventKind::ITEMS_ORDERED,
    EventKind::ITEM_DOWNLOADED,
    EventKind::ITEM_VERSION_ADDED,
    EventKind::ITEM_VERSION_PINNED,
    EventKind::ITEM_VERSION_UNPINNED,
    EventKind::ITEM_VERSION_DELETED,
    EventKind::ITEM_VERSION_RESTORED,
    EventKind::ITEM_VERSIONS_PURGED,
    EventKind::APPROVAL_ASKED,
    EventKind::APPROVAL_GIVEN,
    EventKind::APPROVAL_DECLINED,
    EventKind::APPROVAL_WITHDRAWN,
    EventKind::REQUEST_ADDED,
    EventKind::REQUEST_CHANGED,
    EventKind::REQUEST_FILLED,
    EventKind::REQUEST_ACCEPTED,
    EventKind::REQUEST_RETURNED,
    EventKind::REQUEST_REMINDED,
    EventKind::REQUEST_COMPLETED,
    EventKind::REQUEST_WITHDRAWN,
];

const MESSAGES: &[EventKind] =
    &[EventKind::MESSAGE_ADDED, EventKind::MESSAGE_EDITED, EventKind::MESSAGE_DELETED, EventKind::MESSAGE_READ];

const BILLING: &[EventKind] = &[
    EventKind::INVOICE_DRAFTED,
    EventKind::INVOICE_CHANGED,
    EventKind::INVOICE_DELETED,
    EventKind::INVOICE_RESTORED,
    EventKind::INVOICE_ISSUED,
    EventKind::INVOICE_SENT,
    EventKind::INVOICE_REVOKED,
    EventKind::INVOICE_DOWNLOADED,
    EventKind::INVOICE_CREDITED,
    EventKind::INVOICE_REMINDED,
    EventKind::PAYMENT_RECORDED,
    EventKind::PAYMENT_REMOVED,
    EventKind::PAYMENT_RESTORED,
    EventKind::PAYMENT_BEGUN,
    EventKind::PAYMENT_REPORTED,
    EventKind::PAYMENT_MISFIT,
    EventKind::PAYMENT_MISFIT_SETTLED,
    EventKind::PAYMENT_METHOD_SAVED,
    EventKind::PAYMENT_METHOD_REMOVED,
    EventKind::REFUND_ASKED,
    EventKind::REFUND_REPORTED,
    EventKind::REFUND_RECORDED,
    EventKind::QUOTE_DRAFTED,
    EventKind::QUOTE_CHANGED,
    EventKind::QUOTE_DELETED,
    EventKind::QUOTE_RESTORED,
    EventKind::QUOTE_ISSUED,
    EventKind::QUOTE_SENT,
    EventKind::QUOTE_REVOKED,
    EventKind::QUOTE_DOWNLOADED,
    EventKind::QUOTE_ACCEPTED,
    EventKind::QUOTE_DECLINED,
    EventKind::QUOTE_WITHDRAWN,
    EventKind::QUOTE_FOUNDED,
    EventKind::QUOTE_KEPT,
    EventKind::QUOTE_RELEASED,
    EventKind::SUBSCRIPTION_DRAFTED,
    EventKind::SUBSCRIPTION_CHANGED,
    EventKind::SUBSCRIPTION_DELETED,
    EventKind::SUBSCRIPTION_RESTORED,
    EventKind::SUBSCRIPTION_STARTED,
    EventKind::SUBSCRIPTION_ADDRESSED,
    EventKind::SUBSCRIPTION_REVOKED,
    EventKind::SUBSCRIPTION_INVOICED,
    EventKind::SUBSCRIPTION_PAUSED,
    EventKind::SUBSCRIPTION_RESUMED,
    EventKind::SUBSCRIPTION_CANCELLED,
];

const SETTINGS: &[EventKind] = &[
    EventKind::ORGANIZATION_FOUNDED,
    EventKind::ORGANIZATION_CHANGED,
    EventKind::ORPHANS_DELETED,
    EventKind::PAYMENTS_CHANGED,
    EventKind::BILLING_CHANGED,
    EventKind::BILLING_EXPORTED,
    EventKind::AUDIT_EXPORTED,
];
