/** One message of Postgres's protocol. `type` is its letter; "" for the first message of a connection, which has none. */
export interface Frame {
  type: string;
  bytes: Buffer;
}

/** Cuts one direction of a connection into whole messages; what is incomplete waits for its rest. `startsBare`: the client's first message has no letter. */
export function frameReader(startsBare: boolean): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  let isBare = startsBare;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const head = isBare ? 0 : 1;
      if (rest.length < head + 4) return frames;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return frames;
      frames.push({ type: isBare ? "" : String.fromCharCode(rest[0] ?? 0), bytes: rest.subarray(0, end) });
      rest = rest.subarray(end);
      isBare = false;
    }
  };
}

/** Hears what a client asks to be executed: the text of a statement comes once, later only its name does. Returns the text where a frame executes one. */
export function statementListener(): (frame: Frame) => string | null {
  const texts = new Map<string, string>();
  let bound = "";
  return ({ type, bytes }) => {
    const fields = () => bytes.subarray(5).toString("utf8").split("\0");
    switch (type) {
      case "Q":
        return fields()[0] ?? "";
      case "P": {
        const [name = "", text = ""] = fields();
        texts.set(name, text);
        return null;
      }
      case "B":
        bound = texts.get(fields()[1] ?? "") ?? "";
        return null;
      case "E":
        return bound;
      default:
        return null;
    }
  };
}
