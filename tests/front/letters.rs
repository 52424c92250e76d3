//! T7 and T15: what people and requests say about themselves, and what of it gets into mails and lists.

use std::collections::BTreeSet;

use reqwest::Method;

use crate::{
    on_both,
    steps::{join, new_portal, share},
    world::{Person, World},
};

on_both! {
    t7_links_in_mails_lead_to_the_configured_address_whatever_a_request_says,
    t7_a_host_that_is_not_ours_is_refused_and_writes_nothing,
    t7_who_is_asking_is_told_by_the_connection_or_a_trusted_proxy_alone,
    t15_no_name_smuggles_a_header_into_a_mail,
    t15_a_name_with_a_line_break_is_refused,
}

const HOSTILE: [(&str, &str); 6] = [
    ("x-forwarded-host", "evil.test"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-server", "evil.test"),
    ("forwarded", "host=evil.test;proto=https"),
    ("x-host", "evil.test"),
    ("x-original-url", "//evil.test/"),
];

fn ask_for_reset(person: &Person, host: Option<&str>, email: &str) -> crate::world::Page {
    let request = person.request(Method::POST, "/reset").header("Sec-Fetch-Site", "same-origin");
    let request = request.header("Content-Type", "application/x-www-form-urlencoded");
    let request = host.into_iter().fold(request, |request, host| request.header("Host", host));
    person.send(request.body(format!("email={email}")))
}

fn t7_links_in_mails_lead_to_the_configured_address_whatever_a_request_says(world: World) {
    let origin = world.ada().origin();
    for (number, (header, value)) in HOSTILE.into_iter().enumerate() {
        ask_for_reset(&world.stranger().sending(header, value), None, "carol@acme.test").assert_ok();
        let mail = world.mailbox().next_about("carol@acme.test", "A new password");
        assert!(mail.link("Choose a new password").starts_with(&format!("{origin}/reset/")), "{header}");
        assert!(!mail.source.contains("evil.test"), "{header}");

        let ada = world.ada().sending(header, value);
        let email = format!("zoe{number}@acme.test");
        share(&new_portal(&ada, &format!("Campaign {number}")), &email);
        let mail = world.mailbox().next_to(&email);
        assert!(mail.link("Set up your account").starts_with(&format!("{origin}/invitations/")), "{header}");
        assert!(!mail.source.contains("evil.test"), "{header}");
    }
    // RFC 9110, section 4.2.3: hosts are the same in whatever case.
    let shouting = origin.strip_prefix("http://").unwrap().to_uppercase();
    ask_for_reset(&world.stranger(), Some(&shouting), "carol@acme.test").assert_ok();
    let mail = world.mailbox().next_about("carol@acme.test", "A new password");
    assert!(mail.link("Choose a new password").starts_with(&format!("{origin}/reset/")));
}

fn t7_a_host_that_is_not_ours_is_refused_and_writes_nothing(world: World) {
    let own = world.ada().origin().strip_prefix("http://").unwrap().to_owned();
    for host in [
        "evil.test",
        &format!("{own}.evil.test"),
        &format!("evil.{own}"),
        "localhost",
        "studio",
        &format!("x{own}"),
    ] {
        let answer = ask_for_reset(&world.stranger(), Some(host), "carol@acme.test");
        answer.assert_status(421).assert_hides("Studio Nord").assert_hides("evil.test");
        let page = world.ada().request(Method::GET, "/staff").header("Host", host);
        world.ada().send(page).assert_status(421).assert_hides("Studio Nord");
    }
    ask_for_reset(&world.stranger(), None, "cyril@acme.test").assert_ok();
    world.mailbox().next_to("cyril@acme.test");
    assert!(world.mailbox().so_far_to("carol@acme.test").is_empty());
}

fn t7_who_is_asking_is_told_by_the_connection_or_a_trusted_proxy_alone(mut world: World) {
    let password = world.password_of("carol@acme.test").to_owned();
    let device = |world: &World, header: &'static str, value: &str| {
        let carol = world.stranger().sending(header, value);
        carol.sign_in("carol@acme.test", &password).assert_signed_in();
        carol.visit("/account").row("This device")
    };
    for header in ["x-forwarded-for", "x-real-ip", "cf-connecting-ip"] {
        device(&world, header, "203.0.113.1").assert_shows("127.0.0.1").assert_hides("203.0.113.1");
    }
    device(&world, "forwarded", "for=203.0.113.1").assert_shows("127.0.0.1").assert_hides("203.0.113.1");

    let server = world.server_mut();
    server.set("PORTICO_TRUSTED_PROXIES", "127.0.0.1,10.0.0.1");
    server.stop();
    server.launch();
    server.wait_until_ready();
    // Each proxy adds whom it heard from at the end; what stands before was told by whoever asks.
    for told in ["203.0.113.1", "6.6.6.6, 203.0.113.1", "6.6.6.6,203.0.113.1, 10.0.0.1", "<b>, 203.0.113.1"] {
        device(&world, "x-forwarded-for", told).assert_shows("203.0.113.1").assert_hides("6.6.6.6");
    }
    device(&world, "x-forwarded-for", "<b>nonsense</b>").assert_shows("127.0.0.1").assert_hides("nonsense");
    device(&world, "x-real-ip", "203.0.113.1").assert_shows("127.0.0.1");
}

