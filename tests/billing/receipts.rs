//! Receipts of payments: drawn when money is recorded, kept as they are, for those who read the invoice.

use super::{add_tax, issued, number, of_client, papers::read, sent};
use crate::{
    on_both,
    world::{Backend, Page, Person, World},
};

on_both! {
    a_receipt_says_what_came_in_and_what_is_left_in_both_languages,
    a_receipt_stays_the_same_whatever_happens_afterwards,
    p8_a_receipt_is_for_those_who_read_its_invoice_and_is_gone_with_its_payment,
    a_payment_of_before_has_no_receipt_and_a_refund_never,
    what_is_drawn_of_a_payment_cannot_be_changed_not_even_by_sql,
}

#[track_caller]
pub fn pay(invoice: &Page, amount: &str) -> Page {
    let form = invoice.press("Record payment").form_with_button("Record payment").fill("Amount", amount);
    form.fill("Remarks", "Late again").submit().follow()
}

/// The addresses of the receipts on this page, the first payment's first.
pub fn receipts(page: &Page) -> Vec<String> {
    page.attributes("a[download][href$='/receipt']", "href")
}

pub fn pdf(person: &Person, path: &str) -> Vec<u8> {
    let answer = person.get(path);
    answer.assert_ok();
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.header("cache-control").contains("no-store"));
    answer.body.clone()
}

fn a_receipt_says_what_came_in_and_what_is_left_in_both_languages(world: World) {
    let ada = world.ada();
    let dialog = issued(&ada, "Carol Meyer", "1000").press("Send").form_with_button("Send");
    let invoice = dialog.tick("Cyril Dubois cyril@acme.test").submit().follow();
    let paid = pay(&pay(&invoice, "250"), "800");
    for (person, title, first, second) in [
        (
            world.carol(),
            "Receipt for invoice",
            ["We received €250.00 for invoice", "Left to pay €750.00", "Received from"],
            ["We received €800.00 for invoice", "Paid too much €50.00", "Paid -€1,050.00"],
        ),
        (
            world.cyril(),
            "Reçu pour la facture",
            ["Nous avons reçu 250,00 € pour la facture", "Reste à payer 750,00 €", "Reçu de"],
            ["Nous avons reçu 800,00 € pour la facture", "Trop-perçu 50,00 €", "Reçu de"],
        ),
    ] {
        let page = person.visit(&of_client(&invoice));
        page.assert_hides("Late again");
        let receipts = receipts(&page);
        assert_eq!(receipts.len(), 2);
        let name = format!("{title} {}.pdf", number(&invoice));
        assert!(
            plain_letters(person.get(&receipts[0]).header("content-disposition"))
                .contains(&plain_letters(&name))
        );
        for (receipt, said) in receipts.iter().zip([first, second]) {
            let text = read(&pdf(&person, receipt));
            for words in said.iter().chain([&number(&invoice).as_str(), &title]) {
                assert!(text.contains(*words), "{words:?} is not in {text}");
            }
            assert!(!text.contains("Late again"), "what staff wrote is theirs: {text}");
            assert!(
                !text.contains("Unit price") && !text.contains("Prix unitaire"),
                "no table of nothing: {text}"
            );
        }
    }
    let own: Vec<_> = receipts(&paid).iter().map(|receipt| pdf(&ada, receipt)).collect();
    let carols: Vec<_> = receipts(&world.carol().visit(&of_client(&invoice)))
        .iter()
        .map(|receipt| pdf(&world.carol(), receipt))
        .collect();
    assert_eq!(own, carols, "staff read the same files");
}

/// What stays of a name where only plain letters may stand.
fn plain_letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn a_receipt_stays_the_same_whatever_happens_afterwards(world: World) {
    let ada = world.ada();
    let paid = pay(&sent(&ada, "Carol Meyer", "1000"), "250");
    let receipt = receipts(&paid).remove(0);
    let before = pdf(&ada, &receipt);
    pay(&paid, "100");
    world.database().execute("UPDATE organizations SET name = 'Other', colour = '#ff0000'").unwrap();
    add_tax(&world, "VAT 7 %", "7");
    assert_eq!(pdf(&ada, &receipt), before);
}

fn p8_a_receipt_is_for_those_who_read_its_invoice_and_is_gone_with_its_payment(world: World) {
    let (ada, carol) = (world.ada(), world.carol());
    let unsent = pay(&issued(&ada, "Carol Meyer", "1000"), "250");
    let at_staff = receipts(&unsent).remove(0);
    let at_carols = at_staff.replace("/staff", "");
    carol.get(&at_carols).assert_not_found();
    let invoice = unsent.press("Send").form_with_button("Send").submit().follow();
    pdf(&carol, &at_carols);
    let others = [world.cyril(), world.dora(), world.eve().at(&ada)];
    for other in &others {
        let (one, none) =
            (other.get(&at_carols), other.get("/payments/01890000000070008000000000000000/receipt"));
        assert_eq!((one.status, one.text()), (none.status, none.text()), "P11, {other}");
        assert_ne!(one.header("content-type"), "application/pdf");
    }
    world.eve().get(&at_staff).assert_not_found();

    // T18
    let at_rest = || world.database().at_rest(&["cursors.*", "jobs.*", "sessions.*"]);
    let before = at_rest();
    carol.head(&at_carols).assert_ok();
    pdf(&carol, &at_carols);
    let recorded = before.changes_until(&at_rest()).unwrap().to_string();
    assert_eq!(
        (recorded.lines().count(), recorded.matches("invoice.downloaded").count()),
        (1, 1),
        "{recorded}"
    );

    let removed = ada.visit(invoice.path()).row("Late again").press("Remove");
    for (person, path) in [(&carol, &at_carols), (&ada, &at_staff)] {
        person.get(path).assert_not_found();
    }
    assert_eq!(receipts(&carol.visit(&of_client(&invoice))).len(), 0);
    removed.press("Undo").assert_ok();
    pdf(&carol, &at_carols);
}

fn a_payment_of_before_has_no_receipt_and_a_refund_never(world: World) {
    let ada = world.ada();
    let paid = pay(&sent(&ada, "Carol Meyer", "1000"), "250");
    let refund = paid.press("Record refund").form_with_button("Record refund").fill("Amount", "50");
    let refunded = refund.submit().follow();
    assert_eq!(receipts(&refunded).len(), 1);
    let receipt = receipts(&refunded).remove(0);
    let unguard = match world.database().backend() {
        Backend::Sqlite => "DROP TRIGGER billing_receipts_undeleted",
        Backend::Postgres => "DROP TRIGGER billing_receipts_kept ON billing_receipts",
    };
    for statement in [unguard, "DELETE FROM billing_receipts"] {
        world.database().execute(statement).unwrap();
    }
    ada.get(&receipt).assert_not_found();
    assert_eq!(receipts(&ada.visit(paid.path())).len(), 0);
    let page = world.carol().visit(&of_client(&paid));
    page.assert_shows("€250.00").assert_shows("-€50.00");
    assert_eq!(receipts(&page).len(), 0);
}

fn what_is_drawn_of_a_payment_cannot_be_changed_not_even_by_sql(world: World) {
    pay(&issued(&world.ada(), "Carol Meyer", "1000"), "250");
    for statement in ["UPDATE billing_receipts SET language = 'de'", "DELETE FROM billing_receipts"] {
        let refused = world.database().execute(statement).expect_err(statement);
        assert!(refused.contains("is frozen"), "{statement}: {refused}");
    }
}
