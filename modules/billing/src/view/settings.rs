//! Settings: what stands on every document, and the tax rates.

use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Button, Choice, Field, Form, PageHeader, Row, Undo, breadcrumb, button_form, form_actions, list,
        page_header, row, row_icon, section, toast,
    },
};

use super::{currency_choices, paper::exemption_words, problem};
use crate::{
    number,
    profile::ProfileForm,
    tax::{Tax, TaxForm, Treatment},
};

pub const HERE: &str = "/staff/settings/billing";

pub struct Filled<'a> {
    pub profile: &'a ProfileForm,
    pub profile_problems: &'a Problems,
    pub tax: &'a TaxForm,
    pub tax_problems: &'a Problems,
    pub taxes: &'a [Tax],
}

pub fn settings_page(frame: &Frame, filled: &Filled) -> Markup {
    let text = frame.text;
    html! {
        (page_header(&PageHeader {
            title: &text.say("billing-settings"),
            breadcrumb: Some(breadcrumb(text, &[("/staff/settings", &text.say("billing-all-settings"))])),
            ..PageHeader::default()
        }))
        (Form::post(&frame.form_token, HERE).body(profile_fields(frame, filled)))
        (section(&text.say("billing-taxes"), html! {}, taxes(frame, filled)))
    }
}

fn profile_fields(frame: &Frame, filled: &Filled) -> Markup {
    let text = frame.text;
    let Filled { profile, profile_problems: problems, .. } = filled;
    let error = |field: &str| problem(frame, problems, field);
    let format = |name: &'static str, key: &str, value: &str| {
        Field::text(name, text.say(key))
            .value(value)
            .max_length(number::LONGEST)
            .autocomplete("off")
            .error(error(name))
    };
    html! {
        (Field::area("address", text.say("billing-field-address")).value(&profile.address)
            .autocomplete("street-address").error(error("address")))
        (Field::text("country", text.say("billing-field-country")).value(&profile.country).max_length(2)
            .autocomplete("country").hint(text.say("billing-country-hint")).error(error("country")))
        (Field::text("tax_number", text.say("billing-field-tax-number")).value(&profile.tax_number)
            .error(error("tax_number")))
        (Field::area("bank", text.say("billing-field-bank")).value(&profile.bank)
            .hint(text.say("billing-bank-hint")).error(error("bank")))
        (Field::select("currency", text.say("billing-field-currency"), currency_choices()).value(&profile.currency)
            .error(error("currency")))
        (Field::number("payment_days", text.say("billing-field-payment-days")).value(&profile.payment_days)
            .minimum("0").error(error("payment_days")))
        (Field::number("remind_before", text.say("billing-field-remind-before")).value(&profile.remind_before)
            .minimum("0").optional(text).hint(text.say("billing-remind-before-hint")).error(error("remind_before")))
        (Field::text("remind_after", text.say("billing-field-remind-after")).value(&profile.remind_after)
            .optional(text).placeholder("3, 10, 21").autocomplete("off")
            .hint(text.say("billing-remind-after-hint")).error(error("remind_after")))
        (format("invoice_format", "billing-field-invoice-format", &profile.invoice_format)
            .hint(text.say_with("billing-format-hint", &[("number", "{number}".into()), ("year", "{year}".into())])))
        (format("credit_note_format", "billing-field-credit-note-format", &profile.credit_note_format))
        (format("quote_format", "billing-field-quote-format", &profile.quote_format))
        (Field::area("footer_en", text.say("billing-field-footer-en")).value(&profile.footer_en)
            .hint(text.say("billing-footer-hint")).error(error("footer_en")))
        (Field::area("footer_fr", text.say("billing-field-footer-fr")).value(&profile.footer_fr)
            .error(error("footer_fr")))
        (form_actions(html! { (Button::primary(text.say("billing-save"))) }))
    }
}

fn taxes(frame: &Frame, filled: &Filled) -> Markup {
    let text = frame.text;
    let Filled { tax, tax_problems: problems, .. } = filled;
    let error = |field: &str| problem(frame, problems, field);
    html! {
        @if filled.taxes.is_empty() {
            p.billing-quiet { (text.say("billing-taxes-empty")) }
        } @else {
            (list(html! { @for tax in filled.taxes { (tax_row(frame, tax)) } }))
        }
        (Form::post(&frame.form_token, "/staff/settings/billing/taxes").id("add-tax").body(html! {
            (Field::text("name", text.say("billing-field-tax-name")).value(&tax.name).required()
                .placeholder(text.say("billing-tax-example")).error(error("name")))
            (Field::text("percent", text.say("billing-field-percent")).value(&tax.percent).required()
                .input_mode("decimal").error(error("percent")))
            (Field::text("exemption", text.say("billing-field-exemption")).value(&tax.exemption).optional(text)
                .hint(text.say("billing-exemption-hint")).error(error("exemption")))
            (Field::select("treatment", text.say("billing-field-treatment"), treatments(text)).value(&tax.treatment)
                .hint(text.say("billing-treatment-hint")).error(error("treatment")))
            (form_actions(html! { (Button::secondary(text.say("billing-add-tax")).icon("plus")) }))
        }))
    }
}

fn treatments(text: Text) -> Vec<Choice> {
    let key = |treatment| match treatment {
        Treatment::Usual => "billing-treatment-usual",
        Treatment::ReverseCharge => "billing-treatment-reverse-charge",
        Treatment::IntraCommunity => "billing-treatment-intra-community",
        Treatment::Export => "billing-treatment-export",
        Treatment::NotSubject => "billing-treatment-not-subject",
    };
    Treatment::ALL.map(|treatment| Choice::new(treatment.name(), text.say(key(treatment)))).to_vec()
}

fn tax_row(frame: &Frame, tax: &Tax) -> Markup {
    let text = frame.text;
    let remove = Button::quiet(text.say("billing-remove")).icon("trash").small();
    let percent = format!("{}\u{a0}%", text.decimal(&tax.percent.plain()));
    let exemption = Some(exemption_words(text, tax)).filter(|words| !words.is_empty());
    let detail = std::iter::once(percent).chain(exemption).collect::<Vec<_>>().join(" · ");
    row(&Row {
        lead: Some(row_icon("billing")),
        name: &tax.name,
        detail: Some(html! { (detail) }),
        actions: Some(button_form(&frame.form_token, &format!("{HERE}/taxes/{}/removal", tax.id), remove)),
        ..Row::default()
    })
}

pub fn removed_toast(frame: &Frame, tax: &str) -> Markup {
    let undo = Undo { token: &frame.form_token, action: &format!("{HERE}/taxes/{tax}/restoration") };
    toast(frame.text, &frame.text.say("billing-tax-removed"), Some(undo))
}
