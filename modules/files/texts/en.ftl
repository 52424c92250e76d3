# Files: uploading, previews, downloads. Keys start with "files-".

files-news-approvals = Files to approve
files-news-requests = Requests for files
files-download = Download
files-open = Open in a new tab
files-back = Back to the portal
files-only-download = This kind of file cannot be shown here. Download it to open it.
files-only-beginning = Only the beginning is shown. Download the file to read all of it.
files-words-inside = Text inside
files-pages = Pages
files-page = Page
files-of-pages = of { $pages }
files-page-of = Page { $page } of { $pages }
files-page-previous = Previous page
files-page-next = Next page
files-words-of-page = Text on this page
files-zoom-in = Zoom in
files-zoom-out = Zoom out
files-not-drawn = This file cannot be shown here. Open it in a new tab or download it.
files-not-drawn-yet = The pages are being drawn. Reload this page in a moment, or open the file in a new tab.
files-neighbours = Other files here
files-reading = reading the text
files-unreadable = text could not be read
files-reading-pending = The text inside is being read. Until then the file is found by its name only.
files-unreadable-encrypted = The text inside could not be read: the document asks for a password. It is found by its name only.
files-unreadable-damaged = The text inside could not be read: the document is damaged. It is found by its name only.
files-unreadable-too-large = The text inside could not be read: the document is too large. It is found by its name only.
files-unreadable-timed-out = The text inside could not be read: it took too long. The file is found by its name only.

files-too-large = This file is larger than { $limit }. Choose a smaller one.
files-quota-used-up = Your organization’s storage space is used up. Ask the owner for more space.
files-quota-used-up-for-client = There is no room left for this file. Please tell whom you wanted to send it to.
files-upload-unreadable = The upload broke off or could not be read. Try again.
files-upload-interrupted = The upload was interrupted. Try again: it goes on where it stopped.
files-nothing-chosen = Choose at least one file.
files-folder-empty = An empty folder has nothing to send.
files-nothing-to-download = There is no file in what you chose.
files-no-space = There is no space left on the server. What is already there can still be read.
files-no-store = The file storage does not answer. Try again in a few minutes.
files-kept =
    { $count ->
        [one] { $count } file was uploaded
       *[other] { $count } files were uploaded
    }

files-type-pdf = PDF
files-type-word = Word document
files-type-document = Document
files-type-presentation = Presentation
files-type-mail = Mail
files-type-archive = Archive
files-type-table = Table
files-type-web-page = Web page
files-type-data = Data
files-type-image = Image
files-type-audio = Audio
files-type-video = Video
files-type-text = Text
files-type-other = File

files-versions = Versions
files-version = Version { $number }
files-version-shown = Shown to clients
files-version-same-as = the same as version { $number }
files-version-more = More
files-version-actions = Actions for version { $number }
files-version-restore = Restore as the newest version
files-version-delete = Delete this version
files-version-deleted = Version { $number } was deleted.
files-versions-deleted = Deleted versions
files-version-deleted-when = Deleted on { $when } · can be brought back until { $until }
files-version-bring-back = Bring back
files-version-is-only = This is the only version. Delete the file instead.
files-version-is-pinned = This version is pinned, so clients see it. Unpin it first.
files-version-is-shown = This is the version that clients see.
files-version-is-not-shown = This is version { $number }. Clients see version { $shown }.
files-pin = Pin: keep showing this version
files-unpin = Unpin and show the newest
files-pinned-older = Version { $number } is pinned. Clients see it, not version { $newest }, which is newer.
files-pinned-newest = Version { $number } is pinned. Clients keep seeing it when a newer one is uploaded.
files-what-changed = What changed
files-changes-between = What changed from version { $before } to version { $after }
files-changes-none = The text of both versions is the same.
files-changes-unknown = There is no text to compare: one of the two versions has none, or it was not read yet.
files-changes-beginning = Only the beginning of both versions was compared.
files-line-added = Added:
files-line-removed = Removed:
files-lines-added =
    { $count ->
        [one] { $count } line added
       *[other] { $count } lines added
    }
files-lines-removed =
    { $count ->
        [one] { $count } line removed
       *[other] { $count } lines removed
    }
