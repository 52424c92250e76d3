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
files-nothing-chosen = Choose at least one file.
files-no-space = There is no space left on the server. What is already there can still be read.
files-no-store = The file storage does not answer. Try again in a few minutes.
files-kept =
    { $count ->
        [one] { $count } file was uploaded
       *[other] { $count } files were uploaded
    }

files-type-pdf = PDF
files-type-word = Word document
files-type-archive = Archive
files-type-table = Table
files-type-web-page = Web page
files-type-data = Data
files-type-image = Image
files-type-audio = Audio
files-type-video = Video
files-type-text = Text
files-type-other = File
