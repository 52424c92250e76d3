//! What stands on a document: everything in its reader's words and format.

#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// RFC 3066: `en`.
    pub language: &'static str,
    /// Of the document and of the file: "Invoice INV-2026-0001".
    pub title: String,
    /// Must be readable on white.
    pub accent: Colour,
    /// On which it was issued; the file says that it was made then.
    pub day: Day,
    /// Above the seller's name.
    pub logo: Option<Logo>,
    pub seller: Party,
    pub buyer: Party,
    pub facts: Vec<Fact>,
    /// Above the lines.
    pub words: String,
    /// Left out where it has no lines: a receipt is of an amount.
    pub table: Table,
    /// What it comes to is the last of them.
    pub totals: Vec<Fact>,
    pub notes: Vec<Note>,
    pub footer: String,
    /// With `{page}` and `{pages}` where the numbers stand.
    pub page_of: String,
}

/// A picture for the eye alone: the name stands below it in words.
#[derive(Clone, Debug)]
pub struct Logo {
    pub png: Vec<u8>,
    /// Under it, where it would not be seen on white.
    pub ground: Option<Colour>,
}

/// sRGB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// Who is who on a document.
#[derive(Clone, Debug, Default)]
pub struct Party {
    /// "Bill to"; empty for whoever writes.
    pub label: String,
    pub name: String,
    /// Lines of an address, a tax number.
    pub details: String,
}

#[derive(Clone, Debug, Default)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it is, for whoever cannot see it.
    pub summary: String,
    /// Description, quantity, unit price, discount, tax, net.
    pub headings: [String; 6],
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, Default)]
pub struct Line {
    /// A heading above it, where it is another one than that of the line before.
    pub section: String,
    /// "Optional", beside the description.
    pub mark: String,
    /// In the order of [`Table::headings`].
    pub cells: [String; 6],
}

/// Below the sums.
#[derive(Clone, Debug, Default)]
pub struct Note {
    pub label: String,
    pub text: String,
}
