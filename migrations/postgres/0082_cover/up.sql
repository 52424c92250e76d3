-- A picture across the public page and the clients' home, and the place in it that stays seen however it is cut, in percent
-- from the left and from the top. Its sizes are in organization_pictures.
ALTER TABLE organizations ADD COLUMN cover TEXT;
ALTER TABLE organizations ADD COLUMN cover_x INTEGER NOT NULL DEFAULT 50;
ALTER TABLE organizations ADD COLUMN cover_y INTEGER NOT NULL DEFAULT 50;
