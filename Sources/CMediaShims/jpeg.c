#include "CMediaShims.h"

#include <limits.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

// A marker segment is at most 64 KiB and an MCU far less, so more than this unconsumed means no progress.
enum { most_unconsumed = 1 << 20, most_strays = 4096, end_of_image = 0xD9 };

typedef enum { reading_header, starting, reading_scans, reading_rows, finishing, ended } stage;

struct wan_jpeg {
  struct jpeg_decompress_struct codec;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  jmp_buf escape;
  stage stage;
  wan_status status;  // final, once the stage is `ended`
  uint8_t *bytes;     // not consumed by libjpeg yet
  size_t capacity;
  size_t to_skip;  // bytes that libjpeg skipped and that were not fed yet
  int64_t fed;
  int scans;
  uint32_t components_seen;
  JSAMPARRAY row;
  int64_t warnings;  // of damage
  bool ended_early;
  uint32_t oddities;
  wan_stray strays[most_strays];
  int stray_count;
  char message[JMSG_LENGTH_MAX];
};

static wan_status failure(int code) {
  switch (code) {
    case JERR_IMAGE_TOO_BIG:
    case JERR_NO_BACKING_STORE:
    case JERR_OUT_OF_MEMORY:
    case JERR_WIDTH_OVERFLOW:
      return WAN_STATUS_LIMIT;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
      return WAN_STATUS_UNSUPPORTED;
    default:
      return WAN_STATUS_CORRUPT;
  }
}

static wan_status end_with(wan_jpeg *jpeg, wan_status status) {
  jpeg->stage = ended;
  jpeg->status = status;
  return status;
}

static void on_error(j_common_ptr common) {
  wan_jpeg *jpeg = common->client_data;
  common->err->format_message(common, jpeg->message);
  // libjpeg's own message is about temporary files, which it was built without.
  if (common->err->msg_code == JERR_NO_BACKING_STORE || common->err->msg_code == JERR_OUT_OF_MEMORY)
    snprintf(jpeg->message, sizeof jpeg->message, "the whole image takes more memory than it may");
  end_with(jpeg, failure(common->err->msg_code));
  longjmp(jpeg->escape, 1);
}

// Records bytes between entropy-coded data and a marker. The caller decides whether they are part of the
// image.
static void note_stray(wan_jpeg *jpeg, int64_t end, int64_t count) {
  if (jpeg->stray_count == most_strays) {
    jpeg->oddities |= WAN_JPEG_MORE_STRAYS;
    return;
  }
  jpeg->strays[jpeg->stray_count].end = end;
  jpeg->strays[jpeg->stray_count].count = count;
  jpeg->stray_count++;
}

static void on_message(j_common_ptr common, int level) {
  wan_jpeg *jpeg = common->client_data;
  if (level >= 0) return;
  switch (common->err->msg_code) {
    case JWRN_JFIF_MAJOR:  // does not affect the image
      return;
    case JWRN_EXTRANEOUS_DATA:
      // Before the first scan, the bytes cannot be image data. The bytes that libjpeg has consumed end at their end.
      if (jpeg->stage != reading_header)
        note_stray(jpeg, wan_jpeg_consumed(jpeg), common->err->msg_parm.i[0]);
      return;
    case JWRN_NOT_SEQUENTIAL:
      jpeg->oddities |= WAN_JPEG_SCAN_PARAMETERS;
      return;
    case JWRN_ADOBE_XFORM:
      jpeg->oddities |= WAN_JPEG_ADOBE_TRANSFORM;
      return;
    default:
      break;
  }
  if (jpeg->warnings++ > 0) return;
  common->err->format_message(common, jpeg->message);
  jpeg->ended_early = common->err->msg_code == JWRN_HIT_MARKER && jpeg->codec.unread_marker == end_of_image;
}

static void on_output(j_common_ptr common) { (void)common; }

static void on_source_start(j_decompress_ptr codec) { (void)codec; }

// Suspends: the buffer holds all bytes until the next feed.
static boolean on_source_empty(j_decompress_ptr codec) {
  (void)codec;
  return FALSE;
}

