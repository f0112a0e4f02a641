/*
 * The same calls through the other doors of an x86-64 kernel: int $0x80, whose numbers and meaning are those of 32-bit programs, and
 * the x32 numbers. A filter that knows one door only would be walked around through another.
 */
#include "probe.h"
#include <sched.h>
#include <stdint.h>

#ifdef __x86_64__
static uint32_t socket_arguments[3];
static char path[] = "/tmp/compat"; /* a static program's data lies below 4 GB, where 32-bit pointers reach */

static int result(long value) {
    if (value < 0 && value > -4096) return errno = (int)-value, -1;
    return 0;
}

static long int80(long number, long a, long b, long c, long d, long e) {
    long value;
    __asm__ volatile("int $0x80" : "=a"(value) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory", "r8", "r9", "r10", "r11");
    return (int)value;
}

/* An x32 call: the number of the 64-bit one, with one bit more. */
static long x32(long number, long a, long b, long c) {
    return syscall(number | 0x40000000, a, b, c) < 0 ? -errno : 0;
}

static int socketcall(int family) {
    socket_arguments[0] = (uint32_t)family;
    socket_arguments[1] = 5; /* SOCK_SEQPACKET, which both families have */
    return result(int80(102, 1, (long)socket_arguments, 0, 0, 0));
}

#define COMPAT(name, expression) static int name(int argc, char **argv) { (void)argc; (void)argv; return expression; }

COMPAT(getpid32, result(int80(20, 0, 0, 0, 0, 0)))
COMPAT(socketcall_alg, socketcall(38))
COMPAT(socketcall_vsock, socketcall(40))
COMPAT(socket32_alg, result(int80(359, 38, 5, 0, 0, 0)))
COMPAT(socket32_vsock, result(int80(359, 40, 1, 0, 0, 0)))
COMPAT(unshare32, result(int80(310, CLONE_NEWUSER, 0, 0, 0, 0)))
COMPAT(mount32, result(int80(21, -1, -1, -1, 0, 0)))
COMPAT(keyctl32, result(int80(288, 0, -3, 0, 0, 0)))
COMPAT(add_key32, result(int80(286, -1, -1, 0, 0, 0)))
COMPAT(bpf32, result(int80(357, 0, -1, 4, 0, 0)))
COMPAT(perf32, result(int80(336, -1, 0, -1, -1, 0)))
COMPAT(userfaultfd32, result(int80(374, O_CLOEXEC | 1, 0, 0, 0, 0)))
COMPAT(io_uring32, result(int80(NR_io_uring_setup, 0, -1, 0, 0, 0)))
COMPAT(open32, result(int80(5, (long)path, O_CREAT | O_WRONLY, 04755, 0, 0)))
COMPAT(chmod32, result(int80(15, (long)path, 04755, 0, 0, 0)))
COMPAT(modify_ldt32, result(int80(123, 0, 0, 0, 0, 0)))
COMPAT(getpid_x32, result(x32(SYS_getpid, 0, 0, 0)))
COMPAT(socket_alg_x32, result(x32(SYS_socket, 38, 5, 0)))
COMPAT(unshare_x32, result(x32(SYS_unshare, CLONE_NEWUSER, 0, 0)))

static int clone32(int argc, char **argv) {
    (void)argc, (void)argv;
    long child = int80(120, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    return result(child);
}

const struct check compat_checks[] = {
    {"int80-getpid", getpid32}, {"int80-socketcall-alg", socketcall_alg}, {"int80-socketcall-vsock", socketcall_vsock},
    {"int80-socket-alg", socket32_alg}, {"int80-socket-vsock", socket32_vsock}, {"int80-unshare-user", unshare32},
    {"int80-clone-user", clone32}, {"int80-mount", mount32}, {"int80-keyctl", keyctl32}, {"int80-add_key", add_key32},
    {"int80-bpf", bpf32}, {"int80-perf_event_open", perf32}, {"int80-userfaultfd", userfaultfd32},
    {"int80-io_uring_setup", io_uring32}, {"int80-open-setuid", open32}, {"int80-chmod-setuid", chmod32},
    {"int80-modify_ldt", modify_ldt32}, {"x32-getpid", getpid_x32}, {"x32-socket-alg", socket_alg_x32},
    {"x32-unshare-user", unshare_x32}, {NULL, NULL},
};
#else
/* A 64-bit process of any other architecture has no second door. */
const struct check compat_checks[] = {{NULL, NULL}};
#endif
