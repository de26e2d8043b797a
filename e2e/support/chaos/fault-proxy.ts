import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type Frame, frameReader, statementListener } from "./postgres-frames.ts";

type Direction = "toServer" | "toClient";

/** What the way to the database does to everything that passes. Read anew for every portion, so it may be changed at any time. */
export interface Faults {
  /** Every portion waits so long, in both directions. */
  delayMs: number;
  /** Bytes are taken and go nowhere. A connection that lost bytes stays silent when this ends; a new one works. */
  isBlackhole: boolean;
  /** The server's NotificationResponse messages are left out; everything else passes. */
  swallowsNotifications: boolean;
  /** Connections are reset once so many bytes have gone in this direction over each. */
  cutAfter: { direction: Direction; bytes: number } | null;
  /** At most so many connections; the next are refused as Postgres does when it has no more (53300). */
  mostConnections: number;
}

export interface FaultProxy {
  /** The address of the database by this way. */
  url: string;
  faults: Faults;
  /** How many connections are open. */
  open(): number;
  /** How many notifications were left out. */
  swallowed(): number;
  /** Resets every connection that is open. */
  reset(): void;
  /** Sends the end of the stream to every client and goes on reading. */
  halfClose(): void;
  /** Takes no more connections, and resets those that are open: a database that is down. */
  down(): Promise<void>;
  /** Takes connections again, at the same address. */
  up(): Promise<void>;
  /**
   * The next execution of a statement that matches is carried out, but its answer is lost and its connection reset. Resolves then: what it
   * committed is committed.
   */
  loseAnswerTo(statement: RegExp): Promise<void>;
  close(): Promise<void>;
}

const noFaults: Faults = {
  delayMs: 0,
  isBlackhole: false,
  swallowsNotifications: false,
  cutAfter: null,
  mostConnections: Number.POSITIVE_INFINITY,
};

/** A way to a Postgres on this machine that goes wrong as it is told to. It reads the protocol, so it is for connections without TLS. */
export async function faultProxy(databaseUrl: string): Promise<FaultProxy> {
  const target = new URL(databaseUrl);
  const faults = { ...noFaults };
  const links = new Set<Link>();
  const losses: Loss[] = [];
  let swallowed = 0;
  const world: World = { faults, losses, onSwallowed: () => swallowed++ };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (links.size >= faults.mostConnections) return refuse(client);
    const link = openLink(client, { host: target.hostname, port: Number(target.port) }, world);
    links.add(link);
    client.once("close", () => links.delete(link));
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const reset = () => {
    for (const link of links) link.reset();
  };
  const down = async () => {
    const closed = once(server, "close");
    server.close();
    reset();
    await closed;
  };
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    faults,
    open: () => links.size,
    swallowed: () => swallowed,
    reset,
    halfClose() {
      for (const link of links) link.endClient();
    },
    down,
    up: () => listen(port),
    loseAnswerTo(statement) {
      const lost = Promise.withResolvers<void>();
      losses.push({ statement, lost });
      return lost.promise;
    },
    close: async () => {
      if (server.listening) await down();
    },
  };
}

interface Loss {
  statement: RegExp;
  lost: PromiseWithResolvers<void>;
}

interface World {
  faults: Faults;
  losses: Loss[];
  onSwallowed: () => void;
}

interface Link {
  reset(): void;
  endClient(): void;
}

/** One client's connection and the server's beside it. */
function openLink(client: Socket, address: { host: string; port: number }, { faults, losses, onSwallowed }: World): Link {
  const server = connect({ ...address, allowHalfOpen: true });
  const passed: Record<Direction, number> = { toServer: 0, toClient: 0 };
  const turns: Record<Direction, Promise<void>> = { toServer: Promise.resolve(), toClient: Promise.resolve() };
  const fromClient = frameReader(true);
  const fromServer = frameReader(false);
  const executed = statementListener();
  let losing: Loss | null = null;
  let isDead = false;

  const reset = () => {
    for (const socket of [client, server]) socket.resetAndDestroy();
  };
  function forward(direction: Direction, to: Socket, bytes: Buffer): void {
    const limit = faults.cutAfter?.direction === direction ? faults.cutAfter.bytes - passed[direction] : Number.POSITIVE_INFINITY;
    passed[direction] += bytes.length;
    if (bytes.length < limit) return void to.write(bytes);
    to.write(bytes.subarray(0, Math.max(0, limit)), reset);
  }
  /** In the order they came, however long each is held up. */
  function pass(direction: Direction, to: Socket, bytes: Buffer): void {
    const { delayMs } = faults;
    turns[direction] = turns[direction].then(async () => {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (bytes.length > 0 && !to.destroyed) forward(direction, to, bytes);
    });
  }
  const isLost = () => {
    isDead ||= faults.isBlackhole;
    return isDead;
  };

  client.on("data", (chunk: Buffer) => {
    for (const frame of fromClient(chunk)) {
      const statement = executed(frame);
      const index = statement === null ? -1 : losses.findIndex((loss) => loss.statement.test(statement));
      if (index >= 0) [losing = null] = losses.splice(index, 1);
    }
    if (!isLost()) pass("toServer", server, chunk);
  });
  /** The answer ends where the server says that it is ready for the next statement: until then it is thrown away, then the connection is. */
  const losesAnswer = (frames: Frame[]): boolean => {
    if (!losing) return false;
    if (frames.some(({ type }) => type === "Z")) {
      reset();
      losing.lost.resolve();
    }
    return true;
  };
  server.on("data", (chunk: Buffer) => {
    const frames = fromServer(chunk);
    if (losesAnswer(frames) || isLost()) return;
    if (!faults.swallowsNotifications) return pass("toClient", client, chunk);
    const kept = frames.filter(({ type }) => type !== "A");
    for (let count = kept.length; count < frames.length; count++) onSwallowed();
    pass("toClient", client, Buffer.concat(kept.map(({ bytes }) => bytes)));
  });
  client.on("end", () => void turns.toServer.then(() => server.end()));
  server.on("end", () => void turns.toClient.then(() => client.end()));
  for (const [socket, other] of [
    [client, server],
    [server, client],
  ] as const) {
    socket.on("error", () => other.destroy());
    socket.on("close", (hadError) => hadError && other.destroy());
  }
  return { reset, endClient: () => client.end() };
}

/** What Postgres says to one connection too many. */
function refuse(client: Socket): void {
  client.on("error", () => {});
  const fields = Buffer.from("SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(fields.length + 4);
  client.once("data", () => client.end(Buffer.concat([Buffer.from("E"), length, fields])));
}
