/* No two actions of one view claim the same key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/keys.h"

static void no_two_actions_claim_a_key(void **state) {
    (void)state;
    const struct keys_entry *one = NULL, *other = NULL;
    if (keys_collision(&one, &other))
        fail_msg("collide: %s, %s", one->note, other->note);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_two_actions_claim_a_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
