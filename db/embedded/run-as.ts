import { spawn } from "node:child_process";

/** The user a Postgres program runs as. Undefined: the user of this process. */
export interface Account {
  uid: number;
  gid: number;
}

export interface Ended {
  /** The exit code; -1 when the program could not be started at all. */
  code: number;
  output: string;
}

/** Runs a program to its end and hands back what it said. Never throws. Started in `/`, because another account may not enter our own folder. */
export function runAs(account: Account | undefined, program: string, parameters: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { ...account, cwd: "/", stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => resolve({ code: -1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? -1, output: output.trim() }));
  });
}
