// The limit of the ranking: how many levels each value reaches, their weighted sum, competition ranks within each
// category and its ten best. usage: ranking FOLDER THREADS REPEATS; FOLDER as generate.py writes it.
//
// Rows are sorted by category, so that each thread takes categories: their scores stay in its cache until they are
// ranked, by counting.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { INDICATORS = 20, CATEGORIES = 1000, TOP = 10, BLOCK = 2048, SCORES = 4096, LIMITS = 5 };
static int64_t *column[INDICATORS], *limit, *weight;
static int32_t *category, *ranks;
static long start[CATEGORIES + 1], rows;
static int threads;
static atomic_int next_category;
static _Atomic int64_t rank_sum, top_sum, score_sum;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
static void *load(const char *folder, const char *name, size_t *size) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int fd = open(path, O_RDONLY);
  struct stat st;
  if (fd < 0 || fstat(fd, &st)) exit(1);
  char *bytes = aligned_alloc(64, (st.st_size + 63) / 64 * 64);
  for (long done = 0, r; done < st.st_size; done += r)
    if ((r = read(fd, bytes + done, st.st_size - done)) <= 0) exit(1);
  close(fd);
  if (size) *size = st.st_size;
  return bytes;
}
static void score(long from, long to, int c, int32_t *out) {
  memset(out, 0, (to - from) * 4);
  for (long b = from; b < to; b += BLOCK) {
    long n = to - b < BLOCK ? to - b : BLOCK;
    int32_t *restrict acc = out + (b - from);
    for (int j = 0; j < INDICATORS; j++) {
      const int64_t *restrict v = column[j] + b, *l = limit + (c * INDICATORS + j) * LIMITS;
      const int64_t t1 = l[1], t2 = l[2], t3 = l[3];
      const int32_t w1 = weight[j * 3], w2 = weight[j * 3 + 1], w3 = weight[j * 3 + 2];
      for (long i = 0; i < n; i++) acc[i] += (v[i] >= t1 ? w1 : 0) + (v[i] >= t2 ? w2 : 0) + (v[i] >= t3 ? w3 : 0);
    }
  }
}
static void *work(void *unused) {
  (void)unused;
  int32_t *scores = malloc(rows * 4 / CATEGORIES * 20 + (1 << 20)), *count = malloc(SCORES * 4);
  int64_t rank_part = 0, top_part = 0, score_part = 0;
  for (int c; (c = atomic_fetch_add(&next_category, 1)) < CATEGORIES;) {
    long from = start[c], n = start[c + 1] - from;
    score(from, from + n, c, scores);
    memset(count, 0, SCORES * 4);
    for (long i = 0; i < n; i++) count[scores[i]]++;
    int32_t before = 1;
    for (int s = SCORES - 1; s >= 0; s--) {
      int32_t here = count[s];
      count[s] = before;
      before += here;
    }
    // Rows of the ten best ranks, ten of each: among them are the ten best rows, ties by row.
    long best[TOP + 1][TOP];
    int found[TOP + 1] = {0};
    for (long i = 0; i < n; i++) {
      int32_t rank = count[scores[i]];
      ranks[from + i] = rank;
      rank_part += rank;
      score_part += scores[i];
      if (rank <= TOP && found[rank] < TOP) best[rank][found[rank]++] = from + i;
    }
    for (int rank = 1, taken = 0; rank <= TOP; rank++)
      for (int i = 0; i < found[rank] && taken < TOP; i++, taken++) top_part += best[rank][i];
  }
  rank_sum += rank_part;
  top_sum += top_part;
  score_sum += score_part;
  free(scores);
  free(count);
  return 0;
}
static int compare(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : *(double *)a > *(double *)b; }
int main(int argc, char **argv) {
  if (argc < 4) return 2;
  size_t size;
  int64_t *all = load(argv[1], "columns.bin", &size);
  rows = size / 8 / INDICATORS;
  for (int j = 0; j < INDICATORS; j++) column[j] = all + j * rows;
  category = load(argv[1], "rows.bin", 0);
  limit = load(argv[1], "limits.bin", 0);
  weight = load(argv[1], "weights.bin", 0);
  ranks = malloc(rows * 4);
  memset(ranks, 0, rows * 4);
  for (long i = 0, c = 0; c <= CATEGORIES; c++) {
    while (i < rows && category[i] < c) i++;
    start[c] = i;
  }
  threads = atoi(argv[2]);
  int repeats = atoi(argv[3]);
  double times[64];
  for (int r = 0; r < repeats; r++) {
    next_category = 0;
    rank_sum = top_sum = score_sum = 0;
    double from = now();
    pthread_t thread[16];
    for (int i = 1; i < threads; i++) pthread_create(&thread[i], 0, work, 0);
    work(0);
    for (int i = 1; i < threads; i++) pthread_join(thread[i], 0);
    times[r] = now() - from;
  }
  qsort(times, repeats, sizeof *times, compare);
  struct rusage ru;
  getrusage(RUSAGE_SELF, &ru);
  printf("{\"ms\": %.2f, \"rss_mib\": %ld, \"check\": \"%ld %ld %ld\"}\n", times[repeats / 2], ru.ru_maxrss / 1024,
         (long)score_sum, (long)rank_sum, (long)top_sum);
  return 0;
}
