use std::path::Path;

use serde_json::{Value, json};

use super::{
    Page, Person,
    object_store::{Background, free_port, venv},
    person::http_client,
};

/// A fake of Stripe (`stripe_fake.py`), and the hands of those who use its pages.
pub struct Stripe {
    port: u16,
    _server: Background,
    http: reqwest::blocking::Client,
}

pub const SECRET_KEY: &str = "sk_test_fake0000";
pub const WEBHOOK_SECRET: &str = "whsec_fake0000";

impl Stripe {
    pub fn start() -> Self {
        let port = free_port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("stripe_fake.py");
        let arguments = [script.to_str().unwrap(), &port.to_string()];
        let server = Background::start(port, venv("python"), &arguments);
        let http = http_client().build().unwrap();
        Self { port, _server: server, http }
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("STRIPE_API_BASE", format!("http://127.0.0.1:{}", self.port)),
            ("STRIPE_SECRET_KEY", SECRET_KEY.to_owned()),
            ("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET.to_owned()),
        ]
    }

    #[track_caller]
    pub fn control(&self, path: &str, body: Value) -> Value {
        let address = format!("http://127.0.0.1:{}/control/{path}", self.port);
        let answer = self.http.post(address).body(body.to_string()).send().unwrap();
        let status = answer.status();
        let text = answer.text().unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub fn state(&self) -> Value {
        self.control("state", json!({}))
    }

    /// The latest page for people.
    pub fn session(&self) -> String {
        let state = self.state();
        state["sessions"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// The latest payment.
    pub fn payment(&self) -> String {
        let state = self.state();
        state["intents"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Returns the events that it would tell.
    #[track_caller]
    pub fn pay(&self, session: &str, method: &str) -> Vec<Value> {
        self.does(&format!("sessions/{session}/pay"), json!({ "method": method }))
    }

    #[track_caller]
    pub fn does(&self, path: &str, body: Value) -> Vec<Value> {
        let before = self.events().len();
        self.control(path, body);
        self.events().split_off(before)
    }

    pub fn events(&self) -> Vec<Value> {
        self.state()["events"].as_array().unwrap().clone()
    }

    /// What it sends to the webhook of whoever this is a stranger to.
    pub fn tell(&self, to: &Person, event: &Value) -> Page {
        self.tell_signed(to, event, WEBHOOK_SECRET, 0)
    }

    /// Signed with this secret, so many seconds ago.
    pub fn tell_signed(&self, to: &Person, event: &Value, secret: &str, age: i64) -> Page {
        let body = event.to_string();
        let mut asked = json!({ "body": body, "secret": secret });
        if age != 0 {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            asked["at"] = json!(now.as_secs() as i64 - age);
        }
        let signature = self.control("sign", asked)["signature"].as_str().unwrap().to_owned();
        let request = to.request(reqwest::Method::POST, "/webhooks/stripe");
        to.send(
            request
                .header("Stripe-Signature", signature)
                .header("Content-Type", "application/json")
                .body(body),
        )
    }
}
