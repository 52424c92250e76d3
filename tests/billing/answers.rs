//! Staff hear of it when a client accepts or declines a quote: by mail in their own language, and on their home.

use super::quotes::{of_client, sent};
use crate::{on_both, world::World};

on_both! {
    whoever_sent_a_quote_gets_a_mail_when_it_is_accepted_in_their_own_language,
    whoever_sent_a_quote_gets_a_mail_with_the_reason_when_it_is_declined,
    the_owner_gets_the_mail_when_whoever_sent_the_quote_is_gone,
    the_home_of_staff_shows_quotes_until_they_are_declined_or_invoiced,
}

fn whoever_sent_a_quote_gets_a_mail_when_it_is_accepted_in_their_own_language(world: World) {
    let (ben, carol) = (world.ben(), world.carol());
    let account = ben.visit("/staff/account").form_with_field("Language");
    let quote = sent(&ben, "Carol Meyer");
    account.fill("Language", "Français").submit().follow().assert_ok();
    let form = carol.visit(&of_client(&quote)).form_with_button("Accept").tick("Photographs · €100.00");
    form.fill("Name", "Carol M. Meyer").submit().follow().assert_shows("Accepted by Carol M. Meyer");

    let number = super::number(&quote);
    let mail = world.mailbox().next_about("ben@studio.test", &number);
    assert_eq!(mail.subject, format!("Carol M. Meyer a accepté le devis {number}"));
    // 2 x 500 and 100, with 20 %.
    assert!(mail.text.contains("1\u{202f}320,00\u{a0}€"), "{}", mail.text);
    let page = ben.visit(&mail.link("Ouvrir le devis"));
    assert_eq!(page.path(), quote.path());
    page.assert_shows("Accepté par Carol M. Meyer");
    // Nobody else is told: not the owner, no client, nobody elsewhere.
    for other in ["ada@studio.test", "cyril@acme.test", "dora@globex.test", "eve@rival.test"] {
        assert!(world.mailbox().so_far_to(other).is_empty(), "{other} was told");
    }
}

fn whoever_sent_a_quote_gets_a_mail_with_the_reason_when_it_is_declined(world: World) {
    let quote = sent(&world.ada(), "Carol Meyer");
    let form = world.carol().visit(&of_client(&quote)).form_with_button("Decline");
    form.fill("Reason", "Too <b>dear</b>").submit().follow().assert_shows("Declined by Carol Meyer");
    let mail = world.mailbox().next_to("ada@studio.test");
    assert_eq!(mail.subject, format!("Carol Meyer declined quote {}", super::number(&quote)));
    assert!(mail.text.contains("The reason given: Too <b>dear</b>"), "{}", mail.text);
    assert!(!mail.html.contains("<b>dear"), "what was typed is text, not markup");
    // Withdrawing is staff's own doing, and no news to them.
    let withdrawn = sent(&world.ada(), "Carol Meyer");
    withdrawn.press("Withdraw").assert_shows("Withdrawn by Ada Berg");
    let accepted = sent(&world.ada(), "Carol Meyer");
    world.carol().visit(&of_client(&accepted)).form_with_button("Accept").submit().follow().assert_ok();
    let next = world.mailbox().next_to("ada@studio.test");
    assert!(next.subject.contains(&super::number(&accepted)), "{}", next.subject);
}

fn the_owner_gets_the_mail_when_whoever_sent_the_quote_is_gone(world: World) {
    let (ada, ben) = (world.ada(), world.ben());
    let quote = sent(&ben, "Carol Meyer");
    ada.visit("/staff/people").press("Ben Okafor").press("Remove").assert_ok();
    world.carol().visit(&of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let mail = world.mailbox().next_to("ada@studio.test");
    assert!(mail.subject.contains(&super::number(&quote)), "{}", mail.subject);
    assert!(world.mailbox().so_far_to("ben@studio.test").is_empty());
}

fn the_home_of_staff_shows_quotes_until_they_are_declined_or_invoiced(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let draft = super::quotes::draft(&ada, "Carol Meyer");
    let (accepted, declined) = (sent(&ada, "Carol Meyer"), sent(&ada, "Carol Meyer"));
    let numbers = [&accepted, &declined].map(super::number);
    let awaited = ada.visit("/staff/awaited");
    for number in &numbers {
        awaited.row(number).assert_shows("Carol Meyer").assert_shows("Waiting for an answer");
    }
    awaited.assert_hides(draft.path());
    world.eve().visit("/staff/awaited").assert_hides(&numbers[0]);

    carol.visit(&of_client(&accepted)).form_with_button("Accept").submit().follow().assert_ok();
    carol.visit(&of_client(&declined)).form_with_button("Decline").submit().follow().assert_ok();
    let home = ada.visit("/staff");
    home.row(&numbers[0]).assert_shows("Accepted");
    home.assert_hides(&numbers[1]);
    let awaited = ada.visit("/staff/awaited");
    for number in &numbers {
        awaited.assert_hides(number);
    }
    ada.visit(accepted.path()).press("Make invoice").assert_ok();
    ada.visit("/staff").assert_hides(&numbers[0]);
}
