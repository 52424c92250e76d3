diesel::table! {
    events (id) {
        id -> BigInt,
        organization_id -> Binary,
        kind -> Text,
        actor_id -> Nullable<Binary>,
        subject_id -> Nullable<Binary>,
    }
}
