/** <0.1 s, 0.8 s, 12 s, 3 min 04 s, 2 h 05 min. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 50) return "<0.1 s";
  if (milliseconds < 9_950 && milliseconds % 1000 !== 0) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** 6:12, for a meter. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

const pad = (n: number) => String(n).padStart(2, "0");
