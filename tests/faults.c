/* Loaded before libc (LD_PRELOAD): stands between a server and the calls that write below FAULTS_BELOW.

   FAULTS_ORDERS is a file of six numbers that a test and the server share: which call is to fail, or every how many,
   with which error and how, and how many there were and how many of them failed.

   FAULTS_JOURNAL, where it is set, is written anew from the first call: what changed, and what was synced, in the order
   in which it was done. Each entry is a line of the kind, a number and the lengths of the two texts that follow it.

   What SQLite's processes share (-shm) is made anew by whoever opens the database first, and left out of both. A call that
   goes around libc, as the rename of the crate tempfile does, fails never, and is noted when its folder is synced. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum how { REFUSE, WRITE_HALF, WRITE_HALF_AND_REFUSE };

struct orders {
    _Atomic uint64_t at, every, error, how, calls, refused;
};

static struct orders *orders;
static const char *below;
static size_t below_length;
static int journal = -1;
/* Held over a call and its entry, so that entries stand in the order of what they tell. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAULTS_ORDERS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *shared = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        orders = shared == MAP_FAILED ? NULL : shared;
        close(file);
    }
    path = getenv("FAULTS_JOURNAL");
    if (path)
        journal = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    path = getenv("FAULTS_BELOW");
    if (path) {
        below_length = strlen(path);
        below = path;
    }
}

/* The part of the path that is below the folder, which is empty for the folder itself; or nothing. */
static const char *name_below(const char *path)
{
    if (!below || !path || strncmp(path, below, below_length) != 0)
        return NULL;
    if (path[below_length] == 0)
        return path + below_length;
    if (path[below_length] != '/')
        return NULL;
    const char *name = path + below_length + 1;
    size_t length = strlen(name);
    return length >= 4 && strcmp(name + length - 4, "-shm") == 0 ? NULL : name;
}

/* As the kernel has it, which follows every rename. What has no name any more is of no interest. */
static const char *name_of(int fd, char path[PATH_MAX])
{
    char link[40];
    struct stat about;
    if (!below || fstat(fd, &about) != 0 || !(S_ISREG(about.st_mode) || S_ISDIR(about.st_mode)) || about.st_nlink == 0)
        return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0)
        return NULL;
    path[length] = 0;
    return name_below(path);
}

