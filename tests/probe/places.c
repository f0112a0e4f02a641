/* What can be read, written and run where. */
#include "probe.h"
#include <dirent.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

static int need(int argc) {
    if (argc >= 2) return 0;
    errno = EINVAL;
    return -1;
}

/* exists PATH */
static int exists(int argc, char **argv) {
    struct stat file;
    return need(argc) ? -1 : lstat(argv[1], &file);
}

/* create PATH: a new file, removed again. */
static int create(int argc, char **argv) {
    if (need(argc)) return -1;
    int fd = open(argv[1], O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (fd >= 0) unlink(argv[1]);
    return fd < 0 ? -1 : 0;
}

/* open-write PATH: an existing file, not written to. */
static int open_write(int argc, char **argv) {
    return need(argc) || open(argv[1], O_WRONLY) < 0 ? -1 : 0;
}

/* read PATH: EMPTY or DATA, of a file or a directory. */
static int read_(int argc, char **argv) {
    if (need(argc)) return -1;
    int fd = open(argv[1], O_RDONLY | O_NONBLOCK), found = 0;
    if (fd < 0) return -1;
    DIR *directory = fdopendir(fd);
    if (directory) {
        for (struct dirent *entry; (entry = readdir(directory));) found |= entry->d_name[0] != '.';
    } else {
        char byte;
        ssize_t count = read(fd, &byte, 1);
        if (count < 0) return -1;
        found = count > 0;
    }
    puts(found ? "DATA" : "EMPTY");
    return SAID;
}

/* run-from DIRECTORY: this program, copied there. */
static int run_from(int argc, char **argv) {
    if (need(argc)) return -1;
    char path[256], buffer[65536];
    snprintf(path, sizeof path, "%s/probe-copy", argv[1]);
    unlink(path);
    int source = open("/proc/self/exe", O_RDONLY), target = open(path, O_CREAT | O_WRONLY, 0755);
    if (source < 0 || target < 0) return -1;
    for (ssize_t count; (count = read(source, buffer, sizeof buffer)) > 0;)
        if (write(target, buffer, (size_t)count) != count) return -1;
    close(target);
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execl(path, "probe", "ok", (char *)NULL);
        _exit(errno);
    }
    int status;
    waitpid(child, &status, 0);
    unlink(path);
    errno = WEXITSTATUS(status);
    return WIFEXITED(status) && errno == 0 ? 0 : -1;
}

static int ok(int argc, char **argv) {
    (void)argc, (void)argv;
    return 0;
}

/* mount-flags PATH: of the mount that it is on. */
static int mount_flags(int argc, char **argv) {
    struct statvfs place;
    if (need(argc) || statvfs(argv[1], &place)) return -1;
    printf("%s%s%s%s\n", place.f_flag & ST_RDONLY ? "ro" : "rw", place.f_flag & ST_NOSUID ? " nosuid" : "",
        place.f_flag & ST_NODEV ? " nodev" : "", place.f_flag & ST_NOEXEC ? " noexec" : "");
    return SAID;
}

/* tmpfs PATH: bytes, inodes, owner, group, mode. */
static int tmpfs(int argc, char **argv) {
    struct statfs place;
    struct stat root;
    if (need(argc) || statfs(argv[1], &place) || stat(argv[1], &root)) return -1;
    if (place.f_type != 0x01021994) return expect(0, "no tmpfs");
    printf("%llu %llu %u:%u %04o\n", (unsigned long long)place.f_blocks * (unsigned long long)place.f_bsize,
        (unsigned long long)place.f_files, root.st_uid, root.st_gid, root.st_mode & 07777);
    return SAID;
}

/* mounts: where anything is mounted, and as what, without the read-only covers of /proc and /sys. */
static int mounts(int argc, char **argv) {
    (void)argc, (void)argv;
    FILE *file = fopen("/proc/self/mounts", "r");
    char source[4096], path[256], type[64], options[4096];
    if (!file) return -1;
    for (int first = 1; fscanf(file, "%4095s %255s %63s %4095s %*d %*d", source, path, type, options) == 4;) {
        if (!strncmp(path, "/proc/", 6) || !strncmp(path, "/sys/", 5)) continue;
        printf("%s%s=%s", first ? "" : " ", path, type);
        first = 0;
    }
    puts("");
    return SAID;
}

/* setuid-exec PATH: the user that a setuid program of the image runs as. */
static int setuid_exec(int argc, char **argv) {
    if (need(argc)) return -1;
    execl(argv[1], "probe", "effective-user", (char *)NULL);
    return -1;
}

const struct check place_checks[] = {
    {"exists", exists}, {"create", create}, {"open-write", open_write}, {"read", read_}, {"run-from", run_from}, {"ok", ok},
    {"mount-flags", mount_flags}, {"tmpfs", tmpfs}, {"mounts", mounts}, {"setuid-exec", setuid_exec}, {NULL, NULL},
};
