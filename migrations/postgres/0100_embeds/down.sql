UPDATE items SET kind = 'link' WHERE kind = 'embed';
INSERT INTO links (organization_id, item_id, address) SELECT organization_id, item_id, address FROM embeds;
DROP TABLE embeds;
