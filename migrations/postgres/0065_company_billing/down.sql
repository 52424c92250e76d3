DROP VIEW billing_readers;
DROP TABLE billing_open_companies;
