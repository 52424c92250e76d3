//! Open event streams by the thousand. Whoever listens reads as little as it takes: what a server is asked for here must not
//! wait for who asks.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
    time::{sleep, timeout},
};

/// From each address of this machine, which has some 28,000 ports for one other end.
const FROM_ONE_ADDRESS: usize = 5_000;
/// That are being opened at a time.
const LANES: usize = 32;
const PAUSE: Duration = Duration::from_millis(100);
/// Enough for a mark that comes in two pieces.
const KEPT: usize = 100;
/// For the last to hear: much longer than any limit.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Crowd {
    round: Arc<Round>,
    teller: UnboundedSender<Instant>,
    told: UnboundedReceiver<Instant>,
    listeners: JoinSet<Result<()>>,
    opened: usize,
}

#[derive(Default)]
struct Round {
    number: AtomicUsize,
    crossed: AtomicUsize,
}

/// What a stream carries when something was saved that its reader may see, and what it must never carry.
pub struct Marks {
    pub own: String,
    pub foreign: String,
}

impl Crowd {
    pub fn new() -> Self {
        let (teller, told) = unbounded_channel();
        Self { round: Arc::default(), teller, told, listeners: JoinSet::new(), opened: 0 }
    }

    pub fn len(&self) -> usize {
        self.opened
    }

    /// Opens as many more by the same request.
    pub async fn grow(
        &mut self,
        address: SocketAddr,
        request: &[u8],
        marks: &Arc<Marks>,
        count: usize,
    ) -> Result<()> {
        let (request, first): (Arc<[u8]>, _) = (request.into(), self.opened);
        let mut lanes = JoinSet::new();
        for lane in 0..LANES {
            let numbers = (first + lane..first + count).step_by(LANES);
            lanes.spawn(open_all(address, request.clone(), numbers));
        }
        while let Some(opened) = lanes.join_next().await {
            for stream in opened?? {
                let (marks, round, teller) = (marks.clone(), self.round.clone(), self.teller.clone());
                self.listeners.spawn(listen(stream, marks, round, teller));
            }
        }
        self.opened += count;
        Ok(())
    }

    /// What comes from now on is of something new. Whoever calls it waits first until all is said of what was before.
    pub fn begin_round(&mut self) {
        self.round.number.fetch_add(1, Relaxed);
    }

    /// How long after `since` each of them heard; who did not counts as if they had heard at the very end.
    pub async fn all_heard(&mut self, since: Instant) -> Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(self.opened);
        while times.len() < self.opened {
            match timeout(PATIENCE, self.told.recv()).await {
                Ok(at) => times.push(at.context("the teller is ours")?.duration_since(since)),
                Err(_) => times.resize(self.opened, PATIENCE),
            }
        }
        if let Some(ended) = self.listeners.try_join_next() {
            ended??;
            bail!("a stream ended");
        }
        Ok(times)
    }

    /// How often one heard what only others may.
    pub fn crossed(&self) -> usize {
        self.round.crossed.load(Relaxed)
    }
}

async fn open_all(
    address: SocketAddr,
    request: Arc<[u8]>,
    numbers: impl Iterator<Item = usize> + Send,
) -> Result<Vec<TcpStream>> {
    let mut opened = Vec::new();
    for number in numbers {
        opened.push(open(address, &request, number).await?);
    }
    Ok(opened)
}

/// Returns when it was greeted; who is told that it is busy comes back.
pub async fn open(address: SocketAddr, request: &[u8], number: usize) -> Result<TcpStream> {
    loop {
        let socket = TcpSocket::new_v4()?;
        let from = Ipv4Addr::new(127, 0, 0, 2 + (number / FROM_ONE_ADDRESS) as u8);
        socket.bind((from, 0).into())?;
        let mut stream = socket.connect(address).await?;
        stream.write_all(request).await?;
        let said = read_until_greeted(&mut stream).await?;
        if said.starts_with("HTTP/1.1 200") {
            return Ok(stream);
        }
        ensure!(said.starts_with("HTTP/1.1 503"), "a stream was answered with {said}");
        sleep(PAUSE).await;
    }
}

async fn read_until_greeted(stream: &mut TcpStream) -> Result<String> {
    let (mut said, mut piece) = (Vec::new(), [0; 1024]);
    loop {
        let count = stream.read(&mut piece).await?;
        ensure!(count > 0, "the server closed the connection");
        said.extend_from_slice(&piece[..count]);
        if holds(&said, b"data: hello") || !said.starts_with(b"HTTP/1.1 200") {
            return Ok(String::from_utf8_lossy(&said).into_owned());
        }
    }
}

async fn listen(
    mut stream: TcpStream,
    marks: Arc<Marks>,
    round: Arc<Round>,
    teller: UnboundedSender<Instant>,
) -> Result<()> {
    let (mut kept, mut piece, mut last) = (Vec::new(), [0; 512], 0);
    loop {
        let count = stream.read(&mut piece).await?;
        ensure!(count > 0, "a stream ended");
        let now = Instant::now();
        kept.extend_from_slice(&piece[..count]);
        let [own, foreign] = [&marks.own, &marks.foreign].map(|mark| holds(&kept, mark.as_bytes()));
        if foreign {
            round.crossed.fetch_add(1, Relaxed);
        }
        if own {
            let number = round.number.load(Relaxed);
            if number > last {
                last = number;
                // Nobody counts any more, that is all.
                let _ = teller.send(now);
            }
        }
        let told = if own || foreign { kept.len() } else { kept.len().saturating_sub(KEPT) };
        kept.drain(..told);
    }
}

fn holds(text: &[u8], mark: &[u8]) -> bool {
    text.windows(mark.len()).any(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn everybody_hears_once_a_round_and_what_is_foreign_is_noticed() -> Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let marks = Arc::new(Marks { own: "portal:1".to_owned(), foreign: "portal:2".to_owned() });
        let mut crowd = Crowd::new();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await?;
            let mut piece = [0; 64];
            ensure!(stream.read(&mut piece).await? > 0, "nothing was asked");
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\ndata: hello\n\n").await?;
            anyhow::Ok(stream)
        });
        crowd.grow(address, b"GET /live HTTP/1.1\r\n\r\n", &marks, 1).await?;
        let mut stream = server.await??;
        crowd.begin_round();
        let since = Instant::now();
        stream.write_all(b"data: item por").await?;
        stream.write_all(b"tal:1\n\ndata: portal:2\n\n").await?;
        assert_eq!(crowd.all_heard(since).await?.len(), 1);
        while crowd.crossed() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(crowd.crossed(), 1);
        Ok(())
    }
}
