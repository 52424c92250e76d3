DROP TABLE stray_objects;
DROP INDEX file_versions_deleted;
DROP INDEX portals_deleted;
DROP INDEX items_deleted;
