"""Reads an archive as Python's zipfile does: every entry to its end, where the sum is compared. Entries hold their own
name, and the one called "zeros" nothing but zeros. Prints how many there are, the bytes of the largest, and the most
memory that it took, in MiB."""

import resource
import sys
import zipfile

ZEROS = bytes(1 << 20)

with zipfile.ZipFile(sys.argv[1]) as archive:
    entries = archive.infolist()
    for entry in entries:
        with archive.open(entry) as file:
            if entry.filename != "zeros":
                assert file.read() == entry.filename.encode(), entry
                continue
            left = entry.file_size
            while piece := file.read(len(ZEROS)):
                assert piece == ZEROS[: len(piece)], entry
                left -= len(piece)
            assert left == 0, entry

largest = max(entry.file_size for entry in entries)
print(len(entries), largest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
