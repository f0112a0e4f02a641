/* What programs need and must keep: a profile that breaks one of these protects nobody. */
#include "probe.h"
#include <mqueue.h>
#include <pthread.h>
#include <pty.h>
#include <semaphore.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>

#define WORKS(name) static int name(int argc, char **argv)
#define UNUSED (void)argc, (void)argv

static void *increment(void *counter) { __atomic_add_fetch((int *)counter, 1, __ATOMIC_SEQ_CST); return NULL; }

WORKS(threads) {
    UNUSED;
    pthread_t thread[8];
    int counter = 0;
    for (int i = 0; i < 8; i++) if ((errno = pthread_create(&thread[i], NULL, increment, &counter))) return -1;
    for (int i = 0; i < 8; i++) pthread_join(thread[i], NULL);
    return expect(counter == 8, "threads lost");
}

WORKS(spawn) {
    UNUSED;
    pid_t child;
    int status;
    char *arguments[] = {"probe", "ok", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    if ((errno = posix_spawn(&child, "/proc/self/exe", &actions, NULL, arguments, environ))) return -1;
    waitpid(child, &status, 0);
    return expect(status == 0, "child failed");
}

WORKS(waiting) { /* epoll over an event, a timer, a signal and a watch on a folder */
    UNUSED;
    int poll = epoll_create1(0), event = eventfd(1, 0), timer = timerfd_create(CLOCK_MONOTONIC, 0), watch = inotify_init1(0), seen = 0;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    int signal = signalfd(-1, &signals, 0), fds[] = {event, timer, watch, signal};
    struct itimerspec soon = {.it_value.tv_nsec = 1000};
    if (poll < 0 || timerfd_settime(timer, 0, &soon, NULL) || inotify_add_watch(watch, "/tmp", IN_CREATE) < 0) return -1;
    if (raise(SIGUSR1) || mkdir("/tmp/watched", 0700) || rmdir("/tmp/watched")) return -1;
    for (int i = 0; i < 4; i++) {
        struct epoll_event wanted = {.events = EPOLLIN, .data.u32 = 1u << i};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, fds[i], &wanted)) return -1;
    }
    for (int tries = 0; seen != 15 && tries < 100; tries++) {
        struct epoll_event got[4];
        int count = epoll_wait(poll, got, 4, 100);
        if (count < 0) return -1;
        for (int i = 0; i < count; i++) seen |= (int)got[i].data.u32;
    }
    return expect(seen == 15, "an event is missing");
}

WORKS(memory) { /* memory files, sealing, shared mappings, guard pages */
    UNUSED;
    int fd = memfd_create("probe", MFD_ALLOW_SEALING);
    if (fd < 0 || ftruncate(fd, 4096) || fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK)) return -1;
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED || mprotect(page, 4096, PROT_READ) || madvise(page, 4096, MADV_DONTNEED)) return -1;
    return munmap(page, 4096);
}

WORKS(posix_ipc) {
    UNUSED;
    int shared = shm_open("/probe", O_CREAT | O_RDWR, 0600);
    mqd_t queue = mq_open("/probe", O_CREAT | O_RDWR, 0600, NULL);
    sem_t *semaphore = sem_open("/probe", O_CREAT, 0600, 1);
    if (shared < 0 || queue == (mqd_t)-1 || semaphore == SEM_FAILED || sem_wait(semaphore)) return -1;
    if (mq_send(queue, "x", 1, 0)) return -1;
    return shm_unlink("/probe") || mq_unlink("/probe") || sem_unlink("/probe") ? -1 : 0;
}

WORKS(files) { /* copying and renaming without a detour, sparse files, times */
    UNUSED;
    int pipes[2], from = open("/tmp/from", O_CREAT | O_RDWR, 0600), to = open("/tmp/to", O_CREAT | O_RDWR, 0600);
    struct statx status;
    if (from < 0 || to < 0 || write(from, "text", 4) != 4 || lseek(from, 0, SEEK_SET) || pipe2(pipes, O_CLOEXEC)) return -1;
    if (copy_file_range(from, NULL, to, NULL, 4, 0) != 4 || lseek(from, 0, SEEK_SET)) return -1;
    if (sendfile(to, from, NULL, 4) != 4 || lseek(from, 0, SEEK_SET) || splice(from, NULL, pipes[1], NULL, 4, 0) != 4) return -1;
    if (fallocate(to, 0, 0, 8192) || futimens(to, NULL) || statx(AT_FDCWD, "/tmp/to", 0, STATX_ALL, &status)) return -1;
    if (syscall(SYS_renameat2, AT_FDCWD, "/tmp/from", AT_FDCWD, "/tmp/to", 2)) return -1;
    return unlink("/tmp/from") || unlink("/tmp/to") || syscall(NR_close_range, 3, ~0u, 0) ? -1 : 0;
}

WORKS(debugger) { /* tracing a child of one's own */
    UNUSED;
    int status;
    long word = 42, copy = 0;
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        _exit(0);
    }
    struct iovec here = {&copy, sizeof copy}, there = {&word, sizeof word};
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return expect(0, "not stopped");
    if (ptrace(PTRACE_PEEKDATA, child, &word, 0) != 42 || process_vm_readv(child, &here, 1, &there, 1, 0) < 0 || copy != 42) return -1;
    if (ptrace(PTRACE_CONT, child, 0, 0)) return -1;
    waitpid(child, &status, 0);
    return expect(status == 0, "child failed");
}

WORKS(terminal) {
    UNUSED;
    int master, slave;
    return openpty(&master, &slave, NULL, NULL, NULL) || write(slave, "x", 1) != 1 ? -1 : 0;
}

WORKS(clocks) {
    UNUSED;
    struct timespec now, pause = {0, 1000};
    timer_t timer;
    struct sigevent none = {.sigev_notify = SIGEV_NONE};
    if (clock_gettime(CLOCK_REALTIME, &now) || nanosleep(&pause, NULL) || timer_create(CLOCK_MONOTONIC, &none, &timer)) return -1;
    return timer_delete(timer);
}

const struct check work_checks[] = {
    {"works-threads", threads}, {"works-spawn", spawn}, {"works-waiting", waiting}, {"works-memory", memory},
    {"works-posix-ipc", posix_ipc}, {"works-files", files}, {"works-debugger", debugger}, {"works-terminal", terminal},
    {"works-clocks", clocks}, {NULL, NULL},
};
