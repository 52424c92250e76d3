diesel::table! {
    projects (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        client_id -> Nullable<Binary>,
        name -> Text,
        status -> Text,
        starts_on -> Nullable<Text>,
        ends_on -> Nullable<Text>,
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    milestones (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        project_id -> Binary,
        name -> Text,
        due_on -> Nullable<Text>,
        position -> Integer,
        completed_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
    }
}

// Whom a project can be for.
diesel::table! {
    people (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        removed_at -> Nullable<BigInt>,
    }
}

// Which portal a project has.
diesel::table! {
    portals (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        project_id -> Nullable<Binary>,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(projects, milestones, people, portals);
portico_kernel::may_join!(portals, [grants, granted_portals]);
portico_kernel::may_join!(projects, [grants, granted_portals]);
portico_kernel::may_join!(milestones, [grants, granted_portals]);
