/* Memory that is given back all at once: what a document's texts live in. */
#ifndef STORE_ARENA_H
#define STORE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;
    size_t used; /* of the head */
};

/* Zeroed memory, aligned for any type; NULL where there is none. */
void *arena_alloc(struct arena *arena, size_t size);
/* The same, with whatever was there before in it. */
void *arena_piece(struct arena *arena, size_t size);
char *arena_text(struct arena *arena, const char *text);

/* Forgets everything but keeps one block for the next use. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

#endif
