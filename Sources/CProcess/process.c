// The arguments of the process, and the number of threads that it may have.
#include "CProcess.h"

#include <pthread.h>
#include <stdlib.h>

static int argument_count;
static char **arguments;

#if defined(__GLIBC__) || defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__)
// glibc passes the arguments of main to constructors.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
}
#endif

int wan_argument_count(void) { return argument_count; }

const char *const *wan_arguments(void) { return (const char *const *)arguments; }

static void *wait_at(void *gate) {
  pthread_mutex_lock(gate);
  pthread_mutex_unlock(gate);
  return NULL;
}

int wan_room_for_threads(int wanted) {
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  pthread_attr_t attributes;
  pthread_t *threads = calloc(wanted > 0 ? wanted : 1, sizeof *threads);
  int made = 0;
  if (threads == NULL) return 0;
  if (pthread_attr_init(&attributes) == 0) {
    pthread_attr_setstacksize(&attributes, 128 << 10);
    pthread_mutex_lock(&gate);
    while (made < wanted && pthread_create(&threads[made], &attributes, wait_at, &gate) == 0) made++;
    pthread_mutex_unlock(&gate);
    for (int index = 0; index < made; index++) pthread_join(threads[index], NULL);
    pthread_attr_destroy(&attributes);
  }
  free(threads);
  return made;
}
