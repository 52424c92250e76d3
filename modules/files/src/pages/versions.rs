//! The versions of a file, for staff alone.

use maud::Markup;
use poem::{
    handler,
    web::{Path, Query},
};
use portico_facts::{ItemId, VersionId};
use portico_kernel::{Answer, Disposition, Error, Partial, Result, Side, Within};

use crate::{
    changes::changes,
    delivery::{Conditions, deliver},
    file::File,
    look::Look,
    preview_text, store,
    view::{self, Preview, versions as fragments},
};

type OfVersion = Path<(ItemId, VersionId)>;

#[handler]
pub async fn show(
    Within(staff): Within,
    Path((item, version)): OfVersion,
    Query(look): Query<Look>,
) -> Result<Answer> {
    let looked = look.clone();
    let (file, surroundings, inside, history) = staff
        .read(move |tx| {
            let file = store::version(tx, item, version)?;
            let surroundings = store::surroundings(tx, &file.item)?;
            let inside = preview_text::inside(tx, &file, &looked)?;
            Ok((file, surroundings, inside, store::history(tx, item)?))
        })
        .await?;
    let words = preview_text::of(staff.objects(), &file.content, inside).await?;
    let (frame, zone) = (staff.frame(), &staff.organization().time_zone);
    let preview = Preview {
        side: Side::Staff,
        file: &file,
        address: fragments::href(item, version),
        question: Markup::default(),
        surroundings: &surroundings,
        words: &words,
        look: &look,
        zone,
        sender: None,
    };
    let title = fragments::title(frame.text, &file);
    Ok(staff.page(&title, fragments::page(&frame, &preview, &history)))
}

#[handler]
pub async fn content(
    Within(staff): Within,
    Path((item, version)): OfVersion,
    asked: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::version(tx, item, version)).await?;
    deliver(staff.objects(), &file, Disposition::Inline, &asked).await
}

#[handler]
pub async fn download(
    Within(staff): Within,
    Path((item, version)): OfVersion,
    asked: Conditions,
) -> Result<Answer> {
    let file = staff.read(move |tx| store::version(tx, item, version)).await?;
    deliver(staff.objects(), &file, Disposition::Attachment, &asked).await
}

/// Since the version before, of those that are there.
#[handler]
pub async fn show_changes(Within(staff): Within, Path((item, version)): OfVersion) -> Result<Answer> {
    let (after, before) = staff
        .read(move |tx| {
            let after = store::version(tx, item, version)?;
            let before = store::history(tx, item)?.before(after.content.number).ok_or(Error::NotFound)?;
            let before = store::version(tx, item, before)?;
            let mut with_words = |file: File| {
                let words = preview_text::read_out(tx, &file.content)?;
                Ok::<_, Error>((file, words))
            };
            Ok((with_words(after)?, with_words(before)?))
        })
        .await?;
    let ((after, after_words), (before, before_words)) = (after, before);
    let told = match preview_text::can_be_compared(&before.content, &after.content) {
        false => None,
        true => {
            let old = preview_text::of(staff.objects(), &before.content, before_words).await?;
            let new = preview_text::of(staff.objects(), &after.content, after_words).await?;
            // Two texts that have little in common keep a processor busy for a while.
            let compared = tokio::task::spawn_blocking(move || {
                let is_whole = old.is_whole && new.is_whole;
                let mut changes = changes(&old.text, &new.text);
                changes.is_whole &= is_whole;
                changes
            });
            Some(compared.await.map_err(|error| Error::Internal(error.into()))?)
        }
    };
    let frame = staff.frame();
    let title = fragments::title(frame.text, &after);
    Ok(staff.page(&title, fragments::changes_page(&frame, &before, &after, told.as_ref())))
}

#[handler]
pub async fn renew(
    Within(staff): Within,
    partial: Partial,
    Path((item, version)): OfVersion,
) -> Result<Answer> {
    staff.write(move |tx| store::repeat(tx, item, version)).await?;
    Ok(to_file(partial, item))
}

#[handler]
pub async fn pin(
    Within(staff): Within,
    partial: Partial,
    Path((item, version)): OfVersion,
) -> Result<Answer> {
    staff.write(move |tx| store::pin(tx, item, version)).await?;
    Ok(to_file(partial, item))
}

#[handler]
pub async fn unpin(Within(staff): Within, partial: Partial, Path(item): Path<ItemId>) -> Result<Answer> {
    staff.write(move |tx| store::unpin(tx, item)).await?;
    Ok(to_file(partial, item))
}

#[handler]
pub async fn delete(
    Within(staff): Within,
    partial: Partial,
    Path((item, version)): OfVersion,
) -> Result<Answer> {
    staff.write(move |tx| store::delete_version(tx, item, version)).await?;
    Ok(Answer::go(partial, &format!("{}?deleted={version}", view::href(Side::Staff, item))))
}

#[handler]
pub async fn restore(
    Within(staff): Within,
    partial: Partial,
    Path((item, version)): OfVersion,
) -> Result<Answer> {
    staff.write(move |tx| store::restore_version(tx, item, version)).await?;
    Ok(to_file(partial, item))
}

fn to_file(partial: Partial, item: ItemId) -> Answer {
    Answer::go(partial, &view::href(Side::Staff, item))
}
