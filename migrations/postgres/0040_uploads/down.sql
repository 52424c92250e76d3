DROP TABLE object_sums;
DROP TABLE uploads;
