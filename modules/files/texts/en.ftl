# Files: uploading, previews, downloads. Keys start with "files-".

files-download = Download
files-open = Open in a new tab
files-back = Back to the portal
files-only-download = This kind of file cannot be shown here. Download it to open it.
files-only-beginning = Only the beginning is shown. Download the file to read all of it.
files-words-inside = Text inside
files-neighbours = Other files here
files-reading = reading the text
files-reading-pending = The text inside is being read. Until then the file is found by its name only.
files-unreadable-encrypted = The text inside could not be read: the document asks for a password. It is found by its name only.
files-unreadable-damaged = The text inside could not be read: the document is damaged. It is found by its name only.
files-unreadable-too-large = The text inside could not be read: the document is too large. It is found by its name only.
files-unreadable-timed-out = The text inside could not be read: it took too long. The file is found by its name only.

files-too-large = This file is larger than { $limit }. Choose a smaller one.
files-quota-used-up = Your organization’s storage space is used up. Ask the owner for more space.
files-upload-unreadable = The upload broke off or could not be read. Try again.
files-upload-interrupted = The upload was interrupted. Try again: it goes on where it stopped.
files-nothing-chosen = Choose at least one file.
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
files-mail-hello = Hello,
files-mail-hello-name = Hello { $name },
files-mail-approval = { $sender } asks you to look at “{ $file }” (version { $number }) in “{ $portal }” and to say whether it is right as it is.
files-mail-approval-how = Open it, and press Approve or Decline below its name.
files-mail-approval-open = Open the file
files-mail-approval-footer = You receive this mail because { $sender } at { $organization } shares “{ $portal }” with you.
