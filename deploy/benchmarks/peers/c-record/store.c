#include "store.h"

#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdlib.h>

enum statement { BEGIN, COMMIT, SAVEPOINT, RELEASE, HEAD, REQUEST, VERSION, EVENT, REMEMBER, PROJECT, STATEMENT_COUNT };

static const char *const text[STATEMENT_COUNT] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [SAVEPOINT] = "SAVEPOINT command",
    [RELEASE] = "RELEASE command",
    [HEAD] = "SELECT position, chain FROM events ORDER BY position DESC LIMIT 1",
    [REQUEST] = "SELECT digest, answer FROM requests WHERE requester = ? AND request_id = ?",
    [VERSION] = "SELECT max(version) FROM events WHERE stream = ?",
    [EVENT] = "INSERT INTO events (position, stream, version, type, moment_utc_us, actor, request_id, rule_edition, payload,"
              " chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [REMEMBER] = "INSERT INTO requests (requester, request_id, digest, answer, event_count, last_position, cursor_source,"
                 " cursor_position, seal) VALUES (?, ?, ?, ?, 1, ?, '', 0, ?)",
    [PROJECT] = "INSERT INTO things (stream, version, position, moment_utc_us, payload) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (stream) DO UPDATE SET version = excluded.version, position = excluded.position,"
                " moment_utc_us = excluded.moment_utc_us, payload = excluded.payload",
};

