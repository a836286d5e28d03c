"""Opening: what a crash leaves is opened as if nothing had been, and what is damaged is refused (SPEC 14)."""

import os
import struct

from lib import IO, OK, Database, application, constructor, contains, equal, main, test


PAGE = 4096


def wal_frames(path):
    """(page, size of the database in pages where the frame commits else 0, content) of each frame of the WAL."""
    with open(path + "-wal", "rb") as file:
        data = file.read()
    page_size = struct.unpack(">I", data[8:12])[0]
    frames = []
    for at in range(32, len(data) - page_size - 23, 24 + page_size):
        page, committed = struct.unpack(">II", data[at:at + 8])
        frames.append((page, committed, data[at + 24:at + 24 + page_size]))
    return page_size, frames


def grown():
    """A database whose latest content is in the WAL."""
    database = Database()
    database.feed([constructor(i) for i in range(400)] + [application(i) for i in range(400)])
    return database


@test
def a_checkpoint_cut_short_is_no_damage():
    """Killed after the first page was written back: the header tells of pages that only the WAL has so far. The same is
    seen by whoever opens while another process checkpoints."""
    database = grown()
    page_size, frames = wal_frames(database.path)
    pages = max(committed for _, committed, _ in frames)
    first = [content for page, _, content in frames if page == 1][-1]
    first = first[:28] + struct.pack(">I", pages) + first[32:]
    if os.path.getsize(database.path) >= pages * page_size:
        raise AssertionError("the WAL was written back before")
    with open(database.path, "r+b") as file:
        file.write(first)
    contains(database.run("list", "--counts", expect=OK).out, "400")
    database.run("approve", "A0000000000", expect=OK)
    database.run("verify", expect=OK)


@test
def a_wal_torn_at_its_end_loses_nothing_that_was_told():
    database = grown()
    with open(database.path + "-wal", "ab") as file:
        file.write(os.urandom(1000))
    contains(database.run("list", "--counts", expect=OK).out, "400")
    database.run("approve", "A0000000000", expect=OK)
    database.run("verify", expect=OK)


def pages_to_read(path):
    """How many pages of the WAL whoever opens the database alone has to read: those of the present round."""
    with open(path + "-wal", "rb") as file:
        data = file.read()
    frames = range(32, len(data) - PAGE - 23, 24 + PAGE)
    return next((i for i, at in enumerate(frames) if data[at + 8:at + 16] != data[16:24]), len(frames))


@test
def the_wal_does_not_grow_where_each_command_is_alone():
    """With nobody else there a command that opens the database reads all of the WAL, and knows nothing of it that was
    folded back: unless it begins anew, every command is slower than the one before."""
    database = Database()
    sizes = []
    for i in range(24):
        database.feed([application(i, materials=[{"name": "材料" * 50, "sha256": "0" * 64}] * 1500)])
        sizes.append(pages_to_read(database.path))
    equal(sum(size < before for before, size in zip(sizes, sizes[1:])) >= 2, True, f"begun anew again and again: {sizes}")
    equal(max(sizes) < 1200, True, f"pages: {sizes}")
    database.run("verify", expect=OK)


@test
def a_lost_index_of_the_wal_is_made_again():
    database = grown()
    for content in (None, b"", os.urandom(32768)):
        if content is None:
            os.unlink(database.path + "-shm")
        else:
            with open(database.path + "-shm", "wb") as file:
                file.write(content)
        contains(database.run("list", "--counts", expect=OK).out, "400")
    database.run("verify", expect=OK)


@test
def a_database_cut_off_is_refused_and_left_alone():
    database = grown()
    database.dump()  # the last to close writes the WAL back
    size = os.path.getsize(database.path)
    for left in (size - 4096, size - 5000, size // 2, 4096, 600, 50):
        with open(database.path, "rb") as file:
            content = file.read()[:left]
        with open("cut.db", "wb") as file:
            file.write(content)
        result = database.run("--db", "cut.db", "list")
        if result.code not in (IO, 69) or not result.err:
            raise AssertionError(f"cut to {left}: exit code {result.code}: {result.out}{result.err}")
        with open("cut.db", "rb") as file:
            equal(file.read() == content, True, f"cut to {left}: untouched")
        equal([name for name in os.listdir(".") if name.startswith("cut.db-")], [], "files beside")
        os.unlink("cut.db")


if __name__ == "__main__":
    main()
