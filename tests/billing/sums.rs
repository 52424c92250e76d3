//! What the database adds up with every change, beside what happened (P24).

use super::{issued, sent};
use crate::{
    on_both,
    world::{Page, World},
};

on_both! {
    p24_what_the_database_adds_up_is_what_happened,
}

const LEFT: &str = "gross
    - COALESCE((SELECT SUM(CASE p.kind WHEN 'payment' THEN p.amount ELSE -p.amount END) FROM billing_payments p
        WHERE p.organization_id = d.organization_id AND p.document_id = d.id AND p.deleted_at IS NULL), 0)
    - COALESCE((SELECT SUM(c.gross) FROM billing_documents c
        WHERE c.organization_id = d.organization_id AND c.corrects_id = d.id AND c.issued_at IS NOT NULL), 0)";

/// Rows that are wrong or not there: what would have to be written anew.
pub fn wrong(world: &World) -> usize {
    let statements = [
        format!(
            "UPDATE billing_balances SET balance = balance WHERE balance <> (SELECT {LEFT} FROM billing_documents d
                WHERE d.organization_id = billing_balances.organization_id AND d.id = billing_balances.document_id)"
        ),
        format!(
            "INSERT INTO billing_balances (organization_id, document_id, due_on, balance)
                SELECT d.organization_id, d.id, d.due_on, {LEFT} FROM billing_documents d
                WHERE d.kind = 'invoice' AND d.issued_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM billing_balances b
                    WHERE b.organization_id = d.organization_id AND b.document_id = d.id)"
        ),
        "UPDATE billing_days SET amount = amount WHERE amount <> COALESCE((SELECT SUM(m.amount)
            FROM billing_movements m WHERE m.organization_id = billing_days.organization_id
            AND m.moved_on = billing_days.moved_on AND m.currency = billing_days.currency
            AND m.kind = billing_days.kind), 0)"
            .to_owned(),
        "INSERT INTO billing_days (organization_id, moved_on, currency, kind, amount)
            SELECT DISTINCT m.organization_id, m.moved_on, m.currency, m.kind, 0 FROM billing_movements m
            WHERE NOT EXISTS (SELECT 1 FROM billing_days b WHERE b.organization_id = m.organization_id
                AND b.moved_on = m.moved_on AND b.currency = m.currency AND b.kind = m.kind)"
            .to_owned(),
    ];
    statements.iter().map(|statement| world.database().execute(statement).unwrap()).sum()
}

fn p24_what_the_database_adds_up_is_what_happened(world: World) {
    let ada = world.ada();
    assert_eq!(wrong(&world), 0, "after the demo's own documents");
    let record = |invoice: &Page, what: &str, amount: &str| {
        let form = ada.visit(invoice.path()).press(what).form_with_button(what);
        form.fill("Amount", amount).submit().follow().assert_ok();
    };
    let invoice = sent(&ada, "Carol Meyer", "100.00");
    record(&invoice, "Record payment", "70");
    record(&invoice, "Record payment", "50");
    record(&invoice, "Record refund", "20");
    assert_eq!(wrong(&world), 0, "paid and refunded");
    let removed = ada.visit(invoice.path()).row("€50.00").press("Remove");
    assert_eq!(wrong(&world), 0, "removed");
    removed.press("Undo").assert_ok();
    assert_eq!(wrong(&world), 0, "brought back");
    let credited = issued(&ada, "Carol Meyer", "80.00");
    credited.press("Credit").form_with_button("Issue credit note").submit().assert_status(303);
    assert_eq!(wrong(&world), 0, "credited");
    // It tells a wrong one.
    world.database().execute("UPDATE billing_balances SET balance = balance + 1").unwrap();
    assert!(wrong(&world) > 0);
}
