//! What is asked of Stripe. Only checkouts are the library's own: its crate of payments and refunds takes as long to
//! compile as the rest of this one's dependencies but one.

use std::collections::HashMap;

use portico_kernel::{ChargeOrder, CheckoutOrder, Instant, ProviderResult, RefundOrder, SavingOrder};
use portico_ui::Language;
use serde::Serialize;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAdaptivePricing, CreateCheckoutSessionCustomerCreation,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData, ProductData,
};
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_shared::{CheckoutSessionLocale, CheckoutSessionMode};
use stripe_types::Currency;

use crate::amounts::to_stripe;

/// Under which our reference stands in Stripe's metadata.
pub const REFERENCE: &str = "portico";
/// The same on a payment that belongs to a checkout, where a card that was declined is not the end.
pub const CHECKOUT_REFERENCE: &str = "portico_checkout";

/// Cards, bank debits and whatever else the account offers: none is named, so Stripe chooses.
pub fn checkout(order: &CheckoutOrder) -> ProviderResult<RequestBuilder> {
    let mut product = ProductData::new(&order.words);
    product.metadata = Some(metadata(REFERENCE, &order.reference));
    let mut price = CreateCheckoutSessionLineItemsPriceData::new(currency(&order.amount.currency));
    price.product_data = Some(product);
    price.unit_amount = Some(to_stripe(&order.amount)?);
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(1);
    let mut payment = CreateCheckoutSessionPaymentIntentData::new();
    payment.description = Some(order.words.clone());
    payment.metadata = Some(metadata(CHECKOUT_REFERENCE, &order.reference));
    // What was invoiced is what is paid, in the invoice's currency.
    let mut pricing = CreateCheckoutSessionAdaptivePricing::new();
    pricing.enabled = Some(false);
    Ok(CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .client_reference_id(&order.reference)
        .metadata(metadata(REFERENCE, &order.reference))
        .line_items(vec![line])
        .payment_intent_data(payment)
        .adaptive_pricing(pricing)
        .customer_email(&order.email)
        .locale(CheckoutSessionLocale::Auto)
        .success_url(&order.paid)
        .cancel_url(&order.left)
        .expires_at(seconds(order.expires_at))
        .build())
}

pub fn saving(order: &SavingOrder) -> RequestBuilder {
    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Setup)
        .currency(currency(&order.currency))
        .customer_creation(CreateCheckoutSessionCustomerCreation::Always)
        .customer_email(&order.email)
        .client_reference_id(&order.reference)
        .metadata(metadata(REFERENCE, &order.reference))
        .locale(locale(order.language))
        .success_url(&order.back)
        .cancel_url(&order.back)
        .build()
}

/// <https://docs.stripe.com/api/payment_intents/create>
#[derive(Serialize)]
struct Charge<'a> {
    amount: i64,
    currency: String,
    customer: &'a str,
    payment_method: &'a str,
    off_session: bool,
    confirm: bool,
    description: &'a str,
    metadata: HashMap<String, String>,
}

pub fn charge(order: &ChargeOrder) -> ProviderResult<RequestBuilder> {
    let charge = Charge {
        amount: to_stripe(&order.amount)?,
        currency: order.amount.currency.to_ascii_lowercase(),
        customer: &order.method.customer,
        payment_method: &order.method.method,
        off_session: true,
        confirm: true,
        description: &order.words,
        metadata: metadata(REFERENCE, &order.reference),
    };
    Ok(RequestBuilder::new(StripeMethod::Post, "/payment_intents").form(&charge))
}

/// <https://docs.stripe.com/api/refunds/create>
#[derive(Serialize)]
struct Refund<'a> {
    payment_intent: &'a str,
    amount: i64,
}

pub fn refund(order: &RefundOrder) -> ProviderResult<RequestBuilder> {
    let refund = Refund { payment_intent: &order.payment, amount: to_stripe(&order.amount)? };
    Ok(RequestBuilder::new(StripeMethod::Post, "/refunds").form(&refund))
}

/// <https://docs.stripe.com/api/refunds/list>, <https://docs.stripe.com/api/payment_intents/list>
#[derive(Serialize)]
struct Listed<'a> {
    created: Created,
    limit: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_after: Option<&'a str>,
}

#[derive(Serialize)]
struct Created {
    gte: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lte: Option<i64>,
}

fn listed(created: Created, starting_after: Option<&str>) -> Listed<'_> {
    Listed { created, limit: 100, starting_after }
}

pub fn refunds(since: Instant, after: Option<&str>) -> RequestBuilder {
    let created = Created { gte: seconds(since), lte: None };
    RequestBuilder::new(StripeMethod::Get, "/refunds").query(&listed(created, after))
}

/// With an hour before it, for clocks that differ.
pub fn payments_of_a_day(since: Instant, after: Option<&str>) -> RequestBuilder {
    let created =
        Created { gte: seconds(since.plus_seconds(-3_600)), lte: Some(seconds(since.plus_days(1))) };
    RequestBuilder::new(StripeMethod::Get, "/payment_intents").query(&listed(created, after))
}

fn seconds(moment: Instant) -> i64 {
    moment.micros() / 1_000_000
}

fn metadata(key: &str, reference: &str) -> HashMap<String, String> {
    HashMap::from([(key.to_owned(), reference.to_owned())])
}

/// One that the library does not know goes to Stripe as it is.
fn currency(code: &str) -> Currency {
    let Ok(currency) = code.to_ascii_lowercase().parse();
    currency
}

fn locale(language: Language) -> CheckoutSessionLocale {
    match language {
        Language::English => CheckoutSessionLocale::En,
        Language::French => CheckoutSessionLocale::Fr,
    }
}
