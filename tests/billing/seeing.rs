//! Who sees what of billing (P8, P9, P12, P14), and finds it (P30).

use super::{forms, issued, of_client, sent};
use crate::{
    on_both,
    world::{Person, World, until},
};

on_both! {
    p8_a_client_sees_what_was_sent_to_them_and_nobody_else_does,
    p8_a_company_can_be_opened_to_its_people_and_closed_again,
    p8_a_colleague_reads_a_quote_and_does_not_decide_about_it,
    p9_billing_stands_in_the_navigation_only_while_something_is_in_it,
    p12_what_is_taken_back_is_gone_at_the_next_request,
    p14_a_portal_shows_the_documents_of_its_project_and_a_generic_one_none,
    p30_what_was_sent_is_found_by_its_recipient_alone,
    p41_a_french_reader_gets_a_french_invoice,
}

fn p8_a_client_sees_what_was_sent_to_them_and_nobody_else_does(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = issued(&ada, "Carol Meyer", "1234.56");
    let at_carols = of_client(&invoice);
    carol.get(&at_carols).assert_not_found();
    let dialog = invoice.press("Send").form_with_button("Send").fill("Message", "Thank you!");
    dialog.submit().follow().assert_ok().assert_shows("carol@acme.test");
    let mail = world.mailbox().next_to("carol@acme.test");
    assert!(mail.subject.contains(&super::number(&invoice)), "{}", mail.subject);
    assert!(mail.text.contains("€1,234.56") && mail.text.contains("Thank you!"), "{}", mail.text);
    carol.visit(&mail.link("Open the document")).assert_ok().assert_shows("Amount due €1,234.56");
    carol.visit("/").assert_shows("€1,234.56");
    carol.visit("/billing").assert_shows("€1,234.56");
    for other in [world.cyril(), world.dora(), world.eve(), world.eve().at(&ada)] {
        other.get(&at_carols).assert_hides("1,234.56");
        other.visit("/").assert_hides("1,234.56");
        other.get("/billing").assert_hides("1,234.56");
    }
    for other in [world.cyril(), world.dora(), world.eve()] {
        other.get(&at_carols).assert_not_found();
    }
    world.eve().get(invoice.path()).assert_not_found();
    assert!(world.mailbox().so_far_to("cyril@acme.test").is_empty());
    // Nobody is nobody's client by an id that was typed.
    let nobody = ada.post(&forms(&invoice, "recipients"), &[("person", "x"), ("message", "")]);
    let said = nobody.assert_status(422).field_error("Carol Meyer carol@acme.test");
    assert_eq!(said, "Choose at least one client.");
}

fn p8_a_company_can_be_opened_to_its_people_and_closed_again(world: World) {
    let (ada, carol, cyril) = (world.ada(), world.carol(), world.cyril());
    let invoice = sent(&ada, "Carol Meyer", "4321.00");
    let (at_carols, number) = (of_client(&invoice), super::number(&invoice));
    let finds = |person: &Person| {
        let hits = person.visit(&format!("/search?q={number}")).attributes("a.search-hit", "href");
        hits.iter().any(|hit| hit.starts_with(&at_carols))
    };
    until(|| finds(&carol));
    let company = ada.visit(&ada.visit("/staff/companies").link("Acme"));
    company.assert_shows("Each person sees only what was sent to them.");
    cyril.get(&at_carols).assert_not_found();

    let open = company.press("Let colleagues see it");
    open.assert_ok().assert_shows("Everyone at this company sees what was sent to any of them.");
    cyril.visit(&at_carols).assert_shows("4 321,00 €");
    cyril.visit("/billing").assert_shows("4 321,00 €");
    assert!(finds(&cyril));
    let seen_by = ada.visit(invoice.path());
    seen_by.assert_shows("cyril@acme.test").assert_shows("As a colleague");
    assert!(world.mailbox().so_far_to("cyril@acme.test").is_empty(), "nobody is told by mail");
    for other in [world.dora(), world.eve()] {
        other.get(&at_carols).assert_not_found();
        other.get("/billing").assert_hides("4,321.00");
    }
    assert!(!finds(&world.dora()));

    open.press("Only recipients").assert_ok();
    cyril.get(&at_carols).assert_not_found();
    cyril.visit("/billing").assert_hides("4 321,00 €");
    assert!(!finds(&cyril));
    carol.get(&at_carols).assert_ok();
    ada.visit(invoice.path()).assert_hides("cyril@acme.test");
}

fn p8_a_colleague_reads_a_quote_and_does_not_decide_about_it(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let quote = super::quotes::sent(&ada, "Carol Meyer");
    let at_carols = of_client(&quote);
    ada.visit(&ada.visit("/staff/companies").link("Acme")).press("Let colleagues see it").assert_ok();
    let read = cyril.visit(&at_carols);
    read.assert_ok().assert_shows("envoyé à une personne de votre société");
    assert!(!read.has_button("Accepter"));
    cyril.post(&format!("{at_carols}/acceptance"), &[("name", "Cyril Dubois")]).assert_status(409);
    cyril.post(&format!("{at_carols}/refusal"), &[("reason", "")]).assert_status(409);
    ada.visit(quote.path()).assert_hides("Cyril Dubois accepted");
    world.carol().visit(&at_carols).press("Accept").assert_ok();
}

