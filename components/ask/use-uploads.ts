import { useRef, useState } from "react";
import { deleteAttachment, uploadFile } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import { inTurn } from "#lib/std/in-turn.ts";
import { uploadRefusal } from "./upload-refusal.ts";

/** A file on its way into a question. `share`: how much of it has been sent, from 0 to 1. */
export type Upload = { key: number; name: string; size: number } & UploadState;
type UploadState =
  | { state: "sending"; share: number }
  | { state: "attached"; attachment: AttachmentRef }
  | { state: "refused"; words: string };

export interface Uploads {
  all: readonly Upload[];
  attached: readonly AttachmentRef[];
  sending: boolean;
  /** The last thing that happened to a file, to be spoken. */
  news: string;
  add(files: readonly File[]): void;
  refuse(name: string, words: string): void;
  remove(upload: Upload): void;
}

/** The files of a question that is being written. They are sent one after the other, so that the first is there soon and a server holds one. */
export function useUploads(): Uploads {
  const [all, setAll] = useState<readonly Upload[]>([]);
  const [news, setNews] = useState("");
  const [oneByOne] = useState(inTurn);
  const senders = useRef(new Map<number, AbortController>());
  const lastKey = useRef(0);

  const change = (key: number, state: UploadState) =>
    setAll((before) => before.map((each) => (each.key === key ? { key, name: each.name, size: each.size, ...state } : each)));

  const enter = (name: string, size: number, state: UploadState): number => {
    const key = ++lastKey.current;
    setAll((before) => [...before, { key, name, size, ...state }]);
    if (state.state === "refused") setNews(`${name} was not added. ${state.words}`);
    return key;
  };

  const send = async (file: File) => {
    const key = enter(file.name, file.size, { state: "sending", share: 0 });
    const sender = new AbortController();
    senders.current.set(key, sender);
    const onProgress = (share: number) => change(key, { state: "sending", share });
    try {
      const attachment = await oneByOne(() => uploadFile(file, { onProgress, signal: sender.signal }));
      if (attachment === null) return;
      change(key, { state: "attached", attachment });
      setNews(`${attachment.name} is attached.`);
    } catch (error) {
      const words = sayRefusal(error);
      change(key, { state: "refused", words });
      setNews(`${file.name} was not added. ${words}`);
    }
  };

  const add = (files: readonly File[]) => {
    const taken = all.filter((each) => each.state !== "refused");
    const load = { count: taken.length, bytes: taken.reduce((sum, each) => sum + each.size, 0) };
    for (const file of files) {
      const words = uploadRefusal(file.size, load);
      if (words !== null) {
        enter(file.name, file.size, { state: "refused", words });
        continue;
      }
      load.count += 1;
      load.bytes += file.size;
      void send(file);
    }
  };

  const remove = (upload: Upload) => {
    senders.current.get(upload.key)?.abort();
    setAll((before) => before.filter((each) => each.key !== upload.key));
    setNews(`${upload.name} is removed.`);
    if (upload.state === "attached") void deleteAttachment(upload.attachment.id).catch(() => {}); // one that stays is deleted a day later
  };

  return {
    all,
    attached: all.flatMap((each) => (each.state === "attached" ? each.attachment : [])),
    sending: all.some((each) => each.state === "sending"),
    news,
    add,
    refuse: (name, words) => enter(name, 0, { state: "refused", words }),
    remove,
  };
}
