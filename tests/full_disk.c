/* Loaded before libc (LD_PRELOAD): while the file that FULL_DISK_WHILE names is there, no file takes a byte. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_full(int fd)
{
    const char *flag = getenv("FULL_DISK_WHILE");
    struct stat about;
    return flag && access(flag, F_OK) == 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

/* The function that this one stands before. */
#define WRITES(type, name, parameters, arguments, refusal)            \
    type name parameters                                              \
    {                                                                 \
        int saved = errno;                                            \
        if (is_full(fd)) {                                            \
            refusal;                                                  \
        }                                                             \
        errno = saved;                                                \
        type (*next) parameters = dlsym(RTLD_NEXT, #name);            \
        return next arguments;                                        \
    }

#define REFUSED errno = ENOSPC; return -1

WRITES(ssize_t, write, (int fd, const void *bytes, size_t count), (fd, bytes, count), REFUSED)
WRITES(ssize_t, pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at), REFUSED)
WRITES(ssize_t, pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at), REFUSED)
WRITES(ssize_t, writev, (int fd, const struct iovec *pieces, int count), (fd, pieces, count), REFUSED)
WRITES(int, fallocate, (int fd, int mode, off_t at, off_t count), (fd, mode, at, count), REFUSED)
WRITES(int, fallocate64, (int fd, int mode, off64_t at, off64_t count), (fd, mode, at, count), REFUSED)
WRITES(int, posix_fallocate, (int fd, off_t at, off_t count), (fd, at, count), return ENOSPC)
WRITES(int, posix_fallocate64, (int fd, off64_t at, off64_t count), (fd, at, count), return ENOSPC)
