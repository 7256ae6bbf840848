// The mechanisms by which a worker confines itself. Each is independent: if the system lacks one, the others still work.
#include "CConfinement.h"

#include <sys/resource.h>

// Room for the standard streams, the socket, and one received file.
enum { MOST_DESCRIPTORS = 5 };

static int limit(int resource, rlim_t value) {
  const struct rlimit bound = {value, value};
  return setrlimit(resource, &bound) == 0;
}

static int apply_limits(void) {
  int all = limit(RLIMIT_CORE, 0);
  all &= limit(RLIMIT_FSIZE, 0);
  all &= limit(RLIMIT_NOFILE, MOST_DESCRIPTORS);
#ifdef RLIMIT_NPROC
  all &= limit(RLIMIT_NPROC, 0);
#endif
  return all;
}

#if defined(__linux__)

#include <errno.h>
#include <malloc.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Landlock's numbers, which are part of the kernel's interface; headers older than the kernel lack some.
struct landlock_rules {
  uint64_t files;
  uint64_t network;
  uint64_t scope;
};

static uint64_t lowest_bits(int count) { return (UINT64_C(1) << count) - 1; }

// A set of rules that handles every kind of access in this kernel, and allows none.
static int apply_landlock(void) {
#if defined(SYS_landlock_create_ruleset) && defined(SYS_landlock_restrict_self)
  const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
  if (version < 1) return 0;
  const int files = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  const struct landlock_rules rules = {
      lowest_bits(files), version >= 4 ? lowest_bits(2) : 0, version >= 6 ? lowest_bits(2) : 0};
  const size_t size = version >= 6   ? sizeof rules
                      : version >= 4 ? offsetof(struct landlock_rules, scope)
                                     : offsetof(struct landlock_rules, network);
  const int set = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (set < 0) return 0;
  const int applied = syscall(SYS_landlock_restrict_self, set, 0) == 0;
  close(set);
  return applied;
#else
  return 0;
#endif
}

// The system calls that measuring needs beyond memory: for the socket, the received file, clocks, and the exit.
static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(pread64),         SCMP_SYS(readv),         SCMP_SYS(write),
    SCMP_SYS(sendmsg),       SCMP_SYS(sendto),          SCMP_SYS(recvmsg),       SCMP_SYS(recvfrom),
    SCMP_SYS(poll),          SCMP_SYS(ppoll),           SCMP_SYS(close),         SCMP_SYS(fstat),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),          SCMP_SYS(brk),           SCMP_SYS(madvise),
    SCMP_SYS(futex),         SCMP_SYS(sched_yield),     SCMP_SYS(getrandom),     SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),  SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),     SCMP_SYS(gettimeofday),
    SCMP_SYS(time),          SCMP_SYS(getpid),          SCMP_SYS(gettid),        SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(sigaltstack),    SCMP_SYS(restart_syscall), SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

// System calls that libraries make but do not need: the number of cores, whether a descriptor is a terminal.
static const int refused[] = {
    SCMP_SYS(sched_getaffinity), SCMP_SYS(uname),     SCMP_SYS(sysinfo),    SCMP_SYS(getrusage),
    SCMP_SYS(getcwd),            SCMP_SYS(getuid),    SCMP_SYS(geteuid),    SCMP_SYS(getgid),
    SCMP_SYS(getegid),           SCMP_SYS(readlink),  SCMP_SYS(readlinkat), SCMP_SYS(stat),
    SCMP_SYS(newfstatat),        SCMP_SYS(access),    SCMP_SYS(ioctl),      SCMP_SYS(prctl),
    SCMP_SYS(prlimit64),         SCMP_SYS(getrlimit), SCMP_SYS(fcntl),      SCMP_SYS(lseek),
};

static int allow(scmp_filter_ctx filter) {
  for (size_t index = 0; index < sizeof allowed / sizeof *allowed; index++)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[index], 0) < 0) return 0;
  for (size_t index = 0; index < sizeof refused / sizeof *refused; index++)
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[index], 0) < 0) return 0;
  // Memory, but never executable memory.
  const struct scmp_arg_cmp not_executable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_executable) < 0) return 0;
  if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable) < 0) return 0;
  // Signals, but only to itself, so that an abort is reported as one.
  const scmp_datum_t self = (scmp_datum_t)getpid();
  const struct scmp_arg_cmp to_itself = SCMP_A0(SCMP_CMP_EQ, self);
  if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(kill), 1, to_itself) < 0) return 0;
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, to_itself) == 0;
}

// Any call that is not on the lists ends the process.
static int apply_seccomp(void) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == NULL) return 0;
  const int applied = allow(filter) && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return applied;
}

uint32_t wan_confine(void) {
  uint32_t mechanisms = 0;
  // The bytes that it reads must not be visible to a debugger, or be in a core file.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (apply_limits()) mechanisms |= WAN_CONFINED_BY_LIMITS;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) mechanisms |= WAN_CONFINED_BY_NO_NEW_PRIVILEGES;
  if (apply_landlock()) mechanisms |= WAN_CONFINED_BY_LANDLOCK;
  if (apply_seccomp()) mechanisms |= WAN_CONFINED_BY_SECCOMP;
  return mechanisms;
}

// Memory that one job freed must not count against the next, so large blocks go back to the system at once. The memory of
// ordinary images is kept, because mapping the same pages again costs a third of their time.
static void keep_little_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 16 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

// Converting a time needs the time zone, which the C library reads from a file unless it is set before. UTC is right: the
// dates in a file's metadata are all in UTC.
static void settle_time_zone(void) {
  setenv("TZ", "UTC0", 1);
  tzset();
}

void wan_begin_worker(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  settle_time_zone();
  keep_little_memory();
}

int64_t wan_address_space(void) {
  FILE *file = fopen("/proc/self/statm", "re");
  if (file == NULL) return 0;
  long long pages = 0;
  const int found = fscanf(file, "%lld", &pages);
  fclose(file);
  return found == 1 ? pages * sysconf(_SC_PAGESIZE) : 0;
}

#else

void wan_begin_worker(void) {}

int64_t wan_address_space(void) { return 0; }

uint32_t wan_confine(void) { return apply_limits() ? WAN_CONFINED_BY_LIMITS : 0; }

#endif
