// C wrappers around libjpeg-turbo and libpng. They exist because both libraries report errors by longjmp,
// which must never cross a Swift frame. All names begin with wan_.
#ifndef WAN_CMEDIASHIMS_H
#define WAN_CMEDIASHIMS_H

#endif
