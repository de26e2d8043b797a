import type { Estimates } from "#lib/domain/estimate.ts";
import type { ModeChoice } from "./mode-choice.ts";

export interface ComposerProps {
  /** The session that the question goes to; without one a new session is made. */
  sessionId?: string;
  connected: boolean;
  longest: number;
  /** The mode that is chosen at first. */
  initial: ModeChoice;
  estimates: Estimates;
}
