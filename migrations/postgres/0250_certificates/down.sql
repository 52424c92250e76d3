DROP TABLE certificate_challenges;
DROP TABLE certificates;
