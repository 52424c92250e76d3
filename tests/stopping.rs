//! T36: what was accepted before the server was told to stop is finished, and nothing new is begun.

use std::net::{Ipv4Addr, TcpStream};

use rustix::process::Signal;

use crate::{
    on_both,
    steps::{new_portal, upload_form},
    world::{Line, Upload, World, until},
};

on_both! { t36_an_upload_and_a_download_under_way_are_finished }

/// More than the buffers of a connection hold (tcp(7): 4 and 6 MiB at most, unless somebody raised them).
const LARGE: usize = 24 << 20;

fn t36_an_upload_and_a_download_under_way_are_finished(mut world: World) {
    let ada = world.ada();
    let portal = new_portal(&ada, "Autumn campaign");
    let film = Upload::new("film.mp4", "video/mp4", vec![7; LARGE]);
    let listing = upload_form(&portal, [film]).submit().follow();
    let address = format!("GET {}/download", listing.link("film.mp4"));

    let mut download = Line::open(&ada);
    download.send(Line::head(&ada, &address, "")).unwrap();
    download.hear_head().unwrap();
    let mut upload = Line::open(&ada);
    let part = |name: &str| {
        format!("--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
    };
    let begin = format!("{}A letter.\r\n{}the first half", part("letter.txt"), part("plan.txt"));
    let end = " and the second\r\n--X--\r\n";
    let length = begin.len() + end.len();
    let more = format!("Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {length}\r\n");
    let asked = format!("POST {}", upload_form(&portal, []).path());
    upload.send(Line::head(&ada, &asked, &more) + &begin).unwrap();
    // By then it has begun with the plan.
    until(|| ada.visit(portal.path()).shows("letter.txt"));

    world.server().send(Signal::TERM);
    let port = world.server().port();
    until(|| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    upload.send(end).unwrap();
    let answer = upload.hear().unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    let came = download.hear_all().unwrap();
    assert!(came.ends_with(&vec![7; LARGE]), "{} bytes of {LARGE} came", came.len());
    world.server_mut().stop();

    world.server_mut().launch();
    world.server_mut().wait_until_ready();
    let plan = format!("{}/download", ada.visit(portal.path()).link("plan.txt"));
    assert_eq!(ada.get(&plan).assert_ok().source(), "the first half and the second");
}
