// jpeglib.h needs these two to come first.
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>
