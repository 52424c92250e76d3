//! The keys of Stripe that the installation was given. What an organization entered itself is looked at on its own page,
//! Settings, Online payments.

use portico_kernel::ProviderKeys;

use super::finding::Finding;

pub fn findings(keys: Option<&ProviderKeys>) -> Vec<Finding> {
    let Some(keys) = keys else {
        return vec![Finding::good("payments", "by the keys that organizations enter, if any")];
    };
    vec![secret(&keys.secret), webhook(&keys.webhook)]
}

fn secret(key: &str) -> Finding {
    let is_secret = ["sk_live_", "rk_live_", "sk_test_", "rk_test_"].iter().any(|kind| key.starts_with(kind));
    match (is_secret, key.contains("_test_")) {
        (true, false) => Finding::good("payments", "STRIPE_SECRET_KEY is there"),
        (true, true) => {
            let words = "STRIPE_SECRET_KEY is of Stripe's test mode: nobody is charged";
            Finding::doubtful("payments", words, "Put the live key in its place when clients are to pay.")
        }
        (false, _) => {
            let words = "STRIPE_SECRET_KEY does not look like a secret key";
            Finding::doubtful(
                "payments",
                words,
                "Copy the key that begins with sk_ or rk_ from Stripe's dashboard.",
            )
        }
    }
}

fn webhook(secret: &str) -> Finding {
    if secret.starts_with("whsec_") && secret.len() >= 20 {
        return Finding::good("webhook", "STRIPE_WEBHOOK_SECRET is there");
    }
    let words = "STRIPE_WEBHOOK_SECRET does not look like a signing secret";
    Finding::doubtful(
        "webhook",
        words,
        "Copy the one that begins with whsec_ from the webhook's page at Stripe.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::State;

    #[test]
    fn keys_in_each_others_place_are_noticed_and_never_repeated() {
        let keys = |secret: &str, webhook: &str| {
            let keys = ProviderKeys { secret: secret.into(), webhook: webhook.into(), account: None };
            let found = findings(Some(&keys));
            assert!(found.iter().all(|each| !each.to_string().contains(&secret[3..])), "{found:?}");
            [found[0].state, found[1].state]
        };
        let (live, signing) = ("sk_live_51abcdefghij", "whsec_abcdefghijklmnop");
        assert_eq!(keys(live, signing), [State::Good, State::Good]);
        assert_eq!(keys("rk_test_51abcdefghij", signing), [State::Doubtful, State::Good]);
        assert_eq!(keys(signing, live), [State::Doubtful, State::Doubtful]);
    }
}
