/* Limits as a program inside sees them. */
#include "probe.h"
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>

static int first_line(const char *path, char *line, int size) {
    FILE *file = fopen(path, "r");
    if (!file) return -1;
    char *read = fgets(line, size, file);
    fclose(file);
    if (!read) return errno = ENODATA, -1;
    line[strcspn(line, "\n")] = 0;
    return 0;
}

static int say(const char *version2, const char *version1) {
    char line[256];
    if (first_line(version2, line, sizeof line) && first_line(version1, line, sizeof line)) return -1;
    puts(line);
    return SAID;
}

static int memory(int argc, char **argv) {
    (void)argc, (void)argv;
    return say("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes");
}

/* Swap beyond the memory: version 2 counts it apart, version 1 together. */
static int swap(int argc, char **argv) {
    (void)argc, (void)argv;
    char limit[64], both[64];
    if (!first_line("/sys/fs/cgroup/memory.swap.max", limit, sizeof limit)) return puts(limit), SAID;
    if (first_line("/sys/fs/cgroup/memory/memory.limit_in_bytes", limit, sizeof limit)) return -1;
    if (first_line("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes", both, sizeof both)) return -1;
    printf("%lld\n", atoll(both) - atoll(limit));
    return SAID;
}

static int pids(int argc, char **argv) {
    (void)argc, (void)argv;
    return say("/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max");
}

/* Microseconds of a processor in each period. */
static int cpu(int argc, char **argv) {
    (void)argc, (void)argv;
    char quota[64], period[64];
    if (!first_line("/sys/fs/cgroup/cpu.max", quota, sizeof quota)) return puts(quota), SAID;
    if (first_line("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", quota, sizeof quota)) return -1;
    if (first_line("/sys/fs/cgroup/cpu/cpu.cfs_period_us", period, sizeof period)) return -1;
    printf("%s %s\n", quota, period);
    return SAID;
}

/* resource-limits: soft/hard of those that are set. */
static int resources(int argc, char **argv) {
    (void)argc, (void)argv;
    struct rlimit files, processes, core;
    if (getrlimit(RLIMIT_NOFILE, &files) || getrlimit(RLIMIT_NPROC, &processes) || getrlimit(RLIMIT_CORE, &core)) return -1;
    printf("nofile %llu/%llu nproc %llu/%llu core %llu/%llu\n", (unsigned long long)files.rlim_cur, (unsigned long long)files.rlim_max,
        (unsigned long long)processes.rlim_cur, (unsigned long long)processes.rlim_max, (unsigned long long)core.rlim_cur,
        (unsigned long long)core.rlim_max);
    return SAID;
}

static int raise_files(int argc, char **argv) {
    (void)argc, (void)argv;
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) return -1;
    files.rlim_max++;
    return setrlimit(RLIMIT_NOFILE, &files);
}

/* open-files: how many can be open at once, and what the next answers. */
static int open_files(int argc, char **argv) {
    (void)argc, (void)argv;
    int last = -1, fd;
    while ((fd = dup(1)) >= 0) last = fd;
    int error = errno;
    for (fd = 3; fd <= last; fd++) close(fd);
    printf("%d %s\n", last + 1, strerrorname_np(error));
    return SAID;
}

/* shared-memory BYTES: one segment, removed again. */
static int shared(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    int id = shmget(IPC_PRIVATE, (size_t)atoll(argv[1]), IPC_CREAT | 0600);
    return id < 0 ? -1 : shmctl(id, IPC_RMID, NULL);
}

/* write-file PATH: until it is full; says the bytes written and why no more. */
static int fill(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    static char block[65536];
    int fd = open(argv[1], O_CREAT | O_WRONLY, 0600);
    if (fd < 0) return -1;
    long long total = 0;
    for (ssize_t count; (count = write(fd, block, sizeof block)) > 0;) total += count;
    int error = errno;
    unlink(argv[1]);
    printf("%lld %s\n", total, strerrorname_np(error));
    return SAID;
}

/* write-files DIRECTORY: empty ones until there is no room; says how many and why no more. */
static int litter(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    char path[256];
    int made = 0, fd, error;
    for (;; made++, close(fd)) {
        snprintf(path, sizeof path, "%s/litter-%d", argv[1], made);
        if ((fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600)) < 0) break;
    }
    error = errno;
    for (int i = 0; i < made; i++) {
        snprintf(path, sizeof path, "%s/litter-%d", argv[1], i);
        unlink(path);
    }
    printf("%d %s\n", made, strerrorname_np(error));
    return SAID;
}

/* forks: children that live until all are counted; says how many and why no more. */
static int forks(int argc, char **argv) {
    (void)argc, (void)argv;
    int count = 0, error, gate[2];
    pid_t child;
    if (pipe(gate)) return -1;
    while ((child = fork()) > 0) count++;
    if (child == 0) {
        char byte;
        close(gate[1]);
        _exit((int)read(gate[0], &byte, 1));
    }
    error = errno;
    close(gate[1]);
    while (wait(NULL) > 0) { }
    printf("%d %s\n", count, strerrorname_np(error));
    return SAID;
}

/* memory-bomb: touches memory until something ends it. */
static int bomb(int argc, char **argv) {
    (void)argc, (void)argv;
    for (;;) {
        void *block = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED) return -1;
        memset(block, 1, 1 << 20);
    }
}

const struct check limit_checks[] = {
    {"limit-memory", memory}, {"limit-swap", swap}, {"limit-pids", pids}, {"limit-cpu", cpu}, {"resource-limits", resources},
    {"raise-files", raise_files}, {"open-files", open_files}, {"shared-memory", shared}, {"write-file", fill},
    {"write-files", litter}, {"forks", forks}, {"memory-bomb", bomb}, {NULL, NULL},
};