files-lines-same =
    { $count ->
        [one] { $count } line is the same
       *[other] { $count } lines are the same
    }

files-approval = Approval
files-approval-ask = Ask for approval
files-approval-ask-about = Whoever you choose gets a mail and finds the question on their home page: is “{ $name }” right as it is?
files-approval-people = Clients who have this portal
files-approval-send = Send request
files-approval-nobody = Choose at least one person.
files-approval-not-shared = No client has this portal yet. Share it first, then ask.
files-approval-nobody-asked = Nobody was asked yet.
files-approval-withdraw = Withdraw
files-approval-waiting = Waiting
files-approval-approved = Approved
files-approval-declined = Declined
files-approval-withdrawn = Withdrawn
files-approval-asked-when = asked { $when }
files-approval-asked-on = asked on { $when }
files-approval-said-from = { $when }, from { $address }
files-approval-open = Waiting for approval
files-approval-waits = Approve “{ $name }”
files-approval-look = Look and answer
files-approval-question = { $sender } asks: is this file right as it is?
files-approval-reason = What should be different?
files-approval-reason-hint = Needed only when you decline.
files-approval-approve = Approve
files-approval-decline = Decline
files-approval-you-approved = You approved this file on { $when }.
files-approval-you-declined = You declined this file on { $when }: “{ $reason }”
files-approval-decided = This was answered or withdrawn in the meantime. Reload the page to see what stands.
files-approval-outdated = A newer version of this file has come in the meantime. Look at it before you answer.
files-approval-replaces-approved = Version { $number } replaces version { $earlier }, which you approved.
files-approval-replaces-declined = Version { $number } replaces version { $earlier }, which you declined.
files-approval-replaces-open = Version { $number } replaces version { $earlier }, about which you were asked before.
files-reason-empty = Say what should be different.
files-reason-long = Use at most 2,000 characters.
files-decision-missing = Press Approve or Decline.
files-mail-approval-title = Please approve “{ $file }”
files-mail-approval = { $sender } asks you to look at “{ $file }” (version { $number }) in “{ $portal }” and to say whether it is right as it is.
files-mail-approval-how = Open it, and press Approve or Decline below its name.
files-mail-approval-open = Open the file
files-mail-approval-footer = You receive this mail because { $sender } at { $organization } shares “{ $portal }” with you.

files-take-from-clients = Let clients send files here
files-taken-from-clients = Clients can send files into this folder.
files-take-no-more = Take no more files
files-send-here = Send files
files-send-about = { $organization } gets what you send here. Other clients do not see it unless { $organization } shows it to them.
files-from = From { $name }
files-private = not shown to other clients
files-sent-by-you = Sent by you
files-show-to-everyone = Show to everyone here
files-show-to-sender = Show to { $name } only

# File requests.
files-folder-of-clients = From clients
files-request = Request files
files-requests = File requests
files-request-title = What it is about
files-request-title-example = Documents for the annual accounts
files-request-person = From
files-request-due = Wanted by
files-request-wanted = Files, one line each
files-request-wanted-hint = After a colon you can say more about a file. End a line with (optional) when it need not come.
files-request-wanted-example = Bank statements: October to December, as PDF
files-request-message = Message
files-request-folder-new = From clients
files-request-folder-hint = What comes is seen by you and by its sender only.
files-request-send = Send request
files-request-nobody = Nobody has this portal yet. Share it first, then ask for files.
files-request-by = wanted by { $date }
files-request-was-by = was wanted by { $date }
files-request-from = From { $name }
files-request-progress = { $done } of { $of }
files-request-complete = Complete
files-request-withdrawn = Withdrawn
files-request-to-look-at =
    { $count ->
        [one] { $count } file to look at
       *[other] { $count } files to look at
    }
files-request-waits-since = asked { $when }
files-request-remind = Remind
files-request-withdraw = Withdraw
files-request-save-date = Save
files-requests-waiting = Files from clients
files-request-closed = This request is complete or was withdrawn.
files-nothing-to-remind = Nothing is missing, so there is nothing to remind of.
files-slot-changed = Another file has come for this meanwhile. Look at that one.
files-slot-accepted = This file was accepted already. Nothing else is needed.
files-slot-wanted = Missing
files-slot-sent = To look at
files-slot-again = Asked again
files-slot-taken = Accepted
files-slot-optional = optional
files-slot-accept = Accept
files-slot-ask-again = Ask again
files-slot-reason = What is wrong with it
files-slot-reason-hint = { $name } reads this on the page and in a mail.
files-slot-reason-was = Asked again: { $reason }

