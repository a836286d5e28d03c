/* Each kind of tampering is found, with its first place; backups hold what they promise (SPEC 9, 14.4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/act.h"
#include "store/backup.h"
#include "store/export.h"
#include "store/ledger.h"
#include "store/verify.h"
#include "tests/store/fixture.h"

enum { DECISIONS = 4 };

static int append(void *text, int count, char **columns, char **names) {
    (void)count, (void)names;
    sqlite3_str_appendf((sqlite3_str *)text, "%s;", columns[0]);
    return 0;
}

/* As one does it who knows how: the triggers that stand in the way are there again afterwards. */
static void tamper(const char *sql) {
    static const char guards[] = " FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE 'queue%'";
    static const char *const lists[] = {"SELECT 'DROP TRIGGER ' || name", "SELECT sql"};
    sqlite3 *db = NULL;
    char *message = NULL;
    char *texts[2];
    assert_int_equal(sqlite3_open(FIXTURE_PATH, &db), SQLITE_OK);
    for (size_t i = 0; i < 2; i++) {
        char list[256];
        sqlite3_str *text = sqlite3_str_new(db);
        snprintf(list, sizeof list, "%s%s", lists[i], guards);
        assert_int_equal(sqlite3_exec(db, list, append, text, NULL), SQLITE_OK);
        texts[i] = sqlite3_str_finish(text);
    }
    const char *const steps[] = {"PRAGMA foreign_keys = OFF", texts[0], sql, texts[1]};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (sqlite3_exec(db, steps[i], NULL, NULL, &message) != SQLITE_OK)
            fail_msg("%s: %s", steps[i], message);
    const char *const words[] = {"UPDATE", "INSERT", "DELETE"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncmp(sql, words[i], strlen(words[i])) == 0)
            assert_true(sqlite3_total_changes(db) > 0);
    sqlite3_free(texts[0]);
    sqlite3_free(texts[1]);
    sqlite3_close(db);
}

static enum status verify(const char *against, struct verify_result *result, struct err *err) {
    struct store *store = fixture_open_as("root", FIXTURE_DAY);
    struct verify_options options = {.against = &against, .against_count = against == NULL ? 0 : 1};
    enum status status = verify_run(store, &options, result, err);
    store_close(store);
    return status;
}

static void untouched_is_consistent(void **state) {
    (void)state;
    struct verify_result result;
    struct err err = {0};
    store_close(fixture_decided(DECISIONS, 4));
    assert_int_equal(verify(NULL, &result, &err), STATUS_OK);
    assert_int_equal(result.decisions, DECISIONS + 1);
    assert_false(result.anchored);
}

