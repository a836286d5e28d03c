#include "tests/fault/disk.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 4, SECTOR = 512 };

enum kind { WRITE, TRUNCATE, SYNC, TOLD };

struct piece {
    enum kind kind;
    int file;
    size_t at, size; /* TRUNCATE: `at` is the new length */
    unsigned char *bytes;
};

struct image {
    unsigned char *bytes;
    size_t length, room;
};

static struct {
    char paths[FILES][PATH_MAX];
    struct image base[FILES], synced[FILES];
    bool there[FILES]; /* its name is on disk: it was there at first, or was synced since */
    bool was_there[FILES];
    int count;
    struct piece *log;
    size_t used, room;
    size_t next;     /* disk_next() has come so far */
    size_t *pending; /* pieces not synced at that point */
    size_t waiting;
} disk;

static void must(bool holds) {
    if (!holds) {
        perror("disk");
        abort();
    }
}

static void grow(struct image *image, size_t length) {
    if (length > image->room) {
        image->room = length * 2;
        image->bytes = realloc(image->bytes, image->room);
        must(image->bytes != NULL);
    }
    if (length > image->length) {
        memset(image->bytes + image->length, 0, length - image->length);
        image->length = length;
    }
}

static void put(struct image *image, const unsigned char *bytes, size_t at, size_t size) {
    grow(image, at + size);
    memcpy(image->bytes + at, bytes, size);
}

static void copy(struct image *to, const struct image *from) {
    to->length = 0;
    if (from->length > 0)
        put(to, from->bytes, 0, from->length);
}

static void apply(struct image *image, const struct piece *piece) {
    if (piece->kind == WRITE)
        put(image, piece->bytes, piece->at, piece->size);
    else if (piece->at < image->length)
        image->length = piece->at;
    else
        grow(image, piece->at);
}

static void note(enum kind kind, int file, const void *bytes, size_t at, size_t size) {
    if (disk.used == disk.room) {
        disk.room = disk.room * 2 + 1024;
        disk.log = realloc(disk.log, disk.room * sizeof *disk.log);
        must(disk.log != NULL);
    }
    struct piece *piece = &disk.log[disk.used++];
    *piece = (struct piece){.kind = kind, .file = file, .at = at, .size = size};
    if (bytes != NULL) {
        piece->bytes = malloc(size + 1);
        must(piece->bytes != NULL);
        memcpy(piece->bytes, bytes, size);
    }
}

void disk_told(void) {
    note(TOLD, -1, NULL, 0, 0);
}

/* The number of a file, new ones with what is in them now; -1 for one without a name. */
static int file_of(const char *path) {
    if (path == NULL)
        return -1;
    for (int i = 0; i < disk.count; i++)
        if (strcmp(disk.paths[i], path) == 0)
            return i;
    must(disk.count < FILES);
    int file = disk.count++, fd = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(disk.paths[file], PATH_MAX, "%s", path);
    disk.was_there[file] = fd >= 0;
    unsigned char buffer[65536];
    ssize_t n;
    while (fd >= 0 && (n = read(fd, buffer, sizeof buffer)) > 0)
        put(&disk.base[file], buffer, disk.base[file].length, (size_t)n);
    if (fd >= 0)
        close(fd);
    return file;
}

/* The layer under SQLite: everything is passed on, what changes a file is written down. */
struct layer {
    sqlite3_file above;
    int file;
    sqlite3_file *below;
};

#define BELOW(file) (((struct layer *)(file))->below)

static int layer_close(sqlite3_file *f) {
    return BELOW(f)->pMethods->xClose(BELOW(f));
}

static int layer_read(sqlite3_file *f, void *bytes, int size, sqlite3_int64 at) {
    return BELOW(f)->pMethods->xRead(BELOW(f), bytes, size, at);
}

static int layer_write(sqlite3_file *f, const void *bytes, int size, sqlite3_int64 at) {
    const struct layer *layer = (const struct layer *)f;
    if (layer->file >= 0)
        note(WRITE, layer->file, bytes, (size_t)at, (size_t)size);
    return BELOW(f)->pMethods->xWrite(BELOW(f), bytes, size, at);
}

