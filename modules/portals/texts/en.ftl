portals-navigation = Portals
portals-hello = Hello, { $name }
portals-settings = Settings
portals-save = Save
portals-more = More
portals-open = Open
portals-edit = Edit
portals-rename = Rename
portals-move = Move
portals-pin = Pin to the top
portals-unpin = Unpin
portals-delete = Delete
portals-new = New
portals-takes-files = Takes files from clients
portals-pinned = Pinned
portals-actions-of = Actions for { $name }
portals-actions-of-portal = Actions for this portal
portals-changed = Changed { $when }
portals-was-deleted = “{ $name }” was deleted.

portals-select = Select “{ $name }”
portals-selected = What is done to the selected items
portals-move-selected = Move selected
portals-download-selected = Download selected
portals-delete-selected = Delete selected
portals-nothing-selected = Select at least one item.
portals-move-many =
    { $count ->
        [one] Move { $count } item
       *[other] Move { $count } items
    }
portals-were-deleted = { $count } items were deleted.
portals-was-moved = “{ $name }” was moved.
portals-were-moved = { $count } items were moved.
portals-download = Download
portals-download-all = Download all files

portals-client-portal = Client portal
portals-new-portal = New portal
portals-rename-portal = Rename portal
portals-portal-settings = Portal settings
portals-add-note = Add note
portals-new-note = New note
portals-edit-note = Edit note
portals-note-empty = This note has no words yet.
portals-add-link = Add link
portals-edit-link = Edit link
portals-add-embed = Add embed
portals-edit-embed = Edit embed
portals-embed-hint = A share link or an embed code of Loom, YouTube, Vimeo, Wistia, Calendly, Figma, Miro, Airtable, Typeform, Canva, or Google Docs, Sheets, Slides, Forms or Drive. Whoever has the portal can see it there, too.
portals-embed-unknown = This cannot be shown inside a portal. Paste a share link or an embed code of Loom, YouTube, Vimeo, Wistia, Calendly, Figma, Miro, Airtable, Typeform, Canva, or Google Docs, Sheets, Slides, Forms or Drive, beginning with https://. Everything else can be added as a link.
portals-embed-consent = This is shown by { $provider }. When you load it, { $provider } will learn your network address and may set cookies.
portals-embed-load = Load from { $provider }
portals-embed-open = Open at { $provider }
portals-new-folder = New folder
portals-rename-of = Rename “{ $name }”
portals-move-of = Move “{ $name }”
portals-layout = View
portals-as-list = List
portals-as-grid = Grid
portals-items = Items

portals-generic = Without a project
portals-of-project = Project { $project }
portals-no-project = No project
portals-not-shared = Not shared yet
portals-count-clients =
    { $count ->
        [one] { $count } client
       *[other] { $count } clients
    }
portals-count-new = { $count } new
portals-recent = Recent portals
portals-lately = Lately
portals-none-yet = A portal holds everything about one piece of work, or resources for many clients. For a piece of work, begin in Clients: add the person, then their project, whose page makes the portal.
portals-nothing-happened = When clients open portals, write and download files, it appears here.
portals-empty-for-staff = Notes, links, embeds, folders and files that you add here appear in the order you give them.
portals-empty-for-clients = There is nothing in here yet. You will find it here as soon as something is added.

portals-did-view = { $person } opened { $portal }
portals-did-write = { $person } wrote about { $portal }
portals-did-download = { $person } downloaded { $item }
portals-did-join = { $person } set up an account
portals-did-invite = { $by } invited { $person }
portals-was-invited = { $person } was invited

portals-waiting-for-you = Waiting for you
portals-nothing-waits = Nothing is waiting for you
portals-your-portals = Your portals
portals-nothing-shared = Nothing is shared with you at the moment. When it is, you find it here.
portals-search-portal = Search in this portal
portals-search-everything = Search in everything shared with you

