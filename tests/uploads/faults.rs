//! Connections that break, servers that die, two who write at once.

use std::{
    env,
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpStream},
    sync::mpsc::{Receiver, Sender as Signal, channel},
    thread,
};

use reqwest::blocking::Body;

use super::{Sender, ada_sends, content};
use crate::{
    on_both,
    world::{World, until},
};

on_both! {
    what_came_before_the_connection_broke_is_kept,
    t30_what_was_acknowledged_survives_kill_9,
    t30_the_last_request_makes_the_file_once_whenever_the_server_dies,
    one_request_at_a_time_writes,
    an_upload_is_ended_while_it_is_being_written,
    t36_a_server_that_stops_keeps_what_came,
}

mod in_a_bucket {
    use super::{s3_keeps_what_came_before_the_connection_broke, t30_what_s3_acknowledged_survives_kill_9};

    crate::on_both! {
        with_s3 =>
        s3_keeps_what_came_before_the_connection_broke,
        t30_what_s3_acknowledged_survives_kill_9,
    }
}

const MIB: usize = 1024 * 1024;

/// A body that stays open after its bytes until it is told to go on, and then breaks off.
struct Held {
    bytes: io::Cursor<Vec<u8>>,
    go_on: Receiver<()>,
}

fn held(bytes: &[u8]) -> (Body, Signal<()>) {
    let (signal, go_on) = channel();
    (Body::new(Held { bytes: io::Cursor::new(bytes.to_owned()), go_on }), signal)
}

impl Read for Held {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.bytes.read(buffer)? {
            0 => {
                // Told, or forgotten: it is over.
                let _ = self.go_on.recv();
                Err(io::Error::other("the connection broke"))
            }
            bytes => Ok(bytes),
        }
    }
}

impl Sender {
    /// Announces more than it sends, and hangs up when that is on its way.
    fn send_a_part(&self, upload: &str, offset: usize, bytes: &[u8]) {
        let address = self.person.address(upload);
        let head = format!(
            "PATCH {upload} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
             Tus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\nContent-Length: 100000000\r\n\
             Content-Type: application/offset+octet-stream\r\n\r\n",
            host = address.host_str().unwrap(),
            port = address.port().unwrap(),
            cookie = self.person.cookie_header(),
        );
        let mut line = TcpStream::connect((Ipv4Addr::LOCALHOST, address.port().unwrap())).unwrap();
        line.write_all(head.as_bytes()).unwrap();
        line.write_all(bytes).unwrap();
    }

    /// Sends on from where the server stands, as a client does that comes back.
    fn resume(&self, upload: &str, bytes: &[u8]) {
        let offset = self.offset(upload);
        if offset < bytes.len() {
            self.append(upload, offset, &bytes[offset..]).assert_status(204);
        }
    }
}

fn what_came_before_the_connection_broke_is_kept(world: World) {
    broken_off(&world);
}

fn s3_keeps_what_came_before_the_connection_broke(world: World) {
    broken_off(&world);
}

/// Once within a part of S3's, twice within the same one, and once past several.
fn broken_off(world: &World) {
    let sender = ada_sends(world);
    let bytes = content(23 * MIB + 5);
    let upload = sender.create("filename ZmlsbS5tcDQ=", bytes.len());
    let mut offset = 0;
    for until_here in [3, MIB, 2 * MIB + 7, 12 * MIB, 22 * MIB] {
        sender.send_a_part(&upload, offset, &bytes[offset..until_here]);
        // The server may hear of it a little later.
        until(|| sender.offset(&upload) == until_here);
        offset = until_here;
        sender.listing().assert_hides("film.mp4");
    }
    sender.resume(&upload, &bytes);
    sender.assert_arrived("film.mp4", &bytes);
}

fn t30_what_was_acknowledged_survives_kill_9(world: World) {
    killed(world);
}

fn t30_what_s3_acknowledged_survives_kill_9(world: World) {
    killed(world);
}

/// `make test-slow` sends 2 GiB.
fn size() -> usize {
    env::var("UPLOAD_MIB").map_or(47, |mebibytes| mebibytes.parse().unwrap()) * MIB
}

