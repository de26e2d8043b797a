/** Writes pictures of the given sizes with nothing but the standard library, a file that is no picture, and a link out of the folder. */
export const drawingScript = (...sizes: [string, number, number][]): string => `
import os, struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def draw(name, width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    with open(name, "wb") as file:
        file.write(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress((b"\\x00" + b"\\x80" * width) * height)) + chunk(b"IEND", b""))
for name, width, height in ${JSON.stringify(sizes)}:
    draw(name, width, height)
open("text.png", "w").write("no picture")
os.symlink("/etc/passwd", "link.png")
print("drawn")
`;
