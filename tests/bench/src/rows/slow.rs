//! A page beside thousands who are slow on purpose (T17): headers byte by byte, a body byte by byte, an answer that nobody
//! reads, and connections that ask once and stay. Whoever is let go comes back.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    task::JoinSet,
    time::sleep,
};

use super::Office;
use crate::{
    load::Load,
    portico::Portico,
    settings::{Settings, raise_file_limit},
    table::{Limit, Row, Unit},
};

/// Of each kind.
const EACH: usize = 500;
/// Between one byte and the next.
const PAUSE: Duration = Duration::from_secs(1);
/// Until all of them hang on the server.
const GATHERING: Duration = Duration::from_secs(3);
/// What the machine takes for who does not read, in bytes.
const LITTLE: u32 = 4096;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Headers,
    Body,
    Unread,
    Idle,
}

impl Way {
    const ALL: [Way; 4] = [Way::Headers, Way::Body, Way::Unread, Way::Idle];
}

pub async fn measure(portico: &Portico, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    raise_file_limit()?;
    let server = portico.serve()?;
    let carol = office.carol.at(&server);
    let page = vec![carol.get(&format!("/portals/{}", office.portal))];
    let alone = Load::put_on(&server, page.clone(), 16, settings.duration).await?;
    let before = server.memory()?;
    let file: Arc<[u8]> = carol.get(&format!("/files/{}/content", office.file)).into();
    let mut slow = JoinSet::new();
    for number in 0..Way::ALL.len() * EACH {
        let way = Way::ALL[number % Way::ALL.len()];
        slow.spawn(hang_on_again_and_again(server.address(), way, file.clone()));
    }
    sleep(GATHERING).await;
    let beside = Load::put_on(&server, page, 16, settings.duration).await?;
    let growth = server.memory()? - before;
    if let Some(ended) = slow.try_join_next() {
        ended??;
    }
    let time = |percent| {
        Row::new(format!("  p{percent}"), beside.times.percentile(percent))
            .beside("without them", alone.times.percentile(percent))
    };
    let what = format!("portal page beside {} slow connections, 16 connections", slow.len());
    Ok(vec![
        Row::new(what, beside.per_second()).beside("without them", alone.per_second()),
        time(50),
        time(99).limit(Limit::OfPeer(0.5)),
        Row::new("  growth of memory", Unit::Mebibytes.of(growth)),
    ])
}

/// # Errors
/// When nobody is there any more; to be let go is what it expects.
async fn hang_on_again_and_again(address: SocketAddr, way: Way, file: Arc<[u8]>) -> Result<()> {
    loop {
        let socket = TcpSocket::new_v4()?;
        if way == Way::Unread {
            socket.set_recv_buffer_size(LITTLE)?;
        }
        let stream = socket.connect(address).await?;
        // What ends it is the deadline of the server, as it should.
        let _ = hang_on(stream, way, &file, address.port()).await;
        sleep(PAUSE).await;
    }
}

async fn hang_on(mut stream: TcpStream, way: Way, file: &[u8], port: u16) -> Result<()> {
    match way {
        Way::Headers => {
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await?;
            trickle(&mut stream).await
        }
        Way::Body => {
            let head = format!(
                "POST /sign-in HTTP/1.1\r\nHost: studio.localhost:{port}\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\nemail="
            );
            stream.write_all(head.as_bytes()).await?;
            trickle(&mut stream).await
        }
        Way::Unread => {
            stream.write_all(file).await?;
            wait_until_let_go(&mut stream).await
        }
        Way::Idle => {
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await?;
            ensure!(stream.read(&mut [0; 1024]).await? > 0, "let go without an answer");
            ensure!(stream.read(&mut [0; 1024]).await? > 0, "let go after a while");
            bail!("an answer to nothing");
        }
    }
}

async fn trickle(stream: &mut TcpStream) -> Result<()> {
    loop {
        stream.write_all(b"x").await?;
        sleep(PAUSE).await;
    }
}

/// Without reading: a byte more of a next request is sent now and then, until nobody takes it.
async fn wait_until_let_go(stream: &mut TcpStream) -> Result<()> {
    loop {
        sleep(10 * PAUSE).await;
        stream.write_all(b"G").await?;
    }
}
