//! P22: a quote is accepted at most once, by somebody to whom it was sent, while it is valid.

use std::{process::Command, thread};

use super::add_line;
use crate::{
    on_both,
    world::{Page, Person, World},
};

on_both! {
    a_quote_is_sent_accepted_with_an_option_and_becomes_an_invoice,
    p22_two_simultaneous_acceptances_one_wins_and_the_other_is_told,
    a_quote_is_declined_with_a_reason_or_withdrawn_and_then_accepted_by_nobody,
    p22_an_expired_quote_is_accepted_by_nobody,
    p22_a_last_day_that_was_typed_is_the_last_on_which_it_is_accepted,
    p22_until_midnight_where_the_organization_is_a_quote_is_accepted_and_the_moment_is_kept,
    p22_the_mark_of_what_was_shown_tells_which_options_were_chosen,
    p22_what_was_decided_cannot_be_changed_not_even_by_sql,
    p8_a_quote_is_seen_and_answered_by_its_recipient_alone,
    bad_answers_are_answered_at_their_field,
    an_introduction_is_markdown_that_cannot_harm,
}

/// A fixed line and an optional one, not yet sent.
pub fn draft(staff: &Person, client: &str) -> Page {
    let form = staff.visit("/staff/quotes").press("New quote").form_with_field("Client");
    let draft = form.fill("Client", client).fill("Currency", "EUR").submit().follow();
    draft.assert_ok().assert_shows("Draft quote");
    let draft = add_line(&draft, ["Design", "2", "500", "", "VAT 20 %"]);
    let form =
        draft.form_with_button("Add line").fill("Description", "Photographs").fill("Unit price", "100");
    form.fill("Tax", "VAT 20 %")
        .fill("Section", "Extras")
        .tick("Optional: the client may choose it")
        .submit()
        .follow()
}

/// Returns it as staff see it.
pub fn sent(staff: &Person, client: &str) -> Page {
    let quote = draft(staff, client).press("Send").form_with_button("Send").submit().follow();
    quote.assert_ok().assert_shows("Waiting for an answer");
    quote
}

pub fn of_client(quote: &Page) -> String {
    quote.path().replace("/staff", "")
}

fn a_quote_is_sent_accepted_with_an_option_and_becomes_an_invoice(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let written = draft(&ada, "Carol Meyer");
    // What is optional does not count before it is chosen.
    written.assert_shows("€1,200.00").assert_shows("Extras").assert_shows("Optional");
    let quote = written.press("Send").form_with_button("Send").submit().follow();
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.text.contains("€1,200.00"), "{}", mail.text);
    carol.visit("/").assert_shows(&super::number(&quote));
    let page = carol.visit(&mail.link("Open the quote"));
    page.assert_shows("Total €1,200.00");
    let form = page.form_with_button("Accept").fill("Name", "Carol M. Meyer").tick("Photographs · €100.00");
    let accepted = form.submit().follow();
    accepted.assert_shows("Accepted by Carol M. Meyer").assert_shows("Total €1,320.00");
    assert!(!accepted.has_button("Accept") && !accepted.has_button("Decline"));
    accepted.assert_hides("nothing to pay until");
    carol.visit("/").assert_hides(&super::number(&quote));

    let known = ada.visit(quote.path());
    known.assert_shows("Accepted by Carol M. Meyer").assert_shows("From the network address 127.0.0.1");
    let mark = known.texts(".billing-mark").remove(0);
    assert_eq!(mark.rsplit(' ').next().unwrap().len(), 64, "SHA-256 in hexadecimal digits: {mark}");
    let invoice = known.press("Make invoice");
    invoice.assert_shows("Draft invoice").assert_shows("Photographs").assert_shows("€1,320.00");
    let again = ada.post(&format!("{}/invoice", quote.path()), &[]).follow();
    assert_eq!(again.path(), invoice.path(), "one invoice for one quote");
    invoice.press("Issue invoice").assert_shows("€1,320.00");
}

fn p22_two_simultaneous_acceptances_one_wins_and_the_other_is_told(world: World) {
    let ada = world.ada();
    let quote = draft(&ada, "Carol Meyer")
        .press("Send")
        .form_with_button("Send")
        .tick("Cyril Dubois cyril@acme.test");
    let quote = quote.submit().follow();
    let forms: Vec<_> = [(world.carol(), "Accept"), (world.cyril(), "Accepter")]
        .iter()
        .flat_map(|(person, button)| {
            let page = person.visit(&of_client(&quote));
            (0..4).map(move |_| page.form_with_button(button))
        })
        .collect();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let all: Vec<_> = forms.iter().map(|form| scope.spawn(|| form.submit())).collect();
        all.into_iter().map(|answer| answer.join().unwrap().status.as_u16()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 7, "{statuses:?}");
    let told = world.carol().post(&format!("{}/acceptance", of_client(&quote)), &[("name", "Carol")]);
    told.assert_status(409).assert_shows("Somebody has decided about this quote already.");
    assert_eq!(ada.visit(quote.path()).texts(".page-detail .badge"), ["Accepted"]);
}

