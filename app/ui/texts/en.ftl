# The kit's own words. Keys start with "ui-".

ui-cancel = Cancel
ui-close = Close
ui-undo = Undo
ui-retry = Try again
ui-optional = optional
ui-markdown-hint = **bold**, *italic*, # heading, - list, [words](https://address)
ui-show = Show
ui-hide = Hide
ui-mail-hello = Hello,
ui-mail-hello-name = Hello { $name },
ui-mail-refused = Mail to this address was refused on { $moment }. The server said: { $answer }
ui-mail-stays = No mail server is set: mail is not sent. It lies under “Outgoing mail”, from where its links can be passed on.
ui-mail-stays-open = Open outgoing mail
ui-mail-stays-ask = Ask the owner.
ui-audience = Who can see this?
ui-activity = Activity
ui-show-password = Show password
ui-hide-password = Hide password
ui-previous = Previous
ui-next = Next
ui-pages = Pages
ui-breadcrumb = Breadcrumb
ui-file = File
ui-files = Files
ui-folder = Folder
ui-search = Search
ui-search-placeholder = Search
ui-search-everywhere = Search everything
ui-search-hint = Type to search. Arrow keys choose, Enter opens.
ui-search-nothing = Nothing was found for “{ $query }”. Try fewer or other words.
ui-search-narrow = Narrow the results
ui-search-widen = No longer only:
ui-search-earlier = Earlier searches
ui-search-forget = Forget these searches
ui-section-failed = This part could not be shown. Reload the page to try again.
ui-count-items =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }

ui-dot-invited = Invited
ui-dot-joined = Joined
ui-dot-expired = Expired
ui-dot-revoked = Revoked

ui-milestones = Milestones
ui-milestone-done = Done
ui-milestone-current = Now
ui-milestone-planned = Planned

ui-skip = Skip to content
ui-navigation = Main
ui-menu = Menu
ui-account = Account
ui-sign-in = Sign in
ui-sign-out = Sign out
ui-home = Home
ui-preview-banner = You see what { $name } sees. Nothing can be changed here.
ui-preview-leave = Back to staff pages

ui-reorder-handle = Reorder { $name }
ui-reorder-lifted = Lifted. Arrow keys move it, Space drops it, Escape cancels.
ui-reorder-moved = Position
ui-reorder-dropped = Dropped at position
ui-reorder-into = Into
ui-reorder-cancelled = Put back where it was.
ui-move-up = Move { $name } up
ui-move-down = Move { $name } down

ui-upload-files = Upload files
ui-upload-file = Upload file
ui-upload-folder = Folder
ui-upload-waiting = Waiting
ui-upload-saving = Saving
ui-upload-done = Uploaded
ui-upload-cancelled = Cancelled
ui-upload-failed = This file could not be uploaded. Try again.
ui-upload-unread = This could not be read, and nothing of it was uploaded. Check that you can open it, then drop it again.
ui-upload-left = left
ui-upload-all-done = All uploads are finished.
ui-upload-drop = or drop them anywhere on this page
ui-upload-drop-here = or drop here
ui-connection-lost = The connection was lost. Check it and try again.
ui-request-failed = This did not work. Try again in a moment.

ui-error-403-title = You cannot open this
ui-error-403 = Your account has no access to this page. Ask the person who sent you the link.
ui-error-404-title = Nothing is here
ui-error-404 = This page does not exist, or it is not shared with you.
ui-error-421-title = Unknown address
ui-error-421 = No organization has its portal at this address. Check the address and try again.
ui-error-moved-title = This portal has moved
ui-error-moved = It is now at { $address }. Open it there and do this again.
ui-error-moved-open = Open the new address
ui-error-429-title = Too many attempts
ui-error-429 = Wait a few minutes, then try again.
ui-error-500-title = Something went wrong
ui-error-500 = This is our mistake, not yours. Try again; if it happens again, tell us the number below.
ui-error-503-title = Too busy right now
ui-error-503 = Wait a moment, then reload the page.
ui-error-507-title = No space left
ui-error-507 = Nothing more can be stored at the moment. What is already there can still be read.
ui-error-other-title = This did not work
ui-error-other = Go back and try again.
ui-error-request = Request { $id }
ui-error-home = Go to the home page

ui-moment = { $date }, { $time }
ui-just-now = just now
ui-minutes-ago =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
ui-hours-ago =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
ui-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
ui-month-1 = January
ui-month-2 = February
ui-month-3 = March
ui-month-4 = April
ui-month-5 = May
ui-month-6 = June
ui-month-7 = July
ui-month-8 = August
ui-month-9 = September
ui-month-10 = October
ui-month-11 = November
ui-month-12 = December
ui-month-short-1 = Jan
ui-month-short-2 = Feb
ui-month-short-3 = Mar
ui-month-short-4 = Apr
ui-month-short-5 = May
ui-month-short-6 = Jun
ui-month-short-7 = Jul
ui-month-short-8 = Aug
ui-month-short-9 = Sep
ui-month-short-10 = Oct
ui-month-short-11 = Nov
ui-month-short-12 = Dec
ui-name-empty = Write a name.
ui-name-long = Use at most 200 characters.
ui-name-characters = Leave out line breaks and invisible characters that change the direction of writing.
ui-words-characters = This contains a control character that cannot be stored. Remove it.
ui-error-day = Choose a day between 1970 and 2199.
ui-email-empty = Enter an email address.
ui-email-invalid = This is not a complete email address. An example: carol@acme.com
ui-error-too-large = This is too large. Send less at once.
ui-error-foreign-origin = This request did not come from a page of this portal. Open the page again and repeat it there.
ui-error-only-seen-title = Nothing was changed
ui-error-only-seen = You are looking as { $name }. Nothing can be changed here.
ui-error-slug = Use 1 to 40 letters a to z, digits and single dashes, with no dash at the beginning or the end.
ui-error-slug-reserved = This name is reserved. Choose another one.
ui-error-slug-taken = This name is taken. Choose another one.
ui-error-changed-meanwhile = This was changed in the meantime. Reload the page and look again.
ui-personal-events =
    { $count ->
        [one] { $count } entry of the audit log.
       *[other] { $count } entries of the audit log.
    }
ui-personal-events-why = The log keeps what was done, without the name.
ui-offline-saved = Saved on { $date }
ui-offline-contents = All pages and search
ui-offline-nothing = Nothing was found. Try fewer or other words.
ui-offline-gone = This was taken away while the copy was made.
