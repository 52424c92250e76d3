diesel::table! {
    conversations (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        portal_id -> Binary,
        /// The client.
        person_id -> Binary,
        last_number -> Integer,
        client_number -> Integer,
        staff_number -> Integer,
        latest_at -> BigInt,
    }
}

diesel::table! {
    messages (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        conversation_id -> Binary,
        number -> Integer,
        author_id -> Binary,
        words -> Text,
        written_at -> BigInt,
        edited_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    message_reads (organization_id, conversation_id, person_id) {
        organization_id -> Binary,
        conversation_id -> Binary,
        person_id -> Binary,
        number -> Integer,
        read_at -> Nullable<BigInt>,
        mailed_number -> Integer,
    }
}

diesel::allow_tables_to_appear_in_same_query!(conversations, messages, message_reads);
portico_kernel::may_join!(conversations, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(messages, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(message_reads, [people, portals, grants, granted_portals]);
