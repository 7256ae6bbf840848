// The socket between a process and its workers.
#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CWorkers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// Above the standard streams, which a caller may have closed, and above the descriptors of a worker.
enum { LOWEST_DESCRIPTOR = 10 };

#if defined(MSG_NOSIGNAL)
enum { QUIETLY = MSG_NOSIGNAL };
#else
enum { QUIETLY = 0 };
#endif

static int moved_up(int descriptor) {
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, LOWEST_DESCRIPTOR);
  const int error = errno;
  close(descriptor);
  errno = error;
  return moved;
}

int wan_connected_sockets(int sockets[2]) {
  int pair[2];
  int kind = SOCK_STREAM;
#if defined(SOCK_CLOEXEC)
  kind |= SOCK_CLOEXEC;
#endif
  if (socketpair(AF_UNIX, kind, 0, pair) != 0) return errno;
  sockets[0] = moved_up(pair[0]);
  const int first_error = errno;
  sockets[1] = moved_up(pair[1]);
  const int second_error = errno;
  if (sockets[0] >= 0 && sockets[1] >= 0) {
#if defined(SO_NOSIGPIPE)
    const int on = 1;
    for (int index = 0; index < 2; index++)
      setsockopt(sockets[index], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return 0;
  }
  const int error = sockets[0] < 0 ? first_error : second_error;
  for (int index = 0; index < 2; index++)
    if (sockets[index] >= 0) close(sockets[index]);
  return error;
}

ssize_t wan_send(int socket, const void *bytes, size_t count, int descriptor) {
  struct iovec part = {(void *)bytes, count};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  union {
    char space[CMSG_SPACE(sizeof(int))];
    struct cmsghdr alignment;
  } control;
  if (descriptor >= 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  }
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_DONTWAIT | QUIETLY);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : sent;
}

// Keeps the first descriptor of a message if the caller expects one, and closes all others.
static void take_descriptors(struct msghdr *message, int *descriptor) {
  for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL; header = CMSG_NXTHDR(message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < count; index++) {
      int received;
      memcpy(&received, CMSG_DATA(header) + index * sizeof(int), sizeof received);
      if (descriptor != NULL && *descriptor < 0)
        *descriptor = received;
      else
        close(received);
    }
  }
}

ssize_t wan_receive(int socket, void *bytes, size_t count, int *descriptor) {
  struct iovec part = {bytes, count};
  // If the caller expects no descriptor, there is no room for one, and the system closes those that arrive.
  union {
    char space[CMSG_SPACE(sizeof(int))];
    struct cmsghdr alignment;
  } control;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (descriptor != NULL) {
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
  }
  int flags = 0;
#if defined(MSG_CMSG_CLOEXEC)
  flags |= MSG_CMSG_CLOEXEC;
#endif
  ssize_t received;
  do received = recvmsg(socket, &message, flags);
  while (received < 0 && errno == EINTR);
  if (received < 0) return -errno;
  if (descriptor != NULL) take_descriptors(&message, descriptor);
  return received;
}

int wan_wait(int socket, int for_writing, int milliseconds) {
  struct pollfd entry = {socket, for_writing ? POLLOUT : POLLIN, 0};
  const int ready = poll(&entry, 1, milliseconds);
  if (ready < 0) return errno == EINTR ? 0 : -errno;
  return ready;
}
