/** The event streams this process serves, so that leaving can close them: a server waits for its open connections before it ends. */
export class OpenStreams {
  readonly #open = new Set<AbortController>();
  #closed = false;

  /** Registers a stream. Its signal aborts when the process leaves, and when `end` says that its reader has gone. */
  add(): { signal: AbortSignal; end: () => void } {
    const controller = new AbortController();
    if (this.#closed) controller.abort();
    this.#open.add(controller);
    return {
      signal: controller.signal,
      end: () => {
        this.#open.delete(controller);
        controller.abort();
      },
    };
  }

  /** Ends those that are open; their readers come back, and are told then what there is to tell. */
  endAll(): void {
    for (const controller of this.#open) controller.abort();
  }

  closeAll(): void {
    this.#closed = true;
    this.endAll();
  }
}
