//! Addresses that are nobody's, methods that nothing takes, and requests that nobody sends by accident.

use reqwest::Method;

use crate::{on_both, world::World};

on_both! {
    an_unknown_address_is_answered_in_words_for_everybody,
    a_head_is_a_get_without_its_body,
    a_method_that_an_address_does_not_take_is_refused,
    no_odd_request_is_taken_for_our_mistake,
}

fn an_unknown_address_is_answered_in_words_for_everybody(world: World) {
    for person in [world.stranger(), world.carol(), world.ada()] {
        for address in [
            "/nothing-here",
            "/staff/nothing-here",
            "/portals",
            "/staff/clients/x/y/z",
            "/.env",
            "/x//y",
            "/%2F%2Fevil.test",
        ] {
            let page = person.get(address);
            page.assert_not_found().assert_shows("This page does not exist, or it is not shared with you.");
            assert_eq!(page.texts("h1"), ["Nothing is here"]);
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            page.press("Go to the home page").assert_ok();
        }
        let toast = person.partial_get("/nothing-here");
        toast.assert_not_found().assert_shows("This page does not exist");
        assert_eq!(toast.count("h1, main, form"), 0, "a whole page inside of a page: {toast}");
        let script = person.sending("accept", "application/json").get("/nothing-here");
        assert_eq!(script.assert_not_found().header("content-type"), "application/json");
        let said: serde_json::Value = serde_json::from_slice(&script.body).unwrap();
        assert!(said["message"].as_str().unwrap().contains("does not exist"));
    }
}

/// RFC 9110, section 9.3.2.
fn a_head_is_a_get_without_its_body(world: World) {
    for (person, addresses) in [
        (world.stranger(), vec!["/", "/sign-in", "/reset", "/account", "/nothing-here", "/healthz"]),
        (world.carol(), vec!["/", "/account", "/search?q=a", "/staff"]),
        (world.ada(), vec!["/staff", "/staff/clients", "/staff/portals", "/staff/settings/looks"]),
    ] {
        for address in addresses {
            let (get, head) = (person.get(address), person.head(address));
            assert!(head.body.is_empty(), "{address}");
            assert_eq!(head.status, get.status, "{address}");
            for name in ["content-type", "cache-control", "content-security-policy", "location", "vary"] {
                assert_eq!(head.header(name), get.header(name), "{name} of {address}");
            }
        }
    }
}

fn a_method_that_an_address_does_not_take_is_refused(world: World) {
    let (ada, carol, stranger) = (world.ada(), world.carol(), world.stranger());
    for (person, address, takes) in [
        (&stranger, "/sign-in", vec!["GET", "HEAD", "POST"]),
        (&stranger, "/healthz", vec!["GET", "HEAD"]),
        (&carol, "/account", vec!["GET", "HEAD", "POST"]),
        (&ada, "/staff/search", vec!["GET", "HEAD"]),
        (&ada, "/staff/account/password", vec!["POST"]),
    ] {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] {
            if takes.contains(&method) {
                continue;
            }
            let request = person.request(Method::from_bytes(method.as_bytes()).unwrap(), address);
            let answer = person.send(request.header("Sec-Fetch-Site", "same-origin"));
            answer.assert_status(405).assert_shows("This did not work");
            // RFC 9110, section 15.5.6: the answer must say what the address takes.
            let allowed: Vec<_> = answer.header("allow").split(',').map(str::trim).collect();
            assert!(takes.iter().all(|method| allowed.contains(method)), "{method} {address}: {allowed:?}");
            assert!(!allowed.contains(&method), "{method} {address}: {allowed:?}");
        }
    }
}

fn no_odd_request_is_taken_for_our_mistake(world: World) {
    let long = "x".repeat(5_000);
    let texts = [
        "%00",
        "%ff%fe",
        "%F0%9F%8C%BF",
        "'%20OR%201=1--",
        "%25%5f%5c",
        "%E2%80%AE",
        &long,
        "-1",
        "99999999999999999999",
    ];
    let ada = world.ada();
    for text in texts {
        for (person, address) in [
            (&ada, format!("/staff/clients?q={text}")),
            (&ada, format!("/staff/clients?page={text}")),
            (&ada, format!("/staff/clients?deleted={text}")),
            (&ada, format!("/staff/companies?q={text}")),
            (&ada, format!("/staff/projects?q={text}")),
            (&ada, format!("/staff/portals?q={text}")),
            (&ada, format!("/staff/search?q={text}")),
            (&ada, format!("/staff/settings/looks/preview?colour={text}")),
            (&ada, format!("/staff/settings/mail/{text}")),
            (&ada, format!("/staff/settings/mail/{text}/body")),
            (&ada, format!("/staff/portals/{text}")),
            (&world.carol(), format!("/search?q={text}")),
            (&world.carol(), format!("/files/{text}/content")),
            (&world.stranger(), format!("/sign-in?return={text}")),
            (&world.stranger(), format!("/invitations/{text}")),
            (&world.stranger(), format!("/{text}")),
            (&world.stranger(), format!("/brand/{text}.css")),
            (&world.stranger(), format!("/setup?token={text}")),
        ] {
            for page in [person.get(&address), person.partial_get(&address)] {
                assert!(!page.status.is_server_error(), "{page}");
            }
        }
        let decoded = url::form_urlencoded::parse(text.as_bytes())
            .next()
            .map(|pair| pair.0.into_owned())
            .unwrap_or_default();
        for fields in [
            [("email", decoded.as_str()), ("password", "x")],
            [("email", "carol@acme.test"), ("password", &decoded)],
        ] {
            let answer = world.stranger().post("/sign-in", &fields);
            assert!([422, 429].contains(&answer.status.as_u16()), "{answer}");
        }
        let answer = world.stranger().post("/reset", &[("email", &decoded)]);
        assert!(!answer.status.is_server_error(), "{answer}");
    }
    for (name, value) in [
        ("range", "bytes=x-"),
        ("if-none-match", "*"),
        ("accept", "///"),
        ("cookie", "portico=x; =; ;;"),
        ("user-agent", ""),
    ] {
        let page = world.stranger().sending(name, value).get("/sign-in");
        assert_eq!(page.status, 200, "{name}: {value}: {page}");
    }
}
