/**
 * Calls back when the npm, or the older Node, that started this process is gone. A program that is killed tells its children nothing: they
 * only get another parent. Started by hand, a process may outlive its shell, and nothing is called.
 * @param {() => void} leave
 */
export function onceOrphaned(leave) {
  if (!process.env.npm_lifecycle_event && !process.env.DOSSIER_RERUN) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    leave();
  }, 1000);
  watch.unref();
}
