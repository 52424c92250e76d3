//! P31: endings do not matter, in each document's own language.

use super::*;

const ENGLISH: &str = "The companies that sign these contracts agree to the invoices being paid within \
    thirty days, and to nothing else that was not written down by one of the parties before.";
const FRENCH: &str = "Les sociétés qui signent ces contrats acceptent que les factures soient payées dans les \
    trente jours, et rien d'autre de ce qui n'a pas été écrit auparavant par l'une des parties.";
const GERMAN: &str = "Die Gesellschaften, die diese Verträge unterzeichnen, stimmen zu, dass die Rechnungen \
    innerhalb von dreißig Tagen bezahlt werden, und nichts anderem, was nicht vorher geschrieben wurde.";
const SPANISH: &str = "Las sociedades que firman estos contratos aceptan que las facturas se paguen dentro de \
    los treinta días, y nada más que no haya sido escrito antes por una de las partes.";

/// What is asked, finished, so that only its ending can differ; what of the text is marked for it.
const INFLECTED: [(u8, &str, &str); 13] = [
    (1, "company", "companies"),
    (1, "contract", "contracts"),
    (1, "invoicing", "invoices"),
    (2, "société", "sociétés"),
    (2, "facture", "factures"),
    (2, "partie", "parties"),
    (3, "gesellschaft", "Gesellschaften"),
    (3, "Vertrag", "Verträge"),
    (3, "rechnung", "Rechnungen"),
    (3, "tage", "Tagen"),
    (4, "parte", "partes"),
    (4, "factura", "facturas"),
    (4, "firmar", "firman"),
];

fn four_languages() -> World {
    world(vec![note(1, "", ENGLISH), note(2, "", FRENCH), note(3, "", GERMAN), note(4, "", SPANISH)])
}

#[test]
fn endings_do_not_matter_in_the_language_of_the_document() {
    let world = four_languages();
    for (id, asked, marked) in INFLECTED {
        let found = world.hits(staff(&format!("{asked} ")));
        let hit = found.hits.iter().find(|hit| hit.id.0[0] == id);
        let hit = hit.unwrap_or_else(|| panic!("{asked} is not found in {id}"));
        assert!(bracketed(&hit.snippet).contains(&format!("[{marked}]")), "{asked}: {:?}", hit.snippet);
    }
}

/// English takes "-ing" off and French does not.
#[test]
fn endings_of_other_languages_stay() {
    let parking = format!("{FRENCH} On se gare au parking.");
    let world = world(vec![note(1, "", &parking)]);
    assert_eq!(world.found("parking "), [1]);
    assert_eq!(world.found("parks "), NOTHING);
}

#[test]
fn a_name_is_in_every_language() {
    let world = world(vec![
        note(1, "Verträge", ENGLISH),
        note(2, "Contrats", ENGLISH),
        note(3, "Facturas", ENGLISH),
        note(4, "Offers", GERMAN),
    ]);
    for (id, asked) in [(1, "vertrag "), (2, "contrat "), (3, "factura "), (4, "offer ")] {
        assert_eq!(world.found(asked)[0], id, "{asked}");
    }
}
