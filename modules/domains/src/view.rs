//! Settings: the name in the address, and a domain of one's own.

use maud::{Markup, html};
use portico_kernel::{CertificateStanding, DomainUse, Instant, Problems, PublicUrl, problem};
use portico_ui::{
    Frame, PlainMessage, Text,
    components::{
        Button, Choice, Column, Field, Form, NoticeKind, PageHeader, breadcrumb, button_form, form_actions,
        notice, page_header, section, table,
    },
    plain_message_page,
};

use crate::{claim::Claim, store::Standing};

pub const HERE: &str = "/staff/settings/address";

/// What was typed, where it could not be taken.
#[derive(Default)]
pub struct Typed<'a> {
    pub slug: Option<&'a str>,
    pub current: &'a str,
    pub domain: Option<&'a str>,
}

pub struct Shown<'a> {
    pub standing: &'a Standing,
    /// Of the domain, where Portico orders certificates.
    pub certificate: Option<&'a CertificateStanding>,
    pub orders_certificates: bool,
    pub now: Instant,
    pub typed: &'a Typed<'a>,
    pub problems: &'a Problems,
    pub public_url: &'a PublicUrl,
    pub zone: &'a str,
}

pub fn page(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("domains-title"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("domains-all-settings"))])),
            ..PageHeader::default()
        }))
        (section(&text.say("domains-slug"), html! {}, slug_form(frame, shown)))
        (section(&text.say("domains-domain"), html! {}, domain(frame, shown)))
    }
}

fn slug_form(frame: &Frame, shown: &Shown) -> Markup {
    let (text, standing) = (frame.text, shown.standing);
    let address = shown.public_url.of_slug(&standing.slug);
    let error = |field: &str| problem(frame, shown.problems, field);
    html! {
        div.stack {
            p { (text.say("domains-slug-now")) " " code.domains-name { (address) } }
            p { (text.say("domains-slug-about")) }
            ul.domains-follows {
                li { (text.say("domains-slug-links")) }
                li { (text.say("domains-slug-sessions")) }
                li { (text.say("domains-slug-machines")) }
            }
            (Form::post(&frame.form_token, HERE).body(html! {
                (Field::text("slug", text.say("domains-field-slug")).required().autocomplete("off").max_length(40)
                    .value(shown.typed.slug.unwrap_or(&standing.slug)).error(error("slug")))
                (Field::text("current", text.say_with("domains-field-current", &[("slug", standing.slug.as_str().into())]))
                    .required().autocomplete("off").value(shown.typed.current).error(error("current")))
                (form_actions(html! { (Button::primary(text.say("domains-change"))) }))
            }))
        }
    }
}

fn domain(frame: &Frame, shown: &Shown) -> Markup {
    let (text, standing) = (frame.text, shown.standing);
    html! {
        div.stack {
            @if let Some(domain) = &standing.domain {
                (verified(frame, shown, domain, standing.claim.as_ref()))
            } @else {
                p { (text.say("domains-domain-about")) }
                (domain_form(frame, shown))
                @if let Some(claim) = &standing.claim { (unverified(frame, shown, claim)) }
            }
        }
    }
}

fn domain_form(frame: &Frame, shown: &Shown) -> Markup {
    let text = frame.text;
    let claimed = shown.standing.claim.as_ref().map_or("", |claim| claim.domain.as_str());
    html! {
        (Form::post(&frame.form_token, &format!("{HERE}/domain")).row().body(html! {
            (Field::text("domain", text.say("domains-field-domain")).required().autocomplete("off").input_mode("url")
                .placeholder("portal.example.com").value(shown.typed.domain.unwrap_or(claimed))
                .error(problem(frame, shown.problems, "domain")))
            (form_actions(html! { (Button::secondary(text.say("domains-save"))) }))
        }))
    }
}

fn unverified(frame: &Frame, shown: &Shown, claim: &Claim) -> Markup {
    html! {
        (standing_of(frame, shown, claim))
        (what_dns_must_say(frame, shown, claim))
        @if shown.public_url.faces_the_internet() {
            (what_port_80_must_do(frame, shown, claim))
        } @else {
            (what_the_proxy_must_do(frame, shown, claim))
        }
        (actions(frame))
    }
}

/// What came of the last check.
fn standing_of(frame: &Frame, shown: &Shown, claim: &Claim) -> Markup {
    let text = frame.text;
    let Some(checked_at) = claim.checked_at else {
        return notice(NoticeKind::Information, &text.say("domains-unchecked"));
    };
    let at = text.moment(checked_at.in_zone(shown.zone));
    match claim.failure() {
        Some(failure) => {
            let values = [("domain", claim.domain.as_str().into()), ("moment", at.into())];
            let words = [text.say_with("domains-not-here", &values), text.say(failure.key()).into_owned()];
            notice(NoticeKind::Warning, &words.join(" "))
        }
        None => notice(NoticeKind::Information, &text.say_with("domains-checked", &[("moment", at.into())])),
    }
}

