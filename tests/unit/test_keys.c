/* No two actions of one view claim the same key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/key_name.h"
#include "tui/keys.h"

static void no_two_actions_claim_a_key(void **state) {
    (void)state;
    static struct keys keys;
    const struct keys_entry *one = NULL, *other = NULL;
    uint32_t key;
    keys_open(&keys);
    if (keys_collision(&keys, &one, &other, &key))
        fail_msg("collide on %u: %s, %s", (unsigned)key, one->note, other->note);
}

static void a_view_gets_keys_of_its_own(void **state) {
    (void)state;
    static struct keys keys;
    const struct keys_entry *one, *other;
    uint32_t key;
    keys_open(&keys);
    assert_true(keys_set(&keys, KEYS_QUEUE, ACTION_HELP, (const uint32_t[KEYS_A_ENTRY]){'H'}));
    assert_int_equal(keys_find(&keys, KEYS_QUEUE, 'H')->action, ACTION_HELP);
    assert_null(keys_find(&keys, KEYS_QUEUE, '?'));
    assert_int_equal(keys_find(&keys, KEYS_DETAIL, '?')->action, ACTION_HELP);
    assert_false(keys_collision(&keys, &one, &other, &key));
    assert_true(keys_set(&keys, KEYS_QUEUE, ACTION_HELP, (const uint32_t[KEYS_A_ENTRY]){'j'}));
    assert_true(keys_collision(&keys, &one, &other, &key));
    assert_int_equal(key, 'j');
    assert_false(keys_set(&keys, KEYS_CONFIRM, ACTION_APPROVE, (const uint32_t[KEYS_A_ENTRY]){'P'}));
}

/* One key pressed twice must never decide. */
static void what_begins_a_decision_never_confirms_one(void **state) {
    (void)state;
    static struct keys keys;
    const struct keys_entry *one, *other;
    uint32_t key;
    keys_open(&keys);
    assert_true(keys_set(&keys, KEYS_CONFIRM, ACTION_CONFIRM, (const uint32_t[KEYS_A_ENTRY]){'A'}));
    assert_true(keys_collision(&keys, &one, &other, &key));
    assert_int_equal(key, 'A');
}

static void keys_have_names(void **state) {
    (void)state;
    char word[KEY_NAME_SIZE];
    static struct keys keys;
    keys_open(&keys);
    for (size_t i = 0; i < keys.count; i++)
        for (size_t k = 0; k < KEYS_A_ENTRY && keys.entries[i].keys[k] != 0; k++) {
            key_word(keys.entries[i].keys[k], word);
            assert_int_equal(key_parse(word, strlen(word)), keys.entries[i].keys[k]);
        }
    static const char *const none[] = {"", "ab", "Ctrl-", "Ctrl-1", "\x1b", "\xff", "Entera"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(key_parse(none[i], strlen(none[i])), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_actions_claim_a_key),
        cmocka_unit_test(a_view_gets_keys_of_its_own),
        cmocka_unit_test(what_begins_a_decision_never_confirms_one),
        cmocka_unit_test(keys_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
