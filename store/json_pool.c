#include "store/json_pool.h"

#include <cjson/cJSON.h>
#include <stddef.h>

#include "store/arena.h"

static struct {
    struct arena arena;
    size_t pieces; /* given out and not given back */
} pool;

static void *take(size_t size) {
    void *memory = arena_piece(&pool.arena, size);
    pool.pieces += memory == NULL ? 0 : 1;
    return memory;
}

static void give_back(void *memory) {
    if (memory != NULL && --pool.pieces == 0)
        arena_reset(&pool.arena);
}

void json_pool_start(void) {
    if (pool.pieces == 0)
        cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = take, .free_fn = give_back});
}
