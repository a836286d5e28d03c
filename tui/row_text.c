#include "tui/row_text.h"

#include <stdio.h>

#include "core/law.h"
#include "tui/message.h"

const struct row_column_info row_columns[ROW_TEXT_COLUMNS] = {
    [ROW_DEADLINE] = {N_("due"), 16, 16},
    [ROW_APPLICATION_NO] = {N_("application"), 17, 17},
    [ROW_NAME] = {N_("name"), 10, 10},
    [ROW_NUMBER] = {N_("registration no."), 19, 19},
    [ROW_KIND] = {N_("kind"), 8, 15},
    [ROW_SPECIALTY] = {N_("specialty"), 17, 17},
    [ROW_SUBMITTED] = {N_("submitted"), 10, 10},
    [ROW_OUTCOME] = {N_("check"), 12, 18},
};

const char *row_outcome_sign(enum outcome outcome) {
    static const char *const signs[OUTCOME_COUNT] = {
        [OUTCOME_BLOCKED] = "x", [OUTCOME_PARTLY] = "~", [OUTCOME_APPROVABLE] = "+"};
    return signs[outcome];
}

/* "2021-11-19  8": the working days left; "!3" is three overdue, "*2" due within LAW_DUE_SOON_WORKDAYS. */
static void deadline_text(const struct queue_row *row, char *out, size_t size) {
    char deadline[DAY_TEXT_SIZE];
    day_format(row->decide_by, deadline);
    char sign = row->overdue ? '!' : row->workdays_left <= LAW_DUE_SOON_WORKDAYS ? '*' : ' ';
    snprintf(out, size, "%s %c%d%s", deadline, sign, row->overdue ? -row->workdays_left : row->workdays_left,
             row->decide_by_provisional ? "?" : "");
}

static void specialty_text(const struct queue_row *row, enum language language, char *out, size_t size) {
    int more = -1;
    for (unsigned mask = row->specialties; mask != 0; mask &= mask - 1)
        more++;
    const char *first = message_word(&document_specialties[row->first_specialty], language);
    if (more > 0)
        snprintf(out, size, "%s+%d", first, more);
    else
        snprintf(out, size, "%s", first);
}

char *row_text(const struct queue_row *row, enum row_column column, enum language language, char *out, size_t size) {
    bool pending = row->state == STATE_PENDING;
    char submitted[DAY_TEXT_SIZE];
    switch (column) {
    case ROW_DEADLINE:
        if (pending)
            deadline_text(row, out, size);
        else
            snprintf(out, size, "-");
        break;
    case ROW_APPLICATION_NO:
        snprintf(out, size, "%s", row->application_no);
        break;
    case ROW_NAME:
        snprintf(out, size, "%s", row->name);
        break;
    case ROW_NUMBER:
        snprintf(out, size, "%s", row->registration_number[0] == '\0' ? "-" : row->registration_number);
        break;
    case ROW_KIND:
        snprintf(out, size, "%s", message_word(&document_kinds[row->kind], language));
        break;
    case ROW_SPECIALTY:
        specialty_text(row, language, out, size);
        break;
    case ROW_SUBMITTED:
        snprintf(out, size, "%s", day_format(row->submitted_on, submitted));
        break;
    default:
        if (pending)
            snprintf(out, size, "%s %s", row_outcome_sign(row->outcome),
                     message_word(&outcome_words[row->outcome], language));
        else
            snprintf(out, size, "%s", message_word(&queue_states[row->state], language));
        break;
    }
    return out;
}

void row_json(struct json *json, const struct queue_row *row) {
    json_object(json, NULL);
    json_text(json, "application_no", row->application_no);
    json_text(json, "state", queue_states[row->state].code);
    json_text(json, "kind", document_kinds[row->kind].code);
    json_text(json, "name", row->name);
    json_text(json, "registration_number", row->registration_number[0] == '\0' ? NULL : row->registration_number);
    json_array(json, "specialties");
    for (int s = 0; s < SPECIALTY_COUNT; s++)
        if ((row->specialties >> s & 1U) != 0)
            json_text(json, NULL, document_specialties[s].code);
    json_array_end(json);
    json_day(json, "submitted_on", row->submitted_on);
    json_day(json, "accepted_on", row->accepted_on);
    json_day(json, "decide_by", row->decide_by);
    json_bool(json, "decide_by_provisional", row->decide_by_provisional);
    json_integer(json, "workdays_left", row->workdays_left);
    json_text(json, "outcome", outcome_words[row->outcome].code);
    json_integer(json, "version", row->version);
    json_object_end(json);
}
