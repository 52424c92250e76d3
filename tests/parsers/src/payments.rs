//! What Stripe reports: with the right secret it is an event or no event, and without it nothing at all.

use portico_kernel::{BadEvent, Instant, PaymentProvider, ProviderEvent, ProviderKeys};
use portico_stripe::Stripe;
use stripe_webhook::Webhook;

const SECRET: &str = "whsec_test";
const NOW: i64 = 1_795_000_000;
/// Of which nothing but the signature is wrong.
const REPORT: &str = r#"{"id":"evt_1","type":"refund.created","livemode":false,"data":{"object":{"object":"refund",
    "id":"re_1","payment_intent":"pi_1","amount":5,"currency":"eur","status":"succeeded"}}}"#;

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(refused) = signed_by(SECRET, &text) {
        assert_eq!(refused, BadEvent::Unreadable);
    }
    assert_eq!(signed_by("whsec_another", &text).err(), Some(BadEvent::Signature));
    assert!(told(&text, REPORT).is_err(), "{text:?} proves itself");
}

fn signed_by(secret: &str, body: &str) -> Result<ProviderEvent, BadEvent> {
    told(&Webhook::generate_test_header(body, secret, Some(NOW)), body)
}

fn told(signature: &str, body: &str) -> Result<ProviderEvent, BadEvent> {
    let keys = ProviderKeys { webhook: SECRET.to_owned(), ..ProviderKeys::default() };
    Stripe::new(None).event(&keys, signature, body, Instant::from_micros(NOW * 1_000_000))
}