fn a_quote_is_declined_with_a_reason_or_withdrawn_and_then_accepted_by_nobody(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let quote = sent(&ada, "Carol Meyer");
    let old = carol.visit(&of_client(&quote)).form_with_button("Accept");
    let form = carol.visit(&of_client(&quote)).form_with_button("Decline").fill("Reason", "Too <b>dear</b>");
    form.submit().follow().assert_shows("Declined by Carol Meyer");
    let known = ada.visit(quote.path());
    known.assert_shows("Too <b>dear</b>");
    assert!(!known.source().contains("<b>dear"), "what was typed is text, not markup");
    old.submit().assert_status(409);
    ada.post(&format!("{}/invoice", quote.path()), &[]).assert_status(409);

    let quote = sent(&ada, "Carol Meyer");
    let old = carol.visit(&of_client(&quote)).form_with_button("Accept");
    quote.press("Withdraw").assert_shows("Withdrawn by Ada Berg");
    old.submit().assert_status(409).assert_shows("This quote was withdrawn.");
    carol.visit("/").assert_hides(&super::number(&quote));
}

fn p22_an_expired_quote_is_accepted_by_nobody(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let quote = sent(&ada, "Carol Meyer");
    let at_carols = of_client(&quote);
    world.clock().advance(30);
    let last_day = carol.visit(&at_carols).form_with_button("Accept");
    world.clock().advance(1);
    last_day.submit().assert_status(409).assert_shows("This quote has expired.");
    let page = carol.visit(&at_carols);
    page.assert_shows("Expired");
    assert!(!page.has_button("Accept"));
    carol.visit("/").assert_hides(&super::number(&quote));
}

fn p22_a_last_day_that_was_typed_is_the_last_on_which_it_is_accepted(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Valid until");
    let form = form.fill("Client", "Carol Meyer").fill("Issue date", "2031-03-01");
    let wrong = form.fill("Valid until", "2031-02-28").submit();
    wrong.assert_status(422);
    assert!(wrong.field_error("Valid until").contains("not before the issue date"), "{wrong}");

    let payment = super::issued(&ada, "Carol Meyer", "1").press("Record payment");
    let today = payment.form_with_field("Date of payment").value("Date of payment");
    let with_last_day = |day: &str| {
        let form = draft(&ada, "Carol Meyer").form_with_field("Valid until").fill("Valid until", day);
        let written = form.submit().follow();
        assert_eq!(written.form_with_field("Valid until").value("Valid until"), day);
        let quote = written.press("Send").form_with_button("Send").submit().follow();
        let facts = quote.texts(".paper-facts dd");
        assert_eq!(facts[1], facts[2], "issued and valid until on one day: {facts:?}");
        quote
    };
    let (last, kept) = (with_last_day(&today), with_last_day(&today));
    let mail = world.mailbox().last_to("carol@acme.test");
    assert!(mail.text.contains("You can accept it until"), "{}", mail.text);
    carol.visit(&of_client(&last)).form_with_button("Accept").submit().follow().assert_shows("Accepted by");
    let form = carol.visit(&of_client(&kept)).form_with_button("Accept");
    world.clock().advance(1);
    form.submit().assert_status(409).assert_shows("This quote has expired.");
    ada.visit(kept.path()).assert_shows("Expired");
    ada.visit(last.path()).assert_shows("Accepted by").assert_hides("Expired");
}

/// What `date` prints in Tokyo, whose midnight is the afternoon of Paris, in summer and winter.
fn in_tokyo(day: &str, format: &str) -> String {
    let mut date = Command::new("date");
    let date = date.args(["-d", day, format]).env("TZ", "Asia/Tokyo").env("LC_ALL", "C");
    String::from_utf8(date.output().unwrap().stdout).unwrap().trim().to_owned()
}

fn p22_until_midnight_where_the_organization_is_a_quote_is_accepted_and_the_moment_is_kept(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let looks = ada.visit("/staff/settings/looks").form_with_field("Time zone");
    looks.fill("Time zone", "Asia/Tokyo").submit().follow().assert_ok();
    let last_day = in_tokyo("tomorrow", "+%F");
    let [kept, late] = [(); 2].map(|()| {
        let form = draft(&ada, "Carol Meyer").form_with_field("Valid until").fill("Valid until", &last_day);
        form.submit().follow().press("Send").form_with_button("Send").submit().follow()
    });
    let forms = [&kept, &late].map(|quote| carol.visit(&of_client(quote)).form_with_button("Accept"));
    let seconds = |moment: &str| in_tokyo(moment, "+%s").parse::<i64>().unwrap();
    world.clock().advance_seconds(seconds(&format!("{last_day} tomorrow")) - seconds("now") - 60);
    let accepted = forms[0].submit().follow();
    world.clock().advance_seconds(120);
    forms[1].submit().assert_status(409).assert_shows("This quote has expired.");
    let moment = format!("Accepted by Carol Meyer, {}, 23:59", in_tokyo(&last_day, "+%-d %B %Y"));
    accepted.assert_shows(&moment);
    ada.visit(kept.path()).assert_shows(&moment);
    ada.visit(late.path()).assert_shows("Expired").assert_hides("Accepted by");
}

