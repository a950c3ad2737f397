/*
 * Loaded before the C library into a process under test: lets the N-th call of one kind on files below a
 * folder fail. Everything else goes to the kernel as it is.
 *
 *   FAULT_BELOW    the folder; calls on other files are neither counted nor changed
 *   FAULT_CALL     sync (fsync, fdatasync), write (write, pwrite) or rename
 *   FAULT_NUMBER   the first call to fail, from 1
 *   FAULT_COUNT    how many fail; 0: all from the first on
 *   FAULT_ERROR    what they fail with, a number of errno; with "torn" half is written, and what follows
 *                  is answered with ENOSPC
 *   FAULT_WHILE    calls are counted only while this file is there; unset: always
 *   FAULT_REPORT   a line for the first failed call is written to this file: its number and path
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *below, *call, *until, *report;
static size_t below_length;
static long first, count;
static int error_number, is_torn;
static atomic_long calls;

__attribute__((constructor)) static void read_plan(void)
{
    below = getenv("FAULT_BELOW");
    call = getenv("FAULT_CALL");
    if (!below || !call) return;
    below_length = strlen(below);
    first = atol(getenv("FAULT_NUMBER") ?: "1");
    count = atol(getenv("FAULT_COUNT") ?: "1");
    const char *error = getenv("FAULT_ERROR") ?: "5";
    is_torn = strcmp(error, "torn") == 0;
    error_number = is_torn ? ENOSPC : atoi(error);
    until = getenv("FAULT_WHILE");
    report = getenv("FAULT_REPORT");
}

static void tell(long number, const char *path)
{
    char line[PATH_MAX + 32];
    int length = snprintf(line, sizeof line, "%ld %s\n", number, path);
    int file = report ? open(report, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    syscall(SYS_write, file, line, (size_t)length);
    close(file);
}

/* 0, or which of the failing calls this is, from 1. */
static long fails(const char *kind, const char *path)
{
    if (!below || !call || strcmp(call, kind) != 0) return 0;
    if (strncmp(path, below, below_length) != 0) return 0;
    if (path[below_length] != '/' && path[below_length] != 0) return 0;
    if (until && access(until, F_OK) != 0) return 0;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (number < first || (count > 0 && number >= first + count)) return 0;
    if (number == first) tell(number, path);
    return number - first + 1;
}

static long fails_at(const char *kind, int file)
{
    char link[32], path[PATH_MAX];
    if (!call || strcmp(call, kind) != 0) return 0;
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    long which = fails(kind, path);
    errno = saved;
    return which;
}

static int failure(void)
{
    errno = error_number;
    return -1;
}

int fsync(int file) { return fails_at("sync", file) ? failure() : (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { return fails_at("sync", file) ? failure() : (int)syscall(SYS_fdatasync, file); }

ssize_t write(int file, const void *bytes, size_t size)
{
    long which = fails_at("write", file);
    if (which && !(is_torn && which == 1)) return failure();
    return syscall(SYS_write, file, bytes, which ? (size + 1) / 2 : size);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    long which = fails_at("write", file);
    if (which && !(is_torn && which == 1)) return failure();
    return syscall(SYS_pwrite64, file, bytes, which ? (size + 1) / 2 : size, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(file, bytes, size, offset);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    if (fails("rename", to)) return failure();
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return renameat2(from_folder, from, to_folder, to, 0);
}

int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
