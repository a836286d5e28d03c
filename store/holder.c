#include "store/holder.h"

#include <stdlib.h>
#include <string.h>

#include "store/register.h"

struct whole {
    struct holder holder;
    struct arena arena;
};

static bool is_paper(const char *number) {
    struct registration_number parts;
    return number_registration(number, &parts) == NUMBER_GOOD && parts.form == REGISTRATION_PAPER;
}

enum status holder_read(struct store *store, const char *number, struct holder **out, struct err *err) {
    char normalised[NUMBER_SIZE];
    struct register_row *row = NULL;
    struct whole *whole = calloc(1, sizeof *whole);
    if (whole == NULL)
        return err_no_memory(err);
    number_normalise(number, normalised, sizeof normalised);
    enum status status = register_by_number(store, normalised, &whole->arena, &row, err);
    if (status == STATUS_OK && row == NULL)
        status = err_set(err, STATUS_NEGATIVE, N_("the register has no number %1"), normalised, NULL);
    if (status == STATUS_OK)
        status = register_changed_on(store, row, &whole->holder.changed_on, err);
    if (status != STATUS_OK) {
        holder_free(&whole->holder);
        return status;
    }
    whole->holder.entry = &row->entry;
    whole->holder.paper = is_paper(normalised);
    *out = &whole->holder;
    return STATUS_OK;
}

void holder_free(struct holder *holder) {
    if (holder == NULL)
        return;
    struct whole *whole = (struct whole *)holder;
    arena_free(&whole->arena);
    free(whole);
}
