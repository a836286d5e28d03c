/* Where the nodes of JSON trees live. A tree is read, looked at and given back at once: its many small pieces are cut
 * from one block after another instead of being asked for one by one, and the blocks are used again when the last tree
 * is gone. One process, one thread. */
#ifndef STORE_JSON_POOL_H
#define STORE_JSON_POOL_H

/* From here on cJSON takes its memory there. To be called before the first tree is read; again is harmless. */
void json_pool_start(void);

#endif
