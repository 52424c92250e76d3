//! The way of paying that a client leaves with the provider for their subscriptions.

use poem::{handler, http::StatusCode};
use portico_kernel::{Answer, Client, Error, OpenedCheckout, Partial, Result, SavingOrder};

use super::{client::billing_with, online::to_provider};
use crate::{provider, store, subscription::Subscription};

const BACK: &str = "/billing";

#[handler]
pub async fn save(client: Client, partial: Partial) -> Result<Answer> {
    let kernel = client.kernel().clone();
    let (id, keys, currency) = client
        .write(move |tx| {
            let keys = provider::keys(tx, &kernel)?.ok_or(Error::Conflict("billing-error-online-off"))?;
            let subscriptions = store::client::subscriptions(tx)?;
            let person = tx.person();
            let billed = |each: &&Subscription| each.sheet.document.client.0 == person;
            let subscription = subscriptions.iter().find(billed).ok_or(Error::NotFound)?;
            let currency = subscription.sheet.document.currency;
            Ok(store::begin_saving(tx, &keys)?.map(|id| (id, keys, currency)))
        })
        .await?;
    let order = SavingOrder {
        reference: id.to_string(),
        currency: currency.code().to_owned(),
        email: client.person().email.clone(),
        language: client.text().language,
        back: format!("{}{BACK}", client.organization().address),
    };
    match client.kernel().payments().open_saving(&keys, &order).await {
        Ok(OpenedCheckout { session, address }) => {
            client.write(move |tx| store::keep_saving_session(tx, id, &session)).await?;
            to_provider(&client, &client.text().say("billing-save-method"), &address)
        }
        Err(error) => {
            tracing::warn!(%error, "a way of paying could not be saved");
            let key = provider::problem_for_payer(&error);
            Ok(billing_with(&client, partial, 1, Some(key)).await?.status(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

#[handler]
pub async fn remove(client: Client, partial: Partial) -> Result<Answer> {
    client.write(store::remove_method).await?;
    Ok(Answer::go(partial, BACK))
}
