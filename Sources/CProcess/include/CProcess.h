// The arguments of this process, and the number of threads that it may have. This is C because without /proc only C gets
// the arguments, and because a failure to make a thread ends a Swift program. All names begin with wan_.
#ifndef WAN_CPROCESS_H
#define WAN_CPROCESS_H

// The arguments of this process, the program's name first, and their number; 0 if the C library does not pass them
// to constructors.
int wan_argument_count(void);
const char *_Nullable const *_Nullable wan_arguments(void);

// How many of `wanted` threads can run at the same time. Processes count too if the system limits both together.
int wan_room_for_threads(int wanted);

#endif