portals-field-name = Name
portals-field-title = Title
portals-field-note = Note
portals-field-address = Address
portals-field-project = Project
portals-field-organization = Organization
portals-field-colour = Colour
portals-field-own-sidebar = Give the sidebar a colour of its own
portals-field-sidebar = Sidebar
portals-field-language = Language
portals-field-time-zone = Time zone
portals-field-headline = Headline
portals-field-words = Words
portals-project-hint = A portal belongs to at most one project, and a project has at most one portal.
portals-colour-hint = Every shade is derived from it, and corrected until text on it can be read.
portals-language-hint = For people who have not chosen one.
portals-preview = How the colours look, in light and in dark

portals-looks = Name and looks
portals-looks-about = Name, logo, colours, language and time zone
portals-public-page = Public page
portals-public-page-about = What anyone sees before signing in

portals-logo = Logo
portals-logo-about = It stands on every page, in mails, in the browser’s tab and on phones. Without one, your initials stand there in your colour.
portals-field-picture = Picture
portals-logo-hint = PNG, JPEG, WebP or GIF, at most 20 MB. Best with a transparent ground; of an animation the first picture.
portals-logo-save = Save logo
portals-logo-remove = Remove logo
portals-logo-removed = The logo was removed.
portals-picture-missing = Choose a picture.
portals-picture-too-large = This picture is too large. Choose one of at most 20 MB and 64 megapixels.
portals-picture-broken = The upload broke off or could not be read. Try again.
portals-picture-unknown = This is no picture that can be shown safely. Save it as PNG or JPEG, also an SVG, and choose that.
portals-picture-damaged = This picture is damaged. Save it anew, and choose that.

portals-headline-hint = One line below it.
portals-title-hint = Without one, the organization’s name stands there.
portals-field-contact-email = Contact email
portals-field-contact-telephone = Telephone
portals-field-contact-address = Postal address
portals-contact = Contact
portals-telephone-unreadable = Write a telephone number, such as +44 20 7946 0958.
portals-contact-address-too-long = Use at most 500 characters.
portals-cover = Cover
portals-cover-about = A picture across the public page and your clients’ home. Without one, they see a quiet pattern in your colour.
portals-cover-hint = PNG, JPEG, WebP or GIF, at most 20 MB. A wide one of 1600 pixels or more looks best.
portals-cover-save = Save cover
portals-cover-remove = Remove cover
portals-cover-removed = The cover was removed.
portals-field-focus-x = From left to right
portals-field-focus-y = From top to bottom
portals-focus-hint = The place in the picture that stays seen, on a phone as on a desk.
portals-focus-save = Save place
portals-focus-unreadable = Choose a place between 0 and 100.

portals-words-too-long = Use at most 10,000 characters.
portals-note-too-long = Use at most 100,000 characters, or split it into several notes.
portals-address-missing = Write the address.
portals-address-too-long = This address is longer than 2,000 characters. Use a shorter one.
portals-address-unreadable = Write an address on the web, such as https://example.com/prices.
portals-address-password = Leave the name and the password out of the address: everyone with the portal can read it.
portals-project-gone = This project is not there any more. Choose another.
portals-project-taken = This project has a portal already. Choose another project, or use that portal.
portals-folder-gone = This folder is not there any more. Choose another.
portals-folder-taken = There is already a folder with this name here. Choose another name or place.
portals-folder-into-itself = A folder cannot be moved into itself. Choose another.
portals-folder-too-deep = Folders nest at most 20 deep. Choose a place further up.
portals-order-changed = Something was added or removed here meanwhile. Reload the page and put it in order again.
portals-colour-unreadable = Choose a colour, written as #rrggbb.
portals-language-unknown = Choose one of the languages.
portals-time-zone-unknown = Choose one of the time zones.

portals-deleted = Recently deleted
portals-deleted-about = Kept for { $days } days, then gone for good. Until then it counts as used storage space.
portals-nothing-deleted = Nothing was deleted lately. What you delete can be brought back here.
portals-deleted-by = Deleted by { $person } { $when }
portals-deleted-when = Deleted { $when }
portals-deleted-until = can be brought back until { $date }
portals-restore = Restore
portals-page = Page { $page }

