//! Five times as many visitors as can be answered, who do not wait for each other (T37): what is answered meanwhile beside what
//! is answered without them, how soon the others are told to come back, and whether somebody can still sign in and a mail
//! server still hand over a mail.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::time::sleep;

use super::Office;
use crate::{
    flood::{Outcome, flood, is_refusal},
    http::Connection,
    load::{Load, Times},
    portico::Portico,
    process::Process,
    settings::{Settings, raise_file_limit},
    table::{Figure, Limit, Row, Unit},
    visitor::Visitor,
};

const TIMES_TOO_MUCH: f64 = 5.0;
const DORA: &str = "dora@globex.test";
const SECRET: &str = "what-the-mail-server-knows";
const PAUSE: Duration = Duration::from_millis(500);
/// An answer to no mail of ours.
const MAIL: &str = "From: carol@acme.test\r\nTo: reply+nobody@portal.example\r\nSubject: Re: News\r\n\
    Message-ID: <1@acme.test>\r\n\r\nThank you.\r\n";

pub async fn measure(portico: &Portico, office: &Office, settings: &Settings) -> Result<Vec<Row>> {
    raise_file_limit()?;
    let server = portico.serve_with(&[
        ("PORTICO_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
        ("PORTICO_INBOUND_MAIL", "reply@portal.example".to_owned()),
        ("PORTICO_INBOUND_SECRET", SECRET.to_owned()),
    ])?;
    let page = office.carol.at(&server).get(&format!("/portals/{}", office.portal));
    let peak = Load::put_on(&server, vec![page.clone()], 16, settings.duration).await?.per_second();
    let (rate, duration) = (TIMES_TOO_MUCH * peak.value(), settings.endurance("overload"));
    let until = Instant::now() + duration;
    let (outcome, sign_ins, mails) = tokio::try_join!(
        flood(server.address(), page, rate, duration),
        sign_in_until(until, &server, portico.password_of(DORA)?),
        hand_over_until(until, &server),
    )?;
    let mut rows = Vec::from(of_pages(&outcome, peak));
    add_rows_of(&mut rows, "  signing in meanwhile", sign_ins);
    add_rows_of(&mut rows, "  handing over a mail meanwhile", mails);
    Ok(rows)
}

fn of_pages(outcome: &Outcome, peak: Figure) -> [Row; 7] {
    let per_second = |count: usize| Unit::PerSecond.of(count as f64 / outcome.elapsed.as_secs_f64());
    let (answered, refused) = (outcome.answered.count(), outcome.refused.count());
    let seconds = outcome.elapsed.as_secs();
    [
        Row::new(format!("five times too many pages for {seconds} s: answered"), per_second(answered))
            .beside("16 visitors", peak)
            .limit(Limit::OfPeer(0.9)),
        Row::new("  asked for", per_second(answered + refused)),
        Row::new("  until one was answered, p99", outcome.answered.percentile(99)),
        Row::new("  until one was refused, p50", outcome.refused.percentile(50)),
        Row::new("  p99", outcome.refused.percentile(99)).limit(Limit::AtMost(50.0)),
        Row::new("  refusals without Retry-After", Unit::Count.of(outcome.without_hint as f64))
            .limit(Limit::AtMost(0.0)),
        Row::new("  connections that ended", Unit::Count.of(outcome.broken as f64)).limit(Limit::AtMost(0.0)),
    ]
}

/// How long those took that were answered, and how many were not.
#[derive(Default)]
struct Meanwhile {
    times: Vec<Duration>,
    turned_away: usize,
}

impl Meanwhile {
    async fn ask(&mut self, connection: &mut Connection, request: &[u8], expected: u16) -> Result<()> {
        let started = Instant::now();
        let status = connection.exchange(request).await?.head.status;
        match status {
            _ if status == expected => self.times.push(started.elapsed()),
            _ if is_refusal(status) => self.turned_away += 1,
            _ => bail!("instead of {expected} the answer was {status}"),
        }
        sleep(PAUSE).await;
        Ok(())
    }
}

fn add_rows_of(rows: &mut Vec<Row>, what: &str, meanwhile: Meanwhile) {
    let turned_away = Unit::Count.of(meanwhile.turned_away as f64);
    let times = Times::new(meanwhile.times);
    rows.push(Row::new(format!("{what}, p50 of {}", times.count()), times.percentile(50)));
    rows.push(Row::new("  p99", times.percentile(99)));
    rows.push(Row::new("  turned away", turned_away).limit(Limit::AtMost(0.0)));
}

/// Each from an address of their own, as a proxy passes it on.
async fn sign_in_until(until: Instant, server: &Process, password: &str) -> Result<Meanwhile> {
    let visitor = Visitor::stranger(server);
    let mut connection = Connection::open(server.address()).await?;
    let mut meanwhile = Meanwhile::default();
    for number in 1.. {
        if Instant::now() >= until {
            break;
        }
        let request = visitor.sign_in_from(&format!("fd01::{number:x}"), DORA, password);
        meanwhile.ask(&mut connection, &request, 303).await?;
    }
    Ok(meanwhile)
}

async fn hand_over_until(until: Instant, server: &Process) -> Result<Meanwhile> {
    let request = Visitor::stranger(server).hand_over(MAIL, SECRET);
    let mut connection = Connection::open(server.address()).await?;
    let mut meanwhile = Meanwhile::default();
    while Instant::now() < until {
        meanwhile.ask(&mut connection, &request, 200).await?;
    }
    Ok(meanwhile)
}
