diesel::table! {
    news_choices (organization_id, person_id, kind) {
        organization_id -> Binary,
        person_id -> Binary,
        kind -> Text,
        timing -> Text,
    }
}

diesel::table! {
    news_hours (organization_id, person_id) {
        organization_id -> Binary,
        person_id -> Binary,
        hour -> Integer,
        time_zone -> Nullable<Text>,
    }
}

diesel::table! {
    waiting_news (organization_id, person_id, job) {
        organization_id -> Binary,
        person_id -> Binary,
        job -> BigInt,
        kind -> Text,
        payload -> Text,
    }
}

diesel::table! {
    notifications (organization_id, person_id, event) {
        organization_id -> Binary,
        person_id -> Binary,
        event -> BigInt,
        kind -> Text,
        at -> BigInt,
        subject -> Binary,
        portal -> Nullable<Binary>,
        item -> Nullable<Binary>,
        read_at -> Nullable<BigInt>,
    }
}

portico_kernel::may_join!(notifications, [portals, items, grants, granted_portals, sent_items, events]);
