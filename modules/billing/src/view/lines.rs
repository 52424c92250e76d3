//! The lines of a draft: a table that adds up, and a form for one more.

use maud::{Markup, html};
use portico_kernel::Problems;
use portico_ui::{
    Frame, Text,
    components::{
        Align, Button, Checked, Choice, Column, Field, Form, Tone, badge, dialog, dialog_form,
        section_with_id, table,
    },
};

use rust_decimal::prelude::ToPrimitive;

use super::{address, amount, forms, paper::totals_list, problem};
use crate::{
    document::{Kind, Sheet},
    figure::Quantity,
    line::{LONGEST_DESCRIPTION, Line, LineForm},
    measure::Measure,
    tax::Tax,
};

/// What forms about lines replace.
const TARGET: &str = "#lines";

pub struct Adding<'a> {
    pub sheet: &'a Sheet,
    pub input: &'a LineForm,
    pub problems: &'a Problems,
    pub taxes: &'a [Tax],
}

pub fn lines_section(frame: &Frame, adding: &Adding) -> Markup {
    let (text, sheet) = (frame.text, adding.sheet);
    let action = format!("{}/lines", forms(sheet.document.id));
    let body = html! {
        @if sheet.lines.is_empty() {
            p.billing-quiet { (text.say("billing-lines-empty")) }
        } @else {
            (lines_table(frame, sheet))
            (totals_list(text, &sheet.totals))
        }
        (Form::post(&frame.form_token, &action).replaces(TARGET).id("add-line").body(html! {
            (line_fields(frame, "line", adding))
            div { (Button::secondary(text.say("billing-add-line")).icon("plus")) }
        }))
    };
    section_with_id(Some("lines"), &text.say("billing-lines"), html! {}, body)
}

fn lines_table(frame: &Frame, sheet: &Sheet) -> Markup {
    let text = frame.text;
    let (what, how_much, price, discount, tax, net, actions) = (
        text.say("billing-field-description"),
        text.say("billing-field-quantity"),
        text.say("billing-field-unit-price"),
        text.say("billing-field-discount"),
        text.say("billing-field-tax"),
        text.say("billing-net"),
        text.say("billing-actions"),
    );
    let columns = [
        Column::words(&what),
        Column::numbers(&how_much),
        Column::numbers(&price),
        Column::numbers(&discount),
        Column::words(&tax),
        Column::numbers(&net),
        Column { label: &actions, align: Align::End },
    ];
    let rows: Vec<Vec<Markup>> = sheet.lines.iter().map(|line| cells(frame, sheet, line)).collect();
    table(&text.say("billing-lines"), &columns, &rows)
}

fn cells(frame: &Frame, sheet: &Sheet, line: &Line) -> Vec<Markup> {
    let text = frame.text;
    let here = format!("{}/lines/{}", forms(sheet.document.id), line.id);
    let delete = Form::post(&frame.form_token, &format!("{here}/deletion"))
        .replaces(TARGET)
        .inline()
        .body(html! { (Button::quiet(text.say("billing-delete")).icon("trash").small()) });
    let mut cells = figures(text, line);
    cells.push(html! {
        // What takes a deposit off follows that deposit.
        @if line.deducts.is_none() {
            (Button::quiet(text.say("billing-edit")).icon("pencil").small().dialog(format!("{here}/edit")))
            (delete)
        }
    });
    cells
}

/// What stands on every kind of paper about a line.
pub fn figures(text: Text, line: &Line) -> Vec<Markup> {
    let [description, figures @ ..] = words_of(text, line);
    let description = html! {
        @if !line.section.is_empty() { span.paper-section { (line.section) } }
        span.billing-description { (description) }
        @if line.optional { " " (badge(Tone::Neutral, &text.say("billing-optional"))) }
    };
    let [how_much, price, discount, tax, net] = figures.map(|figure| html! { (figure) });
    let tax = html! { @if line.tax.is_some() { span.billing-tax { (tax) } } };
    vec![description, how_much, price, discount, tax, net]
}

/// Description, quantity, unit price, discount, tax and net in the reader's format.
pub fn words_of(text: Text, line: &Line) -> [String; 6] {
    let discount = match line.discount.is_none() {
        true => String::new(),
        false => format!("{}\u{a0}%", text.decimal(&line.discount.plain())),
    };
    [
        line.description.clone(),
        quantity_words(text, line.quantity, line.measure),
        text.decimal(&at_least(line.unit_price.plain(), line.net.currency().digits())),
        discount,
        line.tax.as_ref().map(|tax| tax.name.clone()).unwrap_or_default(),
        amount(text, line.net),
    ]
}

/// "16", "1.5 hours", "1,5 heure".
pub fn quantity_words(text: Text, quantity: Quantity, measure: Measure) -> String {
    let figure = text.decimal(&quantity.plain());
    // A quantity has nine digits at most, which this type holds.
    let count = quantity.decimal().abs().to_f64().unwrap_or_default();
    match measure_words(text, measure, count) {
        Some(words) => format!("{figure}\u{a0}{words}"),
        None => figure,
    }
}