static void on_skip(j_decompress_ptr codec, long count) {
  wan_jpeg *jpeg = codec->client_data;
  if (count <= 0) return;
  size_t here = jpeg->source.bytes_in_buffer;
  size_t now = (size_t)count < here ? (size_t)count : here;
  jpeg->source.next_input_byte += now;
  jpeg->source.bytes_in_buffer -= now;
  jpeg->to_skip += (size_t)count - now;
}

static void on_source_end(j_decompress_ptr codec) { (void)codec; }

wan_jpeg *wan_jpeg_open(int64_t memory, int scans) {
  wan_jpeg *jpeg = calloc(1, sizeof *jpeg);
  if (!jpeg) return NULL;
  jpeg->scans = scans;
  jpeg->codec.err = jpeg_std_error(&jpeg->errors);
  jpeg->errors.error_exit = on_error;
  jpeg->errors.emit_message = on_message;
  jpeg->errors.output_message = on_output;
  jpeg->codec.client_data = jpeg;
  if (setjmp(jpeg->escape)) {
    wan_jpeg_close(jpeg);
    return NULL;
  }
  jpeg_create_decompress(&jpeg->codec);
  if (memory > 0) jpeg->codec.mem->max_memory_to_use = memory > LONG_MAX ? LONG_MAX : (long)memory;
  jpeg->source.init_source = on_source_start;
  jpeg->source.fill_input_buffer = on_source_empty;
  jpeg->source.skip_input_data = on_skip;
  jpeg->source.resync_to_restart = jpeg_resync_to_restart;
  jpeg->source.term_source = on_source_end;
  jpeg->codec.src = &jpeg->source;
  return jpeg;
}

void wan_jpeg_close(wan_jpeg *jpeg) {
  if (!jpeg) return;
  jpeg_destroy_decompress(&jpeg->codec);
  free(jpeg->bytes);
  free(jpeg);
}

// The pixels are not used. So the output is the cheapest one that still decodes every entropy-coded bit: one
// sample a block, luma only, no colour conversion.
static void configure(wan_jpeg *jpeg) {
  j_decompress_ptr codec = &jpeg->codec;
  codec->buffered_image = jpeg_has_multiple_scans(codec);
  codec->scale_num = 1;
  codec->scale_denom = 8;
  codec->dct_method = JDCT_IFAST;
  codec->do_fancy_upsampling = FALSE;
  codec->do_block_smoothing = FALSE;
  codec->out_color_space =
      codec->jpeg_color_space == JCS_YCbCr ? JCS_GRAYSCALE : codec->jpeg_color_space;
}

static void note_scan(wan_jpeg *jpeg) {
  j_decompress_ptr codec = &jpeg->codec;
  // The later scans of a progressive image only refine what the first scan of a component, its DC scan,
  // provided.
  if (codec->progressive_mode && codec->Ss != 0) return;
  for (int i = 0; i < codec->comps_in_scan; i++)
    jpeg->components_seen |= UINT32_C(1) << codec->cur_comp_info[i]->component_index;
}

static wan_status read_scans(wan_jpeg *jpeg) {
  for (;;) {
    switch (jpeg_consume_input(&jpeg->codec)) {
      case JPEG_SUSPENDED:
        return WAN_STATUS_MORE;
      case JPEG_REACHED_EOI:
        return end_with(jpeg, WAN_STATUS_DONE);
      case JPEG_SCAN_COMPLETED:
        note_scan(jpeg);
        if (jpeg->codec.input_scan_number > jpeg->scans) {
          snprintf(jpeg->message, sizeof jpeg->message, "the image has more than %d scans", jpeg->scans);
          return end_with(jpeg, WAN_STATUS_LIMIT);
        }
        // A scan of a few bytes can cost a pass over the whole image, so the caller must check the time.
        return WAN_STATUS_PAUSED;
      default:
        break;
    }
  }
}

