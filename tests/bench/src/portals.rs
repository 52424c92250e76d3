//! Where the documents of the large index lie, and what one client may see of them.

pub const COUNT: usize = 200;

/// Of a document.
pub fn of(document: usize) -> usize {
    document % COUNT
}

/// What the client was given: five portals, in which one document in forty lies.
pub fn granted() -> impl Iterator<Item = usize> {
    (0..5).map(|number| number * 40 + 7)
}
