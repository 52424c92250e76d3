//! Payments by Stripe, behind the kernel's [`PaymentProvider`]. No rules of the product live here. Orders are
//! async-stripe's; answers are read leniently (`answers.rs`), since an account's events have the version of
//! Stripe's interface that the account has, and only few fields of them matter.

mod amounts;
mod answers;
mod events;
mod orders;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use miniserde::json::Value;
use portico_kernel::{
    BadEvent, ChargeOrder, CheckoutOrder, Instant, OpenedCheckout, PaymentProvider, ProviderAccount,
    ProviderError, ProviderEvent, ProviderKeys, ProviderResult, RefundOrder, ReportedPayment, ReportedRefund,
    SavedMethod, SavingOrder,
};
use stripe::{ApiErrorsType, Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError};
use stripe_checkout::checkout_session::{ExpireCheckoutSession, RetrieveCheckoutSession};
use stripe_client_core::{CustomizableStripeRequest, RequestBuilder, StripeMethod, StripeRequest};

/// Pages wait for nothing longer than five seconds (T32).
const TIMEOUT: Duration = Duration::from_secs(4);
/// Answers at most, of a hundred refunds each.
const PAGES: usize = 50;

pub struct Stripe {
    /// Elsewhere than at Stripe, for tests.
    address: Option<String>,
    /// By secret key. One reads the machine's certificates when it is made.
    clients: Mutex<HashMap<String, Client>>,
}

impl Stripe {
    pub fn new(address: Option<String>) -> Self {
        Self { address, clients: Mutex::default() }
    }

    fn client(&self, keys: &ProviderKeys) -> ProviderResult<Client> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&keys.secret) {
            return Ok(client.clone());
        }
        let mut builder = ClientBuilder::new(&keys.secret).timeout(TIMEOUT);
        if let Some(address) = &self.address {
            builder = builder.url(address);
        }
        let client = builder.build().map_err(|_| ProviderError::Key)?;
        clients.insert(keys.secret.clone(), client.clone());
        Ok(client)
    }

    async fn ask(&self, keys: &ProviderKeys, request: RequestBuilder) -> ProviderResult<Value> {
        send(&self.client(keys)?, request.customize()).await
    }

    /// Sent twice with the same reference, it is done once.
    async fn order(
        &self,
        keys: &ProviderKeys,
        reference: &str,
        request: RequestBuilder,
    ) -> ProviderResult<Value> {
        let key =
            IdempotencyKey::new(reference).map_err(|error| ProviderError::Refused(error.to_string()))?;
        let request = request.customize().request_strategy(RequestStrategy::Idempotent(key));
        send(&self.client(keys)?, request).await
    }
}

async fn send(client: &Client, request: CustomizableStripeRequest<Value>) -> ProviderResult<Value> {
    request.send(client).await.map_err(|error| match error {
        StripeError::Stripe(_, 401) => ProviderError::Key,
        // The same order is still under way, or was made in other words: nobody knows yet what comes of it.
        StripeError::Stripe(answer, status)
            if status < 500
                && !matches!(status, 409 | 429)
                && answer.type_ != ApiErrorsType::IdempotencyError =>
        {
            ProviderError::Refused(answer.message.unwrap_or_else(|| format!("status {status}")))
        }
        other => ProviderError::Unreachable(other.to_string()),
    })
}

fn unreadable<T>(found: Option<T>) -> ProviderResult<T> {
    found.ok_or(ProviderError::Unreadable)
}

impl PaymentProvider for Stripe {
    fn account<'a>(&'a self, keys: &'a ProviderKeys) -> BoxFuture<'a, ProviderResult<ProviderAccount>> {
        async move {
            let request = RequestBuilder::new(StripeMethod::Get, "/account");
            unreadable(answers::account(&self.ask(keys, request).await?))
        }
        .boxed()
    }

