/* Fail the system calls that change files under one folder, from a chosen call on.

   Loaded with LD_PRELOAD. A test arms it with a folder, the number of calls that still
   work, and the error of all later ones; it counts them whether they fail or not. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static long left = -1, seen = 0;
static int error = 0;

void shim_arm(const char *where, long after, int what) {
    snprintf(folder, sizeof folder, "%s", where);
    left = after;
    seen = 0;
    error = what;
}

void shim_disarm(void) { error = 0; }

long shim_calls(void) { return seen; }

static int refuses(const char *path) {
    if (error == 0 || strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    seen++;
    if (left > 0) {
        left--;
        return 0;
    }
    errno = error;
    return 1;
}

static int refuses_file(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0)
        return 0;
    path[size] = 0;
    return refuses(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *from, size_t size) {
    return refuses_file(file) ? -1 : REAL(write)(file, from, size);
}

ssize_t pwrite(int file, const void *from, size_t size, off_t at) {
    return refuses_file(file) ? -1 : REAL(pwrite)(file, from, size, at);
}

ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) {
    return refuses_file(file) ? -1 : REAL(pwrite64)(file, from, size, at);
}

int ftruncate(int file, off_t size) {
    return refuses_file(file) ? -1 : REAL(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) {
    return refuses_file(file) ? -1 : REAL(ftruncate64)(file, size);
}

int fsync(int file) { return refuses_file(file) ? -1 : REAL(fsync)(file); }

int fdatasync(int file) { return refuses_file(file) ? -1 : REAL(fdatasync)(file); }

int posix_fallocate(int file, off_t at, off_t size) {
    return refuses_file(file) ? errno : REAL(posix_fallocate)(file, at, size);
}

int fallocate(int file, int mode, off_t at, off_t size) {
    return refuses_file(file) ? -1 : REAL(fallocate)(file, mode, at, size);
}
