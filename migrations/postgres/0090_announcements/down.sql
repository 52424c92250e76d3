DROP TABLE announcement_reads;
DROP TABLE announcement_portals;
DROP TABLE announcements;
