//! An hour of everything at once: pages, searches, notes, uploads, messages and event streams, at a pace that leaves the machine
//! some air, and what the server keeps in memory meanwhile. Each task asks on one connection, one request after the other.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::Result;
use bytes::Bytes;
use tokio::{
    io::AsyncReadExt,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{office::client_and_portal, search_page};
use crate::{
    corpus::Corpus,
    crowd,
    http::Connection,
    picture::{Curve, Picture, Scale},
    portico::Portico,
    process::Process,
    questions::Class,
    settings::Settings,
    table::{Limit, Row, Unit},
    visitor::Visitor,
};

const SAMPLED: Duration = Duration::from_secs(10);
/// Open at any time, each for [`LISTENING`].
const STREAMS: usize = 50;
const LISTENING: Duration = Duration::from_secs(20);
const READERS: usize = 4;
/// Documents of the corpus, which the questions are about.
const DOCUMENTS: usize = 2_000;
const UPLOAD_PAUSE: Duration = Duration::from_secs(5);
/// In an uploaded text.
const PARAGRAPHS: usize = 200;

pub async fn measure(folder: &Path, settings: &Settings) -> Result<Vec<Row>> {
    let portico = Portico::fill(folder, &[])?;
    let server = Arc::new(portico.serve()?);
    let ada = portico.sign_in(&server, "ada@studio.test").await?;
    let (carol, portal) = client_and_portal(&portico, &server, "studio", "carol@acme.test").await?;
    let tally = Arc::new(Tally::default());
    let mut tasks = JoinSet::new();
    for habit in habits(&ada, &carol, &portal) {
        tasks.spawn(habit.keep(server.address(), tally.clone()));
    }
    for number in 0..STREAMS {
        tasks.spawn(keep_listening(server.address(), carol.get("/live"), number, tally.clone()));
    }
    tasks.spawn(keep_uploading(server.clone(), ada, portal, tally.clone()));
    let started = Instant::now();
    let samples = samples(&server, started, settings.soak).await?;
    tasks.shutdown().await;
    if let Some(pictures) = &settings.pictures {
        draw(&samples, settings.soak).write(pictures, "soak.svg")?;
    }
    Ok(rows(&samples, &tally, started.elapsed()))
}

#[derive(Default)]
struct Tally {
    done: AtomicUsize,
    refused: AtomicUsize,
}

impl Tally {
    fn count(&self, is_done: bool) {
        let counted = if is_done { &self.done } else { &self.refused };
        counted.fetch_add(1, Relaxed);
    }
}

/// What somebody asks for again and again.
struct Habit {
    requests: Vec<Vec<u8>>,
    pause: Duration,
}

fn habits(ada: &Visitor, carol: &Visitor, portal: &str) -> Vec<Habit> {
    let corpus = Corpus::new();
    let every = Duration::from_millis;
    let pages = ["/", &format!("/portals/{portal}"), "/account", "/messages"].map(|path| carol.get(path));
    let asked = [Class::Common, Class::Rare, Class::ThreeWords, Class::Prefix, Class::Typo];
    let questions = asked.iter().flat_map(|class| class.questions(&corpus, DOCUMENTS));
    let searches = questions.map(|question| search_page::request(carol, &question)).collect();
    let note = [("title", "What we agreed on"), ("note", "The mug, in green, and a bag.")];
    let notes = vec![ada.post_form(&format!("/staff/portals/{portal}/notes"), &note)];
    let messages = vec![carol.post_part(&format!("/portals/{portal}/messages"), "message", "Thank you!")];
    let reader = || Habit { requests: pages.to_vec(), pause: every(20) };
    let mut habits: Vec<_> = (0..READERS).map(|_| reader()).collect();
    habits.push(Habit { requests: searches, pause: every(50) });
    habits.push(Habit { requests: notes, pause: every(10_000) });
    habits.push(Habit { requests: messages, pause: every(5_000) });
    habits
}

impl Habit {
    async fn keep(self, address: SocketAddr, tally: Arc<Tally>) -> Result<()> {
        let mut connection = Connection::open(address).await?;
        for request in self.requests.iter().cycle() {
            match connection.exchange(request).await {
                Ok(answer) => tally.count(matches!(answer.head.status, 200 | 303)),
                Err(_) => {
                    tally.count(false);
                    connection = Connection::open(address).await?;
                }
            }
            sleep(self.pause).await;
        }
        Ok(())
    }
}

async fn keep_listening(
    address: SocketAddr,
    request: Vec<u8>,
    number: usize,
    tally: Arc<Tally>,
) -> Result<()> {
    loop {
        let Ok(mut stream) = crowd::open(address, &request, number).await else {
            tally.count(false);
            sleep(LISTENING).await;
            continue;
        };
        let heard = timeout(LISTENING, async {
            let mut piece = [0; 512];
            while stream.read(&mut piece).await.is_ok_and(|count| count > 0) {}
        });
        // Whoever is still listened to when the time is over did not hang up.
        tally.count(heard.await.is_err());
    }
}

/// Another version of the same file each time, whose words are read.
async fn keep_uploading(server: Arc<Process>, ada: Visitor, portal: String, tally: Arc<Tally>) -> Result<()> {
    let corpus = Corpus::new();
    for first in (0..).step_by(PARAGRAPHS) {
        let paragraphs = (first..first + PARAGRAPHS).map(|number| corpus.document(number).body);
        let text = paragraphs.collect::<Vec<_>>().join("\n\n");
        let uploaded = ada.upload_pieces(&server, &portal, "soaked.txt", &[Bytes::from(text)]).await;
        tally.count(uploaded.is_ok());
        sleep(UPLOAD_PAUSE).await;
    }
    Ok(())
}

/// Minutes since the beginning, and MiB.
async fn samples(server: &Process, started: Instant, duration: Duration) -> Result<Vec<(f64, f64)>> {
    let mut samples = Vec::new();
    while started.elapsed() < duration {
        sleep(SAMPLED.min(duration / 30)).await;
        samples.push((started.elapsed().as_secs_f64() / 60.0, server.memory()?));
    }
    Ok(samples)
}

fn draw(samples: &[(f64, f64)], duration: Duration) -> Picture {
    Picture {
        title: format!("Memory (PSS) during a mixed load of {} minutes", duration.as_secs() / 60),
        across: "minutes",
        scale: Scale::Even,
        unit: Unit::Mebibytes,
        curves: vec![Curve { name: "portico serve", points: samples.to_vec() }],
    }
}

fn rows(samples: &[(f64, f64)], tally: &Tally, elapsed: Duration) -> Vec<Row> {
    let memory = |place: usize| samples.get(place).map_or(0.0, |(_, memory)| *memory);
    let most = samples.iter().map(|(_, memory)| *memory).fold(0.0, f64::max);
    let done = tally.done.load(Relaxed) as f64;
    let an_hour = 60.0 * slope(&samples[samples.len() / 2..]);
    let what = format!("a mixed load for {} minutes: done", elapsed.as_secs() / 60);
    vec![
        Row::new(what, Unit::PerSecond.of(done / elapsed.as_secs_f64())),
        Row::new("  refused or broken off", Unit::Count.of(tally.refused.load(Relaxed) as f64))
            .limit(Limit::AtMost(0.0)),
        Row::new("  memory at the end", Unit::Mebibytes.of(memory(samples.len().saturating_sub(1))))
            .beside("after a tenth", Unit::Mebibytes.of(memory(samples.len() / 10))),
        Row::new("  the most", Unit::Mebibytes.of(most)).limit(Limit::AtMost(100.0)),
        Row::new("  growth an hour, in its second half", Unit::Mebibytes.of(an_hour)),
    ]
}

/// Of the line that lies closest to them (least squares).
fn slope(samples: &[(f64, f64)]) -> f64 {
    let count = samples.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| samples.iter().map(of).sum::<f64>() / count;
    let (middle, height) = (mean(|sample| sample.0), mean(|sample| sample.1));
    let together: f64 = samples.iter().map(|(across, up)| (across - middle) * (up - height)).sum();
    let spread: f64 = samples.iter().map(|(across, _)| (across - middle).powi(2)).sum();
    if spread > 0.0 { together / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_by_two_a_minute_has_a_slope_of_two_whatever_shakes() {
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]), 2.0);
        assert_eq!(slope(&[(0.0, 5.0), (1.0, 3.0), (2.0, 5.0)]), 0.0);
        assert_eq!((slope(&[]), slope(&[(1.0, 7.0)])), (0.0, 0.0));
    }

    #[test]
    fn the_rows_say_what_was_kept() {
        let tally = Tally::default();
        [true, true, false].into_iter().for_each(|is_done| tally.count(is_done));
        let samples = [(1.0, 40.0), (2.0, 90.0), (3.0, 50.0)];
        let written = crate::table::in_markdown(&rows(&samples, &tally, Duration::from_secs(2)));
        for line in [
            "| 1.00/s |",
            "broken off | 1 |",
            "the most | 90.0 MiB |",
            "at the end | 50.0 MiB | 40.0 MiB after",
        ] {
            assert!(written.contains(line), "{line} in {written}");
        }
    }
}
