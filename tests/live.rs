//! T4: an open page hears of what its reader may see, and of nothing else.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    on_both,
    steps::{demand_second_step, new_portal, note_form, share},
    world::{Line, Page, Person, World},
};

on_both! {
    t4_of_a_thousand_open_pages_none_hears_of_what_is_not_its_readers,
    p12_an_open_page_hears_no_more_of_what_was_taken_back,
    an_open_page_of_staff_who_owe_a_second_step_by_now_hears_no_more,
    a_stream_is_one_whole_answer_in_either_version_of_http_and_ends_with_the_server,
    t4_a_page_hears_of_what_happened_between_its_making_and_its_listening,
}

const OF_EACH: usize = 250;
/// How long a test waits for what must come; nothing measures it.
const PATIENCE: Duration = Duration::from_secs(20);

/// One reader's portal, and their open pages.
struct Reader {
    portal: Page,
    pages: Vec<OpenPage>,
}

struct OpenPage {
    stream: BufReader<TcpStream>,
    heard: String,
}

impl OpenPage {
    fn open(person: &Person, path: &str) -> Self {
        let address = person.address(path);
        let (host, port) = (address.host_str().unwrap(), address.port().unwrap());
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let cookie = person.cookie_header();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n").unwrap();
        let mut page = Self { stream: BufReader::new(stream), heard: String::new() };
        page.listen_until(|heard| heard.contains("hello"));
        page
    }

    /// All that is said until the stream is over.
    fn listen_to_the_end(mut self) -> String {
        self.stream.read_to_string(&mut self.heard).unwrap();
        self.heard
    }

    fn listen_until(&mut self, enough: impl Fn(&str) -> bool) {
        while !enough(&self.heard) {
            assert!(self.stream.read_line(&mut self.heard).unwrap() > 0, "closed after {}", self.heard);
        }
    }
}

pub fn id(portal: &Page) -> &str {
    portal.path().rsplit('/').next().unwrap()
}

fn t4_of_a_thousand_open_pages_none_hears_of_what_is_not_its_readers(world: World) {
    let room = Rlimit { current: getrlimit(Resource::Nofile).maximum, ..getrlimit(Resource::Nofile) };
    setrlimit(Resource::Nofile, room).unwrap();
    let (ada, eve) = (world.ada(), world.eve());
    let clients = [
        (world.carol(), "carol@acme.test"),
        (world.cyril(), "cyril@acme.test"),
        (world.dora(), "dora@globex.test"),
    ];
    let with_portal = |(person, email): &(Person, &str)| {
        let portal = new_portal(&ada, &format!("Only for {email}"));
        share(&portal, email);
        (portal, person.clone(), "/live")
    };
    let mut readers: Vec<(Page, Person, &str)> = clients.iter().map(with_portal).collect();
    readers.push((new_portal(&eve, "Only for the rival"), eve.clone(), "/staff/live"));
    let mut readers: Vec<Reader> = readers
        .into_iter()
        .map(|(portal, person, path)| {
            let pages = (0..OF_EACH).map(|_| OpenPage::open(&person, path)).collect();
            Reader { portal, pages }
        })
        .collect();

    // What is written in the second round comes after whatever the first one told anybody.
    for round in ["First", "Second"] {
        for reader in &readers {
            note_form(&reader.portal, round, "Words.").submit().follow().assert_ok();
        }
    }
    let ids: Vec<String> = readers.iter().map(|reader| id(&reader.portal).to_owned()).collect();
    for (reader, own) in readers.iter_mut().zip(&ids) {
        for page in &mut reader.pages {
            page.listen_until(|heard| heard.matches(own.as_str()).count() >= 2);
            for foreign in ids.iter().filter(|id| *id != own) {
                assert!(!page.heard.contains(foreign.as_str()), "{}", page.heard);
            }
        }
    }
}

fn a_stream_is_one_whole_answer_in_either_version_of_http_and_ends_with_the_server(mut world: World) {
    let ada = world.ada();
    let asked = Line::head(&ada, "GET /staff/live", "");
    let [mut modern, mut old, mut gone] =
        [asked.clone(), asked.replace("HTTP/1.1", "HTTP/1.0"), asked].map(|asked| {
            let mut line = Line::open(&ada);
            line.send(asked).unwrap();
            line
        });
    let head = modern.hear_head().unwrap().to_lowercase();
    assert!(head.starts_with("http/1.1 200") && head.contains("transfer-encoding: chunked"), "{head}");
    assert!(head.contains("connection: close"), "nobody else's request comes after it: {head}");
    let head = old.hear_head().unwrap().to_lowercase();
    assert!(head.contains(" 200 ") && !head.contains("transfer-encoding"), "{head}");
    // Whoever leaves is in nobody's way, and neither is one who says what nobody asked for.
    gone.hear_head().unwrap();
    gone.send("GET / HTTP/1.1\r\n\r\n").unwrap();
    gone.hear_all().ok();

    new_portal(&ada, "Heard of");
    world.server_mut().stop();
    let plain = String::from_utf8(old.hear_all().unwrap()).unwrap();
    for said in [plain, in_chunks(&modern.hear_all().unwrap())] {
        let messages: Vec<&str> = said.split_terminator("\n\n").collect();
        assert_eq!(messages[0], "data: hello");
        assert!(messages.len() > 1 && messages.iter().all(|message| message.starts_with("data: ")), "{said}");
    }
}

