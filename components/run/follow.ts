const endZone = 96;

/**
 * Keeps the end of the page in view while the reader is there, and lets go at the first movement upwards. A reader who came back to the
 * end, or presses End, is taken along again.
 */
export function createFollow() {
  const listeners = new Set<() => void>();
  let following = true;
  let top = 0;

  const set = (now: boolean) => {
    if (following === now) return;
    following = now;
    for (const listener of listeners) listener();
  };
  const isAtEnd = () => document.documentElement.scrollHeight - window.innerHeight - window.scrollY < endZone;
  const toEnd = () => {
    set(true);
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  };

  return {
    following: () => following,
    toEnd,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Watches the content grow. Returns how to leave off. */
    attach(content: Element): () => void {
      const onScroll = () => {
        if (window.scrollY >= top && isAtEnd()) set(true);
        if (window.scrollY < top && !isAtEnd()) set(false);
        top = window.scrollY;
      };
      const release = () => set(false);
      const onWheel = (event: WheelEvent) => {
        if (event.deltaY < 0) release();
      };
      const onKey = (event: KeyboardEvent) => {
        if (event.key === "PageUp" || event.key === "Home") release();
        if (event.key === "End") set(true);
      };
      const observer = new ResizeObserver(() => {
        if (following) window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
      });
      // A run that works is opened where it works; an address with a fragment, or a place come back to, is respected.
      following = isAtEnd() || (window.scrollY === 0 && window.location.hash === "");
      top = window.scrollY;
      window.addEventListener("scroll", onScroll, { passive: true });
      window.addEventListener("wheel", onWheel, { passive: true });
      window.addEventListener("keydown", onKey);
      observer.observe(content);
      return () => {
        window.removeEventListener("scroll", onScroll);
        window.removeEventListener("wheel", onWheel);
        window.removeEventListener("keydown", onKey);
        observer.disconnect();
      };
    },
  };
}
export type Follow = ReturnType<typeof createFollow>;
