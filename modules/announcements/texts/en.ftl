# Announcements of staff to clients. Keys begin with "announcements-".

announcements-announcements = Announcements
announcements-announcement = Announcement
announcements-new-announcement = New announcement
announcements-empty-staff = What you tell all your clients at once appears here: opening hours, news, a change of address.
announcements-empty-client = News from the people you work with appears here.
announcements-new = New
announcements-read = Read
announcements-mark-read = Mark as read
announcements-published-on = Published { $moment }
announcements-edited-on = Edited { $moment }

announcements-drafts = Drafts
announcements-draft = Draft
announcements-published = Published
announcements-deleted-lately = Deleted in the last 30 days
announcements-restore = Restore
announcements-progress = { $read } of { $count } have read it
announcements-preview = Preview: this is how it will look. Only your team sees it until it is published.
announcements-publish = Publish
announcements-publish-title = Publish this announcement?
announcements-will-read =
    { $count ->
        [0] Nobody has a portal that it is for yet.
        [one] 1 person will read this.
       *[other] { $count } people will read this.
    }
announcements-publish-about = So will whoever gets one of these portals later. Who has not read it after five minutes is told by mail.
announcements-edit = Edit
announcements-edit-title = Edit announcement
announcements-save = Save
announcements-delete = Delete
announcements-deleted = “{ $title }” was deleted.
announcements-published-meanwhile = This announcement was published meanwhile. Open it to edit its words.
announcements-nobody = Nobody has a portal that it is for.
announcements-have-read =
    { $count ->
        [one] 1 person has read it
       *[other] { $count } people have read it
    }
announcements-have-not-read =
    { $count ->
        [one] 1 person has not read it yet
       *[other] { $count } people have not read it yet
    }

announcements-title = Title
announcements-message = Message
announcements-markdown = You can use Markdown: **bold**, - lists, [links](https://…).
announcements-for-whom = For whom
announcements-everybody = Everybody who has a portal
announcements-portals-gone = For portals that were deleted
announcements-error-empty = Write something first.
announcements-error-long = Use at most 20,000 characters.
announcements-error-nobody = Choose for whom it is: everybody, or those of some portals.
announcements-error-portal = One of these portals is not there any more. Choose again.

announcements-sight-everybody = It is for everybody who has a portal
announcements-sight-portal = They have one of the portals that it is for
announcements-sight-draft = Nobody but your team: it is a draft.
announcements-sight-deleted = Nobody but your team: it was deleted on { $date }.

announcements-mail-title =
    { $count ->
        [one] { $organization }: { $title }
       *[other] { $count } announcements by { $organization }
    }
announcements-mail-opening =
    { $count ->
        [one] { $organization } has an announcement that you have not read:
       *[other] { $organization } has { $count } announcements that you have not read:
    }
announcements-mail-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
announcements-mail-read = Read
announcements-mail-footer = You receive this mail because there is something new for you in the client portal of { $organization }.
