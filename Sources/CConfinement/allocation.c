// Counts failed allocations. After one, a C library may report good bytes as broken, so its caller must check the count.
// The linker prefers these functions to those of the C library, for every library in the program.
#include "CConfinement.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
// These have functions of their own.
#define OTHERS_ALLOCATE 1
#endif
#endif

#if defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__) && !defined(OTHERS_ALLOCATE)

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

// The other names of glibc's own functions.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_uint_fast64_t failures;

static void *counted(void *memory, size_t size) {
  if (memory == NULL && size > 0) atomic_fetch_add_explicit(&failures, 1, memory_order_relaxed);
  return memory;
}

void *malloc(size_t size) { return counted(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
  return counted(__libc_calloc(count, size), count == 0 ? 0 : size);
}

void *realloc(void *memory, size_t size) { return counted(__libc_realloc(memory, size), size); }

void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size), size); }

void *aligned_alloc(size_t alignment, size_t size) {
  return counted(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  const int number = errno;
  void *memory = counted(__libc_memalign(alignment, size), size);
  errno = number;
  if (memory == NULL && size > 0) return ENOMEM;
  *result = memory;
  return 0;
}

uint64_t wan_failed_allocations(void) {
  return atomic_load_explicit(&failures, memory_order_relaxed);
}

#else

uint64_t wan_failed_allocations(void) { return 0; }

#endif
