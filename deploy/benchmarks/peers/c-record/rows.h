// The commands of the product's load (BenchCommands in Sources/record-bench), value for value.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PAYLOAD_BYTES = 240, ANSWER_BYTES = 48, HASH_BYTES = 32, VERSION_MAX = 4 };

#define REQUESTER "91310104D5L3DGRG16"
#define ACTOR "91310104D5L3DGRG16/desk-1"
#define EDITION "trial-2018"
#define TYPE "forerunner.bench.v1.ThingChanged"

struct command {
    char stream[32], request_id[32];
    int64_t version, moment;
    uint8_t payload[PAYLOAD_BYTES], answer[ANSWER_BYTES], digest[HASH_BYTES];
};

static inline uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// splitmix64
static inline uint64_t scattered(uint64_t number) {
    uint64_t mixed = number + 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return mixed ^ mixed >> 31;
}

static inline void fill(uint8_t *bytes, size_t count, uint64_t number) {
    for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)(number >> (8 * (i & 7)));
}

static inline void command_make(struct command *command, uint64_t caller, uint64_t number) {
    uint64_t request = scattered(caller << 40 | number);
    uint64_t thing = scattered(caller << 40 | number / VERSION_MAX);
    snprintf(command->stream, sizeof command->stream, "thing/%016llx", (unsigned long long)thing);
    snprintf(command->request_id, sizeof command->request_id, "REQUEST-%016llx", (unsigned long long)request);
    command->version = (int64_t)(number % VERSION_MAX) + 1;
    command->moment = 1764000000000000 + (int64_t)number;
    fill(command->payload, PAYLOAD_BYTES, request);
    fill(command->answer, ANSWER_BYTES, request);
    fill(command->digest, HASH_BYTES, request);
}
