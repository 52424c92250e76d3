//! What Stripe tells us by itself.

use miniserde::json::Value;
use portico_kernel::{BadEvent, Instant, ProviderEvent, ProviderKeys, Reported};
use stripe_webhook::{Webhook, WebhookError};

use crate::answers::{self, flag, object, text};

/// The library reads an event after its signature and age were found right, and wants every field of its own
/// version of Stripe's interface in it. An account may have another version, so what is believed is read anew.
pub fn event(
    keys: &ProviderKeys,
    signature: &str,
    body: &str,
    now: Instant,
) -> Result<ProviderEvent, BadEvent> {
    if keys.webhook.is_empty() {
        return Err(BadEvent::Signature);
    }
    let seconds = now.micros() / 1_000_000;
    match Webhook::construct_event_with_timestamp(body, signature, &keys.webhook, seconds) {
        Ok(_) | Err(WebhookError::BadParse(_)) => {}
        Err(WebhookError::BadTimestamp(_)) => return Err(BadEvent::Age),
        Err(_) => return Err(BadEvent::Signature),
    }
    read(body).ok_or(BadEvent::Unreadable)
}

fn read(body: &str) -> Option<ProviderEvent> {
    let event: Value = miniserde::json::from_str(body).ok()?;
    let event = object(&event)?;
    let kind = text(event, "type")?;
    let about = reported(object(event.get("data")?)?.get("object")?, &kind);
    let (id, account, is_live) = (text(event, "id")?, text(event, "account"), flag(event, "livemode"));
    Some(ProviderEvent { id, kind, account, is_live, about })
}

fn reported(object: &Value, kind: &str) -> Reported {
    if let Some(reference) = answers::saving(object) {
        return Reported::Saved { reference };
    }
    if let Some(refund) = answers::refund(object) {
        return Reported::Refund(refund);
    }
    answers::payment(object, kind).map_or(Reported::Other, Reported::Payment)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_test";
    const NOW: i64 = 1_795_000_000;

    fn told(body: &str, secret: &str, at: i64) -> Result<ProviderEvent, BadEvent> {
        let keys = ProviderKeys { webhook: SECRET.to_owned(), ..ProviderKeys::default() };
        let signature = Webhook::generate_test_header(body, secret, Some(at));
        event(&keys, &signature, body, Instant::from_micros(NOW * 1_000_000))
    }

    fn body(kind: &str, object: &str) -> String {
        format!(
            r#"{{"id":"evt_1","object":"event","type":"{kind}","created":1,"livemode":false,"pending_webhooks":1,
                "request":null,"data":{{"object":{object}}}}}"#
        )
    }

    #[test]
    fn t14_only_a_right_and_recent_signature_is_believed() {
        let body = body(
            "refund.created",
            r#"{"object":"refund","id":"re_1","payment_intent":"pi_1","amount":5,
            "currency":"eur","status":"succeeded"}"#,
        );
        assert!(told(&body, SECRET, NOW).is_ok_and(|event| matches!(event.about, Reported::Refund(_))));
        assert!(told(&body, SECRET, NOW - 300).is_ok());
        assert_eq!(told(&body, SECRET, NOW - 301).err(), Some(BadEvent::Age));
        assert_eq!(told(&body, SECRET, NOW + 301).err(), Some(BadEvent::Age));
        assert_eq!(told(&body, "whsec_other", NOW).err(), Some(BadEvent::Signature));
        let open = ProviderKeys::default();
        let signature = Webhook::generate_test_header(&body, "", Some(NOW));
        let now = Instant::from_micros(NOW * 1_000_000);
        assert_eq!(event(&open, &signature, &body, now).err(), Some(BadEvent::Signature));
        for wrong in ["", "t=1", "v1=00", "t=x,v1=00", "t=1795000000,v1=zz"] {
            assert_eq!(event(&open, wrong, &body, now).err(), Some(BadEvent::Signature), "{wrong}");
        }
    }

    #[test]
    fn what_we_did_not_ask_for_is_taken_and_left() {
        let known = told(&body("customer.created", r#"{"object":"customer","id":"cus_1"}"#), SECRET, NOW);
        assert!(known.is_ok_and(|event| event.about == Reported::Other));
        let unknown = told(&body("something.new", r#"{"object":"thing"}"#), SECRET, NOW);
        assert!(unknown.is_ok_and(|event| event.about == Reported::Other));
        assert_eq!(told("{}", SECRET, NOW).err(), Some(BadEvent::Unreadable));
    }
}
