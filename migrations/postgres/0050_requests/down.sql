DROP TABLE file_request_slots;
DROP TABLE file_requests;
DROP TABLE upload_folders;
DROP TABLE sent_items;
