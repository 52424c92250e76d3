//! T1: what belongs to an organization leads to nothing of another's, by the tables themselves.

use crate::{on_both, world::World};

on_both! {
    t1_every_row_belongs_to_an_organization,
    t1_no_row_leads_to_another_organizations,
    t1_every_key_leads_to_the_column_that_it_is_named_for,
}

/// `m.name`: tables of ours that have `organization_id` or not.
const TABLES: &str = "SELECT m.name AS row FROM sqlite_master m
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";

fn t1_every_row_belongs_to_an_organization(world: World) {
    let of_nobody = world.database().texts(
        &format!(
            "{TABLES} AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id')
             ORDER BY 1"
        ),
        "SELECT t.table_name::text AS row FROM information_schema.tables t
         WHERE t.table_schema = 'public' AND t.table_name NOT LIKE '\\_\\_%' AND NOT EXISTS (
             SELECT 1 FROM information_schema.columns c WHERE c.table_schema = 'public'
             AND c.table_name = t.table_name AND c.column_name = 'organization_id')
         ORDER BY 1",
    );
    // A host is the installation's; whose it is at the moment, `organizations` says.
    assert_eq!(
        of_nobody,
        ["certificate_challenges", "certificates", "cursors", "installation", "organizations"]
    );
    let known_otherwise = world.database().texts(
        &format!(
            "{TABLES} AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id')
             AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id' AND c.pk = 1)
             ORDER BY 1"
        ),
        "SELECT i.indrelid::regclass::text AS row FROM pg_index i
         JOIN pg_attribute o ON o.attrelid = i.indrelid AND o.attname = 'organization_id'
         JOIN pg_class r ON r.oid = i.indrelid AND r.relnamespace = 'public'::regnamespace
         WHERE i.indisprimary AND i.indkey[0] <> o.attnum ORDER BY 1",
    );
    // A random token of 256 bits finds the one row that it proves; events and jobs are numbered for all together.
    assert_eq!(known_otherwise, ["events", "jobs", "proofs", "sessions"]);
}

fn t1_no_row_leads_to_another_organizations(world: World) {
    let across = world.database().texts(
        &format!(
            "{TABLES} AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f
             WHERE EXISTS (SELECT 1 FROM pragma_table_info(f.\"table\") c WHERE c.name = 'organization_id')
             GROUP BY f.id HAVING sum(f.\"from\" = 'organization_id') = 0)"
        ),
        "SELECT c.conrelid::regclass::text || ' to ' || c.confrelid::regclass::text AS row FROM pg_constraint c
         JOIN pg_attribute o ON o.attrelid = c.confrelid AND o.attname = 'organization_id'
         WHERE c.contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_attribute a
             WHERE a.attrelid = c.conrelid AND a.attname = 'organization_id' AND a.attnum = ANY (c.conkey))",
    );
    assert!(across.is_empty(), "{across:?}");
    let alone = world.database().texts(
        &format!(
            "{TABLES} AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id')
             AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name))"
        ),
        "SELECT o.attrelid::regclass::text AS row FROM pg_attribute o
         JOIN pg_class t ON t.oid = o.attrelid AND t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
         WHERE o.attname = 'organization_id' AND NOT EXISTS (
             SELECT 1 FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = o.attrelid)",
    );
    assert!(alone.is_empty(), "{alone:?}");
}

fn t1_every_key_leads_to_the_column_that_it_is_named_for(world: World) {
    let leads = world.database().texts(
        "SELECT DISTINCT f.\"from\" || ' to ' || f.\"table\" || '.' || COALESCE(f.\"to\", '?') AS row
         FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1",
        "SELECT DISTINCT a.attname::text || ' to ' || c.confrelid::regclass::text || '.' || b.attname::text AS row
         FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair (own, other)
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = pair.own
         JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = pair.other
         WHERE c.contype = 'f' ORDER BY 1",
    );
    let is_odd = |lead: &&String| match lead.split_once(" to ").unwrap() {
        ("organization_id", "organizations.id") => false,
        ("organization_id", other) => !other.ends_with(".organization_id"),
        (_, other) => !other.ends_with(".id") || other == "organizations.id",
    };
    let odd: Vec<&String> = leads.iter().filter(is_odd).collect();
    // A subscription has no id but its document's.
    assert_eq!(odd, ["subscription_id to billing_subscriptions.document_id"]);
}
