import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  name: string | Buffer;
  content?: string | Buffer;
  /** As the archive has it, in the place of the deflated content. */
  packed?: Buffer;
  stored?: boolean;
  encrypted?: boolean;
  /** Lies about what the content is. */
  declaredBytes?: number;
  /** Where the central directory says that the member lies; several may share one. */
  offset?: number;
}

/** A ZIP container written by hand, so that it can be wrong in every way a test needs. */
export function zipOf(entries: ZipEntry[], options: { declaredCount?: number; comment?: string } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? "");
    const packed = entry.packed ?? (entry.stored ? content : deflateRawSync(content));
    const flags = 0x800 | (entry.encrypted ? 1 : 0);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(entry.stored ? 0 : 8, 4);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(entry.declaredBytes ?? content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, name, packed]);
    const central = Buffer.alloc(46);
    central.write("PK\x01\x02", 0, "latin1");
    central.writeUInt16LE(20, 4);
    shared.copy(central, 6);
    central.writeUInt32LE(entry.offset ?? position, 42);
    directory.push(central, name);
    if (entry.offset === undefined) {
      parts.push(local);
      position += local.length;
    }
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE((options.declaredCount ?? entries.length) & 0xffff, 8);
  end.writeUInt16LE((options.declaredCount ?? entries.length) & 0xffff, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(position, 16);
  end.writeUInt16LE(options.comment?.length ?? 0, 20);
  return Buffer.concat([...parts, listed, end, Buffer.from(options.comment ?? "")]);
}
