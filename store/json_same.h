/* Whether two JSON texts say the same. */
#ifndef STORE_JSON_SAME_H
#define STORE_JSON_SAME_H

#include <stdbool.h>

/* White space, the order of members and the spelling of numbers and escapes aside. False where one of them is not JSON.
 * The time it takes grows with the length of the texts, whatever is in them. */
bool json_same(const char *a, const char *b);

#endif
