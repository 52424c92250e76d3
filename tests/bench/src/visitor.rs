//! Who asks: the address, and the cookie of whoever signed in.

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use url::form_urlencoded::Serializer;

use crate::{
    http::{Answer, Connection},
    process::Process,
};

pub struct Visitor {
    host: String,
    cookie: String,
}

const BOUNDARY: &str = "a-boundary-of-the-benchmark";
const TUS: &str = "Tus-Resumable: 1.0.0\r\nSec-Fetch-Site: same-origin\r\n";

impl Visitor {
    pub fn stranger(server: &Process) -> Self {
        Self::stranger_at(server, "studio")
    }

    fn stranger_at(server: &Process, slug: &str) -> Self {
        Self { host: format!("{slug}.localhost:{}", server.address().port()), cookie: String::new() }
    }

    pub async fn sign_in(server: &Process, slug: &str, email: &str, password: &str) -> Result<Self> {
        let mut visitor = Self::stranger_at(server, slug);
        let answer = visitor.post(server, "/sign-in", &[("email", email), ("password", password)]).await?;
        let cookie = answer.head.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        visitor.cookie = cookie.with_context(|| format!("{email} could not sign in"))?.to_owned();
        Ok(visitor)
    }

    /// The same person, after the server was started again elsewhere.
    pub fn at(&self, server: &Process) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::stranger(server) }
    }

    pub fn get(&self, path: &str) -> Vec<u8> {
        self.request("GET", path, "")
    }

    pub fn get_compressed(&self, path: &str) -> Vec<u8> {
        self.request("GET", path, "Accept-Encoding: gzip\r\n")
    }

    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        self.form(path, fields, "")
    }

    /// As a proxy passes it on.
    pub fn sign_in_from(&self, address: &str, email: &str, password: &str) -> Vec<u8> {
        let forwarded = format!("X-Forwarded-For: {address}\r\n");
        self.form("/sign-in", &[("email", email), ("password", password)], &forwarded)
    }

    /// As a form with one field that could have brought files, too.
    pub fn post_part(&self, path: &str, name: &str, words: &str) -> Vec<u8> {
        let part = format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{words}");
        let body = format!("--{BOUNDARY}\r\n{part}\r\n--{BOUNDARY}--\r\n");
        self.sent(path, &format!("multipart/form-data; boundary={BOUNDARY}"), "", &body)
    }

    /// As a mail server hands a mail over.
    pub fn hand_over(&self, mail: &str, secret: &str) -> Vec<u8> {
        self.sent("/webhooks/mail", "message/rfc822", &format!("Authorization: Bearer {secret}\r\n"), mail)
    }

    fn form(&self, path: &str, fields: &[(&str, &str)], more: &str) -> Vec<u8> {
        let form = Serializer::new(String::new()).extend_pairs(fields).finish();
        self.sent(path, "application/x-www-form-urlencoded", more, &form)
    }

    fn sent(&self, path: &str, kind: &str, more: &str, body: &str) -> Vec<u8> {
        let headers = format!("Content-Type: {kind}\r\nContent-Length: {}\r\n{more}", body.len());
        let mut request = self.request("POST", path, &headers);
        request.extend_from_slice(body.as_bytes());
        request
    }

    /// # Errors
    /// Whatever is not answered with 200.
    pub async fn page(&self, server: &Process, path: &str) -> Result<String> {
        let body = self.body(server, &self.get(path)).await?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    /// # Errors
    /// Whatever is not answered with 200.
    pub async fn body(&self, server: &Process, request: &[u8]) -> Result<Bytes> {
        let answer = Connection::open(server.address()).await?.exchange(request).await?;
        ensure!(answer.head.status == 200, "a request was answered with {}", answer.head.status);
        Ok(answer.body)
    }

    pub async fn post(&self, server: &Process, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        Connection::open(server.address()).await?.exchange(&self.post_form(path, fields)).await
    }

    /// Returns the address part that names the new file.
    pub async fn upload(&self, server: &Process, portal: &str, name: &str, size: u64) -> Result<String> {
        self.upload_pieces(server, portal, name, &pieces(size)).await
    }

    /// As [`Visitor::upload`], of these bytes.
    pub async fn upload_pieces(
        &self,
        server: &Process,
        portal: &str,
        name: &str,
        pieces: &[Bytes],
    ) -> Result<String> {
        let mut connection = Connection::open(server.address()).await?;
        let begin = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let end = format!("\r\n--{BOUNDARY}--\r\n");
        let size: usize = pieces.iter().map(Bytes::len).sum();
        let length = begin.len() + end.len() + size;
        let kind = format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n");
        let headers = format!("{kind}Accept: application/json\r\nContent-Length: {length}\r\n");
        connection.send(&self.request("POST", &format!("/staff/portals/{portal}/files"), &headers)).await?;
        connection.send(begin.as_bytes()).await?;
        for piece in pieces {
            connection.send(piece).await?;
        }
        connection.send(end.as_bytes()).await?;
        uploaded(&connection.receive().await?)
    }

    /// By the tus protocol, in requests of `chunk` bytes, as a browser does that may lose its connection.
    pub async fn upload_resumably(
        &self,
        server: &Process,
        portal: &str,
        name: &str,
        (size, chunk): (u64, u64),
    ) -> Result<()> {
        let mut connection = Connection::open(server.address()).await?;
        let name = STANDARD.encode(name);
        let headers = format!(
            "{TUS}Upload-Length: {size}\r\nUpload-Metadata: filename {name}\r\nContent-Length: 0\r\n"
        );
        let create = self.request("POST", &format!("/staff/portals/{portal}/uploads"), &headers);
        let created = connection.exchange(&create).await?.head;
        ensure!(created.status == 201, "a new upload was answered with {}", created.status);
        let upload = created.header("location").context("a new upload has an address")?.to_owned();
        for offset in (0..size).step_by(chunk as usize) {
            let here = chunk.min(size - offset);
            let headers = format!(
                "{TUS}Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n\
                 Content-Length: {here}\r\n"
            );
            connection.send(&self.request("PATCH", &upload, &headers)).await?;
            for piece in pieces(here) {
                connection.send(&piece).await?;
            }
            let status = connection.receive().await?.head.status;
            ensure!(status == 204, "a part of an upload was answered with {status}");
        }
        Ok(())
    }

    /// Returns how many bytes came.
    pub async fn download(&self, server: &Process, file: &str) -> Result<u64> {
        let mut connection = Connection::open(server.address()).await?;
        connection.send(&self.get(&format!("/files/{file}/download"))).await?;
        connection.receive_and_discard().await
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> Vec<u8> {
        let Self { host, cookie } = self;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n{headers}\r\n"
        )
        .into_bytes()
    }
}

/// Of a large file.
fn pieces(size: u64) -> Vec<Bytes> {
    let piece = piece();
    let length = piece.len() as u64;
    let places = (0..size).step_by(piece.len());
    places.map(|place| piece.slice(..length.min(size - place) as usize)).collect()
}

/// What a large file is made of, again and again: of no kind that anybody could read or compress.
pub fn piece() -> Bytes {
    let mut dice = crate::corpus::Dice::new(200);
    (0..256 * 1024 / 8).flat_map(|_| dice.throw().to_le_bytes()).collect()
}

fn uploaded(answer: &Answer) -> Result<String> {
    ensure!(answer.head.status == 201, "an upload was answered with {}", answer.head.status);
    let json: serde_json::Value = serde_json::from_slice(&answer.body)?;
    let id = json["files"][0]["id"].as_str().context("an upload is answered with its id")?;
    Ok(id.to_owned())
}