fn p22_the_mark_of_what_was_shown_tells_which_options_were_chosen(world: World) {
    // The demo's quote, in three worlds: its ids, its number and its lines are the same in each.
    let [second, third] = [(); 2].map(|()| World::start(world.database().backend()));
    let mark = |world: &World, options: &[&str]| {
        let carol = world.carol();
        let quote = carol.visit("/").attributes("main a[href^='/quotes/']", "href").remove(0);
        let form = carol.visit(&quote).form_with_button("Accept");
        let form = options.iter().fold(form, |form, option| form.tick(option));
        form.submit().follow().texts(".billing-mark").remove(0)
    };
    let bare = mark(&world, &[]);
    assert_eq!(mark(&second, &[]), bare, "of the same choice");
    assert_ne!(mark(&third, &["Search engine check, once · €680.00"]), bare);
}

fn p22_what_was_decided_cannot_be_changed_not_even_by_sql(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let quote = sent(&ada, "Carol Meyer");
    carol.visit(&of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let decided = || ada.visit(quote.path()).texts(".notice").remove(0);
    let before = decided();
    for statement in [
        "UPDATE billing_decisions SET verdict = 'declined'",
        "UPDATE billing_decisions SET name = 'Somebody else'",
        "UPDATE billing_decisions SET decided_at = 1",
        "UPDATE billing_decisions SET shown = NULL",
        "UPDATE billing_decisions SET chosen = '[]'",
        "DELETE FROM billing_decisions",
    ] {
        let refused = world.database().execute(statement).expect_err(statement);
        assert!(refused.contains("is frozen"), "{statement}: {refused}");
    }
    assert_eq!(decided(), before);
}

fn p8_a_quote_is_seen_and_answered_by_its_recipient_alone(world: World) {
    let ada = world.ada();
    let unsent = of_client(&draft(&ada, "Carol Meyer"));
    let quote = sent(&ada, "Carol Meyer");
    for path in [unsent.as_str(), &of_client(&quote)] {
        for other in [world.cyril(), world.dora(), world.eve()] {
            other.get(path).assert_not_found();
            other.post(&format!("{path}/acceptance"), &[("name", "Mine")]).assert_not_found();
            other.post(&format!("{path}/refusal"), &[("reason", "")]).assert_not_found();
        }
    }
    world.carol().get(&unsent).assert_not_found();
    world.carol().get(&of_client(&quote)).assert_ok();
    world.carol().get(&of_client(&quote).replace("quotes", "invoices")).assert_not_found();
    world.eve().get(quote.path()).assert_not_found();
    ada.get(&quote.path().replace("quotes", "invoices")).assert_not_found();
}

fn bad_answers_are_answered_at_their_field(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let quote = sent(&ada, "Carol Meyer");
    let page = carol.visit(&of_client(&quote));
    let form = page.form_with_button("Accept").tick("Photographs · €100.00");
    for typed in [" ", "a\u{202e}b"] {
        let answer = form.clone().fill("Name", typed).submit();
        answer.assert_status(422);
        answer.field_error("Name");
        assert_eq!(answer.form_with_button("Accept").value("Photographs · €100.00"), "true");
    }
    // Neither a line of another quote nor one that is not optional can be chosen.
    for line in ["x", "0190000000007000800000000000000a"] {
        let fields = [("name", "Carol"), ("line", line)];
        carol.post(&format!("{}/acceptance", of_client(&quote)), &fields).assert_status(422);
    }
    let long = "x".repeat(2_001);
    let answer = page.form_with_button("Decline").fill("Reason", &long).submit();
    assert!(answer.field_error("Reason").contains("too long"));
    assert!(form.smuggle("verdict", "accepted").submit().status.is_client_error());
    carol.visit(&of_client(&quote)).assert_shows("Waiting for an answer");
}

fn an_introduction_is_markdown_that_cannot_harm(world: World) {
    let ada = world.ada();
    let written = draft(&ada, "Carol Meyer").form_with_field("Introduction");
    let words = "# Our plan\n\n- **quick**\n- [bad](javascript:alert(1))\n\n<script>alert(1)</script>";
    let quote = written.fill("Introduction", words).submit().follow();
    let quote = quote.press("Send").form_with_button("Send").submit().follow();
    for page in [ada.visit(quote.path()), world.carol().visit(&of_client(&quote))] {
        assert_eq!(page.texts(".paper .prose h2"), ["Our plan"]);
        assert_eq!(page.texts(".paper .prose li strong"), ["quick"]);
        page.assert_shows("<script>alert(1)</script>");
        assert_eq!(page.count(".paper script") + page.count(".paper a[href]"), 0);
    }
    // Of an invoice, the words above the lines stay as they were typed.
    let form = super::new_invoice(&ada, "Carol Meyer", "EUR").form_with_field("Words above the lines");
    let invoice = form.fill("Words above the lines", "For **May**").submit().follow();
    let invoice = add_line(&invoice, ["Design", "1", "100", "", "No tax"]).press("Issue invoice");
    invoice.assert_shows("For **May**");
    assert_eq!(invoice.count(".paper strong"), 0);
}
