/* probe CHECK [ARGUMENT...]: runs one check in a process of its own, so that one that kills it is told by the signal's name. */
#include "probe.h"

static const struct check *const all[] = {
    call_checks, compat_checks, socket_checks, setuid_checks, lease_checks, place_checks, limit_checks, identity_checks, work_checks,
};

int expect(int condition, const char *otherwise) {
    if (condition) return 0;
    puts(otherwise);
    return SAID;
}

static const struct check *find(const char *name) {
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (const struct check *check = all[i]; check->name; check++)
            if (!strcmp(check->name, name)) return check;
    return NULL;
}

static void report(int result) {
    if (result == 0) puts("OK");
    else if (result < 0) puts(strerrorname_np(errno) ? strerrorname_np(errno) : "errno without a name");
}

int main(int argc, char **argv) {
    const struct check *check = argc > 1 ? find(argv[1]) : NULL;
    if (!check) {
        fprintf(stderr, "probe: no such check: %s\n", argc > 1 ? argv[1] : "");
        return 2;
    }

    pid_t child = fork();
    if (child < 0) { report(-1); return 1; }
    if (child == 0) {
        report(check->run(argc - 1, argv + 1));
        fflush(stdout);
        _exit(0);
    }

    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    if (WIFSIGNALED(status)) printf("SIG%s\n", sigabbrev_np(WTERMSIG(status)));
    else if (WEXITSTATUS(status)) printf("exit %d\n", WEXITSTATUS(status));
    return 0;
}
