-- The client of the same organization whose pages a staff member's session shows, until it is ended (P13).
ALTER TABLE sessions ADD COLUMN seeing_as BYTEA;
