//! The columns that this module reads and writes. What it only reads of other nouns (a project's
//! name) stands here with just the columns it shows.

diesel::table! {
    portals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        project_id -> Nullable<Binary>,
        name -> Text,
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        archived_at -> Nullable<BigInt>,
        sections -> Text,
    }
}

diesel::table! {
    portal_templates (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        kept_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    portal_template_parts (organization_id, template_id, part) {
        organization_id -> Binary,
        template_id -> Binary,
        part -> Text,
        version -> Integer,
        body -> Text,
    }
}

diesel::table! {
    reminders (organization_id, noun, subject_id, day) {
        organization_id -> Binary,
        noun -> Text,
        subject_id -> Binary,
        day -> Text,
        reminded_at -> BigInt,
    }
}

diesel::table! {
    notes (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        body -> Text,
        pinned_in -> Nullable<Binary>,
    }
}

diesel::table! {
    links (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        address -> Text,
    }
}

diesel::table! {
    embeds (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
        provider -> Text,
        frame_address -> Text,
        address -> Text,
    }
}

diesel::table! {
    upload_folders (organization_id, item_id) {
        organization_id -> Binary,
        item_id -> Binary,
    }
}

diesel::table! {
    organizations (id) {
        id -> Binary,
        name -> Text,
        colour -> Text,
        language -> Text,
        time_zone -> Text,
        headline -> Text,
        words -> Text,
        title -> Text,
        contact_email -> Text,
        contact_telephone -> Text,
        contact_address -> Text,
        sidebar -> Nullable<Text>,
        logo -> Nullable<Text>,
        logo_ground -> Text,
        logo_is_wide -> Bool,
        cover -> Nullable<Text>,
        cover_x -> Integer,
        cover_y -> Integer,
    }
}

diesel::table! {
    grants (organization_id, portal_id, person_id) {
        organization_id -> Binary,
        portal_id -> Binary,
        person_id -> Binary,
        granted_at -> BigInt,
        granted_by -> Nullable<Binary>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    organization_pictures (organization_id, name) {
        organization_id -> Binary,
        name -> Text,
        version -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    projects (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(portals, projects);
portico_kernel::may_join!(portals, [people, grants, granted_portals]);
portico_kernel::may_join!(grants, [people]);
portico_kernel::may_join!(notes, [items, portals, grants, granted_portals, sent_items]);
portico_kernel::may_join!(embeds, [items, portals, grants, granted_portals, sent_items]);
