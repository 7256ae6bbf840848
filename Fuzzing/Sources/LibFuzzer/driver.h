// libFuzzer's entry point for programs with their own main. The compiler provides the library, but no header.
#ifndef WAN_LIBFUZZER_DRIVER_H
#define WAN_LIBFUZZER_DRIVER_H

#include <stddef.h>
#include <stdint.h>

// `input` returns 0, or -1 if the bytes are not worth keeping.
int LLVMFuzzerRunDriver(
  int *_Nonnull argc, char *_Nullable *_Nonnull *_Nonnull argv,
  int (*_Nonnull input)(const uint8_t *_Nullable bytes, size_t count));

#endif
