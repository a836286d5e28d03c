#include "tests/store/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/act.h"
#include "store/import.h"
#include "store/people.h"

static const char credit_code[] = "91110105101163896D";

static day to_day(const char *text) {
    day d = DAY_NONE;
    assert_true(day_parse(text, &d));
    return d;
}

static void must(enum status status, const struct err *err) {
    if (status != STATUS_OK)
        fail_msg("%s (%s, %s)", err->message, err->args[0], err->args[1]);
}

struct store *fixture_open_as(const char *login, const char *today) {
    struct store *store = NULL;
    struct err err = {0};
    struct store_options options = {.path = FIXTURE_PATH, .login = login, .today = to_day(today)};
    must(store_open(&options, &store, &err), &err);
    return store;
}

struct store *fixture_open(void) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-gate"};
    struct err err = {0};
    for (size_t i = 0; i < 4; i++) {
        char name[64];
        snprintf(name, sizeof name, FIXTURE_PATH "%s", suffixes[i]);
        unlink(name);
    }
    struct store_init_options options = {.path = FIXTURE_PATH,
                                         .training = true,
                                         .supervisor_login = "root",
                                         .supervisor_name = "张伟",
                                         .today = to_day(FIXTURE_DAY)};
    must(store_init(&options, &err), &err);
    struct store *store = fixture_open_as("root", FIXTURE_DAY);
    static const struct reviewer people[] = {{"li.hua", "李华", ROLE_REVIEWER, true},
                                             {"zhang.wei", "张薇", ROLE_REVIEWER, true},
                                             {"wu.min", "吴敏", ROLE_AUDITOR, true}};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        must(people_set(store, &people[i], &err), &err);
    return store;
}

void fixture_import(struct store *store, const char *ndjson) {
    static const char name[] = "fixture.ndjson";
    struct import_options options = {.path = name};
    struct import_result result;
    struct err err = {0};
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(ndjson, file);
    fclose(file);
    must(import_run(store, &options, &result, &err), &err);
}

char *fixture_id(char *out, size_t size, int number) {
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    snprintf(out, size, "11010519%02d0%d%02d%03d", 70 + number / 9000, 1 + number % 9, 1 + number / 9 % 28,
             number % 1000);
    for (int i = 0; i < 17; i++)
        sum += (out[i] - '0') * weights[i];
    snprintf(out + 17, size - 17, "%c", "10X98765432"[sum % 11]);
    return out;
}

char *fixture_number(char *out, size_t size, int number) {
    snprintf(out, size, "京11120062018%05d", number);
    return out;
}

char *fixture_application_no(char *out, size_t size, int number) {
    snprintf(out, size, "A%06d", number);
    return out;
}

char *fixture_constructor(char *out, size_t size, int number, const char *valid_to) {
    char id[32], registration[64];
    snprintf(out, size,
             "{\"type\":\"constructor\",\"name\":\"王%04d\",\"id\":{\"type\":\"resident\",\"number\":\"%s\"},"
             "\"employer\":{\"name\":\"中建\",\"credit_code\":\"%s\"},\"registration\":{\"number\":\"%s\"},"
             "\"specialties\":[{\"specialty\":\"建筑工程\",\"valid_from\":\"2018-11-30\",\"valid_to\":\"%s\"}]}\n",
             number, fixture_id(id, sizeof id, number), credit_code,
             fixture_number(registration, sizeof registration, number), valid_to);
    return out;
}

char *fixture_application(char *out, size_t size, int number, const char *kind, const char *submitted_on, int hours) {
    char id[32], registration[64], no[32], stated[128] = "";
    const char *specialty = strcmp(kind, "added_specialty") == 0 ? "公路工程" : "建筑工程";
    if (strcmp(kind, "initial") != 0)
        snprintf(stated, sizeof stated, "\"registration_number\":\"%s\",",
                 fixture_number(registration, sizeof registration, number));
    snprintf(out, size,
             "{\"type\":\"application\",\"application_no\":\"%s\",\"kind\":\"%s\",\"submitted_on\":\"%s\","
             "\"applicant\":{\"name\":\"王%04d\",\"id\":{\"type\":\"resident\",\"number\":\"%s\"}},"
             "\"employer\":{\"name\":\"中建\",\"credit_code\":\"%s\"},%s"
             "\"specialties\":[{\"specialty\":\"%s\",\"qualification\":{\"certificate_no\":\"Z1\","
             "\"issued_on\":\"2020-05-01\"},\"education\":{\"compulsory_hours\":60,\"elective_hours\":%d}}],"
             "\"pledge\":{\"signed\":true,\"signed_on\":\"%s\",\"signer\":\"王%04d\"}}\n",
             fixture_application_no(no, sizeof no, number), kind, submitted_on, number,
             fixture_id(id, sizeof id, number), credit_code, stated, specialty, hours, submitted_on, number);
    return out;
}

struct store *fixture_decided(int count, int revoked) {
    struct store *store = fixture_open();
    struct act_result result;
    struct err err = {0};
    char text[4096], no[32];
    for (int i = 1; i <= count; i++) {
        fixture_import(store, fixture_constructor(text, sizeof text, i, "2021-12-31"));
        fixture_import(store, fixture_application(text, sizeof text, i, "continuation", "2021-11-03", i == 2 ? 9 : 60));
        struct act_request request = {.application_no = fixture_application_no(no, sizeof no, i)};
        assert_int_equal((i == 2 ? act_refuse : act_approve)(store, &request, &result, &err), STATUS_OK);
    }
    struct act_request revoke = {.decision_no = revoked, .text = "材料虚假", .ground = "许可法第六十九条"};
    assert_int_equal(act_revoke(store, &revoke, &result, &err), STATUS_OK);
    return store;
}
