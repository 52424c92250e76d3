# Who looked at what, and what happened. Keys start with "activity-".

activity-of = Activity: { $name }
activity-about = What clients opened and downloaded, newest first. What staff open does not count, not even while seeing the portal as a client. Downloads are always noticed, opening only in browsers with JavaScript. Programs that follow links in mails cannot get this far: they would have to sign in.
activity-about-document = Which clients downloaded the PDF, newest first. Whether somebody read the page is not recorded. Programs that follow links in mails cannot get this far: they would have to sign in.
activity-not-opened = Not opened yet
activity-not-downloaded = Not downloaded yet
activity-looks = Opened and downloaded
activity-none = As far as is known, no client has opened or downloaded this yet.
activity-when = When
activity-who = Who
activity-what = What
activity-opened-portal = Opened the portal
activity-looked = Viewed
activity-downloaded = Downloaded
activity-archived = Downloaded an archive
activity-downloaded-paper = Downloaded the PDF
activity-version = Version { $number }
activity-by-program = Probably a program
activity-older = Older activity

activity-what-happened = What happened
activity-what-happened-about = New files, versions, notes and finished milestones, the newest first.
activity-nothing-happened = New files, notes and finished milestones will be listed here.
activity-new-file = New file
activity-new-note = New note
activity-new-folder = New folder
activity-new-link = New link
activity-new-item = New
activity-sent-by-you = You added this
activity-renewed = New version
activity-renewed-by-you = You sent a new version
