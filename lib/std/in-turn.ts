/** Does things one after the other, in the order they are asked for, whether or not the ones before succeed. */
export function inTurn(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const done = last.then(task, task);
    last = done.catch(() => {}); // whoever asked is told; the next one is not stopped by it
    return done;
  };
}
