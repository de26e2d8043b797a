/** Covers the question while files are held over the page. */
export const DropHint = () => (
  <p className="pointer-events-none absolute inset-0 grid place-items-center rounded-panel bg-accent-soft text-lg font-medium text-accent">
    Drop to attach
  </p>
);
