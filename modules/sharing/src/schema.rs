diesel::table! {
    people (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        language -> Nullable<Text>,
        company_id -> Nullable<Binary>,
        created_at -> BigInt,
        joined_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    companies (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
    }
}

diesel::table! {
    projects (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        client_id -> Nullable<Binary>,
    }
}

diesel::table! {
    portals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        project_id -> Nullable<Binary>,
        name -> Text,
        deleted_at -> Nullable<BigInt>,
        archived_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    grants (organization_id, portal_id, person_id) {
        organization_id -> Binary,
        portal_id -> Binary,
        person_id -> Binary,
        granted_at -> BigInt,
        granted_by -> Nullable<Binary>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    proofs (token_hash) {
        token_hash -> Binary,
        id -> Binary,
        purpose -> Text,
        organization_id -> Binary,
        person_id -> Binary,
        email -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(people, companies, projects, portals, grants, proofs);
