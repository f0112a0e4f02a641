/*
 * Calls that nothing in a container needs. Where the kernel lets one choose, the arguments are such that the call itself would end in
 * something other than EPERM: then EPERM is the filter's word, not the kernel's.
 */
#include "probe.h"
#include <sched.h>

static long BAD = -1; /* no file descriptor, no pointer */

#define CALL(name, ...) static int name(int argc, char **argv) { (void)argc; (void)argv; return syscall(__VA_ARGS__) < 0 ? -1 : 0; }

CALL(mount_, SYS_mount, BAD, BAD, BAD, 0, 0)
CALL(umount_, SYS_umount2, BAD, -1)
CALL(pivot_root_, SYS_pivot_root, BAD, BAD)
CALL(chroot_, SYS_chroot, BAD)
CALL(open_tree_, NR_open_tree, BAD, BAD, 0)
CALL(move_mount_, NR_move_mount, BAD, BAD, BAD, BAD, 0)
CALL(fsopen_, NR_fsopen, BAD, 0)
CALL(fsconfig_, NR_fsconfig, BAD, 0, 0, 0, 0)
CALL(fsmount_, NR_fsmount, BAD, 0, 0)
CALL(fspick_, NR_fspick, BAD, BAD, 0)
CALL(mount_setattr_, NR_mount_setattr, BAD, BAD, 0, BAD, 64)
CALL(unshare_nothing, SYS_unshare, 0)
CALL(unshare_user, SYS_unshare, CLONE_NEWUSER)
CALL(setns_, SYS_setns, BAD, 0)
CALL(clone3_, NR_clone3, BAD, 0)
CALL(openat2_, NR_openat2, BAD, BAD, BAD, 0)
CALL(sethostname_, SYS_sethostname, BAD, 1)
CALL(setdomainname_, SYS_setdomainname, BAD, 1)
CALL(settimeofday_, SYS_settimeofday, BAD, 0)
CALL(clock_settime_, SYS_clock_settime, -2, BAD)
CALL(keyctl_, SYS_keyctl, 0, -3, 0) /* the id of the process's session keyring */
CALL(add_key_, SYS_add_key, BAD, BAD, 0, 0, 0)
CALL(request_key_, SYS_request_key, BAD, BAD, 0, 0)
CALL(bpf_, SYS_bpf, 0, BAD, 4)
CALL(perf_, SYS_perf_event_open, BAD, 0, -1, -1, 0)
CALL(userfaultfd_, SYS_userfaultfd, O_CLOEXEC | 1) /* 1: for faults of user mode only, which needs no privilege */
CALL(io_uring_setup_, NR_io_uring_setup, 0, BAD)
CALL(io_uring_enter_, NR_io_uring_enter, BAD, 0, 0, 0, 0, 0)
CALL(io_uring_register_, NR_io_uring_register, BAD, 0, 0, 0)
CALL(open_by_handle, SYS_open_by_handle_at, BAD, BAD, 0)
CALL(init_module_, SYS_init_module, BAD, 0, BAD)
CALL(finit_module_, SYS_finit_module, BAD, BAD, 0)
CALL(delete_module_, SYS_delete_module, BAD, 0)
CALL(kexec_load_, SYS_kexec_load, 0, 0, 0, -1)
CALL(reboot_, SYS_reboot, 0, 0, 0, 0)
CALL(swapon_, SYS_swapon, BAD, 0)
CALL(acct_, SYS_acct, BAD)
CALL(quotactl_, SYS_quotactl, -1, BAD, 0, 0)
CALL(quotactl_fd_, NR_quotactl_fd, BAD, 0, 0, 0)
CALL(syslog_, SYS_syslog, 10, 0, 0)
CALL(vhangup_, SYS_vhangup)
CALL(fanotify_init_, SYS_fanotify_init, -1, 0)
CALL(kcmp_, SYS_kcmp, getpid(), getpid(), 1, 0, 0)
CALL(pidfd_getfd_, NR_pidfd_getfd, BAD, 0, 0)
CALL(process_madvise_, NR_process_madvise, BAD, 0, 0, 0, 0)
CALL(mbind_, SYS_mbind, 0, 0, 0, 0, 0, 0)
CALL(move_pages_, SYS_move_pages, 0, 0, 0, 0, 0, 0)
CALL(migrate_pages_, SYS_migrate_pages, 0, 0, 0, 0)
CALL(personality_no_aslr, SYS_personality, 0x40000)
CALL(unknown_call, 1023)
#ifdef __x86_64__
CALL(modify_ldt_, SYS_modify_ldt, 0, 0, 0)
CALL(iopl_, SYS_iopl, 0)
CALL(ioperm_, SYS_ioperm, 0, 0, 0)
#endif

/* clone with one flag; the child, if there is one, ends at once. */
static int clone_with(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    long flag = strtol(argv[1], NULL, 0);
    long child = syscall(SYS_clone, flag | SIGCHLD, 0L, 0L, 0L, 0L);
    if (child == 0) _exit(0);
    if (child > 0) waitpid((pid_t)child, NULL, 0);
    return child < 0 ? -1 : 0;
}

static int unshare_with(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    return (int)syscall(SYS_unshare, strtol(argv[1], NULL, 0));
}

const struct check call_checks[] = {
    {"mount", mount_}, {"umount2", umount_}, {"pivot_root", pivot_root_}, {"chroot", chroot_}, {"open_tree", open_tree_},
    {"move_mount", move_mount_}, {"fsopen", fsopen_}, {"fsconfig", fsconfig_}, {"fsmount", fsmount_}, {"fspick", fspick_},
    {"mount_setattr", mount_setattr_}, {"unshare-nothing", unshare_nothing}, {"unshare-user", unshare_user}, {"setns", setns_},
    {"unshare", unshare_with}, {"clone", clone_with}, {"clone3", clone3_}, {"openat2", openat2_}, {"sethostname", sethostname_},
    {"setdomainname", setdomainname_}, {"settimeofday", settimeofday_}, {"clock_settime", clock_settime_}, {"keyctl", keyctl_},
    {"add_key", add_key_}, {"request_key", request_key_}, {"bpf", bpf_}, {"perf_event_open", perf_},
    {"userfaultfd", userfaultfd_}, {"io_uring_setup", io_uring_setup_}, {"io_uring_enter", io_uring_enter_},
    {"io_uring_register", io_uring_register_}, {"open_by_handle_at", open_by_handle}, {"init_module", init_module_},
    {"finit_module", finit_module_}, {"delete_module", delete_module_}, {"kexec_load", kexec_load_}, {"reboot", reboot_},
    {"swapon", swapon_}, {"acct", acct_}, {"quotactl", quotactl_}, {"quotactl_fd", quotactl_fd_}, {"syslog", syslog_},
    {"vhangup", vhangup_}, {"fanotify_init", fanotify_init_}, {"kcmp", kcmp_}, {"pidfd_getfd", pidfd_getfd_},
    {"process_madvise", process_madvise_}, {"mbind", mbind_}, {"move_pages", move_pages_}, {"migrate_pages", migrate_pages_},
    {"personality-no-aslr", personality_no_aslr}, {"unknown-call", unknown_call},
#ifdef __x86_64__
    {"modify_ldt", modify_ldt_}, {"iopl", iopl_}, {"ioperm", ioperm_},
#endif
    {NULL, NULL},
};
