// A store of the product, written without the product.
#pragma once
#include <stdbool.h>

#include "rows.h"

struct store;

// `does_all`: look-ups, savepoints and hashes as well.
struct store *store_open(const char *path, bool does_all);
void store_begin(struct store *store);
void store_record(struct store *store, const struct command *command);
void store_commit(struct store *store);
void store_close(struct store *store);
