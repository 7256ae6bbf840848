// C wrappers around libjpeg-turbo and libpng. They exist because both libraries report errors by longjmp,
// which must never cross a Swift frame. All names begin with wan_.
#ifndef WAN_CMEDIASHIMS_H
#define WAN_CMEDIASHIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The status of a decoder after it was fed.
typedef enum __attribute__((enum_extensibility(closed))) {
  WAN_STATUS_MORE __attribute__((swift_name("more"))) = 0,  // it needs more bytes
  WAN_STATUS_PAUSED __attribute__((swift_name("paused"))),  // feed again, without bytes: it could go on
  WAN_STATUS_DONE __attribute__((swift_name("done"))),      // the end of the image was decoded
  WAN_STATUS_CORRUPT __attribute__((swift_name("corrupt"))),
  WAN_STATUS_UNSUPPORTED __attribute__((swift_name("unsupported"))),
  WAN_STATUS_LIMIT __attribute__((swift_name("limit"))),  // a bound on memory or scans was hit
} wan_status __attribute__((swift_name("DecoderStatus")));

// JPEG: decodes every entropy-coded bit of an image, and keeps no pixels.
typedef struct wan_jpeg wan_jpeg;

// NULL if there is no memory. `memory` limits the bytes that a multi-scan image may use.
wan_jpeg *_Nullable wan_jpeg_open(int64_t memory, int scans);
void wan_jpeg_close(wan_jpeg *_Nullable jpeg);
// Every status but MORE and PAUSED is final. The bytes need not outlive the call.
wan_status wan_jpeg_feed(wan_jpeg *_Nonnull jpeg, const uint8_t *_Nullable bytes, size_t count);
// Bytes taken from the file so far. At the end, the last of them is the end-of-image marker.
int64_t wan_jpeg_consumed(const wan_jpeg *_Nonnull jpeg);
// Warnings about damage that libjpeg decodes around. Faults listed below are not included.
int64_t wan_jpeg_warnings(const wan_jpeg *_Nonnull jpeg);
// Faults that break the format and change no pixel, one bit each.
enum {
  WAN_JPEG_SCAN_PARAMETERS = 1,  // SOS parameters that a sequential JPEG cannot have
  WAN_JPEG_ADOBE_TRANSFORM = 2,  // a colour transform that Adobe does not define
  WAN_JPEG_MORE_STRAYS = 4,      // more strays than are kept
};
uint32_t wan_jpeg_oddities(const wan_jpeg *_Nonnull jpeg);
// Bytes after the data of a scan or of a restart interval: remains of an image whose decoder lost
// synchronisation, or padding.
typedef struct {
  int64_t end;  // where they end in the file; fill bytes (FF) before a marker are not counted
  // libjpeg's count. Up to eight more bytes were read ahead, and bytes of earlier intervals may be included.
  int64_t count;
} wan_stray;
int wan_jpeg_stray_count(const wan_jpeg *_Nonnull jpeg);
wan_stray wan_jpeg_stray(const wan_jpeg *_Nonnull jpeg, int index);
// Whether the first warning was that the entropy-coded data end before the image is complete.
bool wan_jpeg_ended_early(const wan_jpeg *_Nonnull jpeg);
// A component that no scan holds, counted from 1; 0 if there is none. For a finished image.
int wan_jpeg_missing_component(const wan_jpeg *_Nonnull jpeg);
// A component of a progressive image whose lowest bits are in no scan, counted from 1; 0 if there is none.
// For a finished image.
int wan_jpeg_unrefined_component(const wan_jpeg *_Nonnull jpeg);
// libjpeg's text for the fatal error, or else for the first warning; empty if there was neither.
const char *_Nonnull wan_jpeg_message(const wan_jpeg *_Nonnull jpeg);

// PNG: decodes every row of one image, and keeps none. The caller checks the checksums of chunks and omits
// those that do not describe pixels.
typedef struct wan_png wan_png;

wan_png *_Nullable wan_png_open(void);
void wan_png_close(wan_png *_Nullable png);
// Every status but MORE is final. The bytes need not outlive the call.
wan_status wan_png_feed(wan_png *_Nonnull png, const uint8_t *_Nullable bytes, size_t count);
int64_t wan_png_warnings(const wan_png *_Nonnull png);
// Whether a pixel was found that is not fully opaque.
bool wan_png_transparent(const wan_png *_Nonnull png);
// Whether a pixel was found whose palette entry does not exist.
bool wan_png_index_beyond_palette(const wan_png *_Nonnull png);
// libpng's text for the fatal error, or else for the first warning; empty if there was neither.
const char *_Nonnull wan_png_message(const wan_png *_Nonnull png);

// PNG again, for images whose pixels need not be examined: every row is inflated and its filter type checked,
// including the zlib checksum. Undoing the filters cannot fail, and takes half of libpng's time.
typedef struct wan_rows wan_rows;

// NULL if there is no memory. The size is in pixels, with `bits` each.
wan_rows *_Nullable wan_rows_open(uint32_t width, uint32_t height, uint32_t bits, bool interlaced);
void wan_rows_close(wan_rows *_Nullable rows);
// Takes the payload of IDAT chunks. MORE until the rows and their checksum are complete, then DONE.
wan_status wan_rows_feed(wan_rows *_Nonnull rows, const uint8_t *_Nullable bytes, size_t count);
// Returns how the stream ended, after all payload was given; DONE only if the rows and their checksum are
// complete.
wan_status wan_rows_finish(wan_rows *_Nonnull rows);
// Superfluous data, which loses nothing, as text; empty if there is none.
const char *_Nonnull wan_rows_oddity(const wan_rows *_Nonnull rows);
// What was wrong, or is missing so far, as text; empty if nothing is wrong.
const char *_Nonnull wan_rows_message(const wan_rows *_Nonnull rows);

// Inflates a zlib stream until `capacity` is full or the stream is invalid; returns the number of bytes.
size_t wan_inflate(const uint8_t *_Nullable bytes, size_t count, uint8_t *_Nonnull output, size_t capacity);

// The CRC of PNG chunks: start from 0, go on from the last result.
uint32_t wan_crc32(uint32_t crc, const uint8_t *_Nullable bytes, size_t count);

#endif
