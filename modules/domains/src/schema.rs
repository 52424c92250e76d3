diesel::table! {
    domain_claims (organization_id) {
        organization_id -> Binary,
        domain -> Text,
        token -> Text,
        answer -> Text,
        claimed_at -> BigInt,
        checked_at -> Nullable<BigInt>,
        failure -> Nullable<Text>,
        failing_since -> Nullable<BigInt>,
    }
}

diesel::table! {
    organizations (id) {
        id -> Binary,
        slug -> Text,
        domain -> Nullable<Text>,
        domain_use -> Text,
    }
}