static void the_database_itself_forbids_changes(void **state) {
    (void)state;
    static const char *const statements[] = {
        "UPDATE ledger SET json = '{}' WHERE seq = 2",
        "DELETE FROM ledger WHERE seq = 2",
        "UPDATE decision SET json = '{}' WHERE decision_no = 1",
        "DELETE FROM decision WHERE decision_no = 1",
        "UPDATE document SET json = '{}' WHERE id = 1",
        "DELETE FROM document WHERE id = 1",
        "DELETE FROM constructor WHERE id = 1",
    };
    store_close(fixture_decided(DECISIONS, 4));
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        sqlite3 *db = NULL;
        assert_int_equal(sqlite3_open(FIXTURE_PATH, &db), SQLITE_OK);
        assert_int_not_equal(sqlite3_exec(db, statements[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
    }
}

static void every_tampering_is_found_at_its_place(void **state) {
    (void)state;
    static const struct {
        const char *sql;
        const char *place; /* what the message must name */
    } cases[] = {
        {"UPDATE ledger SET json = replace(json, '李', '张') || ' ' WHERE seq = 6", "6"},
        {"UPDATE ledger SET hash = (SELECT hash FROM ledger WHERE seq = 6) WHERE seq = 7", "7"},
        {"UPDATE ledger SET actor = 'li.hua' WHERE seq = 8", "8"},
        {"UPDATE ledger SET day = day + 1 WHERE seq = 8", "8"},
        {"DELETE FROM ledger WHERE seq = 6", "6"},
        {"UPDATE decision SET json = replace(json, 'approved', 'refused ') WHERE decision_no = 1", "1"},
        {"UPDATE decision SET register_after = register_before WHERE decision_no = 3", "3"},
        {"UPDATE document SET json = replace(json, '60', '61') WHERE id = 3", "3"},
        {"UPDATE constructor SET entry = replace(entry, '2024', '2025') WHERE id = 1", "1"},
        {"UPDATE application SET state = 3 WHERE id = 3", "3"},
        {"UPDATE application SET state = 0 WHERE id = 1", "1"},
        {"UPDATE queue_day SET n = n + 1", "3"},
        {"INSERT INTO queue_tally VALUES(0, 20000, 1, 4, 2, 9)", "1"},
        {"UPDATE application SET state = 4 WHERE id = 4", "4"},
        {"DELETE FROM decision WHERE decision_no = 3", "3"},
        {"UPDATE register_document SET json = replace(json, '2018', '2017') WHERE id = 2", "9"},
        {"UPDATE register_document SET import_seq = import_seq + 1 WHERE id = 2", "9"},
        {"UPDATE register_document SET revision = 2 WHERE constructor_id = 2", "2"},
        {"DELETE FROM register_document WHERE id = 3", "3"},
        {"DELETE FROM constructor WHERE id = 3", "3"},
        {"UPDATE constructor SET document_id = NULL WHERE id = 2", "2"},
        {"UPDATE constructor SET document_id = 1 WHERE id = 2", "2"},
        {"UPDATE constructor SET entry = (SELECT json FROM register_document WHERE id = 2) WHERE id = 2", "2"},
        {"UPDATE constructor SET paper_number = '京111060700006' WHERE id = 2", "2"},
        {"UPDATE application SET version = version + 1 WHERE id = 1", "1"},
        {"UPDATE application SET version = version - 1 WHERE id = 1", "1"},
        {"UPDATE application SET outcome = (outcome + 1) % 3 WHERE id = 4", "4"},
        {"UPDATE application SET outcome_first = outcome_first - 1 WHERE id = 4", "4"},
        {"UPDATE application SET outcome_last = outcome_last - 1 WHERE id = 4", "4"},
        {"UPDATE application SET decide_by = decide_by + 1 WHERE id = 4", "4"},
        {"INSERT INTO serial VALUES(11, 2021, 7)", "11"},
        {"INSERT INTO calendar_year VALUES(2031)", "2031"},
        {"INSERT INTO calendar_day VALUES(20000, 2024, 1)", "2024"},
        {"DROP TRIGGER queue_out", "TRIGGER queue_out"},
        {"DROP INDEX application_name", "INDEX application_name"},
        {"DROP INDEX application_name; CREATE INDEX application_name ON application(name) WHERE id > 3",
         "INDEX application_name"},
        {"CREATE TRIGGER favour AFTER INSERT ON application BEGIN UPDATE application SET outcome = 2; END",
         "trigger favour"},
        {"CREATE TABLE notes(text)", "table notes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct verify_result result;
        struct err err = {0};
        store_close(fixture_decided(DECISIONS, 4));
        tamper(cases[i].sql);
        if (verify(NULL, &result, &err) != STATUS_NEGATIVE)
            fail_msg("not found: %s", cases[i].sql);
        if (strcmp(err.args[0], cases[i].place) != 0)
            fail_msg("%s: %s names %s", cases[i].sql, err.message, err.args[0]);
    }
}

/* Makes every hash of the ledger right again. */
static void chain_anew(void) {
    sqlite3 *db = NULL;
    sqlite3_stmt *read = NULL, *write = NULL;
    unsigned char hash[SM3_BYTES] = {0};
    char hex[SM3_HEX_SIZE];
    struct sm3 *sm3 = sm3_new();
    assert_int_equal(sqlite3_open(FIXTURE_PATH, &db), SQLITE_OK);
    assert_int_equal(sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT seq, json FROM ledger ORDER BY seq", -1, &read, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "UPDATE ledger SET hash = ? WHERE seq = ?", -1, &write, NULL), SQLITE_OK);
    while (sqlite3_step(read) == SQLITE_ROW) {
        assert_true(ledger_chain(sm3, hash, (const char *)sqlite3_column_text(read, 1)));
        sm3_to_hex(hash, hex);
        sqlite3_bind_text(write, 1, hex, -1, SQLITE_STATIC);
        sqlite3_bind_int64(write, 2, sqlite3_column_int64(read, 0));
        assert_int_equal(sqlite3_step(write), SQLITE_DONE);
        sqlite3_reset(write);
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    sqlite3_close(db);
    sm3_free(sm3);
}

/* Event 3 is one that imports. Its columns are what it was found by. */
static void an_event_says_what_it_is_filed_under(void **state) {
    (void)state;
    static const char *const changes[][2] = {
        {"\"event\":", "\"evenx\":"},
        {"\"by\":", "\"bx\":"},
        {"\"day\":", "\"dax\":"},
        {"\"seq\":", "\"sex\":"},
        {"\"day\":\"2021", "\"day\":\"20x1"},
        {"\"day\":\"2021", "\"day\":\"2022"},
        {"\"by\":\"root", "\"by\":\"boot"},
        {"\"event\":\"reviewer", "\"event\":\"reviewed"},
        {"\"seq\":3", "\"seq\":\"3\""},
        {"\"seq\":3", "\"seq\":33"},
        {"{\"at\":", "[{\"at\":"},
    };
    store_close(fixture_decided(DECISIONS, 4));
    tamper("CREATE TABLE kept AS SELECT json FROM ledger WHERE seq = 3");
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct verify_result result;
        struct err err = {0};
        char sql[256];
        snprintf(sql, sizeof sql, "UPDATE ledger SET json = (SELECT replace(json, '%s', '%s') FROM kept) WHERE seq = 3",
                 changes[i][0], changes[i][1]);
        tamper(sql);
        chain_anew();
        if (verify(NULL, &result, &err) != STATUS_NEGATIVE || strcmp(err.args[0], "3") != 0)
            fail_msg("not found: %s (%s %s)", sql, err.message, err.args[0]);
    }
    struct verify_result result;
    struct err err = {0};
    tamper("UPDATE ledger SET json = (SELECT json FROM kept) WHERE seq = 3; DROP TABLE kept");
    chain_anew();
    if (verify(NULL, &result, &err) != STATUS_OK)
        fail_msg("%s %s", err.message, err.args[0]);
}

static void a_cut_tail_shows_against_an_export(void **state) {
    (void)state;
    static const char name[] = "anchor.json";
    struct verify_result result;
    struct export_result exported;
    struct err err = {0};
    store_close(fixture_decided(DECISIONS, 4));
    unlink(name);
    struct store *store = fixture_open_as("root", FIXTURE_DAY);
    struct export_options options = {.path = name};
    assert_int_equal(export_run(store, &options, &exported, &err), STATUS_OK);
    assert_int_equal(exported.count, DECISIONS + 1);
    store_close(store);
    assert_int_equal(verify(name, &result, &err), STATUS_OK);
    assert_true(result.anchored);
    tamper("DELETE FROM decision WHERE decision_no = 5; DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger);"
           "UPDATE application SET state = 1, version = version - 1 WHERE id = 4;"
           "UPDATE constructor SET decision_no = 4,"
           " entry = (SELECT register_after FROM decision WHERE decision_no = 4) WHERE id = 4");
    assert_int_equal(verify(NULL, &result, &err), STATUS_OK); /* consistent: only the export knows better */
    assert_int_equal(verify(name, &result, &err), STATUS_NEGATIVE);
}

static void a_backup_restores_and_never_loses(void **state) {
    (void)state;
    static const char name[] = "copy.backup";
    struct backup_result result;
    struct err err = {0};
    char text[4096];
    store_close(fixture_decided(DECISIONS, 4));
    unlink(name);
    struct store *store = fixture_open_as("root", FIXTURE_DAY);
    assert_int_equal(backup_run(store, name, &result, &err), STATUS_OK);
    assert_int_equal(result.decisions, DECISIONS + 1);
    assert_int_equal(backup_run(store, name, &result, &err), STATUS_CANNOT_CREATE);
    struct restore_options options = {.database = FIXTURE_PATH, .backup = name};
    assert_int_equal(restore_run(&options, &result, &err), STATUS_USAGE);
    options.confirmed = true;
    assert_int_equal(restore_run(&options, &result, &err), STATUS_OK);
    fixture_constructor(text, sizeof text, 90, "2021-12-31");
    struct reviewer person = {"new.one", "新人", ROLE_REVIEWER, true};
    assert_int_equal(people_set(store, &person, &err), STATUS_NO_DATABASE); /* replaced under an open session */
    store_close(store);
    store = fixture_open_as("root", FIXTURE_DAY);
    assert_int_equal(people_set(store, &person, &err), STATUS_OK);
    store_close(store);
    assert_int_equal(restore_run(&options, &result, &err), STATUS_NOT_ALLOWED); /* the ledger there is newer */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(untouched_is_consistent),
        cmocka_unit_test(the_database_itself_forbids_changes),
        cmocka_unit_test(every_tampering_is_found_at_its_place),
        cmocka_unit_test(an_event_says_what_it_is_filed_under),
        cmocka_unit_test(a_cut_tail_shows_against_an_export),
        cmocka_unit_test(a_backup_restores_and_never_loses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
