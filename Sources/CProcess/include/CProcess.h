// The arguments of this process, the number of threads that it may have, and the programs that it starts. This is C because
// without /proc only C gets the arguments, because a failure to make a thread ends a Swift program, and because
// close-on-spawn has another name on each system. All names begin with wan_.
#ifndef WAN_CPROCESS_H
#define WAN_CPROCESS_H

#include <sys/types.h>

// The arguments of this process, the program's name first, and their number; 0 if the C library does not pass them
// to constructors.
int wan_argument_count(void);
const char *_Nullable const *_Nullable wan_arguments(void);

// How many of `wanted` threads can run at the same time. Processes count too if the system limits both together.
int wan_room_for_threads(int wanted);

// Starts the program at `path` in its own process group and in `folder`, with these descriptors as its standard streams, no
// other descriptor, no signal blocked or ignored, and our environment. `arguments` begins with the program's name and
// ends with NULL. Returns 0 or an errno.
int wan_start_program(const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
                      const char *_Nonnull folder, const int streams[_Nonnull 3], pid_t *_Nonnull pid);

// Waits until the program ended, without removing it from the process table: its number stays its own. Returns 0 or an errno.
int wan_wait_for_program(pid_t pid);

// Ends what is left of the process group of a program that ended, and removes the program from the process table. Returns
// its exit status, or 128 and the number of the signal that ended it.
int wan_reap_program(pid_t pid);

#endif