    fn open_checkout<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a CheckoutOrder,
    ) -> BoxFuture<'a, ProviderResult<OpenedCheckout>> {
        async move {
            let answer = self.order(keys, &order.reference, orders::checkout(order)?).await?;
            unreadable(answers::opened(&answer))
        }
        .boxed()
    }

    fn open_saving<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a SavingOrder,
    ) -> BoxFuture<'a, ProviderResult<OpenedCheckout>> {
        async move {
            let answer = self.order(keys, &order.reference, orders::saving(order)).await?;
            unreadable(answers::opened(&answer))
        }
        .boxed()
    }

    fn saved_method<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        session: &'a str,
    ) -> BoxFuture<'a, ProviderResult<Option<SavedMethod>>> {
        async move {
            let request = RetrieveCheckoutSession::new(session)
                .expand(vec!["setup_intent".to_owned(), "setup_intent.payment_method".to_owned()]);
            Ok(answers::saved_method(&self.ask(keys, request.build()).await?))
        }
        .boxed()
    }

    fn charge<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a ChargeOrder,
    ) -> BoxFuture<'a, ProviderResult<ReportedPayment>> {
        async move {
            let answer = self.order(keys, &order.reference, orders::charge(order)?).await?;
            unreadable(answers::payment(&answer, ""))
        }
        .boxed()
    }

    fn refund<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        order: &'a RefundOrder,
    ) -> BoxFuture<'a, ProviderResult<ReportedRefund>> {
        async move {
            let request = orders::refund(order)?;
            unreadable(answers::refund(&self.order(keys, &order.reference, request).await?))
        }
        .boxed()
    }

    fn payment<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        name: &'a str,
    ) -> BoxFuture<'a, ProviderResult<ReportedPayment>> {
        async move {
            let request = if name.starts_with("cs_") {
                RetrieveCheckoutSession::new(name).expand(vec!["payment_intent".to_owned()]).build()
            } else {
                RequestBuilder::new(StripeMethod::Get, format!("/payment_intents/{name}"))
            };
            unreadable(answers::payment(&self.ask(keys, request).await?, ""))
        }
        .boxed()
    }

    fn find_charge<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        reference: &'a str,
        ordered_at: Instant,
    ) -> BoxFuture<'a, ProviderResult<Option<ReportedPayment>>> {
        async move {
            let mut after: Option<String> = None;
            for _ in 0..PAGES {
                let request = orders::payments_of_a_day(ordered_at, after.as_deref());
                let page = unreadable(answers::payments(&self.ask(keys, request).await?))?;
                let is_it = |payment: &&ReportedPayment| payment.reference.as_deref() == Some(reference);
                if let Some(found) = page.payments.iter().find(is_it) {
                    return Ok(Some(found.clone()));
                }
                after = page.last;
                if !page.has_more || after.is_none() {
                    return Ok(None);
                }
            }
            Err(ProviderError::Unreachable("more payments in a day than are looked through".to_owned()))
        }
        .boxed()
    }

    fn refunds_since<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        since: Instant,
    ) -> BoxFuture<'a, ProviderResult<Vec<ReportedRefund>>> {
        async move {
            let mut found = Vec::new();
            let mut after: Option<String> = None;
            for _ in 0..PAGES {
                let request = orders::refunds(since, after.as_deref());
                let (refunds, has_more) = unreadable(answers::refunds(&self.ask(keys, request).await?))?;
                after = refunds.last().map(|refund| refund.refund.clone());
                found.extend(refunds);
                if !has_more || after.is_none() {
                    break;
                }
            }
            Ok(found)
        }
        .boxed()
    }

    fn close_checkout<'a>(
        &'a self,
        keys: &'a ProviderKeys,
        session: &'a str,
    ) -> BoxFuture<'a, ProviderResult<()>> {
        async move {
            match self.ask(keys, ExpireCheckoutSession::new(session).build()).await {
                Ok(_) | Err(ProviderError::Refused(_)) => Ok(()),
                Err(error) => Err(error),
            }
        }
        .boxed()
    }

    fn event(
        &self,
        keys: &ProviderKeys,
        signature: &str,
        body: &str,
        now: Instant,
    ) -> Result<ProviderEvent, BadEvent> {
        events::event(keys, signature, body, now)
    }
}
