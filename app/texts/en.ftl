operations-queue = Queue
operations-queue-hint = Mail and document reading that still waits or did not work
operations-queue-empty = Nothing waits and nothing is stuck.
operations-queue-job = Work
operations-queue-state = State
operations-queue-attempts = Attempts
operations-queue-since = Since
operations-queue-action = Action
operations-queue-waiting = Waiting
operations-queue-again = Will be tried again
operations-queue-given-up = Given up
operations-queue-try = Try again now
operations-backups = Backups
operations-backups-hint = When everything was last backed up
operations-backups-last = Last backup
operations-backups-none = No backup was made yet.
operations-backups-plain = It is not encrypted: whoever has it can read everything. With PORTICO_BACKUP_KEY the next ones are encrypted.
operations-backups-failed = The last backup failed. The server’s log says why, and it is tried again every hour.
operations-backups-daily =
    { $kept ->
        [one] The server makes a backup every day and keeps the newest one.
       *[other] The server makes a backup every day and keeps the newest { $kept }.
    }
operations-backups-off = The server makes none by itself. Name a folder or a bucket in PORTICO_BACKUP, and it makes one every day.
operations-mail = Outgoing mail
operations-mail-hint = While no mail server is set, nothing leaves: every mail is read here
operations-mail-server = A mail server is set: mail leaves through it and is not kept here.
operations-mail-subject = Subject
operations-mail-to = To
operations-mail-sent = Sent
operations-mail-plain = Plain text
operations-mail-none = No mail yet. Invitations and other mails appear here until SMTP_URL names a mail server.
