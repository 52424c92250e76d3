//! Outgoing mail: the server that takes it, and what receivers look up about whoever sends it.

use std::net::{IpAddr, SocketAddr};

use portico_adapters::dns::{self, Answer};
use portico_kernel::{Outbox, PublicUrl};

use super::{caused, finding::Finding};
use crate::environment::Environment;

const UNASKED: &str = "Ask again from a machine with a network.";

pub async fn findings(environment: &Environment, outbox: &dyn Outbox) -> Vec<Finding> {
    if !environment.has_mail_server() {
        let words = "lies in a folder, and nobody outside gets any";
        return vec![Finding::doubtful("mail", words, "Set SMTP_URL to the address of a mail server.")];
    }
    let server = match outbox.check().await {
        Ok(()) => Finding::good("mail", "the mail server answers"),
        Err(error) => {
            let advice = "Correct SMTP_URL, or ask whoever runs the mail server.";
            Finding::broken("mail", caused(error), advice)
        }
    };
    let mut findings = vec![server];
    let sender = environment.configuration(environment.listen).map(|configuration| configuration.public_url);
    if let Some(domain) = sender.ok().as_ref().and_then(domain_of) {
        findings.extend(of_domain(domain).await);
    }
    findings
}

/// `None` where nobody outside knows the name.
fn domain_of(address: &PublicUrl) -> Option<&str> {
    let name = address.host_name();
    let is_local = name == "localhost" || name.ends_with(".localhost") || !name.contains('.');
    (!is_local && name.parse::<IpAddr>().is_err()).then_some(name)
}

async fn of_domain(domain: &str) -> Vec<Finding> {
    let Some(resolver) = dns::resolver() else {
        return vec![Finding::unknown("sender", "this machine knows no resolver", UNASKED)];
    };
    vec![
        match dns::texts(resolver, domain).await {
            Ok(answer) => spf(domain, &answer),
            Err(error) => unasked("spf", &error),
        },
        match dns::texts(resolver, &format!("_domainkey.{domain}")).await {
            Ok(answer) => dkim(domain, &answer),
            Err(error) => unasked("dkim", &error),
        },
        match policy(resolver, domain).await {
            Ok(is_there) => dmarc(domain, is_there),
            Err(error) => unasked("dmarc", &error),
        },
    ]
}

fn unasked(check: &'static str, error: &anyhow::Error) -> Finding {
    Finding::unknown(check, format!("could not ask: {error:#}"), UNASKED)
}

fn beginning<'a>(answer: &'a Answer, mark: &'a str) -> impl Iterator<Item = &'a String> {
    let texts: &[String] = match answer {
        Answer::Texts(texts) => &texts[..],
        Answer::NoSuchName => &[],
    };
    texts.iter().filter(move |text| text.starts_with(mark))
}

/// RFC 7208: one record, since two are an error to receivers.
fn spf(domain: &str, answer: &Answer) -> Finding {
    match beginning(answer, "v=spf1").count() {
        0 => {
            let advice =
                "Publish a TXT record \"v=spf1 … -all\" that names the servers which send your mail.";
            Finding::doubtful("spf", format!("{domain} does not say who may send its mail"), advice)
        }
        1 => Finding::good("spf", format!("{domain} says who may send its mail")),
        many => {
            let words = format!("{domain} has {many} records, and receivers take none of them");
            Finding::doubtful("spf", words, "Join them to one TXT record.")
        }
    }
}

/// RFC 6376. Under which name the mail server's key lies only the mail server knows; whether there is any, this tells.
fn dkim(domain: &str, answer: &Answer) -> Finding {
    match answer {
        Answer::Texts(_) => Finding::good("dkim", format!("{domain} has a place for keys")),
        Answer::NoSuchName => {
            let advice = "Let the mail server sign, and publish its key below _domainkey of this domain.";
            Finding::doubtful("dkim", format!("{domain} has no key for signatures"), advice)
        }
    }
}

/// RFC 7489: of the domain itself, or of one above it.
async fn policy(resolver: SocketAddr, domain: &str) -> anyhow::Result<bool> {
    for above in and_above(domain) {
        let answer = dns::texts(resolver, &format!("_dmarc.{above}")).await?;
        if beginning(&answer, "v=DMARC1").next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// As far as names with two labels.
fn and_above(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |below| {
        let (_, above) = below.split_once('.')?;
        above.contains('.').then_some(above)
    })
}

fn dmarc(domain: &str, is_there: bool) -> Finding {
    match is_there {
        true => Finding::good("dmarc", format!("{domain} says what becomes of forged mail")),
        false => {
            let advice = "Publish a TXT record \"v=DMARC1; p=none; rua=mailto:…\" at _dmarc of this domain.";
            Finding::doubtful("dmarc", format!("{domain} does not say what becomes of forged mail"), advice)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::finding::State;

    fn texts(texts: &[&str]) -> Answer {
        Answer::Texts(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn what_receivers_would_miss_is_told() {
        for (answer, state) in [
            (texts(&["v=spf1 mx -all", "google-site-verification=1"]), State::Good),
            (texts(&["v=spf1 mx -all", "v=spf1 -all"]), State::Doubtful),
            (texts(&["spf1"]), State::Doubtful),
            (Answer::NoSuchName, State::Doubtful),
        ] {
            assert_eq!(spf("studio.test", &answer).state, state, "{answer:?}");
        }
        assert_eq!(dkim("studio.test", &texts(&[])).state, State::Good);
        assert_eq!(dkim("studio.test", &Answer::NoSuchName).state, State::Doubtful);
        assert_eq!(dmarc("studio.test", true).state, State::Good);
        assert_eq!(dmarc("studio.test", false).state, State::Doubtful);
    }

    #[test]
    fn a_policy_is_looked_for_up_to_names_of_two_labels() {
        let all: Vec<_> = and_above("portal.studio.example.org").collect();
        assert_eq!(all, ["portal.studio.example.org", "studio.example.org", "example.org"]);
        assert_eq!(and_above("example.org").collect::<Vec<_>>(), ["example.org"]);
    }

    #[test]
    fn names_of_this_machine_have_no_records() {
        for (url, domain) in [
            ("https://portal.example.org:8443", Some("portal.example.org")),
            ("http://localhost:8080", None),
            ("http://studio.localhost", None),
            ("http://127.0.0.1:8080", None),
        ] {
            assert_eq!(domain_of(&PublicUrl::parse(url).unwrap()), domain, "{url}");
        }
    }
}
