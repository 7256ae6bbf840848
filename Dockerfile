# Builds and runs wan-check: docker build -t wan-check . && docker run --rm -v "$PWD:/work:ro" wan-check photo.png
# The image contains the C library and libgcc_s, the certificates of authorities, and wan-check: no shell and no package manager.

FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Makefile Package.swift Package.resolved* ./
RUN make deps-release
COPY . .
RUN make release

FROM gcr.io/distroless/cc-debian12
COPY --from=build /source/.build/staged/bin/wan-check /usr/local/bin/wan-check
COPY --from=build /source/.build/staged/libexec/wan-check /usr/local/libexec/wan-check
COPY --from=build /source/.build/staged/share/doc/wan-check /usr/share/doc/wan-check
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/wan-check"]
CMD ["--help"]
