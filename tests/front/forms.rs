//! T16 and T17: forms hold what they hold and no more.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use reqwest::Method;

use crate::{
    on_both,
    world::{Form, Person, World},
};

on_both! {
    t16_a_field_that_a_form_does_not_have_is_refused_and_sets_nothing,
    t16_a_form_that_is_none_is_refused,
    t17_a_form_beyond_the_limit_is_refused_whether_or_not_it_says_its_size,
}

const URLENCODED: &str = "application/x-www-form-urlencoded";

fn t16_a_field_that_a_form_does_not_have_is_refused_and_sets_nothing(world: World) {
    let (ada, carol, stranger) = (world.ada(), world.carol(), world.stranger());
    let forms: Vec<Form> = vec![
        carol.visit("/account").form_with_field("Name").fill("Name", "Smuggler"),
        ada.visit("/staff/account").form_with_field("Name").fill("Name", "Smuggler"),
        ada.visit("/staff/people/new")
            .form_with_field("Name")
            .fill("Name", "Smuggler")
            .fill("Email", "x@studio.test"),
        ada.visit("/staff/portals").press("New portal").form_with_field("Name").fill("Name", "Smuggler"),
        ada.visit("/staff/companies").press("New company").form_with_field("Name").fill("Name", "Smuggler"),
        ada.visit("/staff/settings/looks").form_with_field("Colour").fill("Organization", "Smuggler"),
        stranger.visit("/reset").form_with_field("Email").fill("Email", "carol@acme.test"),
        stranger.visit("/sign-in").form_with_field("Email").fill("Email", "carol@acme.test"),
    ];
    for form in forms {
        for field in
            ["role", "organization_id", "id", "person_id", "joined_at", "password_hash", "is_owner", "name[]"]
        {
            let answer = form.clone().smuggle(field, "owner").submit();
            assert!(!answer.assert_status(400).text().is_empty(), "{}", form.path());
        }
    }
    // A field that is there belongs there once.
    let account = carol.visit("/account").form_with_field("Name");
    account.clone().smuggle("name", "Smuggler").submit().assert_status(400);
    for (person, address) in
        [(&carol, "/account"), (&ada, "/staff/account"), (&ada, "/staff/people"), (&ada, "/staff")]
    {
        person.visit(address).assert_ok().assert_hides("Smuggler");
    }
    ada.visit("/staff/portals").assert_hides("Smuggler");
    carol.get("/staff").assert_not_found();
}

fn t16_a_form_that_is_none_is_refused(world: World) {
    let carol = world.carol();
    for (content_type, body) in [
        (URLENCODED, ""),
        (URLENCODED, "%ff%fe=%00"),
        (URLENCODED, "&&&==="),
        (URLENCODED, "name=Smuggler"),
        ("application/json", r#"{"name":"Smuggler","language":""}"#),
        ("text/plain", "name=Smuggler&language="),
        ("multipart/form-data; boundary=X", "--X--"),
        ("", "name=Smuggler&language="),
    ] {
        let request = carol.request(Method::POST, "/account").header("Sec-Fetch-Site", "same-origin");
        let answer = carol.send(request.header("Content-Type", content_type).body(body));
        answer.assert_status(400).assert_shows("This did not work");
    }
    carol.visit("/account").assert_hides("Smuggler");
}

fn t17_a_form_beyond_the_limit_is_refused_whether_or_not_it_says_its_size(world: World) {
    let form = |size: usize| format!("email=carol%40acme.test&password={}", "x".repeat(size));
    let post = |person: &Person, path: &str, headers: &[(&str, &str)], size: usize| {
        let request = person.request(Method::POST, path).header("Content-Type", URLENCODED);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        person.send(request.body(form(size)))
    };
    let proof = [("Sec-Fetch-Site", "same-origin")];
    for (size, status) in [(1_000, 422), (1_000_000, 422), (1_100_000, 413), (3_000_000, 413)] {
        let answer = post(&world.stranger(), "/sign-in", &proof, size);
        answer.assert_status(status);
        assert_eq!(answer.shows("This is too large. Send less at once."), status == 413, "{answer}");
        let answer = in_pieces(&world, &form(size));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{size} bytes in pieces: {answer:.200}");
        assert_eq!(answer.contains("This is too large. Send less at once."), status == 413, "{answer:.200}");
    }
    // Neither is more than that read to look for a token.
    post(&world.stranger(), "/sign-in", &[], 1_100_000).assert_status(413);
    post(&world.ada(), "/staff/portals", &proof, 1_100_000).assert_status(413);
    world.stranger().get("/sign-in").assert_ok();
}

/// The answer to a form that comes in chunks, without a word about its size (RFC 9112, section 7.1).
fn in_pieces(world: &World, form: &str) -> String {
    let mut connection = TcpStream::connect(("127.0.0.1", world.server().port())).unwrap();
    let host = world.stranger().origin().replace("http://", "");
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: {URLENCODED}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).unwrap();
    for piece in form.as_bytes().chunks(10_000) {
        let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
        if connection.write_all(&chunk).is_err() {
            // Enough was read to refuse it.
            break;
        }
    }
    let _ = connection.write_all(b"0\r\n\r\n");
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
