diesel::table! {
    announcements (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        title -> Text,
        words -> Text,
        is_for_everybody -> Bool,
        author_id -> Binary,
        written_at -> BigInt,
        published_at -> Nullable<BigInt>,
        edited_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    announcement_portals (organization_id, announcement_id, portal_id) {
        organization_id -> Binary,
        announcement_id -> Binary,
        portal_id -> Binary,
    }
}

diesel::table! {
    announcement_reads (organization_id, announcement_id, person_id) {
        organization_id -> Binary,
        announcement_id -> Binary,
        person_id -> Binary,
        read_at -> Nullable<BigInt>,
        mailed_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(announcements, announcement_portals, announcement_reads);
portico_kernel::may_join!(announcements, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(announcement_portals, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(announcement_reads, [people, portals, grants, granted_portals]);
