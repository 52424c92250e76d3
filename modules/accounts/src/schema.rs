diesel::table! {
    people (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        language -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        created_at -> BigInt,
        joined_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
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
        address -> Nullable<Text>,
        agent -> Nullable<Text>,
        seeing_as -> Nullable<Binary>,
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

diesel::allow_tables_to_appear_in_same_query!(people, sessions, proofs);
