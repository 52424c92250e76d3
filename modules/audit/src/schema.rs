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
