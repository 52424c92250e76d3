DROP TABLE room_mentions;
DROP TABLE room_files;
DROP TABLE room_messages;
DROP TABLE room_members;
DROP TABLE rooms;