static wan_status advance(wan_jpeg *jpeg) {
  j_decompress_ptr codec = &jpeg->codec;
  switch (jpeg->stage) {
    case reading_header:
      if (jpeg_read_header(codec, TRUE) == JPEG_SUSPENDED) return WAN_STATUS_MORE;
      configure(jpeg);
      jpeg->stage = starting;
      // fall through
    case starting:
      if (!jpeg_start_decompress(codec)) return WAN_STATUS_MORE;
      if (codec->buffered_image) {
        jpeg->stage = reading_scans;
        return read_scans(jpeg);
      }
      note_scan(jpeg);
      jpeg->row = codec->mem->alloc_sarray(
          (j_common_ptr)codec, JPOOL_IMAGE, codec->output_width * (JDIMENSION)codec->output_components, 1);
      jpeg->stage = reading_rows;
      // fall through
    case reading_rows:
      while (codec->output_scanline < codec->output_height)
        if (jpeg_read_scanlines(codec, jpeg->row, 1) == 0) return WAN_STATUS_MORE;
      jpeg->stage = finishing;
      // fall through
    case finishing:
      if (!jpeg_finish_decompress(codec)) return WAN_STATUS_MORE;
      return end_with(jpeg, WAN_STATUS_DONE);
    case reading_scans:
      return read_scans(jpeg);
    case ended:
      break;
  }
  return jpeg->status;
}

// Appends the bytes to those that libjpeg did not consume.
static bool append(wan_jpeg *jpeg, const uint8_t *bytes, size_t count) {
  size_t left = jpeg->source.bytes_in_buffer;
  if (left > most_unconsumed || count > SIZE_MAX - left) return false;
  if (left > 0) memmove(jpeg->bytes, jpeg->source.next_input_byte, left);
  if (left + count > jpeg->capacity) {
    uint8_t *larger = realloc(jpeg->bytes, left + count);
    if (!larger) return false;
    jpeg->bytes = larger;
    jpeg->capacity = left + count;
  }
  memcpy(jpeg->bytes + left, bytes, count);
  jpeg->source.next_input_byte = jpeg->bytes;
  jpeg->source.bytes_in_buffer = left + count;
  return true;
}

wan_status wan_jpeg_feed(wan_jpeg *jpeg, const uint8_t *bytes, size_t count) {
  if (jpeg->stage == ended) return jpeg->status;
  jpeg->fed += (int64_t)count;
  size_t skipped = jpeg->to_skip < count ? jpeg->to_skip : count;
  jpeg->to_skip -= skipped;
  if (count > skipped && !append(jpeg, bytes + skipped, count - skipped)) {
    snprintf(jpeg->message, sizeof jpeg->message, "more than %d bytes wait to be decoded", most_unconsumed);
    return end_with(jpeg, WAN_STATUS_LIMIT);
  }
  if (setjmp(jpeg->escape)) return jpeg->status;
  return advance(jpeg);
}

int64_t wan_jpeg_consumed(const wan_jpeg *jpeg) {
  return jpeg->fed - (int64_t)jpeg->source.bytes_in_buffer;
}

int64_t wan_jpeg_warnings(const wan_jpeg *jpeg) { return jpeg->warnings; }

uint32_t wan_jpeg_oddities(const wan_jpeg *jpeg) { return jpeg->oddities; }

int wan_jpeg_stray_count(const wan_jpeg *jpeg) { return jpeg->stray_count; }

wan_stray wan_jpeg_stray(const wan_jpeg *jpeg, int index) {
  return index >= 0 && index < jpeg->stray_count ? jpeg->strays[index] : (wan_stray){0, 0};
}

bool wan_jpeg_ended_early(const wan_jpeg *jpeg) { return jpeg->ended_early; }

int wan_jpeg_missing_component(const wan_jpeg *jpeg) {
  for (int i = 0; i < jpeg->codec.num_components && i < MAX_COMPONENTS; i++)
    if ((jpeg->components_seen >> i & 1) == 0) return i + 1;
  return 0;
}

int wan_jpeg_unrefined_component(const wan_jpeg *jpeg) {
  if (!jpeg->codec.coef_bits) return 0;
  for (int i = 0; i < jpeg->codec.num_components; i++)
    for (int k = 0; k < DCTSIZE2; k++)
      if (jpeg->codec.coef_bits[i][k] > 0) return i + 1;
  return 0;
}

const char *wan_jpeg_message(const wan_jpeg *jpeg) { return jpeg->message; }
