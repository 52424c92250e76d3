DROP INDEX messages_by_mail;
ALTER TABLE messages DROP COLUMN mail_mac;
DROP TABLE reply_addresses;
