/* A decision that its own document and register entry do not bear out is found, whoever made its hashes right again
 * (SPEC 9): each part of it that the law rests on is held against the rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/verify_review.h"
#include "tests/store/fixture.h"

enum { APPROVAL = 1, REFUSAL = 2, REVOCATION = 3, TEXT_SIZE = 16384 };

struct kept {
    char decision[TEXT_SIZE], document[TEXT_SIZE], before[TEXT_SIZE];
};

static void take(int decision_no, struct kept *out) {
    static const char sql[] = "SELECT decision.json, document.json, register_before FROM decision"
                              " JOIN document ON document.id = document_id WHERE decision_no = ?";
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    assert_int_equal(sqlite3_open(FIXTURE_PATH, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    sqlite3_bind_int(s, 1, decision_no);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    char *columns[] = {out->decision, out->document, out->before};
    for (int i = 0; i < 3; i++)
        assert_true(snprintf(columns[i], TEXT_SIZE, "%s", (const char *)sqlite3_column_text(s, i)) < TEXT_SIZE);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* The first `old` in the text becomes `new`. */
static void change(char text[TEXT_SIZE], const char *old, const char *new) {
    char rest[TEXT_SIZE];
    char *at = strstr(text, old);
    if (at == NULL)
        fail_msg("no %s in %s", old, text);
    snprintf(rest, sizeof rest, "%s", at + strlen(old));
    assert_true(snprintf(at, (size_t)(text + TEXT_SIZE - at), "%s%s", new, rest) < text + TEXT_SIZE - at);
}

static bool agrees(const struct store *store, const struct kept *kept) {
    struct arena arena = {0};
    bool agreed = verify_review_agrees(store, kept->decision, kept->document, kept->before, &arena);
    arena_free(&arena);
    return agreed;
}

static void what_was_decided_by_the_rules_agrees(void **state) {
    (void)state;
    struct store *store = fixture_decided(2, APPROVAL);
    for (int no = APPROVAL; no <= REVOCATION; no++) {
        struct kept kept;
        take(no, &kept);
        assert_true(agrees(store, &kept));
    }
    store_close(store);
}

static void what_the_rules_do_not_give_does_not(void **state) {
    (void)state;
    enum part { DECISION, DOCUMENT, BEFORE };
    static const struct {
        int decision_no;
        enum part part;
        const char *old, *new;
    } table[] = {
        {APPROVAL, DECISION, "\"application_no\":\"A000001\"", "\"application_no\":\"A000002\""},
        {APPROVAL, DECISION, "\"decided_on\":\"2021-11-05\"", "\"decided_on\":\"2021-11-31\""},
        {APPROVAL, DECISION, "\"decided_on\":\"2021-11-05\"", "\"decided_on\":\"2025-11-05\""},
        {APPROVAL, DECISION, "\"result\":\"pass\"", "\"result\":\"fail\""},
        {APPROVAL, DECISION, "\"rule\":\"ID-NUMBER\"", "\"rule\":\"AGE-65\""},
        {APPROVAL, DECISION, "\"checks\":[", "\"checks\":[{\"result\":\"pass\"},"},
        {APPROVAL, DECISION, "\"checks\":", "\"checked\":"},
        {APPROVAL, DECISION, "\"outcome\":\"approved\",\"reasons\"", "\"outcome\":\"refused\",\"reasons\""},
        {APPROVAL, DECISION, "\"valid_from\":\"20", "\"valid_from\":\"19"},
        {APPROVAL, DECISION, "\"valid_to\":\"20", "\"valid_to\":\"21"},
        {APPROVAL, DECISION, "\"specialty\":\"建筑工程\",\"valid_from\"", "\"specialty\":\"公路工程\",\"valid_from\""},
        {APPROVAL, DECISION, "\"items\":[", "\"items\":[{\"outcome\":\"approved\"},"},
        {APPROVAL, DECISION, "\"items\":", "\"item\":"},
        {APPROVAL, DECISION, "\"action\":\"approve\"", "\"action\":\"refuse\""},
        {APPROVAL, DECISION, "{", "["},
        {APPROVAL, DOCUMENT, "\"type\":\"application\"", "\"type\":\"constructor\""},
        {APPROVAL, DOCUMENT, "{", "["},
        {APPROVAL, DOCUMENT, "\"elective_hours\":60", "\"elective_hours\":9"},
        {APPROVAL, BEFORE, "\"type\":\"constructor\"", "\"type\":\"person\""},
        {APPROVAL, BEFORE, "\"specialty\":\"建筑工程\"", "\"specialty\":\"公路工程\""},
        {APPROVAL, BEFORE, "\"number\":\"京", "\"number\":\"沪"},
        {REFUSAL, DECISION, "\"result\":\"fail\"", "\"result\":\"pass\""},
        {REFUSAL, DECISION, "\"outcome\":\"refused\",\"reasons\"", "\"outcome\":\"approved\",\"reasons\""},
        {REFUSAL, DECISION, "\"valid_to\":null", "\"valid_to\":\"2024-12-31\""},
        {REFUSAL, DOCUMENT, "\"elective_hours\":9", "\"elective_hours\":60"},
    };
    struct store *store = fixture_decided(2, APPROVAL);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct kept kept;
        take(table[i].decision_no, &kept);
        char *const parts[] = {[DECISION] = kept.decision, [DOCUMENT] = kept.document, [BEFORE] = kept.before};
        change(parts[table[i].part], table[i].old, table[i].new);
        if (agrees(store, &kept))
            fail_msg("%zu: %s instead of %s agrees", i, table[i].new, table[i].old);
    }
    store_close(store);
}

static void an_approval_without_the_entry_it_rests_on_does_not(void **state) {
    (void)state;
    struct store *store = fixture_decided(2, APPROVAL);
    struct kept kept;
    struct arena arena = {0};
    take(APPROVAL, &kept);
    assert_false(verify_review_agrees(store, kept.decision, kept.document, NULL, &arena));
    arena_free(&arena);
    store_close(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_decided_by_the_rules_agrees),
        cmocka_unit_test(what_the_rules_do_not_give_does_not),
        cmocka_unit_test(an_approval_without_the_entry_it_rests_on_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
