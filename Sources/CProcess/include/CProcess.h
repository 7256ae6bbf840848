// What this process was started with, and how many threads it may have. C, since only C is told the arguments where there
// is no /proc, and since a thread that cannot be made ends a Swift program. All names begin with wan_.
#ifndef WAN_CPROCESS_H
#define WAN_CPROCESS_H

// The arguments of this process, the program's name first, and how many they are; 0 where the C library does not pass them
// to constructors.
int wan_argument_count(void);
const char *_Nullable const *_Nullable wan_arguments(void);

// How many of `wanted` threads can run at the same time. Processes count, too, wherever the system bounds both together.
int wan_room_for_threads(int wanted);

#endif
