// Starts worker processes, limits them from outside, and exchanges messages with them. This is C because ancillary data
// of sockets are macros, and close-on-spawn has another name on each system. All names begin with wan_.
#ifndef WAN_CWORKERS_H
#define WAN_CWORKERS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Starts the program at `path` in its own process group, with `socket` as its descriptor 3, the null device as 0, 1
// and 2, no other descriptor, no signal blocked or ignored, and no environment but the path of shared libraries.
// Returns 0 or an errno.
int wan_spawn_worker(const char *_Nonnull path, int socket, pid_t *_Nonnull pid);

// Limits a running worker from now on: `processor_seconds` more than it has used, and `address_space` bytes
// in all. Returns 0, or ENOSYS if one process cannot limit another.
int wan_bound_worker(pid_t pid, int64_t processor_seconds, int64_t address_space);

// Two connected stream sockets, closed on exec; neither is a standard stream. Returns 0 or an errno.
int wan_connected_sockets(int sockets[_Nonnull 2]);

// Sends what fits, with a copy of `descriptor` unless that is -1; never waits, never signals. Returns bytes or -errno.
ssize_t wan_send(int socket, const void *_Nonnull bytes, size_t count, int descriptor);

// Receives the available bytes. A received descriptor replaces `*descriptor`, which can hold one; others are
// closed. Returns bytes, 0 at the end, or -errno.
ssize_t wan_receive(int socket, void *_Nonnull bytes, size_t count, int *_Nullable descriptor);

// Waits until `socket` has something to read, or room to write. Returns 1, 0 when the time is up, or -errno.
int wan_wait(int socket, int for_writing, int milliseconds);

#endif
