//! A deposit is invoiced first and taken off at the end: both invoices come to what was accepted.

use std::thread;

use super::{
    add_line, number,
    quotes::{draft, of_client},
};
use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    p20_deposit_and_final_invoice_come_to_what_was_accepted_in_every_currency,
    a_deposit_has_one_line_for_each_rate_and_the_final_invoice_cites_it,
    the_draft_of_the_final_invoice_follows_what_became_of_the_deposit,
    issued_at_once_deposit_and_final_invoice_still_come_to_what_was_accepted,
    no_deposit_is_issued_after_the_final_invoice_and_none_is_made_twice,
    a_deposit_that_cannot_be_read_is_answered_at_its_field,
}

/// What a document comes to.
#[track_caller]
fn total(page: &Page) -> String {
    page.texts(".billing-total dd").remove(0)
}

#[track_caller]
fn with_deposit(draft: &Page, deposit: &str, unit: &str) -> Page {
    let form = draft.form_with_field("Deposit").fill("Deposit", deposit).fill("Deposit in", unit);
    let page = form.submit().follow();
    page.assert_ok();
    page
}

/// As staff see it, once Carol has accepted it without options.
#[track_caller]
fn accepted(world: &World, draft: &Page) -> Page {
    let quote = draft.press("Send").form_with_button("Send").submit().follow();
    let form = world.carol().visit(&of_client(&quote)).form_with_button("Accept");
    form.submit().follow().assert_shows("Accepted by Carol Meyer");
    world.ada().visit(quote.path())
}

fn p20_deposit_and_final_invoice_come_to_what_was_accepted_in_every_currency(world: World) {
    let ada = world.ada();
    // Half of the net, and 20 % of each: by hand, halves away from zero.
    for (currency, price, whole, deposit, rest) in [
        // 0.26 and 0.05; 0.13 and 0.03.
        ("EUR", "0.26", "€0.31", "€0.16", "€0.15"),
        // 101 and 20; 51 and 10.
        ("JPY", "101", "¥121", "¥61", "¥60"),
        // 1.001 and 0.200; 0.501 and 0.100.
        ("KWD", "1.001", "KWD 1.201", "KWD 0.601", "KWD 0.600"),
    ] {
        let form = ada.visit("/staff/quotes").press("New quote").form_with_field("Client");
        let quote = form.fill("Client", "Carol Meyer").fill("Currency", currency).submit().follow();
        let quote = add_line(&quote, ["Design", "1", price, "", "VAT 20 %"]);
        let quote = accepted(&world, &with_deposit(&quote, "50 %", "Percent"));
        assert_eq!(total(&quote), whole);
        quote.assert_shows(&format!("Deposit of 50 % To be paid once you accept {deposit}"));
        let first = quote.press("Make deposit invoice").press("Issue invoice");
        assert_eq!(total(&first), deposit);
        let last = ada.visit(quote.path()).press("Make final invoice");
        assert_eq!(total(&last), rest);
        assert_eq!(total(&last.press("Issue invoice")), rest);
    }
}

fn a_deposit_has_one_line_for_each_rate_and_the_final_invoice_cites_it(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    // 2 x 500 at 20 %, and an option that nobody chooses.
    let written = add_line(&draft(&ada, "Carol Meyer"), ["Books", "1", "200", "", "VAT 5.5 %"]);
    let quote = accepted(&world, &with_deposit(&written, "30", "Percent"));
    // 30 % of 1000.00 and of 200.00: 360.00 and 63.30.
    let seen = carol.visit(&of_client(&quote));
    seen.assert_shows("Deposit of 30 % To be paid once you accept €423.30");
    seen.assert_shows("There is nothing to pay until").assert_shows("sends you the invoice for the deposit.");
    let first = quote.press("Make deposit invoice");
    let line = format!("Deposit of 30 % on quote {}", number(&quote));
    assert_eq!(first.text().matches(&line).count(), 2, "one line for each rate: {first}");
    first.row("VAT 20 %").assert_shows("€300.00");
    carol.get(&of_client(&first)).assert_not_found();
    let first = first.press("Issue invoice");
    assert_eq!(total(&first), "€423.30");
    first.press("Its quote").assert_shows("Its deposit invoice");
    carol.visit(&of_client(&quote)).assert_shows("the invoice for the deposit.");
    let at_carols = first.press("Send").form_with_button("Send").submit().follow();
    carol.visit(&of_client(&at_carols)).assert_shows("Amount due €423.30");
    carol.visit(&of_client(&quote)).assert_hides("nothing to pay until");

    let last = ada.visit(quote.path()).press("Make final invoice");
    last.assert_shows("Books").assert_hides("Photographs");
    let cited = format!("Deposit already invoiced: {}", number(&first));
    assert_eq!(last.text().matches(&cited).count(), 2, "{last}");
    let last = last.press("Issue invoice");
    // 1200.00 + 200.00 + 11.00 less 423.30.
    assert_eq!(total(&last), "€987.70");
    let sent = last.press("Send").form_with_button("Send").submit().follow();
    carol.visit(&of_client(&sent)).assert_shows(&cited).assert_shows("Amount due €987.70");
    // Credited as a whole, nothing is left of it.
    let credited = sent.press("Credit").form_with_button("Issue credit note").submit().follow();
    assert_eq!(total(&credited), "€987.70");
    let asked_again = ada.post(&format!("{}/deposit-invoice", quote.path()), &[]).follow();
    assert_eq!(asked_again.path(), first.path(), "one deposit for one quote");
}