// As the product sets them on the connection that writes; see StoreFile.swift.
static const char pragmas[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON;"
    "PRAGMA secure_delete = ON; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4096;"
    "PRAGMA journal_size_limit = 67108864";

struct store {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    bool does_all;
    int64_t position;
    uint8_t chain[HASH_BYTES];
    EVP_MD_CTX *hash;
};

static _Noreturn void fail(struct store *store, const char *what) {
    fprintf(stderr, "record: %s: %s\n", what, sqlite3_errmsg(store->database));
    exit(1);
}

struct store *store_open(const char *path, bool does_all) {
    struct store *store = calloc(1, sizeof *store);
    store->does_all = does_all;
    store->hash = EVP_MD_CTX_new();
    if (sqlite3_open_v2(path, &store->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_exec(store->database, pragmas, NULL, NULL, NULL))
        fail(store, path);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (sqlite3_prepare_v3(store->database, text[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL))
            fail(store, text[i]);
    return store;
}

// ---- statements

static int step(struct store *store, enum statement which) {
    int code = sqlite3_step(store->statements[which]);
    if (code != SQLITE_DONE && code != SQLITE_ROW) fail(store, text[which]);
    return code;
}

static void run(struct store *store, enum statement which) {
    step(store, which);
    sqlite3_reset(store->statements[which]);
}

static void put_text(sqlite3_stmt *statement, int place, const char *value) {
    sqlite3_bind_text(statement, place, value, -1, SQLITE_STATIC);
}

static void put_bytes(sqlite3_stmt *statement, int place, const uint8_t *value, int count) {
    sqlite3_bind_blob(statement, place, value, count, SQLITE_STATIC);
}

// ---- what the product does besides

static void hash_number(EVP_MD_CTX *hash, int64_t number) {
    uint64_t ordered = __builtin_bswap64((uint64_t)number);
    EVP_DigestUpdate(hash, &ordered, sizeof ordered);
}

static void hash_bytes(EVP_MD_CTX *hash, const void *bytes, size_t count) {
    hash_number(hash, (int64_t)count);
    EVP_DigestUpdate(hash, bytes, count);
}

static void hash_text(EVP_MD_CTX *hash, const char *value) { hash_bytes(hash, value, strlen(value)); }

static void advance_chain(struct store *store, const struct command *command) {
    EVP_DigestInit_ex(store->hash, EVP_sha256(), NULL);
    EVP_DigestUpdate(store->hash, store->chain, HASH_BYTES);
    hash_number(store->hash, store->position);
    hash_text(store->hash, command->stream);
    hash_number(store->hash, command->version);
    hash_text(store->hash, TYPE);
    hash_number(store->hash, command->moment);
    hash_text(store->hash, ACTOR);
    hash_text(store->hash, command->request_id);
    hash_text(store->hash, EDITION);
    hash_bytes(store->hash, command->payload, PAYLOAD_BYTES);
    EVP_DigestFinal_ex(store->hash, store->chain, NULL);
}

static void make_seal(struct store *store, const struct command *command, uint8_t *seal) {
    EVP_DigestInit_ex(store->hash, EVP_sha256(), NULL);
    hash_text(store->hash, REQUESTER);
    hash_text(store->hash, command->request_id);
    hash_bytes(store->hash, command->digest, HASH_BYTES);
    hash_bytes(store->hash, command->answer, ANSWER_BYTES);
    hash_number(store->hash, 1);
    hash_number(store->hash, store->position);
    hash_text(store->hash, "");
    hash_number(store->hash, 0);
    EVP_DigestFinal_ex(store->hash, seal, NULL);
}

static void look_up(struct store *store, const struct command *command) {
    sqlite3_stmt *request = store->statements[REQUEST], *version = store->statements[VERSION];
    put_text(request, 1, REQUESTER);
    put_text(request, 2, command->request_id);
    if (step(store, REQUEST) == SQLITE_ROW) fail(store, "the request was recorded before");
    sqlite3_reset(request);
    put_text(version, 1, command->stream);
    // Once for the version that was expected, once for the event's own.
    for (int i = 0; i < 2; i++) {
        step(store, VERSION);
        if (sqlite3_column_int64(version, 0) != command->version - 1) fail(store, "the stream has another version");
        sqlite3_reset(version);
    }
}

// ---- the rows

static void insert_event(struct store *store, const struct command *command) {
    sqlite3_stmt *event = store->statements[EVENT];
    sqlite3_bind_int64(event, 1, store->position);
    put_text(event, 2, command->stream);
    sqlite3_bind_int64(event, 3, command->version);
    put_text(event, 4, TYPE);
    sqlite3_bind_int64(event, 5, command->moment);
    put_text(event, 6, ACTOR);
    put_text(event, 7, command->request_id);
    put_text(event, 8, EDITION);
    put_bytes(event, 9, command->payload, PAYLOAD_BYTES);
    put_bytes(event, 10, store->chain, HASH_BYTES);
    run(store, EVENT);
}

static void project(struct store *store, const struct command *command) {
    sqlite3_stmt *thing = store->statements[PROJECT];
    put_text(thing, 1, command->stream);
    sqlite3_bind_int64(thing, 2, command->version);
    sqlite3_bind_int64(thing, 3, store->position);
    sqlite3_bind_int64(thing, 4, command->moment);
    put_bytes(thing, 5, command->payload, PAYLOAD_BYTES);
    run(store, PROJECT);
}

static void remember(struct store *store, const struct command *command) {
    uint8_t seal[HASH_BYTES] = {0};
    if (store->does_all) make_seal(store, command, seal);
    sqlite3_stmt *request = store->statements[REMEMBER];
    put_text(request, 1, REQUESTER);
    put_text(request, 2, command->request_id);
    put_bytes(request, 3, command->digest, HASH_BYTES);
    put_bytes(request, 4, command->answer, ANSWER_BYTES);
    sqlite3_bind_int64(request, 5, store->position);
    put_bytes(request, 6, seal, HASH_BYTES);
    run(store, REMEMBER);
}

void store_begin(struct store *store) {
    run(store, BEGIN);
    if (!store->does_all) return;
    if (step(store, HEAD) == SQLITE_ROW) store->position = sqlite3_column_int64(store->statements[HEAD], 0);
    sqlite3_reset(store->statements[HEAD]);
}

void store_record(struct store *store, const struct command *command) {
    if (store->does_all) {
        run(store, SAVEPOINT);
        look_up(store, command);
    }
    store->position++;
    if (store->does_all) advance_chain(store, command);
    insert_event(store, command);
    project(store, command);
    remember(store, command);
    if (store->does_all) run(store, RELEASE);
}

void store_commit(struct store *store) { run(store, COMMIT); }

void store_close(struct store *store) {
    for (int i = 0; i < STATEMENT_COUNT; i++) sqlite3_finalize(store->statements[i]);
    sqlite3_close(store->database);
    EVP_MD_CTX_free(store->hash);
    free(store);
}
