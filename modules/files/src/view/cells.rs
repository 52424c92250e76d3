//! A text of rows and cells in place. On a phone each row is a block, as of every table.

use maud::{Markup, html};
use portico_ui::marking::MarkedWords;

use crate::cells::Cells;

/// In characters: every cell of a column repeats its heading, which somebody may have made long.
const LONGEST_LABEL: usize = 40;

pub fn cells_table(name: &str, cells: &Cells, words: &MarkedWords) -> Markup {
    let label = |head: &String| head.chars().take(LONGEST_LABEL).collect::<String>();
    let labels: Vec<String> = cells.head.iter().map(label).collect();
    let mut is_found = false;
    html! {
        // Reachable by keyboard, so that it can be scrolled.
        div.file-words tabindex="0" role="region" aria-label=(name) {
            table.table {
                thead {
                    tr {
                        @for (cell, is_number) in cells.head.iter().zip(&cells.numbers) {
                            // A heading of blanks names nothing.
                            @if cell.trim().is_empty() {
                                td {}
                            } @else {
                                // A phone hides headings, so that no link leads to one.
                                th scope="col" .align-end[*is_number] { (words.mark_part(cell, &mut true)) }
                            }
                        }
                    }
                }
                tbody {
                    @for row in &cells.rows {
                        tr {
                            @for ((cell, label), is_number) in row.iter().zip(&labels).zip(&cells.numbers) {
                                td data-label=(label) .align-end[*is_number] {
                                    // One piece beside its label, also with words marked in it; nothing where nothing is.
                                    @if !cell.is_empty() { span { (words.mark_part(cell, &mut is_found)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