fn measure_words(text: Text, measure: Measure, count: f64) -> Option<String> {
    measure.key().map(|key| text.say_with(key, &[("count", count.into())]))
}

/// A price of 5 euros is written 5.00.
fn at_least(plain: String, digits: u32) -> String {
    let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let missing = (digits as usize).saturating_sub(decimals);
    let mark = if decimals == 0 && missing > 0 { "." } else { "" };
    format!("{plain}{mark}{}", "0".repeat(missing))
}

pub fn edit_dialog(frame: &Frame, sheet: &Sheet, line: &Line, adding: &Adding) -> Markup {
    let text = frame.text;
    let back = address(sheet.document.kind, sheet.document.id);
    let action = format!("{}/lines/{}", forms(sheet.document.id), line.id);
    let fields = line_fields(frame, "edited-line", adding);
    let save = Button::primary(text.say("billing-save"));
    let form = dialog_form(text, &frame.form_token, &action, &back, save, fields);
    dialog(text, &text.say("billing-edit-line"), &back, form)
}

/// `ids` tells the fields of the dialog from those below it on the page.
fn line_fields(frame: &Frame, ids: &str, adding: &Adding) -> Markup {
    let Adding { input, problems, taxes, .. } = adding;
    let text = frame.text;
    let error = |field: &str| problem(frame, problems, field);
    let choices = std::iter::once(Choice::new("", text.say("billing-no-tax")))
        .chain(taxes.iter().map(|tax| Choice::new(tax.id.to_string(), &tax.name)))
        .collect();
    let measures = Measure::ALL.map(|measure| {
        let words = measure_words(text, measure, 1.0);
        Choice::new(measure.code(), words.unwrap_or_else(|| text.say("billing-no-measure").into_owned()))
    });
    let figure = |name: &'static str, key: &str, value: &str| {
        let field = Field::text(name, text.say(key)).id(format!("{ids}-{name}")).value(value);
        field.input_mode("decimal").autocomplete("off").error(error(name))
    };
    html! {
        (Field::area("description", text.say("billing-field-description")).id(format!("{ids}-description"))
            .value(&input.description).rows(2).required().max_length(LONGEST_DESCRIPTION).error(error("description")))
        div.billing-figures {
            (figure("quantity", "billing-field-quantity", &input.quantity).required())
            (Field::select("measure", text.say("billing-field-measure"), measures.to_vec()).id(format!("{ids}-measure"))
                .value(&input.measure).error(error("measure")))
            (figure("unit_price", "billing-field-unit-price", &input.unit_price).required())
            (figure("discount", "billing-field-discount", &input.discount).placeholder("%"))
            @if adding.sheet.document.kind == Kind::Quote {
                (Field::text("section", text.say("billing-field-section")).id(format!("{ids}-section"))
                    .value(&input.section).error(error("section")))
            }
            (Field::select("tax", text.say("billing-field-tax"), choices).id(format!("{ids}-tax")).value(&input.tax).error(error("tax")))
        }
        @if adding.sheet.document.kind == Kind::Quote {
            @let ticked = if input.optional == "yes" { Checked::Yes } else { Checked::No };
            (Field::checkbox("optional", text.say("billing-field-optional"), ticked).id(format!("{ids}-optional")))
        }
    }
}

#[cfg(test)]
mod tests {
    use portico_ui::{Language, Text};

    use super::{at_least, quantity_words};
    use crate::{figure::Quantity, letter::sample_organization, measure::Measure};

    #[test]
    fn p41_a_quantity_names_its_unit_as_its_readers_language_counts() {
        let _texts = sample_organization();
        // By CLDR, a fraction is plural in English, and in French everything below 2 is singular.
        for (plain, measure, english, french) in [
            ("1", Measure::Hour, "1 hour", "1 heure"),
            ("16", Measure::Hour, "16 hours", "16 heures"),
            ("1.5", Measure::Hour, "1.5 hours", "1,5 heure"),
            ("0.5", Measure::Day, "0.5 days", "0,5 jour"),
            ("2", Measure::Week, "2 weeks", "2 semaines"),
            ("0.516", Measure::Month, "0.516 months", "0,516 mois"),
            ("-1", Measure::LumpSum, "-1 lump sum", "-1 forfait"),
            ("300", Measure::Piece, "300 pieces", "300 pièces"),
            ("1234.5", Measure::Kilometre, "1,234.5 km", "1\u{202f}234,5 km"),
            ("7", Measure::One, "7", "7"),
        ] {
            let quantity = Quantity::parse(plain).expect("a quantity");
            for (language, words) in [(Language::English, english), (Language::French, french)] {
                let said = quantity_words(Text::new(language), quantity, measure);
                assert_eq!(said.replace('\u{a0}', " "), words, "{plain} {measure:?}");
            }
        }
    }

    #[test]
    fn a_price_has_at_least_the_currencys_digits() {
        for (plain, digits, written) in [
            ("5", 2, "5.00"),
            ("348.5", 2, "348.50"),
            ("0.0088", 2, "0.0088"),
            ("5", 0, "5"),
            ("1.5", 3, "1.500"),
        ] {
            assert_eq!(at_least(plain.to_owned(), digits), written);
        }
    }
}