fn p9_billing_stands_in_the_navigation_only_while_something_is_in_it(world: World) {
    let (ada, dora) = (world.ada(), world.dora());
    assert!(dora.visit("/").has_link("Billing"));
    assert!(dora.visit("/account").has_link("Billing"));
    let client = ada.visit("/staff/clients").link("Dora Lindt");
    let mut documents = ada.visit(&client).attributes("a[href^='/staff/invoices/']", "href");
    documents.extend(ada.visit("/staff/quotes").attributes("a[href^='/staff/quotes/']", "href"));
    for document in documents.iter().filter(|href| !href.contains("new")) {
        let page = ada.visit(document);
        if page.shows("Dora Lindt") && page.has_button("Revoke") {
            page.press("Revoke").assert_ok();
        }
    }
    assert!(!dora.visit("/").has_link("Billing"));
    dora.visit("/billing").assert_ok().assert_shows("Nothing is due.");
    assert!(world.carol().visit("/").has_link("Billing"), "the others keep theirs");
}

fn p12_what_is_taken_back_is_gone_at_the_next_request(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let invoice = sent(&ada, "Carol Meyer", "777.00");
    let at_carols = of_client(&invoice);
    carol.get(&at_carols).assert_ok();
    invoice.press("Revoke").assert_ok();
    carol.get(&at_carols).assert_not_found();
    carol.visit("/").assert_hides("777.00");
    carol.visit("/billing").assert_hides("777.00");
    carol.visit(&format!("/search?q={}", super::number(&invoice))).assert_hides(&at_carols);
}

fn p14_a_portal_shows_the_documents_of_its_project_and_a_generic_one_none(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let home = carol.visit("/");
    let (website, resources) = (home.link("Acme website relaunch"), home.link("Studio resources"));
    let shown = |portal: &str| carol.visit(portal).attributes("main a[href^='/invoices/']", "href");
    let before = shown(&website);
    assert!(!before.is_empty() && shown(&resources).is_empty());
    // Of no project, and so on no portal.
    let invoice = of_client(&sent(&ada, "Carol Meyer", "5"));
    assert_eq!(shown(&website), before);
    assert!(carol.visit("/billing").attributes("a", "href").contains(&invoice));
    let quotes = |portal: &str| carol.visit(portal).attributes("main a[href^='/quotes/']", "href");
    assert!(!quotes(&website).is_empty() && quotes(&resources).is_empty());
    // Paul has the same portal, and no invoice of it.
    let portal = website.replace("/portals", "/staff/portals");
    crate::steps::share(&ada.visit(&portal), "nils@acme.test");
    let nils = world.stranger();
    let link = world.mailbox().next_to("nils@acme.test").link("Set up your account");
    crate::steps::join(&nils, &link, "a lighthouse keeps seven lamps");
    let at_nils = nils.visit(&website);
    at_nils.assert_ok();
    assert_eq!(at_nils.count("main a[href^='/invoices/']"), 0);
    assert!(!at_nils.has_link("Billing"), "P9");
}

fn p30_what_was_sent_is_found_by_its_recipient_alone(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let draft = super::add_line(
        &super::new_invoice(&ada, "Carol Meyer", "EUR"),
        ["Gyroscope calibration", "1", "5", "", "No tax"],
    );
    let search = |person: &Person, path: &str| person.visit(&format!("{path}?q=gyroscope"));
    until(|| search(&ada, "/staff/search").shows("Draft") || search(&ada, "/staff/search").count("mark") > 0);
    assert_eq!(search(&carol, "/search").count("mark"), 0, "P10");
    let invoice = draft.press("Issue invoice").press("Send").form_with_button("Send").submit().follow();
    until(|| search(&carol, "/search").count("mark") > 0);
    let hits = search(&carol, "/search").attributes("a.search-hit", "href");
    assert!(hits.iter().any(|hit| hit.starts_with(&of_client(&invoice))), "{hits:?}");
    for other in [world.cyril(), world.dora()] {
        assert_eq!(search(&other, "/search").count("mark"), 0, "{other}");
    }
    assert_eq!(search(&world.eve(), "/staff/search").count("mark"), 0);
}

fn p41_a_french_reader_gets_a_french_invoice(world: World) {
    let (ada, cyril) = (world.ada(), world.cyril());
    let invoice = sent(&ada, "Cyril Dubois", "1234.5");
    let page = cyril.visit(&of_client(&invoice));
    page.assert_shows("Montant à payer 1 234,50 €")
        .assert_shows("Date d’échéance")
        .assert_shows("Tout retard");
    let mail = world.mailbox().next_to("cyril@acme.test");
    assert!(mail.text.contains("1\u{202f}234,50\u{a0}€"), "{}", mail.text);
}
