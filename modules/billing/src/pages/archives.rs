//! All papers of a period in one file.

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use portico_kernel::{Error, Result, Staff};
use portico_ui::Text;

use super::{export::chunks, papers::kept_or_drawn};
use crate::{
    archive::Archive,
    export::Period,
    store::{self, Shelf},
    view,
};

/// In the organization's language, whoever asks: the accountant gets the same files from everybody.
pub fn papers(staff: Staff, period: Period) -> impl Stream<Item = Result<Vec<u8>>> + Send {
    let text = Text::new(staff.organization().language);
    let entries = chunks(staff.clone(), period, store::issued_in)
        .map_ok(|chunk| stream::iter(chunk.into_iter().map(Ok::<_, Error>)))
        .try_flatten()
        .boxed();
    stream::try_unfold((entries, Some(Archive::new())), move |(mut entries, archive)| {
        let staff = staff.clone();
        async move {
            let Some(mut archive) = archive else { return Ok(None) };
            let Some(entry) = entries.try_next().await? else {
                return Ok(Some((archive.finish()?, (entries, None))));
            };
            let document = entry.document;
            let Some(issued) = &document.issued else { return Err(Error::NotFound) };
            let (_, paper) = kept_or_drawn(&staff, Shelf::Invoices, document.id, text.language).await?;
            let piece = archive.add(&view::title(text, &document), issued.issue_on, &paper)?;
            Ok(Some((piece, (entries, Some(archive)))))
        }
    })
}
