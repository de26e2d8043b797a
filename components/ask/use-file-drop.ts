import { useEffect, useEffectEvent, useState } from "react";

export interface Dropped {
  files: File[];
  /** Their names: a browser hands over a folder as something that cannot be sent. */
  folders: string[];
}

/**
 * Takes files that are dropped anywhere on the page, and tells whether some are held over it. Anywhere, because a browser opens what is dropped
 * beside the target in place of the page, and what was typed would be gone.
 */
export function useFileDrop(onDrop: (dropped: Dropped) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onDrop);

  useEffect(() => {
    const leaving = new AbortController();
    const listen = (type: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      addEventListener(type, (event) => event.dataTransfer?.types.includes("Files") && act(event), { signal: leaving.signal });
    listen("dragover", (event) => {
      event.preventDefault();
      setOver(true);
    });
    listen("dragleave", (event) => {
      if (event.relatedTarget === null) setOver(false); // out of the window, not from one element to the next
    });
    listen("drop", (event) => {
      event.preventDefault();
      setOver(false);
      take(droppedIn(event.dataTransfer?.items ?? []));
    });
    return () => leaving.abort();
  }, []);
  return over;
}

function droppedIn(items: Iterable<DataTransferItem>): Dropped {
  const dropped: Dropped = { files: [], folders: [] };
  for (const item of items) {
    const file = item.getAsFile();
    if (!file) continue;
    if (item.webkitGetAsEntry()?.isDirectory) dropped.folders.push(file.name);
    else dropped.files.push(file);
  }
  return dropped;
}
