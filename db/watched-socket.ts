import { connect, type Socket } from "node:net";

/** How long a connection may be quiet. All in milliseconds. */
export interface Quiet {
  /** Something was sent and nothing came back: the connection is given up. */
  silentMs: number;
  /** Nothing was heard at all: a connection that only listens is opened anew, since it could not know that its other end is gone. */
  deafMs: number;
}

/** What the driver knows of where to connect to. */
interface Address {
  host: string[];
  port: number[];
  path?: string | false;
}

/** Given up by us: the server answered nothing, or closed before it said a word. The code is the driver's own for a lost connection. */
class ConnectionLost extends Error {
  override name = "ConnectionLost" as const;
  readonly code = "CONNECTION_LOST";
}

/**
 * Opens sockets for the driver, which itself waits for an answer for ever. TCP notices a dead host only where nothing is on its way, and a
 * proxy that swallows everything never: so whatever was sent has to be answered in `silentMs`. The statement timeout of the pools is
 * shorter, which makes silence mean that the connection is lost, not that the server is busy.
 */
export function watchedSocket({ silentMs, deafMs }: Quiet): (address: Address) => Socket {
  let next = 0;
  return ({ host, port, path }) => {
    const place = next++ % Math.max(1, port.length);
    const to = { host: host[place] ?? "localhost", port: port[place] ?? 5432 };
    const socket = path ? connect(path) : connect(to);
    Object.assign(socket, to); // the driver reads the name that TLS has to prove from here
    breakAtOnce(socket);
    watch(socket, { silentMs, deafMs });
    return socket;
  };
}

/**
 * Tells of an error only with the end of the socket. Between the two, which are turns apart, the driver still hands statements to the broken
 * connection, forgets them, and gives them the answers of others once it is connected again (postgres.js 3.4.9).
 */
function breakAtOnce(socket: Socket): void {
  const emit = socket.emit.bind(socket) as (event: string, ...args: unknown[]) => boolean;
  let broken: { error: unknown } | null = null;
  socket.emit = ((event: string, ...args: unknown[]) => {
    if (event === "error") {
      broken ??= { error: args[0] };
      return true;
    }
    if (event !== "close" || !broken) return emit(event, ...args);
    emit("error", broken.error);
    return emit("close", true);
  }) as typeof socket.emit;
}

/** An answer ends with this message of six bytes: the server is ready for the next statement. */
const endsAnswer = (chunk: Buffer) => chunk.length >= 6 && chunk[chunk.length - 6] === 0x5a && chunk.readUInt32BE(chunk.length - 5) === 5;

/**
 * Looks now and then. Under TLS only the numbers of bytes can be seen: then what was sent since the last look counts as not answered, and at
 * worst a connection that nobody uses is opened anew.
 */
function watch(socket: Socket, { silentMs, deafMs }: Quiet): void {
  const sent = () => socket.bytesWritten - socket.writableLength;
  let answered = 0;
  let heard = 0;
  let seen = { read: 0, sent: 0 };
  let readAt = performance.now();
  let changedAt = readAt;
  socket.on("data", (chunk: Buffer) => {
    heard = socket.bytesRead;
    if (endsAnswer(chunk)) answered = sent();
  });
  // The driver would connect again at once, and for ever, without an error for whoever waits.
  socket.once("end", () => {
    if (answered === 0) socket.destroy(new ConnectionLost("The server closed the connection before it was ready"));
  });
  const timer = setInterval(
    () => {
      if (socket.destroyed) return clearInterval(timer);
      const now = performance.now();
      const look = { read: socket.bytesRead, sent: sent() };
      if (look.read > heard && look.read !== seen.read) answered = seen.sent;
      if (look.read !== seen.read) readAt = now;
      if (look.read !== seen.read || look.sent !== seen.sent) changedAt = now;
      seen = look;
      if (look.sent > answered && now - changedAt > silentMs)
        socket.destroy(new ConnectionLost(`The database did not answer for ${Math.round(silentMs / 1_000)} s`));
      else if (now - readAt > deafMs) socket.destroy();
    },
    Math.min(1_000, silentMs / 5, deafMs / 5),
  );
  timer.unref();
}
