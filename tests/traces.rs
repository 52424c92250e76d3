//! What leaves the program for a collector of OpenTelemetry: spans of what it does, and nothing about anybody.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::{
    on_both,
    operations::{TOKEN, metrics, restart},
    steps::{new_portal, share, upload_form, wait_for_the_queue},
    world::{Backend, Upload, World, until},
};

on_both! {
    t15_spans_of_a_page_an_upload_a_job_and_a_mail_reach_the_collector_and_tell_of_nobody,
}

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
/// In milliseconds, in place of five seconds.
const SOON: (&str, &str) = ("OTEL_BSP_SCHEDULE_DELAY", "100");

/// Takes what is sent to it, or lets whoever sends wait for ever.
struct Collector {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

struct Received {
    /// The request's line and its headers.
    head: String,
    body: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Takes,
    Hangs,
}

impl Collector {
    fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let kept = received.clone();
        // It ends with the tests.
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let kept = kept.clone();
                thread::spawn(move || serve(connection, &kept, manner));
            }
        });
        Self { port, received }
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn has(&self, bytes: &[u8]) -> bool {
        let received = self.received.lock().unwrap();
        received.iter().any(|each| each.body.windows(bytes.len()).any(|window| window == bytes))
    }

    fn has_word(&self, word: &str) -> bool {
        self.has(word.as_bytes())
    }

    fn heads(&self) -> Vec<String> {
        self.received.lock().unwrap().iter().map(|each| each.head.clone()).collect()
    }
}

fn serve(connection: TcpStream, received: &Mutex<Vec<Received>>, manner: Manner) {
    let mut lines = BufReader::new(connection.try_clone().unwrap());
    let mut answers = connection;
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if lines.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let lower = head.to_ascii_lowercase();
        let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.trim().parse().unwrap()];
        if lines.read_exact(&mut body).is_err() {
            return;
        }
        received.lock().unwrap().push(Received { head, body });
        if manner == Manner::Hangs {
            thread::sleep(Duration::from_secs(60));
            return;
        }
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
        if answers.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn t15_spans_of_a_page_an_upload_a_job_and_a_mail_reach_the_collector_and_tell_of_nobody(mut world: World) {
    let collector = Collector::start(Manner::Takes);
    let opened = ("PORTICO_METRICS_TOKEN", TOKEN);
    restart(&mut world, &[(ENDPOINT, collector.address().as_str()), SOON, opened]);
    let ada = world.ada();
    let portal = new_portal(&ada, "Kingfisher and sons");
    let plan = Upload::text("heronplan.txt", "The wagtail nests in the third week.");
    upload_form(&portal, [plan]).submit().follow().assert_shows("heronplan.txt");
    share(&portal, "nuthatch@redstart.test");
    ada.get("/staff/search?q=goldcrest");
    ada.get("/unheardof/sandpiper?a=turnstone");
    wait_for_the_queue(&world);
    world.mailbox().next_to("nuthatch@redstart.test");

    for word in [
        "GET /staff/portals/:portal",
        "http.response.status_code",
        "db.operation.name",
        "portico.waiting_seconds",
        "portico.job.outcome",
        "portico.object.verb",
        "portico.mail.outcome",
        "portico.reading.purpose",
        "service.version",
    ] {
        until(|| collector.has_word(word));
    }
    for head in collector.heads() {
        assert!(head.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{head}");
        assert!(head.contains("application/x-protobuf"), "{head}");
    }

    let page = metrics(&world.stranger(), &format!("Bearer {TOKEN}"));
    let page = page.assert_ok().source();
    // What was not sent yet is sent at the end.
    world.server_mut().stop();
    let cookies = ada.cookie_header();
    let pairs = cookies.split("; ").filter_map(|cookie| cookie.split_once('='));
    let tokens: Vec<&str> = pairs.map(|(_, token)| token).collect();
    assert!(tokens.iter().any(|token| token.len() >= 32), "{cookies}");
    let portal_id = portal.path().rsplit('/').next().unwrap();
    let private = [
        "Kingfisher",
        "heronplan",
        "wagtail",
        "nuthatch",
        "redstart",
        "goldcrest",
        "sandpiper",
        "turnstone",
        "unheardof",
        "localhost",
        "studio",
        "127.0.0.1",
        portal_id,
    ];
    // A shorter one would be found by chance.
    let tokens = tokens.into_iter().filter(|token| token.len() >= 10);
    let mut told: Vec<&str> = private.into_iter().chain(tokens).collect();
    told.retain(|word| collector.has_word(word) || page.contains(word));
    assert!(told.is_empty(), "{told:?} was told");
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
}

/// By the example of the standard (<https://www.w3.org/TR/trace-context/>, 3.2.2).
#[test]
fn t7_whose_child_a_request_is_only_a_known_proxy_may_say() {
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let trace = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes();
    let mut world = World::start(Backend::Sqlite);
    let collector = Collector::start(Manner::Takes);
    restart(&mut world, &[(ENDPOINT, collector.address().as_str()), SOON]);
    world.stranger().sending("traceparent", PARENT).get("/sign-in").assert_ok();
    until(|| collector.has_word("GET /sign-in"));
    assert!(!collector.has(&trace), "a stranger's trace was gone on with");

    restart(&mut world, &[("PORTICO_TRUSTED_PROXIES", "127.0.0.1")]);
    world.stranger().sending("traceparent", PARENT).get("/sign-in").assert_ok();
    until(|| collector.has(&trace));
}

/// A bound that leaves room for a busy machine, and is below the exporter's own patience.
const AT_MOST: Duration = Duration::from_secs(4);

#[test]
fn t32_t36_a_collector_that_hangs_or_is_away_keeps_nobody_waiting() {
    let mut world = World::start(Backend::Sqlite);
    let hanging = Collector::start(Manner::Hangs);
    let away = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let nobody = format!("http://{}", away.local_addr().unwrap());
    drop(away);
    for address in [hanging.address(), nobody] {
        restart(&mut world, &[(ENDPOINT, address.as_str()), SOON]);
        let ada = world.ada();
        for _ in 0..50 {
            let asked = Instant::now();
            ada.visit("/staff/portals").assert_ok();
            assert!(asked.elapsed() < AT_MOST, "it took {:?}", asked.elapsed());
        }
    }
    until(|| world.server().log().iter().any(|line| line.contains("the collector takes no spans")));
    // Within the 10 s of T36, as the world asserts; and nobody was told again and again.
    world.server_mut().stop();
    let mut complaints = world.server().log();
    complaints.retain(|line| line.contains("the collector takes no spans"));
    assert!(complaints.len() <= 2, "{complaints:?} of two starts");
    world.server_mut().launch();
    world.server_mut().wait_until_ready();
}

#[test]
fn an_address_that_cannot_be_used_stops_the_start_and_is_not_repeated() {
    let world = World::start(Backend::Sqlite);
    let mut surroundings = world.server().surroundings().clone();
    surroundings.set("PORTICO_LISTEN", "127.0.0.1:0");
    for wrong in [
        "collector",
        "grpc://a:opensesame@collector.test",
        "http://a:opensesame@collector.test",
        "http://collector.test/?a=opensesame",
    ] {
        surroundings.set(ENDPOINT, wrong);
        let said = surroundings.run(&["serve"]).assert_failure();
        assert!(said.contains(ENDPOINT) && !said.contains("opensesame"), "{said}");
    }
}