static int layer_truncate(sqlite3_file *f, sqlite3_int64 size) {
    const struct layer *layer = (const struct layer *)f;
    if (layer->file >= 0)
        note(TRUNCATE, layer->file, NULL, (size_t)size, 0);
    return BELOW(f)->pMethods->xTruncate(BELOW(f), size);
}

static int layer_sync(sqlite3_file *f, int flags) {
    const struct layer *layer = (const struct layer *)f;
    if (layer->file >= 0)
        note(SYNC, layer->file, NULL, 0, 0);
    (void)flags;
    return SQLITE_OK; /* nothing of it is looked for on the disk itself */
}

static int layer_size(sqlite3_file *f, sqlite3_int64 *size) {
    return BELOW(f)->pMethods->xFileSize(BELOW(f), size);
}

static int layer_lock(sqlite3_file *f, int level) {
    return BELOW(f)->pMethods->xLock(BELOW(f), level);
}

static int layer_unlock(sqlite3_file *f, int level) {
    return BELOW(f)->pMethods->xUnlock(BELOW(f), level);
}

static int layer_reserved(sqlite3_file *f, int *out) {
    return BELOW(f)->pMethods->xCheckReservedLock(BELOW(f), out);
}

static int layer_control(sqlite3_file *f, int op, void *argument) {
    return BELOW(f)->pMethods->xFileControl(BELOW(f), op, argument);
}

static int layer_sector(sqlite3_file *f) {
    return BELOW(f)->pMethods->xSectorSize(BELOW(f));
}

/* No promise of the hardware is believed. */
static int layer_traits(sqlite3_file *f) {
    (void)f;
    return 0;
}

static int layer_map(sqlite3_file *f, int region, int size, int extend, void volatile **out) {
    return BELOW(f)->pMethods->xShmMap(BELOW(f), region, size, extend, out);
}

static int layer_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
    return BELOW(f)->pMethods->xShmLock(BELOW(f), offset, n, flags);
}

static void layer_barrier(sqlite3_file *f) {
    BELOW(f)->pMethods->xShmBarrier(BELOW(f));
}

static int layer_unmap(sqlite3_file *f, int remove) {
    return BELOW(f)->pMethods->xShmUnmap(BELOW(f), remove);
}

static const sqlite3_io_methods methods = {
    2,
    layer_close,
    layer_read,
    layer_write,
    layer_truncate,
    layer_sync,
    layer_size,
    layer_lock,
    layer_unlock,
    layer_reserved,
    layer_control,
    layer_sector,
    layer_traits,
    layer_map,
    layer_shm_lock,
    layer_barrier,
    layer_unmap,
    NULL,
    NULL,
};

static sqlite3_vfs *below_all;
static sqlite3_vfs layer_vfs;

static int layer_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out) {
    struct layer *layer = (struct layer *)f;
    (void)vfs;
    layer->file = file_of(path);
    layer->below = (sqlite3_file *)(layer + 1);
    layer->above.pMethods = NULL;
    int code = below_all->xOpen(below_all, path, layer->below, flags, out);
    if (layer->below->pMethods != NULL)
        layer->above.pMethods = &methods;
    return code;
}

static int layer_delete(sqlite3_vfs *vfs, const char *path, int sync) {
    (void)vfs, (void)sync;
    fprintf(stderr, "%s was deleted: nothing here foresees that\n", path);
    abort();
}

void disk_start(void) {
    below_all = sqlite3_vfs_find(NULL);
    layer_vfs = *below_all;
    layer_vfs.pNext = NULL;
    layer_vfs.zName = "disk";
    layer_vfs.szOsFile = (int)sizeof(struct layer) + below_all->szOsFile;
    layer_vfs.xOpen = layer_open;
    layer_vfs.xDelete = layer_delete;
    must(sqlite3_vfs_register(&layer_vfs, 1) == SQLITE_OK);
}

void disk_stop(void) {
    sqlite3_vfs_unregister(&layer_vfs);
    must(sqlite3_vfs_register(below_all, 1) == SQLITE_OK);
    disk.pending = calloc(disk.used + 1, sizeof *disk.pending);
    must(disk.pending != NULL);
    for (int i = 0; i < disk.count; i++) {
        copy(&disk.synced[i], &disk.base[i]);
        disk.there[i] = disk.was_there[i];
    }
}

