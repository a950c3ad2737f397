// The limit of the record: the rows of one command after another into a store, by SQLite's C interface alone.
//
//   record STORE GROUP SECONDS [all]
//
// The store is an empty one that `record-bench create` made: the same tables, indexes and triggers. A group of so many
// commands is one durable transaction; each command has its events row, its requests row and its row of a projection.
// Values that the product computes (chain, seal) are written as zeros. With "all" it also does what the product does
// besides: looks up the request, the stream and the head, opens a savepoint a command, and hashes chain and seal.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "store.h"

enum { LATENCY_MAX = 1 << 24 };

static int compare(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void report(uint32_t *latency_ns, size_t count, double seconds) {
    qsort(latency_ns, count, sizeof *latency_ns, compare);
    printf("{\"rps\": %.1f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"total\": %zu}\n", (double)count / seconds,
           latency_ns[count / 2] / 1e3, latency_ns[count * 99 / 100] / 1e3, count);
}

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: record STORE GROUP SECONDS [all]\n");
        return 2;
    }
    int group = atoi(arguments[2]);
    struct store *store = store_open(arguments[1], count > 4 && strcmp(arguments[4], "all") == 0);
    uint32_t *latency_ns = malloc(LATENCY_MAX * sizeof *latency_ns);
    size_t done = 0;
    uint64_t begin = now_ns(), end = begin + (uint64_t)(atof(arguments[3]) * 1e9), sent = begin;
    // As many callers as a group has commands, like the product's load.
    for (uint64_t number = 0; sent < end && done + group <= LATENCY_MAX; number++) {
        store_begin(store);
        for (int caller = 0; caller < group; caller++) {
            struct command command;
            command_make(&command, caller, number);
            store_record(store, &command);
        }
        store_commit(store);
        uint64_t told = now_ns();
        for (int caller = 0; caller < group; caller++) latency_ns[done++] = (uint32_t)(told - sent);
        sent = told;
    }
    report(latency_ns, done, (double)(now_ns() - begin) / 1e9);
    store_close(store);
    return 0;
}
