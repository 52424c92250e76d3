//! A domain of an organization's own: nobody's until it led here, and what that is checked by.

use std::{
    io::{BufRead, BufReader, ErrorKind, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use super::{ADDRESS, DOMAIN, assert_leads_to, check, claim, own_domain, publish};
use crate::{
    on_both,
    steps::wait_for_the_queue,
    world::{Page, Person, World, until},
};

on_both! {
    a_domain_answers_once_it_leads_here,
    a_check_of_a_moment_ago_is_not_repeated,
    t13_what_lies_inside_of_a_network_is_not_asked,
    t13_somebody_elses_answer_is_no_proof,
    t7_of_two_who_say_so_it_is_whose_the_domains_own_dns_names,
    links_and_mails_name_the_domain_when_the_owner_wants_it,
    a_domain_that_leads_elsewhere_for_a_week_is_taken_out,
    a_day_later_it_is_checked_by_itself,
    p43_what_is_no_domain_is_answered_at_its_field,
}

fn use_for(owner: &Person, domain_use: &str) -> Page {
    owner.post(&format!("{ADDRESS}/domain/use"), &[("use_for", domain_use)])
}

fn a_domain_answers_once_it_leads_here(world: World) {
    let (ada, outside) = (world.ada(), world.stranger_at_domain(DOMAIN));
    wait_for_the_queue(&world);
    outside.get("/").assert_status(421);
    let page = claim(&ada, DOMAIN);
    page.assert_shows("Nothing was checked yet.").assert_shows("CNAME").assert_shows("studio.localhost");
    let proof = page.texts("code").into_iter().find(|code| code.contains("/.well-known/portico/")).unwrap();
    assert!(proof.starts_with(&outside.origin()), "{proof}");
    // Nobody but whoever asks for the proof is answered.
    for path in ["/", "/sign-in", "/staff", "/account"] {
        outside.get(path).assert_status(421).assert_hides("Studio Nord");
    }
    let token = proof.rsplit('/').next().unwrap();
    let path = format!("/.well-known/portico/{token}");
    let answer = outside.get(&path);
    assert!(answer.assert_ok().source() != token && answer.source().len() > 40, "{answer}");
    for other in ["studio", "rival", "nobody", ""] {
        world.stranger_at(other).get(&path).assert_not_found();
    }
    world.stranger_at_domain("other.acme.test").get(&path).assert_not_found();
    outside.get(&format!("/.well-known/portico/{}", "A".repeat(43))).assert_not_found();

    check(&world, &ada).assert_shows("Nobody knows this name.");
    world.lead("localhost", "127.0.0.1");
    world.lead(DOMAIN, "127.0.0.1");
    check(&world, &ada).assert_shows("No TXT entry says yet that it is yours.");
    world.say_text(DOMAIN, token);
    world.say_text(&format!("_portico.{DOMAIN}"), &answer.source());
    check(&world, &ada).assert_shows("No TXT entry says yet that it is yours.");
    outside.get("/").assert_status(421);
    publish(&world, &ada, DOMAIN);
    check(&world, &ada).assert_shows("The portal answers at").assert_shows(&outside.origin());

    outside.get("/").assert_ok().assert_shows("Studio Nord");
    let form = outside.visit("/sign-in").form_with_button("Sign in");
    let form = form.fill("Email", "carol@acme.test").fill("Password", world.password_of("carol@acme.test"));
    form.submit().assert_signed_in();
    outside.visit("/").assert_ok().assert_shows("Acme website relaunch");
    // The other address is where it was, and keeps its own sessions.
    world.carol().get("/account").assert_ok();
    world.stranger().get("/account").assert_redirects_to("/sign-in");
    let log = ada.visit("/staff/settings/audit");
    log.assert_shows("Entered a domain").assert_shows("The domain leads to the portal").assert_shows(DOMAIN);

    ada.post(&format!("{ADDRESS}/domain"), &[("domain", "other.acme.test")]).assert_status(409);
    ada.post(&format!("{ADDRESS}/domain/removal"), &[]).assert_redirects_to(ADDRESS);
    for page in [outside.get("/"), outside.get("/account"), outside.get(&path)] {
        assert!([404, 421].contains(&page.status.as_u16()), "{page}");
    }
    ada.post(&format!("{ADDRESS}/domain/removal"), &[]).assert_redirects_to(ADDRESS);
    ada.visit(ADDRESS).assert_hides(DOMAIN);
}

fn a_check_of_a_moment_ago_is_not_repeated(world: World) {
    let ada = world.ada();
    wait_for_the_queue(&world);
    ada.post(&format!("{ADDRESS}/domain/check"), &[]).assert_redirects_to(ADDRESS);
    claim(&ada, DOMAIN);
    check(&world, &ada).assert_shows("Nobody knows this name.");
    world.lead("localhost", "127.0.0.1");
    world.lead(DOMAIN, "127.0.0.1");
    publish(&world, &ada, DOMAIN);
    let again = ada.post(&format!("{ADDRESS}/domain/check"), &[]).follow();
    again.assert_shows("Nobody knows this name.");
    check(&world, &ada).assert_shows("The portal answers at");
}

/// At another address of this machine, on the installation's own port.
fn listen(world: &World, address: &str) -> TcpListener {
    TcpListener::bind((address, world.server().port())).unwrap()
}

fn t13_what_lies_inside_of_a_network_is_not_asked(world: World) {
    let (ada, inside) = (world.ada(), listen(&world, "127.0.0.2"));
    inside.set_nonblocking(true).unwrap();
    claim(&ada, DOMAIN);
    let refused = "It leads to an address inside a network, where this installation is not.";
    // Not even the own machine, as long as the installation's name does not lead there.
    world.lead(DOMAIN, "127.0.0.1");
    check(&world, &ada).assert_shows(refused);
    world.lead("localhost", "127.0.0.1");
    for address in ["127.0.0.2", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.2", "192.0.2.1"] {
        world.lead_nowhere();
        world.lead("localhost", "127.0.0.1");
        world.lead(DOMAIN, address);
        check(&world, &ada).assert_shows(refused);
        // One that may be asked does not let the other in.
        world.lead(DOMAIN, "127.0.0.1");
        check(&world, &ada).assert_shows(refused);
    }
    assert_eq!(inside.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    world.stranger_at_domain(DOMAIN).get("/").assert_status(421);
}

/// Reads one request, and answers it with what becomes of its path.
fn answer_once(listener: &TcpListener, answer: impl Fn(&str) -> String) {
    // Tries, not a bound on time: whoever never comes must end the test, not hold it.
    listener.set_nonblocking(true).unwrap();
    let accepted = (0..3_000).find_map(|_| {
        thread::sleep(Duration::from_millis(20));
        listener.accept().ok()
    });
    let (mut stream, _) = accepted.unwrap();
    let path = read_path(&stream);
    stream.write_all(answer(&path).as_bytes()).unwrap();
}

fn read_path(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap();
    lines.find(|line| line.is_empty()).unwrap();
    first.split(' ').nth(1).unwrap().to_owned()
}

fn t13_somebody_elses_answer_is_no_proof(world: World) {
    let (ada, theirs) = (world.ada(), listen(&world, "127.0.0.2"));
    world.lead("localhost", "127.0.0.1");
    world.lead("localhost", "127.0.0.2");
    world.lead(DOMAIN, "127.0.0.2");
    // The daily job would take the first answer.
    wait_for_the_queue(&world);
    claim(&ada, DOMAIN);
    let own = world.stranger().origin();
    let said = |status: &str, more: &str, body: &str| {
        format!(
            "HTTP/1.1 {status}\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let token = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let answers: [&(dyn Fn(&str) -> String + Sync); 5] = [
        &|path| said("200 OK", "", path),
        &|path| said("200 OK", "", &token(path)),
        &|path| said("404 Not Found", "", &token(path)),
        &|path| said("302 Found", &format!("Location: {own}{path}\r\n"), ""),
        &|_| said("200 OK", "", &"x".repeat(100_000)),
    ];
    for answer in answers {
        thread::scope(|scope| {
            let asked = scope.spawn(|| answer_once(&theirs, answer));
            check(&world, &ada).assert_shows("Something else answers there.");
            // They may hang up on the longest before it is out.
            let _ = asked.join();
        });
    }
    drop(theirs);
    check(&world, &ada).assert_shows("Nothing answers there");
    world.stranger_at_domain(DOMAIN).get("/").assert_status(421);
}

fn t7_of_two_who_say_so_it_is_whose_the_domains_own_dns_names(world: World) {
    let (eve, unnamed) = (world.eve(), "No TXT entry says yet that it is yours.");
    claim(&eve, DOMAIN);
    // It leads here already, and Eve was first.
    world.lead("localhost", "127.0.0.1");
    world.lead(DOMAIN, "127.0.0.1");
    check(&world, &eve).assert_shows(unnamed);
    world.stranger_at_domain(DOMAIN).get("/").assert_status(421);
    let outside = own_domain(&world, &world.ada(), DOMAIN);
    check(&world, &eve).assert_shows(unnamed);
    outside.get("/").assert_ok().assert_shows("Studio Nord");
    // Of two that are named whoever was before.
    publish(&world, &eve, DOMAIN);
    check(&world, &eve)
        .assert_shows("Another organization of this installation uses it.")
        .assert_hides("Studio");
    outside.get("/").assert_ok().assert_shows("Studio Nord").assert_hides("Rival");
    let carol = world.carol().at(&outside);
    carol.get("/account").assert_ok();

    world.ada().post(&format!("{ADDRESS}/domain/removal"), &[]).assert_redirects_to(ADDRESS);
    carol.get("/account").assert_status(421);
    check(&world, &eve).assert_shows("The portal answers at");
    outside.get("/").assert_ok().assert_shows("Rival & Co").assert_hides("Studio Nord");
    // Whoever was signed in there is nobody to the next.
    carol.get("/account").assert_redirects_to("/sign-in");
}

fn links_and_mails_name_the_domain_when_the_owner_wants_it(world: World) {
    let ada = world.ada();
    use_for(&ada, "links").assert_status(409);
    use_for(&ada, "nonsense").assert_status(409);
    let outside = own_domain(&world, &ada, DOMAIN);
    let link_of_mail = || {
        world.stranger().visit("/reset").form_with_field("Email").fill("Email", "dora@globex.test").submit();
        world.mailbox().next_to("dora@globex.test").link("Choose a new password")
    };
    assert!(link_of_mail().starts_with(&ada.origin()));
    let page = use_for(&ada, "nonsense");
    page.assert_status(422).assert_shows("Choose one of these.");
    use_for(&ada, "links").assert_redirects_to(ADDRESS);
    let link = link_of_mail();
    assert!(link.starts_with(&outside.origin()), "{link}");
    outside.visit(&link).assert_ok();
    world.stranger().get("/").assert_ok();

    // No form leads to another site: the answer is a page with a link.
    let answer = use_for(&ada, "only");
    answer.assert_ok().assert_shows(&format!("From now on the portal is at {}.", outside.origin()));
    let stranger = world.stranger();
    assert_leads_to(
        &stranger.get("/sign-in?return=/account"),
        &format!("{}/sign-in?return=/account", outside.origin()),
    );
    stranger.post("/sign-in", &[]).assert_status(421).assert_shows(&outside.origin());
    outside.get("/").assert_ok();

    let owner = world.stranger_at_domain(DOMAIN);
    owner.sign_in("ada@studio.test", world.password_of("ada@studio.test")).assert_signed_in();
    let answer = owner.post(&format!("{ADDRESS}/domain/removal"), &[]);
    answer.assert_ok().assert_shows(&format!("From now on the portal is at {}.", ada.origin()));
    outside.get("/").assert_status(421);
    ada.get("/staff").assert_ok();
    assert!(link_of_mail().starts_with(&ada.origin()));
}

fn a_domain_that_leads_elsewhere_for_a_week_is_taken_out(world: World) {
    let ada = world.ada();
    let outside = own_domain(&world, &ada, DOMAIN);
    use_for(&ada, "links").assert_redirects_to(ADDRESS);
    world.lead_nowhere();
    check(&world, &ada)
        .assert_shows("After a week the domain is taken out")
        .assert_shows("The portal answers at");
    // What comes back in time is as if nothing had been.
    world.clock().advance(6);
    world.lead("localhost", "127.0.0.1");
    world.lead(DOMAIN, "127.0.0.1");
    publish(&world, &ada, DOMAIN);
    until(|| !check(&world, &ada).shows("After a week"));
    world.lead_nowhere();
    check(&world, &ada).assert_shows("After a week");
    world.clock().advance(6);
    check(&world, &ada).assert_shows("The portal answers at");
    outside.get("/").assert_ok();
    world.clock().advance(1);
    until(|| !check(&world, &ada).shows("The portal answers at"));
    outside.get("/").assert_status(421);
    ada.visit(ADDRESS).assert_shows("Nobody knows this name.");
    ada.visit("/staff/settings/audit").assert_shows("it led elsewhere for a week");
}

fn a_day_later_it_is_checked_by_itself(world: World) {
    let ada = world.ada();
    claim(&ada, DOMAIN);
    world.lead("localhost", "127.0.0.1");
    world.lead(DOMAIN, "127.0.0.1");
    publish(&world, &ada, DOMAIN);
    world.clock().advance(1);
    until(|| world.stranger_at_domain(DOMAIN).get("/").status == 200);
}

fn p43_what_is_no_domain_is_answered_at_its_field(world: World) {
    let ada = world.ada();
    let no_name =
        "This is no domain. Enter a name such as portal.example.com, with nothing before or after it.";
    let numbers = "Enter a name, not an address of numbers.";
    let own = "This name is the installation’s own. Enter a domain of yours.";
    let port = world.server().port();
    for (typed, sentence) in [
        (" ".to_owned(), "Enter a domain, such as portal.example.com."),
        ("acme".to_owned(), no_name),
        ("https://portal.acme.test".to_owned(), no_name),
        (format!("portal.acme.test:{port}"), no_name),
        ("portal.acme.test.".to_owned(), no_name),
        ("*.acme.test".to_owned(), no_name),
        ("<b>.acme.test".to_owned(), no_name),
        ("x".repeat(10_000), no_name),
        ("127.0.0.1".to_owned(), numbers),
        ("0x7f000001".to_owned(), numbers),
        ("localhost".to_owned(), no_name),
        ("rival.localhost".to_owned(), own),
        ("a.b.localhost".to_owned(), own),
    ] {
        let answer = ada.post(&format!("{ADDRESS}/domain"), &[("domain", &typed)]);
        assert_eq!(answer.assert_status(422).field_error("Domain"), sentence, "{typed}");
        assert_eq!(answer.form_with_field("Domain").value("Domain"), typed);
    }
    claim(&ada, "xn--bcher-kva.test");
    ada.post(&format!("{ADDRESS}/domain"), &[("domain", "Bücher.test")]).assert_redirects_to(ADDRESS);
    assert_eq!(ada.visit(ADDRESS).form_with_field("Domain").value("Domain"), "xn--bcher-kva.test");
}
