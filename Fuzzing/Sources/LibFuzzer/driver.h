// libFuzzer's entry for programs with a main of their own; the compiler brings the library, and no header.
#ifndef WAN_LIBFUZZER_DRIVER_H
#define WAN_LIBFUZZER_DRIVER_H

#include <stddef.h>
#include <stdint.h>

// `input` answers 0, or -1 if the bytes are not worth keeping.
int LLVMFuzzerRunDriver(
  int *_Nonnull argc, char *_Nullable *_Nonnull *_Nonnull argv,
  int (*_Nonnull input)(const uint8_t *_Nullable bytes, size_t count));

#endif
