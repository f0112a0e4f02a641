/* A check tries one thing that a program in a container might try, and says in one exact line what came of it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a check returns: SAID when it printed its own line; otherwise as a system call does, printed as OK or as errno's name. */
#define SAID 1

struct check {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the check's own name */
};

/* Numbers of calls that older headers do not know; the same on every architecture. */
enum {
    NR_open_tree = 428, NR_move_mount, NR_fsopen, NR_fsconfig, NR_fsmount, NR_fspick, NR_pidfd_open, NR_clone3, NR_close_range,
    NR_openat2, NR_pidfd_getfd, NR_faccessat2, NR_process_madvise, NR_epoll_pwait2, NR_mount_setattr, NR_quotactl_fd,
    NR_landlock_create_ruleset, NR_fchmodat2 = 452, NR_io_uring_setup = 425, NR_io_uring_enter, NR_io_uring_register,
};

extern const struct check call_checks[], compat_checks[], socket_checks[], setuid_checks[], lease_checks[], place_checks[],
    limit_checks[], identity_checks[], work_checks[];

/* The result of a condition that is not a system call's: OK, or the line that says what is wrong. */
int expect(int condition, const char *otherwise);
