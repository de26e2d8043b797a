export function onceOrphaned(leave: () => void): void;
