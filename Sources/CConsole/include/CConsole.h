/* The pages of the console, as they lie in `web`, inside the program. */
#ifndef CCONSOLE_H
#define CCONSOLE_H

#include <stddef.h>

typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} console_file;

/* All files; how many they are is written to `count`. */
const console_file *console_files(size_t *count);

#endif
