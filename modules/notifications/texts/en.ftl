# Notifications: news by mail, and what concerns somebody. Keys begin with "notifications-".

notifications-notifications = Notifications
notifications-new = New
notifications-mark-all = Mark all as read
notifications-older = Older
notifications-empty-staff = What your clients do appears here: files they send, approvals, answers to quotes.
notifications-empty-client = What is new for you appears here: files, portals, invoices.

notifications-portal-shared = This portal was shared with you
notifications-item-added = Added to { $portal }
notifications-item-sent = { $person } sent it to { $portal }
notifications-version-added = New version in { $portal }
notifications-approval-asked = You are asked to approve it
notifications-approval-given = { $person } approved it
notifications-approval-declined = { $person } did not approve it
notifications-request-added = You are asked for files in { $portal }
notifications-invoice-sent = New in Billing
notifications-quote-sent = New quote for you
notifications-quote-accepted = { $person } accepted the quote
notifications-quote-declined = { $person } declined the quote
notifications-person-joined = Set up their account

notifications-choices = News by mail
notifications-choices-about = Choose when you are told by mail.
notifications-at-once = At once
notifications-daily = Once a day
notifications-never = Never
notifications-hour = Time of the daily mail
notifications-hour-hint = It comes only when there is something new.
notifications-zone = Time zone
notifications-zone-organization = { $zone } (the organization’s)
notifications-always = Invitations, new passwords, quotes, invoices, reminders of them and receipts always come at once, and so does a reminder that somebody sends by hand.
notifications-save = Save
notifications-saved = Your choice was saved.
notifications-error-choice = Choose at once, once a day or never.
notifications-error-hour = Choose a full hour from 00:00 to 23:00.
notifications-error-zone = Choose a time zone from the list.

notifications-daily-mails = The daily mail
notifications-way-out = No more mails of this kind ({ $kind })
notifications-unsubscribe = Unsubscribe
notifications-unsubscribe-question = Should { $organization } send you no more mails of this kind: { $kind }? You find everything in your portal as before.
notifications-unsubscribed = You are unsubscribed
notifications-unsubscribed-words = { $organization } sends you no more mails of this kind: { $kind }. Sign in to choose otherwise.

notifications-digest-title =
    { $count ->
        [one] { $organization }: 1 piece of news
       *[other] { $organization }: { $count } pieces of news
    }
notifications-digest-opening =
    { $count ->
        [one] Since your last daily mail there is one piece of news at { $organization }:
       *[other] Since your last daily mail there are { $count } pieces of news at { $organization }:
    }
notifications-digest-open = Open the portal
notifications-digest-footer = You receive this mail because you chose to be told once a day by { $organization }.
notifications-personal =
    { $count ->
        [one] { $count } notification
       *[other] { $count } notifications
    }
