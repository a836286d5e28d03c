#include "store/calendar.h"

#include "store/inside.h"

/* A number that every change of what is loaded changes; the tables hold a few hundred days at the most. */
static enum status read_stamp(struct store *store, int64_t *stamp, struct err *err) {
    static const char sql[] = "SELECT coalesce(sum((day % 65521) * (day % 65521) * (2 * notice + off)), 0)"
                              " + 7919 * (SELECT coalesce(sum(year), 0) FROM calendar_year) FROM calendar_day";
    sqlite3_stmt *statement = db_statement(store->db, sql, err);
    return statement == NULL ? err->status : db_integer(store->db, statement, 0, stamp, err);
}

enum status calendar_refresh(struct store *store, struct err *err) {
    int64_t stamp = 0;
    enum status status = read_stamp(store, &stamp, err);
    return status == STATUS_OK && stamp != store->calendar_stamp ? calendar_read(store, err) : status;
}

enum status calendar_read(struct store *store, struct err *err) {
    static const char days_sql[] = "SELECT day, off FROM calendar_day ORDER BY day, notice",
                      years_sql[] = "SELECT year FROM calendar_year";
    workday_init(&store->calendar);
    bool row;
    sqlite3_stmt *years = db_statement(store->db, years_sql, err);
    if (years == NULL)
        return err->status;
    enum status status;
    while ((status = db_step(store->db, years, &row, err)) == STATUS_OK && row) {
        workday_clear(&store->calendar, sqlite3_column_int(years, 0)); /* of what is built in: it was corrected */
        workday_cover(&store->calendar, sqlite3_column_int(years, 0));
    }
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *days = db_statement(store->db, days_sql, err);
    if (days == NULL)
        return err->status;
    while ((status = db_step(store->db, days, &row, err)) == STATUS_OK && row)
        workday_mark(&store->calendar, db_column_day(days, 0), sqlite3_column_int(days, 1) != 0);
    return status == STATUS_OK ? read_stamp(store, &store->calendar_stamp, err) : status;
}
