// yescrypt, which the Glibc module leaves out.
#include <crypt.h>
