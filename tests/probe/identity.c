/* Who the process is, what it may become, and which namespaces it lives in. */
#include "probe.h"
#include <grp.h>
#include <sys/prctl.h>

/* status FIELD: its value in /proc/self/status, blanks made single. */
static int status(int argc, char **argv) {
    if (argc != 2) return errno = EINVAL, -1;
    FILE *file = fopen("/proc/self/status", "r");
    char line[4096];
    size_t length = strlen(argv[1]);
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, argv[1], length) || line[length] != ':') continue;
        char *rest = NULL, *word = strtok_r(line + length + 1, " \t\n", &rest);
        for (int first = 1; word; word = strtok_r(NULL, " \t\n", &rest), first = 0) printf("%s%s", first ? "" : " ", word);
        puts("");
        return SAID;
    }
    return expect(0, "no such field");
}

static int effective_user(int argc, char **argv) {
    (void)argc, (void)argv;
    uid_t real, effective, saved;
    getresuid(&real, &effective, &saved);
    printf("%u %u %u\n", real, effective, saved);
    return SAID;
}

static int become_root(int argc, char **argv) { (void)argc, (void)argv; return setuid(0); }
static int become_root_effective(int argc, char **argv) { (void)argc, (void)argv; return setresuid((uid_t)-1, 0, (uid_t)-1); }
static int no_groups(int argc, char **argv) { (void)argc, (void)argv; return setgroups(0, NULL); }

/* set-user UID, set-group GID */
static int set_user(int argc, char **argv) { return argc != 2 ? (errno = EINVAL, -1) : setuid((uid_t)strtoul(argv[1], NULL, 10)); }
static int set_group(int argc, char **argv) { return argc != 2 ? (errno = EINVAL, -1) : setgid((gid_t)strtoul(argv[1], NULL, 10)); }

/* A capability that is ambient survives an exec without any file capability. */
static int raise_ambient(int argc, char **argv) {
    (void)argc, (void)argv;
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0);
}

static int allow_new_privileges(int argc, char **argv) {
    (void)argc, (void)argv;
    return prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0);
}

/* namespace NAME: its number, as the machine outside would see it. */
static int namespace_(int argc, char **argv) {
    char path[64], link[64];
    if (argc != 2) return errno = EINVAL, -1;
    snprintf(path, sizeof path, "/proc/self/ns/%s", argv[1]);
    ssize_t length = readlink(path, link, sizeof link - 1);
    if (length < 0) return -1;
    link[length] = 0;
    puts(link);
    return SAID;
}

const struct check identity_checks[] = {
    {"status", status}, {"effective-user", effective_user}, {"setuid-root", become_root},
    {"setresuid-root", become_root_effective}, {"setgroups-none", no_groups}, {"set-user", set_user}, {"set-group", set_group},
    {"raise-ambient", raise_ambient}, {"allow-new-privileges", allow_new_privileges}, {"namespace", namespace_}, {NULL, NULL},
};
