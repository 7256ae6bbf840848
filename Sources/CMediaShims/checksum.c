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
