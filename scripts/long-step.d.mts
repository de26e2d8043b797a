export interface Command {
  command: string;
  parameters: string[];
  shell?: boolean;
  env?: Record<string, string | undefined>;
}

export function longStep(title: string, step: Command, signal?: AbortSignal): Promise<{ code: number; output: string }>;
