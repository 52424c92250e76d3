//! The tables that the walls themselves read. A module that writes more of one of them (the
//! accounts module knows about passwords) declares its own view of the table.

diesel::table! {
    organizations (id) {
        id -> Binary,
        slug -> Text,
        domain -> Nullable<Text>,
        name -> Text,
        colour -> Text,
        language -> Text,
        time_zone -> Text,
        created_at -> BigInt,
        sidebar -> Nullable<Text>,
        logo -> Nullable<Text>,
        logo_ground -> Text,
        logo_is_wide -> Bool,
        demands_second_step -> Bool,
        domain_use -> Text,
    }
}

diesel::table! {
    former_slugs (organization_id, slug) {
        organization_id -> Binary,
        slug -> Text,
        left_at -> BigInt,
    }
}

diesel::table! {
    domain_claims (organization_id) {
        organization_id -> Binary,
        domain -> Text,
        token -> Text,
        answer -> Text,
    }
}

diesel::table! {
    people (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        language -> Nullable<Text>,
        joined_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
        second_step_at -> Nullable<BigInt>,
        limited_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    limit_clients (organization_id, person_id, client_id) {
        organization_id -> Binary,
        person_id -> Binary,
        client_id -> Binary,
    }
}

diesel::table! {
    limit_projects (organization_id, person_id, project_id) {
        organization_id -> Binary,
        person_id -> Binary,
        project_id -> Binary,
    }
}

diesel::table! {
    /// Whose they are, which limits ask.
    #[sql_name = "projects"]
    limited_projects (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        client_id -> Nullable<Binary>,
    }
}

diesel::table! {
    /// Of which project they are, which limits ask.
    #[sql_name = "portals"]
    limited_portals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        project_id -> Nullable<Binary>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Binary,
        id -> Binary,
        organization_id -> Binary,
        person_id -> Binary,
        created_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        seeing_as -> Nullable<Binary>,
    }
}

diesel::table! {
    portals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        deleted_at -> Nullable<BigInt>,
        archived_at -> Nullable<BigInt>,
        sections -> Text,
    }
}

diesel::table! {
    /// The same table once more, for a statement within one that reads portals itself.
    #[sql_name = "portals"]
    granted_portals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        deleted_at -> Nullable<BigInt>,
        archived_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    grants (organization_id, portal_id, person_id) {
        organization_id -> Binary,
        portal_id -> Binary,
        person_id -> Binary,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    items (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        portal_id -> Binary,
        folder_id -> Nullable<Binary>,
        kind -> Text,
        name -> Text,
        position -> Integer,
        created_at -> BigInt,
        changed_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sent_items (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        person_id -> Binary,
        shown_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        organization_id -> Binary,
        kind -> Text,
        at -> BigInt,
        actor_id -> Nullable<Binary>,
        subject_id -> Nullable<Binary>,
        portal_id -> Nullable<Binary>,
        person_id -> Nullable<Binary>,
        address -> Nullable<Text>,
        data -> Text,
    }
}

diesel::table! {
    cursors (name) {
        name -> Text,
        last_event -> BigInt,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        organization_id -> Binary,
        kind -> Text,
        payload -> Text,
        created_at -> BigInt,
        run_at -> BigInt,
        attempts -> Integer,
        leased_until -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        finished_at -> Nullable<BigInt>,
        failed_at -> Nullable<BigInt>,
        daily -> Bool,
    }
}

diesel::table! {
    settings (organization_id, name) {
        organization_id -> Binary,
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    refused_addresses (organization_id, email) {
        organization_id -> Binary,
        email -> Text,
        refused_at -> BigInt,
        answer -> Text,
    }
}

diesel::table! {
    certificates (host) {
        host -> Text,
        chain -> Nullable<Text>,
        sealed_key -> Nullable<Text>,
        issued_at -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
        try_at -> BigInt,
        failures -> Integer,
        failure -> Nullable<Text>,
        failed_at -> Nullable<BigInt>,
        leased_until -> Nullable<BigInt>,
    }
}

diesel::table! {
    certificate_challenges (host, token) {
        host -> Text,
        token -> Text,
        answer -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    installation (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(people, refused_addresses);
diesel::allow_tables_to_appear_in_same_query!(events, people);
diesel::allow_tables_to_appear_in_same_query!(events, items);
diesel::allow_tables_to_appear_in_same_query!(events, grants);
diesel::allow_tables_to_appear_in_same_query!(events, granted_portals);
diesel::allow_tables_to_appear_in_same_query!(events, sent_items);
diesel::allow_tables_to_appear_in_same_query!(
    organizations,
    former_slugs,
    people,
    sessions,
    portals,
    granted_portals,
    grants,
    items,
    sent_items
);

/// `may_join!(notes, [items, grants])`: lets a module's own table stand in one statement with tables
/// of the kernel. diesel's macro for this also speaks of PostgreSQL's `ONLY`, which Rust refuses for
/// tables of two crates.
#[macro_export]
macro_rules! may_join {
    ($own:ident, [$($theirs:ident),+]) => {
        $(
            impl diesel::query_source::TableNotEqual<$crate::$theirs::table> for $own::table {}
            impl diesel::query_source::TableNotEqual<$own::table> for $crate::$theirs::table {}
        )+
    };
}
