//! Who moves money for an organization, behind a trait that `app/adapters/stripe` fulfils. Amounts are
//! counts of the currency's minor unit as ISO 4217 has it (P20), whatever the provider counts in.

use futures_util::future::BoxFuture;
use portico_ui::Language;
use serde::{Deserialize, Serialize};

use crate::{clock::Instant, error::Error};

/// Opens an organization's account at the provider. There is no `Debug`, so a log cannot show it (T15).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderKeys {
    pub secret: String,
    /// What the provider signs its events with.
    pub webhook: String,
    /// The provider's name of the account that they open, once it was asked.
    #[serde(skip)]
    pub account: Option<String>,
}

impl ProviderKeys {
    /// Real money, not the provider's play money.
    pub fn is_live(&self) -> bool {
        self.secret.contains("_live_")
    }

    /// Whether they go on with what was begun in this account and mode. An account that nobody knows is not
    /// taken for another one.
    pub fn open(&self, account: Option<&str>, is_live: bool) -> bool {
        let is_another = self.account.as_deref().zip(account).is_some_and(|(ours, theirs)| ours != theirs);
        self.is_live() == is_live && !is_another
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderAmount {
    pub minor: i64,
    /// Three capital letters.
    pub currency: String,
}

/// One payment that a person is sent to the provider's page for.
#[derive(Clone, Debug)]
pub struct CheckoutOrder {
    /// Ours. Asked for twice, it is the same checkout.
    pub reference: String,
    pub amount: ProviderAmount,
    /// What stands beside the amount.
    pub words: String,
    pub email: String,
    /// Where the provider sends the person back to, having paid or not.
    pub paid: String,
    pub left: String,
    pub expires_at: Instant,
}

/// Where a way of paying is kept for later payments.
#[derive(Clone, Debug)]
pub struct SavingOrder {
    pub reference: String,
    pub currency: String,
    pub email: String,
    pub language: Language,
    /// Where the provider sends the person back to, whatever they did.
    pub back: String,
}

/// A payment with a way of paying that was saved, without anybody present.
#[derive(Clone, Debug)]
pub struct ChargeOrder {
    pub reference: String,
    pub amount: ProviderAmount,
    pub words: String,
    pub method: SavedMethod,
}

#[derive(Clone, Debug)]
pub struct RefundOrder {
    pub reference: String,
    /// The provider's name of the payment.
    pub payment: String,
    pub amount: ProviderAmount,
}

/// A page of the provider that waits for a person.
#[derive(Clone, Debug)]
pub struct OpenedCheckout {
    /// The provider's name of it.
    pub session: String,
    pub address: String,
}

/// How far a payment is, in the order in which it gets there: what is reported later or twice never
/// takes it back (P25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaymentState {
    Open,
    Processing,
    Expired,
    Failed,
    Paid,
}

/// A payment as the provider tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedPayment {
    /// As it was ordered; `None` for what is not ours.
    pub reference: Option<String>,
    pub session: Option<String>,
    pub payment: Option<String>,
    pub amount: ProviderAmount,
    pub state: PaymentState,
    pub is_live: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefundState {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedRefund {
    pub refund: String,
    pub payment: String,
    pub amount: ProviderAmount,
    pub state: RefundState,
}

/// A way of paying that a person left with the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedMethod {
    pub customer: String,
    pub method: String,
    /// "Visa •••• 4242"
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    Payment(ReportedPayment),
    Refund(ReportedRefund),
    /// By the reference of its [`SavingOrder`].
    Saved {
        reference: String,
    },
    /// What we do not ask to be told.
    Other,
}

/// What the provider told us by itself, with a signature that is right.
#[derive(Clone, Debug)]
pub struct ProviderEvent {
    /// The same when it is told again.
    pub id: String,
    pub kind: String,
    /// Of another account than that of the keys.
    pub account: Option<String>,
    pub is_live: bool,
    pub about: Reported,
}

/// Whom the keys belong to.
#[derive(Clone, Debug)]
pub struct ProviderAccount {
    pub id: String,
    pub name: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error("no answer: {0}")]
    Unreachable(String),
    #[error("the key is not known there")]
    Key,
    /// An answer that cannot be read.
    #[error("an answer that cannot be read")]
    Unreadable,
    /// It answered, and would not; in its own words.
    #[error("refused: {0}")]
    Refused(String),
    /// An amount that it cannot take, such as a thousandth of a dinar.
    #[error("an amount that it cannot take")]
    Amount,
}

impl From<ProviderError> for Error {
    fn from(error: ProviderError) -> Self {
        Error::Unavailable(error.into())
    }
}

impl Error {
    /// What the provider of payments said, if it is that which failed.
    pub fn provider(&self) -> Option<&ProviderError> {
        match self {
            Error::Unavailable(reason) => reason.downcast_ref(),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    #[error("the signature is wrong")]
    Signature,
    #[error("the signature is too old")]
    Age,
    #[error("it cannot be read")]
    Unreadable,
}

pub type ProviderResult<T> = std::result::Result<T, ProviderError>;

pub trait PaymentProvider: Send + Sync {
    fn account<'a>(&'a self, keys: &'a ProviderKeys) -> BoxFuture<'a, ProviderResult<ProviderAccount>>;

    fn open_checkout<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a CheckoutOrder,
    ) -> BoxFuture<'a, ProviderResult<OpenedCheckout>>;

    fn open_saving<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a SavingOrder,
    ) -> BoxFuture<'a, ProviderResult<OpenedCheckout>>;

    /// `Ok(None)` while nobody has left anything there.
    fn saved_method<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        session: &'a str,
    ) -> BoxFuture<'a, ProviderResult<Option<SavedMethod>>>;

    fn charge<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a ChargeOrder,
    ) -> BoxFuture<'a, ProviderResult<ReportedPayment>>;

    fn refund<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a RefundOrder,
    ) -> BoxFuture<'a, ProviderResult<ReportedRefund>>;

    /// Read back: by the name of the page, or else by that of the payment.
    fn payment<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        name: &'a str,
    ) -> BoxFuture<'a, ProviderResult<ReportedPayment>>;

    /// One that was charged, by our reference, where not even its name is known. `Ok(None)` when there is none of
    /// that reference in the hours after `ordered_at`.
    fn find_charge<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        reference: &'a str,
        ordered_at: Instant,
    ) -> BoxFuture<'a, ProviderResult<Option<ReportedPayment>>>;

    /// All that were made since then, the latest first.
    fn refunds_since<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        since: Instant,
    ) -> BoxFuture<'a, ProviderResult<Vec<ReportedRefund>>>;

    /// Takes the page away, so that nobody pays there any more. One that was paid or is gone stays so.
    fn close_checkout<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        session: &'a str,
    ) -> BoxFuture<'a, ProviderResult<()>>;

    /// T14: HMAC over the body as it came, five minutes' window around `now`.
    ///
    /// # Errors
    /// What is wrong with it.
    fn event(
        &self,
        keys: &ProviderKeys,
        signature: &str,
        body: &str,
        now: Instant,
    ) -> std::result::Result<ProviderEvent, BadEvent>;
}
