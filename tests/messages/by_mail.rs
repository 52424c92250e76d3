//! Answers by mail: whose become messages, and what happens to all the others.

use std::{cell::RefCell, fs};

use reqwest::Method;

use super::{shared_portal, theirs, with, write};
use crate::{
    on_both,
    world::{Line, Mail, Page, Person, World, until},
};

on_both! {
    an_answer_becomes_a_message_of_whoever_was_sent_the_mail,
    only_who_was_sent_the_address_answers_and_the_others_are_written_down,
    nobody_fills_the_log_with_what_is_refused,
    p12_after_a_revocation_nobody_answers_any_more,
    what_no_person_sent_is_dropped,
    t12_a_mail_that_cannot_be_read_costs_itself_alone,
    t12_a_mail_waits_for_a_reader_that_cannot_be_started,
    t14_nobody_but_the_mail_server_hands_mail_over,
    t17_what_nobody_can_believe_is_not_read,
    t17_few_unproven_mails_are_held_at_a_time,
    without_an_address_nobody_is_told_to_answer,
}

const SECRET: &str = "the secret of a mail server";

/// From its next start on.
pub fn with_inbound(world: &mut World) {
    with_secret(world, SECRET);
}

fn with_secret(world: &mut World, secret: &str) {
    let server = world.server_mut();
    server.set("PORTICO_INBOUND_MAIL", "reply@portal.example");
    server.set("PORTICO_INBOUND_SECRET", secret);
    server.stop();
    server.launch();
    server.wait_until_ready();
}

fn hand_over(world: &World, proof: &str, mail: &str) -> Page {
    let stranger = world.stranger();
    let request = stranger.request(Method::POST, "/webhooks/mail").header("Authorization", proof);
    stranger.send(request.body(mail.replace('\n', "\r\n")))
}

#[track_caller]
pub fn opened(world: &World, mail: &str) -> String {
    hand_over(world, &format!("Bearer {SECRET}"), mail).assert_ok().source()
}

pub fn answer(from: &str, to: &str, id: &str, words: &str) -> String {
    format!(
        "From: Somebody <{from}>\nTo: {to}\nMessage-ID: <{id}@acme.test>\nSubject: Re: A message\n\
         Content-Type: text/plain; charset=utf-8\n\n{words}\n"
    )
}

/// The mail that Carol gets about what Ada wrote.
fn mail_to_carol(world: &World, portal: &Page, words: &str) -> Mail {
    write(&with(&world.ada(), portal, "Carol Meyer"), words);
    world.clock().advance_seconds(300);
    world.mailbox().next_about("carol@acme.test", "message about “Annual accounts”")
}

fn count(page: &Page, words: &str) -> usize {
    page.texts("li.message").iter().filter(|message| message.contains(words)).count()
}

fn an_answer_becomes_a_message_of_whoever_was_sent_the_mail(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    let (ada, carol) = (world.ada(), world.carol());
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    assert!(mail.text.contains("You can also answer this mail."), "{}", mail.text);
    let (local, domain) = mail.reply_to.split_once('@').unwrap();
    assert_eq!((domain, local.len()), ("portal.example", "reply+".len() + 48));
    assert!(!world.database().snapshot(&[]).holds(&local["reply+".len()..]), "the token is stored");

    let quoted = "Nine, **not** ten.\n\nOn Thu, 26 Nov 2026 at 10:12, Studio <portal@studio.test> wrote:\n> When do the\n> shops open?";
    let raw = answer("Carol@Acme.test", &mail.reply_to, "1", quoted);
    assert!(opened(&world, &raw).contains("was added"));
    assert!(opened(&world, &raw).contains("there already"));
    for page in [carol.visit(&theirs(&portal)), with(&ada, &portal, "Carol Meyer")] {
        assert_eq!((count(&page, "Nine, not ten."), count(&page, "Carol Meyer")), (1, 1), "{page}");
        page.assert_hides("On Thu").assert_hides("wrote:");
    }
    // Nobody else with the portal meets it.
    world.cyril().visit(&theirs(&portal)).assert_hides("Nine");

    // Staff answer in the same way, with a file, and in another program's form.
    world.clock().advance_seconds(300);
    let mail = world.mailbox().next_about("ada@studio.test", "message about “Annual accounts”");
    assert!(mail.text.contains("Nine"), "{}", mail.text);
    let parts = format!(
        "From: ada@studio.test\nTo: {}\nMessage-ID: <2@studio.test>\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/html; charset=utf-8\n\n\
         <p>Thank you, <b>Carol</b>.</p>\n--X\nContent-Type: text/plain\n\
         Content-Disposition: attachment; filename=\"../hours.txt\"\n\nNine to five.\n--X--\n",
        mail.reply_to
    );
    assert!(opened(&world, &parts).contains("was added"));
    let page = carol.visit(&theirs(&portal));
    page.assert_shows("Thank you, Carol.").assert_shows("hours.txt").assert_hides("../");
    let file = page.attributes(".message-files a", "href").remove(0);
    assert_eq!(carol.get(&file).assert_ok().source().trim_end(), "Nine to five.");
}

