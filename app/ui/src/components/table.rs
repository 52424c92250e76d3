//! Tables for things with several comparable columns. On a phone each row becomes a block whose
//! cells carry their column's name.

use maud::{Markup, html};

pub struct Column<'a> {
    pub label: &'a str,
    pub align: Align,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    /// Amounts and counts.
    End,
}

impl<'a> Column<'a> {
    pub fn words(label: &'a str) -> Column<'a> {
        Column { label, align: Align::Start }
    }

    pub fn numbers(label: &'a str) -> Column<'a> {
        Column { label, align: Align::End }
    }
}

/// `caption` is heard, not seen; the first cell of a row is its heading.
pub fn table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.table-scroll {
            table.table {
                caption.visually-hidden { (caption) }
                thead {
                    tr { @for column in columns { th scope="col" .align-end[column.align == Align::End] { (column.label) } } }
                }
                tbody { @for row in rows { (table_row(columns, row)) } }
            }
        }
    }
}

fn table_row(columns: &[Column<'_>], cells: &[Markup]) -> Markup {
    html! {
        tr {
            @for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
                @if index == 0 {
                    th scope="row" .align-end[column.align == Align::End] { (cell) }
                } @else {
                    td data-label=(column.label) .align-end[column.align == Align::End] { (cell) }
                }
            }
        }
    }
}

pub fn sample() -> Markup {
    let row = |name: &str, size: &str| vec![html! { (name) }, html! { "Ada" }, html! { (size) }];
    table(
        "Files",
        &[Column::words("Name"), Column::words("Added by"), Column::numbers("Size")],
        &[row("Draft.pdf", "1.2 MB"), row("Photo.jpg", "845 kB")],
    )
}
