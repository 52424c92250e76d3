-- Which of the staff a message names.
CREATE TABLE message_mentions (
    organization_id BLOB NOT NULL,
    message_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, message_id, person_id),
    FOREIGN KEY (organization_id, message_id) REFERENCES messages (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
