DROP TABLE object_sums;
