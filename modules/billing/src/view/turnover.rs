//! Twelve months as bars, drawn on the server, and the same figures as a table. Bars have no colour of their own beside
//! the legend's words, and whoever cannot see them reads the table.

use maud::{Markup, html};
use portico_ui::{
    Text,
    components::{Column, section_with_id, table},
};

use super::amount;
use crate::{
    currency::Currency,
    money::Money,
    turnover::{MONTHS, Month, Turnover},
};

/// Of the drawing, in units of its own: it is stretched to the width of the page.
const HEIGHT: f64 = 100.0;
const SLOT: f64 = 20.0;
const BAR: f64 = 7.0;

/// `usual` is drawn; what there is of other currencies is in the table alone.
pub fn turnover_section(text: Text, turnovers: &[Turnover], usual: Currency) -> Option<Markup> {
    if turnovers.is_empty() {
        return None;
    }
    let drawn = turnovers.iter().find(|turnover| turnover.currency == usual);
    let body = html! {
        @if let Some(turnover) = drawn { (figure(text, turnover)) }
        details.turnover-table {
            summary { (text.say("billing-turnover-table")) }
            @for turnover in turnovers { (months_table(text, turnover, turnovers.len() > 1)) }
        }
    };
    Some(section_with_id(Some("turnover"), &text.say("billing-turnover"), html! {}, body))
}

fn figure(text: Text, turnover: &Turnover) -> Markup {
    let (_, most) = turnover.extent();
    html! {
        figure.turnover {
            dl.turnover-sums {
                div.turnover-invoiced { dt { (text.say("billing-turnover-invoiced")) } dd { (amount(text, turnover.invoiced())) } }
                div.turnover-received { dt { (text.say("billing-turnover-received")) } dd { (amount(text, turnover.received())) } }
            }
            p.field-hint aria-hidden="true" { (amount(text, most)) }
            (drawing(text, turnover))
            ol.turnover-months aria-hidden="true" {
                @for month in &turnover.months {
                    li { (text.say(&format!("ui-month-short-{}", month.begins.month()))) }
                }
            }
        }
    }
}

fn drawing(text: Text, turnover: &Turnover) -> Markup {
    let (least, most) = turnover.extent();
    let scale = Scale { least, most };
    let width = SLOT * MONTHS as f64;
    html! {
        svg.turnover-drawing role="img" aria-labelledby="turnover-title turnover-about" focusable="false"
            viewBox={ "0 0 " (width) " " (HEIGHT) } preserveAspectRatio="none" {
            title id="turnover-title" { (text.say("billing-turnover")) }
            desc id="turnover-about" { (about(text, turnover)) }
            line.turnover-line x1="0" x2=(width) y1="0" y2="0" vector-effect="non-scaling-stroke" {}
            @for (place, month) in turnover.months.iter().enumerate() {
                @let left = SLOT * place as f64 + (SLOT - 2.0 * BAR - 1.0) / 2.0;
                (bar("turnover-bar-invoiced", left, scale.of(month.invoiced)))
                (bar("turnover-bar-received", left + BAR + 1.0, scale.of(month.received)))
            }
            line.turnover-zero x1="0" x2=(width) y1=(scale.zero()) y2=(scale.zero()) vector-effect="non-scaling-stroke" {}
        }
    }
}

fn bar(class: &str, x: f64, (y, height): (f64, f64)) -> Markup {
    html! { rect class=(class) x=(decimal(x)) y=(decimal(y)) width=(BAR) height=(decimal(height)) {} }
}

fn decimal(value: f64) -> String {
    format!("{value:.2}")
}

struct Scale {
    least: Money,
    most: Money,
}

impl Scale {
    fn zero(&self) -> f64 {
        self.place(0)
    }

    /// Where a bar begins, and how high it is.
    fn of(&self, money: Money) -> (f64, f64) {
        let (zero, end) = (self.zero(), self.place(money.minor()));
        (zero.min(end), (zero - end).abs())
    }

    fn place(&self, minor: i64) -> f64 {
        let (least, most) = (self.least.minor() as f64, self.most.minor() as f64);
        if most <= least { HEIGHT } else { HEIGHT * (most - minor as f64) / (most - least) }
    }
}

fn about(text: Text, turnover: &Turnover) -> String {
    let (first, last) = (turnover.months.first(), turnover.months.last());
    let name = |month: Option<&Month>| month.map(|month| month_name(text, month)).unwrap_or_default();
    text.say_with(
        "billing-turnover-about",
        &[
            ("from", name(first).into()),
            ("until", name(last).into()),
            ("invoiced", amount(text, turnover.invoiced()).into()),
            ("received", amount(text, turnover.received()).into()),
        ],
    )
}

/// "November 2026".
fn month_name(text: Text, month: &Month) -> String {
    let name = text.say(&format!("ui-month-{}", month.begins.month()));
    format!("{name} {}", month.begins.year())
}

fn months_table(text: Text, turnover: &Turnover, is_named: bool) -> Markup {
    let labels = ["month", "invoiced", "received"].map(|name| text.say(&format!("billing-turnover-{name}")));
    let [month, invoiced, received] = &labels;
    let columns = [Column::words(month), Column::numbers(invoiced), Column::numbers(received)];
    let rows: Vec<Vec<Markup>> = turnover
        .months
        .iter()
        .rev()
        .map(|month| {
            vec![
                html! { (month_name(text, month)) },
                html! { (amount(text, month.invoiced)) },
                html! { (amount(text, month.received)) },
            ]
        })
        .collect();
    let caption = text.say_with("billing-turnover-in", &[("currency", turnover.currency.code().into())]);
    html! {
        @if is_named { h3.turnover-currency { (caption) } }
        (table(&caption, &columns, &rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_line_of_nothing_and_hang_below_it() {
        let euros = |minor| Money::new(minor, Currency::EURO);
        let scale = Scale { least: euros(-100), most: euros(300) };
        assert_eq!(scale.zero(), 75.0);
        assert_eq!(scale.of(euros(300)), (0.0, 75.0));
        assert_eq!(scale.of(euros(-100)), (75.0, 25.0));
        assert_eq!(scale.of(euros(0)), (75.0, 0.0));
        let nothing = Scale { least: euros(0), most: euros(0) };
        assert_eq!(nothing.of(euros(0)), (HEIGHT, 0.0));
    }
}
