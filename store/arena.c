#include "store/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size;
    alignas(max_align_t) char data[];
};

enum { BLOCK_SIZE = 8192, ALIGNMENT = alignof(max_align_t) };

void *arena_piece(struct arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->head == NULL || arena->head->size - arena->used < size) {
        size_t want = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        struct arena_block *block = malloc(sizeof *block + want);
        if (block == NULL)
            return NULL;
        block->next = arena->head;
        block->size = want;
        arena->head = block;
        arena->used = 0;
    }
    void *memory = arena->head->data + arena->used;
    arena->used += size;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size) {
    void *memory = arena_piece(arena, size);
    return memory == NULL ? NULL : memset(memory, 0, size);
}

char *arena_text(struct arena *arena, const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = arena_alloc(arena, size);
    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

void arena_reset(struct arena *arena) {
    while (arena->head != NULL && arena->head->next != NULL) {
        struct arena_block *block = arena->head;
        arena->head = block->next;
        free(block);
    }
    arena->used = 0;
}

void arena_free(struct arena *arena) {
    arena_reset(arena);
    free(arena->head);
    arena->head = NULL;
}