fn what_dns_must_say(frame: &Frame, shown: &Shown, claim: &Claim) -> Markup {
    let text = frame.text;
    let labels =
        ["name", "kind", "leads-to"].map(|label| text.say(&format!("domains-dns-{label}")).into_owned());
    let [name, kind, leads_to] = &labels;
    let columns = [Column::words(name), Column::words(kind), Column::words(leads_to)];
    let target = shown.public_url.host_of_slug(&shown.standing.slug);
    let row = |kind: &str, target: Markup| {
        vec![html! { code.domains-name { (claim.domain) } }, html! { code { (kind) } }, target]
    };
    let host = shown.public_url.host_name();
    let rows = [
        row("CNAME", html! { code.domains-name { (target) } }),
        row("A, AAAA", html! { (text.say_with("domains-dns-addresses", &[("host", host.into())])) }),
        vec![
            html! { code.domains-name { (claim.text_name()) } },
            html! { code { "TXT" } },
            html! { code.domains-name { (claim.token) } },
        ],
    ];
    html! {
        h3 { (text.say("domains-dns")) }
        p { (text.say("domains-dns-about")) }
        (table(&text.say("domains-dns"), &columns, &rows))
    }
}

fn what_the_proxy_must_do(frame: &Frame, shown: &Shown, claim: &Claim) -> Markup {
    let text = frame.text;
    let values = [("domain", claim.domain.as_str().into())];
    html! {
        h3 { (text.say("domains-proxy")) }
        ul {
            @if shown.public_url.is_https() { li { (text.say_with("domains-proxy-certificate", &values)) } }
            li { (text.say_with("domains-proxy-host", &values)) " " code { "proxy_set_header Host $host;" } }
        }
        p { (text.say("domains-proof-about")) }
        p { code.domains-name { (claim.proof_address(shown.public_url)) } }
    }
}

/// Without a proxy, whose work is ours.
fn what_port_80_must_do(frame: &Frame, shown: &Shown, claim: &Claim) -> Markup {
    let text = frame.text;
    let values = [("domain", claim.domain.as_str().into())];
    let key = if shown.orders_certificates { "domains-facing-ordered" } else { "domains-facing-files" };
    html! {
        h3 { (text.say("domains-facing")) }
        p { (text.say_with(key, &values)) }
        p { (text.say("domains-proof-about")) }
        p { code.domains-name { (claim.proof_address(shown.public_url)) } }
    }
}

/// Until when browsers open the domain, and what keeps them from it.
fn certificate(frame: &Frame, shown: &Shown, standing: &CertificateStanding) -> Markup {
    let text = frame.text;
    let moment = |at: Instant| text.moment(at.in_zone(shown.zone));
    html! {
        @match standing.expires_at {
            Some(until) if standing.is_good(shown.now) => {
                p { (text.say_with("domains-certificate", &[("moment", moment(until).into())])) }
            }
            Some(until) => {
                (notice(NoticeKind::Warning,
                    &text.say_with("domains-certificate-over", &[("moment", moment(until).into())])))
            }
            None if standing.failure.is_none() => {
                (notice(NoticeKind::Information, &text.say("domains-certificate-ordered")))
            }
            None => {}
        }
        @if let (Some(words), Some(at)) = (&standing.failure, standing.failed_at) {
            (notice(NoticeKind::Warning,
                &text.say_with("domains-certificate-refused", &[("moment", moment(at).into())])))
            p { (text.say("domains-certificate-words")) " " q { (words) } }
            // One that is past is under way.
            @if let Some(next) = standing.try_at.filter(|at| shown.now < *at) {
                p { (text.say_with("domains-certificate-again", &[("moment", moment(next).into())])) }
            }
        }
    }
}

fn actions(frame: &Frame) -> Markup {
    let text = frame.text;
    html! {
        div.form-actions {
            (button_form(&frame.form_token, &format!("{HERE}/domain/check"),
                Button::primary(text.say("domains-check"))))
            (button_form(&frame.form_token, &format!("{HERE}/domain/removal"),
                Button::quiet(text.say("domains-remove")).icon("trash")))
        }
    }
}

fn verified(frame: &Frame, shown: &Shown, domain: &str, claim: Option<&Claim>) -> Markup {
    let (text, address) = (frame.text, shown.public_url.of_domain(domain));
    let failing = claim.filter(|claim| claim.failure().is_some());
    let choice = |domain_use: DomainUse| {
        let key = format!("domains-use-{}", domain_use.name());
        let hint = format!("domains-use-{}-hint", domain_use.name());
        Choice::new(domain_use.name(), text.say(&key)).hint(text.say(&hint))
    };
    html! {
        p { (text.say("domains-here")) " " code.domains-name { (address) } }
        @if let Some(standing) = shown.certificate { (certificate(frame, shown, standing)) }
        @if let Some(claim) = failing {
            (standing_of(frame, shown, claim))
            p { (text.say("domains-failing")) }
            (what_dns_must_say(frame, shown, claim))
        }
        (Form::post(&frame.form_token, &format!("{HERE}/domain/use")).body(html! {
            (Field::radios("use_for", text.say("domains-field-use"), DomainUse::ALL.map(choice).into())
                .value(shown.standing.domain_use.name()).required()
                .error(problem(frame, shown.problems, "use_for")))
            (form_actions(html! { (Button::primary(text.say("domains-save"))) }))
        }))
        p { (text.say("domains-remove-about")) }
        (actions(frame))
    }
}

/// Where everything is from now on. Without the organization's colours and its live updates, which this address has no more.
pub fn moved(text: Text, address: &str) -> Markup {
    let message = PlainMessage {
        title: text.say("domains-moved").into_owned(),
        words: text.say_with("domains-moved-to", &[("address", address.into())]),
        request: None,
        action: Some((text.say("domains-moved-open").into_owned(), format!("{address}{HERE}"))),
    };
    plain_message_page(text, None, &message)
}
