import { openEventStream } from "./event-stream.ts";
import type { FromTab, FromWorker } from "./worker-words.ts";

/**
 * Runs as a SharedWorker: the one event stream of all tabs of a browser. A tab and this worker each hold a lock of their own name, which frees when its
 * holder is gone, however it went: nobody has to ask whether the other is still there.
 */
const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void }; // TypeScript has the types of pages only
const stream = openEventStream();
const name = `dossier-worker-${crypto.randomUUID()}`;
const held = Promise.withResolvers<void>();
void navigator.locks.request(name, () => {
  held.resolve();
  return new Promise(() => {}); // for as long as it lives
});

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return;
  const tell = (words: FromWorker) => port.postMessage(words);
  const following = new Map<number, () => void>();
  const leaveAll = () => {
    for (const leave of following.values()) leave();
    following.clear();
  };
  port.onmessage = ({ data }: MessageEvent<FromTab>) => {
    switch (data.kind) {
      case "here":
        void navigator.locks.request(data.lock, leaveAll);
        return;
      case "follow":
        following.set(
          data.id,
          stream.follow({
            runId: data.runId,
            after: () => data.after,
            onEvent: (event) => tell({ kind: "event", id: data.id, event }),
            onConnection: (connection) => tell({ kind: "connection", id: data.id, connection }),
          }),
        );
        return;
      case "leave":
        following.get(data.id)?.();
        following.delete(data.id);
        return;
      default:
        data satisfies never;
    }
  };
  void held.promise.then(() => tell({ kind: "hello", lock: name }));
};
