DROP TABLE billing_reminders;
