/* What the two files about applications share. */
#ifndef STORE_APPLICATION_INSIDE_H
#define STORE_APPLICATION_INSIDE_H

#include "core/review.h"
#include "store/application.h"

/* The register entries the rules look at for this application, NULL where there is none. */
enum status application_load_register(struct store *store, const struct application *application, struct arena *arena,
                                      struct register_row **by_number, struct register_row **by_person,
                                      struct err *err);

struct review_case application_case_of(const struct store *store, const struct application *application,
                                       const struct register_row *by_number, const struct register_row *by_person,
                                       bool extended, day on);

#endif
