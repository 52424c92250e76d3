//! What Stripe says, of which only some fields matter.

use miniserde::json::{Number, Object, Value};
use portico_kernel::{
    OpenedCheckout, PaymentState, ProviderAccount, ProviderAmount, RefundState, ReportedPayment,
    ReportedRefund, SavedMethod,
};

use crate::{
    amounts::from_stripe,
    orders::{CHECKOUT_REFERENCE, REFERENCE},
};

pub fn account(answer: &Value) -> Option<ProviderAccount> {
    let account = object(answer)?;
    let profile = account.get("business_profile").and_then(object);
    let name = profile.and_then(|profile| text(profile, "name")).or_else(|| text(account, "email"));
    Some(ProviderAccount { id: text(account, "id")?, name: name.unwrap_or_default() })
}

pub fn opened(answer: &Value) -> Option<OpenedCheckout> {
    let session = object(answer)?;
    Some(OpenedCheckout { session: text(session, "id")?, address: text(session, "url")? })
}

/// A checkout or a payment; `kind` is that of the event that brought it.
pub fn payment(answer: &Value, kind: &str) -> Option<ReportedPayment> {
    let payment = object(answer)?;
    match text(payment, "object")?.as_str() {
        "checkout.session" => session(payment, kind),
        "payment_intent" => intent(payment),
        _ => None,
    }
}

fn session(session: &Object, kind: &str) -> Option<ReportedPayment> {
    let intent = session.get("payment_intent");
    let payment = match intent {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Object(intent)) => text(intent, "id"),
        _ => None,
    };
    let intent_status = intent.and_then(object).and_then(|intent| text(intent, "status"));
    let is_over = matches!(intent_status.as_deref(), Some("requires_payment_method" | "canceled"));
    let state = match (text(session, "status").as_deref(), text(session, "payment_status")?.as_str()) {
        (_, "paid") => PaymentState::Paid,
        (Some("expired"), _) => PaymentState::Expired,
        (Some("open"), _) => PaymentState::Open,
        _ if kind == "checkout.session.async_payment_failed" || is_over => PaymentState::Failed,
        _ => PaymentState::Processing,
    };
    Some(ReportedPayment {
        reference: text(session, "client_reference_id").or_else(|| metadata(session, REFERENCE)),
        session: text(session, "id"),
        payment,
        amount: amount(session, "amount_total")?,
        state,
        is_live: flag(session, "livemode"),
    })
}

fn intent(intent: &Object) -> Option<ReportedPayment> {
    let (own, of_checkout) = (metadata(intent, REFERENCE), metadata(intent, CHECKOUT_REFERENCE));
    let (state, counted) = match text(intent, "status")?.as_str() {
        "succeeded" => (PaymentState::Paid, "amount_received"),
        "processing" => (PaymentState::Processing, "amount"),
        "requires_payment_method" | "requires_action" | "canceled" if own.is_some() => {
            (PaymentState::Failed, "amount")
        }
        _ => (PaymentState::Open, "amount"),
    };
    Some(ReportedPayment {
        reference: own.or(of_checkout),
        session: None,
        payment: text(intent, "id"),
        amount: amount(intent, counted)?,
        state,
        is_live: flag(intent, "livemode"),
    })
}

pub fn refund(answer: &Value) -> Option<ReportedRefund> {
    let refund = object(answer)?;
    if text(refund, "object")? != "refund" {
        return None;
    }
    let payment = match refund.get("payment_intent")? {
        Value::String(id) => id.clone(),
        other => text(object(other)?, "id")?,
    };
    let state = match text(refund, "status").as_deref() {
        Some("succeeded") => RefundState::Succeeded,
        Some("failed" | "canceled") => RefundState::Failed,
        _ => RefundState::Pending,
    };
    Some(ReportedRefund { refund: text(refund, "id")?, payment, amount: amount(refund, "amount")?, state })
}

/// One answer of a list.
pub struct PaymentsPage {
    pub payments: Vec<ReportedPayment>,
    /// The name of the last on it, ours or not.
    pub last: Option<String>,
    pub has_more: bool,
}

pub fn payments(answer: &Value) -> Option<PaymentsPage> {
    let list = object(answer)?;
    let Value::Array(data) = list.get("data")? else { return None };
    Some(PaymentsPage {
        payments: data.iter().filter_map(object).filter_map(intent).collect(),
        last: data.last().and_then(object).and_then(|last| text(last, "id")),
        has_more: flag(list, "has_more"),
    })
}

/// One page of them, and whether more follow. Those of payments that are no payment intents are not ours.
pub fn refunds(answer: &Value) -> Option<(Vec<ReportedRefund>, bool)> {
    let list = object(answer)?;
    let Value::Array(data) = list.get("data")? else { return None };
    Some((data.iter().filter_map(refund).collect(), flag(list, "has_more")))
}

