diesel::table! {
    organization_pictures (organization_id, name) {
        organization_id -> Binary,
        name -> Text,
        version -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    billing_taxes (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        percent -> Text,
        exemption -> Text,
        is_reverse_charge -> Bool,
        treatment -> Text,
        created_at -> BigInt,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    billing_series (organization_id, kind, year) {
        organization_id -> Binary,
        kind -> Text,
        year -> Integer,
        last -> BigInt,
    }
}

diesel::table! {
    billing_documents (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        kind -> Text,
        client_id -> Binary,
        project_id -> Nullable<Binary>,
        corrects_id -> Nullable<Binary>,
        currency -> Text,
        buyer -> Text,
        buyer_tax_number -> Text,
        buyer_country -> Text,
        words -> Text,
        issue_on -> Nullable<Text>,
        due_on -> Nullable<Text>,
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        issued_at -> Nullable<BigInt>,
        number -> Nullable<Text>,
        seller -> Nullable<Text>,
        net -> Nullable<BigInt>,
        gross -> Nullable<BigInt>,
        quote_id -> Nullable<Binary>,
        is_deposit -> Bool,
        deposit_percent -> Nullable<Text>,
        deposit_amount -> Nullable<BigInt>,
        replaces_id -> Nullable<Binary>,
        delivered_on -> Nullable<Text>,
        delivery_country -> Text,
    }
}

diesel::table! {
    billing_decisions (organization_id, document_id) {
        organization_id -> Binary,
        document_id -> Binary,
        verdict -> Text,
        person_id -> Binary,
        name -> Text,
        decided_at -> BigInt,
        address -> Nullable<Text>,
        shown -> Nullable<Text>,
        chosen -> Text,
        reason -> Text,
    }
}

diesel::table! {
    billing_lines (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        document_id -> Binary,
        position -> Integer,
        description -> Text,
        quantity -> Text,
        unit_price -> Text,
        discount -> Text,
        tax_id -> Nullable<Binary>,
        net -> BigInt,
        corrects_id -> Nullable<Binary>,
        section -> Text,
        optional -> Bool,
        deducts_id -> Nullable<Binary>,
        measure -> Text,
    }
}

diesel::table! {
    billing_tax_totals (organization_id, document_id, tax_id) {
        organization_id -> Binary,
        document_id -> Binary,
        tax_id -> Binary,
        position -> Integer,
        base -> BigInt,
        amount -> BigInt,
    }
}

diesel::table! {
    billing_papers (organization_id, document_id, language) {
        organization_id -> Binary,
        document_id -> Binary,
        language -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    billing_receipts (organization_id, payment_id, language) {
        organization_id -> Binary,
        payment_id -> Binary,
        language -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    billing_recipients (organization_id, document_id, person_id) {
        organization_id -> Binary,
        document_id -> Binary,
        person_id -> Binary,
        sent_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        sent_by -> Nullable<Binary>,
    }
}

diesel::table! {
    billing_reminders (organization_id, document_id, person_id, occasion) {
        organization_id -> Binary,
        document_id -> Binary,
        person_id -> Binary,
        occasion -> Text,
        reminded_at -> BigInt,
    }
}

diesel::table! {
    billing_founded_projects (organization_id, quote_id) {
        organization_id -> Binary,
        quote_id -> Binary,
        project_id -> Binary,
    }
}

diesel::table! {
    billing_templates (organization_id, quote_id) {
        organization_id -> Binary,
        quote_id -> Binary,
        name -> Text,
        kept_at -> BigInt,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    billing_open_companies (organization_id, company_id) {
        organization_id -> Binary,
        company_id -> Binary,
        opened_at -> BigInt,
    }
}

// A view.
diesel::table! {
    billing_readers (organization_id, document_id, reader_id, person_id) {
        organization_id -> Binary,
        document_id -> Binary,
        reader_id -> Binary,
        person_id -> Binary,
    }
}

// A view.
diesel::table! {
    billing_movements (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        document_id -> Binary,
        document_kind -> Text,
        number -> Text,
        client_id -> Binary,
        currency -> Text,
        kind -> Text,
        amount -> BigInt,
        moved_on -> Text,
        words -> Text,
    }
}

// The database keeps these two, by triggers.
diesel::table! {
    billing_balances (organization_id, document_id) {
        organization_id -> Binary,
        document_id -> Binary,
        due_on -> Nullable<Text>,
        balance -> BigInt,
        is_owed -> Bool,
    }
}

diesel::table! {
    billing_days (organization_id, moved_on, currency, kind) {
        organization_id -> Binary,
        moved_on -> Text,
        currency -> Text,
        kind -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    billing_payments (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        document_id -> Binary,
        kind -> Text,
        amount -> BigInt,
        paid_on -> Text,
        words -> Text,
        recorded_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        provider_name -> Nullable<Text>,
    }
}

diesel::table! {
    billing_attempts (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        document_id -> Binary,
        amount -> BigInt,
        currency -> Text,
        state -> Text,
        session -> Nullable<Text>,
        payment -> Nullable<Text>,
        address -> Nullable<Text>,
        begun_at -> BigInt,
        is_charge -> Bool,
        is_live -> Bool,
        account -> Nullable<Text>,
        misfit -> Nullable<Text>,
        misfit_settled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    billing_online_refunds (organization_id, refund) {
        organization_id -> Binary,
        refund -> Text,
        payment -> Text,
        amount -> BigInt,
        currency -> Text,
        state -> Text,
    }
}

diesel::table! {
    billing_saved_methods (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        session -> Nullable<Text>,
        customer -> Nullable<Text>,
        method -> Nullable<Text>,
        words -> Nullable<Text>,
        is_live -> Bool,
        account -> Nullable<Text>,
        begun_at -> BigInt,
        saved_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    billing_provider_events (organization_id, event) {
        organization_id -> Binary,
        event -> Text,
        kind -> Text,
        arrived_at -> BigInt,
    }
}

diesel::table! {
    billing_subscriptions (organization_id, document_id) {
        organization_id -> Binary,
        document_id -> Binary,
        name -> Text,
        every -> Integer,
        unit -> Text,
        anchor_on -> Text,
        first_number -> Integer,
        next_number -> Integer,
        next_on -> Text,
        ends_on -> Nullable<Text>,
        payment_days -> Nullable<Integer>,
        prorates -> Bool,
        state -> Text,
        paused_on -> Nullable<Text>,
    }
}

diesel::table! {
    billing_periods (organization_id, subscription_id, number) {
        organization_id -> Binary,
        subscription_id -> Binary,
        number -> Integer,
        begins_on -> Text,
        ends_on -> Text,
        invoice_id -> Nullable<Binary>,
    }
}

// To whom a document can be addressed.
diesel::table! {
    people (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        role -> Text,
        email -> Text,
        name -> Text,
        language -> Nullable<Text>,
        company_id -> Nullable<Binary>,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    companies (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        deleted_at -> Nullable<BigInt>,
    }
}

// What a document is for.
diesel::table! {
    projects (organization_id, id) {
        organization_id -> Binary,
        id -> Binary,
        name -> Text,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    billing_attempts,
    billing_taxes,
    billing_documents,
    billing_lines,
    billing_tax_totals,
    billing_recipients,
    billing_reminders,
    billing_readers,
    billing_open_companies,
    billing_balances,
    billing_movements,
    billing_payments,
    billing_decisions,
    billing_subscriptions,
    billing_periods,
    billing_founded_projects,
    billing_templates,
    billing_saved_methods,
    people,
    companies,
    projects,
);

// Whoever can see what.
portico_kernel::may_join!(billing_documents, [people]);
portico_kernel::may_join!(billing_readers, [people]);
portico_kernel::may_join!(billing_recipients, [people]);
portico_kernel::may_join!(billing_subscriptions, [people]);

// The sums of an export.
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    billing_documents::currency,
    billing_taxes::name,
    billing_taxes::percent,
    billing_taxes::exemption,
    billing_taxes::is_reverse_charge,
    billing_taxes::treatment,
);