/// RFC 9112, section 7.1, to its last chunk.
fn in_chunks(mut bytes: &[u8]) -> String {
    let mut said = Vec::new();
    loop {
        let end = bytes.windows(2).position(|pair| pair == b"\r\n").expect("a chunk begins");
        let size = usize::from_str_radix(str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        let (chunk, rest) = bytes[end + 2..].split_at(size);
        said.extend(chunk);
        bytes = rest.strip_prefix(b"\r\n").expect("a chunk ends");
        if size == 0 {
            assert!(bytes.is_empty());
            return String::from_utf8(said).unwrap();
        }
    }
}

fn p12_an_open_page_hears_no_more_of_what_was_taken_back(world: World) {
    let ada = world.ada();
    let [taken, kept] = ["Taken back", "Kept"].map(|name| new_portal(&ada, name));
    for portal in [&taken, &kept] {
        share(portal, "carol@acme.test");
    }
    let mut page = OpenPage::open(&world.carol(), "/live");
    note_form(&taken, "Before", "Words.").submit().follow().assert_ok();
    page.listen_until(|heard| heard.contains(id(&taken)));
    ada.visit(taken.path()).row("carol@acme.test").press("Revoke").assert_ok();
    page.listen_until(|heard| heard.contains("everything"));

    page.heard.clear();
    note_form(&taken, "After", "Words.").submit().follow().assert_ok();
    note_form(&kept, "Later", "Words.").submit().follow().assert_ok();
    page.listen_until(|heard| heard.contains(id(&kept)));
    assert!(!page.heard.contains(id(&taken)), "{}", page.heard);
}

fn an_open_page_of_staff_who_owe_a_second_step_by_now_hears_no_more(world: World) {
    let (ada, onlooker) = (world.ada(), world.sign_in("ada@studio.test"));
    let portal = new_portal(&ada, "Before");
    share(&portal, "carol@acme.test");
    onlooker.visit("/staff/clients").press("Carol Meyer").press("See as client").assert_ok();
    let mut pages =
        [(&world.ben(), "/staff/live"), (&onlooker, "/live")].map(|(who, path)| OpenPage::open(who, path));
    // What happened before is told before this.
    note_form(&portal, "Before", "Words.").submit().follow().assert_ok();
    for page in &mut pages {
        page.listen_until(|heard| heard.contains(id(&portal)));
        page.heard.clear();
    }

    demand_second_step(&ada).assert_redirects_to("/staff/settings/sign-in");
    for page in pages {
        let heard = page.listen_to_the_end();
        assert!(heard.ends_with("0\r\n\r\n") && !heard.contains("everything"), "{heard}");
    }
}

fn t4_a_page_hears_of_what_happened_between_its_making_and_its_listening(world: World) {
    let ada = world.ada();
    let portals = ["carol@acme.test", "dora@globex.test"].map(|email| {
        let portal = new_portal(&ada, &format!("For {email}"));
        share(&portal, email);
        portal
    });
    let [of_carol, of_dora] = portals.each_ref().map(id);
    let stream = |person: &Person| person.visit("/").attributes("body", "data-live").concat();
    let [early, carols, doras] = [&ada, &world.carol(), &world.dora()].map(stream);

    let mut others = OpenPage::open(&ada, "/staff/live");
    portals.iter().for_each(|portal| {
        note_form(portal, "In between", "Words.").submit().follow().assert_ok();
    });
    others.listen_until(|heard| heard.contains(of_dora));
    let mut page = OpenPage::open(&ada, &early);
    page.listen_until(|heard| heard.contains(of_carol) && heard.contains(of_dora));
    for (person, address, own, foreign) in
        [(world.carol(), carols, of_carol, of_dora), (world.dora(), doras, of_dora, of_carol)]
    {
        let mut page = OpenPage::open(&person, &address);
        page.listen_until(|heard| heard.contains(own));
        assert!(!page.heard.contains(foreign), "{}", page.heard);
    }

    // A page that was made afterwards shows it already.
    let mut page = OpenPage::open(&ada, &stream(&ada));
    let last = new_portal(&ada, "The last one");
    page.listen_until(|heard| heard.contains(id(&last)));
    assert!(!page.heard.contains(of_carol), "{}", page.heard);
}
