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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_others_are_seen_until_they_leave)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