fn only_who_was_sent_the_address_answers_and_the_others_are_written_down(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    let forged = answer("cyril@acme.test", &mail.reply_to, "1", "The quokkasalary");
    assert!(opened(&world, &forged).contains("from somebody else"));
    // Known to nobody, but of this organization; and of none.
    let (local, domain) = mail.reply_to.split_once('@').unwrap();
    let guessed = format!("{}{}@{domain}", &local[..local.len() - 4], "0123");
    assert!(
        opened(&world, &answer("carol@acme.test", &guessed, "2", "The quokkasalary")).contains("nobody has")
    );
    for nobodys in ["reply@portal.example", "reply+0123@portal.example", "ada@studio.test"] {
        assert!(
            opened(&world, &answer("carol@acme.test", nobodys, "3", "The quokkasalary"))
                .contains("no address")
        );
    }
    assert!(!world.database().snapshot(&[]).holds("quokkasalary"));
    let log = world.ada().visit("/staff/settings/audit");
    log.assert_shows("An answer by mail was refused").assert_shows("cyril@acme.test");
    world.eve().visit("/staff/settings/audit").assert_hides("An answer by mail was refused");
}

fn nobody_fills_the_log_with_what_is_refused(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    let (local, domain) = mail.reply_to.split_once('@').unwrap();
    let refuse = |round: &str| {
        for number in 0..5 {
            let id = format!("{round}{number}");
            let guess = format!("{}000{number}@{domain}", &local[..local.len() - 4]);
            let forged = answer("cyril@acme.test", &mail.reply_to, &id, "Words.");
            assert!(opened(&world, &forged).contains("from somebody else"));
            let guessed = answer("carol@acme.test", &guess, &id, "Words.");
            assert!(opened(&world, &guessed).contains("nobody has"));
        }
        let log = world.ada().visit("/staff/settings/audit").source();
        log.matches("An answer by mail was refused").count()
    };
    // One is to a conversation of theirs, and one to nobody's.
    let first = refuse("a");
    assert_eq!(refuse("b"), first);
    world.clock().advance_seconds(3_601);
    assert_eq!(refuse("c"), 2 * first);
}

fn p12_after_a_revocation_nobody_answers_any_more(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    world.ada().visit(portal.path()).row("carol@acme.test").press("Revoke").assert_ok();
    let late = answer("carol@acme.test", &mail.reply_to, "1", "The quokkasalary");
    assert!(opened(&world, &late).contains("may not write there any more"));
    assert!(!world.database().snapshot(&[]).holds("quokkasalary"));
}

fn what_no_person_sent_is_dropped(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    let before = world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]);
    for header in ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <a.test>", "Return-Path: <>"]
    {
        let raw = format!("{header}\n{}", answer("carol@acme.test", &mail.reply_to, header, "I am away."));
        assert!(opened(&world, &raw).contains("no person sent it"), "{header}");
    }
    let quoted = answer("carol@acme.test", &mail.reply_to, "1", "> When do the shops open?");
    assert!(opened(&world, &quoted).contains("nothing is written"));
    assert!(opened(&world, "").contains("cannot be read"));
    let changes = before.changes_until(&world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]));
    assert!(changes.is_none(), "{}", changes.unwrap());
}

/// Bytes of old letters, each of which is three as UTF-8.
fn bomb(from: &str, to: &str) -> Vec<u8> {
    let head = format!(
        "From: {from}\r\nTo: {to}\r\nMessage-ID: <bomb@acme.test>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\nHere.\r\n\
         --X\r\nContent-Type: text/plain; charset=windows-1252\r\n\
         Content-Disposition: attachment; filename=\"euros.txt\"\r\n\r\n"
    );
    let mut mail = head.into_bytes();
    mail.resize(mail.len() + 20 * 1024 * 1024, 0x80);
    mail.extend_from_slice(b"\r\n--X--\r\n");
    mail
}

