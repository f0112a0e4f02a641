/* Every way to give a file the setuid bit. What the call answered is the line; a bit that got through in spite of it is 'SET'. */
#include "probe.h"
#include <sys/sysmacros.h>

static const char *const PATH = "/tmp/setuid-probe";

static int judged(long result) {
    int error = errno;
    struct stat file;
    if (!stat(PATH, &file) && file.st_mode & S_ISUID) { puts("SET"); unlink(PATH); return SAID; }
    unlink(PATH);
    errno = error;
    return result < 0 ? -1 : 0;
}

static int made(void) {
    unlink(PATH);
    return open(PATH, O_CREAT | O_RDWR, 0755);
}

#define WAY(name, expression) static int name(int argc, char **argv) { \
    (void)argc; (void)argv; int fd = made(); if (fd < 0) return -1; return judged(expression); }
#define NEW(name, expression) static int name(int argc, char **argv) { \
    (void)argc; (void)argv; unlink(PATH); umask(0); return judged(expression); }

WAY(fchmod_, syscall(SYS_fchmod, fd, 04755))
WAY(fchmod_high, syscall(SYS_fchmod, fd, 04755 | 0x100000000L))
WAY(fchmod_both, syscall(SYS_fchmod, fd, 06755))
WAY(fchmodat_, syscall(SYS_fchmodat, AT_FDCWD, PATH, 04755))
WAY(fchmodat2_, syscall(NR_fchmodat2, AT_FDCWD, PATH, 04755, 0))
WAY(fchmod_plain, syscall(SYS_fchmod, fd, 0750))
WAY(fchmod_setgid, syscall(SYS_fchmod, fd, 02755))
NEW(openat_, syscall(SYS_openat, AT_FDCWD, PATH, O_CREAT | O_WRONLY, 04755))
NEW(openat_plain, syscall(SYS_openat, AT_FDCWD, PATH, O_CREAT | O_WRONLY, 0755))
NEW(mknodat_, syscall(SYS_mknodat, AT_FDCWD, PATH, S_IFREG | 04755, 0))
NEW(mknodat_plain, syscall(SYS_mknodat, AT_FDCWD, PATH, S_IFREG | 0755, 0))
NEW(fifo, syscall(SYS_mknodat, AT_FDCWD, PATH, S_IFIFO | 0600, 0))
NEW(device, syscall(SYS_mknodat, AT_FDCWD, PATH, S_IFCHR | 0600, makedev(1, 3)))
#ifdef __x86_64__
WAY(chmod_, syscall(SYS_chmod, PATH, 04755))
NEW(open_, syscall(SYS_open, PATH, O_CREAT | O_WRONLY, 04755))
NEW(creat_, syscall(SYS_creat, PATH, 04755))
NEW(mknod_, syscall(SYS_mknod, PATH, S_IFREG | 04755, 0))
NEW(device_old, syscall(SYS_mknod, PATH, S_IFBLK | 0600, makedev(8, 0)))
#endif

/* A file without a name, which linkat could give one. */
static int tmpfile_(int argc, char **argv) {
    (void)argc, (void)argv;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, "/tmp", O_TMPFILE | O_RDWR, 04755);
    struct stat file;
    if (fd >= 0 && !fstat(fd, &file)) return expect(!(file.st_mode & S_ISUID), "SET");
    return fd < 0 ? -1 : 0;
}

/* The mode means nothing when no file is made, and callers leave anything there. */
static int open_without_mode(int argc, char **argv) {
    (void)argc, (void)argv;
    return syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY, 0xffffffffL) < 0 ? -1 : 0;
}

/* chmod-directory MODE: folders shared through their group need setgid. */
static int directory(int argc, char **argv) {
    (void)argc;
    rmdir("/tmp/setuid-directory");
    if (mkdir("/tmp/setuid-directory", 0700)) return -1;
    int result = fchmodat(AT_FDCWD, "/tmp/setuid-directory", (mode_t)strtol(argv[1], NULL, 8), 0), error = errno;
    rmdir("/tmp/setuid-directory");
    errno = error;
    return result;
}

const struct check setuid_checks[] = {
    {"fchmod-setuid", fchmod_}, {"fchmod-setuid-high", fchmod_high}, {"fchmod-setuid-setgid", fchmod_both},
    {"fchmodat-setuid", fchmodat_}, {"fchmodat2-setuid", fchmodat2_}, {"fchmod-plain", fchmod_plain},
    {"fchmod-setgid", fchmod_setgid}, {"openat-setuid", openat_}, {"openat-plain", openat_plain}, {"tmpfile-setuid", tmpfile_},
    {"mknodat-setuid", mknodat_}, {"mknodat-plain", mknodat_plain}, {"mkfifo", fifo}, {"mknodat-device", device},
    {"open-without-mode", open_without_mode}, {"chmod-directory", directory},
#ifdef __x86_64__
    {"chmod-setuid", chmod_}, {"open-setuid", open_}, {"creat-setuid", creat_}, {"mknod-setuid", mknod_},
    {"mknod-device", device_old},
#endif
    {NULL, NULL},
};
