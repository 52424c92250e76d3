//! A quote that was sent is revised by another one that takes its place.

use super::{
    add_line, number,
    quotes::{draft, of_client, sent},
};
use crate::{on_both, world::World};

on_both! {
    a_revision_takes_the_place_of_a_quote_when_it_is_sent,
    p10_who_has_the_old_quote_alone_hears_nothing_of_the_new_one,
    what_was_decided_about_is_not_revised,
    what_is_accepted_while_its_revision_is_written_is_not_replaced,
}

fn a_revision_takes_the_place_of_a_quote_when_it_is_sent(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let old = sent(&ada, "Carol Meyer");
    world.mailbox().next_to("carol@acme.test");
    let open = carol.visit(&of_client(&old)).form_with_button("Accept");
    let revision = old.press("Revise");
    revision.assert_shows("Draft quote").assert_shows("Photographs").assert_shows("it takes the place of");
    let again = ada.post(&format!("{}/revision", old.path()), &[]).follow();
    assert_eq!(again.path(), revision.path(), "one revision of one quote");
    // Until it is sent, the old one counts.
    carol.visit(&of_client(&old)).assert_shows("Waiting for an answer").assert_hides("newer version");
    carol.get(&of_client(&revision)).assert_not_found();

    let revision = add_line(&revision, ["Hosting", "1", "60", "", "VAT 20 %"]);
    let new = revision.press("Send").form_with_button("Send").submit().follow();
    new.assert_shows("Waiting for an answer").press(&format!("Replaces quote {}", number(&old)));
    ada.visit(old.path()).assert_shows("Withdrawn by Ada Berg");
    ada.visit(old.path()).press(&format!("Replaced by quote {}", number(&new))).assert_shows("Hosting");

    // Whoever follows the old mail is told, and led to the new quote.
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.text.contains(&format!("It replaces quote {}", number(&old))), "{}", mail.text);
    open.submit().assert_status(409).assert_shows("This quote was withdrawn.");
    let told = carol.visit(&of_client(&old));
    told.assert_shows("There is a newer version of this quote.");
    assert!(!told.has_button("Accept"));
    let led = told.press(&format!("Open quote {}", number(&new)));
    led.assert_shows(&format!("Replaces quote {}", number(&old))).assert_shows("Hosting");
    // 1000 and 60, with 20 %.
    let accepted = led.form_with_button("Accept").submit().follow();
    accepted.assert_shows("Accepted by Carol Meyer").assert_shows("Total €1,272.00");
}

fn p10_who_has_the_old_quote_alone_hears_nothing_of_the_new_one(world: World) {
    let ada = world.ada();
    let form = draft(&ada, "Carol Meyer").press("Send").form_with_button("Send");
    let old = form.tick("Cyril Dubois cyril@acme.test").submit().follow();
    let form = old.press("Revise").press("Send").form_with_button("Send");
    let new = form.tick("Dora Lindt dora@globex.test").submit().follow();
    // To Dora, the old one never was.
    let mail = world.mailbox().next_to("dora@globex.test");
    assert!(mail.text.contains(&number(&new)) && !mail.text.contains(&number(&old)), "{}", mail.text);
    world.dora().visit(&of_client(&new)).assert_hides(&number(&old));
    let at_cyrils = world.cyril().visit(&of_client(&old));
    at_cyrils.assert_shows("Retiré").assert_hides(&number(&new)).assert_hides(&of_client(&new));
    for other in [world.cyril(), world.eve()] {
        other.get(&of_client(&new)).assert_not_found();
    }
    world.carol().visit(&of_client(&old)).assert_shows("There is a newer version of this quote.");
}

fn what_was_decided_about_is_not_revised(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let quote = sent(&ada, "Carol Meyer");
    carol.visit(&of_client(&quote)).form_with_button("Decline").submit().follow().assert_ok();
    let declined = ada.visit(quote.path());
    assert!(!declined.has_button("Revise"));
    let refused = ada.post(&format!("{}/revision", quote.path()), &[]);
    refused.assert_status(409).assert_shows("Duplicate it instead.");
    let copy = declined.press("Duplicate");
    copy.assert_shows("Draft quote").assert_shows("Photographs").assert_hides("takes the place of");
    ada.post(&format!("{}/revision", copy.path()), &[]).assert_not_found();
    // An expired one can be: it was not decided about.
    let expired = sent(&ada, "Carol Meyer");
    world.clock().advance(31);
    ada.visit(expired.path()).press("Revise").assert_shows("Draft quote");
}

fn what_is_accepted_while_its_revision_is_written_is_not_replaced(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let quote = sent(&ada, "Carol Meyer");
    let revision = quote.press("Revise");
    carol.visit(&of_client(&quote)).form_with_button("Accept").submit().follow().assert_ok();
    let refused = revision.press("Send").form_with_button("Send").submit();
    refused.assert_status(409).assert_shows("was accepted meanwhile");
    ada.visit(revision.path()).assert_shows("Draft quote");
    carol.get(&of_client(&revision)).assert_not_found();
    ada.visit(quote.path()).assert_shows("Accepted by Carol Meyer");
}
