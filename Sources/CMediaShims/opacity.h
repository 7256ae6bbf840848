// Which pixels of a PNG row are not opaque; private to the shims.
#ifndef WAN_OPACITY_H
#define WAN_OPACITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint8_t color_type;  // as in IHDR
  uint8_t bit_depth;
  bool has_key;             // one gray or RGB value is transparent
  uint16_t key[3];          // that value: gray, or red, green, blue
  uint8_t entries[256];     // of a palette entry: see below
  bool transparent;         // seen so far
  bool index_beyond_palette;  // seen so far
} wan_opacity;

enum { wan_entry_opaque = 0, wan_entry_transparent = 1, wan_entry_missing = 2 };

// Checks one unfiltered row, before any conversion.
void wan_opacity_scan(wan_opacity *opacity, const uint8_t *row, size_t pixels);

#endif
