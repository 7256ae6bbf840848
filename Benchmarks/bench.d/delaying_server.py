"""Serves a folder on loopback, with a delay before each answer, like a distant server.

    delaying_server.py FOLDER MILLISECONDS

The first line that it prints is its port; each further line is a request. It keeps connections open,
and exits when its standard input ends.
"""

import asyncio
import pathlib
import re
import sys
import urllib.parse

CHUNK = 1 << 18


class Server:
    def __init__(self, folder, delay):
        self.folder = pathlib.Path(folder).resolve()
        self.delay = delay

    async def converse(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(self.delay)
                await self.answer(head.decode("latin-1"), writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # The client disconnected, or the server ends.
        finally:
            writer.close()

    async def answer(self, head, writer):
        path = urllib.parse.unquote(head.split(" ", 2)[1])
        data = (self.folder / path.lstrip("/")).read_bytes()
        status, lines = "200 OK", [f'ETag: "{len(data):x}"', "Accept-Ranges: bytes"]
        wanted = re.search(r"^range: *bytes=(\d+)-(\d*)\r?$", head, re.IGNORECASE | re.MULTILINE)
        total = len(data)
        if wanted:
            first = int(wanted[1])
            last = min(int(wanted[2] or total), total - 1)
            status = "206 Partial Content"
            lines.append(f"Content-Range: bytes {first}-{last}/{total}")
            data = data[first:last + 1]
        print(path, flush=True)
        lines += [f"Content-Length: {len(data)}", "", ""]
        writer.write("\r\n".join([f"HTTP/1.1 {status}", *lines]).encode())
        for start in range(0, len(data), CHUNK):
            writer.write(data[start:start + CHUNK])
            await writer.drain()
        await writer.drain()


async def main():
    served = Server(sys.argv[1], float(sys.argv[2]) / 1000)
    server = await asyncio.start_server(served.converse, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
