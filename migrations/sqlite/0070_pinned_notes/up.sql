-- The portal of which a note is the pinned one, so that a page finds it without looking at the others.
ALTER TABLE notes ADD COLUMN pinned_in BLOB;
UPDATE notes SET pinned_in = (
    SELECT portal_id FROM items
    WHERE items.organization_id = notes.organization_id AND items.id = notes.item_id
) WHERE pinned;
ALTER TABLE notes DROP COLUMN pinned;
CREATE INDEX notes_by_pinned_in ON notes (organization_id, pinned_in);