files-asked-title = Files for { $organization }
files-asked-none = Nothing is wanted from you.
files-asked-send = Send files
files-asked-for = { $organization } asks you for these files.
files-asked-seen = What you send here is seen by { $organization } and by you, by no other client.
files-asked-done = Thank you, everything is there.
files-asked-checking = Thank you, everything has come. { $organization } looks at it now.
files-slot-missing = Missing
files-slot-came = Sent
files-slot-again-client = Please send it again
files-slot-replace = You can send another file in its place until this one is accepted.
files-asked-back = Back to the request

files-error-nobody = Choose somebody who has this portal.
files-error-day = Choose a date, such as 2026-12-31.
files-error-day-past = Choose today or a later day.
files-error-nothing-wanted = Write at least one file, one on each line.
files-error-too-much-wanted = Ask for at most 30 files at once.
files-error-words-long = Use at most 2,000 characters.
files-error-reason = Say what is wrong, so that the right file can come.
files-error-folder = Choose a folder of this portal.

files-mail-asked-title = { $organization } asks you for files: { $title }
files-mail-asked = { $sender } asks you for these files by { $date }:
files-mail-reminder-title = Still missing: { $title }
files-mail-reminder = { $organization } does not have these files yet. They are wanted by { $date }:
files-mail-reminder-late = { $organization } does not have these files yet. They were wanted by { $date }:
files-mail-again-title = Please send it again: { $file }
files-mail-again = Thank you for “{ $file }”. { $sender } looked at it and asks you to send it again:
files-mail-send = Send the files
files-mail-footer = You receive this because { $organization } asked you for files in your client portal.
files-settings = Settings
files-save = Save
files-storage = Storage space
files-storage-hint = How much is used, of how much, and whether every file is where it should be
files-storage-used = Storage space
files-storage-of = { $used } of { $limit } used
files-storage-counts = Every version of every file counts. What was deleted counts, too, until it goes for good after { $days } days.
files-storage-full = The space is used up: nothing can be uploaded until there is more of it, or less in it.
files-storage-limit = Limit in MB
files-storage-limit-hint = 1,000 MB are 1 GB. What is there already stays, even above the limit.
files-storage-limit-invalid = Enter a whole number of megabytes, at least 1.
files-store-check = File storage
files-store-agrees = Every file was where it should be when this was last looked at. That happens once a day.
files-store-missing =
    { $count ->
        [one] { $count } file is missing in the storage. Restore it from a backup.
       *[other] { $count } files are missing in the storage. Restore them from a backup.
    }
files-store-orphans =
    { $count ->
        [one] { $count } object in the storage belongs to no file. It is deleted when it is { $days } days old.
       *[other] { $count } objects in the storage belong to no file. They are deleted when they are { $days } days old.
    }
files-store-object = Object
files-store-written = Written
files-store-missing-since = Missed
files-store-size = Size

files-prepared = Prepared requests
files-prepared-about = From the template. Nobody was asked yet.
files-prepared-ask = Ask a client
files-prepared-remove = Remove
files-prepared-removed = “{ $title }” was removed.
files-approval-not-awaited = This was answered or withdrawn in the meantime. Nobody is waited for any more.
files-mail-approval-reminder-title = Reminder: please approve “{ $file }”
files-mail-approval-reminder = { $sender } has not heard from you yet about “{ $file }” in { $portal }, version { $number }. Whenever it suits you: is it right as it is?
files-personal-sent =
    { $count ->
        [one] { $count } file that they sent, as you choose below
       *[other] { $count } files that they sent, as you choose below
    }
files-personal-requests =
    { $count ->
        [one] { $count } request for files
       *[other] { $count } requests for files
    }

files-offline-approvals = Approvals
files-offline-waiting = Waiting
files-offline-approved = Approved
files-offline-declined = Not approved
files-offline-withdrawn = Withdrawn
files-offline-asked-again = Asked for again