portals-sight-given-by = Shared with them by { $name } on { $date }
portals-sight-given = Shared with them on { $date }
portals-sight-revoked = Access was revoked on { $date }
portals-sight-kept = { $name } sent it, and it is shown to nobody else
portals-sight-deleted = Nobody but your team: it was deleted on { $date }.
portals-sight-portal-deleted = Nobody but your team: its portal was deleted on { $date }.
portals-sight-archived = Nobody but your team: it was archived on { $date }.
portals-sight-portal-archived = Nobody but your team: its portal was archived on { $date }.

portals-archive = Archive
portals-archive-of = Archive “{ $name }”
portals-archived = Archived
portals-archive-warning =
    { $count ->
        [0] Clients will not see this portal any more: neither its pages, nor in search, nor in mails. Nobody has it at the moment.
        [one] Clients will not see this portal any more: neither its pages, nor in search, nor in mails. { $count } client has it now.
       *[other] Clients will not see this portal any more: neither its pages, nor in search, nor in mails. { $count } clients have it now.
    }
portals-archive-keeps = Nothing is deleted, and nobody’s access is taken away. You find it under “Archived” in your list of portals; when you bring it back, everybody sees it again as before.
portals-archived-since = Archived on { $date }: clients see nothing of this portal.
portals-unarchive = Bring back

portals-templates = Portal templates
portals-templates-about = A template holds the folders, notes, links, embeds, requests for files and milestones of a portal as they were when it was saved: no files, and nothing about a client. New portals can begin from it.
portals-no-templates = Open a portal that others should begin like, and choose “Save as template” under More.
portals-template-kept = Saved { $when }
portals-keep-template = Save as template
portals-rename-template = Rename template
portals-from-template = From a template
portals-field-template = Template
portals-no-template = Empty portal
portals-template-hint = The portal begins with what the template holds. You can change all of it afterwards.
portals-template-gone = This template is not there any more. Choose another.
portals-template-taken = There is already a template with this name. Choose another name.
portals-template-too-large = This portal holds too much for a template: at most 2,000 folders, notes, links and embeds with 4 MB of words.

portals-sections = Sections
portals-sections-about = What clients see on the page of this portal, in this order and under these names.
portals-sections-protect-nothing = Hiding a section is no protection: it only leaves the page clearer. Whoever has the portal can still find and open what is in it.
portals-section-hide = Hide
portals-section-show = Show
portals-section-hidden = Hidden
portals-section-name-hint = Without a name of yours it is called “{ $name }”, in the language of each reader.

portals-awaited = Waiting for clients
portals-awaited-about = What was sent or asked, and not answered yet. A reminder is one polite mail, at most once a day for each line.
portals-awaited-since = since { $date }
portals-awaited-more = and { $count } more
portals-awaited-more-than = and more than { $count } more
portals-awaited-cut = There is more than this list holds. It goes on when these are done.
portals-nobody-awaited = Nothing waits for a client at the moment.
portals-remind = Remind
portals-reminded = Reminded { $when }
portals-reminded-today = A reminder of this was sent today already. Try again tomorrow.
portals-awaited-all = All that waits

portals-offline = Download as a website
portals-offline-of = Download “{ $name }” as a website
portals-offline-about = You get a ZIP archive. Unpack it and open index.html: folders, notes, files and messages are there, without a server and without a connection.
portals-offline-seen-by = As whom
portals-offline-hint = A client’s copy holds what this client sees, and nothing else.
portals-offline-as-staff = As staff see it
portals-offline-as-client = As { $name } sees it
portals-offline-download = Download
portals-offline-take-home = Save a copy
portals-offline-items = Files and notes
portals-offline-folder = Folder
portals-offline-note = Note
portals-offline-empty = Nothing is in this folder.
