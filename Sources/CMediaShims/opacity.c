#include "opacity.h"

#include <string.h>

enum { rgb = 2, palette = 3, gray_alpha = 4, rgb_alpha = 6 };

static uint16_t sample(const uint8_t *row, size_t index, uint8_t bit_depth) {
  switch (bit_depth) {
    case 16:
      return (uint16_t)(row[2 * index] << 8 | row[2 * index + 1]);
    case 8:
      return row[index];
    default: {
      size_t bit = index * bit_depth;
      unsigned shift = 8u - bit_depth - (unsigned)(bit & 7);
      return (uint16_t)(row[bit >> 3] >> shift & ((1u << bit_depth) - 1));
    }
  }
}

// Whether the last `size` bytes of every group of `stride` bytes are all ones.
static bool all_ones(const uint8_t *row, size_t pixels, size_t stride, size_t size) {
  uint8_t ones = 0xFF;
  for (size_t i = 0; i < pixels; i++)
    for (size_t j = stride - size; j < stride; j++) ones &= row[i * stride + j];
  return ones == 0xFF;
}

static bool all_ones_rgba8(const uint8_t *row, size_t pixels) {
  uint32_t ones = UINT32_MAX;
  for (size_t i = 0; i < pixels; i++) {
    uint32_t pixel;
    memcpy(&pixel, row + 4 * i, sizeof pixel);
    ones &= pixel;
  }
  uint8_t bytes[4];
  memcpy(bytes, &ones, sizeof bytes);
  return bytes[3] == 0xFF;
}

static bool matches_key(const wan_opacity *opacity, const uint8_t *row, size_t pixels, size_t channels) {
  for (size_t i = 0; i < pixels; i++) {
    bool same = true;
    for (size_t c = 0; c < channels; c++)
      same = same && sample(row, i * channels + c, opacity->bit_depth) == opacity->key[c];
    if (same) return true;
  }
  return false;
}

void wan_opacity_scan(wan_opacity *opacity, const uint8_t *row, size_t pixels) {
  size_t width = opacity->bit_depth / 8;
  if (opacity->color_type == palette) {
    uint8_t seen = 0;
    for (size_t i = 0; i < pixels; i++) seen |= opacity->entries[sample(row, i, opacity->bit_depth)];
    if (seen & wan_entry_transparent) opacity->transparent = true;
    if (seen & wan_entry_missing) opacity->index_beyond_palette = true;
  } else if (opacity->transparent) {
    return;
  } else if (opacity->color_type == gray_alpha) {
    opacity->transparent = !all_ones(row, pixels, 2 * width, width);
  } else if (opacity->color_type == rgb_alpha) {
    opacity->transparent = width == 1 ? !all_ones_rgba8(row, pixels) : !all_ones(row, pixels, 8, 2);
  } else if (opacity->has_key) {
    opacity->transparent = matches_key(opacity, row, pixels, opacity->color_type == rgb ? 3 : 1);
  }
}
