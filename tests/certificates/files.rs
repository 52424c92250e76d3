//! A certificate that somebody else renews.

use std::fs;

use super::{answers, face_the_internet};
use crate::{
    on_both,
    world::{World, free_port, until},
};

on_both! { a_certificate_from_files_is_shown_at_the_hosts_that_it_names_and_read_again_when_it_changes }

/// Certificate and key, in PEM.
fn made(names: &[&str]) -> [String; 2] {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    [made.cert.pem(), made.signing_key.serialize_pem()]
}

fn a_certificate_from_files_is_shown_at_the_hosts_that_it_names_and_read_again_when_it_changes(
    mut world: World,
) {
    let [certificate, key] = ["chain.pem", "key.pem"].map(|name| world.data().join(name));
    let [chain, secret] = made(&["portal.test", "studio.portal.test"]);
    fs::write(&certificate, &chain).unwrap();
    fs::write(&key, secret).unwrap();
    let port = free_port();
    let variables = vec![
        ("TLS_CERTIFICATE", certificate.to_str().unwrap().to_owned()),
        ("TLS_KEY", key.to_str().unwrap().to_owned()),
    ];
    face_the_internet(&mut world, port, variables);
    let at = |host: &str, root: &str| answers(&world.stranger_securely(host, port, root));
    until(|| at("studio.portal.test", &chain));
    assert!(at("portal.test", &chain) && !at("rival.portal.test", &chain));

    let [wild, secret] = made(&["portal.test", "*.portal.test"]);
    // Half of it is no reason to show nothing.
    fs::write(&certificate, &wild).unwrap();
    until(|| world.server().log().iter().any(|line| line.contains("the former certificate stays")));
    assert!(at("studio.portal.test", &chain));
    fs::write(&key, secret).unwrap();
    until(|| at("rival.portal.test", &wild));
    assert!(at("studio.portal.test", &wild) && !at("studio.portal.test", &chain));
    assert!(!at("nobody.portal.test", &wild), "nobody lives there");
    let none = "SELECT host AS row FROM certificates";
    assert!(world.database().texts(none, none).is_empty());
}
