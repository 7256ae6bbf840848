#include "CMediaShims.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>
#include <zlib.h>

// If the rows of an image, compressed and inflated, have no more bytes than this, libdeflate inflates them in
// one call. libdeflate needs all of both in memory. Only its success is used: after a failure, zlib inflates
// the data again, and zlib's messages are reported.
// Without libdeflate, depth `full` takes 35 % more processor time over the 720 images of the benchmark (240 each of PNG,
// JPEG and WebP), 52 % more over the PNG images alone, and 18 % more over photographs as PNG of which half have alpha.
enum { most_held = 12 << 20, most_inflated = 32 << 20 };

// Larger than zlib's window of 32 KiB: this needs fewer copies into the window, and fewer matches refer to
// it.
enum { passes = 7, last_filter = 4, output_size = 256 << 10 };

// The maximum number of bytes after the rows of an image. If there are more, the stream is not inflated to
// its end.
enum { most_extra = 16 << 20, largest_window = 7 };

static const char extra_data[] = "there are bytes after the compressed data";
static const char extra_rows[] = "there is more image data than rows";
static const char small_window[] = "the compressed data refer further back than the window that they state";

// Where the pixels of each Adam7 pass begin, and how far apart they are.
static const struct {
  uint32_t x, y, dx, dy;
} adam7[passes] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

struct wan_rows {
  z_stream stream;
  bool opened;
  wan_status status;
  const char *message;
  // The passes that have pixels; an image without interlace is one.
  struct {
    uint64_t row_bytes;
    uint64_t rows;
  } pass[passes];
  int pass_count;
  int current;
  uint64_t left_in_row;  // 0: a filter type comes next
  uint64_t inflated_size;  // of all rows, filter types included
  uint64_t extra;          // inflated bytes beyond them
  const char *oddity;      // what breaks the format and loses nothing
  bool began;
  // The output size of one zlib call. zlib checks a distance against its window only if it refers to bytes
  // before this output.
  uInt output_step;
  bool holds;  // compressed bytes are held back until the end
  uint8_t *held;
  size_t held_count;
  size_t held_capacity;
  uint8_t output[output_size];
};

static void add_pass(wan_rows *rows, uint64_t width, uint64_t height, uint32_t bits) {
  if (width == 0 || height == 0) return;
  rows->pass[rows->pass_count].row_bytes = (width * bits + 7) / 8;
  rows->pass[rows->pass_count].rows = height;
  uint64_t row = rows->pass[rows->pass_count].row_bytes + 1;
  // Beyond the limit, the exact number does not matter.
  rows->inflated_size += height > most_inflated / row ? most_inflated + 1 : row * height;
  rows->pass_count++;
}

static uint64_t in_pass(uint32_t size, uint32_t start, uint32_t step) {
  return size > start ? ((uint64_t)size - start + step - 1) / step : 0;
}

wan_rows *wan_rows_open(uint32_t width, uint32_t height, uint32_t bits, bool interlaced) {
  wan_rows *rows = calloc(1, sizeof *rows);
  if (!rows) return NULL;
  rows->message = "the compressed data are empty";
  rows->oddity = "";
  rows->output_step = output_size;
  for (int i = 0; interlaced && i < passes; i++)
    add_pass(rows, in_pass(width, adam7[i].x, adam7[i].dx), in_pass(height, adam7[i].y, adam7[i].dy), bits);
  if (!interlaced) add_pass(rows, width, height, bits);
  rows->holds = rows->inflated_size <= most_inflated;
  // 0 means the window size that the stream states, as in libpng.
  rows->opened = inflateInit2(&rows->stream, 0) == Z_OK;
  if (rows->opened) return rows;
  wan_rows_close(rows);
  return NULL;
}

void wan_rows_close(wan_rows *rows) {
  if (!rows) return;
  if (rows->opened) inflateEnd(&rows->stream);
  free(rows->held);
  free(rows);
}

static wan_status end_with(wan_rows *rows, wan_status status, const char *message) {
  rows->status = status;
  rows->message = message;
  return status;
}

// Walks over inflated bytes from row to row; false if they are not rows of this image.
static bool walk(wan_rows *rows, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    if (rows->left_in_row == 0) {
      if (rows->current == rows->pass_count) {
        rows->oddity = rows->message = extra_rows;
        rows->extra += count;
        return rows->extra <= most_extra;
      }
      if (*bytes > last_filter) {
        rows->message = "a row has an unknown filter type";
        return false;
      }
      rows->left_in_row = rows->pass[rows->current].row_bytes;
      bytes++;
      count--;
    }
    size_t step = rows->left_in_row < count ? (size_t)rows->left_in_row : count;
    rows->left_in_row -= step;
    bytes += step;
    count -= step;
    if (rows->left_in_row == 0 && --rows->pass[rows->current].rows == 0) rows->current++;
  }
  return true;
}

static wan_status end_stream(wan_rows *rows, size_t left) {
  if (rows->current < rows->pass_count) return end_with(rows, WAN_STATUS_CORRUPT, "there are rows missing");
  if (left > 0) rows->oddity = extra_data;
  return end_with(rows, WAN_STATUS_DONE, "");
}

