# Builds and runs wan-check: docker build -t wan-check . && docker run --rm -v "$PWD:/work:ro" wan-check photo.png
# Both stages use the same Debian release, because the C libraries must be the ones of the build.

FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Makefile Package.swift Package.resolved* ./
RUN make deps
COPY . .
RUN make dist && mkdir /release && tar -xzf .build/dist/*.tar.gz -C /release --strip-components=1

FROM debian:bookworm-slim
COPY --from=build /release/runtime-packages /tmp/runtime-packages
RUN apt-get update \
  && xargs apt-get install -y --no-install-recommends ca-certificates </tmp/runtime-packages \
  && rm -rf /var/lib/apt/lists/* /tmp/runtime-packages \
  && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin wan-check
COPY --from=build /release/bin/wan-check /usr/local/bin/wan-check
COPY --from=build /release/libexec/wan-check /usr/local/libexec/wan-check
COPY --from=build /release/LICENSE /release/THIRD-PARTY.txt /usr/share/doc/wan-check/
USER wan-check
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/wan-check"]
CMD ["--help"]
