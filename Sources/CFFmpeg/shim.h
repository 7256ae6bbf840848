// The parts of FFmpeg that Swift cannot import: macros with casts, and one variadic function.
// Everything here is a constant or an accessor; the wrappers share the prefix wan_.
#ifndef WAN_CFFMPEG_SHIM_H
#define WAN_CFFMPEG_SHIM_H

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>

/// AV_NOPTS_VALUE: no timestamp. The macro casts, so Swift does not see it.
static const int64_t wan_av_nopts = AV_NOPTS_VALUE;
/// AVERROR_EOF: the end of the data.
static const int wan_averror_eof = AVERROR_EOF;
/// AVERROR(EAGAIN): a decoder needs more input.
static const int wan_averror_again = AVERROR(EAGAIN);
/// AVERROR(EIO): our read callback returns this if the source failed.
static const int wan_averror_io = AVERROR(EIO);
/// AVERROR_EXIT: an interrupted call returns this.
static const int wan_averror_exit = AVERROR_EXIT;
/// AVERROR_INVALIDDATA: the bytes are not what the demuxer or decoder expects.
static const int wan_averror_invalid = AVERROR_INVALIDDATA;
/// AVERROR(ENOMEM): out of memory.
static const int wan_averror_nomem = AVERROR(ENOMEM);
/// AVERROR_PATCHWELCOME: FFmpeg does not implement the feature.
static const int wan_averror_patchwelcome = AVERROR_PATCHWELCOME;
/// AVERROR(ENOSYS): this FFmpeg was built without a feature that the file needs.
static const int wan_averror_nosys = AVERROR(ENOSYS);
/// AVERROR_DEMUXER_NOT_FOUND: FFmpeg was built without the demuxer.
static const int wan_averror_demuxer_not_found = AVERROR_DEMUXER_NOT_FOUND;
/// AVERROR_OPTION_NOT_FOUND: FFmpeg was built without an option that limits it.
static const int wan_averror_option_not_found = AVERROR_OPTION_NOT_FOUND;
/// AV_TIME_BASE: the unit of AVFormatContext.duration.
static const int64_t wan_av_time_base = AV_TIME_BASE;

/// Silences FFmpeg's own logging: its messages about hostile files must not reach our output.
static inline void wan_av_silence(void) { av_log_set_level(AV_LOG_QUIET); }

#endif
