// Starts a worker, and limits it from outside. A worker cannot undo these limits, even if an attacker controls it.
#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CWorkers.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { WORKER_SOCKET = 3, LONGEST_ENVIRONMENT = 4096 };

static int prepare_files(posix_spawn_file_actions_t *actions, int socket) {
  int error = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDWR, 0);
  if (error == 0) error = posix_spawn_file_actions_adddup2(actions, 0, 1);
  if (error == 0) error = posix_spawn_file_actions_adddup2(actions, 0, 2);
  if (error == 0) error = posix_spawn_file_actions_adddup2(actions, socket, WORKER_SOCKET);
// On other systems, all our descriptors are closed on exec.
#if defined(__GLIBC__)
  if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(actions, WORKER_SOCKET + 1);
#endif
  return error;
}

static int prepare_attributes(posix_spawnattr_t *attributes) {
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#if defined(POSIX_SPAWN_CLOEXEC_DEFAULT)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int error = posix_spawnattr_setflags(attributes, flags);
  if (error == 0) error = posix_spawnattr_setpgroup(attributes, 0);
  if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
  if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
  return error;
}

int wan_spawn_worker(const char *path, int socket, pid_t *pid) {
  // The parent reports a crash of the worker. A backtrace would cost seconds and needs forbidden system calls.
  char no_backtrace[] = "SWIFT_BACKTRACE=enable=no";
  char libraries[LONGEST_ENVIRONMENT];
  char *environment[] = {no_backtrace, NULL, NULL};
  const char *folders = getenv("LD_LIBRARY_PATH");
  if (folders != NULL &&
      snprintf(libraries, sizeof libraries, "LD_LIBRARY_PATH=%s", folders) < (int)sizeof libraries)
    environment[1] = libraries;

  posix_spawn_file_actions_t actions;
  int error = posix_spawn_file_actions_init(&actions);
  if (error != 0) return error;
  posix_spawnattr_t attributes;
  error = posix_spawnattr_init(&attributes);
  if (error == 0) {
    error = prepare_files(&actions, socket);
    if (error == 0) error = prepare_attributes(&attributes);
    char *arguments[] = {(char *)path, NULL};
    if (error == 0) error = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

#if defined(__linux__)

int wan_bound_worker(pid_t pid, int64_t processor_seconds, int64_t address_space) {
  clockid_t clock;
  struct timespec used;
  int error = clock_getcpuclockid(pid, &clock);
  if (error != 0) return error;
  if (clock_gettime(clock, &used) != 0) return errno;
  // The hard limits stay, so that the next job can get its own.
  struct rlimit limit;
  if (prlimit(pid, RLIMIT_CPU, NULL, &limit) != 0) return errno;
  limit.rlim_cur = (rlim_t)(used.tv_sec + 1 + processor_seconds);
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  if (prlimit(pid, RLIMIT_CPU, &limit, NULL) != 0) return errno;
  if (prlimit(pid, RLIMIT_AS, NULL, &limit) != 0) return errno;
  limit.rlim_cur = (rlim_t)address_space;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  return prlimit(pid, RLIMIT_AS, &limit, NULL) == 0 ? 0 : errno;
}

#else

int wan_bound_worker(pid_t pid, int64_t processor_seconds, int64_t address_space) {
  (void)pid, (void)processor_seconds, (void)address_space;
  return ENOSYS;
}

#endif
