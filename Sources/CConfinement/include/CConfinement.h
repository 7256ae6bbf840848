// Confines the process itself. This is C because seccomp, Landlock and prctl are macros, variadic, or bare system calls.
// All names begin with wan_.
#ifndef WAN_CCONFINEMENT_H
#define WAN_CCONFINEMENT_H

#include <stdint.h>

// The mechanisms that confine a process.
enum {
  WAN_CONFINED_BY_LIMITS = 1 << 0,
  WAN_CONFINED_BY_NO_NEW_PRIVILEGES = 1 << 1,
  WAN_CONFINED_BY_LANDLOCK = 1 << 2,
  WAN_CONFINED_BY_SECCOMP = 1 << 3,
};

// Permanently takes from this process all rights that measuring bytes does not need: files, sockets, children, programs,
// other processes. Open descriptors stay open, and one more can be received. Returns the active mechanisms.
uint32_t wan_confine(void);

// Makes this process end with the thread that started it, and return freed memory, if the system supports that.
void wan_begin_worker(void);

// Bytes of address space of this process; 0 if the system does not report them. Call it before confinement.
int64_t wan_address_space(void);

// The number of failed allocations so far; 0 if that is not counted.
uint64_t wan_failed_allocations(void);

#endif
