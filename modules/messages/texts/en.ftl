# Messages between staff and clients. Keys begin with "messages-".

messages-messages = Messages
messages-conversation = Conversation
messages-empty-staff = What you and your clients write to each other appears here. A conversation begins on the page of a portal.
messages-empty-client = What you and the people you work with write to each other appears here. A conversation begins on the page of a portal.
messages-new = New
messages-open-now = Open now:
messages-said = { $author }: { $words }
messages-write = Write a message
messages-open = Open the conversation
messages-none-of-portal = Nobody has written about this portal yet.
messages-ask = Questions about what you find here? Write to { $organization }.
messages-to-whom = To whom do you want to write?
messages-nobody = Nobody has this portal yet. Share it first.
messages-to-portal = To the portal

messages-none = Nothing has been written yet.
messages-earlier = Earlier messages
messages-later = Latest messages
messages-today = Today
messages-yesterday = Yesterday
messages-edited = edited
messages-deleted = This message was deleted.
messages-read = Read { $moment }
messages-mark-read = Mark as read
messages-message = Message
messages-files = Files
messages-files-limits = Up to { $most } files of { $size } each.
messages-files-many = These are too many files for one message. Choose fewer of them, and send the others with another message.
messages-files-large = One of these files is too large for a message. Choose a smaller one.
messages-files-no-room = There is no room for these files. Send your words without them.
messages-files-broken = These files did not arrive whole. Choose them again.
messages-files-no-store = Files cannot be stored right now. Try again in a moment, and choose them again.
messages-files-again = Your browser has forgotten these files. Choose them again.
messages-only-files = Files
messages-send = Send
messages-more = More
messages-actions = Actions for your message of { $moment }
messages-edit = Edit
messages-edit-title = Edit message
messages-save = Save
messages-delete = Delete
messages-delete-title = Delete this message?
messages-delete-about = Its words and files are gone for good. That there was a message remains to be seen.
messages-closed = This portal was taken back from the client or archived. What was written stays here; nothing can be added.
messages-error-empty = Write something first.
messages-error-long = Use at most 10,000 characters.

messages-read-by = Read by { $name } { $moment }
messages-new-room = New room
messages-room-name = Name
messages-room-portal = Portal
messages-room-portal-about = A room that belongs to a portal stands on its page, for those who are in the room. Clients in it need the portal: when it is taken back from them the room is closed to them, until they have it again.
messages-no-portal = None
messages-make-room = Make the room
messages-room-about = Only those whom you choose read what is written here, and you. Clients in a room see each other’s names and all that is written. Owners and admins see that the room is there and who is in it; to read they have to come in, which everybody in it sees.
messages-room-history = Whoever comes later reads everything from the beginning. Whoever is taken out sees nothing any more.
messages-room-readers = Everybody in this room reads your message, and so does whoever comes in later.
messages-room-closed = The portal of this room is archived. What was written stays here; nothing can be added.
messages-staff = Staff
messages-client = Client
messages-clients = Clients
messages-find-people = Find people
messages-everybody-in = Everybody who could come in is in already.
messages-other-rooms = Rooms you are not in
messages-other-rooms-about = You see their names and who is in them. To read, put yourself in: everybody in the room sees that.
messages-people = People
messages-people-of = People in “{ $room }”
messages-add-people = Add people
messages-take-out = Take out
messages-kept-out = { $kind }, cannot come in now
messages-leave = Leave the room
messages-in-room = In this room: { $people }
messages-error-portal = There is no such portal. Choose one from the list.
messages-error-person = One of these people is not there any more. Choose again.
messages-error-nobody = Choose at least one person.
messages-error-many = At most 100 people can be in a room. Choose fewer.
messages-error-without-portal = One of these clients does not have the portal. Share it with them first, or leave them out.

messages-mail-title =
    { $count ->
        [one] A new message about “{ $portal }”
       *[other] { $count } new messages about “{ $portal }”
    }
messages-mail-opening =
    { $count ->
        [one] There is a message that you have not read, about “{ $portal }”:
       *[other] There are { $count } messages that you have not read, about “{ $portal }”:
    }
messages-mail-quoted =
    { $author }:
    { $words }
messages-mail-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
messages-mail-answer = Read and answer
messages-mail-by-mail = You can also answer this mail. What you write above these lines is added to the conversation.
messages-mail-by-mail-room = You can also answer this mail. What you write above these lines is added to “{ $room }”, and everybody there reads it.
messages-mail-cut = The rest of this mail was too long and was left out.
messages-mail-left-out = Some of what was attached to this mail was left out: there were too many files, or no room for them.
messages-mail-footer = You receive this mail because there is something new for you in the client portal of { $organization }.
messages-personal =
    { $count ->
        [one] { $count } message, as you choose below
       *[other] { $count } messages, as you choose below
    }
messages-personal-rooms =
    { $count ->
        [one] { $count } message in rooms, as you choose below
       *[other] { $count } messages in rooms, as you choose below
    }

messages-offline-deleted = This message was deleted.