// Whether a stream with this first byte states a window that some distance inside the image could exceed.
static bool states_small_window(const wan_rows *rows, uint8_t first) {
  unsigned window = first >> 4;
  return window < largest_window && rows->inflated_size > UINT64_C(256) << window;
}

static wan_status stream_on(wan_rows *rows, const uint8_t *bytes, size_t count) {
  z_stream *stream = &rows->stream;
  if (rows->status == WAN_STATUS_DONE && count > 0) rows->oddity = extra_data;
  if (!rows->began && count > 0) {
    rows->began = true;
    if (states_small_window(rows, *bytes)) rows->output_step = 1;
  }
  while (rows->status == WAN_STATUS_MORE && count > 0) {
    uInt step = count < UINT_MAX ? (uInt)count : UINT_MAX;
    stream->next_in = (z_const Bytef *)bytes;
    stream->avail_in = step;
    int result;
    do {
      stream->next_out = rows->output;
      stream->avail_out = rows->output_step;
      result = inflate(stream, Z_NO_FLUSH);
      if (!walk(rows, rows->output, rows->output_step - stream->avail_out))
        return end_with(rows, WAN_STATUS_CORRUPT, rows->message);
      if (result == Z_STREAM_END) return end_stream(rows, count - step + stream->avail_in);
      if (result == Z_MEM_ERROR) return end_with(rows, WAN_STATUS_LIMIT, "there was no memory to inflate");
      if (result == Z_DATA_ERROR && rows->output_step == 1 && stream->msg && strstr(stream->msg, "too far back"))
        return end_with(rows, WAN_STATUS_CORRUPT, small_window);
      if (result != Z_OK && result != Z_BUF_ERROR)
        return end_with(rows, WAN_STATUS_CORRUPT, stream->msg ? stream->msg : "the compressed data are damaged");
    } while (stream->avail_in > 0 || stream->avail_out == 0);
    bytes += step;
    count -= step;
    rows->message = "the compressed data end early";
  }
  return rows->status;
}

// Sends what was held back through zlib.
static wan_status let_go(wan_rows *rows) {
  rows->holds = false;
  wan_status status = rows->held_count > 0 ? stream_on(rows, rows->held, rows->held_count) : rows->status;
  free(rows->held);
  rows->held = NULL;
  rows->held_count = 0;
  return status;
}

// Makes room for `count` more bytes; false if they are too many, or memory ran out.
static bool make_room(wan_rows *rows, size_t count) {
  if (count > most_held - rows->held_count) return false;
  size_t needed = rows->held_count + count;
  if (needed <= rows->held_capacity) return true;
  size_t capacity = rows->held_capacity ? rows->held_capacity : 64 << 10;
  while (capacity < needed) capacity *= 2;
  uint8_t *held = realloc(rows->held, capacity);
  if (!held) return false;
  rows->held = held;
  rows->held_capacity = capacity;
  return true;
}

wan_status wan_rows_feed(wan_rows *rows, const uint8_t *bytes, size_t count) {
  if (count == 0) return rows->status;
  if (!rows->holds) return stream_on(rows, bytes, count);
  if (make_room(rows, count)) {
    memcpy(rows->held + rows->held_count, bytes, count);
    rows->held_count += count;
    return rows->status;
  }
  let_go(rows);
  return stream_on(rows, bytes, count);
}

// Whether the held bytes are one whole stream of exactly these rows. If a stream states a smaller window than
// the largest one, zlib decodes it, because zlib checks that distances stay inside the window.
static bool inflates_at_one_go(wan_rows *rows) {
  if (rows->held_count < 2 || rows->held[0] >> 4 != largest_window) return false;
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
  uint8_t *output = malloc(rows->inflated_size ? (size_t)rows->inflated_size : 1);
  size_t taken = 0, made = 0;
  bool whole = decompressor && output
    && libdeflate_zlib_decompress_ex(
         decompressor, rows->held, rows->held_count, output, (size_t)rows->inflated_size, &taken, &made)
      == LIBDEFLATE_SUCCESS
    && taken == rows->held_count && made == rows->inflated_size;
  uint8_t *filter = output;
  for (int i = 0; whole && i < rows->pass_count; i++)
    for (uint64_t row = 0; whole && row < rows->pass[i].rows; row++, filter += rows->pass[i].row_bytes + 1)
      whole = *filter <= last_filter;
  free(output);
  libdeflate_free_decompressor(decompressor);
  return whole;
}

wan_status wan_rows_finish(wan_rows *rows) {
  if (!rows->holds) return rows->status;
  if (inflates_at_one_go(rows)) {
    rows->holds = false;
    return end_with(rows, WAN_STATUS_DONE, "");
  }
  return let_go(rows);
}

const char *wan_rows_oddity(const wan_rows *rows) { return rows->oddity; }

const char *wan_rows_message(const wan_rows *rows) { return rows->message; }
