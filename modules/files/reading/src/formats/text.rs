use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable, charset};

pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let beginning = super::beginning_of(document, limits)?;
    let mut gathered = Gathered::with_room(limits.text_bytes);
    gathered.push(&charset::decode(&beginning.bytes, None));
    let truncated = gathered.is_truncated() || beginning.is_cut;
    Ok(Reading::unpaged(gathered.into_text(), truncated))
}