fn the_draft_of_the_final_invoice_follows_what_became_of_the_deposit(world: World) {
    let ada = world.ada();
    let quote = accepted(&world, &with_deposit(&draft(&ada, "Carol Meyer"), "500", "EUR, before tax"));
    let last = quote.press("Make invoice");
    assert_eq!(total(&last), "€1,200.00");
    let first = ada.visit(quote.path()).press("Make deposit invoice");
    let waiting = ada.visit(last.path());
    waiting.assert_shows("The deposit’s invoice is a draft.");
    assert_eq!(total(&waiting), "€1,200.00", "a draft asks for nothing yet");

    let first = first.press("Issue invoice");
    assert_eq!(total(&first), "€600.00");
    let less = ada.visit(last.path());
    less.assert_shows(&format!("Deposit already invoiced: {}", number(&first))).assert_hides("is a draft.");
    assert_eq!(total(&less), "€600.00");
    // The line follows the deposit, and nobody's hand.
    assert_eq!(less.count("#lines tbody tr"), 2);
    assert_eq!(less.count("#lines a[href$='/edit']"), 1, "only the line of the design is edited");

    let credit = |quantity: &str| {
        let form = ada.visit(first.path()).press("Credit").form_with_button("Issue credit note");
        let label = format!("Deposit on quote {}", number(&quote));
        form.fill(&label, quantity).submit().follow().assert_ok();
    };
    credit("0.5");
    assert_eq!(total(&ada.visit(last.path())), "€900.00");
    credit("0.5");
    let whole = ada.visit(last.path());
    whole.assert_hides("Deposit already invoiced");
    assert_eq!(total(&whole.press("Issue invoice")), "€1,200.00");
}

fn issued_at_once_deposit_and_final_invoice_still_come_to_what_was_accepted(world: World) {
    let ada = world.ada();
    for _ in 0..3 {
        let quote = accepted(&world, &with_deposit(&draft(&ada, "Carol Meyer"), "500", "EUR, before tax"));
        let first = quote.press("Make deposit invoice");
        let last = ada.visit(quote.path()).press("Make final invoice");
        let forms = [&first, &last].map(|draft| draft.form_with_button("Issue invoice"));
        let statuses: Vec<u16> = thread::scope(|scope| {
            let both = forms.each_ref().map(|form| scope.spawn(move || form.submit()));
            both.into_iter().map(|answer| answer.join().unwrap().status.as_u16()).collect()
        });
        let rest = total(&ada.visit(last.path()));
        match statuses[..] {
            [303, 303] => assert_eq!(rest, "€600.00", "the deposit was first"),
            [409, 303] => assert_eq!(rest, "€1,200.00", "the deposit came too late"),
            _ => panic!("{statuses:?}"),
        }
    }
}

fn no_deposit_is_issued_after_the_final_invoice_and_none_is_made_twice(world: World) {
    let ada = world.ada();
    let quote = accepted(&world, &with_deposit(&draft(&ada, "Carol Meyer"), "25", "Percent"));
    let first = quote.press("Make deposit invoice");
    let undo = first.press("Delete").form_with_button("Undo");
    let anew = ada.visit(quote.path()).press("Make deposit invoice");
    assert_ne!(anew.path(), first.path());
    undo.submit().assert_status(409).assert_shows("Another one was made in its place meanwhile.");
    ada.visit(quote.path()).press("Make final invoice").press("Issue invoice");
    let issue = anew.form_with_button("Issue invoice").submit();
    issue.assert_status(409).assert_shows("The final invoice of this quote was issued already");
    anew.press("Delete");
    ada.post(&format!("{}/deposit-invoice", quote.path()), &[]).assert_status(409);
    // Nor on a quote that asks for none, or that nobody accepted.
    let without = accepted(&world, &draft(&ada, "Carol Meyer"));
    assert!(!without.has_button("Make deposit invoice"));
    ada.post(&format!("{}/deposit-invoice", without.path()), &[]).assert_status(409);
    let open = draft(&ada, "Carol Meyer").press("Send").form_with_button("Send").submit().follow();
    ada.post(&format!("{}/deposit-invoice", open.path()), &[]).assert_status(409);
}

fn a_deposit_that_cannot_be_read_is_answered_at_its_field(world: World) {
    let draft = draft(&world.ada(), "Carol Meyer");
    for (typed, unit, sentence) in [
        ("0", "Percent", "above 0 and up to 100"),
        ("100.01", "Percent", "above 0 and up to 100"),
        ("half", "Percent", "Write a number"),
        ("1.005", "EUR, before tax", "no more decimals than the currency has"),
        ("-5", "EUR, before tax", "above 0"),
    ] {
        let form = draft.form_with_field("Deposit").fill("Deposit", typed).fill("Deposit in", unit);
        let answer = form.submit();
        answer.assert_status(422);
        assert!(answer.field_error("Deposit").contains(sentence), "{typed}: {answer}");
        assert_eq!(answer.form_with_field("Deposit").value("Deposit"), typed);
    }
    // More than there is to pay is found out when the quote is sent.
    let draft = with_deposit(&draft, "1000.01", "EUR, before tax");
    let refused = draft.press("Send").form_with_button("Send").submit();
    refused.assert_status(409).assert_shows("The deposit is more than the quote comes to.");
    with_deposit(&draft, "1000", "EUR, before tax").press("Send").form_with_button("Send").submit().follow();
}
