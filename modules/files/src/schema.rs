//! The tables of this module alone; items and portals are the kernel's.

diesel::table! {
    /// Which version of a file is shown.
    files (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        version_id -> Binary,
        pinned -> Bool,
    }
}

diesel::table! {
    file_versions (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        item_id -> Binary,
        number -> Integer,
        object_key -> Text,
        size -> BigInt,
        media_type -> Text,
        sha256 -> Binary,
        reading -> Text,
        added_at -> BigInt,
        added_by -> Nullable<Binary>,
        deleted_at -> Nullable<BigInt>,
        thumbnail_key -> Nullable<Text>,
        thumbnail_size -> Nullable<BigInt>,
        pages -> Nullable<Integer>,
    }
}

diesel::table! {
    /// The text inside a version. Page 0 stands for a file without pages.
    file_pages (organization_id, version_id, number) {
        organization_id -> Binary,
        version_id -> Binary,
        number -> Integer,
        text -> Text,
    }
}

diesel::table! {
    approvals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        item_id -> Binary,
        version_number -> Integer,
        sha256 -> Binary,
        person_id -> Binary,
        asked_at -> BigInt,
        asked_by -> Nullable<Binary>,
        replaces_id -> Nullable<Binary>,
        approved -> Nullable<Bool>,
        reason -> Text,
        decided_at -> Nullable<BigInt>,
        decided_from -> Nullable<Text>,
        withdrawn_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    /// Folders that take files from clients.
    upload_folders (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        opened_at -> BigInt,
    }
}

diesel::table! {
    file_requests (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        portal_id -> Binary,
        person_id -> Binary,
        folder_id -> Binary,
        title -> Text,
        message -> Text,
        due_on -> Text,
        created_at -> BigInt,
        created_by -> Nullable<Binary>,
        completed_at -> Nullable<BigInt>,
        withdrawn_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    file_request_slots (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        request_id -> Binary,
        position -> Integer,
        title -> Text,
        hint -> Text,
        required -> Bool,
        item_id -> Nullable<Binary>,
        sent_at -> Nullable<BigInt>,
        accepted_at -> Nullable<BigInt>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    /// What a template brought, before somebody is asked.
    prepared_requests (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        portal_id -> Binary,
        position -> Integer,
        title -> Text,
        wanted -> Text,
        message -> Text,
        days -> Integer,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    stray_objects (organization_id, object_key) {
        organization_id -> Binary,
        object_key -> Text,
        kind -> Text,
        size -> BigInt,
        since -> BigInt,
        found_at -> BigInt,
    }
}

diesel::table! {
    /// Files that arrive over several requests.
    uploads (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        portal_id -> Binary,
        folder_id -> Nullable<Binary>,
        request_id -> Nullable<Binary>,
        slot_id -> Nullable<Binary>,
        path -> Text,
        length -> BigInt,
        received -> BigInt,
        object_key -> Text,
        held -> BigInt,
        notes -> Text,
        sums -> Binary,
        created_at -> BigInt,
        expires_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    object_sums (organization_id, object_key) {
        organization_id -> Binary,
        object_key -> Text,
        crc32 -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(files, file_versions, approvals);
diesel::allow_tables_to_appear_in_same_query!(files, file_request_slots);
portico_kernel::may_join!(files, [items, portals, grants, granted_portals, sent_items, people]);
portico_kernel::may_join!(file_versions, [items, portals, grants, granted_portals, sent_items, people]);
portico_kernel::may_join!(approvals, [items, portals, grants, granted_portals, sent_items, people]);
portico_kernel::may_join!(upload_folders, [items, grants, granted_portals, sent_items]);
portico_kernel::may_join!(file_requests, [people, portals, items, grants, granted_portals]);
portico_kernel::may_join!(file_request_slots, [items, sent_items]);
