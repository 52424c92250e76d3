//! Portico in front of the internet by itself: certificates for exactly the hosts at which it answers, by a real authority or
//! from files, and plain HTTP that only leads there.

mod domains;
mod files;
mod orders;

use reqwest::Method;

use crate::{
    on_both,
    world::{Authority, LISTEN_TLS, Page, Person, World, free_port, until},
};

on_both! {
    t5_every_host_of_the_installation_has_a_certificate_and_sessions_are_as_strict_as_behind_a_proxy,
    t7_a_name_that_a_stranger_says_gets_neither_an_answer_nor_a_certificate,
    plain_http_leads_to_the_same_address_in_https_and_tells_nothing,
    t15_keys_lie_sealed_and_stand_in_no_log,
}

const HOSTS: [&str; 3] = ["portal.test", "rival.portal.test", "studio.portal.test"];
const STUDIO: &str = "studio.portal.test";

/// Where TLS is answered, and what is believed there.
struct Secured {
    authority: Authority,
    port: u16,
    root: String,
}

impl Secured {
    /// Starts the world's server anew, facing the internet. The authority issues nothing for `refused`.
    fn start(world: &mut World, refused: &[&str]) -> Self {
        let (port, plain) = (free_port(), world.server().port());
        let authority = Authority::start(plain, refused);
        face_the_internet(world, port, authority.environment());
        let root = authority.root();
        Self { authority, port, root }
    }

    fn stranger(&self, world: &World, host: &str) -> Person {
        world.stranger_securely(host, self.port, &self.root)
    }

    fn sign_in(&self, world: &World, email: &str) -> Person {
        let person = self.stranger(world, STUDIO);
        until(|| answers(&person));
        person.sign_in(email, world.password_of(email)).assert_signed_in();
        person
    }
}

fn face_the_internet(world: &mut World, port: u16, variables: Vec<(&'static str, String)>) {
    let server = world.server_mut();
    server.stop();
    server.set(LISTEN_TLS, format!("127.0.0.1:{port}"));
    server.set("PORTICO_PUBLIC_URL", format!("https://portal.test:{port}"));
    for (name, value) in variables {
        server.set(name, value);
    }
    server.launch();
    server.wait_until_ready();
}

/// Whether the handshake goes well, whatever is said after it.
fn answers(person: &Person) -> bool {
    person.request(Method::GET, "/healthz").send().is_ok()
}

/// `host` and a column of its row.
fn column(world: &World, name: &str) -> Vec<String> {
    let statement = format!(
        "SELECT host || ' ' || COALESCE(CAST({name} AS TEXT), '-') AS row FROM certificates ORDER BY host"
    );
    world.database().texts(&statement, &statement)
}

fn of_host(world: &World, host: &str, name: &str) -> String {
    let found = column(world, name);
    let row = found.iter().find_map(|row| row.strip_prefix(&format!("{host} ")));
    row.unwrap_or_default().to_owned()
}

/// In the open, where nothing but leading on is expected.
fn in_the_open(world: &World, host: &str) -> Person {
    world.stranger_at_domain(host)
}

fn t5_every_host_of_the_installation_has_a_certificate_and_sessions_are_as_strict_as_behind_a_proxy(
    mut world: World,
) {
    let secured = Secured::start(&mut world, &[]);
    for host in HOSTS {
        let person = secured.stranger(&world, host);
        until(|| answers(&person));
    }
    let carol = secured.sign_in(&world, "carol@acme.test");
    carol.visit("/").assert_ok().assert_shows("Acme website relaunch");
    assert!(carol.cookie_header().contains("__Host-portico="), "the cookie is another");
    let page = carol.get("/account");
    assert_eq!(page.assert_ok().header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    // Whose the host is, is asked as ever.
    secured.stranger(&world, "rival.portal.test").get("/account").assert_redirects_to("/sign-in");
    assert_eq!(column(&world, "failures"), HOSTS.map(|host| format!("{host} 0")));
}

fn t7_a_name_that_a_stranger_says_gets_neither_an_answer_nor_a_certificate(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    for host in HOSTS {
        let person = secured.stranger(&world, host);
        until(|| answers(&person));
    }
    for unknown in ["nobody.portal.test", "a.studio.portal.test", "portal.acme.test", "127.0.0.1"] {
        assert!(!answers(&secured.stranger(&world, unknown)), "{unknown} is answered");
    }
    assert_eq!(column(&world, "failures").len(), HOSTS.len());
    // A good name in the handshake does not open another one's door.
    let studio = secured.stranger(&world, STUDIO);
    studio.get_with("/", &[("host", "nobody.portal.test")]).assert_status(421);
}

fn plain_http_leads_to_the_same_address_in_https_and_tells_nothing(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    let open = in_the_open(&world, STUDIO);
    let leads_on = |page: Page, path: &str| {
        page.assert_status(308);
        assert_eq!(page.header("location"), format!("https://{STUDIO}:{}{path}", secured.port));
        assert!(page.source().is_empty(), "{page}");
        for header in ["strict-transport-security", "set-cookie"] {
            assert!(!page.headers.contains_key(header), "{page}");
        }
    };
    for path in ["/", "/portals?page=2", "//evil.test/", "/sign-in", "/.well-known/other"] {
        let address = format!("{}{path}", open.origin());
        leads_on(open.get(&address), path);
    }
    leads_on(open.post("/sign-in", &[("email", "carol@acme.test")]), "/sign-in");
    for unknown in ["nobody.portal.test", "portal.acme.test", "localhost"] {
        let page = in_the_open(&world, unknown).get("/");
        page.assert_status(421);
        assert!(!page.headers.contains_key("location"), "{page}");
    }
    for nothing in ["acme-challenge/AAAA", "acme-challenge/", "acme-challenge/a/b", "portico/AAAA"] {
        open.get(&format!("/.well-known/{nothing}")).assert_status(404);
    }
    assert_eq!(open.get("/healthz").assert_ok().source(), "ok\n");
}

fn t15_keys_lie_sealed_and_stand_in_no_log(mut world: World) {
    let secured = Secured::start(&mut world, &[]);
    let studio = secured.stranger(&world, STUDIO);
    until(|| answers(&studio));
    assert!(of_host(&world, STUDIO, "chain").starts_with("-----BEGIN CERTIFICATE-----"));
    let sealed = of_host(&world, STUDIO, "sealed_key");
    assert!(sealed.len() > 100 && !sealed.contains("PRIVATE") && !sealed.contains('\n'), "{sealed}");
    let accounts = "SELECT value AS row FROM installation WHERE name LIKE 'account at %'";
    let accounts = world.database().texts(accounts, accounts);
    assert_eq!(accounts.len(), 1);
    assert!(!accounts[0].contains("key_pkcs8"), "the account lies open");
    let log = world.server().log().join("\n");
    assert!(!log.contains("PRIVATE KEY") && !log.contains(&sealed) && !log.contains("key_pkcs8"));
}
