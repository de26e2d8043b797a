/** An outage is tried four times a second; it is told once, and again when its cause changes. */
export function troubleTold({ onTrouble, onRecovery }: { onTrouble?: (error: unknown) => void; onRecovery?: (awayMs: number) => void }) {
  let told: string | null = null;
  let since = 0;
  return {
    tell(error: unknown) {
      if (told === null) since = performance.now();
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told) onTrouble?.(error);
      told = message;
    },
    over() {
      if (told !== null) onRecovery?.(performance.now() - since);
      told = null;
    },
  };
}
