/*
 * What one user of the container can do to the processes of another. The lease process is the main process: it lives as 65534, and
 * whoever could signal it, trace it or hold its standard input open would outlive the owner or end the container.
 */
#include "probe.h"
#include <dirent.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>

/* init is process 1; lease is the first other process of 65534; anything else is a pid. */
static pid_t target(const char *name) {
    if (!strcmp(name, "init")) return 1;
    if (strcmp(name, "lease")) return atoi(name);
    pid_t found = 0;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; proc && (entry = readdir(proc));) {
        char path[300];
        struct stat status;
        pid_t pid = atoi(entry->d_name);
        snprintf(path, sizeof path, "/proc/%s", entry->d_name);
        if (pid > 1 && (!found || pid < found) && !stat(path, &status) && status.st_uid == 65534) found = pid;
    }
    if (proc) closedir(proc);
    return found;
}

static int opened(const char *format, pid_t pid, int flags) {
    char path[64];
    snprintf(path, sizeof path, format, pid);
    return open(path, flags) < 0 ? -1 : 0;
}

#define ON(name, expression) static int name(int argc, char **argv) { \
    pid_t pid = argc > 1 ? target(argv[1]) : 0; \
    if (pid <= 0) return expect(0, "no such process"); \
    return (expression) < 0 ? -1 : 0; }

static char byte;
static struct iovec here = {&byte, 1}, there = {(void *)4096, 1};
static struct rlimit limit = {0, 0};

ON(exists, kill(pid, 0))
ON(term, kill(pid, SIGTERM))
ON(kill_, kill(pid, SIGKILL))
ON(stop, kill(pid, SIGSTOP))
ON(tgkill_, syscall(SYS_tgkill, pid, pid, SIGKILL))
ON(queue, syscall(SYS_rt_sigqueueinfo, pid, SIGKILL, (siginfo_t[]){{.si_code = SI_QUEUE}}))
ON(pidfd_kill, syscall(424, syscall(NR_pidfd_open, pid, 0), SIGKILL, 0, 0))
ON(pidfd_steal, syscall(NR_pidfd_getfd, syscall(NR_pidfd_open, pid, 0), 0, 0))
ON(attach, ptrace(PTRACE_ATTACH, pid, 0, 0))
ON(seize, ptrace(PTRACE_SEIZE, pid, 0, 0))
ON(read_memory, process_vm_readv(pid, &here, 1, &there, 1, 0))
ON(write_memory, process_vm_writev(pid, &here, 1, &there, 1, 0))
ON(input, opened("/proc/%d/fd/0", pid, O_RDONLY))
ON(output, opened("/proc/%d/fd/1", pid, O_WRONLY))
ON(memory, opened("/proc/%d/mem", pid, O_RDWR))
ON(variables, opened("/proc/%d/environ", pid, O_RDONLY))
ON(root, opened("/proc/%d/root/", pid, O_RDONLY))
ON(limits, prlimit(pid, RLIMIT_NOFILE, &limit, NULL))
ON(affinity, sched_setaffinity(pid, 8, (cpu_set_t[]){{{1}}}))
ON(priority, setpriority(PRIO_PROCESS, (id_t)pid, 19))

/* Everything that may be signalled is killed, the caller with it: what must survive is seen from outside. */
static int all(int argc, char **argv) {
    (void)argc, (void)argv;
    return kill(-1, SIGKILL);
}

static int pid_of(int argc, char **argv) {
    printf("%d\n", argc > 1 ? target(argv[1]) : 0);
    return SAID;
}

const struct check lease_checks[] = {
    {"signal-0", exists}, {"signal-term", term}, {"signal-kill", kill_}, {"signal-stop", stop}, {"signal-tgkill", tgkill_},
    {"signal-queue", queue}, {"signal-pidfd", pidfd_kill}, {"steal-fd", pidfd_steal}, {"trace-attach", attach},
    {"trace-seize", seize}, {"memory-read", read_memory}, {"memory-write", write_memory}, {"open-stdin", input},
    {"open-stdout", output}, {"open-memory", memory}, {"open-variables", variables}, {"open-root", root}, {"set-limits", limits},
    {"set-affinity", affinity}, {"set-priority", priority}, {"signal-all", all}, {"pid-of", pid_of}, {NULL, NULL},
};
