diesel::table! {
    people (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        language -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        created_at -> BigInt,
        joined_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
        second_step_at -> Nullable<BigInt>,
        limited_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    limit_clients (organization_id, person_id, client_id) {
        organization_id -> Binary,
        person_id -> Binary,
        client_id -> Binary,
    }
}

diesel::table! {
    limit_projects (organization_id, person_id, project_id) {
        organization_id -> Binary,
        person_id -> Binary,
        project_id -> Binary,
    }
}

// What a member can be limited to.
diesel::table! {
    projects (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        client_id -> Nullable<Binary>,
        name -> Text,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Binary,
        id -> Binary,
        organization_id -> Binary,
        person_id -> Binary,
        created_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        address -> Nullable<Text>,
        agent -> Nullable<Text>,
        seeing_as -> Nullable<Binary>,
    }
}

diesel::table! {
    proofs (token_hash) {
        token_hash -> Binary,
        id -> Binary,
        purpose -> Text,
        organization_id -> Binary,
        person_id -> Binary,
        email -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    second_steps (organization_id, person_id) {
        organization_id -> Binary,
        person_id -> Binary,
        secret -> Text,
        created_at -> BigInt,
        last_step -> BigInt,
        guesses -> Integer,
        guessed_since -> BigInt,
        proved_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    passkeys (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        credential_id -> Binary,
        host -> Text,
        name -> Text,
        credential -> Text,
        counter -> BigInt,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    passkey_ceremonies (organization_id, token_hash) {
        organization_id -> Binary,
        token_hash -> Binary,
        person_id -> Binary,
        purpose -> Text,
        state -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (organization_id, person_id, code_hash) {
        organization_id -> Binary,
        person_id -> Binary,
        code_hash -> Binary,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sign_ins (organization_id, token_hash) {
        organization_id -> Binary,
        token_hash -> Binary,
        person_id -> Binary,
        return_to -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sign_in_links (organization_id, token_hash) {
        organization_id -> Binary,
        token_hash -> Binary,
        person_id -> Binary,
        email -> Text,
        browser_hash -> Binary,
        code_hash -> Binary,
        guesses -> Integer,
        return_to -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    organizations (id) {
        id -> Binary,
        demands_second_step -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(people, sessions, proofs, sign_ins, sign_in_links);
