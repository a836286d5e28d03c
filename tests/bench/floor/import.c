#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/floor/floor.h"

static const char *text_of(const cJSON *tree, const char *member) {
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(tree, member);
    return cJSON_IsString(node) ? node->valuestring : NULL;
}

/* Hands each line's tree on; false where a line is none. */
static bool each_document(const char *path, void (*take)(void *data, const cJSON *tree, const char *line), void *data) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    bool good = file != NULL;
    while (good && getline(&line, &size, file) > 0) {
        cJSON *tree = cJSON_Parse(line);
        good = tree != NULL;
        if (good)
            take(data, tree, line);
        cJSON_Delete(tree);
    }
    free(line);
    if (file != NULL)
        fclose(file);
    return good;
}

static void insert(void *data, const cJSON *tree, const char *line) {
    sqlite3_stmt *statement = data;
    const cJSON *person = cJSON_GetObjectItemCaseSensitive(tree, "applicant");
    sqlite3_bind_text(statement, 1, text_of(tree, "application_no"), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, text_of(tree, "registration_number"), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, text_of(person == NULL ? tree : person, "name"), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, line, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE)
        exit(1);
    sqlite3_reset(statement);
}

int floor_import(char **words) {
    sqlite3 *db = floor_open(words[1]);
    floor_run(db, "CREATE TABLE document(id INTEGER PRIMARY KEY, no TEXT, number TEXT, name TEXT, json TEXT);"
                  "CREATE INDEX by_no ON document(no); CREATE INDEX by_number ON document(number);"
                  "CREATE INDEX by_name ON document(name); BEGIN IMMEDIATE");
    sqlite3_stmt *statement = floor_prepare(db, "INSERT INTO document(no, number, name, json) VALUES(?1, ?2, ?3, ?4)");
    bool good = each_document(words[0], insert, statement);
    sqlite3_finalize(statement);
    floor_run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    return sqlite3_close(db) == SQLITE_OK && good ? 0 : 1;
}

static void pass_over(void *data, const cJSON *tree, const char *line) {
    (void)data, (void)tree, (void)line;
}

int floor_parse(char **words) {
    return each_document(words[0], pass_over, NULL) ? 0 : 1;
}
