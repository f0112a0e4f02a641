/* Which sockets can be made, and where they lead. */
#include "probe.h"
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

#define HIGH 0x100000000L /* a bit that the kernel drops; a filter that compares all 64 would take it for another family */

#define SOCKET(name, number, ...) static int name(int argc, char **argv) { \
    (void)argc; (void)argv; int pair[2]; (void)pair; return syscall(number, __VA_ARGS__) < 0 ? -1 : 0; }

SOCKET(alg, SYS_socket, 38L, SOCK_SEQPACKET, 0)
SOCKET(alg_high, SYS_socket, 38L | HIGH, SOCK_SEQPACKET, 0)
SOCKET(alg_pair, SYS_socketpair, 38L, SOCK_SEQPACKET, 0, pair)
SOCKET(vsock, SYS_socket, 40L, SOCK_STREAM, 0)
SOCKET(vsock_high, SYS_socket, 40L | HIGH, SOCK_STREAM, 0)
SOCKET(vsock_pair, SYS_socketpair, 40L, SOCK_STREAM, 0, pair)
SOCKET(inet_pair, SYS_socketpair, 2L, SOCK_STREAM, 0, pair)
SOCKET(unspecified, SYS_socket, 0L, SOCK_STREAM, 0)
SOCKET(packet, SYS_socket, 17L, SOCK_RAW, 0)
SOCKET(bluetooth, SYS_socket, 31L, SOCK_RAW, 0)
SOCKET(sctp, SYS_socket, 2L, SOCK_STREAM, 132)
SOCKET(mptcp, SYS_socket, 2L, SOCK_STREAM, 262)
SOCKET(mptcp_high, SYS_socket, 2L, SOCK_STREAM, 262L | HIGH)
SOCKET(netfilter, SYS_socket, 16L, SOCK_RAW, 12)
SOCKET(netlink_crypto, SYS_socket, 16L, SOCK_RAW, 21)
SOCKET(netlink_route, SYS_socket, 16L, SOCK_RAW, 0)
SOCKET(raw, SYS_socket, 2L, SOCK_RAW, IPPROTO_ICMP)
SOCKET(raw6, SYS_socket, 10L, SOCK_RAW, IPPROTO_ICMPV6)
SOCKET(tcp, SYS_socket, 2L, SOCK_STREAM, IPPROTO_TCP)
SOCKET(udp, SYS_socket, 2L, SOCK_DGRAM, 0)
SOCKET(tcp6, SYS_socket, 10L, SOCK_STREAM, 0)
SOCKET(unix_, SYS_socket, 1L, SOCK_STREAM, 0)
SOCKET(unix_pair, SYS_socketpair, 1L, SOCK_STREAM, 0, pair)

/* connect tcp|udp ADDRESS PORT */
static int connect_(int argc, char **argv) {
    if (argc != 4) return errno = EINVAL, -1;
    int kind = strcmp(argv[1], "udp") ? SOCK_STREAM : SOCK_DGRAM;
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[3]))};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = v4.sin_port};
    int is4 = inet_pton(AF_INET, argv[2], &v4.sin_addr) == 1;
    if (!is4 && inet_pton(AF_INET6, argv[2], &v6.sin6_addr) != 1) return errno = EINVAL, -1;
    int fd = socket(is4 ? AF_INET : AF_INET6, kind, 0);
    if (fd < 0) return -1;
    return is4 ? connect(fd, (struct sockaddr *)&v4, sizeof v4) : connect(fd, (struct sockaddr *)&v6, sizeof v6);
}

/* A server and a client over the loopback. */
static int loopback(int argc, char **argv) {
    (void)argc, (void)argv;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int server = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
    if (server < 0 || client < 0 || bind(server, (struct sockaddr *)&address, size) || listen(server, 1)) return -1;
    if (getsockname(server, (struct sockaddr *)&address, &size) || connect(client, (struct sockaddr *)&address, size)) return -1;
    return accept(server, NULL, NULL) < 0 ? -1 : 0;
}

/* Names of all interfaces, sorted by number. */
static int interfaces(int argc, char **argv) {
    (void)argc, (void)argv;
    struct if_nameindex *list = if_nameindex();
    if (!list) return -1;
    for (struct if_nameindex *i = list; i->if_name; i++) printf("%s%s", i == list ? "" : " ", i->if_name);
    puts("");
    return SAID;
}

/* Abstract UNIX sockets belong to the network namespace: one of the host's is not there. */
static int abstract(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(argv[1]);
    if (length > sizeof address.sun_path - 1) return errno = EINVAL, -1;
    memcpy(address.sun_path + 1, argv[1], length);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0) return -1;
    return connect(fd, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length));
}

const struct check socket_checks[] = {
    {"socket-alg", alg}, {"socket-alg-high", alg_high}, {"socketpair-alg", alg_pair}, {"socket-vsock", vsock},
    {"socket-vsock-high", vsock_high}, {"socketpair-vsock", vsock_pair}, {"socketpair-inet", inet_pair},
    {"socket-unspecified", unspecified}, {"socket-packet", packet}, {"socket-bluetooth", bluetooth}, {"socket-sctp", sctp},
    {"socket-mptcp", mptcp}, {"socket-mptcp-high", mptcp_high}, {"socket-netlink-netfilter", netfilter},
    {"socket-netlink-crypto", netlink_crypto}, {"socket-netlink-route", netlink_route}, {"socket-raw", raw},
    {"socket-raw6", raw6}, {"socket-tcp", tcp}, {"socket-udp", udp}, {"socket-tcp6", tcp6}, {"socket-unix", unix_},
    {"socketpair-unix", unix_pair}, {"connect", connect_}, {"loopback", loopback}, {"interfaces", interfaces},
    {"connect-abstract", abstract}, {NULL, NULL},
};
