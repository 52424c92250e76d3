//! A text of rows and cells (RFC 4180, and what spreadsheets make of it) as the page of a file shows it. The text was
//! bounded before; how much of it becomes a table is bounded here. What is not well formed remains a text.
//!
//! It is read here and not in the process that reads documents (T12): the text came from there, and to find separators in it
//! is no more than to find words in it, as a page does with any text.

use csv::{ReaderBuilder, StringRecord};

/// Under the heading.
const MOST_ROWS: usize = 500;
const MOST_COLUMNS: usize = 50;
/// Of both together, since each cell repeats its column's heading.
const MOST_CELLS: usize = 10_000;
/// Spreadsheets write semicolons where the comma is the decimal sign. Of two that make as many columns the later one counts:
/// a comma is in words more often.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

#[derive(Debug, PartialEq, Eq)]
pub struct Cells {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Which columns hold numbers alone.
    pub numbers: Vec<bool>,
    /// Nothing stands below or beside what is shown.
    pub is_whole: bool,
}

impl Cells {
    /// Of the text, or of its beginning, which may be cut anywhere. `None` where it is no table: rows that are not of
    /// one length, a quotation that does not end, a single column, a heading alone.
    pub fn of(text: &str, is_whole: bool) -> Option<Self> {
        let text = match is_whole {
            true => text,
            // Its last row may be half of one.
            false => text.rsplit_once('\n')?.0,
        };
        let read = SEPARATORS.into_iter().filter_map(|separator| records(text, separator));
        let read = read.max_by_key(|rows| rows.first().map_or(0, StringRecord::len))?;
        let (head, rows) = read.split_first()?;
        if head.len() < 2 || rows.is_empty() {
            return None;
        }
        let is_narrow = head.len() <= MOST_COLUMNS;
        let head = beginning(head);
        let most = MOST_ROWS.min(MOST_CELLS / head.len());
        let is_whole = is_whole && is_narrow && rows.len() <= most;
        let rows: Vec<Vec<String>> = rows.iter().take(most).map(beginning).collect();
        let numbers = (0..head.len()).map(|column| holds_numbers(&rows, column)).collect();
        Some(Self { head, rows, numbers, is_whole })
    }

    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.head.iter().chain(self.rows.iter().flatten()).map(String::as_str)
    }
}

/// At most one row more than is shown.
fn records(text: &str, separator: u8) -> Option<Vec<StringRecord>> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let (mut rows, mut row) = (Vec::new(), StringRecord::new());
    while rows.len() < MOST_ROWS + 2 && reader.read_record(&mut row).ok()? {
        rows.push(row.clone());
    }
    // A quotation that does not end takes whatever follows into its cell.
    let read = usize::try_from(reader.position().byte()).ok()?;
    let quotes = text.as_bytes().get(..read)?.iter().filter(|byte| **byte == b'"').count();
    quotes.is_multiple_of(2).then_some(rows)
}

fn beginning(row: &StringRecord) -> Vec<String> {
    row.iter().take(MOST_COLUMNS).map(str::to_owned).collect()
}

fn holds_numbers(rows: &[Vec<String>], column: usize) -> bool {
    let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
    cells().next().is_some() && cells().all(|cell| is_number(cell))
}

/// As people write them; a day, which begins with digits, too, is none.
fn is_number(cell: &str) -> bool {
    let figures = cell.trim().trim_start_matches(['-', '+', '\u{2212}']);
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ' | '\u{a0}' | '\u{202f}');
    figures.contains(|c: char| c.is_ascii_digit()) && figures.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let Cells { head, rows, .. } = Cells::of(text, true)?;
        Some(std::iter::once(head).chain(rows).collect())
    }

    #[test]
    fn the_separator_is_the_one_that_makes_a_table() {
        assert_eq!(rows("Pen,Price\nRed,2\n").unwrap(), [["Pen", "Price"], ["Red", "2"]]);
        assert_eq!(rows("Pen;Price\nRed;1,50\nBlue;3\n").unwrap()[1], ["Red", "1,50"]);
        assert_eq!(rows("Pen\tPrice, in euro\nRed, or not\t2").unwrap()[0], ["Pen", "Price, in euro"]);
        assert_eq!(rows("a;b;c\n1,0;2,0;3,0").unwrap()[1], ["1,0", "2,0", "3,0"]);
        assert_eq!(rows("Name;Price, EUR\nPen;1,50").unwrap()[0], ["Name", "Price, EUR"]);
    }

    #[test]
    fn what_stands_in_quotes_is_one_cell() {
        let table = "Name,About\n\"Berg, Ada\",\"says \"\"yes\"\"\nand means it\"\n";
        assert_eq!(rows(table).unwrap()[1], ["Berg, Ada", "says \"yes\"\nand means it"]);
    }

    #[test]
    fn what_is_not_well_formed_is_no_table() {
        let no_table = ["", "\n\n", "one line", "a\nb\nc", "a,b"];
        let broken = ["a,b\n1\n", "a,b\n1,2,3\n", "a,b\n1,\"2\n", "a,b\n1,5\" x"];
        for text in no_table.into_iter().chain(broken) {
            assert_eq!(Cells::of(text, true), None, "{text:?}");
            assert_eq!(Cells::of(text, false), None, "{text:?}");
        }
    }

    #[test]
    fn of_a_text_that_was_cut_the_last_row_is_left_out() {
        let cells = Cells::of("a,b\n1,2\n3,4\n5", false).unwrap();
        assert_eq!(cells.rows, [["1", "2"], ["3", "4"]]);
        assert!(!cells.is_whole);
    }

    #[test]
    fn rows_and_columns_are_bounded() {
        let long = |rows: usize| format!("a,b\n{}", "1,2\n".repeat(rows));
        let (all, more) = (Cells::of(&long(500), true).unwrap(), Cells::of(&long(501), true).unwrap());
        assert_eq!((all.rows.len(), all.is_whole), (500, true));
        assert_eq!((more.rows.len(), more.is_whole), (500, false));
        let wide = |columns: usize| format!("{0}\n{0}\n", vec!["x"; columns].join(","));
        let (all, more) = (Cells::of(&wide(50), true).unwrap(), Cells::of(&wide(51), true).unwrap());
        assert_eq!((all.head.len(), all.is_whole), (50, true));
        assert_eq!((more.head.len(), more.rows[0].len(), more.is_whole), (50, 50, false));
        let large = |rows: usize| "x,".repeat(49) + "x\n" + &("y,".repeat(49) + "y\n").repeat(rows);
        let (all, more) = (Cells::of(&large(200), true).unwrap(), Cells::of(&large(201), true).unwrap());
        assert_eq!((all.rows.len(), all.is_whole), (200, true));
        assert_eq!((more.rows.len(), more.is_whole), (200, false));
        // What comes after the last row that is shown is not looked at.
        assert!(Cells::of(&format!("{}\"", long(600)), true).is_some());
        assert_eq!(Cells::of(&format!("{}1,2,3\n", long(3)), true), None);
    }

    #[test]
    fn a_column_of_numbers_is_known() {
        let table = "No.;Piece;Price;Day;Left\n1;Pen;1 234,50;2026-11-29;\n;Ink;-2,5 %;2026-11-30;\n";
        assert_eq!(Cells::of(table, true).unwrap().numbers, [true, false, true, false, false]);
    }
}
