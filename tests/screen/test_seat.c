/* A record that somebody else has open says so, and no longer once they have left it, or are gone (SPEC 8). */
#include "tests/screen/desk.h"

static void the_others_are_seen_until_they_leave(void **state) {
    (void)state;
    desk_make("seat", 6, true);
    struct term *mine = desk_open(36, 120, NULL), *theirs = desk_open(24, 80, NULL);
    desk_see(mine, "of 6");
    desk_see(theirs, "of 6");
    desk_press(mine, "\r", "Applicant");
    assert_false(term_shows(mine, "is looking at it too"));
    desk_press(theirs, "\r", "looking at");
    desk_see(mine, "is looking at it too");
    desk_press(theirs, "q", "of 6");
    desk_see_gone(mine, "is looking at it too");
    desk_press(theirs, "\r", "looking at");
    desk_see(mine, "is looking at it too");
    desk_back(theirs);
    desk_leave(theirs);
    desk_see_gone(mine, "is looking at it too");
    desk_back(mine);
    desk_leave(mine);
}

/* The supervisor's list follows what the others open, without a key. */
static void a_supervisor_sees_who_is_in(void **state) {
    (void)state;
    static const char *const words[] = {"--db",    "yijian.db",  "--today", DESK_TODAY,
                                        "session", "--reviewer", "li.hua",  NULL};
    desk_make("who", 8, true);
    struct term *supervisor = desk_open(24, 80, NULL);
    desk_see(supervisor, "A0000000007");
    desk_press(supervisor, "v", "other sessions: 0");
    struct term *reviewer = term_start(&(struct term_options){.rows = 24, .cols = 80, .words = words});
    desk_see(reviewer, "A0000000007");
    desk_see(supervisor, "other sessions: 1");
    desk_see(supervisor, "no application open");
    desk_press(reviewer, "\r", "91110105101163896D");
    desk_see(supervisor, "A0000000000");
    desk_press(reviewer, "q", "1 all 8");
    desk_press(reviewer, "v", "your role may not do this");
    desk_leave(reviewer);
    desk_see(supervisor, "other sessions: 0");
    desk_leave(supervisor);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_others_are_seen_until_they_leave),
        cmocka_unit_test(a_supervisor_sees_who_is_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