fn killed(mut world: World) {
    let sender = ada_sends(&world);
    let bytes = content(size());
    let upload = sender.create("filename ZmlsbS5tcDQ=", bytes.len());
    let (body, _still_open) = held(&bytes[..size() - 2 * MIB]);
    let request = sender.patch(&upload, 0).body(body);
    let sending = thread::spawn(move || request.send().is_err());
    // Some of it is durable although the request goes on.
    until(|| sender.offset(&upload) > 0);
    let acknowledged = sender.offset(&upload);
    world.server_mut().kill();
    drop(_still_open);
    assert!(sending.join().unwrap());
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    assert!(sender.offset(&upload) >= acknowledged);
    sender.resume(&upload, &bytes);
    sender.assert_arrived("film.mp4", &bytes);
}

/// Killed at another moment of the last request each time.
fn t30_the_last_request_makes_the_file_once_whenever_the_server_dies(mut world: World) {
    let sender = ada_sends(&world);
    let uploads: Vec<_> = (0..12).map(|_| sender.create("filename cGxhbi50eHQ=", MIB)).collect();
    let bytes = content(MIB);
    for (round, upload) in uploads.iter().enumerate() {
        let request = sender.patch(upload, 0).body(bytes.clone());
        let sending = thread::spawn(move || request.send().is_ok_and(|answer| answer.status() == 204));
        for _ in 0..round * 20_000 {
            thread::yield_now();
        }
        world.server_mut().kill();
        let acknowledged = sending.join().unwrap();
        world.server_mut().launch();
        world.server_mut().wait_until_ready();
        assert!(!acknowledged || sender.offset(upload) == MIB);
    }
    uploads.iter().for_each(|upload| sender.resume(upload, &bytes));
    // Under one name they are versions of one file.
    let versions = sender.listing().press("plan.txt").attributes("#versions a.row-name", "href");
    assert_eq!(versions.len(), uploads.len());
    for version in versions {
        assert!(sender.person.get(&format!("{version}/download")).body == bytes);
    }
}

fn one_request_at_a_time_writes(world: World) {
    let sender = ada_sends(&world);
    let bytes = content(25 * MIB);
    let upload = sender.create("filename cGxhbi50eHQ=", bytes.len());
    let (body, break_off) = held(&bytes[..24 * MIB]);
    let request = sender.patch(&upload, 0).body(body);
    let sending = thread::spawn(move || request.send().is_err());
    until(|| sender.offset(&upload) > 0);
    let offset = sender.offset(&upload);
    sender.append(&upload, offset, b"meanwhile").assert_status(423);
    break_off.send(()).unwrap();
    assert!(sending.join().unwrap());
    // What was still on the wire may have gone with it; what was written is not.
    let is_free = || sender.append(&upload, sender.offset(&upload), b"").status.as_u16() == 204;
    until(is_free);
    assert!((offset..=24 * MIB).contains(&sender.offset(&upload)));
    sender.resume(&upload, &bytes);
    sender.assert_arrived("plan.txt", &bytes);
}

fn an_upload_is_ended_while_it_is_being_written(world: World) {
    let sender = ada_sends(&world);
    let bytes = content(25 * MIB);
    let upload = sender.create("filename cGxhbi50eHQ=", bytes.len());
    let (body, _still_open) = held(&bytes[..24 * MIB]);
    let request = sender.patch(&upload, 0).body(body);
    let sending = thread::spawn(move || drop(request.send()));
    until(|| sender.offset(&upload) > 0);
    sender.terminate(&upload).assert_status(204);
    sender.person.send(sender.request("HEAD", &upload)).assert_not_found();
    drop(_still_open);
    sending.join().unwrap();
    sender.listing().assert_hides("plan.txt");
}

fn t36_a_server_that_stops_keeps_what_came(mut world: World) {
    let sender = ada_sends(&world);
    let bytes = content(25 * MIB);
    let upload = sender.create("filename cGxhbi50eHQ=", bytes.len());
    let (body, _still_open) = held(&bytes[..24 * MIB]);
    let request = sender.patch(&upload, 0).body(body);
    let sending = thread::spawn(move || request.send());
    until(|| sender.offset(&upload) > 0);
    world.server_mut().stop();
    drop(_still_open);
    // A sender that still hears the answer is told to come back, not that its file is bad.
    if let Ok(answer) = sending.join().unwrap() {
        assert_eq!(answer.status().as_u16(), 503);
    }
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    sender.resume(&upload, &bytes);
    sender.assert_arrived("plan.txt", &bytes);
}
