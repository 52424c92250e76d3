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
        mail_mac -> Nullable<Binary>,
    }
}

diesel::table! {
    message_files (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        message_id -> Binary,
        place -> Integer,
        name -> Text,
        media_type -> Text,
        object_key -> Text,
        size -> BigInt,
        sha256 -> Binary,
    }
}

diesel::table! {
    message_mentions (organization_id, message_id, person_id) {
        organization_id -> Binary,
        message_id -> Binary,
        person_id -> Binary,
    }
}

diesel::table! {
    reply_addresses (organization_id, token_mac) {
        organization_id -> Binary,
        token_mac -> Binary,
        conversation_id -> Binary,
        person_id -> Binary,
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

diesel::table! {
    rooms (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        portal_id -> Nullable<Binary>,
        made_by -> Binary,
        made_at -> BigInt,
        last_number -> Integer,
        latest_at -> BigInt,
    }
}

diesel::table! {
    room_members (organization_id, room_id, person_id) {
        organization_id -> Binary,
        room_id -> Binary,
        person_id -> Binary,
        added_at -> BigInt,
        left_at -> Nullable<BigInt>,
        number -> Integer,
        read_at -> Nullable<BigInt>,
        mailed_number -> Integer,
        reply_mac -> Nullable<Binary>,
    }
}

diesel::table! {
    /// The same table once more, for a statement within one that reads it itself.
    #[sql_name = "room_members"]
    onlooking_members (organization_id, room_id, person_id) {
        organization_id -> Binary,
        room_id -> Binary,
        person_id -> Binary,
        left_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    room_messages (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        room_id -> Binary,
        number -> Integer,
        author_id -> Binary,
        words -> Text,
        written_at -> BigInt,
        edited_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        mail_mac -> Nullable<Binary>,
    }
}

diesel::table! {
    room_files (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        message_id -> Binary,
        place -> Integer,
        name -> Text,
        media_type -> Text,
        object_key -> Text,
        size -> BigInt,
        sha256 -> Binary,
    }
}

diesel::table! {
    room_mentions (organization_id, message_id, person_id) {
        organization_id -> Binary,
        message_id -> Binary,
        person_id -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    conversations,
    messages,
    message_reads,
    message_files,
    message_mentions,
    reply_addresses,
);
diesel::allow_tables_to_appear_in_same_query!(
    rooms,
    room_members,
    onlooking_members,
    room_messages,
    room_files,
    room_mentions,
);
portico_kernel::may_join!(conversations, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(messages, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(message_reads, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(message_mentions, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(reply_addresses, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(rooms, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(room_members, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(room_messages, [people, portals, grants, granted_portals]);
portico_kernel::may_join!(room_mentions, [people, portals, grants, granted_portals]);
