// How a process confines itself. C, since seccomp, Landlock and prctl are macros, variadic, or bare system calls. All
// names begin with wan_.
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

// Takes from this process, for good, all that measuring bytes does not need: files, sockets, children, programs, other
// processes. What it has open stays open, and one more descriptor can be received. Returns the mechanisms in force.
uint32_t wan_confine(void);

// Makes this process end with the thread that started it, and give freed memory back, where the system has words for that.
void wan_begin_worker(void);

// Bytes of address space that this process has; 0 if the system does not say. Before it is confined.
int64_t wan_address_space(void);

// How many times this process was refused memory so far; 0 where that is not known.
uint64_t wan_failed_allocations(void);

#endif