fn t12_a_mail_that_cannot_be_read_costs_itself_alone(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    let hand_over = |bytes: Vec<u8>| {
        let stranger = world.stranger();
        let request = stranger.request(Method::POST, "/webhooks/mail");
        stranger.send(request.header("Authorization", format!("Bearer {SECRET}")).body(bytes))
    };
    // Trying again cannot help: the mail server is told that it is done.
    let dropped = hand_over(bomb("carol@acme.test", &mail.reply_to));
    assert!(dropped.assert_ok().source().contains("too large to be read"), "{}", dropped.source());
    assert!(hand_over(b"\0".repeat(64)).assert_ok().source().starts_with("The mail was"));
    // Mails within mails, which overflow the stack of whoever lets go of them.
    let mut within = format!("From: carol@acme.test\r\nTo: {}\r\n", mail.reply_to);
    within.push_str(&"Content-Type: message/rfc822\r\n\r\n".repeat(200_000));
    assert!(hand_over(within.into_bytes()).assert_ok().source().starts_with("The mail was dropped"));
    let nested = "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n".repeat(20_000);
    assert!(hand_over(nested.into_bytes()).assert_ok().source().starts_with("The mail was"));
    // Staff learn that there was one, and nobody else.
    let log = world.ada().visit("/staff/settings/audit");
    log.assert_shows("An answer by mail was refused").assert_shows("carol@acme.test");
    world.eve().visit("/staff/settings/audit").assert_hides("An answer by mail was refused");
    // The next one is as welcome as before, and its copy does not stay.
    let valid = answer("carol@acme.test", &mail.reply_to, "2", "The wombat opens at nine.");
    assert!(opened(&world, &valid).contains("was added"));
    assert_eq!(count(&world.carol().visit(&theirs(&portal)), "wombat"), 1);
    let copies = fs::read_dir(world.data().join("reading")).unwrap();
    let left: Vec<_> = copies
        .map(|copy| copy.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("mail-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

fn t12_a_mail_waits_for_a_reader_that_cannot_be_started(mut world: World) {
    with_inbound(&mut world);
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    let raw = answer("carol@acme.test", &mail.reply_to, "1", "The wombat opens at nine.");
    // A file where the folder of copies should be.
    let folder = world.data().join("reading");
    let _ = fs::remove_dir_all(&folder);
    fs::write(&folder, "").unwrap();
    let refused = hand_over(&world, &format!("Bearer {SECRET}"), &raw);
    assert!(refused.status.is_server_error(), "{}", refused.status);
    fs::remove_file(&folder).unwrap();
    assert!(opened(&world, &raw).contains("was added"));
}

fn t14_nobody_but_the_mail_server_hands_mail_over(mut world: World) {
    let raw = answer("carol@acme.test", "reply+00@portal.example", "1", "Words.");
    hand_over(&world, &format!("Bearer {SECRET}"), &raw).assert_not_found();
    with_inbound(&mut world);
    for proof in ["", "Bearer ", "Bearer another secret of some length", SECRET] {
        hand_over(&world, proof, &raw).assert_status(403);
    }
    let stranger = world.stranger();
    for signature in ["", "t=1,v1=00", "v1="] {
        let request = stranger.request(Method::POST, "/webhooks/mail").header("Portico-Signature", signature);
        stranger.send(request.body(raw.clone())).assert_status(403);
    }
    assert!(hand_over(&world, &format!("bearer {SECRET}"), &raw).assert_ok().source().contains("no address"));
    let large = format!("{raw}{}", "x".repeat(25 * 1024 * 1024));
    hand_over(&world, &format!("Bearer {SECRET}"), &large).assert_status(413);
}

/// A mail that is announced and does not come.
fn announce(stranger: &Person, signature: &str) -> Line {
    let more = format!("Content-Length: 1000000\r\nPortico-Signature: {signature}\r\n");
    let mut line = Line::open(stranger);
    line.send(Line::head(stranger, "POST /webhooks/mail", &more)).unwrap();
    line
}

fn t17_what_nobody_can_believe_is_not_read(mut world: World) {
    with_inbound(&mut world);
    let now = world.clock().now();
    let stamped = |seconds: i64| format!("t={seconds},v1=00");
    for signature in [stamped(now - 3_600), stamped(now + 3_600), "x".to_owned()] {
        assert_eq!(announce(&world.stranger(), &signature).hear().unwrap().status, 403, "{signature}");
    }
    with_secret(&mut world, "");
    assert_eq!(announce(&world.stranger(), &stamped(world.clock().now())).hear().unwrap().status, 403);
}

fn t17_few_unproven_mails_are_held_at_a_time(mut world: World) {
    with_inbound(&mut world);
    let (stranger, fresh) = (world.stranger(), format!("t={},v1=00", world.clock().now()));
    let status = || {
        let request = stranger.request(Method::POST, "/webhooks/mail").header("Portico-Signature", &fresh);
        stranger.send(request.body("Words.")).status.as_u16()
    };
    assert_eq!(status(), 403);
    // One that comes while the question has a place is turned away itself.
    let held = RefCell::new(Vec::new());
    until(|| {
        held.borrow_mut().push(announce(&stranger, &fresh));
        status() == 503
    });
    assert!(held.borrow().len() >= 4, "fewer had every place");
    // Whoever has the secret does not wait for them.
    let raw = answer("carol@acme.test", "reply+00@portal.example", "1", "Words.");
    assert!(opened(&world, &raw).contains("no address"));
    drop(held);
    until(|| status() == 403);
}

fn without_an_address_nobody_is_told_to_answer(world: World) {
    let portal = shared_portal(&world);
    world.mailbox().so_far_to("carol@acme.test");
    let mail = mail_to_carol(&world, &portal, "When do the shops open?");
    assert!(mail.reply_to.is_empty() && !mail.text.contains("answer this mail"), "{}", mail.text);
    let refused = world.command(&["open-mail"]);
    assert_eq!(refused.exit_code(), Some(75), "by any other the mail server sends the mail back");
    assert!(refused.assert_failure().contains("PORTICO_INBOUND_MAIL is not set"));
}
