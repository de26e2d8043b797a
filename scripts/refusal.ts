/** Why the application cannot start or the tests cannot run, in lines that each say what to do. Not a bug: printed without a stack. */
export class Refusal extends Error {
  override name = "Refusal" as const;
  readonly lines: string[];

  constructor(lines: string | string[], options?: ErrorOptions) {
    super([lines].flat().join("\n"), options);
    this.lines = [lines].flat();
  }
}