size_t disk_points(void) {
    return disk.used;
}

/* What waits for this file is on disk now. */
static void settle(int file) {
    size_t kept = 0;
    for (size_t i = 0; i < disk.waiting; i++) {
        const struct piece *piece = &disk.log[disk.pending[i]];
        if (piece->file == file)
            apply(&disk.synced[file], piece);
        else
            disk.pending[kept++] = disk.pending[i];
    }
    disk.waiting = kept;
    disk.there[file] = true;
}

bool disk_next(struct disk_state *state) {
    if (disk.next == disk.used)
        return false;
    const struct piece *piece = &disk.log[disk.next];
    if (piece->kind == SYNC)
        settle(piece->file);
    else if (piece->kind == TOLD)
        state->told++;
    else
        disk.pending[disk.waiting++] = disk.next;
    state->point = disk.next++;
    return true;
}

static uint64_t roll(uint64_t *seed) {
    *seed += 0x9E3779B97F4A7C15; /* splitmix64 */
    uint64_t z = *seed;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

/* Some sectors of the piece, no whole one where it is smaller than that. */
static void tear(struct image *image, const struct piece *piece, uint64_t *seed) {
    for (size_t at = 0; at < piece->size;) {
        size_t left = SECTOR - (piece->at + at) % SECTOR, size = left < piece->size - at ? left : piece->size - at;
        if (roll(seed) % 2 == 0)
            put(image, piece->bytes + at, piece->at + at, size);
        at += size;
    }
}

enum way { NOTHING, EVERYTHING, UP_TO_ONE, SOME, SOME_TORN, ALL_BUT_ONE, WAYS };

static void fail_power(struct image images[FILES], enum way way, uint64_t *seed) {
    size_t one = disk.waiting == 0 ? 0 : roll(seed) % disk.waiting;
    for (size_t i = 0; i < disk.waiting; i++) {
        const struct piece *piece = &disk.log[disk.pending[i]];
        uint64_t chance = roll(seed) % 4;
        bool keep = way == EVERYTHING || (way == UP_TO_ONE && i < one) || (way == ALL_BUT_ONE && i != one) ||
                    ((way == SOME || way == SOME_TORN) && chance % 2 == 0);
        bool torn = piece->kind == WRITE && ((way == UP_TO_ONE && i == one) || (way == SOME_TORN && chance == 3));
        if (keep)
            apply(&images[piece->file], piece);
        else if (torn)
            tear(&images[piece->file], piece, seed);
        else if (piece->kind == WRITE && way != NOTHING && chance == 1)
            grow(&images[piece->file], piece->at + piece->size); /* only its length was noted */
    }
}

static uint64_t digest_of(const struct image *image, uint64_t digest) {
    for (size_t i = 0; i < image->length; i++)
        digest = (digest ^ image->bytes[i]) * 0x100000001B3; /* FNV-1a */
    return digest ^ image->length;
}

static void write_file(const char *folder, const char *path, const struct image *image) {
    char name[2 * PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(name, sizeof name, "%s/%s", folder, slash == NULL ? path : slash + 1);
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, image->bytes, image->length) == (ssize_t)image->length && close(fd) == 0);
}

uint64_t disk_lay_out(const char *folder, uint64_t seed, bool (*seen)(uint64_t digest)) {
    static struct image images[FILES];
    uint64_t digest = 0xCBF29CE484222325;
    for (int i = 0; i < disk.count; i++)
        copy(&images[i], &disk.synced[i]);
    fail_power(images, (enum way)(seed % WAYS), &seed);
    for (int i = 0; i < disk.count; i++)
        digest = digest_of(&images[i], digest);
    if (seen(digest))
        return digest;
    for (int i = 0; i < disk.count; i++)
        if (disk.there[i] || images[i].length > 0)
            write_file(folder, disk.paths[i], &images[i]);
    return digest;
}

void disk_free(void) {
    for (size_t i = 0; i < disk.used; i++)
        free(disk.log[i].bytes);
    free(disk.log);
    free(disk.pending);
    for (int i = 0; i < FILES; i++) {
        free(disk.base[i].bytes);
        free(disk.synced[i].bytes);
    }
    memset(&disk, 0, sizeof disk);
}
