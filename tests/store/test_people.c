/* Who may be entered as a reviewer, and that one supervisor always stays (SPEC 8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/people.h"
#include "tests/store/fixture.h"

static enum status set(struct store *store, const char *login, const char *name, enum role role, bool active) {
    struct reviewer reviewer = {.role = role, .active = active};
    struct err err = {0};
    snprintf(reviewer.login, sizeof reviewer.login, "%s", login);
    snprintf(reviewer.name, sizeof reviewer.name, "%s", name);
    return people_set(store, &reviewer, &err);
}

static void logins_and_names_that_are_none(void **state) {
    (void)state;
    static const char *const logins[] = {"",      "Li.Hua", "li hua",  "-li", ".li", "_li",
                                         "li;rm", "李华",   "li\nhua", "a/b", "a:b", "a\\b"};
    static const char *const names[] = {"", " ", "\u3000", "a\nb", "a\033[2Jb", "a\u202Eb", "\xCD\xF5", "a\x7F"};
    struct store *store = fixture_open();
    for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++)
        assert_int_equal(set(store, logins[i], "某某", ROLE_REVIEWER, true), STATUS_USAGE);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(set(store, "li.gang", names[i], ROLE_REVIEWER, true), STATUS_USAGE);
    assert_int_equal(set(store, "0-9._li", "O'Neill 王", ROLE_REVIEWER, true), STATUS_OK);
    store_close(store);
}

static void one_supervisor_stays(void **state) {
    (void)state;
    struct store *store = fixture_open();
    assert_int_equal(set(store, "root", "张伟", ROLE_REVIEWER, true), STATUS_NOT_ALLOWED);
    assert_int_equal(set(store, "root", "张伟", ROLE_SUPERVISOR, false), STATUS_NOT_ALLOWED);
    assert_int_equal(set(store, "root", "张巍", ROLE_SUPERVISOR, true), STATUS_OK);
    assert_int_equal(set(store, "li.hua", "李华", ROLE_SUPERVISOR, false), STATUS_OK);
    assert_int_equal(set(store, "root", "张伟", ROLE_AUDITOR, true), STATUS_NOT_ALLOWED); /* one disabled is none */
    assert_int_equal(set(store, "li.hua", "李华", ROLE_SUPERVISOR, true), STATUS_OK);
    assert_int_equal(set(store, "root", "张伟", ROLE_AUDITOR, true), STATUS_OK);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logins_and_names_that_are_none),
        cmocka_unit_test(one_supervisor_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
