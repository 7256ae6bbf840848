#include "CMediaShims.h"

#include <limits.h>

#include <zlib.h>

uint32_t wan_crc32(uint32_t crc, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    uInt step = count < UINT_MAX ? (uInt)count : UINT_MAX;
    crc = (uint32_t)crc32(crc, bytes, step);
    bytes += step;
    count -= step;
  }
  return crc;
}

size_t wan_inflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity) {
  z_stream stream = {0};
  if (count > UINT_MAX || capacity > UINT_MAX || inflateInit(&stream) != Z_OK) return 0;
  stream.next_in = (z_const Bytef *)bytes;
  stream.avail_in = (uInt)count;
  stream.next_out = output;
  stream.avail_out = (uInt)capacity;
  inflate(&stream, Z_SYNC_FLUSH);
  inflateEnd(&stream);
  return capacity - stream.avail_out;
}
