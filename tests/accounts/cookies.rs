//! T5: what carries a session.

use reqwest::Method;

use crate::{
    on_both,
    world::{Page, World},
};

use super::{PASSWORD, choose_password, invitation, reset};

on_both! {
    t5_no_script_and_no_other_site_gets_at_a_session,
    t5_over_https_a_session_belongs_to_this_very_host,
    t5_a_session_rotates_at_sign_in,
    t5_a_session_that_someone_else_chose_is_not_taken_over,
    t5_a_session_is_good_at_its_own_organization_only,
    t5_only_hashes_are_stored,
}

/// Name, value and attributes of the one cookie that carries the session.
#[track_caller]
fn session_cookie(answer: &Page) -> (String, String, Vec<String>) {
    let cookies = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let mut sessions = cookies.filter(|cookie| !cookie.contains("form"));
    let cookie = sessions.next().unwrap_or_else(|| panic!("no session: {answer}"));
    assert!(sessions.next().is_none(), "more than one session");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    let attributes = attributes.split("; ").map(str::to_lowercase).collect();
    (name.to_owned(), value.to_owned(), attributes)
}

fn t5_no_script_and_no_other_site_gets_at_a_session(world: World) {
    let browser = world.stranger();
    let page = browser.get("/sign-in");
    let signed_in = browser.sign_in("carol@acme.test", world.password_of("carol@acme.test"));
    for answer in [&page, &signed_in] {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/;"] {
                assert!(cookie.contains(attribute), "{attribute} is missing: {cookie}");
            }
            assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
        }
    }
    let (_, value, attributes) = session_cookie(&signed_in);
    assert_eq!(value.len(), 43, "256 bits in base64 without padding");
    assert!(attributes.contains(&format!("max-age={}", 90 * 86_400)), "P4: {attributes:?}");
}

fn t5_over_https_a_session_belongs_to_this_very_host(mut world: World) {
    let password = world.password_of("carol@acme.test").to_owned();
    let server = world.server_mut();
    server.set("PORTICO_PUBLIC_URL", "https://portal.example");
    server.stop();
    server.launch();
    server.wait_until_ready();
    // A proxy in front took the TLS off.
    let browser = world.stranger();
    let form = browser.request(Method::POST, "/sign-in").header("Host", "studio.portal.example");
    let form = form.header("Sec-Fetch-Site", "same-origin");
    let form = form.header("Content-Type", "application/x-www-form-urlencoded");
    let fields = [("email", "carol@acme.test"), ("password", &password)];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let answer = browser.send(form.body(body));
    // RFC 6265bis, section 4.1.3.2: without all of these a browser drops a cookie of this name.
    let (name, _, attributes) = session_cookie(&answer);
    assert!(name.starts_with("__Host-"), "{name}");
    for attribute in ["secure", "path=/", "httponly", "samesite=lax"] {
        assert!(attributes.contains(&attribute.to_owned()), "{attribute} is missing: {attributes:?}");
    }
    assert!(!attributes.iter().any(|attribute| attribute.starts_with("domain")), "{attributes:?}");
    assert!(answer.header("strict-transport-security").contains("max-age="));
}

fn t5_a_session_rotates_at_sign_in(world: World) {
    let carol = world.sign_in("carol@acme.test");
    let before = carol.with_the_same_cookies();
    before.get("/account").assert_ok();
    let fields = [("email", "carol@acme.test"), ("password", world.password_of("carol@acme.test"))];
    carol.post("/sign-in", &fields).assert_signed_in();
    carol.get("/account").assert_ok();
    before.get("/account").assert_redirects_to("/sign-in");
    // Someone else at the same machine leaves nothing of the first behind.
    let between = carol.with_the_same_cookies();
    carol.post("/sign-in", &[("email", "dora@globex.test"), fields[1]]).assert_signed_in();
    between.get("/account").assert_redirects_to("/sign-in");
    carol.get("/account").assert_ok().assert_shows("Dora").assert_hides("Carol");
}

fn t5_a_session_that_someone_else_chose_is_not_taken_over(world: World) {
    let chosen = "B".repeat(43);
    let name =
        session_cookie(&world.stranger().sign_in("carol@acme.test", world.password_of("carol@acme.test"))).0;
    let planted = world.stranger().sending("cookie", &format!("{name}={chosen}"));
    planted.get("/account").assert_redirects_to("/sign-in");
    let fields = [("email", "carol@acme.test"), ("password", world.password_of("carol@acme.test"))];
    let (_, value, _) = session_cookie(planted.post("/sign-in", &fields).assert_signed_in());
    assert_ne!(value, chosen);
    world
        .stranger()
        .sending("cookie", &format!("{name}={chosen}"))
        .get("/account")
        .assert_redirects_to("/sign-in");
}

fn t5_a_session_is_good_at_its_own_organization_only(world: World) {
    let (ada, eve) = (world.ada(), world.eve());
    ada.at(&eve).get("/staff").assert_redirects_to("/sign-in");
    eve.at(&ada).get("/staff").assert_redirects_to("/sign-in");
    ada.get("/staff").assert_ok();
    world
        .stranger_at("rival")
        .sign_in("carol@acme.test", world.password_of("carol@acme.test"))
        .assert_status(422);
}

/// T8 too: sessions, invitations and resets.
fn t5_only_hashes_are_stored(world: World) {
    let browser = world.stranger();
    let signed_in = browser.sign_in("carol@acme.test", world.password_of("carol@acme.test"));
    let links = [invitation(&world, "zoe@acme.test", "Autumn campaign"), reset(&world, "carol@acme.test")];
    let tokens = links.iter().map(|link| link.rsplit('/').next().unwrap().to_owned());
    let tokens: Vec<_> = tokens.chain([session_cookie(&signed_in).1]).collect();
    let check = || {
        let rows = world.database().snapshot(&[]);
        assert!(rows.holds("zoe@acme.test"), "it is the right database");
        for token in &tokens {
            assert!(!rows.holds(token), "a token stands in the database");
            assert!(!rows.holds(&hexadecimal(token)), "the bytes of a token stand in the database");
        }
    };
    check();
    for link in &links {
        choose_password(&world.stranger(), link, PASSWORD).follow().assert_ok();
    }
    check();
}

/// The bytes behind URL-safe base64 (RFC 4648, section 5).
fn hexadecimal(token: &str) -> String {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = token.chars().map(|digit| format!("{:06b}", DIGITS.find(digit).unwrap())).collect::<String>();
    let bytes = bits.as_bytes().chunks_exact(8).map(|byte| str::from_utf8(byte).unwrap());
    bytes.map(|byte| format!("{:02x}", u8::from_str_radix(byte, 2).unwrap())).collect()
}
