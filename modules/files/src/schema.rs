//! The tables of this module alone; items and portals are the kernel's.

diesel::table! {
    files (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        object_key -> Text,
        size -> BigInt,
        media_type -> Text,
        sha256 -> Binary,
        reading -> Text,
    }
}

diesel::table! {
    /// The text inside a file. Page 0 stands for a file without pages.
    file_pages (organization_id, item_id, number) {
        organization_id -> Binary,
        item_id -> Binary,
        number -> Integer,
        text -> Text,
    }
}

portico_kernel::may_join!(files, [items, portals, grants, granted_portals]);
