import type { CitationStatus } from "#lib/domain/citation.ts";

/** `look`: what is weak, unsupported or not checked. `uncited`: factual sentences without a citation. */
export type ClaimFilter = CitationStatus | "look" | "uncited" | null;
export type Panel = "claims" | "sources" | "ask";
export type Menu = "versions" | "export" | "share" | "write-again";
/** On a narrow screen, what stands beside the text comes from below. */
export type Sheet = "contents" | "claims" | "ask";

export interface ReadingState {
  /** The claim that the reader is at, as the place of its citation. */
  current: number | null;
  filter: ClaimFilter;
  panel: Panel;
  menu: Menu | null;
  sheet: Sheet | null;
  /** The question about the report that is being written. */
  draft: string;
  /** The run that was asked from here to write the next version. */
  rewriting: string | null;
  /** The reader came to ask: the field takes the focus as soon as it is there. */
  wantsToAsk: boolean;
}

/** Where a reader is in a report: shared by the text, the ledger, the menus and the keys. Who shows a part of it renders only when that part changes. */
export interface ReadingStore {
  state: () => ReadingState;
  atRender: () => ReadingState;
  subscribe: (listener: () => void) => () => void;
  set: (change: Partial<ReadingState>) => void;
}

const first: ReadingState = {
  current: null,
  filter: null,
  panel: "claims",
  menu: null,
  sheet: null,
  draft: "",
  rewriting: null,
  wantsToAsk: false,
};

export function createReadingStore(): ReadingStore {
  const listeners = new Set<() => void>();
  let state = first;
  return {
    state: () => state,
    atRender: () => first,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
  };
}
