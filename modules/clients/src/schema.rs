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
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

// Whose account a link can set up; accounts and sharing write it, here it colours dots.
diesel::table! {
    proofs (id) {
        id -> Binary,
        purpose -> Text,
        organization_id -> Binary,
        person_id -> Binary,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(people, companies);
