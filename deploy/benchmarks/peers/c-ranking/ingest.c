// The limit of the import: parse, convert, one prepared INSERT a record, into SQLite with the indexes that a register
// needs. No value is checked. usage: ingest csv|ndjson FILE STORE
#define _GNU_SOURCE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FIELDS = 12, TEXTS = 7 };
typedef struct { const char *start; int count; } Text;
static Text field[FIELDS];
static char unquoted[FIELDS][4096];
static const char *name[FIELDS] = {"企业名称", "统一社会信用代码", "标准编号", "标准名称", "类别", "型号",
                                   "公开日期", "光效", "功率", "寿命", "显色指数", "功率因数"};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}
// A decimal as an integer in hundredths.
static int64_t hundredths(Text text) {
  int64_t value = 0;
  int digits = -1;
  for (int i = 0; i < text.count && digits < 2; i++) {
    if (text.start[i] == '.') digits = 0;
    else {
      value = value * 10 + (text.start[i] - '0');
      if (digits >= 0) digits++;
    }
  }
  for (digits = digits < 0 ? 0 : digits; digits < 2; digits++) value *= 10;
  return value;
}
static const char *csv(const char *p, const char *end) {
  for (int f = 0; f < FIELDS; f++, p++) {
    if (p < end && *p == '"') {
      char *out = unquoted[f];
      for (p++; p < end; p++) {
        if (*p == '"' && (p + 1 >= end || *++p != '"')) break;
        *out++ = *p;
      }
      field[f] = (Text){unquoted[f], out - unquoted[f]};
    } else {
      const char *start = p;
      while (p < end && *p != ',' && *p != '\n') p++;
      field[f] = (Text){start, p - start};
    }
  }
  return p;
}
static const char *ndjson(const char *p, const char *end) {
  for (int next = 0; p < end && *p != '\n';) {
    while (*p != '"') p++;
    const char *key = ++p;
    while (*p != '"') p++;
    int found = -1;
    for (int i = 0; i < FIELDS && found < 0; i++) {
      int f = (next + i) % FIELDS;
      if (!strncmp(name[f], key, p - key) && !name[f][p - key]) found = f;
    }
    if (found < 0) exit(3);
    next = found + 1;
    p += 3;
    const char *start = p;
    while (*p != '"') p += *p == '\\' ? 2 : 1;
    field[found] = (Text){start, p - start};
    p += 2;
  }
  return p + 1;
}
static sqlite3 *store;
static void run(const char *sql) {
  if (sqlite3_exec(store, sql, 0, 0, 0)) fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(store)), exit(1);
}
int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int isJSON = !strcmp(argv[1], "ndjson");
  double start = now();
  int file = open(argv[2], O_RDONLY);
  struct stat st;
  if (file < 0 || fstat(file, &st)) return 1;
  const char *p = mmap(0, st.st_size + 1, PROT_READ, MAP_PRIVATE, file, 0), *end = p + st.st_size;
  if (!isJSON) p = (const char *)memchr(p, '\n', end - p) + 1;
  sqlite3_open(argv[3], &store);
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;");
  run("CREATE TABLE standards (id INTEGER PRIMARY KEY, enterprise TEXT, code TEXT, number TEXT, name TEXT, category TEXT, model TEXT,"
      " declared TEXT, v1 INTEGER, v2 INTEGER, v3 INTEGER, v4 INTEGER, v5 INTEGER);"
      "CREATE INDEX by_number ON standards (code, number); CREATE INDEX by_category ON standards (category); BEGIN IMMEDIATE;");
  sqlite3_stmt *insert;
  sqlite3_prepare_v3(store, "INSERT INTO standards VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?)", -1, SQLITE_PREPARE_PERSISTENT, &insert, 0);
  long rows = 0;
  while (p < end) {
    p = isJSON ? ndjson(p, end) : csv(p, end);
    for (int f = 0; f < TEXTS; f++) sqlite3_bind_text(insert, f + 1, field[f].start, field[f].count, SQLITE_STATIC);
    for (int f = TEXTS; f < FIELDS; f++) sqlite3_bind_int64(insert, f + 1, hundredths(field[f]));
    if (sqlite3_step(insert) != SQLITE_DONE) return 1;
    sqlite3_reset(insert);
    rows++;
  }
  sqlite3_finalize(insert);
  run("COMMIT");
  sqlite3_close(store);
  double seconds = now() - start;
  struct rusage ru;
  getrusage(RUSAGE_SELF, &ru);
  stat(argv[3], &st);
  printf("{\"rows_s\": %.0f, \"rows\": %ld, \"rss_mib\": %ld, \"bytes_row\": %.0f}\n", rows / seconds, rows, ru.ru_maxrss / 1024,
         (double)st.st_size / rows);
  return 0;
}
