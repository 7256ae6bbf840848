#include "CMediaShims.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "opacity.h"

struct wan_png {
  png_structp codec;
  png_infop info;
  bool ended;
  wan_status status;  // final, once `ended`
  uint32_t width;
  bool interlaced;
  int64_t rows_left;
  wan_opacity opacity;
  int64_t warnings;
  char message[200];
};

static void keep_message(wan_png *png, const char *message) {
  snprintf(png->message, sizeof png->message, "%s", message ? message : "");
}

static void end_with(wan_png *png, wan_status status) {
  png->ended = true;
  png->status = status;
}

static void on_error(png_structp codec, png_const_charp message) {
  wan_png *png = png_get_error_ptr(codec);
  keep_message(png, message);
  end_with(png, message && strstr(message, "memory") ? WAN_STATUS_LIMIT : WAN_STATUS_CORRUPT);
  png_longjmp(codec, 1);
}

static void on_warning(png_structp codec, png_const_charp message) {
  wan_png *png = png_get_error_ptr(codec);
  if (png->warnings++ == 0) keep_message(png, message);
}

static void learn_palette(wan_png *png) {
  png_colorp colors = NULL;
  int count = 0;
  memset(png->opacity.entries, wan_entry_missing, sizeof png->opacity.entries);
  if (png_get_PLTE(png->codec, png->info, &colors, &count) && count > 0)
    memset(png->opacity.entries, wan_entry_opaque, count < 256 ? (size_t)count : 256);
}

static void learn_transparency(wan_png *png) {
  png_bytep alphas = NULL;
  int count = 0;
  png_color_16p key = NULL;
  if (!png_get_tRNS(png->codec, png->info, &alphas, &count, &key)) return;
  if (png->opacity.color_type == PNG_COLOR_TYPE_PALETTE) {
    for (int i = 0; alphas && i < count && i < 256; i++)
      if (alphas[i] != 0xFF) png->opacity.entries[i] |= wan_entry_transparent;
  } else if (key) {
    unsigned mask = (1u << png->opacity.bit_depth) - 1;
    bool in_color = png->opacity.color_type == PNG_COLOR_TYPE_RGB;
    png->opacity.has_key = true;
    png->opacity.key[0] = (uint16_t)((in_color ? key->red : key->gray) & mask);
    png->opacity.key[1] = (uint16_t)(key->green & mask);
    png->opacity.key[2] = (uint16_t)(key->blue & mask);
  }
}

static void on_header(png_structp codec, png_infop info) {
  wan_png *png = png_get_progressive_ptr(codec);
  uint32_t height = png_get_image_height(codec, info);
  png->width = png_get_image_width(codec, info);
  png->interlaced = png_get_interlace_type(codec, info) == PNG_INTERLACE_ADAM7;
  png->opacity.color_type = png_get_color_type(codec, info);
  png->opacity.bit_depth = png_get_bit_depth(codec, info);
  if (png->opacity.color_type == PNG_COLOR_TYPE_PALETTE) learn_palette(png);
  learn_transparency(png);
  // Without interlace handling, libpng returns the rows of each pass in their order, and holds no image.
  png_start_read_image(codec);
  png->rows_left = png->interlaced ? 0 : height;
  for (int pass = 0; png->interlaced && pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
    if (PNG_PASS_COLS(png->width, pass) > 0) png->rows_left += PNG_PASS_ROWS(height, pass);
}

static void on_row(png_structp codec, png_bytep row, png_uint_32 number, int pass) {
  wan_png *png = png_get_progressive_ptr(codec);
  (void)number;
  if (!row) return;
  png->rows_left--;
  wan_opacity_scan(&png->opacity, row, png->interlaced ? PNG_PASS_COLS(png->width, pass) : png->width);
}

static void on_end(png_structp codec, png_infop info) {
  wan_png *png = png_get_progressive_ptr(codec);
  (void)info;
  if (png->rows_left == 0) {
    end_with(png, WAN_STATUS_DONE);
  } else {
    if (png->warnings == 0) keep_message(png, "Not enough image data");
    end_with(png, WAN_STATUS_CORRUPT);
  }
}

wan_png *wan_png_open(void) {
  wan_png *png = calloc(1, sizeof *png);
  if (!png) return NULL;
  png->codec = png_create_read_struct(PNG_LIBPNG_VER_STRING, png, on_error, on_warning);
  if (png->codec) png->info = png_create_info_struct(png->codec);
  if (!png->info) {
    wan_png_close(png);
    return NULL;
  }
  if (setjmp(png_jmpbuf(png->codec))) {
    wan_png_close(png);
    return NULL;
  }
  // The caller checks the dimensions before it opens a decoder, and checks the checksums of chunks itself.
  png_set_user_limits(png->codec, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_cache_max(png->codec, 16);
  png_set_chunk_malloc_max(png->codec, 1 << 20);
  png_set_crc_action(png->codec, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
  png_set_progressive_read_fn(png->codec, png, on_header, on_row, on_end);
  return png;
}

void wan_png_close(wan_png *png) {
  if (!png) return;
  if (png->codec) png_destroy_read_struct(&png->codec, &png->info, NULL);
  free(png);
}

wan_status wan_png_feed(wan_png *png, const uint8_t *bytes, size_t count) {
  if (png->ended) return png->status;
  if (setjmp(png_jmpbuf(png->codec))) return png->status;
  // libpng requires a pointer to mutable bytes, but only reads them.
  if (count > 0) png_process_data(png->codec, png->info, (png_bytep)bytes, count);
  return png->ended ? png->status : WAN_STATUS_MORE;
}

int64_t wan_png_warnings(const wan_png *png) { return png->warnings; }

bool wan_png_transparent(const wan_png *png) { return png->opacity.transparent; }

bool wan_png_index_beyond_palette(const wan_png *png) { return png->opacity.index_beyond_palette; }

const char *wan_png_message(const wan_png *png) { return png->message; }