pub fn saved_method(answer: &Value) -> Option<SavedMethod> {
    let session = object(answer)?;
    let method = object(object(session.get("setup_intent")?)?.get("payment_method")?)?;
    Some(SavedMethod {
        customer: text(session, "customer")?,
        method: text(method, "id")?,
        words: method_words(method),
    })
}

/// "Visa •••• 4242"
fn method_words(method: &Object) -> String {
    let kind = text(method, "type").unwrap_or_default();
    let details = method.get(&kind).and_then(object);
    let detail = |name| details.and_then(|details| text(details, name));
    let name = detail("brand").or_else(|| detail("bank_name")).unwrap_or_else(|| kind.replace('_', " "));
    let mut letters = name.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    match detail("last4") {
        Some(last) => format!("{name} •••• {last}"),
        None => name,
    }
}

/// Our reference, of a page on which a way of paying was saved.
pub fn saving(answer: &Value) -> Option<String> {
    let session = object(answer)?;
    (text(session, "object")? == "checkout.session" && text(session, "mode")? == "setup").then_some(())?;
    text(session, "client_reference_id")
}

pub fn object(value: &Value) -> Option<&Object> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

pub fn text(object: &Object, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

pub fn flag(object: &Object, name: &str) -> bool {
    matches!(object.get(name), Some(Value::Bool(true)))
}

fn metadata(of: &Object, key: &str) -> Option<String> {
    text(object(of.get("metadata")?)?, key)
}

fn amount(object: &Object, name: &str) -> Option<ProviderAmount> {
    let Value::Number(number) = object.get(name)? else { return None };
    let units = match number {
        Number::U64(units) => i64::try_from(*units).ok()?,
        Number::I64(units) => *units,
        Number::F64(_) => return None,
    };
    from_stripe(units, &text(object, "currency")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Value {
        miniserde::json::from_str(text).expect("JSON")
    }

    fn state_of(fields: &str, kind: &str) -> Option<PaymentState> {
        let json = format!(
            r#"{{"object":"checkout.session","id":"cs_1","client_reference_id":"r","amount_total":500,
                "currency":"jpy","livemode":false,{fields}}}"#
        );
        payment(&read(&json), kind).map(|payment| payment.state)
    }

    #[test]
    fn p25_a_checkout_is_paid_when_stripe_says_so_and_unpaid_is_processing() {
        let completed = "checkout.session.completed";
        for (fields, kind, state) in [
            (r#""status":"open","payment_status":"unpaid""#, "", PaymentState::Open),
            (r#""status":"complete","payment_status":"unpaid""#, completed, PaymentState::Processing),
            (r#""status":"complete","payment_status":"paid""#, completed, PaymentState::Paid),
            (
                r#""status":"expired","payment_status":"unpaid""#,
                "checkout.session.expired",
                PaymentState::Expired,
            ),
            (
                r#""status":"complete","payment_status":"unpaid""#,
                "checkout.session.async_payment_failed",
                PaymentState::Failed,
            ),
            // Read back, a debit that failed is told by its payment alone.
            (
                r#""status":"complete","payment_status":"unpaid",
                   "payment_intent":{"id":"pi_1","status":"requires_payment_method"}"#,
                "",
                PaymentState::Failed,
            ),
        ] {
            assert_eq!(state_of(fields, kind), Some(state), "{fields}");
        }
        assert_eq!(state_of(r#""status":"complete""#, completed), None);
    }

    #[test]
    fn a_declined_card_ends_a_charge_and_not_a_checkout() {
        let intent = |key: &str, status: &str| {
            payment(
                &read(&format!(
                    r#"{{"object":"payment_intent","id":"pi_1","amount":900,"amount_received":900,"currency":"eur",
                        "status":"{status}","metadata":{{"{key}":"r"}}}}"#
                )),
                "payment_intent.payment_failed",
            )
            .map(|payment| payment.state)
        };
        assert_eq!(intent(REFERENCE, "requires_payment_method"), Some(PaymentState::Failed));
        assert_eq!(intent(CHECKOUT_REFERENCE, "requires_payment_method"), Some(PaymentState::Open));
        assert_eq!(intent(CHECKOUT_REFERENCE, "succeeded"), Some(PaymentState::Paid));
    }

    #[test]
    fn a_saved_card_is_called_by_its_brand_and_last_digits() {
        let answer = read(
            r#"{"object":"checkout.session","id":"cs_1","customer":"cus_1","setup_intent":{"payment_method":
                {"id":"pm_1","type":"card","card":{"brand":"visa","last4":"4242"}}}}"#,
        );
        let method = saved_method(&answer).expect("a method");
        assert_eq!((method.method.as_str(), method.words.as_str()), ("pm_1", "Visa •••• 4242"));
        assert_eq!(saved_method(&read(r#"{"id":"cs_1","setup_intent":"seti_1"}"#)), None);
    }
}