/// The names of the headers of a mail as it went out (RFC 5322, section 2.2).
fn header_names(source: &str) -> BTreeSet<String> {
    let head = source.split("\r\n\r\n").next().unwrap();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split(':').next().unwrap().to_lowercase()).collect()
}

fn t15_no_name_smuggles_a_header_into_a_mail(world: World) {
    share(&new_portal(&world.ada(), "Plain"), "plain@acme.test");
    let plain = header_names(&world.mailbox().next_to("plain@acme.test").source);
    assert!(plain.contains("subject") && plain.contains("to"), "{plain:?}");

    let looks = world.ada().visit("/staff/settings/looks").form_with_field("Colour");
    let names = [
        "=cmd|' /C calc'!A0",
        "Bcc: eve@rival.test",
        "=?utf-8?Q?x=0D=0ABcc:_eve@rival.test?=",
        "\"Ada\" <eve@rival.test>, Studio",
        "été : ça\\r\\nBcc: eve@rival.test",
        "%0d%0aBcc: eve@rival.test",
        "A name that is as long as a name may be, so that its header is folded \u{1f33f} over and over again",
    ];
    for (number, name) in names.into_iter().enumerate() {
        let answer = looks.clone().fill("Organization", name).submit();
        assert!(answer.redirect_target().is_some(), "{answer}");
        let email = format!("zoe{number}@acme.test");
        share(&new_portal(&world.ada(), name), &email);
        let mail = world.mailbox().next_to(&email);
        assert_eq!(header_names(&mail.source), plain, "{name:?}");
        assert_eq!(
            (mail.to.as_slice(), mail.from.as_str()),
            ([email].as_slice(), "portal@localhost"),
            "{name:?}"
        );
        assert!(mail.reply_to.is_empty(), "{name:?}");
        assert_eq!(mail.subject, format!("{name} shared “{name}” with you"));
        join(&world.stranger(), &mail.link("Set up your account"), "an umbrella for the heron")
            .assert_shows(name);
    }
}

fn t15_a_name_with_a_line_break_is_refused(world: World) {
    let ada = world.ada();
    let portal = ada.visit("/staff/portals").press("New portal").form_with_field("Name");
    let looks = ada.visit("/staff/settings/looks").form_with_field("Colour");
    let client = ada.visit("/staff/clients").press("New client").form_with_button("Save");
    let client = client.fill("Email", "zoe@acme.test");
    let account = ada.visit("/staff/account").form_with_field("Name");
    for break_in in ["\r\n", "\n", "\r", "\0", "\u{2028}", "\u{85}"] {
        let fields = [(&portal, "Name"), (&looks, "Organization"), (&client, "Name"), (&account, "Name")];
        for (form, field) in fields {
            let answer = form.clone().fill(field, &format!("Ada{break_in}Bcc: eve@rival.test")).submit();
            assert!(!answer.assert_status(422).field_error(field).is_empty());
        }
        let answer =
            client.clone().fill("Email", &format!("zoe@acme.test{break_in}Bcc: eve@rival.test")).submit();
        assert!(!answer.assert_status(422).field_error("Email").is_empty());
    }
}
