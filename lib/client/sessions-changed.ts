const name = "dossier:sessions-changed";

/** Something the list of sessions shows has changed in this tab. */
export const announceSessionsChanged = () => window.dispatchEvent(new CustomEvent(name));

export function onSessionsChanged(listener: () => void): () => void {
  window.addEventListener(name, listener);
  return () => window.removeEventListener(name, listener);
}
