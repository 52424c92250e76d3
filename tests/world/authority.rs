use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use reqwest::{Certificate, blocking::Client};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    object_store::{Background, free_port},
    person::http_client,
};

/// A real certificate authority: Let's Encrypt's Pebble, which asks at each host what RFC 8555 has it ask. It finds every name on
/// this machine, but for those that are led elsewhere, and refuses no nonce that is good: three in a row would be a failure.
pub struct Authority {
    port: u16,
    management: u16,
    names: u16,
    http: Client,
    folder: TempDir,
    _servers: [Background; 2],
}

/// How long its certificates are good.
const GOOD_DAYS: i64 = 90;

impl Authority {
    /// It asks hosts at `asked`, and issues nothing for `refused`.
    pub fn start(asked: u16, refused: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = (folder.path().join("own.pem"), folder.path().join("key.pem"));
        let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        fs::write(&certificate, own.cert.pem()).unwrap();
        fs::write(&key, own.signing_key.serialize_pem()).unwrap();
        let [port, management, names, resolver] = [(); 4].map(|()| free_port());
        let here = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port)).to_string();
        let configuration = json!({ "pebble": {
            "listenAddress": here(port),
            "managementListenAddress": here(management),
            "certificate": certificate,
            "privateKey": key,
            "httpPort": asked,
            "tlsPort": 1,
            "ocspResponderURL": "",
            "externalAccountBindingRequired": false,
            "domainBlocklist": refused,
            "certificateValidityPeriod": GOOD_DAYS * 86_400,
        } });
        let file = folder.path().join("pebble.json");
        fs::write(&file, configuration.to_string()).unwrap();
        let resolving = ["-dns01", &here(resolver), "-management", &here(names), "-defaultIPv6", ""];
        let silent = ["-http01", "", "-https01", "", "-tlsalpn01", ""];
        let resolver_program = PathBuf::from("/usr/bin/pebble-challtestsrv");
        let resolves = Background::start(names, resolver_program, &[&resolving[..], &silent].concat());
        let settings = ["PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0", "PEBBLE_AUTHZREUSE=0"];
        let file = file.to_str().unwrap();
        let program = ["/usr/bin/pebble", "-config", file, "-dnsserver", &here(resolver)];
        let issues =
            Background::start(port, PathBuf::from("/usr/bin/env"), &[&settings[..], &program].concat());
        let trusted = Certificate::from_pem(own.cert.pem().as_bytes()).unwrap();
        let http = http_client().tls_certs_only([trusted]).build().unwrap();
        Self { port, management, names, http, folder, _servers: [issues, resolves] }
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("ACME_DIRECTORY", format!("https://127.0.0.1:{}/dir", self.port)),
            ("ACME_ROOT", self.own_certificate().to_str().unwrap().to_owned()),
            ("ACME_EMAIL", "ada@studio.test".to_owned()),
        ]
    }

    fn own_certificate(&self) -> PathBuf {
        self.folder.path().join("own.pem")
    }

    /// What signs all that it issues, in PEM.
    pub fn root(&self) -> String {
        let address = format!("https://127.0.0.1:{}/roots/0", self.management);
        self.http.get(address).send().unwrap().text().unwrap()
    }

    /// It asks at this address for `host` from now on.
    pub fn lead(&self, host: &str, address: &str) {
        self.tell("add-a", json!({ "host": host, "addresses": [address] }));
    }

    pub fn lead_here_again(&self, host: &str) {
        self.tell("clear-a", json!({ "host": host }));
    }

    fn tell(&self, what: &str, body: Value) {
        let address = format!("http://127.0.0.1:{}/{what}", self.names);
        let answer = self.http.post(address).body(body.to_string()).send().unwrap();
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
    }
}
