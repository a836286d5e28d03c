/* Power fails at any moment of a working day: what was told is there, nothing is there in part, and the next start
 * needs nothing (SPEC 14.1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/announce.h"
#include "store/inside.h"
#include "store/ledger.h"
#include "store/verify.h"
#include "tests/fault/disk.h"
#include "tests/store/fixture.h"

enum { STEPS_MAX = 64, CRASHES = 10000, PERSONS = 12, SEEN = 1 << 16 };

/* What the database held when a step had been told: all tables, as one number. */
static uint64_t told[STEPS_MAX];
static size_t steps;

static uint64_t mix(uint64_t digest, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3;
    return digest ^ size;
}

static uint64_t digest_table(sqlite3 *db, const char *name, uint64_t digest) {
    char sql[256];
    sqlite3_stmt *s;
    snprintf(sql, sizeof sql, "SELECT * FROM %s", name);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(s); i++)
            digest = mix(digest, sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i));
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    return digest;
}

/* 0 where not every table can be read. */
static uint64_t digest_all(struct store *store) {
    static const char *const tables[] = {
        "meta",         "reviewer",    "calendar_day", "calendar_year", "constructor", "register_document",
        "document",     "application", "queue_day",    "queue_tally",   "ledger",      "decision",
        "announcement", "serial",      "sqlite_master"};
    uint64_t digest = 0xCBF29CE484222325;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        digest = digest_table(db_handle(store->db), tables[i], digest);
    return digest;
}

static void tell(struct store *store, enum status status, const struct err *err) {
    if (status != STATUS_OK)
        fail_msg("step %zu: %s (%s)", steps, err->message, err->args[0]);
    disk_told();
    assert_true(steps < STEPS_MAX);
    told[steps++] = digest_all(store);
}

static void act(struct store *store, act_function *function, int number, const char *words, int64_t decision_no) {
    char no[32];
    struct act_request request = {.application_no = fixture_application_no(no, sizeof no, number),
                                  .text = words,
                                  .ground = "许可法第六十九条",
                                  .decision_no = decision_no};
    struct act_result result;
    struct err err = {0};
    tell(store, function(store, &request, &result, &err), &err);
}

static void import_some(struct store *store, int from, int to) {
    static char text[1 << 16];
    size_t used = 0;
    struct err err = {0};
    for (int i = from; i < to; i++) {
        fixture_constructor(text + used, sizeof text - used, i, "2021-12-31");
        used += strlen(text + used);
        fixture_application(text + used, sizeof text - used, i, "continuation", "2021-11-03", 60);
        used += strlen(text + used);
    }
    fixture_import(store, text);
    tell(store, STATUS_OK, &err);
}

static void bulk(struct store *store, int from, int to) {
    char numbers[PERSONS][32];
    struct act_item items[PERSONS];
    struct err err = {0};
    bool go_on = true;
    for (int i = from; i < to; i++)
        items[i - from] =
            (struct act_item){.application_no = fixture_application_no(numbers[i - from], sizeof numbers[0], i)};
    size_t count = (size_t)(to - from), done = 0;
    while (done < count) { /* where it took more than one transaction, each is a step */
        done += act_many(store, &(struct act_many){.act = act_approve}, items + done, count - done, &go_on);
        tell(store, go_on ? STATUS_OK : STATUS_IO, &err);
    }
}

/* A day's work. The WAL is folded back in between, and the database closed and opened again. */
static void work(void) {
    struct err err = {0};
    struct announcement announcement;
    struct store *store = fixture_open_as("root", FIXTURE_DAY);
    told[steps++] = digest_all(store);
    import_some(store, 0, 4);
    act(store, act_approve, 0, NULL, 0);
    act(store, act_refuse, 1, "材料虚假", 0);
    act(store, act_revoke, 0, "材料虚假", 1);
    store_checkpoint(store);
    act(store, act_approve, 0, NULL, 0);
    import_some(store, 4, PERSONS);
    act(store, act_return, 2, "劳动合同缺第3页", 0);
    act(store, act_extend, 3, "需核实", 0);
    store_close(store);
    store = fixture_open_as("root", FIXTURE_DAY);
    bulk(store, 4, 9);
    store_checkpoint(store);
    bulk(store, 9, PERSONS);
    tell(store, announce_close(store, &announcement, &err), &err);
    act(store, act_withdraw, 3, "申请人来函撤回", 0);
    act(store, act_revoke, 5, "材料虚假", 5);
    store_close(store);
}

