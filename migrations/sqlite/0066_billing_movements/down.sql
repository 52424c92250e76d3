DROP VIEW billing_movements;
