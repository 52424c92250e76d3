//! What is sent in fewer bytes, and what must not be.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use reqwest::Method;

use crate::{
    on_both,
    steps::{new_portal, upload_form},
    world::{Upload, World},
};

on_both! {
    a_page_is_compressed_for_whoever_can_read_it,
    event_streams_and_files_are_sent_as_they_are,
}

/// By a program that has nothing to do with ours.
fn gunzipped(bytes: &[u8]) -> Vec<u8> {
    let gzip = Command::new("gzip").arg("-dc").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut gzip = gzip.unwrap();
    let (mut input, bytes) = (gzip.stdin.take().unwrap(), bytes.to_vec());
    let writing = std::thread::spawn(move || input.write_all(&bytes).unwrap());
    let output = gzip.wait_with_output().unwrap();
    writing.join().unwrap();
    assert!(output.status.success());
    output.stdout
}

fn a_page_is_compressed_for_whoever_can_read_it(world: World) {
    let browser = world.stranger();
    browser.get("/sign-in");
    let style = browser.get("/sign-in").attributes("link[rel=stylesheet]", "href").remove(0);
    for address in ["/sign-in", "/nothing-here", &style] {
        let plain = browser.get(address);
        assert_eq!(plain.header("content-encoding"), "");
        for offered in ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1"] {
            let sent = browser.sending("accept-encoding", offered).get(address);
            assert_eq!((sent.status, sent.header("content-encoding")), (plain.status, "gzip"), "{address}");
            assert!(sent.body.len() < plain.body.len(), "{address}");
            assert!(gunzipped(&sent.body) == plain.body, "{address} is not what it was");
        }
        for refused in ["identity", "br", "gzip;q=0", "gzip; q=0, identity", "gzip;q=0.000"] {
            let sent = browser.sending("accept-encoding", refused).get(address);
            assert_eq!(sent.header("content-encoding"), "", "{address} for {refused:?}");
            assert!(sent.body == plain.body, "{address} for {refused:?}");
        }
        // A cache in between must not hand the one to whoever can read only the other.
        let vary = |page: &crate::world::Page| page.header("vary").to_lowercase().contains("accept-encoding");
        assert!(vary(&plain) && vary(&browser.sending("accept-encoding", "gzip").get(address)), "{address}");
    }
}

fn event_streams_and_files_are_sent_as_they_are(world: World) {
    for (person, address) in [(world.carol(), "/live"), (world.ada(), "/staff/live")] {
        let stream = person.request(Method::GET, address).header("Accept-Encoding", "gzip").send().unwrap();
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        assert!(!stream.headers().contains_key("content-encoding"), "{address}");
        assert!(!stream.headers().contains_key("content-length"), "{address}");
    }
    let words = "the same words again and again ".repeat(1_000);
    let portal = new_portal(&world.ada(), "Autumn campaign");
    let listing = upload_form(&portal, [Upload::text("a.txt", &words)]).submit().follow();
    for below in ["content", "download"] {
        let address = format!("{}/{below}", listing.link("a.txt"));
        let file = world.ada().sending("accept-encoding", "gzip").get(&address);
        assert_eq!(file.assert_ok().header("content-encoding"), "", "a range of it would be of other bytes");
        assert!(file.body == words.as_bytes());
    }
}
