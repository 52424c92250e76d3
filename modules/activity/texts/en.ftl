# Who looked at what, and what happened. Keys start with "activity-".

activity-of = Activity: { $name }
activity-about = Looks in place and downloads by clients, the newest first. Your own looks and those while seeing as a client count as nothing. A look in place is told by the page itself, so nothing is known of it from browsers without JavaScript; downloads are always known. Programs that follow links in mails never come as far as here: whatever they open asks them to sign in.
activity-about-document = Downloads of the paper by clients, the newest first. That somebody read the page is not noted. Programs that follow links in mails never come as far as here: whatever they open asks them to sign in.
activity-not-opened = Not opened yet
activity-not-downloaded = Not downloaded yet
activity-looks = Opened and downloaded
activity-none = No client has opened or downloaded it, as far as is known.
activity-when = When
activity-who = Who
activity-what = What
activity-opened-portal = Opened the portal
activity-looked = Looked at it
activity-downloaded = Downloaded it
activity-archived = Downloaded an archive
activity-downloaded-paper = Downloaded the paper
activity-version = Version { $number }
activity-by-program = Probably a program
activity-older = Older activity

activity-what-happened = What happened
activity-what-happened-about = New files, versions, notes and finished milestones, the newest first.
activity-portal = Portal
activity-nothing-happened = Whatever is new in this portal will be listed here.
activity-new-file = New file
activity-new-note = New note
activity-new-folder = New folder
activity-new-link = New link
activity-new-item = New
activity-sent-by-you = You added this
activity-renewed = New version
activity-renewed-by-you = You sent a new version
