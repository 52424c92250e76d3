-- To which conversation, and by whom, an answer to a mail is: found by what the installation's secret makes of the token
-- in its address, which is written down nowhere.
CREATE TABLE reply_addresses (
    organization_id BYTEA NOT NULL,
    token_mac BYTEA NOT NULL,
    conversation_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    PRIMARY KEY (organization_id, token_mac),
    FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX reply_addresses_by_conversation ON reply_addresses (organization_id, conversation_id);

-- What the secret makes of the mail that a message was: the same mail again is no other message.
ALTER TABLE messages ADD COLUMN mail_mac BYTEA;
CREATE UNIQUE INDEX messages_by_mail ON messages (organization_id, mail_mac) WHERE mail_mac IS NOT NULL;