static uint64_t images[SEEN];
static size_t distinct;

static bool seen_before(uint64_t digest) {
    size_t slot = digest % SEEN;
    while (images[slot] != 0 && images[slot] != digest)
        slot = (slot + 1) % SEEN;
    bool seen = images[slot] == digest;
    images[slot] = digest;
    distinct += seen ? 0 : 1;
    return seen;
}

static void clear(const char *folder) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-gate", "-seats"};
    char name[256];
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        snprintf(name, sizeof name, "%s/" FIXTURE_PATH "%s", folder, suffixes[i]);
        unlink(name);
    }
}

static bool is_whole(struct store *store) {
    static const char sql[] = "PRAGMA integrity_check(1)";
    struct err err = {0};
    bool row = false;
    sqlite3_stmt *s = db_statement(store->db, sql, &err);
    bool whole =
        s != NULL && db_step(store->db, s, &row, &err) == STATUS_OK && row && strcmp(db_column_text(s, 0), "ok") == 0;
    db_done(s);
    return whole;
}

/* Opens what is left as the next start does. */
static void look(const char *folder, const struct disk_state *state, uint64_t seed, bool thorough) {
    char path[256];
    struct store *store = NULL;
    struct err err = {0};
    struct verify_options options = {0};
    struct verify_result result;
    snprintf(path, sizeof path, "%s/" FIXTURE_PATH, folder);
    day today = DAY_NONE;
    assert_true(day_parse(FIXTURE_DAY, &today));
    if (store_open(&(struct store_options){.path = path, .login = "root", .today = today}, &store, &err) != STATUS_OK)
        fail_msg("point %zu, seed %llu: %s (%s)", state->point, (unsigned long long)seed, err.message, err.args[0]);
    uint64_t found = digest_all(store);
    bool next = state->told + 1 < steps && found == told[state->told + 1];
    if ((found != told[state->told] && !next) || !is_whole(store))
        fail_msg("point %zu, seed %llu: neither what was told (step %zu) nor the next step is there", state->point,
                 (unsigned long long)seed, state->told);
    if (thorough && verify_run(store, &options, &result, &err) != STATUS_OK)
        fail_msg("point %zu, seed %llu: verify: %s (%s)", state->point, (unsigned long long)seed, err.message,
                 err.args[0]);
    store_close(store);
}

static void wherever_power_fails(void **data) {
    static const char folder[] = "left";
    (void)data;
    struct store *store = fixture_open();
    store_checkpoint(store);
    store_close(store);
    disk_start();
    work();
    disk_stop();
    assert_int_equal(mkdir(folder, 0700), 0);
    const char *wanted = getenv("CRASHES");
    size_t each = (wanted == NULL ? CRASHES : strtoul(wanted, NULL, 10)) / disk_points() + 1, crashes = 0;
    struct disk_state state = {0};
    while (disk_next(&state))
        for (uint64_t i = 0; i < each; i++, crashes++) {
            uint64_t seed = state.point * each + i;
            clear(folder);
            size_t before = distinct;
            disk_lay_out(folder, seed, seen_before);
            if (distinct > before)
                look(folder, &state, seed, crashes % 64 == 0);
        }
    print_message("# %zu crashes at %zu points, %zu different remains\n", crashes, disk_points(), distinct);
    assert_true(distinct > crashes / 4);
    disk_free();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(wherever_power_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