static const char *name_at(int folder, const char *name, char path[PATH_MAX])
{
    char parent[40];
    if (!below || !name)
        return NULL;
    if (name[0] == '/')
        return name_below(name);
    if (folder == AT_FDCWD)
        return NULL;
    snprintf(parent, sizeof parent, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(parent, path, PATH_MAX - 1);
    if (length < 0 || length + strlen(name) + 2 > PATH_MAX)
        return NULL;
    path[length] = '/';
    strcpy(path + length + 1, name);
    return name_below(path);
}

static void note(char kind, long long number, const char *first, const struct iovec *second, size_t second_length)
{
    char head[80];
    struct iovec pieces[66];
    int count = 2;
    if (journal < 0)
        return;
    size_t left = second_length;
    pieces[0].iov_base = head;
    pieces[0].iov_len = snprintf(head, sizeof head, "%c %lld %zu %zu\n", kind, number, strlen(first), second_length);
    pieces[1].iov_base = (void *)first;
    pieces[1].iov_len = strlen(first);
    for (; left > 0 && count < 66; second++) {
        pieces[count].iov_base = second->iov_base;
        pieces[count].iov_len = second->iov_len < left ? second->iov_len : left;
        left -= pieces[count].iov_len;
        count++;
    }
    NEXT(writev)(journal, pieces, count);
}

static void note_name(char kind, long long number, const char *first, const char *second)
{
    struct iovec piece = { (void *)second, second ? strlen(second) : 0 };
    note(kind, number, first, &piece, piece.iov_len);
}

/* Counts one more call; whether it is the one, and how. */
static int is_fault(enum how *how)
{
    if (!orders)
        return 0;
    uint64_t call = ++orders->calls, at = orders->at;
    if (at == 0 || (orders->every ? call % at != 0 : call != at))
        return 0;
    orders->refused++;
    *how = (enum how)orders->how;
    return 1;
}

static int refuse(void)
{
    errno = (int)orders->error;
    return -1;
}

/* At most 64 pieces and `count` bytes of them, as what is written. */
static size_t cut(const struct iovec *pieces, int count, size_t bytes, struct iovec cut[64], int *left)
{
    size_t all = 0;
    *left = 0;
    for (int i = 0; i < count && i < 64 && all < bytes; i++) {
        cut[i] = pieces[i];
        if (cut[i].iov_len > bytes - all)
            cut[i].iov_len = bytes - all;
        all += cut[i].iov_len;
        *left = i + 1;
    }
    return all;
}

/* `at` is -1 for the place where the file stands, as write(2) takes it. */
static ssize_t write_pieces(int fd, const struct iovec *pieces, int count, off64_t at)
{
    char path[PATH_MAX];
    int saved = errno;
    const char *name = name_of(fd, path);
    errno = saved;
    if (!name)
        return at < 0 ? NEXT(writev)(fd, pieces, count) : NEXT(pwritev64)(fd, pieces, count, at);
    size_t bytes = 0;
    for (int i = 0; i < count; i++)
        bytes += pieces[i].iov_len;
    enum how how = REFUSE;
    int fails = is_fault(&how);
    if (fails && (how == REFUSE || bytes < 2))
        return refuse();
    if (fails)
        bytes /= 2;
    struct iovec whole[64];
    int left;
    cut(pieces, count, bytes, whole, &left);

    pthread_mutex_lock(&turn);
    off64_t place = at;
    struct stat about;
    if (at < 0 && (fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &about) == 0)
        place = about.st_size;
    else if (at < 0)
        place = lseek64(fd, 0, SEEK_CUR);
    errno = saved;
    ssize_t written =
        at < 0 ? NEXT(writev)(fd, whole, left) : NEXT(pwritev64)(fd, whole, left, at);
    saved = errno;
    if (written > 0)
        note('W', place, name, whole, (size_t)written);
    pthread_mutex_unlock(&turn);
    errno = saved;
    if (fails && how == WRITE_HALF_AND_REFUSE)
        return refuse();
    return written;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    struct iovec piece = { (void *)bytes, count };
    return write_pieces(fd, &piece, 1, -1);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    struct iovec piece = { (void *)bytes, count };
    return write_pieces(fd, &piece, 1, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    struct iovec piece = { (void *)bytes, count };
    return write_pieces(fd, &piece, 1, at);
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    return write_pieces(fd, pieces, count, -1);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at)
{
    return write_pieces(fd, pieces, count, at);
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t at)
{
    return write_pieces(fd, pieces, count, at);
}

/* Without these, copies are written as everything else is. */
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned int flags)
{
    char path[PATH_MAX];
    if (name_of(to, path)) {
        errno = ENOSYS;
        return -1;
    }
    return NEXT(copy_file_range)(from, from_at, to, to_at, count, flags);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t count)
{
    char path[PATH_MAX];
    if (name_of(to, path)) {
        errno = ENOSYS;
        return -1;
    }
    return NEXT(sendfile64)(to, from, at, count);
}

ssize_t sendfile(int to, int from, off_t *at, size_t count)
{
    return sendfile64(to, from, at, count);
}

/* Of a call that changes one file, by its number: refused, or done and noted. */
#define CHANGES(fd, call, kind, number, refusal)              \
    char path[PATH_MAX];                                      \
    int saved = errno;                                        \
    const char *name = name_of(fd, path);                     \
    enum how how;                                             \
    errno = saved;                                            \
    if (!name)                                                \
        return call;                                          \
    if (is_fault(&how))                                       \
        refusal;                                              \
    pthread_mutex_lock(&turn);                                \
    int outcome = call;                                       \
    saved = errno;                                            \
    if (outcome == 0)                                         \
        note_name(kind, number, name, NULL);                  \
    pthread_mutex_unlock(&turn);                              \
    errno = saved;                                            \
    return outcome

int ftruncate(int fd, off_t size)
{
    CHANGES(fd, NEXT(ftruncate)(fd, size), 'T', size, return refuse());
}

int ftruncate64(int fd, off64_t size)
{
    CHANGES(fd, NEXT(ftruncate64)(fd, size), 'T', size, return refuse());
}

/* Room that was made in advance reads as zeros: of what is beyond the end, that is another way of growing. */
int fallocate(int fd, int mode, off_t at, off_t count)
{
    CHANGES(fd, NEXT(fallocate)(fd, mode, at, count), 'G', mode == 0 ? at + count : 0, return refuse());
}

int fallocate64(int fd, int mode, off64_t at, off64_t count)
{
    CHANGES(fd, NEXT(fallocate64)(fd, mode, at, count), 'G', mode == 0 ? at + count : 0, return refuse());
}

int posix_fallocate(int fd, off_t at, off_t count)
{
    CHANGES(fd, NEXT(posix_fallocate)(fd, at, count), 'G', at + count, return (int)orders->error);
}

int posix_fallocate64(int fd, off64_t at, off64_t count)
{
    CHANGES(fd, NEXT(posix_fallocate64)(fd, at, count), 'G', at + count, return (int)orders->error);
}

/* What a folder holds when it is synced, by inodes: so a rename shows that went around libc. */
static void note_listing(const char *path, const char *name)
{
    char entry_name[PATH_MAX];
    struct dirent *entry;
    DIR *folder = journal < 0 ? NULL : opendir(path);
    if (!folder)
        return;
    while ((entry = readdir(folder))) {
        size_t length = strlen(entry->d_name);
        int is_shared = length >= 4 && strcmp(entry->d_name + length - 4, "-shm") == 0;
        if (entry->d_type != DT_REG || is_shared || strlen(name) + length + 2 > PATH_MAX)
            continue;
        strcpy(entry_name, name);
        if (*name)
            strcat(entry_name, "/");
        strcat(entry_name, entry->d_name);
        note_name('E', (long long)entry->d_ino, entry_name, NULL);
    }
    closedir(folder);
}

static int sync_by(int (*next)(int), int fd)
{
    char path[PATH_MAX];
    int saved = errno;
    const char *name = name_of(fd, path);
    enum how how;
    errno = saved;
    if (!name)
        return next(fd);
    if (is_fault(&how))
        return refuse();
    pthread_mutex_lock(&turn);
    note_listing(path, name);
    int outcome = next(fd);
    saved = errno;
    if (outcome == 0)
        note_name('S', 0, name, NULL);
    pthread_mutex_unlock(&turn);
    errno = saved;
    return outcome;
}

int fsync(int fd)
{
    return sync_by(NEXT(fsync), fd);
}

int fdatasync(int fd)
{
    return sync_by(NEXT(fdatasync), fd);
}

/* A file that was not there, or is emptied. Opening is never refused: whoever cannot write need not open. */
static int open_at(int folder, const char *target, int flags, mode_t mode)
{
    char path[PATH_MAX];
    int saved = errno;
    const char *name = flags & (O_CREAT | O_TRUNC) ? name_at(folder, target, path) : NULL;
    errno = saved;
    if (!name || (flags & O_TMPFILE) == O_TMPFILE)
        return NEXT(openat64)(folder, target, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat about;
    int is_new = fstatat(folder, target, &about, 0) != 0;
    errno = saved;
    int fd = NEXT(openat64)(folder, target, flags, mode);
    saved = errno;
    if (fd >= 0 && is_new && fstat(fd, &about) == 0)
        note_name('C', (long long)about.st_ino, name, NULL);
    else if (fd >= 0 && (flags & O_TRUNC))
        note_name('T', 0, name, NULL);
    pthread_mutex_unlock(&turn);
    errno = saved;
    return fd;
}

#define OPENS(folder)                                         \
    mode_t mode = 0;                                          \
    va_list rest;                                             \
    va_start(rest, flags);                                    \
    if (flags & (O_CREAT | O_TMPFILE))                        \
        mode = va_arg(rest, mode_t);                          \
    va_end(rest);                                             \
    return open_at(folder, target, flags, mode)

int open(const char *target, int flags, ...) { OPENS(AT_FDCWD); }
int open64(const char *target, int flags, ...) { OPENS(AT_FDCWD); }
int openat(int folder, const char *target, int flags, ...) { OPENS(folder); }
int openat64(int folder, const char *target, int flags, ...) { OPENS(folder); }
int creat(const char *target, mode_t mode) { return open_at(AT_FDCWD, target, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *target, mode_t mode) { return open_at(AT_FDCWD, target, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Of a call that changes names; the second is empty where there is one alone. */
#define NAMES(first, second, call, kind, may_fail)            \
    char first_path[PATH_MAX], second_path[PATH_MAX];         \
    int saved = errno;                                        \
    const char *from = first, *to = second;                   \
    enum how how;                                             \
    (void)first_path, (void)second_path;                      \
    errno = saved;                                            \
    if (!from)                                                \
        return call;                                          \
    if (may_fail && is_fault(&how))                           \
        return refuse();                                      \
    pthread_mutex_lock(&turn);                                \
    int outcome = call;                                       \
    saved = errno;                                            \
    if (outcome == 0)                                         \
        note_name(kind, 0, from, to);                         \
    pthread_mutex_unlock(&turn);                              \
    errno = saved;                                            \
    return outcome

int rename(const char *old, const char *new)
{
    NAMES(name_below(old), name_below(new), NEXT(rename)(old, new), 'R', 1);
}

int renameat(int old_folder, const char *old, int new_folder, const char *new)
{
    NAMES(name_at(old_folder, old, first_path), name_at(new_folder, new, second_path),
          NEXT(renameat)(old_folder, old, new_folder, new), 'R', 1);
}

int link(const char *old, const char *new)
{
    NAMES(name_below(old), name_below(new), NEXT(link)(old, new), 'L', 1);
}

int linkat(int old_folder, const char *old, int new_folder, const char *new, int flags)
{
    NAMES(name_at(old_folder, old, first_path), name_at(new_folder, new, second_path),
          NEXT(linkat)(old_folder, old, new_folder, new, flags), 'L', 1);
}

int unlink(const char *target)
{
    NAMES(name_below(target), NULL, NEXT(unlink)(target), 'U', 0);
}

int unlinkat(int folder, const char *target, int flags)
{
    NAMES(name_at(folder, target, first_path), NULL, NEXT(unlinkat)(folder, target, flags),
          flags & AT_REMOVEDIR ? 'X' : 'U', 0);
}

int mkdir(const char *target, mode_t mode)
{
    NAMES(name_below(target), NULL, NEXT(mkdir)(target, mode), 'M', 0);
}

int rmdir(const char *target)
{
    NAMES(name_below(target), NULL, NEXT(rmdir)(target), 'X', 0);
}
